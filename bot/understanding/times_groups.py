"""From pieces to groups: which day, part and hours belong together, and which are several times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.understanding.times_clock import Clock, Piece
from bot.understanding.times_days import Day, DayReader, exists
from bot.understanding.times_lexer import place
from bot.understanding.times_types import DayPart, Limit, Span

LEADING = ("on", "at", "from", "until", "after", "before", "on_the")
"""The small words that go with the time behind them."""


@dataclass
class Group:
    """What belongs to one time, or to several that share it (a list of days).

    ``days`` are alternatives or a list; ``last`` makes a stretch of it; ``week`` says in which week
    (from now) the weekdays lie, ``year`` the year of the dates where it was said apart; ``every`` is the
    step of what is weekly; ``habit`` is a part such as "'s avonds", which means every evening when no day
    stands beside it. ``prepared``: "on" stands before.
    """

    spans: list[Span]
    sentence: int
    first: int
    behind: int
    days: list[Day] = field(default_factory=list)
    last: Day | None = None
    week: int | None = None
    year: int | None = None
    part: DayPart | None = None
    plural: bool = False
    habit: bool = False
    clock: Clock | None = None
    every: int = 0
    weekly: tuple[int, ...] = ()
    repeat: tuple[int, str] | None = None
    limit: Limit | None = None
    why: str = ""
    weak_days: int = 0
    weak_clock: bool = False
    prepared: bool = False
    by_or: bool = False

    def empty(self) -> bool:
        said = self.days or self.part or self.clock or self.weekly or self.repeat
        return not said and self.week is None

    def timeless(self) -> bool:
        return self.part is None and self.clock is None

    def holds(self) -> bool:
        """Whether it is a time: what is weak needs something beside it."""
        if self.why:
            return self.weak_days == 0 or self.prepared
        weak_days = self.weak_days and self.weak_days >= len(self.days)
        beside = bool(self.part or self.every or self.week is not None or self.last or len(self.days) > 1)
        beside = beside or self.year is not None
        beside = beside or (self.clock is not None and not self.weak_clock) or self.prepared
        if weak_days and not beside:
            return False
        alone = not self.days and self.week is None and not self.part and not self.weekly and not self.every
        if self.clock and self.weak_clock and alone and not self.repeat:
            return False
        return not self.empty()


class Grouper(DayReader):
    """Walks through the tokens once and gathers groups."""

    done: list[Group]
    open: Group | None = None

    def close(self) -> None:
        self.open = None

    def groups(self) -> list[Group]:
        self.done = []
        joint, i, sentence, joint_at = "", 0, 0, 0
        while i < len(self.tokens):
            ignored = self.role(i, "ignore")
            piece = None if ignored else self.piece(i)
            if piece:
                self.put(piece, joint, sentence, joint_at if joint else piece.first)
                i, joint = piece.behind, ""
                continue
            text = self.text(i)
            if ignored or text in "!?;\n" or (text == "." and self.ends_sentence(i)):
                sentence += not ignored
                self.close()
                joint = ""
            elif self.open and (found := self.joint(i)):
                if not joint or found[0] != "comma":
                    joint, joint_at = found[0], (joint_at if joint else i)
                i = found[1]
                continue
            elif not (self.open and (glue := self.role(i, "glue", "on", "of", "from"))):
                self.close()
                joint = ""
            else:
                i = glue
                continue
            i = ignored or i + 1
        self.attach()
        return [g for g in self.done if g.holds() or (not g.empty() and self.whole(g))]

    def ends_sentence(self, i: int) -> bool:
        return not (self.open and self.open.behind == i and self.kind(i + 1) in ("hm", "num", "pair", "dot"))

    def whole(self, group: Group) -> bool:
        """Whether the text says nothing else."""
        inside = range(group.first, group.behind)
        outside = [i for i, t in enumerate(self.tokens) if i not in inside and t.kind != "punct"]
        return len(outside) == 0 and (group.clock is None or bool(group.days) or not self.plain_number(group))

    def plain_number(self, group: Group) -> bool:
        return group.behind - group.first == 1 and self.kind(group.first) == "num"

    def joint(self, i: int) -> tuple[str, int] | None:
        for name, role in (("to", "to"), ("to", "until"), ("and", "and"), ("or", "or")):
            if behind := self.role(i, role):
                return name, behind
        if self.text(i) == ",":
            return "comma", i + 1
        return ("to", i + 1) if self.text(i) == "-" else None

    def piece(self, i: int) -> Piece | None:
        """The piece that begins at i; the one that takes the most words counts."""
        group = self.open
        beside = group is not None and group.behind <= i
        after_day = beside and group is not None and bool(group.days) and group.days[-1].kind == "weekday"
        after_every = group is not None and group.every > 0 and not group.days
        self.monthly = bool(group and group.repeat and group.repeat[1] == "m" and not group.days)
        day = self.day(i, after_day=after_day or after_every)
        trailing = group is not None and self.may_trail(group)
        clock = self.clock(i, trailing=trailing, beside=bool(group and group.days and group.clock is None))
        parts = [(tag, part) for tag in ("part", "part_plural", "year_of") if (part := self.tag(i, tag))]
        found = [p for p in (day, clock) if p]
        found += [Piece(tag, part[0], i, part[1]) for tag, part in parts]
        return max(found, key=lambda p: (p.behind, p.kind != "clock"), default=None)

    def may_trail(self, group: Group) -> bool:
        """Whether a bare number may be its hour: after "tomorrow", not after a date or a weekday alone."""
        kinds = {day.kind for day in group.days}
        return group.clock is None and (group.part is not None or kinds == {"offset"})

    def put(self, piece: Piece, joint: str, sentence: int, start: int) -> None:
        group = self.open
        if group is None or not self.fits(group, piece, joint):
            group = self.fresh(piece, joint, sentence, start)
        first = min(self.lead(piece.first) if group.empty() and not group.spans else start, piece.first)
        self.fill(group, piece, joint)
        span = place(self.tokens, first, piece.behind)
        if group.spans:
            group.spans[-1] = (group.spans[-1][0], span[1])
        else:
            group.spans.append((place(self.tokens, start, piece.behind)[0] if joint else span[0], span[1]))
            group.first = first
        group.behind = piece.behind

    def fresh(self, piece: Piece, joint: str, sentence: int, start: int) -> Group:
        old = self.open
        group = Group([], sentence, start, start)
        if old and piece.kind in ("part", "part_plural", "clock") and joint != "to" and not old.empty():
            group.days, group.week, group.every = list(old.days), old.week, old.every
            group.weekly, group.weak_days = old.weekly, old.weak_days
            if piece.kind == "clock":
                group.part = old.part
        if old and old.every and joint in ("and", "or", "comma") and piece.kind == "day":
            group.every = old.every
        if not joint or joint == "comma":
            for i in range(max(0, piece.first - 3), piece.first):
                for limit in ("after", "before", "from", "until"):
                    if self.role(i, limit) == piece.first and piece.kind in ("day", "week"):
                        group.limit = limit
        near = range(max(0, piece.first - 4), piece.first)
        prepared = any(self.role(i, "on", "at", "from") == piece.first for i in near)
        group.prepared = prepared or (bool(joint) and old is not None and old.prepared)
        self.done.append(group)
        self.open = group
        return group

    def lead(self, first: int) -> int:
        """The place of the small words ("on", "from") directly before a time, which go with it."""
        for _ in range(2):
            for i in range(max(0, first - 3), first):
                if any(self.role(i, role) == first for role in LEADING):
                    first = i
                    break
        return first

    def fits(self, group: Group, piece: Piece, joint: str) -> bool:
        kind, days = piece.kind, group.days
        if kind == "impossible":
            return bool(joint == "" and (group.days or group.clock))
        if joint in ("to", "and", "or"):
            return self.joint_fits(group, piece, joint)
        if group.year is not None and group.empty():
            return kind == "day" and piece.value.yearless
        if kind == "day":
            return self.day_fits(group, piece, joint)
        if kind == "year_of":
            yearless = [day for day in ([group.last] if group.last else days) if day.yearless]
            return group.year is None and (bool(yearless) or (group.empty() and not group.every))
        if kind == "week":
            return group.week is None and all(day.kind == "weekday" for day in days)
        if kind in ("part", "part_plural"):
            own = days[-1].part if days else None
            return (group.part is None and own in (None, piece.value)) or group.part == piece.value
        if kind == "clock":
            return group.clock is None
        if kind == "repeat":
            return group.repeat is None and (not days or days[-1].kind in ("weekday", "month_day"))
        return group.empty() or (kind == "weekly" and not days and not group.weekly and not group.every)

    def joint_fits(self, group: Group, piece: Piece, joint: str) -> bool:
        if piece.kind != "day" or not group.days or group.last is not None:
            return False
        if joint == "to":
            return group.clock is None
        return group.timeless() and not group.weekly and piece.value.kind == group.days[-1].kind

    def day_fits(self, group: Group, piece: Piece, joint: str) -> bool:
        days, new = group.days, piece.value
        if not days:
            return not group.weekly
        if group.last is not None:
            return False
        kinds = {days[-1].kind, new.kind}
        if kinds in ({"weekday", "date"}, {"weekday", "month_day"}):
            return len(days) == 1 or (new.hours is not None and group.clock is None)
        if days[-1].kind == "offset" and new.kind in ("weekday", "date") and joint == "comma":
            return False
        if kinds == {"date"} and len(days) == 1 and self.role(piece.behind, "to_after"):
            return True
        more = ({"weekday", "after"}, {"weekday", "weekend"}, {"weekday", "week_number"}, {"offset", "date"})
        if kinds in more:
            return True
        if kinds in ({"weekday", "offset"}, {"offset", "after"}):
            return joint == ""
        return kinds == {"weekday"} and group.timeless()

    def fill(self, group: Group, piece: Piece, joint: str) -> None:
        if piece.kind == "day":
            self.fill_day(group, piece, joint)
        elif piece.kind == "week":
            group.week = piece.value.value
        elif piece.kind == "year_of":
            self.date(group, self.today.year + piece.value)
        elif piece.kind in ("part", "part_plural"):
            group.part, group.plural = piece.value, group.plural or piece.kind == "part_plural"
            group.habit = piece.kind == "part" and self.tag(piece.first, "part_plural") is not None
        elif piece.kind == "clock":
            group.clock, group.weak_clock = piece.value, piece.weak
        elif piece.kind == "every":
            group.every = piece.value
        elif piece.kind == "weekly":
            group.weekly, group.every = piece.value, group.every or 1
        elif piece.kind == "repeat":
            group.repeat = piece.value
            group.every = piece.value[0] if piece.value[1] == "w" else group.every
        else:
            group.why = piece.value
            group.weak_days += piece.weak

    def fill_day(self, group: Group, piece: Piece, joint: str) -> None:
        day: Day = piece.value
        group.weak_days += piece.weak
        if joint == "to" and group.days:
            group.last = day
            return
        group.by_or = group.by_or or joint == "or"
        if group.year is not None:
            day = self.checked(group, day.in_year(group.year))
        if joint in ("and", "comma") and self.text(piece.first - 2) == "-" and day.part:
            group.days = [replace(d, part=d.part or day.part, plural=day.plural) for d in group.days]
        group.days.append(day)
        if self.role(piece.behind, "to_after") and len(group.days) == 2:
            group.last = group.days.pop()

    def date(self, group: Group, year: int) -> None:
        """Gives the year to the dates that have none; in a stretch to its last, which decides the first."""
        group.year = year
        if group.last:
            group.last = self.checked(group, group.last.in_year(year))
        else:
            group.days = [self.checked(group, day.in_year(year)) for day in group.days]

    def checked(self, group: Group, day: Day) -> Day:
        """The day; it makes the group impossible where that year has no such date (29 February)."""
        if not all(exists(*said) for said in day.dates):
            group.why = "date"
        return day

    def attach_years(self) -> None:
        """Gives a year that stands apart to the one date of the same sentence that has none."""
        for group in [g for g in self.done if g.year is not None and g.empty()]:
            self.done.remove(group)
            free = [g for g in self.done if g.sentence == group.sentence and g.year is None and g.holds()]
            owners = [g for g in free if any(day.yearless for day in g.days)]
            if len(owners) == 1 and group.year is not None:
                self.date(owners[0], group.year)
                owners[0].spans = sorted(owners[0].spans + group.spans)

    def attach(self) -> None:
        """Gives hours and parts that stand apart to a day of the same sentence that has none."""
        self.attach_years()
        for group in self.orphans():
            free = [g for g in self.done if g is not group and self.takes(g, group)]
            near = [g for g in free if g.sentence == group.sentence]
            near.sort(key=lambda g: (g.first > group.first, abs(g.first - group.first)))
            if not near and len(free) == 1 and group.clock:
                near = free
            if near:
                owner = near[0]
                owner.clock = owner.clock or group.clock
                owner.part = owner.part or group.part
                owner.plural = owner.plural or (group.plural and bool(owner.every))
                owner.spans = sorted(owner.spans + group.spans)
                self.done.remove(group)
            elif group.clock is None and not (group.plural or group.habit):
                self.done.remove(group)

    def orphans(self) -> Iterator[Group]:
        for group in list(self.done):
            dayless = not group.days and group.week is None and not group.weekly and not group.why
            weak = group.weak_clock and group.part is None
            if dayless and not group.every and not group.repeat and not weak:
                yield group

    def takes(self, owner: Group, orphan: Group) -> bool:
        named = bool(owner.days or owner.weekly) and owner.last is None and owner.holds()
        kinds = {day.kind for day in owner.days} <= {"weekday", "date", "offset", "month_day", "after"}
        free = owner.clock is None if orphan.clock else owner.timeless()
        parts = {day.part for day in owner.days} - {None}
        return named and kinds and free and (orphan.clock is not None or not parts)
