"""Days as letters name them: in figures, with a month's name, or written out in full."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
         "okt": 10, "nov": 11, "dec": 12}  # fmt: skip
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

UNITS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
         "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien",
         "negentien")  # fmt: skip
TENS = {"twintig": 20, "dertig": 30}
NUMBERS = {name: n for n, name in enumerate(UNITS)} | TENS | {"één": 1}
NUMBERS |= {
    f"{unit}{join}{ten}": n + value
    for n, unit in enumerate(UNITS[:10])
    for join in ("en", "ën")
    for ten, value in TENS.items()
    if n
}
ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10, "elfde": 11, "twaalfde": 12, "dertiende": 13, "veertiende": 14,
    "vijftiende": 15, "zestiende": 16, "zeventiende": 17, "achttiende": 18, "negentiende": 19,
} | {f"{name}ste": n for name, n in NUMBERS.items() if n >= 20}  # fmt: skip

_month = "|".join((*MONTHS, *sorted(SHORT, key=len, reverse=True)))
_weekday = "|".join((*WEEKDAYS, "ma", "di", "wo", "do", "vr", "za", "zo"))
_named = re.compile(
    rf"(?:\b(?P<weekday>{_weekday})\.?,?\s+)?(?<!\d)(?<!\d[.,/\-])(?P<day>\d{{1,2}})(?:e|ste|de)?\s+"
    rf"(?P<month>{_month})\b\.?,?(?:\s+'?(?P<year>\d{{4}}|(?<=')\d{{2}})(?!\d))?",
    re.IGNORECASE,
)
_figures = re.compile(
    r"(?<![\d.,/\-])(?P<day>\d{1,2})\s?(?P<mark>[\-/.])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d{2})(?![\d/\-])"
)
_iso = re.compile(r"(?<![\d\-])(?P<year>20\d{2})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d\-])")
_written = re.compile(
    rf"\b(?P<day>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\s+(?P<month>{'|'.join(MONTHS)})\s+"
    rf"(?:twee\s?duizend\s?(?P<year>[a-zë]+)|(?P<figures>20\d{{2}}))",
    re.IGNORECASE,
)
NEAR = timedelta(days=200)
"""How far from the letter a day without a year may lie before it was in the year before or after."""


@dataclass(frozen=True)
class Named:
    """A day in a text, and where it stands. ``year_known``: False where the year was concluded."""

    day: date
    start: int
    end: int
    year_known: bool = True


def days_in(text: str, near: date | None = None) -> list[Named]:
    """All days in an even text, in order. One without a year is the nearest to ``near`` and left out where
    that is None; one that does not exist is left out."""
    found = [
        named for pattern in (_named, _figures, _iso, _written) for named in matches(pattern, text, near)
    ]
    found.sort(key=lambda named: (named.start, -named.end))
    kept: list[Named] = []
    for named in found:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def matches(pattern: re.Pattern[str], text: str, near: date | None) -> list[Named]:
    return [
        Named(day, found.start(), found.end(), year_known(found))
        for found in pattern.finditer(text)
        if (day := day_of(found, near))
    ]


def year_known(found: re.Match[str]) -> bool:
    return bool(found["year"]) or bool(found.groupdict().get("figures"))


def day_of(found: re.Match[str], near: date | None) -> date | None:
    parts = found.groupdict()
    day = ORDINALS.get(parts["day"].lower()) or int(parts["day"])
    month = month_of(parts["month"])
    year = year_of(parts)
    if year:
        return exists(year, month, day)
    if near is None:
        return None
    around = [there for y in (-1, 0, 1) if (there := exists(near.year + y, month, day))]
    around = [there for there in around if abs(there - near) <= NEAR]
    return min(around, key=lambda there: abs(there - near), default=None)


def month_of(word: str) -> int:
    word = word.lower().rstrip(".")
    if word.isdecimal():
        return int(word)
    return SHORT.get(word) or MONTHS.index(word) + 1


def year_of(parts: dict[str, str | None]) -> int | None:
    if figures := parts.get("figures"):
        return int(figures)
    year = parts["year"]
    if not year:
        return None
    if not year.isdecimal():
        units = NUMBERS.get(year.lower().removeprefix("en"))
        return 2000 + units if units is not None else None
    return int(year) if len(year) == 4 else 2000 + int(year)


def exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
