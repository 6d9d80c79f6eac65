"""Reading the days in a row of tokens: weekdays, dates, weeks, "in three days", and what repeats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.understanding.times_clock import Clock, ClockReader, Piece, hours_between
from bot.understanding.times_types import DayPart

LONGEST_HOURS = 8
"""The longest stretch for which a pair of numbers may stand: "9-5", not "1-12"."""

Date = tuple[int | None, int, int]
"""Year if it was said, month, day."""


@dataclass(frozen=True)
class Day:
    """A day as said, before it is placed in the calendar; ``kind`` tells what ``value`` is.

    ``weekday`` (0-6, with ``mod`` this/next/coming/last), ``date`` (Date; ``swapped`` the other reading,
    ``hours`` what "9-12" is beside another day),
    ``dates`` (first and last Date), ``offset`` (days from now), ``after`` ((number, unit) from now),
    ``within`` (the same, as a stretch), ``month_day``, ``week`` ``weekend`` ``month_of`` (how many from
    now), ``week_point`` ((weeks from now, start/mid/end)), ``week_number``, ``month``
    ((month, all/start/mid/end, year if it was said)). ``part`` and ``plural`` come from words such as
    "dinsdagmiddagen"; ``on`` is the date of "Thursday 26".
    """

    kind: str
    value: Any
    mod: str = ""
    part: DayPart | None = None
    plural: bool = False
    swapped: Date | None = None
    hours: Clock | None = None
    on: date | None = None

    @property
    def dates(self) -> tuple[Date, ...]:
        """The dates in it that were named, in all readings."""
        if self.kind == "date":
            return (self.value, self.swapped) if self.swapped else (self.value,)
        return self.value if self.kind == "dates" else ()

    @property
    def yearless(self) -> bool:
        """Whether a year may still be said for it."""
        if self.kind == "month":
            return self.value[2] is None
        return bool(self.dates) and self.dates[-1][0] is None

    def in_year(self, year: int) -> Day:
        """The same, with the year that was said apart ("3 November last year")."""
        if not self.yearless:
            return self
        if self.kind == "month":
            return replace(self, value=(*self.value[:2], year))
        dates = tuple((year, month, day) for _, month, day in self.dates)
        if self.kind == "dates":
            return replace(self, value=dates)
        return replace(self, value=dates[0], swapped=dates[1] if self.swapped else None)


def exists(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or 2028, month, day)
    except ValueError:
        return False
    return True


class DayReader(ClockReader):
    today: date
    monthly = False
    """Whether "every month" stands before, so that a day of the month may follow anywhere."""

    def day(self, i: int, *, after_day: bool) -> Piece | None:
        """The day that begins at i; ``after_day``: one stands before ("dinsdag morgen")."""
        return (
            self.repeating(i) or self.later(i) or self.week(i) or self.calendar(i)
            or self.named(i, after_day=after_day)
        )  # fmt: skip

    def repeating(self, i: int) -> Piece | None:
        if found := self.tag(i, "every"):
            start = self.past_role(found[1], "glue")
            wanted = ("weekday", "weekday_short", "weekday_plural", "weekday_part", "part", "part_plural")
            if any(self.tag(start, tag) for tag in wanted):
                return Piece("every", found[0], i, found[1])
        for tag in ("repeat", "weekly"):
            if found := self.tag(i, tag):
                return Piece(tag, found[0], i, found[1])
        return None

    def later(self, i: int) -> Piece | None:
        """Days and hours counted from now, ahead or back."""
        for role, sign in (("in_time", 1), ("within", 1), ("ago_before", -1)):
            start = self.role(i, role)
            if start is not None and (found := self.amount(start)):
                (size, unit), behind = found
                post = self.role(behind, "ago") if role == "in_time" else None
                kind = "within" if role == "within" else "after"
                ahead = sign if post is None else -1
                behind = self.past_role(behind if post is None else post, "later")
                return Piece("day", Day(kind, (ahead * size, unit)), i, behind)
        if found := self.amount(i):
            (size, unit), behind = found
            for role, sign in (("later", 1), ("ago", -1)):
                if (end := self.role(behind, role)) is not None:
                    return Piece("day", Day("after", (sign * size, unit)), i, end)
        return None

    def amount(self, i: int) -> tuple[tuple[int, str], int] | None:
        if found := self.tag(i, "amount"):
            return found[0], found[1]
        number = self.number(i, 1, 99)
        unit = self.tag(number[1], "unit") if number else None
        return ((number[0], unit[0]), unit[1]) if number and unit else None

    def week(self, i: int) -> Piece | None:
        for tag in ("week_point", "weekend", "week", "month_of"):
            if found := self.tag(i, tag):
                return Piece("day" if tag != "week" else "week", Day(tag, found[0]), i, found[1])
        start = self.role(i, "week_number")
        number = self.number(start, 1, 53, spelled=False) if start is not None else None
        if number and not self.counted(number[1]) and self.kind(number[1]) not in ("hm", "dot"):
            return Piece("day", Day("week_number", number[0]), i, number[1])
        for role in ("in_month", "month_start", "month_mid", "month_end"):
            start = self.role(i, role)
            if start is not None and (month := self.tag(start, "month")):
                if role == "in_month" and self.number(month[1], 1, 31, spelled=False):
                    return None
                point = role.removeprefix("month_") if role != "in_month" else "all"
                year, behind = self.year(month[1])
                return Piece("day", Day("month", (month[0], point, year)), i, behind)
        return None

    def calendar(self, i: int) -> Piece | None:
        if self.kind(i) in ("iso", "dmy"):
            numbers = self.tokens[i].numbers()
            y, m, d = numbers[:3] if self.kind(i) == "iso" else numbers[2::-1]
            if d <= 12 < m <= 31 and self.words.words.month_first:
                m, d = d, m
            if y < 100 and not (1 <= m <= 12 and 1 <= d <= 31):
                return None
            return self.dated((y if y > 99 else 2000 + y, m, d), i, i + 1)
        if self.kind(i) in ("pair", "dot"):
            return self.pair(i)
        if self.kind(i) == "num":
            return self.day_then_month(i) or self.month_day(i, i)
        month = self.tag(i, "month")
        if month and (number := self.number(month[1], 1, 39, spelled=False)):
            behind = self.past_role(number[1], "ordinal")
            if self.role(behind, "hour", "am", "pm") is None and not self.counted(behind):
                year, end = self.year(self.past_comma(behind))
                return self.dated((year, month[0], number[0]), i, end if year else behind)
        start = self.role(i, "on_the")
        return self.month_day(i, start) if start is not None else None

    def past_comma(self, i: int) -> int:
        return i + 1 if self.text(i) == "," else i

    def year(self, i: int) -> tuple[int | None, int]:
        good = self.kind(i) == "num" and len(self.text(i)) == 4 and 1990 <= int(self.text(i)) <= 2099
        return (int(self.text(i)), i + 1) if good and not self.counted(i + 1) else (None, i)

    def dated(self, said: Date, first: int, behind: int, *, weak: bool = False) -> Piece:
        if not exists(*said):
            return Piece("impossible", "date", first, behind, weak)
        return Piece("day", Day("date", said), first, behind, weak)

    def pair(self, i: int) -> Piece | None:
        """26-11, 26/11, in some languages 26.11; small numbers may be much else and are weak."""
        text, words = self.text(i), self.words.words
        day, month = self.tokens[i].numbers()
        padded = text.startswith("0") or (len(text) == 5 and text[3] == "0")
        if self.text(i - 1) in ("€", "$", "£", "+", "#", "-", ":") or self.counted(i + 1):
            return None
        if "." in text and (not words.dot_dates or self.role(i - 1, "at") is not None):
            return None
        if (following := self.tag(i + 1, "month")) and 0 < day < month and "-" in text:
            year, behind = self.year(following[1])
            return self.between((year, following[0], day), (year, following[0], month), i, behind)
        if month > 12 >= day and (words.month_first or text.count("/")) and exists(None, day, month):
            return Piece("day", Day("date", (None, day, month)), i, i + 1, weak=not words.month_first)
        if not 1 <= day <= 32 or not 1 <= month <= 12 or ((day, month) == (24, 7) and not padded):
            return None
        weak = (day <= 12 and not padded) or "." in text
        piece = self.dated((None, month, day), i, i + 1, weak=weak)
        if piece.kind == "day" and weak and "-" in text and 0 < (month - day) % 12 <= LONGEST_HOURS:
            hours = hours_between(day, month)
            return Piece("day", Day("date", (None, month, day), hours=hours), i, i + 1, weak)
        if piece.kind == "day" and words.month_first and day <= 12 and day != month and "/" in text:
            return Piece("day", Day("date", (None, month, day), swapped=(None, day, month)), i, i + 1, weak)
        return piece

    def between(self, first: Date, last: Date, i: int, behind: int) -> Piece:
        if not exists(*first) or not exists(*last):
            return Piece("impossible", "date", i, behind)
        return Piece("day", Day("dates", (first, last)), i, behind)

    def day_then_month(self, i: int) -> Piece | None:
        number = self.number(i, 1, 39, spelled=False)
        if number is None:
            return None
        behind = self.past_role(self.past_role(number[1], "ordinal"), "of")
        behind += self.text(behind) == "."
        if month := self.tag(behind, "month"):
            year, end = self.year(month[1])
            return self.dated((year, month[0], number[0]), i, end)
        middle = self.role(behind, "to", "until", "and", "or")
        if middle is None and self.text(behind) in ("-", ","):
            middle = behind + 1
        middle = self.past_role(middle, "glue") if middle else None
        if middle is None or (rest := self.day_then_month_simple(middle)) is None:
            return None
        (year, m, last), end = rest
        if self.text(behind) == "-" or self.role(behind, "to", "until") is not None:
            return self.between((year, m, number[0]), (year, m, last), i, end)
        return self.dated((year, m, number[0]), i, number[1])

    def day_then_month_simple(self, i: int) -> tuple[Date, int] | None:
        number = self.number(i, 1, 31, spelled=False)
        if number is None:
            return None
        behind = self.past_role(self.past_role(number[1], "ordinal"), "of")
        month = self.tag(behind, "month")
        if month is None:
            return None
        year, end = self.year(month[1])
        return (year, month[0], number[0]), end

    def month_day(self, i: int, start: int) -> Piece | None:
        """ "op de 26e": a day of an unnamed month, at the end of a phrase or beside "every month"."""
        number = self.number(start, 1, 31, spelled=False)
        if number is None:
            return None
        behind = self.past_role(number[1], "ordinal")
        if behind == number[1] and (self.words.words.ordinal_days or start == i):
            return None
        every = self.past_role(behind, "of", "glue")
        if (found := self.tag(every, "repeat")) and found[0][1] == "m":
            return Piece("day", Day("month_day", number[0]), i, every)
        if self.monthly or start == i:
            day = Piece("day", Day("month_day", number[0]), i, behind)
            return day if self.monthly and not self.counted(behind) else None
        more = self.meant[behind].keys() & {"at", "fixed", "part", "and", "or", "before_hour"}
        if self.kind(behind) not in ("", "punct", "hm") and not more:
            return None
        if self.text(behind) in ("-", "/", "%", "€", "$", "+"):
            return None
        return Piece("day", Day("month_day", number[0]), i, behind)

    def named(self, i: int, *, after_day: bool) -> Piece | None:
        """Weekdays and "tomorrow", with their "next", "this" and "last"."""
        if after_day and self.tag(i, "part"):
            return None
        if found := self.tag(i, "day_part"):
            return Piece("day", Day("offset", found[0][0], part=found[0][1]), i, found[1])
        for mod in ("this", "next", "coming", "last"):
            start = self.role(i, mod)
            if start is not None and (piece := self.weekday(self.past_role(start, "glue"), mod, i)):
                return piece
            if start is not None and mod == "this" and (part := self.tag(start, "part")):
                return Piece("day", Day("offset", 0, part=part[0]), i, part[1])
        if piece := self.weekday(i, "", i):
            return piece
        if found := self.tag(i, "day"):
            return Piece("day", Day("offset", found[0]), i, found[1])
        return None

    def weekday(self, i: int, mod: str, first: int) -> Piece | None:
        for tag in ("weekday_part", "weekday_plural", "weekday", "weekday_short"):
            if found := self.tag(i, tag):
                break
        else:
            return None
        value, behind = found
        if tag == "weekday_part":
            value, part, plural = value
            return Piece("day", Day("weekday", value, mod, part, plural), first, behind)
        if not mod and self.words.words.modifier_after:
            for name in ("next", "coming", "last", "this"):
                if (end := self.role(behind, name)) is not None:
                    mod, behind = name, end
                    break
        behind += tag == "weekday_short" and self.text(behind) == "." and self.kind(behind + 1) != ""
        plural = tag == "weekday_plural" and not mod
        weak = tag == "weekday_short"
        number = self.weekday_date(behind) if not mod else None
        for days in range(62) if number else ():
            at = self.today + timedelta(days=days)
            if number and at.day == number[0] and at.weekday() == value:
                return Piece("day", Day("weekday", value, on=at), first, number[1])
        return Piece("day", Day("weekday", value, mod, plural=plural), first, behind, weak)

    def weekday_date(self, i: int) -> tuple[int, int] | None:
        """The bare day of the month in "Thursday 26", for a weekday that ends at i."""
        start = self.past_role(i, "glue")
        number = self.number(start, 1, 31, spelled=False)
        if number is None or self.counted(number[1]) or self.tag(number[1], "month"):
            return None
        behind = self.past_role(number[1], "ordinal")
        if (start > i and behind == number[1]) or self.counted(behind):
            return None
        following = self.meant[behind].keys() if behind < len(self.tokens) else set()
        if following & {"hour", "am", "pm", "part", "after_hour", "minute_past", "minute_to", "at_after"}:
            return None
        return (number[0], behind) if self.text(behind) not in ("-", "/", ":", ".") else None
