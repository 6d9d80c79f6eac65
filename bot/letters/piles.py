"""A pile of photographed pages: which of them are one letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, Text, the_file
from bot.letters.head import reference
from bot.letters.text import Body

_postcode = re.compile(r"(?<!\w)[1-9]\d{3} ?[a-z]{2}(?!\w)")
HEAD_LINES = 14
"""Within so many lines of a page the head of a letter stands."""


class PageWords(Part):
    unknown: Text
    greetings: tuple[str, ...]
    heads: tuple[str, ...]
    closings: tuple[str, ...]
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
    """Pages in the order in which they were sent → letters. The first page always begins one; pages whose own
    numbers make one letter of them are put in their order."""
    numbers = [numbered(written(page)) for page in pages]
    if len(pages) > 1 and sorted(number or 0 for number in numbers) == list(range(1, len(pages) + 1)):
        return Pile((tuple(sorted(range(len(pages)), key=lambda place: numbers[place] or 0)),), sure=True)
    letters: list[list[int]] = []
    first = len(pages) > 1 and (numbers[0] or 1) > 1
    sure = not first and not any(map(out_of_turn, numbers[1:], numbers))
    for place, page in enumerate(pages):
        same = place > 0 and repeats(page, pages[place - 1])
        begins = 0.0 if same else begins_letter(page)
        if not letters or begins > 0.5:
            letters.append([place])
        else:
            letters[-1].append(place)
        # After a letter's end an unmarked page may be its other side, or another letter.
        over = place > 0 and begins == 0.0 and ended(pages[place - 1]) and not (same or marked(page))
        sure = sure and (place == 0 or begins in (0.0, 1.0)) and not over
    return Pile(tuple(map(tuple, letters)), sure)


def out_of_turn(number: int | None, before: int | None) -> bool:
    """Whether a later page of a letter stands behind one that is as late."""
    return number is not None and before is not None and before >= number > 1


def begins_letter(page: str) -> float:
    """How surely a page is the first of a letter: 0.0 and 1.0 are sure."""
    lines, words = written(page), page_words()
    number = numbered(lines)
    if number is not None:
        return 1.0 if number == 1 else 0.0
    if goes_on(lines):
        return 0.0
    top = lines[:HEAD_LINES]
    heads = sum(any(part.startswith(words.heads) for part in parts(line)) for line in top)
    if greets(lines):
        return 1.0 if heads else 0.7
    home = any(_postcode.search(line) for line in top)
    return 0.7 if heads > 1 else 0.3 if heads or home else 0.0


def repeats(page: str, before: str) -> bool:
    """Whether a page has the letter's mark of the one before above it, and speaks to nobody: the head of a
    letter's next page."""
    if greets(written(page)):
        return False
    tops = ("\n".join(one.splitlines()[: 2 * HEAD_LINES]) for one in (page, before))
    mark, marked_before = (reference(Body(top)) for top in tops)
    return mark is not None and mark == marked_before


def greets(lines: Sequence[str]) -> bool:
    return any(line.startswith(page_words().greetings) for line in lines[: 2 * HEAD_LINES])


def written(page: str) -> list[str]:
    """The lines with something in them, without capitals."""
    return [line.strip().lower() for line in page.splitlines() if line.strip()]


def goes_on(lines: Sequence[str]) -> bool:
    return any(line.startswith(page_words().continuations) for line in lines[:2])


def marked(page: str) -> bool:
    """Whether a page itself says that it goes on with what was before."""
    lines = written(page)
    return goes_on(lines) or (numbered(lines) or 1) > 1


def ended(page: str) -> bool:
    """Whether somebody takes leave on a page."""
    return any(line.startswith(page_words().closings) for line in written(page))


def parts(line: str) -> list[str]:
    """The columns of a line."""
    return re.split(r"\s{3,}", line)


def numbered(lines: Sequence[str]) -> int | None:
    """The page's own number, where it is printed at the top or the foot."""
    for line in [*lines[:6], *lines[-6:]]:
        if found := _number().search(line):
            return int(found[1])
    for line in [*lines[:1], *lines[-1:]]:
        if found := _alone().fullmatch(line):
            return int(found[1] or found[2])
    return None


@cache
def _alone() -> re.Pattern[str]:
    """A page's number without any word before it: "2 van 3", "2/3" or "- 2 -"."""
    of = "|".join(re.escape(word) for word in page_words().of if word != "-")
    return re.compile(rf"-\s?(\d{{1,2}})\s?-|(\d{{1,2}})\s{{0,3}}(?:{of})\s{{0,3}}\d{{1,2}}")


@cache
def _number() -> re.Pattern[str]:
    words = page_words()
    page, of = ("|".join(map(re.escape, some)) for some in (words.page, words.of))
    return re.compile(rf"\b(?:{page})\s{{0,12}}(\d{{1,2}})(?:\s{{0,3}}(?:{of})\s{{0,3}}\d{{1,2}})?\s*$")
