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

PIECE = re.compile(
    r"(?P<digits>[0-9]+)|(?P<word>[^\W0-9_]+)|(?P<end>[\n,;+&/|!?])|(?P<dot>[.)])|(?P<colon>:)|(?P<open>\()"
)
ETHIOPIC = str.maketrans("፡፥፦", ":::")
"""What stands before a list, as a colon does; folding would leave a space of the first."""
HALF = re.compile(
    r"(?<![0-9.,٫])(?P<whole>[0-9]+)(?P<sep>[.,٫])5(?![0-9])(?! ?[.,٫:][0-9])(?P<unit> ?[^\W0-9_]*)"
)
LONGEST = 3
"""Words in one phrase at most."""
UNITS = {"years": 1.0, "m": 1 / 12, "w": 1 / 52, "d": 1 / 365}


class AgeWords(Part):
    """The words of one language; content/ages.toml says what each list is for."""

    children: Phrases
    years: Phrases
    babies: Phrases
    none: Phrases
    no: Phrases
    coming: Phrases
    later: Phrases
    counters: Phrases = ()
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
    """A word, a phrase or a number: ``kind`` is number, children, counter, baby, no, and, end, dot, colon,
    open, a key of UNITS, or empty for words that tell nothing; ``word``: a number in letters."""

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
    say neither, or may say several things. Words of every language are known, numbers in letters those of
    the reader's own, Dutch and English: "on" is ten in Turkish alone."""
    text = without_no(tidy(words))
    if holds(text, "coming"):
        return None
    pieces = list(without_babies(list(pieces_of(without_halves(text), known_to(language)))))
    if bare_zero(pieces):
        return None
    counted = without_counts(pieces)
    found = sorted(age for part in parts_of(counted or []) for age in ages_of(part))
    if found or counted is None:
        return found or None
    zero = any(a.kind == "number" and not a.value and b.kind == "children" for a, b in pairwise(pieces))
    return [] if zero or says_none(text) else None


def puts_off(words: str) -> bool:
    """Whether somebody says that they answer another time: "later"."""
    return spoken(tidy(words)) in listed("later")


@cache
def listed(name: str) -> frozenset[str]:
    """The phrases of one list of content/ages.toml, of all languages."""
    return frozenset(tidy(phrase) for words in age_words().values() for phrase in getattr(words, name))


def spoken(text: str) -> str:
    """The words alone."""
    return " ".join(piece[0] for piece in PIECE.finditer(text) if piece.lastgroup == "word")


def holds(text: str, name: str) -> bool:
    """Whether a phrase of a list stands anywhere."""
    return any(f" {phrase} " in f" {spoken(text)} " for phrase in listed(name))


def says_none(text: str) -> bool:
    """Whether there are no children: one word ("geen") as the whole answer, several anywhere."""
    said, phrases = spoken(text), listed("none")
    return said in phrases or any(f" {phrase} " in f" {said} " for phrase in phrases if " " in phrase)


def without_no(text: str) -> str:
    """ "No" before "we have none" is no number, though in Persian it is also nine."""
    first = PIECE.search(text)
    if first and first[0] in listed("no") and says_none(text[first.end() :]):
        return text[first.end() :]
    return text


def without_halves(text: str) -> str:
    """ "1,5 jaar" is one year, not one and five; "4.5" alone may be both, and says nothing."""

    def whole(match: re.Match[str]) -> str:
        unit = match["unit"].strip()
        if unit in listed("years") or match["sep"] == "٫":
            return f"{match['whole']}{match['unit']}"
        return match["unit"] if match["sep"] == "." else match[0]

    return HALF.sub(whole, text)


def without_babies(pieces: list[Piece]) -> Iterator[Piece]:
    """A baby that there is not ("geen baby, wel een zoon van 8") is no child."""
    for place, piece in enumerate(pieces):
        beside = (pieces[place - 1 : place] if place else []) + pieces[place + 1 : place + 2]
        if not (piece.kind == "baby" and any(other.kind == "no" for other in beside)):
            yield piece


def bare_zero(pieces: list[Piece]) -> bool:
    """Nothing but the digit 0: no children, or a baby?"""
    said = [piece for piece in pieces if piece.kind not in ("", "end", "dot")]
    return [(piece.kind, piece.value, piece.word) for piece in said] == [("number", 0, False)]


def tidy(words: str) -> str:
    """Words as they are compared; what a hyphen joins is two words."""
    return " ".join(fold(words.translate(ETHIOPIC))[0].replace("-", " ").split(" "))


@cache
def known_to(language: str | None) -> Known:
    own = [code for code in dict.fromkeys((language, "nl", "en")) if code in age_words()]
    known = Known(
        before=tuple(fold(part)[0] for code in own for part in time_words()[code].prefixes),
        behind=tuple(fold(part)[0] for code in own for part in time_words()[code].suffixes),
    )
    denials = (("no", 0, phrase) for phrase in listed("none") | listed("no"))  # in Persian a number first
    for kind, value, phrase in chain(every_word(), numbers(own), denials):
        known.phrases.setdefault(tidy(phrase), (kind, value))
    return known


def every_word() -> Iterator[tuple[str, int, str]]:
    for code, words in age_words().items():
        times = time_words()[code]
        units = {unit: times.time_units.get(unit, ()) for unit in ("d", "w", "m")}
        lists: dict[str, Iterable[str]] = {
            "children": words.children,
            "counter": words.counters,
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


def without_counts(pieces: list[Piece]) -> list[Piece] | None:
    """What only says how many children there are, or which, is no age: "2 kinderen", "two: 4 and 11",
    "1. Amina 4". None where it may be either: "two of 3" are twins, or two ages."""
    plain = [piece for place, piece in enumerate(pieces) if not counts_children(pieces, place)]
    numbers = [place for place, piece in enumerate(plain) if piece.kind == "number"]
    listed_by = [place for place in numbers if kind_behind(plain, place) in ("dot", "colon")]
    if len(numbers) == 2 * len(listed_by) and [plain[at].value for at in listed_by] == [
        *range(1, len(listed_by) + 1)
    ]:
        return [piece for place, piece in enumerate(plain) if place not in listed_by]
    totals = [place for place in numbers if is_total(plain, place)]
    rest = [piece for place, piece in enumerate(plain) if place not in totals]
    children = sum(len(ages_of(part)) for part in parts_of(rest))
    return rest if not totals or sum(plain[place].value for place in totals) == children else None


def kind_behind(pieces: list[Piece], place: int) -> str:
    return pieces[place + 1].kind if place + 1 < len(pieces) else ""


def counts_children(pieces: list[Piece], place: int) -> bool:
    """Whether a number is said of children: it counts them, whatever else is said of them."""
    return pieces[place].kind == "number" and kind_behind(pieces, place) == "children"


def is_total(pieces: list[Piece], place: int) -> bool:
    """Whether a number stands where one says how many: it has to be as many as there are ages."""
    piece, later = pieces[place], pieces[place + 1 :]
    behind, more = kind_behind(pieces, place), any(other.kind in ("number", "baby") for other in later)
    if not more or (piece.word and piece.value == 1):
        return False
    return behind in ("colon", "counter") or (behind == "open" and kind_behind(pieces, place + 1) == "number")


def parts_of(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """What stands between "and", commas and the like."""
    part: list[Piece] = []
    for piece in pieces:
        if piece.kind in ("and", "end", "dot", "colon", "open"):
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
