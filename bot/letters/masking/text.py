"""Masks personal data in Dutch letters before anything is shown, explained or translated.

Numbers that open something (BSN, IBAN, V-number, codes) go first and always. Names, addresses and birth
dates of the reader and the family are learnt where letters give them (address, salutation, tables,
"geboren") and then masked wherever they stand. Who signs or may be called stays: they are whom to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from bot.letters.masking.blocks import Reader
from bot.letters.masking.born import births, dates_after, newborns
from bot.letters.masking.children import children_in_rows, children_told
from bot.letters.masking.concerned import concerned
from bot.letters.masking.contact import mails, phones
from bot.letters.masking.family import (
    account_holders,
    aged,
    homes_on_a_line,
    old_days,
    one_liners,
    people_in_rows,
    v_numbers,
)
from bot.letters.masking.homes import reader_of
from bot.letters.masking.numbers import personal_numbers
from bot.letters.masking.page import Page
from bot.letters.masking.people import BLANK
from bot.letters.masking.repeat import again, names_again
from bot.letters.masking.served import homes_in_rows, homes_served, streets_behind
from bot.letters.masking.words import What, fold, mask_words

Span = tuple[int, int]

_alike = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u00a0\u202f\u2011", "01234567890123456789  -")
_rounds = 10
_strokes = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
"""What a reader of pictures makes of a line or a frame before or behind a word ("_K7PM2XQD9")."""

_comma = re.compile(r"[A-Z], ?[A-Zvdea]")
_initials = re.compile(
    r"(?:(?<=[Hh]eer )|(?<=[Mm]evrouw )|(?<=[Mm]eneer )|(?<=[Dd]hr. )|(?<=[Mm]evr. )|(?<=[Mm]w. )|(?<=\n))"
    r"(?:[A-Z][.,] ?){1,5}(?=(?:(?:van|de|der|den|el|al) ){0,2}[A-Z][a-z])"
)
"""Initials of which a picture's reader took a dot for a comma: "de heer Y, Haddad"."""


@dataclass(frozen=True)
class Mask:
    """A stretch of a text that is personal; ``what`` says of which kind."""

    start: int
    end: int
    what: What


def personal_in(text: str) -> list[Mask]:
    """What is personal in a letter, in order and without overlap. Never raises."""
    plain = _marks().sub(lambda mark: BLANK * len(mark[0]), text.translate(_alike))
    plain = _strokes.sub(lambda stroke: " " * len(stroke[0]), plain)
    if _comma.search(plain):
        plain = _initials.sub(lambda found: found[0].replace(",", "."), plain)
    page = Page(plain)
    born = [*births(page), *newborns(plain)]
    numbers = [*personal_numbers(plain, page), *((*span, "v-number") for span in v_numbers(plain))]
    enclosed = [start - 1 for start, *_ in numbers if plain[start - 1 : start] == "("]
    reader = reader_of(page, [*(at for _, at in born), *enclosed])
    old = old_days(plain)
    rows = list(people_in_rows(page, [*(span for span, _ in born), *old]))
    for names in list(concerned(page, reader)):
        reader.names += names
    learn(plain, reader, [names for _, names in rows])
    reader.names += [span for names in list(children_in_rows(page, reader.names)) for span in names]
    for street, code in (*homes_served(plain), *homes_in_rows(page, reader.names)):
        reader.addresses.append(street)
        reader.postcodes += [code] if code else []
    reader.addresses += streets_behind(plain, reader.postcodes)
    found = [Mask(*each) for each in numbers]
    found += _all(plain, "born", [*(span for span, _ in born), *(span for span, _ in rows)])
    found += _addresses(plain, reader)
    homes = [Mask(*span, what) for span, what in homes_on_a_line(plain)]
    found += _all(plain, "address", [(home.start, home.end) for home in homes if home.what == "address"])
    codes = [*reader.postcodes, *((home.start, home.end) for home in homes if home.what == "postcode")]
    found += homes
    names = names_again(plain, [*reader.names, *aged(plain)])
    keys = {fold(plain[a:b]) for a, b in reader.names}
    found += _all(plain, "phone", phones(page, reader.blocks, [at for _, at in born], codes))
    found += _all(plain, "mail", mails(page, reader.blocks, keys))
    found += _all(plain, "born", [*dates_after(plain, names), *old])
    opening = [mask for mask in found if mask.what in {"bsn", "iban", "v-number", "code", "login", "card"}]
    for mask in {plain[mask.start : mask.end]: mask for mask in opening}.values():
        found += [Mask(*span, mask.what) for span in again(plain, [(mask.start, mask.end)])]
    found += [Mask(*span, "name") for span in names]
    return _apart(found)


def learn(text: str, reader: Reader, named: Iterable[list[Span]]) -> None:
    """Adds to what is known of the reader: names in rows, of accounts, and whole addresses on one line."""
    for names in (*named, *account_holders(text), *children_told(text)):
        reader.names += names
    for names, street, code in one_liners(text, first=not reader.postcodes):
        reader.names += names
        reader.addresses.append(street)
        reader.postcodes.append(code)


def masked(text: str, first: list[Mask] | None = None) -> str:
    """The text with a mark in the place of everything personal; masking it again changes nothing. ``first``:
    what is personal in it, where that is known."""
    marks = mask_words().marks
    for _ in range(_rounds):
        masks = personal_in(text) if first is None else first
        first = None
        if not masks:
            break
        parts, last = [], 0
        for mask in masks:
            parts += [text[last : mask.start], marks[mask.what]]
            last = mask.end
        text = "".join(parts) + text[last:]
    return text


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, mask_words().marks.values())))


def _all(text: str, what: What, spans: Iterable[Span]) -> list[Mask]:
    """These places and all where the same stands again."""
    first = list(spans)
    return [Mask(*span, what) for span in [*first, *again(text, first)]]


def _addresses(text: str, reader: Reader) -> list[Mask]:
    streets = [span for span in reader.addresses if any(char.isalpha() for char in text[slice(*span)])]
    codes = [(start, min(end, start + 7)) for start, end in reader.postcodes]
    return [
        *_all(text, "address", streets),
        *(Mask(*span, "postcode") for span in reader.postcodes),
        *(Mask(*span, "postcode") for span in again(text, codes)),
    ]


def _apart(found: list[Mask]) -> list[Mask]:
    """Overlapping masks as one, which is of the kind of the longest."""
    kept: list[Mask] = []
    for mask in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and mask.start < kept[-1].end:
            last = kept[-1]
            longer = mask.what if mask.end - mask.start > last.end - last.start else last.what
            kept[-1] = Mask(last.start, max(last.end, mask.end), longer)
        elif mask.end > mask.start:
            kept.append(mask)
    return kept
