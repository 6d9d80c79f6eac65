"""A pile of photographed pages: which of them are one letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, the_file

HEAD_LINES = 14
"""Within so many lines of a page the head of a letter stands."""


class PageWords(Part):
    greetings: tuple[str, ...]
    heads: tuple[str, ...]
    continuations: tuple[str, ...]
    page: tuple[str, ...]
    of: tuple[str, ...]


@cache
def page_words(file: Path = ROOT / "content" / "letter-pages.toml") -> PageWords:
    """Raises ContentFault."""
    return the_file(file, PageWords)


@dataclass(frozen=True)
class Pile:
    """The pages (from 0) of each letter, in order; ``sure`` is False where people should say it."""

    letters: tuple[tuple[int, ...], ...]
    sure: bool


def piled(pages: Sequence[str]) -> Pile:
    """Pages in the order in which they were sent → letters. The first page always begins one."""
    letters: list[list[int]] = []
    sure = True
    for place, page in enumerate(pages):
        begins = begins_letter(page)
        if not letters or begins > 0.5:
            letters.append([place])
        else:
            letters[-1].append(place)
        sure = sure and (place == 0 or begins in (0.0, 1.0))
    return Pile(tuple(map(tuple, letters)), sure)


def begins_letter(page: str) -> float:
    """How surely a page is the first of a letter: 0.0 and 1.0 are sure."""
    lines = [line.strip().lower() for line in page.splitlines() if line.strip()]
    number = numbered(lines)
    if number is not None:
        return 1.0 if number == 1 else 0.0
    words, top = page_words(), lines[:HEAD_LINES]
    if any(line.startswith(words.continuations) for line in lines[:2]):
        return 0.0
    greets = any(line.startswith(words.greetings) for line in lines[: 2 * HEAD_LINES])
    heads = sum(any(part.startswith(words.heads) for part in parts(line)) for line in top)
    if greets:
        return 1.0 if heads else 0.7
    return 0.7 if heads > 1 else 0.3 if heads else 0.0


def parts(line: str) -> list[str]:
    """The columns of a line."""
    return re.split(r"\s{3,}", line)


def numbered(lines: Sequence[str]) -> int | None:
    """The page's own number, where it is printed at the top or the foot."""
    for line in [*lines[:6], *lines[-6:]]:
        if found := _number().search(line):
            return int(found[1])
    return None


@cache
def _number() -> re.Pattern[str]:
    words = page_words()
    page, of = ("|".join(map(re.escape, some)) for some in (words.page, words.of))
    return re.compile(rf"\b(?:{page})\s{{0,3}}(\d{{1,2}})(?:\s{{0,3}}(?:{of})\s{{0,3}}\d{{1,2}})?\s*$")
