"""Whether somebody writes that they are in danger: of their own hand, or another's."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, the_file
from bot.understanding.times_lexer import plain


class DangerWords(Part):
    """What people write, in all languages together: ``content/danger.toml`` says how."""

    life: tuple[str, ...]
    violence: tuple[str, ...]


def in_danger(text: str) -> bool:
    """Whether these words say so, in any language that we know. Raises ContentFault."""
    return bool(_ways().search(_bare(text)))


@cache
def danger_words(file: Path = ROOT / "content" / "danger.toml") -> DangerWords:
    """Raises ContentFault."""
    return the_file(file, DangerWords)


@cache
def _ways() -> re.Pattern[str]:
    words = danger_words()
    ways = [_bare(way) + (r"\w*" if way.endswith("*") else "") for way in (*words.life, *words.violence)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)")


def _bare(text: str) -> str:
    """Words alone, with one space between them."""
    return " ".join(re.findall(r"\w+", plain(text)))
