"""What we know of each kind of letter: one file in ``content/letters/`` each."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from bot.content import ROOT, Area, ContentFault, Line, Part, Slug, Text, read_folder, the_file
from bot.letters.text import squeezed

SenderType = Literal[
    "digid", "ind", "gemeente", "waterschap", "duo", "zorgverzekeraar", "cak", "toeslagen", "belastingdienst",
    "svb", "uwv", "corporatie", "energie", "water", "cjib", "parkeren", "ov", "incasso", "deurwaarder", "ggd",
    "ziekenhuis", "school", "bank", "taalschool", "telecom", "phishing", "other",
]  # fmt: skip
"""Who writes, as ``sender_type`` names it in what the reader puts out."""

Saying = Literal[
    "payment-plan", "more-time", "other-appointment", "interpreter", "objection", "explain-debt", "remission"
]
"""What there is to say on the phone, or to write back: ``content/sayings.toml`` has the sentences."""

Sums = Literal["pay", "receive", "both", "info"]

Phrase = Annotated[str, Field(min_length=3, max_length=120)]
Sentence = Annotated[str, Field(min_length=15, max_length=300)]


class Term(Part):
    """A word that the counter clerk uses, with what it means."""

    dutch: Line
    nl: Line
    en: Line


class LetterKind(Part):
    """One kind of letter.

    ``senders`` are the types that send it. ``subjects`` are words of its heading or subject line, which
    weigh most; ``phrases`` stand in its text; ``against`` speak for another kind. All are Dutch, lower case,
    without names, sums or dates, and are found although the reading of a photo made mistakes. ``examples``
    are whole sentences in own words, for the meaning.

    ``meaning`` is the core in one sentence, ``steps`` what to do, ``otherwise`` what happens if nobody does.
    ``decision``: a decision of a public body, against which one may object. ``public``: terms in it are
    those of a law (Algemene termijnenwet). ``urgency``: 3 this week or a right is lost, 2 before a date,
    1 read and keep. ``bill``: what a reminder may follow, which is of the same kind. ``sums``: whether its
    sums are paid, received, either (by their words), or only told. ``area`` leads to the room's contact
    person, ``ask`` to the organisation. ``private``: about health, income, debt, residence or family;
    ``neutral`` is what others may read of it.
    """

    key: Slug
    name: Text
    senders: tuple[SenderType, ...] = Field(min_length=1)
    subjects: tuple[Phrase, ...] = Field(min_length=2)
    phrases: tuple[Phrase, ...] = Field(min_length=4)
    against: tuple[Phrase, ...] = ()
    examples: tuple[Sentence, ...] = Field(min_length=3)
    meaning: Text
    steps: tuple[Text, ...] = Field(min_length=1, max_length=5)
    otherwise: Text
    decision: bool = False
    public: bool = False
    urgency: Literal[1, 2, 3]
    bill: bool = False
    sums: Sums = "info"
    area: Area
    ask: Slug
    private: bool = True
    neutral: Text
    words: tuple[Term, ...] = Field(min_length=1, max_length=6)
    say: tuple[Saying, ...] = ()
    source: str = ""

    @model_validator(mode="after")
    def lower_case(self) -> LetterKind:
        wrong = [p for p in (*self.subjects, *self.phrases, *self.against) if p != p.lower()]
        if wrong:
            raise ValueError(f"phrases are lower case: {wrong[0]}")
        return self


class Sayings(Part):
    """The sentence for each purpose, as it is said in Dutch (``dutch``), and what it means."""

    sayings: dict[Saying, Term]

    @model_validator(mode="after")
    def whole(self) -> Sayings:
        missing = set(get_args(Saying)) - self.sayings.keys()
        if missing:
            raise ValueError(f"nothing is said for {', '.join(sorted(missing))}")
        return self


@cache
def sayings(file: Path = ROOT / "content" / "sayings.toml") -> dict[Saying, Term]:
    """What to say on the phone. Raises ContentFault."""
    return the_file(file, Sayings).sayings


@cache
def kinds(folder: Path = ROOT / "content" / "letters") -> dict[str, LetterKind]:
    """All kinds by key. Raises ContentFault with every fault."""
    faults: list[str] = []
    found = {kind.key: kind for kind in read_folder(folder, LetterKind, faults)}
    if not found:
        faults.append(f"{folder}: there is no kind of letter")
    if faults:
        raise ContentFault(faults)
    return found


@dataclass(frozen=True)
class Pattern:
    """A phrase ready to be looked for: squeezed, its longer words, and how rare it is among the kinds."""

    squeezed: str
    words: tuple[str, ...]
    rare: float


def pattern_of(phrase: str, spread: Mapping[str, set[str]]) -> Pattern:
    words = words_of(phrase)
    fewest = min((len(spread.get(word, ())) for word in words), default=1)
    return Pattern(squeezed(phrase), words, 1.0 / (1.0 + 0.25 * math.log2(max(1, fewest))))


def words_of(phrase: str) -> tuple[str, ...]:
    """The words of a phrase that carry it: longer than three letters, as far as their ending."""
    found = [squeezed(word) for word in phrase.split()]
    return tuple(stem(word) for word in found if len(word) > 3)


def stem(word: str) -> str:
    """As much of a word as its forms share."""
    return word[: max(5, len(word) - 2)]


LETTERS = 3
"""How many letters a word has that counts at all."""


def counted(text: str) -> Counter[str]:
    """The words of a text, squeezed, with how often each stands."""
    return Counter(word for word in map(squeezed, text.split()) if len(word) >= LETTERS)
