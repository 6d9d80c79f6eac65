"""Whose letter it is: address blocks and homes of the reader, with the names that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from bot.letters.dates import MONTHS
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import (
    INITIALS,
    TOKEN,
    name_before_birth,
    name_in,
    names_greeted,
    names_labelled,
    names_of_kin,
    salutation_cue,
    spoken_of,
)
from bot.letters.masking.words import fold, loose, mask_words

Span = tuple[int, int]

_figure = "[0-9OoIlSBZ]"
_postcode = re.compile(
    r"(?<![^\W_])(?=[^\W_]? ?[^\W_]? ?[0-9] ?[0-9OoIl]|[0-9] ?[0-9])"
    rf"[1-9lISBZ] ?{_figure} ?{_figure} ?{_figure}"
    r"\s{0,2}(?:[A-Z] ?[A-Z]|0[A-Z]|[A-Z]0)(?![^\W_])"
)
"""Four figures and two capitals, also where a scan made letters of figures or tore them apart."""
_like_postcode = re.compile(
    r"(?:^|(?<=[ ]{2})|(?<=\n))(?=[^\W_]{0,4}[0-9])[^\W_]{3,5} "
    r"(?:[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])(?= [A-Z][^\W\d_])"
)
"""What stands in a postcode's place where a bad picture left little of it."""
_town = re.compile(r"[ \t]{1,3}(?:'[sS][- ])?[^\W\d_][^\W\d_'’\-]*(?:[ -][^\W\d_][^\W\d_'’]+){0,3}")
_town_word = re.compile(r"[^\W\d_'’]+(?:['’\-][^\W\d_]+)*")
_number = (
    r"[0-9lIO]{1,4}(?![0-9])"
    r"(?:[ ]?[-/][ ]?[0-9A-Za-z]{1,4}|[ ]?[A-Za-z](?![^\W_])|[ ](?:bis|hs|[IV]{1,3})(?![^\W_])){0,3}"
)
_capital = r"(?:'[st][- ]?|[0-9]{1,2}e )?[^\W\d_a-zß-ÿ][^\W\d_]*"
_link = r"van|de|der|den|het|la|op|aan|ten|ter|en|te|in|'[st]"
_street = re.compile(
    rf"{_capital}(?:(?:[ \-'’]|(?<=[^\W\d_]{{2}})\. ){{1,2}}(?:{_capital}|(?:{_link})(?![^\W_]))){{0,6}}"
    rf"[ ]{{1,2}}{_number}"
)
_ends_in_street = re.compile(rf"[^\W\d_] {_number}$")
_lines = 6
"""How many lines an address may have above its postcode."""


@dataclass
class Reader:
    """What is learnt: spans to mask, and words and addresses that are masked wherever they stand."""

    names: list[Span] = field(default_factory=list)
    addresses: list[Span] = field(default_factory=list)
    postcodes: list[Span] = field(default_factory=list)
    blocks: list[list[Cell]] = field(default_factory=list)


def reader_of(page: Page, born_at: list[int]) -> Reader:
    """The reader and the family, from the address, the salutation, labels, kinship and birth dates."""
    reader = Reader()
    reader.names += [span for match in names_greeted(page.text) for span in match]
    _read_blocks(page, reader)
    for spans in (
        *names_labelled(page),
        *names_of_kin(page.text),
        *(name_before_birth(page, at) for at in [*born_at, *spoken_of(page.text)]),
    ):
        reader.names += spans
    _read_homes(page, reader)
    return reader


@cache
def _title_cue() -> re.Pattern[str]:
    people = mask_words().people
    return re.compile(
        rf"(?:(?:aan|voor|to|de|het|den)\b[ :]*){{0,3}}(?:{loose(people.address)}|aan\b|voor\b|to\b)",
        re.IGNORECASE,
    )


def _read_blocks(page: Page, reader: Reader) -> None:
    """Addresses: a name, maybe more lines, a street, and a postcode, one below the other."""
    known = {fold(page.text[a:b]) for a, b in reader.names}
    found = [block for match in _postcode.finditer(page.text) if (block := _block(page, match, known))]
    found += [block for match in _unread(page.text) if (block := _block(page, match, known))]
    if not found and not known:
        codes = _postcode.finditer(page.text)
        found = [block for match in codes if (block := _block(page, match, known, bare=True))]
    sharing = [block for block in found if known & _words_of(page, block.names)]
    for block in sharing or found:
        reader.names += block.names
        reader.addresses += block.addresses
        reader.postcodes += block.postcodes
        reader.blocks += block.blocks


def _unread(text: str) -> Iterator[re.Match[str]]:
    """What is no postcode, but stands as one below a street: a line that ends in a number."""
    for match in _like_postcode.finditer(text):
        above = text[: match.start()].rstrip().rsplit("\n", 1)[-1]
        if not _postcode.match(text, match.start()) and _ends_in_street.search(above.rstrip(" .,")):
            yield match


def _words_of(page: Page, spans: list[Span]) -> set[str]:
    return {fold(page.text[a:b]) for a, b in spans}


def _block(page: Page, match: re.Match[str], known: set[str], *, bare: bool = False) -> Reader | None:
    """The block that ends with this postcode, if it is somebody's home and not an office."""
    cell = page.at(match.start())
    if not cell or match.start() - cell.start > 90 or "postbus" in page.words(cell)[:120].lower():
        return None
    block = Reader(postcodes=[(match.start(), town_end(page.text, match.end()))])
    above = list(takewhile(lambda line: _short(page, line), page.along(cell, -1, _lines)))
    own = page.text[cell.start : match.start()].rstrip(" ,(")
    own = own[own.rfind(":") + 1 :].lstrip()
    if own:
        start = page.text.index(own, cell.start)
        if not _ends_in_street.search(own):
            return None
        block.addresses.append((start, start + len(own)))
        if _title_cue().match(own):
            return block
    elif above:
        street = above.pop(0)
        block.addresses.append((street.start, street.end))
        if not re.search(r"[0-9lIO]", page.words(street)) or "postbus" in page.words(street).lower():
            return None
    return _with_names(page, block, [cell, *above], known, bare=bare)


def _with_names(
    page: Page, block: Reader, cells: list[Cell], known: set[str], *, bare: bool = False
) -> Reader | None:
    """A street and postcode with the names above them; None where no person lives there."""
    above = cells[1:]
    for place, line in enumerate(above):
        titled = _title_cue().match(page.text, line.start, line.end)
        names = _named(page, line, titled=bool(titled))
        sure = titled or re.match(INITIALS + r"[^\W\d_]", page.words(line)) or known & _words_of(page, names)
        if names and (sure or (bare and len(names) > 1 and _below_head(page, line))):
            block.names += names
            block.addresses += [(c.start, c.end) for c in above[:place] if not _more_names(page, c, block)]
            _names_above(page, above[place + 1 :], block)
            block.blocks = [cells[: place + 2]]
            return block
        if known & set(map(fold, TOKEN.findall(page.words(line)))):
            return block
        if titled and re.search(r"bewoner|huurder|ouder|verzorger", fold(page.words(line))):
            for below in page.along(cells[0], 1, 1):
                if re.match(r"\(?" + INITIALS + r"[^\W\d_]", page.words(below)):
                    block.names += _named(page, below, titled=False)
            return block
    return None


def _below_head(page: Page, line: Cell) -> bool:
    """Whether a line is not the letter's head: a bare name of two words there is the sender's."""
    return sum(bool(row) for row in page.rows[: line.row]) > 1


def _short(page: Page, line: Cell) -> bool:
    """Whether a line may be one of an address: short, no sum, no greeting, no sentence."""
    words = page.words(line)
    return (
        len(words) <= 64
        and not re.search(r"€|[.;?!]$|[a-z]{3}\. [A-Z][a-z]+ [a-z]", words)
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
        if not _title_cue().match(page.text, cell.start, cell.end):
            return
        block.names += _named(page, cell, titled=True)


def town_end(text: str, end: int) -> int:
    """Where the town behind a postcode ends."""
    town, last = _town.match(text, end), end
    strangers = mask_words().people.strangers
    for word in _town_word.finditer(text, end, town.end()) if town else ():
        if fold(word[0]) in strangers and word[0].lower() not in {"den", "de", "aan", "op", "bij", "s"}:
            break
        if not (word[0][0].isupper() or word[0] in {"aan", "den", "de", "op", "bij", "s"}):
            break
        last = word.end()
    return last


@cache
def _home_cue() -> re.Pattern[str]:
    words = mask_words().cues
    place = rf"(?:\(?(?-i:{_postcode.pattern})\)?\s)?(?-i:[A-Z])[^\W\d_]{{2,20}},?(?=\s(?:aan|[^\W\d_]))"
    between = rf"(?:\W{{0,4}}{loose(words.home_between)}){{0,6}}"
    return re.compile(rf"(?i:{loose(words.home)}{between}(?:\W{{1,4}}{place}{between})?)[\s:,(]{{1,40}}")


def _read_homes(page: Page, reader: Reader) -> None:
    """Addresses in sentences and tables: "wonende te", "de woning aan", "Leveringsadres:"."""
    for cue in _home_cue().finditer(page.text):
        _take_address(page.text, cue.end(), reader)
        for code in _postcode.finditer(page.text, cue.start(), cue.end()):
            reader.postcodes.append((code.start(), town_end(page.text, code.end())))
    for cell in page.cells:
        label = _address_label.match(page.text, cell.start, cell.end)
        if label and _beside_name(page, cell):
            beside = page.beside(cell) if label.end() == cell.end else None
            begin = beside.start if beside else label.end()
            _take_address(page.text, begin + 2 * page.text.startswith(": ", begin), reader)
        for below in page.along(cell, 1, 1) if label and label.end() == cell.end else ():
            street = _street.match(page.text, below.start)
            if street and _code_behind.match(page.text, street.end()):
                _take_address(page.text, below.start, reader)
        row_code = _postcode_row.match(page.text, cell.start, min(len(page.text), cell.end + 40))
        if row_code and _beside_name(page, cell):
            reader.postcodes.append((row_code.start(1), town_end(page.text, row_code.end(1))))
    known = {fold(page.text[a:b]) for a, b in reader.names}
    for match in _postcode.finditer(page.text) if known else ():
        begin = max(0, match.start() - 90)
        place = _street_before.search(page.text[begin : match.start()])
        row = page.text.rfind("\n", 0, match.start()) + 1
        near = TOKEN.findall(page.text[max(row, begin) : begin + place.end(1)]) if place else []
        if place and any(fold(word) in known for word in near):
            _take_address(page.text, begin + place.start(1), reader)


_address_label = re.compile(
    r"(?:(?:woon|leverings?|verbruiks|huis|post|correspondentie|bezorg|factuur)?adres"
    r"|straat(?: en (?:huis)?nummer)?) ?(?:[:=] ?|$|(?=[A-Z]))",
    re.IGNORECASE,
)
_postcode_row = re.compile(rf"(?:[Pp]ostcode[^\d]{{0,30}})?({_postcode.pattern})")
_street_before = re.compile(rf"({_street.pattern})[\s,(]{{1,3}}$")
_code_behind = re.compile(
    rf"(?:[ .]{{1,2}}(?:(?:k|kamer|app|et)\b[ .]{{0,2}})?[0-9]{{1,4}})?"
    r"(?:[ ](?:te|in)[ ][A-Z][^\W\d_]{2,20}(?=[ ]\())?"
    rf"(?:[\s,(]{{1,3}}|[ ,]{{0,3}}\n[ ]{{0,60}})({_postcode.pattern})"
)


_day_behind = re.compile(rf"\s(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


def _a_day(street: re.Match[str]) -> bool:
    """Whether what looks like a street is a word with a day behind it: "HUUR PER 1 JULI"."""
    return len(street[0].split()) == 2 and bool(_day_behind.match(street.string, street.end()))


def _take_address(text: str, start: int, reader: Reader) -> None:
    """The street at this place, and the postcode and town behind it."""
    match = _street.match(text, start)
    code = _code_behind.match(text, match.end()) if match else None
    if not match:
        # On two lines it is believed only with its postcode; a space for the line's end moves nothing.
        near = text[:start] + text[start : start + 90].replace("\n", " ", 1)
        match = _street.match(near, start)
        code = _code_behind.match(text, match.end()) if match else None
    if match and (code or not ("\n" in text[slice(*match.span())] or _a_day(match))):
        reader.addresses.append(match.span())
    if code:
        reader.postcodes.append((code.start(1), town_end(text, code.end(1))))


def _beside_name(page: Page, cell: Cell) -> bool:
    """Whether a label for a name or a birth stands within five rows of this label, in its column."""
    near = [*page.along(cell, 1, 5), *page.along(cell, -1, 5)]
    return any(_about_somebody().match(page.words(other)) for other in near)


@cache
def _about_somebody() -> re.Pattern[str]:
    return re.compile(rf"\w{{0,12}}naam\b|geb|{loose(mask_words().people.labels)}\s*(?::|$)", re.IGNORECASE)
