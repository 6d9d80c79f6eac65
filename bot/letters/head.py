"""What stands around a letter: its date, and the reference to quote."""

from __future__ import annotations

import re
from datetime import date

from bot.letters.cues import cue
from bot.letters.dated import FIRST_YEAR, TOWN, WEEKDAY, dated_lines, labels
from bot.letters.dates import WEEKDAYS, Named, days_in
from bot.letters.text import COLUMN, Body

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
_mark_behind = re.compile(
    r"$|[-–·]\s+(?:brief|nr|nummer|ons|kenmerk|ref|bijlage|blad|pagina)\b", re.IGNORECASE
)
"""How a line of the foot goes on behind the place and the day: not, or with a mark of the letter."""
_leads = re.compile(
    r"\b(?:u|uw|je|wij|we|tot|vóór|voor|vanaf|uiterlijk|geldig|geb\w*|afspraak|\w*dag)\b", re.IGNORECASE
)
DEED = 150
"""Characters behind a day in which a deed names who made it."""
FOOT = 6
"""How many of the last lines are the letter's foot, where it has no greeting at its end."""


def foot(body: Body) -> tuple[list[date], list[date]]:
    """A day with a place or its heading below the letter; and one on its own below the greeting."""
    labelled, placed, bare = [], [], []
    lines = body.lines
    below = foot_begins(lines, body.salutation)
    for number, line in enumerate(lines):
        for begin, cell in cells(line) if number >= body.salutation or number >= below else []:
            for named in (n for n in days_in(cell) if n.year_known and n.day.year >= FIRST_YEAR):
                before, after = WEEKDAY.sub("", cell[: named.start]), cell[named.end :].strip(" .")
                if labels(line[: begin + named.start], "dated_surely") or (
                    number >= below and labels(cell[: named.start])
                ):
                    labelled.append(named.day)
                elif _mark_behind.match(after) and re.fullmatch(rf"\s*{TOWN},\s*(?:den?\s+)?", before):
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
