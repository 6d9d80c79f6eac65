"""The figures as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = ("", "whole", "bare", "", "aim", "")
"""Bare is an echo bot, the same with little to do, or the ``tesseract`` command."""


@dataclass(frozen=True)
class Figure:
    """One line of the table: two measurements, their ratio or difference, and the aim.

    ``met`` is None where it could not be measured; ``result`` then says why.
    """

    name: str
    whole: str
    bare: str
    result: str
    aim: str
    met: bool | None


def table(figures: Sequence[Figure]) -> str:
    lines = [HEAD, *((f.name, f.whole, f.bare, f.result, f.aim, verdict(f)) for f in figures)]
    wide = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, wide, strict=True))
        ).rstrip()
        for line in lines
    )


def verdict(figure: Figure) -> str:
    if not figure.aim:
        return ""
    return {True: "met", False: "not met", None: "not measured"}[figure.met]
