"""Address blocks: a name, a street and a postcode, one below the other; the reader's, not the sender's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from bot.letters.masking.address import ENDS_IN_STREET, LIKE_POSTCODE, POSTCODE, town_end
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import BLANK, INITIALS, TOKEN, name_in, salutation_cue
from bot.letters.masking.words import fold, loose, mask_words
from bot.letters.masking.writer import closing, initialled, office_cue, persons_in, reach_cue, writes

Span = tuple[int, int]

_lines = 6
"""How many lines an address may have above its postcode."""
_initials_behind = re.compile(r"[^\d,]{2,40},? (?:[^\W\d_]{1,2}\.[ -]?){1,5}$")
_within = re.compile(
    r"\(?(?:p/a|c/o|co|kamer|k|app\w*|unit|huis|azc|coa|postvak|etage|bus)\b|.*\d", re.IGNORECASE
)
"""What stands between a name and the street of an address: "p/a AZC", "Kamer 14"."""


@dataclass
class Reader:
    """What is learnt: spans to mask, and words and addresses that are masked wherever they stand."""

    names: list[Span] = field(default_factory=list)
    addresses: list[Span] = field(default_factory=list)
    postcodes: list[Span] = field(default_factory=list)
    blocks: list[list[Cell]] = field(default_factory=list)


_lives = r"(?:h[o0]{2}fd)?(?:bew[o0]ner|huurder|[o0]uder|verz[o0]rger|huish[o0]uden)"


@cache
def _title_cue() -> re.Pattern[str]:
    people = mask_words().people
    return re.compile(
        rf"(?:(?:aan|voor|to|de|het|den|en)\b[ :]*){{0,3}}(?:{loose(people.address)}|aan\b|voor\b|to\b)"
        rf"|(?:(?:de|het) )?{_lives}",
        re.IGNORECASE,
    )


def read_blocks(page: Page, reader: Reader) -> None:
    """Adds the reader's addresses: a name, maybe more lines, a street and a postcode, one below the other."""
    known = _words_of(page, reader.names)
    codes = [*POSTCODE.finditer(page.text), *_unread(page.text)]
    found = [block for match in codes if (block := _block(page, match, known))]
    found = [block for block in found if known & _words_of(page, block.names)] or found
    masked_before = BLANK in page.text
    for block in found or (() if masked_before else _untitled(page, codes, known)):
        reader.names += block.names
        reader.addresses += block.addresses
        reader.postcodes += block.postcodes
        reader.blocks += block.blocks


def _untitled(page: Page, codes: list[re.Match[str]], known: set[str]) -> list[Reader]:
    """Blocks with names that nothing vouches for, above what the writer says. That with which the letter
    begins is the sender's where another follows, or where somebody else is greeted."""
    greeting = salutation_cue().search(page.text)
    end = greeting.start() if greeting else closing(page.text)
    head = [match for match in codes if match.start() < end]
    found = [block for match in head if (block := _block(page, match, known, _with_persons))]
    below = [block for block in found if _rows_above(page, block.blocks[0][-1])]
    if below or known:
        return below
    return found or [block for match in codes if (block := _block(page, match, known, _with_any))]


def _rows_above(page: Page, cell: Cell) -> int:
    return sum(bool(row) for row in page.rows[: cell.row])


def _unread(text: str) -> Iterator[re.Match[str]]:
    """What is no postcode, but stands as one below a street: a line that ends in a number."""
    for match in LIKE_POSTCODE.finditer(text):
        above = text[: match.start()].rstrip().rsplit("\n", 1)[-1]
        if not POSTCODE.match(text, match.start()) and ENDS_IN_STREET.search(above.rstrip(" .,")):
            yield match


def _words_of(page: Page, spans: list[Span]) -> set[str]:
    return {fold(page.text[a:b]) for a, b in spans}


Named = Callable[[Page, "Reader", list[Cell]], "Reader | None"]
"""Finds the names in the lines of an address."""


def _block(page: Page, match: re.Match[str], known: set[str], bare: Named | None = None) -> Reader | None:
    """The block that ends with this postcode, if it is somebody's home and not an office. ``bare``: what
    finds names that no title, initials or greeting vouches for."""
    cell = page.at(match.start())
    if not cell or match.start() - cell.start > 90 or "postbus" in page.words(cell)[:120].lower():
        return None
    block = Reader(postcodes=[(match.start(), town_end(page.text, match.end()))])
    above = list(takewhile(lambda line: _short(page, line), page.along(cell, -1, _lines)))
    own = page.text[cell.start : match.start()].rstrip(" ,(")
    own = own[own.rfind(":") + 1 :].lstrip()
    if own:
        start = page.text.index(own, cell.start)
        if not ENDS_IN_STREET.search(own):
            return None
        block.addresses.append((start, start + len(own)))
        if _title_cue().match(own):
            return block
    elif above:
        street = above.pop(0)
        block.addresses.append((street.start, street.end))
        if not re.search(r"[0-9lIO]", page.words(street)) or "postbus" in page.words(street).lower():
            return None
    named = _with_names(page, block, [cell, *above], known)
    return named or (bare(page, block, [cell, *above]) if bare else None)


def _with_names(page: Page, block: Reader, cells: list[Cell], known: set[str]) -> Reader | None:
    """A street and postcode with the names above them; None where no person lives there."""
    above = cells[1:]
    for place, line in enumerate(above):
        titled = _title_cue().match(page.text, line.start, line.end)
        names = _named(page, line, titled=bool(titled))
        sure = titled or known & _words_of(page, names)
        names += [] if titled else persons_in(page.text, line.start, line.end)
        if names and (sure or (_initialled(page, line) and not writes(page.text, names))):
            return _whole(page, block, cells, place, names)
        if known & set(map(fold, TOKEN.findall(page.words(line)))):
            return block
        if titled and re.search(_lives, page.words(line), re.IGNORECASE):
            for between in above[:place]:
                block.names += persons_in(page.text, between.start, between.end)
            for below in page.along(cells[0], 1, 1):
                if re.match(r"\(?" + INITIALS + r"[^\W\d_]", page.words(below)):
                    block.names += _named(page, below, titled=False)
            return block
    return None


def _with_persons(page: Page, block: Reader, cells: list[Cell]) -> Reader | None:
    """The same where only the look of a line tells that it is a person's name: nothing else stands in it,
    it signs nothing, and the lines around it are not those of an office."""
    code, *above = cells
    place = next((n for n, line in enumerate(above) if not _within.match(page.words(line))), len(above))
    names = persons_in(page.text, above[place].start, above[place].end) if place < len(above) else []
    if not names or writes(page.text, names) or _of_office(page, [code, *above], place + 2):
        return None
    letterhead = _rows_above(page, above[place]) < 2
    beside = _street_beside(page, code) and not initialled(page.text, names)
    if letterhead and (beside or _reached_below(page, code)):
        return None
    return _whole(page, block, cells, place, names)


def _with_any(page: Page, block: Reader, cells: list[Cell]) -> Reader | None:
    """The same where words of the next column stand behind the name, as in the text of a picture: below the
    letter's head, with nothing else to go by."""
    for place, line in enumerate(cells[1:]):
        names = _named(page, line, titled=False)
        if len(names) > 1 and _rows_above(page, line) > 1 and not writes(page.text, names):
            return _whole(page, block, cells, place, names)
    return None


def _street_beside(page: Page, code: Cell) -> bool:
    """Whether street and postcode share a line, as below a letterhead and seldom in an address."""
    return not (POSTCODE.match(page.text, code.start) or LIKE_POSTCODE.match(page.text, code.start))


def _reached_below(page: Page, code: Cell) -> bool:
    """Whether a line of an office follows: its telephone, its place on the web."""
    return any(reach_cue().match(page.words(line)) for line in page.along(code, 1, 2))


def _of_office(page: Page, cells: list[Cell], size: int) -> bool:
    """Whether one of the first ``size`` lines, or all of the next, says that the address is an office's."""
    over = cells[size : size + 1]
    return any(office_cue().match(page.words(line)) for line in cells[:size]) or any(
        office_cue().fullmatch(page.words(line).rstrip(" :")) for line in over
    )


def _initialled(page: Page, line: Cell) -> bool:
    """Whether a line is a name with its initials, before or behind: "Y.A. Haddad", "Haddad, Y.A."."""
    words = page.words(line)
    return bool(
        re.match(INITIALS + r"[^\W\d_]", words)
        or (_initials_behind.fullmatch(words) and persons_in(page.text, line.start, line.end))
    )


def _whole(page: Page, block: Reader, cells: list[Cell], place: int, names: list[Span]) -> Reader:
    """The block with the names of this line above its postcode, those directly above, and what is between."""
    above = cells[1:]
    block.names += names
    block.addresses += [(c.start, c.end) for c in above[:place] if not _more_names(page, c, block)]
    _names_above(page, above[place + 1 :], block)
    block.blocks = [cells[: place + 2]]
    return block


def _short(page: Page, line: Cell) -> bool:
    """Whether a line may be one of an address: short, no sum, no greeting, no sentence."""
    words = page.words(line)
    return (
        len(words) <= 64
        and not re.search(r"€|(?<![A-Z])(?<!\.[a-z])[.;?!]$|[a-z]{3}\. [A-Z][a-z]+ [a-z]", words)
        and not salutation_cue().match(words)
    )


def _named(page: Page, line: Cell, *, titled: bool) -> list[Span]:
    """The names in one line of an address; "De heer A en mevrouw B" are two."""
    text, found = page.text, list[Span]()
    for part in re.compile(r"(?:(?! en | & | e/o ).)+", re.DOTALL).finditer(text, line.start, line.end):
        found += name_in(text, part.start(), part.end(), strict=not titled)
    return found


def _more_names(page: Page, cell: Cell, block: Reader) -> bool:
    """Whether a line between name and street is another name ("en mevrouw B")."""
    titled = bool(_title_cue().match(page.text, cell.start, cell.end)) or page.words(cell).startswith("en ")
    names = _named(page, cell, titled=titled) if titled else []
    block.names += names
    return bool(names)


def _names_above(page: Page, above: list[Cell], block: Reader) -> None:
    """Further names directly above the first: two people at one address."""
    for cell in above[:2]:
        names = persons_in(page.text, cell.start, cell.end)
        if _title_cue().match(page.text, cell.start, cell.end):
            block.names += _named(page, cell, titled=True)
        elif names and _initialled(page, cell) and not writes(page.text, names):
            block.names += names
        else:
            return
