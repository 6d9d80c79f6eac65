"""Telephone numbers and mail addresses of the reader, not those one may call or write to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.masking.page import Cell, Page
from bot.letters.masking.words import fold, loose, mask_words

Span = tuple[int, int]

_phone = re.compile(r"(?<![\w+])(?:\+|00)?[0-9](?:[ \-./()]{0,3}[0-9OoIl]){8,13}(?![^\W_])")
_called_there = re.compile(
    r"(?i)\b(?:(?<=ik )bel|bel(?:t|len|de|den)|gebeld|sms(?:t|en)|app(?:t|en)|spreekt|spreken)\b"
    r"(?:(?!\b(?:als|indien|wanneer|of|en|om|dat|omdat|voor|naar)\b)[^.?!;,]){1,40}?\b(?:u|je|jou|jullie)\b"
    r"[^?!;,]{0,110}?\b(?:op|via)(?: (?:het )?(?:nummer|mobiel|telefoonnummer))?:?\s(?=[+0(])"
)
"""Who else calls the reader, and on which number: "dan belt de arts u om 14.30 uur op"."""
_is_called = re.compile(
    r"(?i)\b(?:(?:terug)?(?:gebeld|ge-?sms't|ge-?appt)|(?:sms(?:'je|je)?|appje|berichtje)(?: \w+)?)\b"
    r"(?! (?:met|naar)\b)"
    r"(?:(?!\.\s)[^?!;,]){0,70}?\b(?:op|via|onder)"
    r"(?: (?:het )?(?:nummer|mobiel|telefoonnummer))?:?\s(?=[+0(])"
)
_reader_is = re.compile(r"(?i)\b(?:u|je|jij|jullie)\b(?:(?!\.\s)[^?!;,]){0,60}$")
"""The same where who calls is not told: "u wordt maandag tussen 9 en 10 uur gebeld op"; both parts of it."""
_we_call = re.compile(
    r"(?i)\b(?:(?:wij|we|ik) (?:bel(?:len)?|app(?:en)?|sms(?:en)?)|(?:bel(?:len)?|app(?:en)?) (?:wij|we|ik))"
    r"(?: (?:dan|daarvoor|hiervoor|straks|later|eerst|terug)){0,2}"
    r"(?: (?:op|naar))?(?: (?:het )?(?:nummer|mobiel|telefoonnummer))?:?\s(?=[+0(])"
)
"""The same where the reader is not named: "wij bellen dan 06 ..."."""
_noted = re.compile(
    r"\b(?:van (?:u|uw \w+|jou|[A-Z][^\W\d_]+)|uw)\b[^.;:]{0,40}?\bnummer\s+(?=[+0])"
    r"|\bnummer\b[^.;:\d]{0,40}(?:bekend|geregistreerd|doorgaf|doorgegeven|opgegeven|opgaf)[^.;\d]{0,12}(?=[+0])"
    r"|\b(?:[Tt]elefoon(?:nummer)?|[Nn]ummer) van u(?: bekend)?\W{1,4}(?=[+0])"
    r"|\bnummer\s+(?=[+0][\d \-]{8,16}\s(?:\w+\s)?(?:genoteerd|van u)\b)"
)
"""What stands before a number that the writer has of the reader: "hij heeft van u het nummer 06 ..."."""
_mail = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,60}(?:\.[\w\-]{1,60}){1,5}")
_between = re.compile(r"[^.?!\n]{0,60}(?:\n[^.?!\n]{0,40})?")
_to = re.compile(r"(?i)(?:^|\n)[ \t]*(?:aan|to|cc)[ \t]*:[^\n]*$")
_naming = re.compile(
    r"^[ ]{0,60}(?:naam|achternaam|straat|postcode|(?:woon)?plaats)[ ]{0,30}:", re.IGNORECASE | re.MULTILINE
)
_beside_home = re.compile(
    r"(?: [A-Z][^\W\d_]+){0,2}[ ,;|/(·–-]{1,6}"
    r"(?:tel|telefoon|telefoonnummer|telnr|mobiel|mob|gsm|m|t)?[.: ]{0,4}(?=[+0(])",
    re.IGNORECASE,
)
_home_label = re.compile(r"(?:post ?code|(?:woon)?plaats|(?:woon|thuis|huis)?adres)\b", re.IGNORECASE)
_mobile = re.compile(r"(?:\+31|0031|0)[ \-()0]{0,4}6")
_called = re.compile(r"(?i)^(?:tel|telefoon|telefoonnummer|mobiel|mob|gsm|phone|e-?mail|mail|06)\b|^\+?[0-9]")


@cache
def _cue(name: str) -> re.Pattern[str]:
    words = mask_words().cues
    return re.compile(loose(words.phone if name == "phone" else words.mail), re.IGNORECASE)


def phones(page: Page, blocks: list[list[Cell]], born_at: list[int], homes: list[Span]) -> Iterator[Span]:
    """Numbers at which the reader is reached: named as such, in the reader's address, or mobile and on the
    line of a home. ``homes``: the postcodes of those."""
    senders = frozenset(map(fold, mask_words().cues.phone_sender))
    for cue in _cue("phone").finditer(page.text):
        between = _between.match(page.text, cue.end())
        hit = _phone.search(page.text, cue.end(), between.end() + 16) if between else None
        if hit and between and hit.start() <= between.end():
            around = page.text[max(0, cue.start() - 12) : cue.start()] + page.text[cue.end() : hit.start()]
            clause = re.findall(r"[^\W\d_]+", around)
            if not senders & set(map(fold, clause)):
                yield hit.span()
    for call in _called_there.finditer(page.text):
        hit = _phone.match(page.text, call.end())
        words = re.findall(r"[^\W\d_]+", call[0])[1:]  # the first is that somebody calls
        if hit and not senders & set(map(fold, words)):
            yield hit.span()
    for noted in (*_noted.finditer(page.text), *_we_call.finditer(page.text), *_calls(page.text)):
        if hit := _phone.match(page.text, noted.end()):
            yield hit.span()
    yield from _below_homes(page, homes)
    for cell in _near_blocks(page, blocks):
        if hit := _phone.search(page.text, cell.start, cell.end):
            yield hit.span()
    for _, end in homes:
        beside = _beside_home.match(page.text, end)
        hit = _phone.match(page.text, beside.end()) if beside else None
        if hit and _mobile.match(hit[0]):
            yield hit.span()
    yield from _near_births(page, born_at)


def _calls(text: str) -> Iterator[re.Match[str]]:
    """Where the reader is said to be called, up to the number."""
    for called in _is_called.finditer(text):
        if _reader_is.search(text[max(0, called.start() - 80) : called.start()]):
            yield called


def _below_homes(page: Page, homes: list[Span]) -> Iterator[Span]:
    """Numbers in a table of the reader's own data: below the row of the postcode, under its label."""
    for start, _ in homes:
        home = page.at(start)
        first = page.rows[home.row][0] if home else None
        if first is None or not _home_label.match(page.words(first)):
            continue
        for row in page.rows[first.row + 1 : first.row + 3]:
            if row and row[0].column == first.column and _called.match(page.words(row[0])):
                hit = _phone.search(page.text, row[0].start, row[-1].end)
                if hit and hit.start() <= row[min(1, len(row) - 1)].end:
                    yield hit.span()


def _near_births(page: Page, born_at: list[int]) -> Iterator[Span]:
    """Mobile numbers in a cell of their own, in the two rows around a birth date or a label for a name."""
    for at in born_at:
        line = page.text[at : at + 90].split("\n")[0]
        if (hit := _phone.search(page.text, at, at + len(line))) and _mobile.match(hit[0]):
            yield hit.span()
    named = (page.at(match.start()) for match in _naming.finditer(page.text))
    rows = {cell.row for cell in (*(page.at(at) for at in born_at), *named) if cell}
    for row in {row + step for row in rows for step in (-2, -1, 0, 1, 2)} & set(range(len(page.rows))):
        for cell in page.rows[row]:
            own = _called.match(page.words(cell).lstrip(": ")) and len(page.words(cell)) < 40
            hit = _phone.search(page.text, cell.start, cell.end) if own else None
            if hit and _mobile.match(hit[0]):
                yield hit.span()


def mails(page: Page, blocks: list[list[Cell]], names: set[str]) -> Iterator[Span]:
    """Mail addresses with the reader's name in them, named as the reader's, or in the reader's address."""
    found = list(_mail.finditer(page.text))
    long = [name for name in names if len(name) > 3]
    for match in found:
        before = page.text[max(0, match.start() - 60) : match.start()]
        own = fold(match[0].split("@")[0])
        if any(name in own for name in long) or _cue("mail").search(before) or _to.search(before):
            yield match.span()
    for cell in _near_blocks(page, blocks):
        yield from (match.span() for match in _mail.finditer(page.text, cell.start, cell.end))


def _near_blocks(page: Page, blocks: list[list[Cell]]) -> Iterator[Cell]:
    """The lines of addresses, and those straight below that begin as a telephone or mail line."""
    for cells in blocks:
        yield from cells
        for below in page.along(cells[0], 1, 2):
            if below.row - cells[0].row > 2 or not (
                _called.match(page.words(below)) or "@" in page.words(below)
            ):
                break
            yield below
