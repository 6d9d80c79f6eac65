"""The words for times in one language, as data: ``content/times/<language>.toml``.

Words are written as people write them; capitals, accents, apostrophes and variants of letters do not
matter (see ``fold`` in times_lexer). A ninth language is one more file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.content import ROOT, ContentFault, Part, read_file
from bot.domain.words import LANGUAGES
from bot.understanding.times_types import DayPart

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Month = Literal["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
Unit = Literal["min", "h", "d", "w", "m"]
Phrases = tuple[Annotated[str, Field(min_length=1, max_length=60)], ...]
Amount = Annotated[str, Field(pattern=r"^[0-9]{1,2} (min|h|d|w|m)$")]
Clocked = Annotated[str, Field(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]
DayWithPart = Annotated[str, Field(pattern=r"^-?[0-9]/(morning|afternoon|evening)$")]
WeekPoint = Annotated[str, Field(pattern=r"^-?[0-9]/(start|mid|end)$")]
Days = Annotated[str, Field(pattern=r"^(mon|tue|wed|thu|fri|sat|sun)(,(mon|tue|wed|thu|fri|sat|sun))*$")]

Role = Literal[
    "at", "at_after", "hour", "am", "pm", "on", "on_the", "from", "to", "to_after", "until", "between",
    "after", "after_post", "before", "before_post", "and", "or", "of", "ordinal", "in_time", "within",
    "later", "ago", "ago_before", "plus", "minus", "past_after", "till_after", "this", "next", "coming",
    "last", "in_month", "month_start", "month_mid", "month_end", "week_number", "nth", "of_month",
    "year", "except", "except_post", "glue", "ignore",
]  # fmt: skip
"""What a small word does. ``at`` stands before an hour, ``at_after`` behind it, ``hour`` is "o'clock";
``from … to`` and ``between … and`` make stretches, ``to_after`` closes one from behind; ``after``,
``before`` and ``until`` are edges (``…_post``: behind the time); ``in_time`` "in three days", ``later`` and
``ago`` behind, ``ago_before`` in front; ``plus`` and ``minus`` join minutes to an hour ("neuf heures moins
dix"), ``past_after`` and ``till_after`` stand behind hour and minutes; ``this next coming last`` go with a
weekday; ``nth`` ("second") and ``of_month`` make of it a day that no interval holds, as does ``except``
(``…_post``: behind the day); ``year`` is what "in three years" counts; ``glue`` may stand between the words
of one time; ``ignore`` looks like a time and is none."""


class TimeWords(Part):
    """The words of one language.

    Switches: ``dot_dates`` (26.11 is a date), ``hours24`` (eight is eight in the morning, not asked),
    ``bare_hours`` ("at 9" is an hour without a word for it), ``month_first`` (11/26 may be written),
    ``modifier_after`` ("vendredi prochain"), ``ordinal_days`` ("the 26th", never "the 26"), ``typos`` (a
    weekday may have one letter wrong), ``shifted_clock`` (hours may be counted from six in the morning).
    ``hints`` are frequent words that tell the language. ``prefixes`` and ``suffixes`` may be attached to a
    known word. ``units`` count things that are not time ("20 euro"). ``compound_parts`` are glued to a
    weekday or day ("dinsdagmiddag"). Keys of ``days``, ``weeks``, ``weekends``, ``months_from_now``,
    ``years_from_now`` are how many of them from now; of ``every`` the step; of ``before_hour`` and
    ``after_hour`` the minutes that the phrase adds to the hour; of ``minute_past`` and ``minute_to`` what is
    added besides the minutes. ``weekdays_short`` count only beside other words of time,
    ``years_from_now`` only beside a date or month.
    """

    language: str = Field(pattern=r"^[a-z]{2,3}$")
    script: Literal["latin", "arabic", "cyrillic", "ethiopic", "other"]
    dot_dates: bool = False
    hours24: bool = False
    bare_hours: bool = True
    month_first: bool = False
    modifier_after: bool = False
    ordinal_days: bool = False
    typos: bool = True
    shifted_clock: bool = False
    hints: Phrases
    prefixes: Phrases = ()
    suffixes: Phrases = ()
    units: Phrases = ()
    weekdays: dict[Weekday, Phrases]
    weekdays_short: dict[Weekday, Phrases] = Field(default_factory=dict)
    weekdays_plural: dict[Weekday, Phrases] = Field(default_factory=dict)
    months: dict[Month, Phrases]
    parts: dict[DayPart, Phrases]
    parts_plural: dict[DayPart, Phrases] = Field(default_factory=dict)
    compound_parts: dict[DayPart, Phrases] = Field(default_factory=dict)
    compound_plural: dict[DayPart, Phrases] = Field(default_factory=dict)
    days: dict[int, Phrases]
    day_parts: dict[DayWithPart, Phrases] = Field(default_factory=dict)
    weeks: dict[int, Phrases]
    week_points: dict[WeekPoint, Phrases] = Field(default_factory=dict)
    weekends: dict[int, Phrases] = Field(default_factory=dict)
    months_from_now: dict[int, Phrases] = Field(default_factory=dict)
    years_from_now: dict[int, Phrases] = Field(default_factory=dict)
    weekly: dict[Days, Phrases] = Field(default_factory=dict)
    every: dict[int, Phrases]
    repeat: dict[Amount, Phrases] = Field(default_factory=dict)
    numbers: dict[int, Phrases]
    time_units: dict[Unit, Phrases]
    amounts: dict[Amount, Phrases] = Field(default_factory=dict)
    before_hour: dict[int, Phrases] = Field(default_factory=dict)
    after_hour: dict[int, Phrases] = Field(default_factory=dict)
    minute_past: dict[int, Phrases] = Field(default_factory=dict)
    minute_to: dict[int, Phrases] = Field(default_factory=dict)
    fixed: dict[Clocked, Phrases] = Field(default_factory=dict)
    words: dict[Role, Phrases]

    @model_validator(mode="after")
    def complete(self) -> TimeWords:
        wanted = {"weekdays": 7, "months": 12, "parts": 3}
        short = [name for name, size in wanted.items() if len(getattr(self, name)) < size]
        short += [f"days {n}" for n in (-1, 0, 1) if n not in self.days]
        short += [f"numbers {n}" for n in range(1, 13) if n not in self.numbers]
        if short:
            raise ValueError("incomplete: " + ", ".join(short))
        return self


def read_words(folder: Path) -> dict[str, TimeWords]:
    """All languages in a folder by code; raises ContentFault with a line for every fault."""
    faults: list[str] = []
    found = {}
    for path in sorted(folder.glob("*.toml")):
        if words := read_file(path, TimeWords, faults):
            found[words.language] = words
            if words.language != path.stem:
                faults.append(f"times/{path.name}: language: is {words.language}, the file says {path.stem}")
    faults += [
        f"times/{code}.toml: is missing" for code in LANGUAGES if not (folder / f"{code}.toml").exists()
    ]
    if faults:
        raise ContentFault(faults)
    return found


@cache
def time_words() -> dict[str, TimeWords]:
    """The shipped languages by code, read once; raises ContentFault."""
    return read_words(ROOT / "content" / "times")
