"""One picture of a page: turned upright, evenly lit, read, and judged."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

from PIL import Image

from bot.letters.reader import dirt, layout, light, ocr, sides, upright
from bot.letters.reader.image import Sheet
from bot.letters.reader.layout import Row
from bot.letters.reader.reading import Line, Unreadable
from bot.letters.reader.upright import Lie

ONE_BLOCK = 6
"""Tesseract's mode for one block of text: on a page that is upright it reads rows of tables from left to
right, where the modes that look for columns lose sums."""

GOOD = 0.6
"""Mean confidence from which on the page is certainly the right way up (upside down it is 0.3)."""

GUESSED = 0.5
"""Mean confidence below which letters are guessed where hardly any word is one that is in every text."""

DOUBTFUL = 3.0
"""How much more the picture must consist of lines one way than the other for the other not to be tried."""

STRIPED, LINED = 12.0, 6.0
"""``striped`` and ``sure`` of a page that has lines, read or not. Letters have 25 and 9 or more, blurred
ones more still; pictures of other things have either at times, seldom both."""

SMALL = 4.2
"""Pixels of the picture as it was sent below which a letter is too narrow: a 0 is a 6 by then, and nothing
looks doubtful. Ten points on a page of 500 pixels across have 4.8."""

LETTERS = 25
"""Letters and digits, read with some confidence, below which there is no letter to speak of."""

COMMON = frozenset(
    "aan al als bent bij dan dat de deze die dit door een en er geen geld haar heeft hebben"
    " hebt het hij hoe hun ik in is je kan krijgt kunt maar meer met moet na naar niet nog nu of"
    " om onze ook op over per te tot tussen u uit uw van via voor vóór waar wat we wel wij"
    " worden wordt zich zijn zo".split()
)
"""Words that make up a third of any Dutch text."""


@dataclass(frozen=True, slots=True)
class Page:
    """``beside``: the lines of another page that lies right of this one in the same picture."""

    lines: tuple[Line, ...]
    unreadable: Unreadable = ""
    beside: tuple[Line, ...] = ()

    @property
    def pages(self) -> tuple[tuple[Line, ...], ...]:
        return tuple(lines for lines in (self.lines, self.beside) if lines)


def all_of(sheets: Sequence[Sheet], until: float) -> Page:
    """The pieces of one picture, one below the other. ``until``: monotonic seconds after which none is begun.
    Raises ocr.Failed."""
    if len(sheets) == 1:
        return read(sheets[0].grey, sheets[0].scale)
    lines: list[Line] = []
    for sheet in sheets:
        if time.monotonic() > until:
            raise ocr.Failed("slow", slow=True)
        found = read(sheet.grey, sheet.scale, alone=True)
        if found.unreadable == "blurred":
            return found
        lines += [layout.GAP, *found.lines] if lines and found.lines else found.lines
    return Page(tuple(lines), "" if lines else "no-text")


def read(grey: Image.Image, scale: float = 1.0, *, alone: bool = False) -> Page:
    """``grey``: mode L, scaled by ``image.fit``, ``scale`` times as large as it was. ``alone``: no two pages
    lie side by side in it. Raises ocr.Failed."""
    grey = light.positive(grey)
    lie = upright.lie(grey)
    level = _levelled(grey, lie.sideways, lie.lean)
    best = ocr.words(level, ONE_BLOCK)
    if not _lined(lie) and _mean(best) < GOOD / 2:
        return Page((), "no-text")  # nothing in it looks like writing: no second look, which takes as long
    level, best = _either_way(level, best)
    if _mean(best) < GOOD and lie.sure < DOUBTFUL and lie.striped >= STRIPED:
        turned = _levelled(grey, not lie.sideways, 0.0)
        other = _either_way(turned, ocr.words(turned, ONE_BLOCK))
        level, best = max((level, best), other, key=lambda read: _mean(read[1]))
    if not alone and (two := _side_by_side(level, best, scale)):
        return two
    written = dirt.without(best)
    verdict = _verdict(written, lie, scale)
    return Page(() if verdict == "no-text" else layout.lines(written), verdict)


def _levelled(grey: Image.Image, sideways: bool, lean: float) -> Image.Image:
    """With lines that run from left to right, if perhaps on their heads. Phones whose note of how they were
    held was lost give pictures that want turning clockwise, so that comes first."""
    if sideways:
        grey = grey.transpose(Image.Transpose.ROTATE_270)
    return light.even(upright.straightened(grey, lean) if abs(lean) >= 0.3 else grey)


def _lined(lie: Lie) -> bool:
    """Whether a picture has anything of the stripes that lines of writing make."""
    return lie.striped >= STRIPED or lie.sure >= LINED


def _either_way(level: Image.Image, first: list[Row]) -> tuple[Image.Image, list[Row]]:
    """What was read of it as it is, and upside down where that gave nothing sensible; and that picture."""
    if _mean(first) >= GOOD:
        return level, first
    other = level.transpose(Image.Transpose.ROTATE_180)
    return max((level, first), (other, ocr.words(other, ONE_BLOCK)), key=lambda read: _mean(read[1]))


def _side_by_side(level: Image.Image, runs: list[Row], scale: float) -> Page | None:
    """Two pages of one picture, each read again by itself: lines at other heights are torn where they are
    read straight across. None where it is one page, or one of them cannot be read."""
    cut = sides.gutter(runs)
    if cut is None:
        return None
    left, right = (_half(half, scale) for half in sides.apart(level, cut))
    return None if left.unreadable or right.unreadable else Page(left.lines, beside=right.lines)


def _half(picture: Image.Image, scale: float) -> Page:
    """One of two pages of a picture that is upright and evenly lit; the page itself may lean a little."""
    lie = upright.lie(picture)
    if abs(lie.lean) >= 0.3 and not lie.sideways:
        picture = upright.straightened(picture, lie.lean)
    written = dirt.without(ocr.words(picture, ONE_BLOCK))
    verdict = _verdict(written, lie, scale)
    return Page(() if verdict == "no-text" else layout.lines(written), verdict)


def _mean(runs: list[Row]) -> float:
    """Mean confidence per letter; what has but a few letters proves nothing."""
    words = list(chain.from_iterable(runs))
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / max(LETTERS, letters)


def _verdict(runs: list[Row], lie: Lie, scale: float) -> Unreadable:
    words = [word for word in chain.from_iterable(runs) if any(map(str.isalnum, word.text))]
    read = [word for word in words if word.confidence >= 0.5]
    if sum(len(word.text) for word in read) < LETTERS:
        return "blurred" if lie.striped >= STRIPED and lie.sure >= LINED else "no-text"
    if median(word.width / len(word.text) for word in read) < SMALL * scale:
        return "blurred"
    dutch = sum(word.text.lower().strip(".,:;()?!") in COMMON for word in read)
    weak = sum(_mean([run]) < 0.5 * min(1, _size(run) / LETTERS) for run in runs)
    if _mean(runs) < GUESSED and dutch < 0.08 * len(words):
        return "blurred"  # as of a mirror's picture: letters, but no word that there is
    return "blurred" if weak > len(runs) / 2 and dutch < 0.15 * len(words) else ""


def _size(run: Row) -> int:
    return sum(len(word.text) for word in run)
