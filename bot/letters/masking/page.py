"""A letter as it lies on paper: cells in rows, so that what stands below a word can be found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_row = re.compile(r"[^\n]*\n?")
_cell = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_near = 3


@dataclass(frozen=True)
class Cell:
    """Words of one row with single spaces between; ``column`` is where it begins in its row."""

    start: int
    end: int
    row: int
    column: int

    @property
    def right(self) -> int:
        return self.column + self.end - self.start


class Page:
    """All cells of a text; columns side by side are told apart by two spaces or more."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rows: list[list[Cell]] = []
        for number, line in enumerate(_row.finditer(text)):
            begin = line.start()
            self.rows.append(
                [Cell(begin + c.start(), begin + c.end(), number, c.start()) for c in _cell.finditer(line[0])]
            )
        self.cells = [cell for row in self.rows for cell in row]
        self._starts = [cell.start for cell in self.cells]

    def words(self, cell: Cell) -> str:
        return self.text[cell.start : cell.end]

    def at(self, offset: int) -> Cell | None:
        """The cell that holds this character."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self.cells[place].end:
            return self.cells[place]
        return None

    def beside(self, cell: Cell) -> Cell | None:
        """The next cell of the same row."""
        place = bisect_right(self._starts, cell.start)
        if place < len(self.cells) and self.cells[place].row == cell.row:
            return self.cells[place]
        return None

    def in_column(self, row: int, cell: Cell) -> Cell | None:
        """The cell of another row that stands in the same column."""
        others = self.rows[row]
        place = bisect_left(others, cell.column, key=lambda other: other.column)
        near = others[max(0, place - 1) : place + 2]
        best = min(near, key=lambda other: abs(other.column - cell.column), default=None)
        if best and abs(best.column - cell.column) <= _near:
            return best
        return next((c for c in near if c.column < cell.right and cell.column < c.right), None)

    def along(self, cell: Cell, step: int, most: int) -> Iterator[Cell]:
        """The cells below (step 1) or above (-1) in this column; one empty place is passed over."""
        empty, found, row, last = 0, 0, cell.row + step, cell
        while 0 <= row < len(self.rows) and empty < 2 and found < most:
            other = self.in_column(row, last)
            if other:
                yield other
                found, empty, last = found + 1, 0, other
            else:
                empty += 1
            row += step
