"""What is no writing: the grain of a table, the edge of the paper and its folds, read as letters."""

from __future__ import annotations

from itertools import chain

from bot.letters.reader.layout import Row, Word

SPECKS = "_|—~\\/\u2018\u2019'`.,!"
"""Signs that edges, folds and lines for filling in are taken for."""

BESIDE = 0.015
"""The part of the block's width by which words may stand out of it."""


def without(runs: list[Row]) -> list[Row]:
    """Runs without doubtful signs at their ends and outside the block that is certainly text, and without
    those that Tesseract hardly believes itself."""
    left, right, top, bottom = _block(runs)
    kept = []
    for run in runs:
        inside = [
            word
            for word in run
            if not _weak(word)
            or (word.left >= left and word.right <= right and top <= word.middle and word.middle <= bottom)
        ]
        while inside and _dirt(inside[0]):
            del inside[0]
        while inside and _dirt(inside[-1]):
            del inside[-1]
        if inside and max(word.confidence for word in inside) >= 0.4:
            kept.append(inside)
    return kept


def _block(runs: list[Row]) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of all words that are certain; of everything where there are none."""
    words = list(chain.from_iterable(runs))
    certain = [word for word in words if word.confidence >= 0.7 and len(word.text) >= 4] or words
    if not certain:
        return 0, 0, 0, 0
    left, right = min(word.left for word in certain), max(word.right for word in certain)
    more = BESIDE * (right - left)
    top = min(word.top for word in certain)
    return left - more, right + more, top - more, max(word.top + word.height for word in certain) + more


def _weak(word: Word) -> bool:
    """Does not count where no other words are: of short ones without a figure more is asked."""
    short = len(word.text) <= 3 and not any(map(str.isdigit, word.text))
    return word.confidence < (0.85 if short else 0.7)


def _dirt(word: Word) -> bool:
    return (len(word.text) <= 2 and word.confidence < 0.35) or not word.text.strip(SPECKS)
