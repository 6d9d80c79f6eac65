"""The rows of a letter to many houses that are for others: by the number of the reader's own."""

from __future__ import annotations

import re

from bot.letters.dates import MONTHS, Named
from bot.letters.text import Body

_cell = re.compile(r"[^\s|]+(?: [^\s|]+)*")
_address = re.compile(
    r"(?:.*\b(?:van|aan)\s)?(?P<street>[A-Z][^\d,:]{3,40}?)\s(?P<number>\d{1,4})(?:\s?-?\s?(?:[A-Za-z]{1,2}|\d{1,3}))?"
    r"(?P<postcode>,\s*[1-9]\d{3}\s?[A-Z]{2}\b.*)?"
)
_postcode = re.compile(r"[1-9]\d{3}\s?[A-Z]{2}\b")
_reader = re.compile(
    r"\b(?:aan|bewoners?|bewoner\(s\)|huurders?|de heer|heer|mevrouw|familie|fam|dhr|mevr|mw)\b",
    re.IGNORECASE,
)
_initials = re.compile(r"(?<!\S)(?:[A-Z]\.\s?)+(?:\w+ )?[A-Z][a-z]")
_to = r"(?:t/m|tot en met|tot|-|–)"
_houses = re.compile(
    rf"(?P<first>\d{{1,4}})[a-z]?\b(?:\s?{_to}\s?(?P<last>\d{{1,4}})\b)?(?![.:/]\d|\s*(?:{'|'.join(MONTHS)}|uur)\b)"
)
_headed = re.compile(r"\b(?:huis)?(?:nummers?|nrs?)\b|\badres|\bwoning", re.IGNORECASE)
_said = re.compile(r"\b(?:huis)?(?:nummers?|nrs?\.?)\s+(?=\d)", re.IGNORECASE)
LEAD = 90
"""How many characters before a day a sentence may say for which houses it is."""
ABOVE = 3
"""How many lines above an address say whose it is."""


def own_house(body: Body) -> tuple[str, int] | None:
    """The street and number to which a letter is sent; None where its head does not tell one alone."""
    lines = [line for line in body.head if line.strip()]
    found = {
        (address["street"].strip().lower(), int(address["number"]))
        for row, line in enumerate(lines)
        for cell in _cell.finditer(line)
        if (address := _address.fullmatch(cell[0]))
        and (address["postcode"] or below(lines, row, cell.start()))
        and any(_reader.search(one) or _initials.search(one) for one in lines[max(0, row - ABOVE) : row + 1])
    }
    return found.pop() if len(found) == 1 else None


def below(lines: list[str], row: int, column: int) -> bool:
    """Whether a postcode stands under a cell."""
    under = lines[row + 1] if row + 1 < len(lines) else ""
    return any(abs(found.start() - column) <= 2 for found in _postcode.finditer(under))


def for_others(body: Body, days: list[Named]) -> set[int]:
    """Where the days stand that are for other houses than the reader's, as far as another is for that."""
    ranges = {
        named.start: words
        for number, named in enumerate(days)
        if (words := houses_of(body.text, named, days[number - 1].end if number else 0))
    }
    house = own_house(body) if len(ranges) > 1 else None
    own = {start for start, words in ranges.items() if house and meant(words, *house)}
    return set(ranges) - own if own else set()


def houses_of(text: str, named: Named, begin: int) -> str | None:
    """The words that say for which houses a day is: before it in its row, or in its sentence."""
    line = text.rfind("\n", 0, named.start) + 1
    cells = [cell[0] for cell in _cell.finditer(text, max(line, begin), named.start)]
    above = text[max(0, line - 6 * LEAD) : line].rsplit("\n\n", maxsplit=1)[-1]
    if (
        cells
        and begin <= line
        and _houses.search(cells[0])
        and (_headed.search(cells[0]) or _headed.search(above))
    ):
        return cells[0]
    lead = re.split(r"[.;?!]\s|\n\s*\n", text[max(begin, named.start - LEAD) : named.start])[-1]
    said = [*_said.finditer(lead)]
    return lead[said[-1].end() :] if said else None


def meant(words: str, street: str, number: int) -> bool:
    """Whether words for houses mean one: its number is in them, on its side and in its street."""
    named = re.findall(
        r"\b[A-Z][a-z]+(?:straat|laan|weg|hof|plein|kade|dijk|pad|singel|gracht|park)\b", words
    )
    if named and street not in (one.lower() for one in named):
        return False
    if (side := re.search(r"\b(on)?even\b", words, re.IGNORECASE)) and bool(side[1]) != bool(number % 2):
        return False
    return any(
        int(one["first"]) <= number <= int(one["last"] or one["first"]) for one in _houses.finditer(words)
    )
