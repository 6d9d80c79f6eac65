"""Whose letter it is: the reader's address and home, with the names that stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.dates import MONTHS, WEEKDAYS
from bot.letters.masking.address import POSTCODE, STREET, town_end
from bot.letters.masking.blocks import Reader, read_blocks
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import (
    TOKEN,
    name_before_birth,
    names_greeted,
    names_labelled,
    names_of_kin,
    spoken_of,
)
from bot.letters.masking.words import fold, loose, mask_words


def reader_of(page: Page, born_at: list[int]) -> Reader:
    """The reader and the family, from the address, the salutation, labels, kinship and birth dates."""
    reader = Reader()
    reader.names += [span for match in names_greeted(page.text) for span in match]
    read_blocks(page, reader)
    for spans in (
        *names_labelled(page),
        *names_of_kin(page.text),
        *(name_before_birth(page, at) for at in [*born_at, *spoken_of(page.text)]),
    ):
        reader.names += spans
    _read_homes(page, reader)
    return reader


@cache
def _home_cue() -> re.Pattern[str]:
    words = mask_words().cues
    place = (
        rf"(?:\(?(?-i:{POSTCODE.pattern})\)?\s)?(?P<town>(?-i:[A-Z])[^\W\d_]{{2,20}}),?(?=\s(?:aan|[^\W\d_]))"
    )
    between = rf"(?:\W{{0,4}}{loose(words.home_between)}){{0,6}}"
    return re.compile(rf"(?i:{loose(words.home)}{between}(?:\W{{1,4}}{place}{between})?)[\s:,(]{{1,40}}")


def _read_homes(page: Page, reader: Reader) -> None:
    """Addresses in sentences and tables: "wonende te", "de woning aan", "Leveringsadres:"."""
    for cue in _home_cue().finditer(page.text):
        # What looks like the town may be the street's first word: "Oude Haven 7".
        whole = STREET.match(page.text, cue.start("town")) if cue["town"] else None
        _take_address(page.text, cue.start("town") if whole else cue.end(), reader)
        for code in POSTCODE.finditer(page.text, cue.start(), cue.end()):
            reader.postcodes.append((code.start(), town_end(page.text, code.end())))
    for start in _homes_of_who_moves(page.text):
        _take_address(page.text, start, reader)
    for cell in page.cells:
        label = _address_label.match(page.text, cell.start, cell.end)
        if label and _beside_name(page, cell):
            beside = page.beside(cell) if label.end() == cell.end else None
            begin = beside.start if beside else label.end()
            _take_address(page.text, begin + 2 * page.text.startswith(": ", begin), reader)
        for below in page.along(cell, 1, 1) if label and label.end() == cell.end else ():
            street = STREET.match(page.text, below.start)
            if street and _code_behind.match(page.text, street.end()):
                _take_address(page.text, below.start, reader)
        row_code = _postcode_row.match(page.text, cell.start, min(len(page.text), cell.end + 40))
        if row_code and _beside_name(page, cell):
            reader.postcodes.append((row_code.start(1), town_end(page.text, row_code.end(1))))
    known = {fold(page.text[a:b]) for a, b in reader.names}
    for match in POSTCODE.finditer(page.text) if known else ():
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
_postcode_row = re.compile(rf"(?:[Pp]ostcode[^\d]{{0,30}})?({POSTCODE.pattern})")
_street_before = re.compile(rf"({STREET.pattern})[\s,(]{{1,3}}$")
_code_behind = re.compile(
    rf"(?:[ .]{{1,2}}(?:(?:k|kamer|app|et)\b[ .]{{0,2}})?[0-9]{{1,4}})?"
    r"(?:[ ](?:te|in)[ ][A-Z][^\W\d_]{2,20}(?=[ ]\())?"
    rf"(?:[\s,(]{{1,3}}|[ ,]{{0,3}}\n[ ]{{0,60}})({POSTCODE.pattern})"
)


_dwells = re.compile(
    r"\b(?:woon(?:t|de|achtig)|wonen|woonden|verblij(?:ft|ven)|verbleef|bewoont"
    r"|(?:st(?:aat|ond) )?ingeschreven)\b"
)
_street_left = re.compile(
    rf"(?P<street>{STREET.pattern})(?:,? (?:te|in) [A-Z][^\W\d_]{{2,20}})?"
    r"(?:\s+(?:niet|meer|langer|nog|wel|feitelijk|al)){0,4}\s+$"
)
_moves = re.compile(r"\b[Vv]erhui[sz]\w*")
_office_moves = re.compile(
    r"\b(?:ons|onze|wij|we|kantoor|praktijk|winkel|balie|locatie|bedrijf)\b", re.IGNORECASE
)
_from = re.compile(rf"\b(?:van|uit)\s+(?:het adres |de |het )?(?={STREET.pattern})")
_on_to = re.compile(rf"[^.?!;]{{0,60}}?\bnaar\s+(?:het adres |de |het )?(?={STREET.pattern})")


def _homes_of_who_moves(text: str) -> Iterator[int]:
    """Where streets begin of which it is said that somebody lives there, or moved from there to there:
    "dat u niet meer op Dorpsweg 4 woont", "verhuisd van Dorpsweg 4 naar Kade 7"."""
    for verb in _dwells.finditer(text):
        begin = max(0, verb.start() - 110)
        if found := _street_left.search(text[begin : verb.start()]):
            yield begin + found.start("street")
    for move in _moves.finditer(text):
        near = max(0, move.start() - 120)
        begin = max(near, *(text.rfind(end, near, move.start()) for end in (". ", "\n\n")))
        if _office_moves.search(text[begin : move.start()]):
            continue
        for left in _from.finditer(text, begin, min(len(text), move.end() + 110)):
            if re.search(r"[.?!;]\s", text[move.end() : left.start()]):
                break
            yield left.end()
            if on := _on_to.match(text, left.end()):
                yield on.end()


_day_behind = re.compile(rf"\s(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


def _a_day(street: re.Match[str]) -> bool:
    """Whether what looks like a street is a word with a day behind it: "HUUR PER 1 JULI", "Maandag 3"."""
    words = street[0].lower().split()
    return len(words) == 2 and (words[0] in WEEKDAYS or bool(_day_behind.match(street.string, street.end())))


def _take_address(text: str, start: int, reader: Reader) -> None:
    """The street at this place, and the postcode and town behind it."""
    match = STREET.match(text, start)
    code = _code_behind.match(text, match.end()) if match else None
    if not match:
        # On two lines it is believed only with its postcode; a space for the line's end moves nothing.
        near = text[:start] + text[start : start + 90].replace("\n", " ", 1)
        match = STREET.match(near, start)
        code = _code_behind.match(text, match.end()) if match else None
    if match and re.match(r"postbus|antwoordnummer", match[0], re.IGNORECASE):
        return
    if match and (code or not ("\n" in text[slice(*match.span())] or _a_day(match))):
        reader.addresses.append(match.span())
    if code:
        reader.postcodes.append((code.start(1), town_end(text, code.end(1))))


def _beside_name(page: Page, cell: Cell) -> bool:
    """Whether a label for a name or a birth stands within five rows of this label, in its column."""
    near = [*page.along(cell, 1, 5), *page.along(cell, -1, 5)]
    return any(
        _about_somebody().match(words) and not _subject.match(words) for words in map(page.words, near)
    )


_subject = re.compile(r"(?:betreft|inzake) ?:", re.IGNORECASE)
"""A letter's subject is about somebody only where a name follows, which is another matter."""


@cache
def _about_somebody() -> re.Pattern[str]:
    return re.compile(rf"\w{{0,12}}naam\b|geb|{loose(mask_words().people.labels)}\s*(?::|$)", re.IGNORECASE)
