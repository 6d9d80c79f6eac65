"""Whom a letter is about where no title, label or kinship tells it: initials in its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.masking.blocks import Reader
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import BLANK, names_greeted, salutation_cue
from bot.letters.masking.words import loose, mask_words
from bot.letters.masking.writer import closing, persons_in, writes

Span = tuple[int, int]

HEAD = 14
"""Rows that are a letter's head where nobody is greeted."""
LETTERHEAD = 2
"""Written rows at the top that are the sender's."""
_initials = (
    r"(?P<name>(?:[A-Z][a-z]?\.[ ]?){1,4}(?:[a-z]{2,3} ){0,3}[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)[)., ]*$"
)
_subject = re.compile(rf"(?:Betreft|Onderwerp|Inzake|BETREFT|ONDERWERP|INZAKE|Uw)\b.*?[\s(,]{_initials}")
_last = re.compile(
    r"(?:^|.*?(?:\s|\())(?P<lead>(?i:voor|aan|van|betreffende|inzake|op naam van|t\.n\.v\.)|[-–|/])\s+"
    rf"{_initials}"
)
"""What ends in initials and a surname: "Nota griffierecht voor D. Karimi", "Zorgtoeslag - K. Mousavi"."""
_sure = frozenset({"voor", "aan", "betreffende", "inzake", "op naam van", "t.n.v."})
_aan = re.compile(r"(?:Aan|AAN|Voor)\s+(?P<name>[A-Z][\w'’\-]+(?: [\w'’\-]+){1,4})[., ]*$")


@cache
def _writer_cue() -> re.Pattern[str]:
    return re.compile(loose(mask_words().cues.writer), re.IGNORECASE)


def concerned(page: Page, reader: Reader) -> Iterator[list[Span]]:
    """Names with initials in the head that are not the sender's; what stands on its own may be anybody's
    where the reader's name is known, or nobody is greeted."""
    known = bool(reader.blocks) or BLANK in page.text or any(names_greeted(page.text))
    end, greeted = _head_end(page), salutation_cue().search(page.text)
    anybodys = known or bool(reader.names) or not greeted
    rows = [row for row in page.rows if row and row[0].start < end]
    for number, row in enumerate(rows):
        for cell in row:
            names, sure = _at_end(page, cell)
            if not names and not anybodys and cell is row[0] and number >= LETTERHEAD:
                alone = persons_in(page.text, cell.start, cell.end)
                names = alone if alone and _begins_initialled(page, cell) else []
            own = number < LETTERHEAD and not sure
            if names and (sure or not known) and not own and not _of_writer(page, rows, number, cell, names):
                yield names


def _head_end(page: Page) -> int:
    greeting = salutation_cue().search(page.text)
    if greeting:
        return greeting.start()
    row = next((row for row in page.rows[HEAD:] if row), None)
    return min(closing(page.text), row[0].start if row else len(page.text))


def _at_end(page: Page, cell: Cell) -> tuple[list[Span], bool]:
    """The name at a cell's end, and whether what leads to it says that it is not the sender's."""
    words = page.words(cell)
    found = _last.match(words) or _aan.match(words) or _subject.match(words)
    if not found:
        return [], False
    names = persons_in(page.text, cell.start + found.start("name"), cell.start + found.end("name"))
    lead = found.groupdict().get("lead")
    return names, found.re is _aan or (lead or "").lower() in _sure


def _begins_initialled(page: Page, cell: Cell) -> bool:
    return bool(re.match(r"[A-Z][a-z]?\.", page.words(cell)))


def _of_writer(page: Page, rows: list[list[Cell]], number: int, cell: Cell, names: list[Span]) -> bool:
    """Whether a name is that of whom one may call: told so in its row or above it, or signing below."""
    row, above = rows[number], rows[number - 1] if number else []
    near = [page.words(other) for other in row if other.start <= cell.start]
    near += [page.words(other) for other in above if cell.row - other.row == 1]
    if any(_writer_cue().search(words) for words in near):
        return True
    return writes(page.text, names)
