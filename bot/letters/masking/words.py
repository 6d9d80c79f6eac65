"""The words beside which personal data stand in Dutch letters, as data: ``content/masks.toml``."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from bot.content import ROOT, Part, the_file

What = Literal[
    "bsn", "iban", "v-number", "code", "born", "name", "address", "postcode", "phone", "mail", "login", "card"
]  # fmt: skip
Mark = Annotated[str, Field(pattern=r"^\[[a-z-]{2,20}\]$")]
Phrases = tuple[Annotated[str, Field(min_length=1, max_length=40)], ...]

_seen_as = {"o": "[o0]", "i": "[il1|]", "l": "[il1|]", "s": "[s5]", "b": "[b8]", "e": "[eéë]", "c": "[ce]"}
_same = str.maketrans("01i|58", "olllsb")


def fold(word: str) -> str:
    """A word without capitals, accents and apostrophes, and with what a scan confuses made the same."""
    if not (word.isascii() and word.isalnum()):
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
    return word.casefold().translate(_same)


def loose(phrases: Phrases) -> str:
    """A pattern for any of these phrases, as a scan or a line break may have left them."""

    def letter(char: str) -> str:
        special = {" ": r"[\s\-]{0,2}", "-": r"[\s\-–]{0,2}", ".": r"\.?"}
        return special.get(char) or _seen_as.get(char) or re.escape(char)

    def phrase(words: str) -> str:
        between = r"(?:-?\s)?" if len(words) > 7 and " " not in words else ""
        return between.join(letter(char) for char in words.lower())

    some = "|".join(phrase(words) for words in sorted(phrases, key=len, reverse=True))
    return rf"(?<![^\W_])(?:{some})(?![^\W\d_])"


class Cues(Part):
    """Words before a number, code, date or address; ``…_between`` may stand in the middle."""

    bsn: Phrases
    iban: Phrases
    v_number: Phrases = Field(alias="v-number")
    code: Phrases
    code_near: Phrases
    no_code: Phrases
    login: Phrases
    password: Phrases
    card: Phrases
    born: Phrases
    born_between: Phrases
    phone: Phrases
    phone_sender: Phrases
    mail: Phrases
    home: Phrases
    home_between: Phrases
    closing: Phrases
    office: Phrases
    reach: Phrases
    writer: Phrases


class People(Part):
    """Words around names: titles, what stands before a name, small words inside, labels, kinship."""

    address: Phrases
    before: Phrases
    particles: Phrases
    salutations: Phrases
    labels: Phrases
    kin: Phrases
    after: Phrases
    not_names: Phrases
    trade_ends: Phrases = Field(alias="trade-ends")
    given: Phrases
    no_children: Phrases

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(map(fold, self.address))

    @cached_property
    def skipped(self) -> frozenset[str]:
        """What may precede a name in its line: titles and the like."""
        return self.titles | frozenset(map(fold, self.before))

    @cached_property
    def small(self) -> frozenset[str]:
        return frozenset(map(fold, self.particles))

    @cached_property
    def strangers(self) -> frozenset[str]:
        return frozenset(map(fold, self.not_names))

    @cached_property
    def trades(self) -> tuple[str, ...]:
        """How words end that name an organisation."""
        return tuple(map(fold, self.trade_ends))


class Dates(Part):
    months: Phrases
    centuries: Phrases


class MaskWords(Part):
    marks: dict[What, Mark]
    cues: Cues
    people: People
    dates: Dates

    @model_validator(mode="after")
    def complete(self) -> MaskWords:
        if missing := [what for what in get_args(What) if what not in self.marks]:
            raise ValueError("marks: missing " + ", ".join(missing))
        return self


@cache
def mask_words() -> MaskWords:
    """The shipped words, read once; raises ContentFault."""
    return the_file(ROOT / "content" / "masks.toml", MaskWords)
