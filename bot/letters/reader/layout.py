"""From words with their places to lines as a person sees them: columns side by side, paragraphs apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bot.letters.reader.reading import Line

WIDE = 2.5
"""Widths of a letter between two words from which on they stand in different columns."""

APART = 1.6
"""Distances of two lines from which on they stand in different paragraphs."""

GAP = Line("", 1.0)


@dataclass(frozen=True, slots=True)
class Word:
    """Its box in pixels or points, from the upper left corner, and its confidence, 0 to 1."""

    left: float
    top: float
    width: float
    height: float
    confidence: float
    text: str

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


Row = list[Word]


def lines(runs: Iterable[Row]) -> tuple[Line, ...]:
    """``runs``: words that certainly follow each other on one line, from left to right."""
    rows = _rows([run for run in runs if run])
    if not rows:
        return ()
    letter = median(word.width / max(1, len(word.text)) for row in rows for word in row)
    heights = [_middle(below) - _middle(above) for above, below in pairwise(rows)]
    usual = sorted(heights)[len(heights) // 3] if heights else 0.0  # a third stand together in any letter
    put: list[Line] = []
    for n, row in enumerate(rows):
        if n and heights[n - 1] > APART * usual:
            put.append(GAP)
        put.append(Line(_spaced(row, letter), _confidence(row)))
    return tuple(put)


def _rows(runs: list[Row]) -> list[Row]:
    """Runs at the same height, one right of the other, are one row. Heights are compared where the two meet,
    for on a photo a line is never quite level."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: run[0].left):
        near = [row for row in rows if _beside(row, run)]
        if near:
            min(near, key=lambda row: abs(row[-1].middle - run[0].middle)).extend(run)
        else:
            rows.append(list(run))
    return sorted(rows, key=_middle)


def _beside(row: Row, run: Row) -> bool:
    size = min(_height(row), _height(run))
    return row[-1].right <= run[0].left + size and abs(_level(row[-3:]) - _level(run[:3])) < 0.5 * size


def _level(words: Row) -> float:
    return (min(word.top for word in words) + max(word.top + word.height for word in words)) / 2


def _height(row: Row) -> float:
    return max(word.height for word in row)


def _middle(row: Row) -> float:
    return median(word.middle for word in row)


def _spaced(row: Row, letter: float) -> str:
    text = row[0].text
    for before, word in pairwise(row):
        gap = (word.left - before.right) / max(letter, 0.1)
        text += " " * (min(60, max(3, round(gap))) if gap > WIDE else 1) + word.text
    return text


def _confidence(row: Row) -> float:
    letters = sum(len(word.text) for word in row)
    return round(sum(word.confidence * len(word.text) for word in row) / max(1, letters), 3)
