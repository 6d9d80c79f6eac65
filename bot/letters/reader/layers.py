"""A page of a PDF has two layers, what was typed and what a picture of it shows: what both tell together."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.letters.reader.layout import GAP, Row
from bot.letters.reader.page import LETTERS
from bot.letters.reader.reading import Line

BANDS = 40
"""Into so many stripes a page is cut to see where its pictures lie and where anything is typed."""

ACROSS, MUCH = 0.3, 0.3
"""The part of a stripe's width, and of all stripes, from which on a picture may hold the letter: no logo
does."""

BARE = 0.5
"""The part of a picture's stripes without anything typed from which on the text layer is not all of it."""

ALIKE = 0.8
"""How alike two lines are that are the same, once typed and once read from the picture."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the lower left corner."""


def untold(page: Box, pictures: Sequence[Box], words: Sequence[Row]) -> bool:
    """Whether much of a page is a picture on which nothing is typed: a scan under a scanner's footer."""
    left, bottom, right, top = page
    high, wide = (top - bottom) / BANDS, right - left
    if high <= 0 or wide <= 0:
        return False
    typed = {int((row[0].middle - bottom) / high) for row in words}
    seen = []
    for band in range(BANDS):
        level = bottom + (band + 0.5) * high
        across = sum(min(box[2], right) - max(box[0], left) for box in pictures if box[1] <= level <= box[3])
        if across >= ACROSS * wide:
            seen.append(band)
    bare = sum(band not in typed for band in seen)
    return len(seen) >= MUCH * BANDS and bare >= BARE * len(seen)


def merged(typed: tuple[Line, ...], seen: tuple[Line, ...], *, hidden: bool) -> tuple[Line, ...]:
    """The lines of both, as they stand on the page: those that were typed as they were typed, then those that
    the picture does not show. ``hidden``: what was typed is a scanner's own reading of the picture, of which
    one is enough."""
    if hidden:
        return seen if 2 * _letters(seen) >= _letters(typed) else typed
    rest = [line for line in typed if line.text.strip()]
    lines, new = [], 0
    for line in seen:
        same = _same(line, rest) if line.text.strip() else None
        if same:
            rest.remove(same)
        elif line.confidence >= 0.5:
            new += _size(line)
        lines.append(same or line)
    if new < LETTERS:
        return typed
    shown = _flat(" ".join(line.text for line in seen))
    more = [line for line in rest if not _among(line, shown)]
    return (*lines, GAP, *more) if more else tuple(lines)


def _same(line: Line, typed: Sequence[Line]) -> Line | None:
    """The typed line that was read here."""
    read = SequenceMatcher(None, b=_flat(line.text), autojunk=False)
    best, most = None, ALIKE
    for one in typed:
        read.set_seq1(_flat(one.text))
        if read.real_quick_ratio() > most and read.quick_ratio() > most and read.ratio() > most:
            best, most = one, read.ratio()
    return best


def _among(line: Line, shown: str) -> bool:
    """Whether most words of a typed line were read somewhere."""
    words = [word for word in map(_flat, line.text.split()) if word]
    return sum(word in shown for word in words) >= 0.6 * len(words)


def _flat(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _size(line: Line) -> int:
    return sum(map(str.isalnum, line.text))


def _letters(lines: Sequence[Line]) -> int:
    return sum(map(_size, lines))
