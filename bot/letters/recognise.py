"""Which kind of letter it is: its words, who sends it and what it means are weighed together."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

import numpy as np

from bot.letters.kinds import (
    LETTERS,
    LetterKind,
    Pattern,
    SenderType,
    counted,
    kinds,
    pattern_of,
    stem,
    words_of,
)
from bot.letters.senders import PUBLIC, Sender, senders
from bot.letters.text import COLUMN, SUBJECT, Body, squeezed
from bot.letters.tricks import signs
from bot.understanding.meaning import Vectors, Wordings, meanings

HEADING, TOP, TEXT = 3.0, 2.0, 1.0
"""What a phrase weighs in the subject, in the letter's first part, and anywhere else."""

NEAR = 0.55
"""What a phrase weighs whose words stand near each other, but not as they are written."""

SENDER, WRONG_SENDER, UNLIKELY = 1.5, -3.5, 0.08
STRANGE_SENDER = -1.0
"""What it says against something that is none of ours that an office of ours writes it."""
AGAINST = -2.5
UNKNOWN = 5.0
"""How much must speak for a kind before it is one at all."""

SURE, DOUBT = 0.5, 0.45
"""The confidence from which on the kind is said without a question; and the most there is where only nothing
known fits."""

PLENTY, STRANGE, OUTWORDED = 9.0, 2.3, 1.0
"""How much speaks for most kinds that are right; what is taken off where the sender is another's, and where
another kind is nearer by its wording: a kind is sure where sender, subject, phrases and wording agree."""

NEVER = 4.0
"""What is taken off where only public bodies write such letters, and another one wrote this."""

UNSPOKEN, SPOKEN = 1.5, 0.6
"""What is taken off where only sender and loose words speak for a kind; from where on nothing is."""
AHEAD = 4.5
"""How far ahead of the next a kind can be: a sender that writes no other always leaves the rest behind."""

PHISHING, HONEST, PLAINLY = 3.4, 0.4, 0.3
"""How much must speak for a trick, and how much more than for an honest letter: whoever pretends to be an
office uses its words as well. ``PLAINLY``: the same, where a sign is there that hardly any honest one has."""

MEANING, FAR = 3.0, 0.25
"""What likeness of meaning weighs, and how alike sentences are that have nothing to do with each other."""

WORDED = 1.5
"""What it weighs by how much a kind's wording stands out among all."""
COLLOQUIAL, COMMON = 0.5, 3.0
"""What it weighs that the wording is that of tricks, and by how much any loosely worded letter comes near."""
SHORT = 6
"""A phrase of fewer letters stands as a word of its own, or not at all."""
HEADED = 3
"""How often a word of the heading counts."""

CLEAR, CLEAR_BY = 9.0, 3.0
"""From where on words and sender need no help, and by how much the next kind must lie behind."""

SENTENCES = 2
"""How many sentences of a letter's begin are compared: more cost time and tell less."""


@dataclass(frozen=True)
class Guess:
    """The kind that fits best, how surely (0..1), and the next ones."""

    kind: str
    confidence: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Ready:
    """A kind prepared; or, with ``OTHER`` before its key, something that is none of ours."""

    key: str
    senders: tuple[SenderType, ...]
    subjects: tuple[Pattern, ...]
    phrases: tuple[Pattern, ...]
    against: tuple[Pattern, ...]
    words: Counter[str]
    meanings: Vectors


OTHER: Final = "other"


@cache
def wordings() -> Wordings:
    """How each is worded, in the order of ``ready``."""
    return Wordings([one.words for one in ready()])


@cache
def ready() -> tuple[Ready, ...]:
    """All kinds and strangers with their phrases prepared; what many share weighs less."""
    known, strangers = list(kinds().values()), senders().strangers
    spread: dict[str, set[str]] = {}
    for kind in known:
        for phrase in (*kind.subjects, *kind.phrases):
            for word in words_of(phrase):
                spread.setdefault(word, set()).add(kind.key)
    patterns = partial(patterns_of, spread=spread)
    vectors = meanings([sentence for kind in known for sentence in kind.examples])
    parts = np.split(vectors, np.cumsum([len(kind.examples) for kind in known])[:-1])
    ours = [
        Ready(kind.key, kind.senders, patterns(kind.subjects), patterns(kind.phrases),
              patterns(kind.against), wording_of(kind), part)
        for kind, part in zip(known, parts, strict=True)
    ]  # fmt: skip
    others = [
        Ready(f"{OTHER}: {one.name}", (OTHER,), patterns(one.subjects), patterns(one.phrases), (),
              counted(" ".join([*one.subjects, *one.subjects, *one.phrases])), meanings(one.subjects))
        for one in strangers
    ]  # fmt: skip
    return (*ours, *others)


def patterns_of(phrases: tuple[str, ...], spread: Mapping[str, set[str]]) -> tuple[Pattern, ...]:
    return tuple(pattern_of(phrase, spread) for phrase in phrases)


def wording_of(kind: LetterKind) -> Counter[str]:
    """All words that we know of a kind; those of a subject count twice."""
    told = [*kind.subjects, *kind.subjects, *kind.phrases, *kind.examples, kind.name.nl]
    return counted(" ".join([*told, *(word.dutch for word in kind.words)]))


def recognise(body: Body, sender: Sender) -> Guess:
    """The kind of a letter. ``other`` where nothing fits well enough, or what is none of ours fits best."""
    places, seen = Places(body), signs(body)
    worded = {one.key: float(near) for one, near in zip(ready(), wordings().near(places.worded), strict=True)}
    spoken = {one.key: score(one, places) for one in ready()}
    fits = {one.key: fitting(one, sender) for one in ready()}
    trick = spoken.pop("phishing") + seen.weight
    if seen.weight:
        trick += COLLOQUIAL * max(0.0, worded["phishing"] - COMMON)
    scores = {key: spoken[key] + fits[key] + WORDED * worded[key] for key in spoken}
    if in_doubt(scores):
        means = meanings(told(body))
        for one in ready():
            if one.key in scores:
                scores[one.key] += alike(one, means)
    first, second, third, *_ = sorted(scores, key=lambda key: -scores[key])
    best, gap = scores[first], min(AHEAD, scores[first] - scores[second])
    if trick >= PHISHING and trick > (PLAINLY if seen.plain else HONEST) * (best - UNKNOWN):
        return guess("phishing", squash(1.5 * (trick - PHISHING) + 0.4), first, second)
    if best < UNKNOWN:
        return guess(OTHER, min(DOUBT, squash(1.5 * (UNKNOWN - best) - 0.6)), first, second)
    lag = max(worded[key] for key in scores) - worded[first]
    sure = 0.9 * gap + 0.25 * min(4.0, spoken[first]) - 1.8 - 0.4 * max(0.0, PLENTY - best)
    sure -= STRANGE * (fits[first] < 0) + OUTWORDED * (lag > 0)
    sure -= UNSPOKEN * min(1.0, max(0.0, 1 - spoken[first] / SPOKEN))
    sure -= NEVER * (fits[first] < STRANGE_SENDER and officials_alone(first))
    if squash(sure) < SURE and second.startswith(OTHER) and fits[second] > fits[first]:
        return guess(OTHER, min(DOUBT, squash(sure)), first, third)
    return guess(first, squash(sure), second, third)


def officials_alone(key: str) -> bool:
    """Whether none but public bodies send letters of a kind."""
    return key in kinds() and PUBLIC.issuperset(kinds()[key].senders)


def guess(first: str, confidence: float, *others: str) -> Guess:
    """What is none of ours is ``other``, whatever it is."""
    plain = [OTHER if key.startswith(OTHER) else key for key in (first, *others)]
    return Guess(plain[0], confidence, tuple(dict.fromkeys(plain[1:])))


def in_doubt(scores: dict[str, float]) -> bool:
    """Whether words and sender leave it open, so that the meaning, which takes longest, must decide."""
    first, second = sorted(scores.values(), reverse=True)[:2]
    return first < CLEAR or first - second < CLEAR_BY


def told(body: Body) -> list[str]:
    """The sentences that tell most about a letter: its heading, and how it begins."""
    heading = " ".join(" ".join(subject_lines(body)).split())[:120]
    begins = [" ".join(sentence.split())[:120] for _, sentence in Body(body.body).sentences]
    begins = [sentence for sentence in begins if len(sentence.split()) >= 5][:SENTENCES]
    return [sentence for sentence in (heading, *begins) if sentence]


def alike(one: Ready, means: Vectors) -> float:
    """What the meaning says for a kind: how near its examples come to the letter's sentences."""
    if not len(means):
        return 0.0
    nearest = np.sort((means @ one.meanings.T).max(axis=1))[::-1][:2]
    return MEANING * max(0.0, float(nearest.mean()) - FAR)


def squash(value: float) -> float:
    return round(1.0 / (1.0 + math.exp(-value)), 3)


class Places:
    """A letter's parts, ready to be looked through."""

    def __init__(self, body: Body) -> None:
        heading = "\n".join(subject_lines(body))
        self.heading = squeezed(heading)
        self.heading_words = frozenset(stem(squeezed(word)) for word in heading.split())
        top = "\n".join([*body.head, *body.lines[body.salutation : body.salutation + 8]])
        self.top = squeezed(top)
        self.text = body.squeezed
        self.worded = Counter(word for word in body.words if len(word) >= LETTERS)
        for word in counted(heading):
            self.worded[word] += HEADED
        self.at: dict[str, list[int]] = {}
        for number, word in enumerate(body.words):
            self.at.setdefault(stem(word), []).append(number)
        self.stems = self.heading_words | self.at.keys()

    def weight(self, pattern: Pattern) -> float:
        """How strongly a phrase is there: 0 where it is not."""
        if len(pattern.squeezed) < SHORT:
            if pattern.squeezed not in self.worded:
                return 0.0
            return (
                HEADING if pattern.words and pattern.words[0] in self.heading_words else TEXT
            ) * pattern.rare
        there = pattern.squeezed in self.text
        if not there and not self.stems.issuperset(pattern.words):
            return 0.0
        if there and pattern.squeezed in self.heading:
            return HEADING * pattern.rare
        if pattern.words and self.heading_words.issuperset(pattern.words):
            return HEADING * 0.8 * pattern.rare
        if there:
            return (TOP if pattern.squeezed in self.top else TEXT) * pattern.rare
        if len(pattern.words) > 1 and self.near(pattern.words):
            return NEAR * pattern.rare
        return 0.0

    def weights(self, patterns: tuple[Pattern, ...]) -> list[float]:
        """What the phrases weigh that are there, most first; one that is a part of another counts once."""
        found = [(pattern.squeezed, weight) for pattern in patterns if (weight := self.weight(pattern))]
        whole = [
            weight for piece, weight in found if not any(piece != more and piece in more for more, _ in found)
        ]
        return sorted(whole, reverse=True)

    def near(self, words: tuple[str, ...]) -> bool:
        """Whether all the words stand within a few words of each other."""
        first, *others = (self.at.get(word, []) for word in words)
        span = 3 + 2 * len(words)
        return any(all(any(abs(at - begin) <= span for at in other) for other in others) for begin in first)


def subject_lines(body: Body) -> list[str]:
    """The subject, and what stands alone as a heading, above and just below the salutation; then the cells
    of lines with columns that may be one."""
    found, beside = [], []
    for number, line in enumerate(body.lines[: body.salutation + 3]):
        cells = COLUMN.split(line.strip())
        if match := SUBJECT.match(line):
            found += [match["words"], body.lines[number + 1] if number + 1 < len(body.lines) else ""]
        elif len(cells) > 1:
            beside += [cell for cell in cells if heading_like(cell, "")]
        elif heading_like(line, body.lines[number - 1] if number else ""):
            found.append(line)
    return [*found, *beside]


def heading_like(line: str, before: str) -> bool:
    """Whether a line is a heading: one cell of a few words, with nothing on the line before, or capitals."""
    plain = line.strip()
    if not 6 <= len(plain) <= 90 or re.search(r"\d{4}\s?[A-Z]{2}\b|\d{3} \d|@|www\.", plain):
        return False
    return (not before.strip() and " " in plain) or sum(map(str.isupper, plain)) > len(plain) * 0.6


def score(one: Ready, places: Places) -> float:
    """What speaks for a kind in its phrases, less what speaks against it."""
    subjects, phrases = places.weights(one.subjects), places.weights(one.phrases)
    found = sum(weight / (1 + 0.5 * n) for n, weight in enumerate(subjects))
    found += sum(weight / (1 + 0.15 * n) for n, weight in enumerate(phrases))
    return found + AGAINST * sum(min(1.0, places.weight(p)) for p in one.against) * 0.5


def fitting(one: Ready, sender: Sender) -> float:
    """What the sender says for a kind, or against it: the more, the surer it is who wrote."""
    likely = max((sender.likely.get(kind, 0.0) for kind in one.senders), default=0.0)
    if one.key.startswith(OTHER) and sender.type != OTHER:
        return STRANGE_SENDER * sender.known * (1 - likely)
    if likely > UNLIKELY:
        return SENDER * likely
    if one.key.startswith(OTHER) or one.key == "phishing":
        return 0.0
    return WRONG_SENDER * (max(0.3, sender.known) if sender.likely else 0.3)
