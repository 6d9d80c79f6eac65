"""How letters speak around days, sums and appointments, by ``content/letter-words.toml``; and who does it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pydantic import RootModel, field_validator

from bot.content import ROOT, Part, the_file


class Ways(RootModel[tuple[str, ...]]):
    """Ways of saying one thing, each a regular expression."""

    @field_validator("root")
    @classmethod
    def readable(cls, ways: tuple[str, ...]) -> tuple[str, ...]:
        for way in ways:
            try:
                re.compile(way)
            except re.error as error:
                raise ValueError(f"{way}: {error}") from None
        return ways


class LetterWords(Part):
    """By section, as the file describes them. ``purpose``: what a last day is for, the surest first."""

    terms: dict[str, Ways]
    purpose: dict[str, Ways]
    head: dict[str, Ways]
    sums: dict[str, Ways]
    appointments: dict[str, Ways]


@cache
def letter_words(file: Path = ROOT / "content" / "letter-words.toml") -> LetterWords:
    """Raises ContentFault."""
    return the_file(file, LetterWords)


@cache
def cue(section: str, name: str) -> re.Pattern[str]:
    """Whatever ways there are of saying that, as one pattern."""
    ways: Ways = getattr(letter_words(), section)[name]
    return re.compile("|".join(ways.root), re.IGNORECASE | re.DOTALL)


# whose it is

_CLAUSE = re.compile(
    r"[,;:()–]\s|\s{3,}|(?<!\btot)(?<!\blater)(?<!\bv[óo][óo]r)(?<!\bop)(?<!\d)\s(?:maar|of|en|als|indien|mits|omdat|zodat|wanneer|voordat)\s|[.?!]\s",
    re.IGNORECASE,
)
"""What parts one thing that is said from the next."""

_SENT = re.compile(r"\b(?:waarop|nadat|sinds)\s+(?:wij|we|ik)\b[^,.;]*", re.IGNORECASE)
"""What the writer did on the day from which a term runs: not what is to be done by its end."""


_GOES_ON = re.compile(
    r"\W*(?:(?:en|maar)\s+)?(?:moet(?:en)?|zal|zullen|is|zijn|wordt|worden|heeft|kan)\s+"
    r"(?:binnen|daarna|dan|op|tot|uiterlijk|voor|vóór)\b",
    re.IGNORECASE,
)
"""How a part of a sentence begins that has its subject in the one before."""
_SINCE_WHEN = re.compile(
    r"\b(?:na|vanaf)\b.*|\b(?:in (?:elk|ieder) geval|en wel|dus|namelijk|te weten|dat is)\b|[^\w\s]"
)
"""What belongs to a term itself: from when it runs, and that it is another word for what was said."""


def clause(flat: str, place: int) -> str:
    """The part of a sentence in which something stands."""
    begin = max((part.end() for part in _CLAUSE.finditer(flat, 0, place)), default=0)
    end = _CLAUSE.search(flat, place)
    return flat[begin : end.start() if end else len(flat)]


def whole_clause(flat: str, begin: int, end: int) -> str:
    """The part of a sentence in which a term stands; where it says nothing beside that term ("…, dus vóór 24
    mei, …"), or not of whom ("… en moet uiterlijk 9 juli klaar zijn"), with the part before it."""
    near = clause(flat, begin)
    says = _SINCE_WHEN.sub("", near.replace(flat[begin:end], ""))
    before = flat.find(near) - 3
    complete = len(says.split()) > 1 and not _GOES_ON.match(near)
    return near if before < 0 or complete else f"{clause(flat, before)} {near}"


_WITH = re.compile(
    r"\b(?:aan|bij|door|in|met|naar|namens|op|tegen|tot|uit|van|via|voor)\s+(?:\w+\s+)?$", re.IGNORECASE
)
"""What stands before somebody who does nothing himself: "door het college"."""


def somebody_does(words: str) -> bool:
    """Whether somebody other than the reader does something in a part of a sentence."""
    return any(not _WITH.search(words[: found.start()]) for found in somebody_else().finditer(words))


@cache
def somebody_else() -> re.Pattern[str]:
    """Somebody other than the reader who does something, or has to: "de school meldt", "dan belt de arts"."""
    agents, does, must, known_by = (
        "|".join(letter_words().terms[name].root) for name in ("agents", "does", "must", "known_by")
    )
    who = rf"\w*(?:{agents})(?:s|en)?"
    he = r"(?<!moet )(?<!moeten )(?:hij|zij|ze)|(?:^|(?<=[.,;:] ))\W*die"
    one = r"(?:de|het|een|uw|je|jouw|onze|deze|die|haar|zijn)"
    has_to = rf"(?:{must})\b(?![^.;]{{0,90}}\b{known_by})"
    return re.compile(
        rf"\b{who}\s+(?:\w+\s+){{0,2}}?(?:{does})\b|(?:\b{he})\s+(?:{does})\b"
        rf"|(?<=\w\s)(?:{does})\s+(?:hij\b|zij\b|(?:{one}\s+(?:\w+\s+)?)?{who}\b)"
        rf"|\b{who}\s+(?:\w+\s+){{0,3}}?{has_to}"
        rf"|\b(?:{must})\s+(?:{one}\s+(?:\w+\s+)?)?{who}\b(?![^.;]{{0,90}}\b{known_by})",
        re.IGNORECASE | re.DOTALL,
    )


def senders_own(flat: str, begin: int, end: int) -> bool:
    """Whether it is not the reader who does something by then: by the part of the sentence in which the term
    stands, else by all of it. ``begin``, ``end``: the term."""
    in_table = "   " in flat.strip()  # each cell stands for itself
    flat = _SENT.sub(lambda found: " " * len(found[0]), flat)
    own = {whole_clause(flat, begin, end): None, clause(flat, end): None}
    near = "; ".join(own)
    if any(cue("terms", "others").search(words) or somebody_does(words) for words in own):
        return not cue("terms", "commands").search(near)
    for words in (*own,) if in_table else (*own, flat):
        if cue("terms", "readers").search(words):
            return False
        if cue("terms", "senders_own").search(words):
            return True
    return False


def last_sentence(words: str) -> str:
    return re.split(r"(?<=[.?!])\s+", quote(words))[-1]


def quote(words: str) -> str:
    return " ".join(words.split())
