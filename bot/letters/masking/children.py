"""Children whom a letter calls by their given name alone: by what is said of them, by the row in which they
stand, or by a name that hardly anybody else has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile

from bot.letters.masking.address import POSTCODE
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import TOKEN, name_in, past, salutation_cue, several
from bot.letters.masking.words import fold, mask_words
from bot.letters.masking.writer import closing

Span = tuple[int, int]

_one = r"[A-Z][a-zß-ÿ]{2,}(?:[ '’\-][A-Z][a-zß-ÿ]+){0,2}"
_given = rf"(?P<name>{_one})"
_givens = rf"(?P<name>{_one}(?:,\s+{_one}){{0,5}}(?:\s+en\s+{_one})?)"
_end = r"(?=[\s.,;:?!()]|$)"
_age = (
    r"(?:\d{1,2}\s+jaar|(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w{3,6}tien|twintig)(?:\s+jaar)?)"
    r"(?:\s+(?:oud|geworden))?(?=[.,;)\n]|\s+en\b)"
)
_no_name = (
    r"(?!(?:Niemand|Iemand|Iedereen|Ieder|Elk|Elke|Wie|Hij|Zij|Ze|We|Je|Jij|Jullie|Die|Dat|Soms|Vandaag|Morgen"
    r"|Nu|Daar|Hier|Jeugd|Welke|Alles|Niets|Gisteren|Laatst|Misschien|Eerder|Later|Meestal|Vaak|Dit|Deze"
    r"|Een)\b)"
)
_of_child = (
    r"school|juf|meester|leraar|lerares|leerkracht|docent|mentor|klas|klasgenoten|rapport|verzuim|afwezigheid"
    r"|absentie|schooladvies|zwemles(?:sen)?|ontwikkeling|leerplicht|(?:kinder|peuter|dag"
    r"|naschoolse )?opvang|bso|peutergroep"
    r"|opvangpl(?:aats|ek)|plaatsing|lesgroep|stamgroep|groep|wenochtend|wenafspraak|wennen|hielprik"
    r"|vaccinaties?"
    r"|inenting(?:en)?|prik(?:ken|je|jes)?|gehoortest|ogentest|groei|groeiboekje|gebit|oudergesprek"
    r"|kindgesprek"
    r"|rapportgesprek|tienminutengesprek|eindtoets|doorstroomtoets|(?:zwem)?diploma|contributie|proefles"
    r"|lidmaatschap|lesgeld|schoolgeld|schoolfonds|ouderbijdrage|schoolreis|schoolkosten|verjaardag|gymtas"
    r"|uitschrijving"
    r"|inschrijving|aanmelding|ziekmelding|afmelding|kinderbijslag|kindgebonden budget"
    r"|(?:kinderopvang)?toeslag"
    r"|familie|gezin|papa|mama|ouders?|verzorgers?|moeder|vader|voogd|pleegouders?|broer(?:tje)?|zus(?:je)?"
)
_place = r"(?:pl(?:aats|ek(?:je)?|ekken)|ruimte)\b[^.?!;:]{0,45}?\s"
_pupil = (
    r"groep\s+\d|lesgroep|klas\b|naar\s+school|op\s+school|leerplichtig|gemist|verzuimd|afwezig|absent|ziek(?:gemeld)?\b"
    r"|te\s+laat|\w*zwem\w*|van\s+school|(?:zijn|haar)\s+(?:vader|moeder|school|klas|juf|meester|mentor"
    r"|ouders|groep)"
    r"|naar\s+de\s+(?:opvang|peuter\w*|kinder\w*|brugklas|basisschool|bso)|wachtlijst|wennen|vaccinatie"
    r"|prik(?:ken)?\b"
    r"|inenting|gegroeid|trainen|trakteren|(?:op|bij|van)\s+de\s+(?:bso|opvang)|kinderdagverblijf"
    r"|peuter(?:groep|opvang)"
    r"|hoofdluis|(?:van|in|bij)\s+(?:de|onze)\s+groep|gymles|overblijven|diploma\s+[ABC]\b"
)
_verbs = (
    r"zit|gaat|is|heeft|was|mag|kan|doet|begint|start|komt|staat|woont|woonde|moet|mist|miste|verzuimt|verzuimde|had"
    r"|krijgt|wordt|werd|blijft|speelt|leert|zwemt|traint|slaapt|eet|vindt|maakt|stroomt|bezoekt|bezocht"
)
_begins = r"(?:^|[.!?:]\s+|\n[ ]{0,20})"
_ways = (
    re.compile(
        rf"\b{_no_name}{_given}\s+(?:is|wordt|werd)\s+"
        rf"(?:(?:binnenkort|bijna|nu|straks|dan|(?:op\s+)?\d{{1,2}}\s+[a-z]+(?:\s+\d{{4}})?|in\s+[a-z]+)\s+){{0,2}}{_age}"
    ),
    re.compile(rf"\b(?:{_of_child})\s+(?:van|over|voor)\s+{_no_name}{_givens}{_end}"),
    re.compile(rf"\b{_place}voor\s+{_no_name}{_givens}{_end}"),
    re.compile(rf"{_begins}{_no_name}{_given}\s+(?:{_verbs})\s(?!u\b)[^.!?;:]{{0,70}}?\b(?:{_pupil})"),
    re.compile(
        rf"\b[Vv]oor\s+{_no_name}{_givens}\s+(?:krijgt|ontvangt|kreeg|ontving|hebt|heeft|vroeg|betaalt)\s+u\s"
        r"[^.!?;]{0,40}?(?:€|\brecht\b|kinderbijslag|toeslag|budget|opvang)"
    ),
    re.compile(
        rf"{_begins}(?:Kan|Wil|Gaat|Komt|Heeft|Is|Mag|Moet|Zit|Was|Blijft|Krijgt|Eet|Slaapt|Draagt|Gebruikt)\s+"
        rf"{_no_name}{_given}\s+(?:niet|al|nog|ziek|ook|wel|liever|toch|vaker|geen|een|verkouden|allergisch|overgevoelig)\b"
        r"[^.?!]{0,70}\?"
    ),
    re.compile(
        rf"\b{_no_name}{_given}(?:['’]s|['’]|(?<=s))\s+"
        r"(?:juf|meester|mentor|ouders|moeder|vader|klas|rapport|plekje|jas|tas|verjaardag|ontwikkeling|diploma)\b"
    ),
    re.compile(
        rf"\bgaat\s+(?:het\s+)?(?:[a-z]+\s+){{0,4}}met\s+{_no_name}{_givens}(?=[.,?!]|\s+(?:en|op|in)\b)"
    ),
    re.compile(rf"\b[Mm]et\s+{_no_name}{_given}\s+gaat\s+het\b"),
    re.compile(rf"\b{_no_name}{_given}\s+(?:uit|van|in)\s+(?:lesgroep|groep|klas)\s+\d"),
)
"""What is said of children alone, beside the name by which a school, a club or a fund calls them."""
_speaks = re.compile(
    r"school|opvang|\bbso\b|juf|klas|kinder|\bkind\b|ouders?\b|groep|zwem|\bjaar\b|leer|prik|vaccin|familie|toeslag|team|train"
    r"|jeugd|peuter|baby|zoon|dochter|gezin|tandarts|leden",
    re.IGNORECASE,
)
"""Without one of these a letter speaks of no child that only its name tells."""
_capital = re.compile(r"(?<![\w'’.\-])[A-Z][a-zß-ÿ'’]{1,14}(?:-[A-Z][a-zß-ÿ]{1,14})?(?![\w])")
_leads = (
    r"Voor|Met|Van|Is|Kan|Heeft|Gaat|Komt|Wil|Mag|Moet|Dat|Als|Wanneer|Omdat|En|Of|Ook|Zit|Blijft|Krijgt|Was|Over|Bij"
    r"|Lieve|Beste|Hoi|Dag|Hallo|Betreft|Onderwerp|Welkom|Leerling|Kind|Naam"
)
_joined = re.compile(rf"(?<![\w])(?!(?:{_leads})\b)[A-Z][\w.'’\-]*[ ]$")
"""A word with a capital before a name is part of it: "Basisschool Elias", "Juf Amira"."""
_of_staff = re.compile(
    r"(?:\b(?:juf|juffrouw|meester|meneer|mevrouw|heer|dhr|mevr|mw|dr|drs|mr|ik ben|naam is|groet\w*|namens"
    r"|via|bij|bel|belt|mail|app|naar|door|vraag|collega\w*|contactpersoon|\w*arts|\w*mentor|\w*docente?"
    r"|leerkracht|lera\w+|\w*begeleid\w+"
    r"|\w*coach|tolk|train\w+|\w*assistente?|\w*verpleegkundige|consulent\w*|\w*medewerk\w+|adviseur"
    r"|klantmanager"
    r"|vrijwillig\w+|spreken? met|spreekt met|(?:basis|vak)?school|sint|st|gemeente|locatie|stad|wijk|in|te"
    r"|uit|aan de|aan het|op de|op het|onze)\b[.:,]?\s+(?:is\s+)?(?:de\s+)?)$",
    re.IGNORECASE,
)
_staff_behind = re.compile(
    r"[ ](?:[A-Z]|(?:van|de|den|der|el|al|ten|ter|in) (?:\w+ )?[A-Z]|\d{1,4}\b(?![.:,]\d)"
    r"|(?:belt|helpt|mailt|bezoekt|neemt|begeleidt|werkt)\b)"
    r"|,\s+(?:uw |je |jullie |onze |de )?(?:\w*arts|\w*mentor|\w*docent|leerkracht|juf|meester|\w*begeleid"
    r"|\w*coach|\w*assist|\w*verpleeg|\w*consulent|\w*medewerk|\w*adviseur|team|secretar|voorzitter"
    r"|directeur|train|penningm|leider|co[oö]rdin)"
    r"|\.[a-z]"
)
_owns = re.compile(r"['’]s(?![\w])")
_hour = re.compile(r"\d{1,2}[.:]\d\d|\d{1,2}[-/ ](?:\d{1,2}|[a-z]{3,9})\b")


def children_told(text: str) -> Iterator[list[Span]]:
    """Given names of children: "De school van Farida meldt", "Er is plek voor Liya", "Kan Elias niet?"."""
    told = [found for way in _ways for found in way.finditer(text)]
    known = _known(text) if _speaks.search(text) else {}
    if told or known:
        others = _others(text)
        for found in told:
            words = re.findall(r"[A-Z][^\W\d_]+", found["name"])
            before = text[max(0, found.start("name") - 30) : found.start("name")]
            beside = _of_staff.search(before) or _of_staff.search(words[0] + " ")
            if not beside and not any(_of_office(word) or fold(word) in others for word in words):
                yield several(text, found.start("name"), past(_owns, text, found.end("name")), commas=True)
        yield from (spans for name, spans in known.items() if name not in others)


def _known(text: str) -> dict[str, list[Span]]:
    """Names that many children have and hardly a street or firm, where nothing says that it is one of those
    who write: once so, nowhere. Alone in a column it is no more a child's than a teacher's."""
    given, end = _given_names(), closing(text)
    found: dict[str, list[Span]] = {}
    staff: set[str] = set()
    for word in _capital.finditer(text):
        known = fold(re.sub(r"['’]s?$", "", word[0]))
        if known not in given:
            continue
        before = text[max(0, word.start() - 40) : word.start()]
        if before.endswith("  ") and re.match(r"\s*$|[ ]{2}", text[word.end() : word.end() + 2]):
            continue
        aside = word.start() > end or _joined.search(before) or _of_staff.search(before)
        if aside or _staff_behind.match(text, word.end()):
            staff.add(known)
        found.setdefault(known, []).append(word.span())
    return {known: spans for known, spans in found.items() if known not in staff}


@cache
def _given_names() -> frozenset[str]:
    return frozenset(map(fold, mask_words().people.given))


@cache
def _no_children() -> frozenset[str]:
    return frozenset(map(fold, mask_words().people.no_children))


def _of_office(word: str) -> bool:
    people, known = mask_words().people, fold(word)
    return known in people.strangers | people.skipped | _no_children() or known.endswith(people.trades)


_town = re.compile(
    r"\b(?:in|te|uit|naar|gemeente|regio|locatie|namens|stichting|vereniging)\s+([A-Z][a-zß-ÿ]{2,})"
    r"|^[ ]*([A-Z][a-zß-ÿ]{2,}),? \d{1,2} [a-z]{3,9} \d{4}"
    rf"|{POSTCODE.pattern}\s+([A-Z][a-zß-ÿ]{{2,}})",
    re.MULTILINE,
)
_firm = re.compile(r"\b([A-Z][a-zß-ÿ]{2,}) ([A-Z][a-zß-ÿ]{2,})")


def _others(text: str) -> set[str]:
    """Words with a capital that are the sender's or a town's: in the letterhead, behind the closing, beside
    a word for an organisation, behind "in"."""
    greeting = salutation_cue().search(text)
    head = [line for line in text[: greeting.start() if greeting else len(text)].split("\n") if line.strip()]
    own = " ".join([*head[:2], text[closing(text) :]])
    words = {fold(word) for word in re.findall(r"[A-Z][^\W\d_]+", own)}
    words |= {fold(word) for town in _town.finditer(text) for word in town.groups() if word}
    for pair in _firm.finditer(text):
        one, two = fold(pair[1]), fold(pair[2])
        trades = mask_words().people.trades
        if two.endswith(trades) or one.endswith(trades):
            words |= {one, two}
    return words


def children_in_rows(page: Page, names: Iterable[Span]) -> Iterator[list[Span]]:
    """Those who stand in a table below or above a name that is known, each beside an hour or a day."""
    known = {word for word in (fold(page.text[a:b]) for a, b in names) if len(word) > 2}
    for cell in page.cells if known else ():
        if not _beside_hour(page, cell) or not known & set(map(fold, TOKEN.findall(page.words(cell)))):
            continue
        for step in (-1, 1):
            for other in takewhile(lambda other: _beside_hour(page, other), page.along(cell, step, 8)):
                found = name_in(page.text, other.start, other.end)
                if not found or len(found) > 3 or page.text[found[-1][1] : other.end].strip(" .,"):
                    break
                yield found


def _beside_hour(page: Page, cell: Cell) -> bool:
    row = page.rows[cell.row]
    return any(_hour.match(page.words(other)) for other in row if other is not cell) and len(row) < 5
