"""Children and others whom a letter names with their age, and birthdays that nothing announces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from bot.letters.dates import days_in

Span = tuple[int, int]

LONG_AGO = timedelta(days=3 * 365)
"""A day that lies so long before the others of a letter is somebody's birthday, hardly anything else."""

_aged = re.compile(
    r"(?P<name>[A-Z][^\W\d_]+(?:[ '’\-][A-Z][^\W\d_]+){0,3})[ ]?"
    r"\((?:\d{1,2} (?:jaar|maanden|mnd|jr\.?)\b|(?:geb\.? ?)?\d{1,2}-\d{1,2}-\d{2,4}\))"
)
_number = re.compile(r"(?<![\d.])2\d{9}(?!\d)")
_spoken_of = re.compile(r"\bv[ \-.]?(?:nummer|nr)", re.IGNORECASE)


def aged(text: str) -> Iterator[Span]:
    """The words of names with an age or birthday in brackets: "Idris (7 jaar)"."""
    for match in _aged.finditer(text):
        for word in re.finditer(r"[^\W\d_]+", match["name"]):
            yield match.start("name") + word.start(), match.start("name") + word.end()


def old_days(text: str) -> list[Span]:
    """Days years before the newest one in the text."""
    days = [named for named in days_in(text) if named.year_known]
    newest = max((named.day for named in days), default=None)
    return [(d.start, d.end) for d in days if newest and newest - d.day > LONG_AGO]


def v_numbers(text: str) -> list[Span]:
    """All that look like V-numbers, in a letter that speaks of them."""
    return [match.span() for match in _number.finditer(text)] if _spoken_of.search(text) else []
