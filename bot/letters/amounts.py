"""Sums that matter to the reader: what must be paid, what is received."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bot.letters.cues import cue
from bot.letters.kinds import Sums
from bot.letters.text import COLUMN, Body

Direction = Literal["pay", "receive", "info"]

_whole = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
_sum = re.compile(
    rf"(?:€|\beur\b|\beuro\b)\s*(?P<a>{_whole})(?:,\s?(?P<ac>\d{{2}}|-{{1,2}}))?(?!\d)"
    rf"|(?<![\d.,])(?P<b>{_whole})(?:,(?P<bc>\d{{2}}|-{{1,2}}))?\s*(?:euro|eur)\b"
    rf"|(?<![\d.,/\-])(?P<c>{_whole}),(?P<cc>\d{{2}})(?![\d%]|\s?%)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A sum in euros, and whether the reader pays or receives it, or only should know it."""

    euro: Decimal
    direction: Direction


def amounts(body: Body, sums: Sums) -> list[Amount]:
    """The sums of a letter, each once, those that matter first. ``sums``: what its kind says of them. Where
    a total is named, its parts are only told."""
    found: dict[Decimal, Amount] = {}
    totals: set[Decimal] = set()
    for number, line in enumerate(body.lines):
        for match in _sum.finditer(line):
            if match["c"] and not table_row(body.lines, number):
                continue
            euro = value(match)
            if not euro:
                continue
            direction = direction_of(body.lines, number, match, sums)
            if direction != "info" and cue("sums", "total").search(body.lines[number][: match.start()]):
                totals.add(euro)
            before = found.get(euro)
            if before is None or (before.direction == "info" and direction != "info"):
                found[euro] = Amount(euro, direction)
    if totals:
        found = {
            euro: one if euro in totals else replace(one, direction="info") for euro, one in found.items()
        }
    return sorted(found.values(), key=lambda amount: amount.direction == "info")


def sums_in(line: str) -> set[Decimal]:
    """All sums that stand on a line, whatever they are."""
    return {value(match) for match in _sum.finditer(line)}


def value(match: re.Match[str]) -> Decimal:
    whole = match["a"] or match["b"] or match["c"]
    cents = match["ac"] or match["bc"] or match["cc"] or "00"
    return Decimal(f"{whole.replace('.', '')}.{cents if cents.isdecimal() else '00'}")


def table_row(lines: list[str], number: int) -> bool:
    """Whether a bare sum stands in a column of sums."""
    return (
        bool(COLUMN.search(lines[number].strip()))
        or "euro" in " ".join(lines[max(0, number - 3) : number + 4]).lower()
    )


def direction_of(lines: list[str], number: int, match: re.Match[str], sums: Sums) -> Direction:
    line = lines[number]
    near = " ".join(lines[max(0, number - 1) : number + 2])
    own = line[: match.start()] + " " + line[match.end() : match.end() + 30]
    speaks = any(cue("sums", way).search(words) for way in ("speaks", "received") for words in (own, near))
    if sums == "info" or cue("sums", "aside").search(own) or not speaks:
        return "info"
    if sums in ("pay", "receive"):
        return sums
    back = re.search(
        r"\bte betalen\b|\bterug ?betal|\baflos|\bvorder|\bu betaalt\b|\bbijbetal", own, re.IGNORECASE
    )
    return "receive" if cue("sums", "received").search(own) and not back else "pay"
