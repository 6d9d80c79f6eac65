"""Homes that a letter names by their street alone, as what is served, let or visited there; and those that
stand in one row with a name, or below it without a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.dates import MONTHS, WEEKDAYS
from bot.letters.masking.address import POSTCODE, STREET, town_end
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import TOKEN
from bot.letters.masking.words import fold, loose, mask_words
from bot.letters.masking.writer import closing, writes

Span = tuple[int, int]

_what = (
    r"bij u(?: thuis)?|(?:water|gas|stroom|energie|warmte)?verbruik|(?:water|gas|stroom|huis)?aansluiting"
    r"|glasvezel"
    r"|internet|televisie|stroom|gas|water|warmte|elektriciteit|(?:slimme |gas|water)?meters?"
    r"|(?:cv-?)?ketel|monteur|installateur|huur|kamer|studio|appartement|woning|woonruimte|huis"
    r"|parkeervergunning|container"
    r"|sleutel(?:s|overdracht)?|oplevering|bezichtiging|huisbezoek|huurovereenkomst|huurcontract|levering"
    r"|leveren"
    r"|voorschot(?:nota)?|storing|onderhoud|reparatie|schilders?|woz-waarde|inboedelverzekering"
    r"|afvalstoffenheffing|rioolheffing|bezorgen|bezorgd"
)
_supplied = re.compile(
    rf"(?i:\b(?:{_what}))\b[^.?!;:€]{{0,60}}?\b"
    r"(?P<lead>(?:aan|op|voor|van|in|naar)(?: de| het)?)\s+(?=['A-Z0-9])"
)
"""What the reader has at home, and what leads from it to a street: "het waterverbruik aan de"."""
_let = re.compile(
    r"\b(?i:kamer|studio|appartement|(?:huur|eengezins|boven|beneden)?woning|parkeerplaats|garage|berging)"
    r"[ :]{1,3}"
    r"(?=[A-Z][a-z]{4,})"
)
_offered = re.compile(
    r"(?i:\b(?:(?:\w+)?woning|huis|appartement|kamer|studio|woonruimte)\b[^.?!;€\n]{0,60}"
    r"(?:\n[^.?!;€\n]{0,60})?):\s{1,60}(?=['A-Z])"
)
"""The home that is offered stands below: "Wij hebben een woning voor u:"."""
_one_goes = re.compile(
    r"\b(?:ons|onze(?! monteur| installateur| schilder| collega)|kantoor"
    r"|balie|loket|winkel|servicepunt|praktijk"
    r"|locatie|spreekuur|inloop|verwacht|welkom|ophalen|afhalen|inleveren|terecht|brengen|komt u|u komt|kom"
    r"|kunt komen"
    r"|stuur\w*|zitting|bijeenkomst|gevestigd|magazijn|depot|ophaalpunt|afhaalpunt|gemeentehuis|stadhuis)\b",
    re.IGNORECASE,
)
_like_street = re.compile(
    r"(?:straat|weg|laan|plein|kade|gracht|hof|dijk|park|pad|singel|steeg|markt|haven|dreef|wal|burg|hage"
    r"|veld|akker|erf|baan"
    r"|horst|brink|poort|tuin|werf|dal|plantsoen|boulevard|allee|oord|donk|stede|vliet|oever|waard|hoek"
    r"|brug|rade|ring"
    r"|str|ln|plantage|kwartier|bolwerk|bos|berg|land|kamp|wijk|zijde|wetering|vaart)\b",
    re.IGNORECASE,
)
_aan_de = re.compile(r"aan (?:de|het)$")
_behind_code = re.compile(r",\s+(?:aan (?:de|het) )?(?=['A-Z])")
_code = re.compile(rf"[\s,(]{{1,4}}({POSTCODE.pattern})")
_town_alone = re.compile(r"[A-Z'’][^\W\d]*(?:[ \-][^\W\d]+){0,3}")
_sentence_on = re.compile(r"[^.?!;]{0,40}")
_near = 90


def homes_served(text: str) -> Iterator[tuple[Span, Span | None]]:
    """Streets at which the reader is served, and homes let or offered; each with its postcode, if any."""
    for lead in (*_supplied.finditer(text), *_let.finditer(text), *_offered.finditer(text)):
        street = STREET.match(text, lead.end())
        near = max(0, lead.start() - _near)
        begin = max(near, *(text.rfind(end, near, lead.start()) + 1 for end in (". ", "? ", "! ", "\n\n")))
        if not street or not _no_day(street[0]):
            continue
        code = _code.match(text, street.end())
        if not (code or _surely(street[0], lead.groupdict().get("lead"))):
            continue
        behind = _sentence_on.match(text, street.end())
        if not _one_goes.search(text[begin : behind.end() if behind else street.end()]):
            yield street.span(), (code.start(1), town_end(text, code.end(1))) if code else None


def _surely(street: str, lead: str | None) -> bool:
    """Whether it is a street and no day, article or thing with a number."""
    return _no_day(street) and bool(
        _like_street.search(street) or (lead and _aan_de.match(" ".join(lead.split())))
    )


def _no_day(street: str) -> bool:
    """Whether what looks like a street is no day and no office's box."""
    first = street.split(maxsplit=1)[0].lower()
    return not (first in MONTHS or first in WEEKDAYS or re.match(r"postbus|antwoordnummer", first))


def streets_behind(text: str, codes: list[Span]) -> Iterator[Span]:
    """Streets behind their postcode and town, as in law: "te 2517 GX Den Haag, Sweelinckplein 60"."""
    for _, end in codes:
        lead = _behind_code.match(text, end)
        if lead and (street := STREET.match(text, lead.end())) and _surely(street[0], "aan de"):
            yield street.span()


@cache
def _title() -> re.Pattern[str]:
    titles = loose(mask_words().people.address)
    return re.compile(rf"(?:(?:aan|voor|de|het|den)\b[ :]*){{0,3}}{titles}", re.IGNORECASE)


def homes_in_rows(page: Page, names: list[Span]) -> Iterator[tuple[Span, Span | None]]:
    """The street beside or below a name of the reader, and the postcode beside that, or a town below it."""
    known, end = {fold(page.text[a:b]) for a, b in names}, closing(page.text)
    for cell in page.cells:
        street = STREET.match(page.text, cell.start, cell.end)
        if not street or street.end() != cell.end or cell.start > end:
            continue
        left = [other for other in page.rows[cell.row] if other.start < cell.start][-1:]
        right = page.beside(cell)
        code = POSTCODE.match(page.text, right.start, right.end) if right else None
        if code and any(_somebody(page, other, known) for other in left):
            yield street.span(), (code.start(), town_end(page.text, code.end()))
        above, below = next(page.along(cell, -1, 1), None), next(page.along(cell, 1, 1), None)
        town = below and below.row == cell.row + 1 and _town_alone.fullmatch(page.words(below))
        if town and above and above.row == cell.row - 1 and _somebody(page, above, known):
            yield street.span(), None


def _somebody(page: Page, cell: Cell, known: set[str]) -> bool:
    """Whether a cell names the reader, or somebody with a title who does not sign."""
    words = [m.span() for m in TOKEN.finditer(page.text, cell.start, cell.end)]
    own = any(fold(page.text[a:b]) in known for a, b in words)
    return own or (bool(_title().match(page.words(cell))) and not writes(page.text, words))
