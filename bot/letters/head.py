"""What stands around a letter: its date, and the reference to quote."""

from __future__ import annotations

import re
from datetime import date

from bot.letters.cues import cue
from bot.letters.dates import WEEKDAYS, Named, days_in
from bot.letters.text import COLUMN, Body

_place = re.compile(r"(?:^|\s)(?:['’]s-)?[A-Z][\w'’\- ]{2,28}?(?:,\s*| )(?:\w+dag )?$")
_weekday = re.compile("|".join(WEEKDAYS), re.IGNORECASE)
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
    candidates = [*dated_lines(body), *foot(body)]
    return candidates[0] if candidates else None


def dated_lines(body: Body) -> list[date]:
    """Days of the letter's head: labelled ones first, then a place with a day, then a day on its own."""
    labelled, placed, bare = [], [], []
    lines = body.head
    for number, line in enumerate(lines):
        for named in (n for n in days_in(line) if n.year_known):
            before, cell = left_of(line, named), cell_of(line, named)
            label = label_above(lines, number, named) if not before.strip() else ""
            if cue("head", "dated").search(cell) or (
                cue("head", "dated").search(label) and not cue("head", "other_day").match(label)
            ):
                labelled.append(named.day)
            elif cue("head", "other_day").search(cell) or cue("head", "other_day").match(label):
                continue
            elif _place.search(before):
                placed.append(named.day)
            elif not re.sub(r"[\W_]", "", rest_of(line, named)):
                bare.append(named.day)
    return [*labelled, *placed, *bare]


def cell_of(line: str, named: Named) -> str:
    """What stands before a day in its own column, or in the column beside it where that is a label."""
    parts = COLUMN.split(line[: named.start])
    own = parts[-1]
    return own if re.sub(_weekday, "", own).strip() else " ".join(parts[-2:])


def left_of(line: str, named: Named) -> str:
    return _weekday.sub("", COLUMN.split(line[: named.start])[-1])


def rest_of(line: str, named: Named) -> str:
    """The words of a day's own column beside it."""
    return left_of(line, named) + COLUMN.split(line[named.end :])[0]


def label_above(lines: list[str], number: int, named: Named) -> str:
    """The heading over a day that stands alone in its column."""
    for line in reversed(lines[max(0, number - 1) : number]):
        above = line[max(0, named.start - 6) : named.end + 6].strip()
        if above:
            return COLUMN.split(above)[-1]
    return ""


def foot(body: Body) -> list[date]:
    """A day with a place below the letter, or "Heden, de achttiende januari"."""
    found = []
    for line in body.lines:
        for named in (n for n in days_in(line) if n.year_known):
            before = line[: named.start]
            if re.search(
                r"\bheden,? (?:de )?$|\b(?:getekend|opgemaakt|gedaan|gegeven)\b.{0,40}\b(?:op )?$",
                before,
                re.IGNORECASE,
            ):
                return [named.day]
            if (
                re.fullmatch(r"\s*(?:['’]s-)?[A-Z][\w'’\- ]{2,28},\s*(?:\w+dag )?", before)
                and not line[named.end :].strip()
            ):
                found.append(named.day)
    return found[-1:]


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
