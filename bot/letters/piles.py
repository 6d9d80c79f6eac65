"""A pile of photographed pages: which of them are one letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

from bot.content import ROOT, Part, Text, the_file
from bot.letters.head import reference
from bot.letters.reader.reading import Line, Reading
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
    numbers make one letter of them are put in their order, and one goes to the letter of which it is the next
    wherever it was sent."""
    numbers = [numbered(written(page)) for page in pages]
    if len(pages) > 1 and sorted(number or 0 for number in numbers) == list(range(1, len(pages) + 1)):
        return Pile((tuple(sorted(range(len(pages)), key=lambda place: numbers[place] or 0)),), sure=True)
    letters: list[list[int]] = []
    first = len(pages) > 1 and (numbers[0] or 1) > 1
    sure = not first and not any(map(out_of_turn, numbers[1:], numbers))
    for place, page in enumerate(pages):
        same = place > 0 and repeats(page, pages[place - 1])
        begins = 0.0 if same else begins_letter(page)
        before, known = follows(place, numbers, letters)
        if not letters or begins > 0.5:
            letters.append([place])
        else:
            next(letter for letter in letters if before in letter).append(place)
        # After a letter's end an unmarked page may be its other side, or another letter.
        over = (
            place > 0
            and begins == 0.0
            and ended(pages[before])
            and not (same or goes_with(page, known=known))
        )
        sure = sure and (place == 0 or begins in (0.0, 1.0)) and not over and known is not False
    return Pile(tuple(map(tuple, letters)), sure)


def follows(
    place: int, numbers: Sequence[int | None], letters: Sequence[Sequence[int]]
) -> tuple[int, bool | None]:
    """The page behind which another belongs: that before it, unless its number says of which letter it is the
    next; and whether that is so (None: there are no numbers, False: several letters wait for it)."""
    number, last = numbers[place], place - 1
    if number is None or number == 1 or not letters:
        return last, None
    waiting = [letter[-1] for letter in letters if numbers[letter[-1]] == number - 1]
    if len(waiting) == 1:
        return waiting[0], True
    return last, False if waiting else None


def parted(reading: Reading) -> Reading:
    """A reading in which each picture that shows a letter below another is two pages."""
    if reading.lost or not any(line.confidence < 1 for page in reading.pages for line in page):
        return reading
    return replace(reading, pages=tuple(chain.from_iterable(map(letters_in, reading.pages))))


def letters_in(page: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """The lines of a page, cut where one letter has ended and another, with a head of its own, speaks to
    somebody. What stands below the words of leave until the next gap is the name of who took it."""
    words, lines = page_words(), [line.text.strip().lower() for line in page]
    greeted = [n for n, line in enumerate(lines) if line.startswith(words.greetings)]
    for first, second in pairwise(greeted):
        ends = [n for n in range(first, second) if lines[n].startswith(words.closings)]
        heads = [n for n in range(max(ends, default=second), second) if heads_in(lines[n])]
        if len(heads) > 1:
            at = next((n for n in range(ends[-1] + 2, heads[0]) if not lines[n]), heads[0])
            return [page[:at], *letters_in(page[at + (not lines[at]) :])]
    return [page]


def out_of_turn(number: int | None, before: int | None) -> bool:
    """Whether a later page of a letter stands behind one that is as late."""
    return number is not None and before is not None and before >= number > 1


def begins_letter(page: str) -> float:
    """How surely a page is the first of a letter: 0.0 and 1.0 are sure."""
    lines = written(page)
    number = numbered(lines)
    if number is not None:
        return 1.0 if number == 1 else 0.0
    if goes_on(lines):
        return 0.0
    top = lines[:HEAD_LINES]
    heads = sum(map(heads_in, top))
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


def goes_with(page: str, *, known: bool | None) -> bool:
    """Whether a page itself says that it goes on with what was before: in words, or by its number."""
    return bool(known) or goes_on(written(page))


def ended(page: str) -> bool:
    """Whether somebody takes leave on a page."""
    return any(line.startswith(page_words().closings) for line in written(page))


def heads_in(line: str) -> bool:
    """Whether a column of a line begins as what stands above a letter does."""
    return any(part.startswith(page_words().heads) for part in parts(line))


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
    return re.compile(rf"\b(?:{page})\s{{0,12}}(\d{{1,2}})(?:\s{{0,3}}(?:{of})\s{{0,3}}(\d{{1,2}}))?\s*$")


def unseen(text: str) -> tuple[int, int] | None:
    """The first page of a letter that is not there, and how many it has, as its pages say themselves; None
    where they say nothing, or are all there."""
    lines = (" ".join(line.split()) for line in written(text))
    told = [found for line in lines if (found := _number().search(line)) and found[2]]
    seen, totals = {int(found[1]) for found in told}, {int(found[2]) for found in told}
    if len(totals) != 1:
        return None
    many = totals.pop()
    return next(((page, many) for page in range(1, many + 1) if page not in seen), None)
