"""Which of the days in the head of a letter is its own."""

from __future__ import annotations

import re
from datetime import date

from bot.letters.cues import cue
from bot.letters.dates import WEEKDAYS, Named, days_in
from bot.letters.text import COLUMN, Body

TOWN = r"(?:['’]s-|['’]t |den? )?(?:[A-Z][\w'’\-/. ]{0,26} )?[A-Z][\w'’\-/]+"
_place = re.compile(rf"(?:^|\s){TOWN}(?: \([A-Za-z.]{{1,6}}\))?,\s*(?:den?\s+)?$")
_place_bare = re.compile(rf"^\s*{TOWN}\s+$")
_town_after = re.compile(rf",\s*(?:te )?{TOWN}\s*$")
_behind_label = re.compile(rf"\W*(?:(?:op|van|is)\b\W*)?(?:de\b\W*)?(?:{TOWN},\W*)?")
"""What may stand between a heading of the letter's date and the date: a place, with a comma."""
WEEKDAY = re.compile(
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
_beside_name = re.compile(r"\s[-–|·]\s(?:aan|dhr|de heer|mevr|mw|mevrouw|familie|fam)\b", re.IGNORECASE)
"""What stands behind a letter's date that begins a line: to whom it is."""
ACROSS = 24
"""Spaces beyond which nothing is the label of what stands behind them."""
FIRST_YEAR = 2015
"""A day before that is one on which somebody was born."""


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
    if not before.strip() and _beside_name.match(line, named.end):
        return 4
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
    if _hour_beside.match(line[named.end :]) or _hour_before.search(WEEKDAY.sub("", line[: named.start])):
        return True
    above = next((above for above in reversed(lines[max(0, number - 2) : number]) if above.strip()), "")
    begins = not WEEKDAY.sub("", line[: named.start]).strip()
    return begins and bool(_goes_on.search(above))


def labels(cell: str, what: str = "dated") -> bool:
    """Whether a cell ends in a heading of the letter's date."""
    return any(
        _behind_label.fullmatch(WEEKDAY.sub("", cell[found.end() :]))
        for found in cue("head", what).finditer(cell)
    )


def words_in(rest: str) -> str:
    """The letters beside a day that are no mark and no weekday."""
    return re.sub(r"[\W_]", "", _mark.sub(" ", WEEKDAY.sub("", rest)))


def cell_of(line: str, named: Named) -> str:
    """What stands before a day in its own column, or in the column beside it where that is a label: a
    letterhead across the page is none."""
    lead = line[: named.start]
    if len(lead) - len(lead.rstrip()) > ACROSS:
        return ""
    parts = COLUMN.split(lead)
    own = parts[-1]
    return own if re.sub(r"\W", "", WEEKDAY.sub("", own)) else " ".join(parts[-2:])


def left_of(line: str, named: Named) -> str:
    return WEEKDAY.sub("", COLUMN.split(line[: named.start])[-1])


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
