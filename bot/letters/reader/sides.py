"""Pages that lie side by side in one picture: where the one ends and the other begins."""

from __future__ import annotations

from itertools import chain, groupby

from PIL import Image

from bot.letters.reader.layout import Row, Word

BINS = 200
"""Into so many upright stripes what is written is cut, to see in which of them nothing is."""

MIDDLE = (0.3, 0.7)
"""Between which parts of the width two pages meet. Beside a page's own margin its sender's address stands."""

WIDE = 1.2
"""The least width of such a place, in heights of a line: five times the space between words."""

PROSE, SIDE = 6, 3
"""Lines of four words and more that one side has at least, and the other. A form has names on one side and
what is filled in on the other; a table has lines of prose above it, which run across."""

WORDS = 4
"""Words from which on a line is one of prose."""


def gutter(runs: list[Row]) -> float | None:
    """Where two pages, or two columns of prose, are to be cut apart, in pixels from the left; None where what
    is read from left to right is one page."""
    words = [word for word in chain.from_iterable(runs) if _certain(word)]
    if len(words) < WORDS * (PROSE + SIDE):
        return None
    left, right = min(word.left for word in words), max(word.right for word in words)
    size = (right - left) / BINS
    most = len(runs) // 50  # a stain may be read as a word
    written = _written(words, left, size)
    best = max(
        (list(group) for bare, group in groupby(_middle(), key=lambda at: written[at] <= most) if bare),
        key=len,
        default=[],
    )
    high = sorted(word.height for word in words)[len(words) // 2]
    if len(best) * size < WIDE * high:
        return None
    cut = left + (best[0] + best[-1] + 1) / 2 * size
    prose = sorted((_prose(runs, -1.0, cut), _prose(runs, cut, right + 1)))
    return cut if prose[0] >= SIDE and prose[1] >= PROSE else None


def apart(picture: Image.Image, cut: float) -> tuple[Image.Image, Image.Image]:
    """Both sides of a picture."""
    at, high = round(cut), picture.height
    return picture.crop((0, 0, at, high)), picture.crop((at, 0, picture.width, high))


def _middle() -> range:
    return range(round(MIDDLE[0] * BINS), round(MIDDLE[1] * BINS))


def _certain(word: Word) -> bool:
    return word.confidence >= 0.6 and sum(map(str.isalnum, word.text)) >= 2


def _written(words: list[Word], left: float, size: float) -> list[int]:
    """How many words stand in each stripe."""
    counts = [0] * (BINS + 1)
    for word in words:
        for at in range(int((word.left - left) / size), min(BINS, int((word.right - left) / size)) + 1):
            counts[at] += 1
    return counts


def _prose(runs: list[Row], begin: float, end: float) -> int:
    """The lines of prose between two places, in pixels from the left."""
    sides = ([word for word in run if begin < word.left < end and word.text[:1].isalpha()] for run in runs)
    return sum(len(side) >= WORDS for side in sides)
