"""Children and others whom a letter names with their age, and birthdays that nothing announces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import takewhile
from statistics import median_high
from typing import Literal

from bot.letters.dates import days_in
from bot.letters.masking.page import Cell, Page
from bot.letters.masking.people import TOKEN, name_in
from bot.letters.masking.writer import initialled, persons_in, writes

Span = tuple[int, int]

LONG_AGO = timedelta(days=3 * 365)
"""A day that lies so long before the others of a letter is somebody's birthday, hardly anything else."""

_aged = re.compile(
    r"(?P<name>[A-Z][^\W\d_]+(?:[ '’\-][A-Z][^\W\d_]+){0,3}(?: [A-Z]\.)?)[ ]?"
    r"\((?:\d{1,2} (?:jaar|maanden|mnd|jr\.?)\b|(?:geb\.? ?)?\d{1,2}-\d{1,2}-\d{2,4}\))"
)
_year_of = re.compile(
    r"(?:(?<=[ ]{2})|^[ ]{0,60})(?P<name>[A-Z][^\W\d_]+(?:[ '’\-][A-Z][^\W\d_]+){0,3})"
    r" \((?:19|20)\d\d\)(?=[ ]{2}|,|$| en )",
    re.MULTILINE,
)
_home = re.compile(
    r"(?:^|\s)(?:(?:woon|leverings|verbruiks)?adres[ :]{1,40}"
    r"|(?:de heer|mevrouw|dhr\.?|mw\.?|mevr\.?|fam\w*\.?)[^\n,]{2,50}(?:,[ ]{1,3}|,?\n[ ]{0,3}))"
    r"(?P<street>[^\n,]{4,50}?),?[ ]{1,3}(?P<code>\d{4} ?(?-i:[A-Z]{2}))\b",
    re.IGNORECASE | re.MULTILINE,
)
_let = re.compile(
    r"\b(?i:\w*woning|woonruimte|appartement|huis|pand|gehuurde|kamer|studio)\b[^\n.;]{0,40}?\s"
    r"(?:aan )?(?:de |het )?"
    r"(?P<street>[A-Z][^\n,.:;]{2,40}? \d{1,4}[^\n,.:; ]{0,6})(?: te |, )(?P<code>\d{4} ?[A-Z]{2})\b"
)
_lives = re.compile(
    r"\bwonend\w*\s+(?:te|in)\s+(?P<code>\d{4} ?(?-i:[A-Z]{2})\b[^\n,\d]{0,30}?),?\s+aan\s+(?:de|het)\s+"
    r"(?P<street>[^\n,.;]{3,45}?\d{1,4}[^\n,.; ]*)",
    re.IGNORECASE,
)
_child_of = re.compile(
    r"(?:(?<=: )|(?<=, )|(?<= en ))(?P<name>[A-Z][^\W\d_]+(?:[ '’\-][A-Z][^\W\d_]+){0,3}) \((?:19|20)\d\d\)"
)
_children = re.compile(r"\b(?:kind|kinderen|zoon|zoons|dochters?)\b[^.;]{0,90}$", re.IGNORECASE)
_number = re.compile(r"(?<![\d.])2(?=(?:[ .]?\d){9}(?!\d))\d{2,3}(?:[ .]?\d{2,4}){2,4}(?![ .]?\d)")
_day = re.compile(r"[0-3]?\d[-./ ](?:[01]?\d|[a-z]{3,9})[-./ ](?:19|20)\d{2}", re.IGNORECASE)
_part = r"[ ]{0,2}(?:[,;/|·–-]|[ ]-)[ ]{0,3}\n?[ ]{0,3}"
_one_line = re.compile(
    rf"(?:^|[:/|][ ]{{1,3}})(?P<name>[^\W\d_][^\n,:/|;]{{3,48}}?){_part}"
    r"(?P<street>[^\n,:/|;\d]{3,40} \d{1,4}[^\n,:/|;]{0,8}?)"
    rf"{_part}(?P<code>[1-9]\d{{3}} ?[A-Z]{{2}}\b(?:[ ]{{1,2}}['A-Z][^\n,/|;\d]{{2,28}})?)",
    re.MULTILINE,
)
_head = re.compile(r"\s*[^\n]*\n\s*[^\n]*")
_of_house = re.compile(r"(?:de|het|'t) (?!heer\b)", re.IGNORECASE)
_holder = re.compile(
    r"(?:\b(?:t\.?n\.?v\.?|ten name van|op naam van)[ :]{1,2}|[A-Z]{4}[ \d]{10,13} (?:\(|van |op naam van ))"
    r"(?P<name>(?:(?:de heer|mevrouw|dhr\.?|mw\.?|mevr\.?) )?"
    r"(?-i:(?:[A-Z]\.[ ]?){1,4}|(?P<bare>)[A-Z](?: [A-Z]){0,3} (?=[A-Z]|van |de |el |al |der ))"
    r"[^\n,;.()]{2,30})",
    re.IGNORECASE,
)
_small_word = re.compile(r" (?!(?:en|van|de|der|den|el|al|e/o|te|ten|ter)\b)[^\W\dA-Z]")
"""Where a name ends and the sentence goes on."""
_near = 160
_to_go = re.compile(
    r"verwacht|afspraak|gesprek|\b(?:u komt|komt u|kom|meld u|waar|plaats|balie|loket|locatie|zitting)\b"
    r"|examen|stuur|sturen|inlever|breng|cursus|kantoor|stadhuis|gemeentehuis",
    re.IGNORECASE,
)
_at_home = re.compile(
    r"\b(?:woon\w*|monteur|aansluit\w*|lever\w*|contract|verhui\w*|bezorg\w*|bij u|wij komen)\b",
    re.IGNORECASE,
)
_spoken_of = re.compile(r"\bv[ \-.]?(?:nummer|nr)", re.IGNORECASE)


def aged(text: str) -> Iterator[Span]:
    """The words of names with an age or birthday in brackets: "Idris (7 jaar)"."""
    children = (
        match
        for match in _child_of.finditer(text)
        if _children.search(text[max(0, match.start() - 110) : match.start()])
    )
    for match in (*_aged.finditer(text), *_year_of.finditer(text), *children):
        for word in TOKEN.finditer(text, *match.span("name")):
            yield word.span()


def old_days(text: str) -> list[Span]:
    """Days years before most of those in the text."""
    days = [named for named in days_in(text) if named.year_known]
    if not days:
        return []
    usual = median_high(named.day for named in days)
    return [(named.start, named.end) for named in days if usual - named.day > LONG_AGO]


def homes_on_a_line(text: str) -> Iterator[tuple[Span, Literal["address", "postcode"]]]:
    """An address that stands on one line: after its label, after a name with a title, or as that of what is
    let or where somebody lives."""
    for match in (*_home.finditer(text), *_let.finditer(text), *_lives.finditer(text)):
        street = match["street"].lower()
        if "postbus" in street or "antwoordnummer" in street or _one_goes_there(text, match):
            continue
        if not street.startswith("wonend"):
            yield match.span("street"), "address"
        yield match.span("code"), "postcode"


def _one_goes_there(text: str, home: re.Match[str]) -> bool:
    """Whether an address that is called no more than that is where one is expected, or sends something to."""
    before = text[max(0, home.start() - _near) : home.start()].rsplit("\n\n", 1)[-1]
    plain = home[0].lstrip()[:6].casefold() in {"adres ", "adres:"}
    return plain and bool(_to_go.search(before)) and not _at_home.search(before)


def people_in_rows(page: Page, days: Iterable[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """Rows of a table about a family, known by one birthday in it: the day of each row, and its name."""
    for start, end in days:
        cell = page.at(start)
        if not cell or (cell.start, cell.end) != (start, end):
            continue
        rows = [cell]
        for step in (-1, 1):
            rows += takewhile(lambda other: _day.fullmatch(page.words(other)), page.along(cell, step, 10))
        for day in rows if len(rows) > 1 else ():
            yield (day.start, day.end), _name_of_row(page, day)


def _name_of_row(page: Page, day: Cell) -> list[Span]:
    """The first name in the cells before a day."""
    before = (cell for cell in page.rows[day.row] if cell.start < day.start)
    return next((found for cell in before if (found := name_in(page.text, cell.start, cell.end))), [])


def one_liners(text: str, *, first: bool) -> Iterator[tuple[list[Span], Span, Span]]:
    """A name, street, postcode and town one after the other: the name's words, the street, and the rest.
    ``first``: also in the first two lines, where the sender's stands as a rule, if it is somebody's name."""
    head = _head.match(text)
    for match in _one_line.finditer(text):
        in_head = match.start() < (head.end() if head else 0) and match[0][0] != ":"
        names = (persons_in if in_head else name_in)(text, *match.span("name"))
        if in_head and not (first and initialled(text, names) and not writes(text, names)):
            continue
        if _of_house.match(match["name"]) or not names or names[-1][1] < match.end("name") - 1:
            continue
        if len(names) > 1:
            yield names, match.span("street"), match.span("code")


def account_holders(text: str) -> Iterator[list[Span]]:
    """Whose account it is, where initials or a title tell that it is a person's."""
    for match in _holder.finditer(text):
        stretch = match.span("name")
        yield name_in(text, *stretch) if match["bare"] is None else _persons_first(text, *stretch)


def _persons_first(text: str, start: int, end: int) -> list[Span]:
    """The names at the beginning of a stretch, initials without dots before each ("Y Haddad e/o R Khalil"); a
    word of an office among them, and it is nobody's."""
    stop = _small_word.search(text, start, end)
    names = persons_in(text, start, len(text[: stop.start() if stop else end].rstrip()))
    return [] if writes(text, names) else names


def v_numbers(text: str) -> list[Span]:
    """All that look like V-numbers, in a letter that speaks of them."""
    return [match.span() for match in _number.finditer(text)] if _spoken_of.search(text) else []
