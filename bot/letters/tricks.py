"""Signs of a false letter: a way to money or secrets, with haste, threats or baits around it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, the_file
from bot.letters.text import Body, squeezed

WAY, SIGN = 1.0, 0.75
"""What a sort of signs weighs that is a way to money or secrets, and any other."""
WARNS = 1.5
"""What is taken off where the letter itself warns of tricks."""
FEWEST = 3
"""Fewer sorts together mean nothing."""


class Signs(Part):
    """One sort of signs; ``way``: it leads to money or secrets."""

    key: str
    words: tuple[str, ...]
    way: bool = False


class Tricks(Part):
    honest: tuple[str, ...]
    signs: tuple[Signs, ...]


@cache
def tricks(file: Path = ROOT / "content" / "tricks.toml") -> Tricks:
    """Raises ContentFault."""
    return the_file(file, Tricks)


@cache
def ready() -> tuple[tuple[str, ...], tuple[tuple[bool, tuple[str, ...]], ...]]:
    known = tricks()
    sorts = tuple((sort.way, tuple(squeezed(word) for word in sort.words)) for sort in known.signs)
    return tuple(squeezed(word) for word in known.honest), sorts


def signs(body: Body) -> float:
    """How much of a letter looks like a trick: 0 where too few sorts of signs come together."""
    honest, sorts = ready()
    told = [squeezed(sentence) for _, sentence in body.sentences]
    warns = [sentence for sentence in told if any(word in sentence for word in honest)]
    text = "|".join(sentence for sentence in told if sentence not in warns)
    found = [way for way, words in sorts if any(word in text for word in words)]
    if len(found) < FEWEST or not any(found):
        return 0.0
    return sum(WAY if way else SIGN for way in found) - (WARNS if warns else 0.0)
