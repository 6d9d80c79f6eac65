"""What stands around a letter: its date, and the reference to quote."""

from __future__ import annotations

import re
from datetime import date

from bot.letters.cues import cue
from bot.letters.dates import WEEKDAYS, Named, days_in
from bot.letters.text import COLUMN, Body

_town = r"(?:['’]s-|['’]t |den? )?(?:[A-Z][\w'’\-/. ]{0,26} )?[A-Z][\w'’\-]+"
_place = re.compile(rf"(?:^|\s){_town}(?: \([A-Za-z.]{{1,6}}\))?,\s*$")
_place_bare = re.compile(rf"^\s*{_town}\s+$")
_town_after = re.compile(rf",\s*(?:te )?{_town}\s*$")
_behind_label = re.compile(rf"\W*(?:(?:op|van|is)\b\W*)?(?:de\b\W*)?(?:{_town},\W*)?")
"""What may stand between a heading of the letter's date and the date: a place, with a comma."""
_weekday = re.compile(
    rf"\b(?:(?:{'|'.join(WEEKDAYS)})(?:morgen|ochtend|middag|avond)?\b|(?:ma|di|wo|do|vr|za|zo)\b\.?),?",
    re.IGNORECASE,
)
_filled = re.compile(r":\s*[^\W\d_]")
"""A label with what it stands for behind it: no heading of what is below."""
_hour_line = re.compile(
    r"\s*(?:(?:tijd(?:stip)?|aanvang|hoe laat)\b|(?:om\s+)?\d{1,2}[.:]\d\d\s*u(?:ur)?\b)", re.IGNORECASE
)
"""What stands under the day of an appointment."""
_hour_beside = re.compile(
    r"[ ,|\-–]*(?:\s(?:om|tijd(?:stip)?|aanvang|van|vanaf)\b)?[ :|]*\d{1,2}[.:]\d\d\s*u(?:ur)?\b"
    r"|\s{2,}\|?\s*(?:(?:om|tijd(?:stip)?|aanvang|van|vanaf)[ :]+)?\d{1,2}[.:]\d\d(?![\d.:])",
    re.IGNORECASE,
)
"""The hour of an appointment behind its day: in the same column with "uur", or in the next."""
_hour_before = re.compile(r"\b\d{1,2}[.:]\d\d\s*u(?:ur)?[\s,|]*$", re.IGNORECASE)
_goes_on = re.compile(r"\b(?:op|om|voor|vóór|tot|uiterlijk|vanaf|van|tussen|is)\s*:?\s*$", re.IGNORECASE)
"""How a line ends of which the day below it is a part."""
_somebody = re.compile(r"(?:^|[\s:(])(?:[A-Z]\.\s?){1,4}(?:[a-z]{2,3} ){0,2}[A-Z][\w'’\-]+[,(\s]*$")
"""A name with its initials: the day behind it is a birthday."""
_mark = re.compile(
    r"(?<!\S)(?:(?!\S*\d[.,:]\d\d(?!\S))(?=\S*\d)\S+|(?:(?:ons )?kenmerk|ref|nr|zaak|pagina|blad"
    r"|(?:pas|kaart|lid|klant|dossier|polis|nota|factuur|contract|relatie|brief|order|cliënt|patiënt|leerling|huurder)"
    r"(?:-?(?:nummer|nr))?)\b\.?:?)(?!\S)",
    re.IGNORECASE,
)
"""What may stand beside a letter's date in its column: a mark with figures, that is no sum and no hour."""
_this_letter = re.compile(r"\bdatum (?:van )?(?:deze brief|dit schrijven)\W*$", re.IGNORECASE)
"""A label that can be no other's, beside those of what a letter is about."""
_name = (
    r"(?:ons |uw |onze )?(?:kenmerk|referentie(?:nummer)?)|(?:zaak|dossier|beschikkings?|aanslag(?:biljet)?"
    r"|vorderings|factuur|nota|debiteur(?:en)?|contract|relatie|brief|registratie|klant|cliënt|client|patiënt|patient|huurder|kandidaat|polis"
    r"|cursist|cjib[- ]|boete|inschrijf|leerling|lid|aanmaning)-?(?:nummer|nr\.?|num\.)|zaaknr\.?|zaak"
    r"|dossier|registratie|ref\."
)
_value = r"[A-Z0-9][\w./\-]*(?: [\w./\-]*\d[\w./\-]*){0,4}"
_label = re.compile(rf"\b(?P<label>{_name})\s*[:.]?\s*(?P<value>{_value})", re.IGNORECASE)
_heading = re.compile(rf"(?:^|\s)(?P<label>{_name})\s*:?$", re.IGNORECASE)
ORDER = (
    "kenmerk",
    "referentie",
    "zaak",
    "cjib",
    "beschikking",
    "aanslag",
    "dossier",
    "boete",
    "aanmaning",
    "ref",
    "debiteur",
)


def letter_date(body: Body) -> date | None:
    """The day the letter was written or sent; None where it has none: another day never stands in for it."""
    candidates = dated_lines(body) or spoken(body)
    if not candidates:
        surely, bare = foot(body)
        candidates = surely or spoken(body, "signed") or bare
    return candidates[0] if candidates else None


def dated_lines(body: Body) -> list[date]:
    """Days of the letter's head: labelled ones first, then a place with a day, then a day on its own."""
    found: list[tuple[int, date]] = []
    lines = body.head
    for number, line in enumerate(lines):
        for named in (n for n in days_in(line) if n.year_known and n.day.year >= FIRST_YEAR):
            rank = rank_of(lines, number, named)
            if rank is not None:
                found.append((rank, named.day))
    return [day for _, day in sorted(found, key=lambda one: one[0])]


def rank_of(lines: list[str], number: int, named: Named) -> int | None:
    """How surely a day in a line is the letter's own, -1 the surest; None where it is not."""
    line = lines[number]
    before, cell = left_of(line, named), cell_of(line, named)
    label = label_above(lines, number, named) if not before.strip() or before.endswith("  ") else ""
    if cue("head", "from_reader").search(cell) or cue("head", "from_reader").search(label):
        return None
    if cue("head", "birth").search(cell):
        return None
    if cue("head", "about").search(before) or _hour_line.match("".join(lines[number + 1 : number + 2])):
        return None
    if labels(cell):
        return -1 if _this_letter.search(cell) else 0
    if label and labels(label) and not re.search(r"\d,\d\d\b", line):
        return 1
    if cue("head", "other_day").search(cell) or cue("head", "other_day").match(label):
        return None
    if cue("head", "person").match(cell.strip()) or _somebody.search(cell):
        return None
    return None if of_appointment(lines, number, named) else rank_by_place(line, named)


def rank_by_place(line: str, named: Named) -> int | None:
    """How surely a day that nothing announces is the letter's own: beside a place, or on its own."""
    before = left_of(line, named)
    if _place.search(before):
        return 2
    if not words_in(rest_of(line, named)) and not days_in(rest_of(line, named)):
        return 3
    if (
        _place_bare.search(before)
        and not cue("head", "event").search(before)
        and not COLUMN.split(line[named.end :])[0].strip()
    ):
        return 4
    return 4 if not before.strip() and _town_after.fullmatch(COLUMN.split(line[named.end :])[0]) else None


def of_appointment(lines: list[str], number: int, named: Named) -> bool:
    """Whether a day has its hour beside it, or goes on from the sentence above: "U wordt verwacht op"."""
    line = lines[number]
    if _hour_beside.match(line[named.end :]) or _hour_before.search(_weekday.sub("", line[: named.start])):
        return True
    above = next((above for above in reversed(lines[max(0, number - 2) : number]) if above.strip()), "")
    begins = not _weekday.sub("", line[: named.start]).strip()
    return begins and bool(_goes_on.search(above))


def labels(cell: str, what: str = "dated") -> bool:
    """Whether a cell ends in a heading of the letter's date."""
    return any(
        _behind_label.fullmatch(_weekday.sub("", cell[found.end() :]))
        for found in cue("head", what).finditer(cell)
    )


def words_in(rest: str) -> str:
    """The letters beside a day that are no mark and no weekday."""
    return re.sub(r"[\W_]", "", _mark.sub(" ", _weekday.sub("", rest)))


def cell_of(line: str, named: Named) -> str:
    """What stands before a day in its own column, or in the column beside it where that is a label: a
    letterhead across the page is none."""
    lead = line[: named.start]
    if len(lead) - len(lead.rstrip()) > ACROSS:
        return ""
    parts = COLUMN.split(lead)
    own = parts[-1]
    return own if re.sub(r"\W", "", _weekday.sub("", own)) else " ".join(parts[-2:])


def left_of(line: str, named: Named) -> str:
    return _weekday.sub("", COLUMN.split(line[: named.start])[-1])


def rest_of(line: str, named: Named) -> str:
    """The words of a day's own column beside it."""
    return left_of(line, named) + COLUMN.split(line[named.end :])[0]


def label_above(lines: list[str], number: int, named: Named) -> str:
    """The heading over a day that stands alone in its column."""
    for line in reversed(lines[max(0, number - 2) : number]):
        if not line.strip():
            continue
        above = line[max(0, named.start - 6) : named.end + 6].strip()
        return COLUMN.split(above)[-1] if above and not _filled.search(above) else ""
    return ""


def spoken(body: Body, lead: str = "spoken") -> list[date]:
    """The letter's day where a sentence names it: "deze brief is verzonden op", "heden", "schreef u"; with
    ``lead`` "signed" where it says when something was signed, which may be a contract that it is about."""
    return [
        named.day
        for named in days_in(body.text)
        if named.year_known
        and (
            cue("head", lead).search(" ".join(body.text[max(0, named.start - 90) : named.start].split()))
            or cue("head", f"{lead}_after").match(body.text[named.end : named.end + DEED])
        )
    ]


_apart_before = re.compile(r"(?:^|[,\-–|·*/])\s*$")
_apart_after = re.compile(r"$|,\s*[\w.]+\s+[\w./\-]*\d[\w./\-]*$")
_leads = re.compile(
    r"\b(?:u|uw|je|wij|we|tot|vóór|voor|vanaf|uiterlijk|geldig|geb\w*|afspraak|\w*dag)\b", re.IGNORECASE
)
DEED = 150
"""Characters behind a day in which a deed names who made it."""
ACROSS = 24
"""Spaces beyond which nothing is the label of what stands behind them."""
FOOT = 6
"""How many of the last lines are the letter's foot, where it has no greeting at its end."""
FIRST_YEAR = 2015
"""A day before that is one on which somebody was born."""


def foot(body: Body) -> tuple[list[date], list[date]]:
    """A day with a place or its heading below the letter; and one on its own below the greeting."""
    labelled, placed, bare = [], [], []
    lines = body.lines
    below = foot_begins(lines, body.salutation)
    for number, line in enumerate(lines):
        for begin, cell in cells(line) if number >= body.salutation or number >= below else []:
            for named in (n for n in days_in(cell) if n.year_known and n.day.year >= FIRST_YEAR):
                before, after = _weekday.sub("", cell[: named.start]), cell[named.end :].strip(" .")
                if labels(line[: begin + named.start], "dated_surely") or (
                    number >= below and labels(cell[: named.start])
                ):
                    labelled.append(named.day)
                elif not after and re.fullmatch(rf"\s*{_town},\s*", before):
                    placed.append(named.day)
                elif number >= below and stands_apart(before, after) and not table(line, cell):
                    bare.append(named.day)
    return labelled[:1] or placed[-1:], bare[-1:]


def stands_apart(before: str, after: str) -> bool:
    """Whether nothing goes on from a day in a line of the foot, nor leads to it: an address, a mark."""
    return bool(_apart_before.search(before) and _apart_after.match(after) and not _leads.search(before))


def foot_begins(lines: list[str], salutation: int) -> int:
    """The number of the line at which the letter's foot begins: its last greeting, or the last few lines."""
    ends = [n for n, line in enumerate(lines) if n > salutation and cue("head", "greeting").search(line)]
    written = [n for n, line in enumerate(lines) if line.strip()]
    return max(salutation + 1, ends[-1] if ends else written[-FOOT:][0] if written else 0)


def cells(line: str) -> list[tuple[int, str]]:
    """What stands between strokes, bars and wide gaps, with where it begins."""
    return [(found.start(), found[0]) for found in re.finditer(r"\S+(?:(?! [/|·] ) \S+)*", line)]


def table(line: str, cell: str) -> bool:
    """Whether a cell is one of a row with a sum in it."""
    return bool(re.search(r"€|\d,\d\d\b", line.replace(cell, "")))


def year_around(body: Body) -> date | None:
    """A day that tells the year of those without one, in a letter that has no date: any that it names whole,
    where all of them are of one year."""
    whole = [
        named.day
        for named in days_in(body.text)
        if named.year_known
        and named.day.year >= FIRST_YEAR
        and not cue("head", "birth").search(body.text[max(0, named.start - 40) : named.start])
    ]
    return min(whole) if whole and len({day.year for day in whole}) == 1 else None


def year_by(body: Body, today: date) -> date:
    """A day that tells the year in a letter in which no year stands: today; or in the year before or after,
    where that suits the weekdays that it names."""
    years = [today.replace(day=min(today.day, 28), year=today.year + step) for step in (0, -1, 1)]
    return max(years, key=lambda near: sum(suits(body.text, named) for named in days_in(body.text, near)))


def suits(text: str, named: Named) -> bool:
    """Whether a day has its weekday beside it, and it is that."""
    names = "|".join(WEEKDAYS)
    before = text[max(0, named.start - 12) : named.end]
    word = re.search(rf"\b({names}),?\s+(?=\d)", before, re.IGNORECASE)
    return word is not None and WEEKDAYS.index(word[1].lower()) == named.day.weekday()


def reminds(text: str) -> bool:
    """Whether a letter says of itself that it reminds of a bill: at a line's begin or in a sentence."""
    begun = [line.strip() for line in text.splitlines() if line.strip()[:1].isupper()]
    return any(cue("head", "reminder").match(line) for line in begun) or bool(
        cue("head", "reminder").search(text, 1)
    )


def reference(body: Body) -> str | None:
    """The reference to quote when calling: the sender's own mark before a customer's number."""
    found = []
    for number, line in enumerate(body.lines):
        found += [(rank(m["label"]), number, COLUMN.split(m["value"])[0]) for m in _label.finditer(line)]
        found += [(rank(label), number, value) for label, value in beneath(body.lines, number)]
    marks = [
        (place, number, value.strip(" .,;"))
        for place, number, value in found
        if any(c.isdigit() for c in value)
    ]
    return min(marks)[2] if marks else None


def beneath(lines: list[str], number: int) -> list[tuple[str, str]]:
    """Labels that stand alone in their column, with what stands under them."""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    found = []
    for cell in re.finditer(r"\S+(?: \S+)*", lines[number]):
        if label := _heading.search(cell[0]):
            under = [c for c in re.finditer(r"\S+(?: \S+)*", following) if abs(c.start() - cell.start()) <= 6]
            found += [(label["label"], c[0]) for c in under if re.fullmatch(_value, c[0], re.IGNORECASE)]
    return found


def rank(label: str) -> int:
    plain = label.lower()
    if plain.startswith("uw "):
        return len(ORDER) + 1
    return next((n for n, word in enumerate(ORDER) if word in plain), len(ORDER))
