"""Children's ages as people write them: "4 and 11", "2 kinderen, vier en elf", "a son of 4 and a baby"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

from pydantic import Field, model_validator

from bot.content import ROOT, Part, the_file
from bot.domain.words import LANGUAGES
from bot.understanding.times_lexer import fold
from bot.understanding.times_words import Phrases, time_words

PIECE = re.compile(r"(?P<digits>[0-9]+)|(?P<word>[^\W0-9_]+)|(?P<end>[\n,;.+&/|!?])|(?P<colon>:)")
LONGEST = 3
"""Words in one phrase at most."""
UNITS = {"years": 1.0, "m": 1 / 12, "w": 1 / 52, "d": 1 / 365}


class AgeWords(Part):
    """The words of one language; content/ages.toml says what each list is for."""

    children: Phrases
    years: Phrases
    babies: Phrases
    none: Phrases
    months: Phrases = ()
    numbers: dict[int, Phrases] = Field(default_factory=dict)


class Ages(Part):
    languages: dict[str, AgeWords]

    @model_validator(mode="after")
    def complete(self) -> Ages:
        if lacking := set(LANGUAGES) - self.languages.keys():
            raise ValueError("languages lack: " + ", ".join(sorted(lacking)))
        return self


@cache
def age_words(file: Path = ROOT / "content" / "ages.toml") -> dict[str, AgeWords]:
    """The words by language, read once; raises ContentFault."""
    return the_file(file, Ages).languages


@dataclass
class Piece:
    """A word, a phrase or a number: ``kind`` is number, children, baby, and, end, colon, a key of UNITS, or
    empty for words that tell nothing; ``word``: a number in letters."""

    kind: str
    value: int = 0
    word: bool = False


@dataclass
class Known:
    """What phrases mean to somebody: folded phrase → (kind, value), and what may stick to a word."""

    phrases: dict[str, tuple[str, int]] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    def meaning(self, phrase: str) -> list[Piece]:
        """What a phrase says, with the "and" that sticks to it in Arabic and Tigrinya; empty: unknown."""
        if phrase in self.phrases:
            return [self.piece(phrase)]
        for part in self.before:
            if (rest := phrase.removeprefix(part)) != phrase and rest in self.phrases:
                return [*self.joining(part), self.piece(rest)]
        for part in self.behind:
            if (rest := phrase.removesuffix(part)) != phrase and rest in self.phrases:
                return [self.piece(rest), *self.joining(part)]
        return []

    def piece(self, phrase: str) -> Piece:
        return Piece(*self.phrases[phrase], word=True)

    def joining(self, part: str) -> list[Piece]:
        return [Piece("and")] if self.phrases.get(part, ("", 0))[0] == "and" else []


def read_ages(words: str, language: str | None) -> list[int] | None:
    """Ages in whole years (a baby's is 0), sorted; empty where there are no children; None where the words
    say neither. Words of every language are known, numbers in letters those of the reader's own, Dutch and
    English: "on" is ten in Turkish alone."""
    pieces = list(pieces_of(tidy(words), known_to(language)))
    found = sorted(age for part in parts_of(without_counts(pieces)) for age in ages_of(part))
    if found:
        return found
    zero = any(a.kind == "number" and not a.value and b.kind == "children" for a, b in pairwise(pieces))
    return [] if zero or says_none(tidy(words)) else None


def says_none(text: str) -> bool:
    """Whether there are no children: one word ("geen") as the whole answer, several anywhere."""
    said = " ".join(piece[0] for piece in PIECE.finditer(text) if piece.lastgroup == "word")
    phrases = {tidy(phrase) for words in age_words().values() for phrase in words.none}
    return said in phrases or any(f" {phrase} " in f" {said} " for phrase in phrases if " " in phrase)


def tidy(words: str) -> str:
    """Words as they are compared; what a hyphen joins is two words."""
    return " ".join(fold(words)[0].replace("-", " ").split(" "))


@cache
def known_to(language: str | None) -> Known:
    own = [code for code in dict.fromkeys((language, "nl", "en")) if code in age_words()]
    known = Known(
        before=tuple(fold(part)[0] for code in own for part in time_words()[code].prefixes),
        behind=tuple(fold(part)[0] for code in own for part in time_words()[code].suffixes),
    )
    for kind, value, phrase in chain(every_word(), numbers(own)):
        known.phrases.setdefault(tidy(phrase), (kind, value))
    return known


def every_word() -> Iterator[tuple[str, int, str]]:
    for code, words in age_words().items():
        times = time_words()[code]
        units = {unit: times.time_units.get(unit, ()) for unit in ("d", "w", "m")}
        lists: dict[str, Iterable[str]] = {
            "children": words.children,
            "baby": words.babies,
            "years": words.years,
            "and": times.words.get("and", ()),
            **units,
            "m": (*units["m"], *words.months),
        }
        for kind, phrases in lists.items():
            yield from ((kind, 0, phrase) for phrase in phrases)


def numbers(languages: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    for code in languages:
        for table in (age_words()[code].numbers, time_words()[code].numbers):
            for value, phrases in table.items():
                yield from (("number", value, phrase) for phrase in phrases)


def pieces_of(text: str, known: Known) -> Iterator[Piece]:
    found = list(PIECE.finditer(text))
    place = 0
    while place < len(found):
        match = found[place]
        place += 1
        if match.lastgroup == "digits":
            yield Piece("number", int(match[0]))
        elif match.lastgroup != "word":
            yield Piece(str(match.lastgroup))
        else:
            words = [piece[0] for piece in found[place - 1 : place - 1 + LONGEST]]
            size, meaning = longest(words, known)
            place += size - 1
            yield from meaning


def longest(words: list[str], known: Known) -> tuple[int, list[Piece]]:
    """How many of the words are one phrase, and what it means."""
    for size in range(len(words), 0, -1):
        if meaning := known.meaning(" ".join(words[:size])):
            return size, meaning
    return 1, [Piece("")]


def without_counts(pieces: list[Piece]) -> list[Piece]:
    """What only says how many children there are is no age: "2 kinderen", "two: 4 and 11"."""
    kept = []
    for place, piece in enumerate(pieces):
        following = pieces[place + 1].kind if place + 1 < len(pieces) else ""
        more = any(later.kind in ("number", "baby") for later in pieces[place + 1 :])
        counts = following == "children" or (following == "colon" and more)
        if not (piece.kind == "number" and counts):
            kept.append(piece)
    return kept


def parts_of(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """What stands between "and", commas and the like."""
    part: list[Piece] = []
    for piece in pieces:
        if piece.kind in ("and", "end", "colon"):
            yield part
            part = []
        else:
            part.append(piece)
    yield part


def ages_of(part: list[Piece]) -> list[int]:
    """The ages in one part. Months behind years are the same child's ("4 years 8 months"), and "a baby of 8
    months" is one child; "one" is an age with years behind it or by itself, else it stands for a child."""
    found: list[int] = []
    babies, before = 0, ""
    for place, piece in enumerate(part):
        following = part[place + 1].kind if place + 1 < len(part) else ""
        if piece.kind == "baby":
            babies += 0 if before == "counted" else 1
            before = ""
        elif piece.kind == "number" and following == "baby":
            babies, before = babies + min(piece.value, 9), "counted"
        elif piece.kind == "number":
            article = piece.word and piece.value == 1 and following not in UNITS and len(part) > 1
            if not article and not (before == "years" and following in ("m", "w", "d")):
                found.append(int(piece.value * UNITS.get(following, 1.0) + 1e-6))
            before = following
    return found or [0] * babies
