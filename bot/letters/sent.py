"""What somebody sent at once, when it has been read: its pages, and which of them are one letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from bot.letters.keeping import kept
from bot.letters.letter import read_letter
from bot.letters.piles import parted, piled
from bot.letters.reader.reading import Reading
from bot.letters.text import LONGEST


@dataclass(frozen=True)
class Page:
    """A page's text and the lines of it that were hard to read, or why there is none. ``file`` is the one it
    came in, from 1; ``number`` its own in that, as people count, or 0 where the file is one page, or nothing
    of it could be read."""

    text: str = ""
    faint: tuple[str, ...] = ()
    unreadable: str = ""
    file: int = 1
    number: int = 0


def pages_of(file: int, reading: Reading) -> list[Page]:
    """The pages of one file, with those that were lost in their places."""
    if reading.unreadable:
        return [Page(unreadable=reading.unreadable, file=file)]
    found = [Page(one.text, one.faint, file=file) for one in parted(reading).each]
    for number, why in reading.lost:
        found.insert(number - 1, Page(unreadable=why, file=file, number=number))
    if len(found) == 1:
        return found
    return [replace(page, number=page.number or place) for place, page in enumerate(found, 1)]


def pasted(text: str) -> Page:
    """What was typed or pasted: of what is longer than any letter a part would be told as the whole."""
    return Page(unreadable="too-long") if len(text) > LONGEST else Page(text)


def lost(pages: Sequence[Page]) -> list[list[int | str]]:
    """What could not be read: of one file [page, why]; of several [file, why], or, of one that was read in
    part, [file, why, page in it]."""
    alone = len({page.file for page in pages}) == 1
    return [
        [page.number or page.file, page.unreadable]
        if alone or not page.number
        else [page.file, page.unreadable, page.number]
        for page in pages
        if page.unreadable
    ]


def grouped(said: Sequence[Sequence[int]] | None, pages: Sequence[Page]) -> tuple[list[list[int]], bool]:
    """Which pages (from 0) are one letter, of those that can be read: as somebody said, else as they look;
    and whether that is sure. A page of which nobody spoke goes with the last."""
    readable = [place for place, page in enumerate(pages) if not page.unreadable]
    if said is None:
        pile = piled([pages[place].text for place in readable])
        return [[readable[place] for place in letter] for letter in pile.letters], pile.sure
    groups = [[place for place in group if place in readable] for group in said]
    groups = [group for group in groups if group]
    others = [place for place in readable if place not in chain.from_iterable(groups)]
    return ([*groups[:-1], [*groups[-1], *others]] if groups else [others] * bool(others)), True


def within(pages: Sequence[Page], groups: Sequence[Sequence[int]]) -> list[Page]:
    """The pages; those with which a letter becomes longer than what is looked at cannot be read."""
    kept_pages = list(pages)
    for group in groups:
        length = 0
        for place in group:
            length += len(pages[place].text) + 2
            if length > LONGEST + 2:
                kept_pages[place] = replace(pages[place], text="", unreadable="too-long")
    return kept_pages


def understand(pages: Sequence[Page], group: Sequence[int], today: date) -> dict[str, Any]:
    """One letter from its pages, as it is kept; ``today`` for the year where it names none."""
    text = "\n\n".join(pages[place].text for place in group if pages[place].text)
    faint = [line for place in group for line in pages[place].faint]
    return kept(read_letter(text, faint, today=today))
