"""Children and others whom a letter names with their age, and birthdays that nothing announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from statistics import median_high
from typing import Literal

from bot.letters.dates import days_in

Span = tuple[int, int]

LONG_AGO = timedelta(days=3 * 365)
"""A day that lies so long before the others of a letter is somebody's birthday, hardly anything else."""

_aged = re.compile(
    r"(?P<name>[A-Z][^\W\d_]+(?:[ '’\-][A-Z][^\W\d_]+){0,3})[ ]?"
    r"\((?:\d{1,2} (?:jaar|maanden|mnd|jr\.?)\b|(?:geb\.? ?)?\d{1,2}-\d{1,2}-\d{2,4}\))"
)
_home = re.compile(
    r"(?:^|\s)(?:(?:woon|leverings|verbruiks)?adres[ :]{1,40}"
    r"|(?:de heer|mevrouw|dhr\.?|mw\.?|mevr\.?|fam\w*\.?)[^\n,]{2,50},[ ]{1,3})"
    r"(?P<street>[^\n,]{4,50}?),?[ ]{1,3}(?P<code>\d{4} ?(?-i:[A-Z]{2}))\b",
    re.IGNORECASE | re.MULTILINE,
)
_number = re.compile(r"(?<![\d.])2\d{9}(?!\d)")
_spoken_of = re.compile(r"\bv[ \-.]?(?:nummer|nr)", re.IGNORECASE)


def aged(text: str) -> Iterator[Span]:
    """The words of names with an age or birthday in brackets: "Idris (7 jaar)"."""
    for match in _aged.finditer(text):
        for word in re.finditer(r"[^\W\d_]+", match["name"]):
            yield match.start("name") + word.start(), match.start("name") + word.end()


def old_days(text: str) -> list[Span]:
    """Days years before most of those in the text."""
    days = [named for named in days_in(text) if named.year_known]
    if not days:
        return []
    usual = median_high(named.day for named in days)
    return [(named.start, named.end) for named in days if usual - named.day > LONG_AGO]


def homes_on_a_line(text: str) -> Iterator[tuple[Span, Literal["address", "postcode"]]]:
    """An address that stands on one line: after its label, or after a name with a title."""
    for match in _home.finditer(text):
        yield match.span("street"), "address"
        yield match.span("code"), "postcode"


def v_numbers(text: str) -> list[Span]:
    """All that look like V-numbers, in a letter that speaks of them."""
    return [match.span() for match in _number.finditer(text)] if _spoken_of.search(text) else []
