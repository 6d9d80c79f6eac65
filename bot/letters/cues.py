"""How letters speak around days, sums and appointments: patterns from ``content/letter-words.toml``."""

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
