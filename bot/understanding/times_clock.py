"""Reading the hours in a row of tokens: "half drie", "quarter past 9", "14u30", "between 2 and 4"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Literal

from bot.understanding.times_lexer import Lexicon, Tags, Token
from bot.understanding.times_types import DayPart, Limit

Evidence = Literal["strong", "weak", "part"]
"""Whether an hour stands by itself, needs words of time beside it, or needs a part of the day behind it."""


@dataclass(frozen=True)
class Clock:
    """Hours as said: minutes of the day on the dial (0..1440), to be placed before or after noon.

    ``sure``: written in 24 hours. ``digital``: written with minutes, such as 7:30. ``half``: the part
    of the day that "am", "pm" names. ``end`` closes a stretch.
    """

    minutes: int
    sure: bool = False
    digital: bool = False
    half: DayPart | None = None
    limit: Limit | None = None
    end: Clock | None = None


def hours_between(left: int, right: int, half: DayPart | None = None) -> Clock:
    end = Clock(right * 60, sure=right > 12, half=half)
    return Clock(left * 60, sure=left > 12, half=half if left < right else None, limit="from", end=end)


@dataclass(frozen=True)
class Piece:
    """One piece of a time: tokens ``first`` up to ``behind``. ``weak`` counts only beside other pieces."""

    kind: str
    value: Any
    first: int
    behind: int
    weak: bool = False


class NoMinutes(Enum):
    """That a number is no minutes before an hour; None means that it is, and still no time."""

    NO_MINUTES = auto()


NO_MINUTES = NoMinutes.NO_MINUTES

Hour = tuple[Clock, int, Evidence]
"""An hour, the place behind it, and how surely it is one."""


class Words:
    """Tokens with what they may mean; the looking up that all readers share."""

    def __init__(self, tokens: Sequence[Token], words: Lexicon) -> None:
        self.tokens = tokens
        self.words = words
        stops = [token.kind == "stop" for token in tokens]
        self.meant: list[Tags] = [{} if stop else words.tags(tokens, i) for i, stop in enumerate(stops)]
        self.meant += [{}, {}]

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else ""

    def text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int, name: str) -> tuple[Any, int] | None:
        return self.meant[i].get(name) if i < len(self.tokens) else None

    def role(self, i: int, *names: str) -> int | None:
        """The place behind the first of these small words that stands at i."""
        return next((found[1] for name in names if (found := self.tag(i, name))), None)

    def past_role(self, i: int, *names: str) -> int:
        return self.role(i, *names) or i

    def counted(self, behind: int, *, hours: bool = False) -> bool:
        """Whether something that is counted follows: a currency, a percentage, "people", "days"."""
        if self.text(behind) in ("%", "€", "$", "£", "+", "=") or self.text(behind) in self.words.units:
            return True
        if self.tag(behind, "unit") is None or (hours and self.role(behind, "hour")):
            return False
        at = self.role(behind, "at")
        return not (at and (self.kind(at) in ("num", "hm", "dot") or self.tag(at, "number")))

    def month_behind(self, i: int) -> bool:
        """Whether a month stands at i, behind a number; not the word that is written like one ("3 may I")."""
        i = self.past_role(self.past_role(i, "ordinal"), "of")
        if not self.tag(i, "month") or self.role(i, "ignore"):
            return False
        return self.text(i) not in self.words.hints or self.kind(i + 1) != "word" or bool(self.meant[i + 1])

    def number(self, i: int, low: int, high: int, *, spelled: bool = True) -> tuple[int, int] | None:
        """A number in digits or words from low to high that counts nothing, and the place behind it."""
        after_dot = self.text(i - 1) == "." and self.kind(i) and self.tokens[i].glued
        if after_dot or self.text(i - 1) in ("€", "$", "£", "#", "+"):
            return None
        if self.kind(i) == "num":
            value, behind = int(self.text(i)), i + 1
            if len(self.text(i)) > 2 and high < 100:
                return None
            if self.kind(behind) == "word" and self.tokens[behind].glued and not self.meant[behind]:
                return None
        elif spelled and (found := self.tag(i, "number")):
            value, behind = found
        else:
            return None
        return (value, behind) if low <= value <= high else None


class ClockReader(Words):
    def clock(self, i: int, *, trailing: bool = False, beside: bool = False) -> Piece | None:
        """The hours that begin at i. ``beside``: a day stands before, so "after 6" is an hour;
        ``trailing``: the same, and even a bare number at the end of a phrase may be one."""
        first = i
        for name in ("between", "after", "before", "from", "until"):
            if (behind := self.role(i, name)) is not None:
                if stretch := self.stretch(behind, first, name):
                    return stretch
                piece = self.single(behind, marked=False)
                if piece is None and beside and name in ("after", "from", "until"):
                    piece = self.bare(behind)
                if name != "between" and piece:
                    return self.limited(replace(piece, first=first), name)
        if stretch := self.stretch(i, first, "", beside=beside):
            return stretch
        piece = self.single(i, marked=False)
        bare = self.number(i, 1, 24) if piece is None and trailing else None
        if bare and self.kind(bare[1]) in ("", "punct") and self.text(bare[1]) not in ("-", "/", ":"):
            return Piece("clock", self.dial(bare[0], i), i, bare[1], weak=True)
        return self.limited(piece, None) if piece else None

    def limited(self, piece: Piece, limit: Any) -> Piece:
        behind = piece.behind
        for name in ("after", "before"):
            if (found := self.role(behind, f"{name}_post")) is not None:
                limit, behind = name, found
        if piece.kind != "clock" or limit is None:
            return piece
        return replace(piece, value=replace(piece.value, limit=limit), behind=behind)

    def dial(self, hour: int, i: int) -> Clock:
        padded = self.kind(i) == "num" and self.text(i).startswith("0")
        return Clock(hour * 60, sure=hour > 12 or padded)

    def stretch(self, i: int, first: int, lead: str, *, beside: bool = False) -> Piece | None:
        """Two hours with a word between them; ``lead`` is the word in front, if there is one."""
        pair = self.pair_of_hours(i, lead, beside=beside)
        if pair:
            return replace(pair, first=first)
        readings = [self.single(i, marked=False), self.bare(i)]
        for left in reversed(readings) if lead else readings:
            if left and left.kind == "clock" and (middle := self.middle(left.behind, lead)):
                return self.joined(left, middle, first, lead)
        return None

    def middle(self, i: int, lead: str) -> int | None:
        """The place behind the word between two hours; some languages close with one instead."""
        found = self.role(i, "and") if lead == "between" else self.role(i, "to", "until")
        if found is None and self.text(i) == "-":
            found = i + 1
        if found is None and (following := self.single(i, marked=False) or self.bare(i)):
            found = i if self.role(following.behind, "to_after") is not None else None
        return found

    def joined(self, left: Piece, middle: int, first: int, lead: str) -> Piece | None:
        right = self.single(middle, marked=False) or self.bare(middle)
        if right is None or right.kind != "clock":
            return None
        behind = self.past_role(right.behind, "to_after")
        begin: Clock = left.value
        if begin.half is None and not begin.sure and right.value.half:
            begin = replace(begin, half=right.value.half)
            if begin.minutes % 720 > right.value.minutes % 720:
                begin = replace(begin, half="morning" if right.value.half != "morning" else None)
        if lead == "" and left.weak and right.weak and behind == right.behind:
            return None
        weak = left.weak and right.weak and self.role(right.behind - 1, "hour") is None
        if lead == "between" and self.kind(behind) in ("", "punct"):
            weak = False
        value = replace(begin, limit=None if lead == "between" else "from", end=right.value)
        return Piece("clock", value, first, behind, weak=weak)

    def bare(self, i: int) -> Piece | None:
        """A number that may be an hour where another hour stands beside it."""
        found = self.number(self.past_role(i, "at"), 0, 24)
        if found is None or self.counted(found[1], hours=True) or self.month_behind(found[1]):
            return None
        behind = self.past_role(found[1], "at_after")
        return Piece("clock", self.dial(found[0], i), i, behind, weak=True)

    def pair_of_hours(self, i: int, lead: str, *, beside: bool = False) -> Piece | None:
        """ "9-12 uur", which looks like a date until its last word; "14-16" beside a day can be none."""
        i = self.past_role(i, "at")
        if self.kind(i) != "pair" or "-" not in self.text(i):
            return None
        left, right = self.tokens[i].numbers()
        half = self.half_of_day(i + 1)
        behind = self.past_role(half[1] if half else i + 1, "hour")
        bare = behind == i + 1 and not lead and not (beside and left < right and right > 12)
        if left > 24 or right > 24 or bare or self.counted(i + 1, hours=True):
            return None
        if self.month_behind(i + 1) or self.tag(i + 1, "year_of"):
            return None
        return Piece("clock", hours_between(left, right, half[0] if half else None), i, behind, weak=False)

    def half_of_day(self, i: int) -> tuple[DayPart, int] | None:
        if (behind := self.role(i, "am")) is not None:
            return "morning", behind
        return ("afternoon", behind) if (behind := self.role(i, "pm")) is not None else None

    def single(self, i: int, *, marked: bool) -> Piece | None:
        """One hour with all that belongs to it; ``marked``: a word for hours stands in front."""
        first = i
        for _ in range(3):
            if (behind := self.role(i, "at")) is not None and not self.tag(i, "fixed"):
                i, marked = self.past_role(behind, "glue"), True
        found = self.core(i, marked)
        if found is None or isinstance(found, Piece):
            return replace(found, first=first) if found else None
        value, behind, evidence = found
        for _ in range(3):
            if (half := self.half_of_day(behind)) and value.half is None:
                value, behind, evidence = replace(value, half=half[0]), half[1], "strong"
            elif (more := self.role(behind, "at_after")) is not None:
                evidence, behind = ("weak" if evidence == "part" else evidence), more
                marked = True
            elif (more := self.role(behind, "hour")) is not None:
                behind = more
        if self.counted(behind):
            return None
        part = self.tag(self.past_role(behind, "glue", "of", "in_month"), "part")
        if evidence == "part" and not part and not (marked and self.words.words.bare_hours):
            return None
        return Piece("clock", value, first, behind, weak=evidence != "strong" and not marked)

    def core(self, i: int, marked: bool) -> Hour | Piece | None:
        if found := self.tag(i, "fixed"):
            return Clock(found[0], sure=True), found[1], "strong"
        if (found := self.tag(i, "before_hour")) and (hour := self.number(found[1], 1, 24)):
            if self.counted(hour[1], hours=True) or self.tag(hour[1], "month"):
                return None
            return self.shifted(self.dial(hour[0], found[1]), found[0]), hour[1], "strong"
        if self.kind(i) in ("hm", "dot"):
            return self.written(i, marked)
        number = self.number(i, 0, 59)
        return self.spoken(i, *number, marked) if number else None

    def written(self, i: int, marked: bool) -> Hour | Piece | None:
        """Hours and minutes in digits; 24:30 and 25:00 do not exist, other large numbers are no hours."""
        hour, minute = self.tokens[i].numbers()
        strong = marked or self.kind(i) == "hm" or self.role(i + 1, "hour", "am", "pm") is not None
        if self.text(i - 1) in ("€", "$", "£", ":") or self.counted(i + 1, hours=True) or hour > 29:
            return None
        if hour * 60 + minute > 1440 or minute > 59:
            return Piece("impossible", "hour", i, i + 1) if strong else None
        sure = hour > 12 or hour == 0 or self.text(i).startswith("0")
        return Clock(hour * 60 + minute, sure=sure, digital=True), i + 1, "strong" if strong else "weak"

    def shifted(self, clock: Clock, by: int) -> Clock:
        minutes = clock.minutes + by
        return replace(clock, minutes=minutes if minutes >= 0 else minutes + 720)

    def spoken(self, i: int, value: int, behind: int, marked: bool) -> Hour | Piece | None:
        """An hour in digits or words, or minutes before or after one."""
        if self.month_behind(behind):
            return None
        around = self.around_hour(i, value, behind, marked)
        if around is not NO_MINUTES:
            return around
        if value > 24:
            named = self.role(behind, "hour") if marked and value < 30 else None
            return Piece("impossible", "hour", i, named) if named else None
        clock = self.dial(value, i)
        evidence: Evidence = "part"
        if (word := self.role(behind, "hour")) is not None:
            glued = self.tokens[behind].glued and len(self.text(behind)) == 1
            evidence = "strong" if glued and 7 <= value <= 23 else "weak"
            behind = word
            minutes = self.kind(behind) == "num" and len(self.text(behind)) == 2
            if minutes and int(self.text(behind)) < 60 and not self.month_behind(behind + 1):
                clock = replace(clock, minutes=clock.minutes + int(self.text(behind)), digital=True)
                return clock, behind + 1, "strong"
            if value == 1 and self.kind(i) == "word" and not marked:
                return None
        elif self.counted(behind):
            return None
        return self.behind_hour(clock, behind, evidence, marked) or (clock, behind, evidence)

    def around_hour(self, i: int, value: int, behind: int, marked: bool) -> Hour | NoMinutes | None:
        """Minutes that come before their hour ("ten past three"); NO_MINUTES where these are none."""
        minutes_word = self.tag(behind, "unit")
        joint = minutes_word[1] if minutes_word and minutes_word[0] == "min" else behind
        for name, sign in (("minute_past", 1), ("minute_to", -1)):
            found = self.tag(joint, name) if 1 <= value <= 29 else None
            if found and (hour := self.number(found[1], 1, 24)):
                if self.counted(hour[1], hours=True) or (self.kind(i) == "num" and value % 5 and not marked):
                    return None
                plain = found[0] == 0 and joint == behind
                clock = self.shifted(self.dial(hour[0], found[1]), found[0] + sign * value)
                return clock, hour[1], "weak" if plain else "strong"
        return NO_MINUTES

    def behind_hour(self, clock: Clock, behind: int, evidence: Evidence, marked: bool) -> Hour | None:
        """Minutes that come after their hour ("three and a quarter"); None where none do."""
        if found := self.tag(behind, "after_hour"):
            return self.shifted(clock, found[0]), found[1], "strong"
        for name, sign in (("plus", 1), ("minus", -1)):
            start = self.role(behind, name)
            if start is not None and (more := self.number(start, 1, 59)) and (marked or evidence != "part"):
                unit = self.tag(more[1], "unit")
                if unit and unit[0] == "min":
                    return self.shifted(clock, sign * more[0]), unit[1], "strong"
                if sign < 0 and not self.counted(more[1]):
                    return self.shifted(clock, -more[0]), more[1], "strong"
        if more := self.number(behind, 1, 29):
            for name, sign in (("past_after", 1), ("till_after", -1)):
                if (end := self.role(more[1], name)) is not None:
                    return self.shifted(clock, sign * more[0]), end, "strong"
            if evidence == "weak" and marked and self.kind(behind) == "word" and more[0] % 5 == 0:
                return replace(clock, minutes=clock.minutes + more[0]), more[1], "strong"
        return None
