"""Which kind of letter it is: its words, who sends it and what it means are weighed together."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from bot.letters.kinds import LetterKind, kinds
from bot.letters.senders import Sender
from bot.letters.text import COLUMN, Body, squeezed
from bot.letters.tricks import signs
from bot.understanding.meaning import Vectors, meanings

HEADING, TOP, TEXT = 3.0, 2.0, 1.0
"""What a phrase weighs in the subject, in the letter's first part, and anywhere else."""

NEAR = 0.55
"""What a phrase weighs whose words stand near each other, but not as they are written."""

WRONG_SENDER = -3.5
AGAINST = -2.5
UNKNOWN = 1.8
"""How much must speak for a kind before it is one at all."""

SURE = 0.5
"""The confidence from which on the kind is said without a question."""

PHISHING, HONEST = 3.4, 0.5
"""How much must speak for a trick, and how much more than for an honest letter: whoever pretends to be an
office uses its words as well."""

MEANING, FAR = 5.0, 0.25
"""What likeness of meaning weighs, and how alike sentences are that have nothing to do with each other."""

CLEAR, CLEAR_BY = 4.0, 2.0
"""From where on words and sender need no help, and by how much the next kind must lie behind."""

SENTENCES = 2
"""How many sentences of a letter's begin are compared: more cost time and tell less."""


@dataclass(frozen=True)
class Guess:
    """The kind that fits best, how surely (0..1), and the next ones."""

    kind: str
    confidence: float
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """A phrase ready to be looked for: squeezed, its longer words, and how rare it is among the kinds."""

    squeezed: str
    words: tuple[str, ...]
    rare: float


@dataclass(frozen=True, eq=False)
class Ready:
    kind: LetterKind
    subjects: tuple[Pattern, ...]
    phrases: tuple[Pattern, ...]
    against: tuple[Pattern, ...]
    meanings: Vectors


@cache
def ready() -> tuple[Ready, ...]:
    """All kinds with their phrases prepared; what many kinds share weighs less."""
    known = kinds().values()
    spread: dict[str, set[str]] = {}
    for kind in known:
        for phrase in (*kind.subjects, *kind.phrases):
            for word in words_of(phrase):
                spread.setdefault(word, set()).add(kind.key)

    def patterns(phrases: tuple[str, ...]) -> tuple[Pattern, ...]:
        return tuple(pattern_of(phrase, spread) for phrase in phrases)

    vectors = meanings([sentence for kind in known for sentence in kind.examples])
    ends = np.cumsum([len(kind.examples) for kind in known])
    parts = np.split(vectors, ends[:-1])
    return tuple(
        Ready(kind, patterns(kind.subjects), patterns(kind.phrases), patterns(kind.against), part)
        for kind, part in zip(known, parts, strict=True)
    )


def pattern_of(phrase: str, spread: dict[str, set[str]]) -> Pattern:
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


def recognise(body: Body, sender: Sender) -> Guess:
    """The kind of a letter. ``other`` where nothing fits well enough."""
    places = Places(body)
    scores = {one.kind.key: score(one, places, sender) for one in ready()}
    if in_doubt(scores):
        means = meanings(told(body))
        scores = {one.kind.key: scores[one.kind.key] + alike(one, means) for one in ready()}
    trick = scores.pop("phishing", 0.0) + signs(body)
    order = sorted(scores, key=lambda key: -scores[key])
    first, second, third = (*order, "other", "other", "other")[:3]
    best, gap = scores.get(first, 0.0), scores.get(first, 0.0) - scores.get(second, 0.0)
    if trick >= PHISHING and trick > HONEST * (best - UNKNOWN):
        return Guess("phishing", squash(1.5 * (trick - PHISHING) + 0.4), (first, second))
    if best < UNKNOWN:
        return Guess("other", squash(1.5 * (UNKNOWN - best) - 0.6), (first, second))
    return Guess(first, squash(0.9 * gap + 0.3 * (best - UNKNOWN) - 0.8), (second, third))


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
        self.heading_words = [stem(squeezed(word)) for word in heading.split()]
        top = "\n".join([*body.head, *body.lines[body.salutation : body.salutation + 8]])
        self.top = squeezed(top)
        self.text = body.squeezed
        self.at: dict[str, list[int]] = {}
        for number, word in enumerate(body.words):
            self.at.setdefault(stem(word), []).append(number)

    def weight(self, pattern: Pattern) -> float:
        """How strongly a phrase is there: 0 where it is not."""
        if pattern.squeezed in self.heading:
            return HEADING * pattern.rare
        if pattern.words and all(word in self.heading_words for word in pattern.words):
            return HEADING * 0.8 * pattern.rare
        if pattern.squeezed in self.text:
            return (TOP if pattern.squeezed in self.top else TEXT) * pattern.rare
        if len(pattern.words) > 1 and self.near(pattern.words):
            return NEAR * pattern.rare
        return 0.0

    def near(self, words: tuple[str, ...]) -> bool:
        """Whether all the words stand within a few words of each other."""
        places = [self.at.get(word) for word in words]
        if not all(places):
            return False
        span = 3 + 2 * len(words)
        return any(
            all(any(abs(other - first) <= span for other in others or ()) for others in places[1:])
            for first in places[0] or ()
        )


_subject = re.compile(
    r"^\s*(?:onderwerp|betreft|inzake|0nderwerp|subject)\s*:?\s*(?P<words>.*)$", re.IGNORECASE
)


def subject_lines(body: Body) -> list[str]:
    """The subject, and what stands alone as a heading, above and just below the salutation; then the cells
    of lines with columns that may be one."""
    found, beside = [], []
    for number, line in enumerate(body.lines[: body.salutation + 3]):
        cells = COLUMN.split(line.strip())
        if match := _subject.match(line):
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


def score(one: Ready, places: Places, sender: Sender) -> float:
    """What speaks for a kind, less what speaks against it."""
    subjects = sorted((places.weight(p) for p in one.subjects), reverse=True)
    phrases = sorted((places.weight(p) for p in one.phrases), reverse=True)
    found = sum(weight / (1 + 0.5 * n) for n, weight in enumerate(subjects))
    found += sum(weight / (1 + 0.15 * n) for n, weight in enumerate(phrases))
    found += AGAINST * sum(min(1.0, places.weight(p)) for p in one.against) * 0.5
    if one.kind.key == "phishing":
        return found
    likely = max((sender.likely.get(kind, 0.0) for kind in one.kind.senders), default=0.0)
    return found + (1.5 * likely if likely > 0.08 else WRONG_SENDER * (1.0 if sender.likely else 0.3))
