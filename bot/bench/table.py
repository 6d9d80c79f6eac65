"""The figures as a table."""

from __future__ import annotations

from collections.abc import Sequence

from bot.bench.measure import Figure

HEAD = ("", "whole", "echo", "", "aim", "")


def table(figures: Sequence[Figure]) -> str:
    lines = [HEAD, *((f.name, f.whole, f.echo, f.result, f.aim, verdict(f)) for f in figures)]
    wide = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in (0, 5) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, wide, strict=True))
        ).rstrip()
        for line in lines
    )


def verdict(figure: Figure) -> str:
    return "" if not figure.aim else "met" if figure.met else "not met"
