"""Sums that matter to the reader: what must be paid, what is received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.letters.cues import cue
from bot.letters.kinds import Sums
from bot.letters.mentions import SUM, Mention, mentions, value
from bot.letters.text import Body

Direction = Literal["pay", "receive", "info"]

NONE, WEAK, TOTAL, DUE = range(4)
"""How surely words say that a sum is paid or received: not; by what kind of letter it is; as the total of a
bill; in so many words."""


@dataclass(frozen=True)
class Amount:
    """A sum in euros, and whether the reader pays or receives it, or only should know it."""

    euro: Decimal
    direction: Direction


@dataclass(frozen=True)
class Said:
    """What a sum's words say of it, and how surely."""

    rank: int
    direction: Direction


UNSAID = Said(NONE, "info")


def amounts(body: Body, sums: Sums) -> list[Amount]:
    """The sums of a letter, each once, those that matter first. ``sums``: what its kind says of them. What
    is said most surely counts; the rest is only told, as a wrong sum would do more harm than none."""
    lent = sums == "both" and bool(cue("sums", "lent").search(body.text))
    there = [one for one in mentions(body.lines) if one.euro]
    spent = sums == "receive" and any(one.part and cue("sums", "spent").search(one.words) for one in there)
    best: dict[Decimal, Said] = {}
    for one in there:
        said = UNSAID if sums == "info" else said_of(one, sums, lent=lent)
        said = UNSAID if spent and said.rank == TOTAL else said
        best[one.euro] = max(best.get(one.euro, UNSAID), said, key=lambda each: each.rank)
    for one in there:
        if sums == "pay" and cue("sums", "added").search(one.words):
            best[one.euro] = added(one.euro, best)
    best = {euro: UNSAID if is_part(euro, best) else said for euro, said in best.items()}
    told = list(best.values())
    found = [Amount(euro, direction(said, told, lent=lent)) for euro, said in best.items()]
    return sorted(found, key=lambda amount: amount.direction == "info")


def added(euro: Decimal, best: dict[Decimal, Said]) -> Said:
    """What is said of a sum to which another comes: as much as of that, unless both together stand there."""
    others = [said for other, said in best.items() if other != euro and other + euro not in best]
    return max(
        (said for said in others if said.direction == "pay"), default=best[euro], key=lambda said: said.rank
    )


def is_part(euro: Decimal, best: dict[Decimal, Said]) -> bool:
    """Whether a sum that is to be paid is a part of another that is, as both would be paid twice."""
    own = best[euro]
    return own.rank >= TOTAL and any(
        said.direction == own.direction == "pay" and said.rank >= own.rank and all_of - euro in best
        for all_of, said in best.items()
        if all_of != 2 * euro
    )


def direction(said: Said, told: list[Said], *, lent: bool) -> Direction:
    """The direction of a sum, unless another is told more surely; what is lent and what is paid back on it
    are told apart."""
    others = [one.rank for one in told if not lent or one.direction == said.direction]
    return said.direction if said.rank == max(others) else "info"


def said_of(one: Mention, sums: Sums, *, lent: bool) -> Said:
    """What is said of a sum: first what it is not, then what is told in so many words."""
    words = one.words
    if lent and cue("sums", "paid_back").search(words):
        return Said(DUE, "pay")
    if one.less or one.part or old_column(one) or none_of_it(one, words):
        return UNSAID
    for way in ways(words, one):
        if fits(way, words, sums):
            return Said(DUE, way)
    weak = "receive" if lent else by_kind(sums, words)
    if one.total or cue("sums", "total").search(words):
        return Said(TOTAL, weak)
    if cue("sums", "unpaid").search(words):
        return Said(WEAK, "pay") if sums != "receive" and not raised(one) else UNSAID
    if sums == "receive" and one.line >= 0 and cue("sums", "spent").search(words):
        return UNSAID
    about = f"{one.head} {words}"
    speaks = any(cue("sums", way).search(about) for way in ("speaks", "received"))
    return Said(WEAK, weak) if speaks else UNSAID


def none_of_it(one: Mention, words: str) -> bool:
    """Whether a sum is an old one, a part, a price, what was paid, or what only may come."""
    if any(cue("sums", way).search(words) for way in ("old", "paid", "otherwise", "withheld")):
        return True
    if cue("sums", "price").search(words) and not cue("sums", "total").search(words):
        return True
    return bool(cue("sums", "withheld_then").match(one.then))


def old_column(one: Mention) -> bool:
    """Whether a sum stands under a heading of what was, or goes off; the last row stands anywhere."""
    return bool(cue("sums", "old_column").search(one.head) and not cue("sums", "net").search(one.words))


def ways(words: str, one: Mention) -> Iterator[Direction]:
    """The directions that words tell of a sum, the surest first."""
    if cue("sums", "given").search(words):
        yield "receive"
    if cue("sums", "due").search(words) or cue("sums", "due_then").match(one.then):
        yield "pay"
    if one.head and cue("sums", "due").search(f"{one.head} @"):
        yield "pay"


def fits(way: Direction, words: str, sums: Sums) -> bool:
    """Whether a direction can be meant in a letter of which the kind says the other: only where it
    comes back."""
    return sums in ("both", way) or bool(cue("sums", "back").search(words))


def by_kind(sums: Sums, words: str) -> Direction:
    """The direction by what is known of the kind."""
    if sums in ("pay", "receive"):
        return sums
    return "receive" if cue("sums", "received").search(words) else "pay"


def raised(one: Mention) -> bool:
    """Whether a sum that was not paid has gone up since."""
    return bool(cue("sums", "raised").search(f"{one.words} {one.then}"))


def sums_in(line: str) -> set[Decimal]:
    """All sums that stand on a line, whatever they are."""
    return {value(match) for match in SUM.finditer(line)}
