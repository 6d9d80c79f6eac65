"""Signs of a false letter: a way to money or secrets, with haste, threats or baits around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, the_file
from bot.letters.text import Body, squeezed

WAY, SIGN = 1.0, 0.75
"""What a sort of signs weighs that is a way to money or secrets, and any other."""
PLAIN = 1.0
"""What is put on top for each sort that hardly any honest letter has."""
WARNS, WARNING = 1.5, 2
"""What is taken off for each sentence that warns of tricks, and how many make it a letter of warning."""
FORMAL = frozenset({"site", "account"})
"""Sorts that no warning brings with it."""
FEWEST, FEWEST_SHORT, SHORT = 3, 2, 60
"""Fewer sorts together mean nothing; in a message of so few words, as on a phone, no more have room."""

_site = re.compile(
    r"(?:https?://|www\.|@)?((?:[a-z0-9\-]{1,40}\.){1,4})"
    r"(?:example|nl|com|eu|net|info|org|online|site|shop|xyz|top|link|app|be|me|io|cc|ly)\b(?!\.[a-z])",
    re.IGNORECASE,
)
_abroad = re.compile(r"\b(?!NL)[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){2}[A-Z0-9\s]{3,}")
_clock = re.compile(
    r"\b(?:binnen|over|heeft|hebt|nog|de komende)\s+(?:nog |nu |maar )?(?:\d{1,2}|enkele|een paar|twee|drie)"
    r"\s?(?:uur|uren|minuten)\b|\b23[:.]59\b|\bvoor \d{1,2}[:.]\d\d (?:uur )?(?:vandaag|vanavond)",
    re.IGNORECASE,
)
_paid_number = re.compile(r"\b(?:0906|0909)\b")


class Signs(Part):
    """One sort of signs; ``way``: it leads to money or secrets; ``plain``: hardly any honest one has it."""

    key: str
    words: tuple[str, ...]
    way: bool = False
    plain: bool = False


class Tricks(Part):
    """``imitated`` are names in whose guise tricks come: a site with one of them and more words is false."""

    honest: tuple[str, ...]
    imitated: tuple[str, ...]
    signs: tuple[Signs, ...]


@dataclass(frozen=True)
class Suspicion:
    """How much of a letter looks like a trick, and whether that is plain whatever it looks like beside."""

    weight: float = 0.0
    plain: bool = False


@cache
def tricks(file: Path = ROOT / "content" / "tricks.toml") -> Tricks:
    """Raises ContentFault."""
    return the_file(file, Tricks)


@cache
def ready() -> tuple[tuple[str, ...], tuple[tuple[Signs, tuple[str, ...]], ...]]:
    known = tricks()
    sorts = tuple((sort, tuple(squeezed(word) for word in sort.words)) for sort in known.signs)
    return tuple(squeezed(word) for word in known.honest), sorts


def signs(body: Body) -> Suspicion:
    """What of a letter looks like a trick: nothing where too few sorts of signs come together."""
    honest, sorts = ready()
    told = [(sentence, squeezed(sentence)) for _, sentence in body.sentences]
    warns = [plain for _, plain in told if any(word in plain for word in honest)]
    text = "|".join(plain for _, plain in told if plain not in warns)
    seen = seen_in(body.text)
    found = [sort for sort, words in sorts if sort.key in seen or any(word in text for word in words)]
    short = len(body.text.split()) <= SHORT
    fewest = FEWEST_SHORT if short else FEWEST
    if len(found) < fewest or not any(sort.way for sort in found):
        return Suspicion()
    plain = [sort.key for sort in found if sort.plain and (len(warns) < WARNING or sort.key in FORMAL)]
    weight = (
        sum(WAY if sort.way else SIGN for sort in found) + PLAIN * (len(plain) + short) - WARNS * len(warns)
    )
    return Suspicion(max(0.0, weight), plain=bool(plain))


def seen_in(text: str) -> set[str]:
    """The sorts of signs that are seen by their form: sites, accounts abroad, hours, dear numbers."""
    found = {"site"} if any(false_site(match[1]) for match in _site.finditer(text)) else set[str]()
    if _abroad.search(text):
        found.add("account")
    if _clock.search(text):
        found.add("haste")
    if _paid_number.search(text):
        found.add("channel")
    return found


def false_site(parts: str) -> bool:
    """Whether a site's own name is that of somebody known with more words tied to it."""
    label = parts.rstrip(".").split(".")[-1].lower()
    words = label.split("-")
    return len(words) > 1 and any(name in words for name in tricks().imitated)
