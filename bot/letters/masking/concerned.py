"""Whom a letter is about where no title, label or kinship tells it: initials in its head, children by their
given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.masking.blocks import Reader
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import BLANK, name_in, names_greeted, salutation_cue
from bot.letters.masking.words import fold, loose, mask_words
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
_given = r"(?P<name>[A-Z][a-zß-ÿ]{2,}(?:[ '’\-][A-Z][a-zß-ÿ]+){0,2})"
_age = (
    r"(?:\d{1,2}\s+jaar|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w{3,6}tien|twintig)(?:\s+jaar)?)"
    r"(?:\s+(?:oud|geworden))?(?=[.,;)\n]|\s+en\b)"
)
_no_name = (
    r"(?!(?:Niemand|Iemand|Iedereen|Ieder|Elk|Elke|Wie|Hij|Zij|Ze|We|Je|Jij|Jullie|Die|Dat|Soms|Vandaag|Morgen"
    r"|Nu|Daar|Hier|Jeugd|Welke|Alles|Niets|Gisteren|Laatst|Misschien|Eerder|Later|Meestal|Vaak)\b)"
)
_pupil = (
    r"groep\s+\d|klas\b|naar\s+school|op\s+school|leerplichtig|gemist|verzuimd|afwezig|absent|ziek(?:gemeld)?\b"
    r"|te\s+laat|zwemles|van\s+school|(?:zijn|haar)\s+(?:vader|moeder|school|klas|juf|meester|mentor)"
    r"|naar\s+de\s+(?:opvang|peuter\w*|kinder\w*|brugklas|basisschool)"
)
_children = (
    re.compile(
        rf"\b{_no_name}{_given}\s+(?:is|wordt|werd)\s+"
        rf"(?:(?:binnenkort|bijna|nu|straks|dan|(?:op\s+)?\d{{1,2}}\s+[a-z]+(?:\s+\d{{4}})?|in\s+[a-z]+)\s+){{0,2}}{_age}"
    ),
    re.compile(
        r"\b(?:school|juf|meester|leraar|lerares|leerkracht|docent|mentor|klas|klasgenoten|rapport|verzuim|afwezigheid"
        rf"|absentie|schooladvies|zwemles|ontwikkeling|leerplicht)\s+(?:van|over|voor)\s+{_no_name}{_given}(?=[\s.,;:?!)])"
    ),
    re.compile(
        rf"(?:^|[.!?:]\s+|\n[ ]{{0,20}}){_no_name}{_given}\s+"
        r"(?:zit|gaat|is|heeft|was|mag|kan|doet|begint|start|komt|staat|woont|woonde|moet|mist|miste|verzuimt|verzuimde|had)\s"
        rf"(?!u\b)[^.!?;:]{{0,70}}?\b(?:{_pupil})"
    ),
    re.compile(
        rf"\b[Vv]oor\s+{_no_name}{_given}\s+(?:krijgt|ontvangt|hebt|heeft)\s+u\s[^.!?;]{{0,40}}?"
        r"(?:€|\brecht\b|kinderbijslag|toeslag)"
    ),
)
"""What is said of children alone, beside the name by which a school or a fund calls them."""


@cache
def _writer_cue() -> re.Pattern[str]:
    return re.compile(loose(mask_words().cues.writer), re.IGNORECASE)


def children_told(text: str) -> Iterator[list[Span]]:
    """Given names of children: "De school van Farida meldt", "Aline wordt op 2 april zestien"."""
    for way in _children:
        for found in way.finditer(text):
            if not any(_of_office(word) for word in re.findall(r"[^\W\d_]+", found["name"])):
                yield name_in(text, *found.span("name"))


def _of_office(word: str) -> bool:
    people, known = mask_words().people, fold(word)
    return known in people.strangers | people.skipped or known.endswith(people.trades)


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
