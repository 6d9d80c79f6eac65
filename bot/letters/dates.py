"""Days as letters name them: in figures, with a month's name, or written out in full; and the law's calendar.

Algemene termijnenwet art. 1 and 3: a legal term that ends on a Saturday, Sunday or holiday runs on to the
next day that is none; Good Friday and days named by royal decree count as holidays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from bot.domain.plan import months_on

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT = {"jan": 1, "feb": 2, "febr": 2, "mrt": 3, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
         "sept": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
ENGLISH = {
    "january": 1,
    "february": 2,
    "march": 3,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "october": 10,
}
"""Months as the heading of an e-mail may have them; the others are spelled as in Dutch."""
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

_month = "|".join(sorted((*MONTHS, *ENGLISH, *SHORT), key=len, reverse=True))
_weekday = "|".join((*WEEKDAYS, "ma", "di", "wo", "do", "vr", "za", "zo"))
_year = r"20 ?\d ?\d|2 0\d\d|19\d\d|['’]\s?\d\d|(?<=[\-/])\d\d"
"""A year, also torn apart by a bad picture, or its last two figures behind an apostrophe or a stroke."""
_named = re.compile(
    rf"(?:\b(?P<weekday>{_weekday})\.?,?\s*)?(?<!\d)(?<!\d[.,/\-])(?P<day>\d{{1,2}})(?:e|ste|de)?(?:\s*|[\-/.])"
    rf"(?P<month>{_month})(?![^\W\d_])\.?(?:,?(?:\s*|[\-/])(?P<year>{_year})(?!\d|\s?uur))?",
    re.IGNORECASE,
)
_month_first = re.compile(
    rf"\b(?P<month>{_month})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?, ?(?P<year>20\d{{2}})(?!\d)", re.IGNORECASE
)
_figures = re.compile(
    r"(?<![\d.,/\-])(?P<day>\d{1,2})\s?(?P<mark>[\-/.–])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?"
    r"(?P<year>\d{4}|['’]?\d{2})(?![\d/\-])"
)
_iso = re.compile(
    r"(?<![\d\-])(?P<year>20\d{2})(?P<mark>[\-/.])(?P<month>\d{2})(?P=mark)(?P<day>\d{2})(?![\d\-])"
)
_written = re.compile(
    rf"\b(?P<day>{'|'.join(sorted((*ORDINALS, *NUMBERS), key=len, reverse=True))})\s+"
    rf"(?P<month>{'|'.join(MONTHS)})\s+"
    rf"(?:twee\s?duizend\s?(?:en\s)?(?P<year>[a-zë]+(?:\s(?:en\s?)?(?:twintig|dertig))?)|(?P<figures>20\d{{2}}))",
    re.IGNORECASE,
)
_PATTERNS = (_named, _month_first, _figures, _iso)
_WORDED = re.compile(rf"[a-zë]\s+(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
"""What every day has that is written in words, and hardly any text: its month behind a word."""
_MAYBE = re.compile(rf"\d|{'|'.join(MONTHS)}", re.IGNORECASE)
"""What every day has: a figure, or the name of its month."""
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
    if not _MAYBE.search(text):
        return []
    patterns = (*_PATTERNS, _written) if _WORDED.search(text) else _PATTERNS
    found = [named for pattern in patterns for named in matches(pattern, text, near)]
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
    named = parts["day"].lower()
    day = ORDINALS.get(named) or NUMBERS.get(named) or int(named)
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
    return SHORT.get(word) or ENGLISH.get(word) or MONTHS.index(word) + 1


def year_of(parts: dict[str, str | None]) -> int | None:
    if figures := parts.get("figures"):
        return int(figures)
    year = parts["year"]
    if not year:
        return None
    figures = re.sub(r"\W", "", year)
    if not figures.isdecimal():
        units = NUMBERS.get(figures.lower().removeprefix("en"))
        return 2000 + units if units is not None else None
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# the law's calendar

NAMED_HOLIDAYS = frozenset({date(2027, 5, 7)})
"""Days named by royal decree under Algemene termijnenwet art. 3, third paragraph."""


@lru_cache(maxsize=16)
def holidays(year: int) -> frozenset[date]:
    found = country_holidays("NL", years=year)
    return frozenset(found) | {date(year, 5, 5)} | {day for day in NAMED_HOLIDAYS if day.year == year}


def free(day: date) -> bool:
    """Whether a legal term cannot end then."""
    return day.weekday() >= 5 or day in holidays(day.year)


def extended(day: date) -> date:
    """Algemene termijnenwet art. 1: on to the next day that is no Saturday, Sunday or holiday."""
    while free(day):
        day += timedelta(days=1)
    return day


def working_days_on(day: date, number: int) -> date:
    """So many Mondays to Fridays that are no holidays, from the day after."""
    while number:
        day += timedelta(days=1)
        number -= not free(day)
    return day


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def ends(begins: date, number: int, unit: str) -> date:
    """The last day of a term of so many ``unit`` (Dutch), or with a negative number of days, weeks or
    months the day so long before."""
    if "werkdag" in unit:
        return working_days_on(begins, number)
    if "maand" in unit:
        return months_on(begins, number)
    return begins + timedelta(days=number * (7 if "we" in unit else 1))
