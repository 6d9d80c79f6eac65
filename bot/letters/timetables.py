"""Days and hours in tables: in rows below a day, under a heading, or each in a column of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from bot.letters.clocks import TIME
from bot.letters.dates import WEEKDAYS, Named, days_in

_cell = re.compile(r"\S+(?: \S+)*")
_beside = re.compile(r"[^\s|]+(?: [^\s|]+)*")
"""A cell of a line whose columns a stroke may part as well."""
_place_head = re.compile(r"(?:plaats|waar|locatie|adres|bij|kamer)\b\W*", re.IGNORECASE)
_apart = re.compile(r"[ ]{2}|\t|\|")
_time_head = re.compile(r"(?:tijd(?:stip)?|begin|aanvang(?:stijd)?|begintijd)", re.IGNORECASE)
TABLE = 400
"""Characters below a day in which its table stands."""
_line_ends = re.compile(r"[ \t]*\n")
_weekday = re.compile(rf"\b(?:op\s+)?(?:{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_what_for = re.compile(
    r"\b(?:tijd(?:stip)?|aankomst|meld\w*|ontvangst|inloop|start|einde|begin\w*|aanvang|gesprek|onderzoek|tot|uiterlijk"
    r"|programma|pauze|lunch|afsluiting|koffie)\b",
    re.IGNORECASE,
)
COLUMN_WIDTH = 3
_announces = re.compile(r"\s*:[ \t]*\n\s*\n?")
LONG_AGO = timedelta(days=400)
"""How long before a letter a day is no part of what it says of days: somebody was born on it."""


def in_column(text: str, named: Named) -> list[re.Match[str]]:
    """The hours of a table's rows under a heading for when it begins, where the day stands above it."""
    head, found, at = None, [], text.find("\n", named.end) + 1
    for line in text[at : at + TABLE].split("\n") if at else []:
        if head:
            times = TIME.finditer(text, at, at + len(line)) if not dated(line, named.day) else ()
            match = next((one for one in times if near(one.start() - at, head)), None)
            found += [match] if match else []
            if found and not match:
                break
        else:
            head = next((cell.span() for cell in _cell.finditer(line) if _time_head.fullmatch(cell[0])), None)
        at += len(line) + 1
    return found


def in_own_column(
    text: str, named: Named, days: list[Named]
) -> tuple[list[re.Match[str]], str | None] | None:
    """The hour below a day that heads a column among others ("datum   8 mei   9 mei" over "tijd   9.00
    10.00"), and the words for its place. None where it stands otherwise; no hour if its column has none."""
    columns = heads(text, named, days)
    for line in rows_below(text, named.end) if columns else ():
        cells = [cell.span() for cell in _beside.finditer(text, *line)]
        times = [match for cell in cells if (match := next(TIME.finditer(text, *cell), None))]
        if not times or len(cells) < 2:
            continue
        own = under(text, named, columns, [match.start() for match in times])
        return ([times[own]] if own is not None else []), place_below(text, named, columns, line)
    return None


def heads(text: str, named: Named, days: list[Named]) -> list[Named]:
    """The days beside each other on a line, this one among them; none where it is not one of several."""
    begin, end = line_around(text, named.start)
    here = [one for one in days if begin <= one.start < end]
    between = (text[one.end : other.start] for one, other in pairwise(here))
    if len(here) < 2 or not all(map(_apart.search, between)) or next(TIME.finditer(text, begin, end), None):
        return []
    return here


def under(text: str, named: Named, columns: list[Named], places: list[int]) -> int | None:
    """Which of some places on a line is that below a day: by their order, where there are as many as days."""
    if len(places) == len(columns):
        return columns.index(named)
    begin = line_around(text, named.start)[0]
    own = (named.start - begin, named.end - begin)
    found = (n for n, one in enumerate(places) if near(one - line_around(text, one)[0], own))
    return next(found, None)


def place_below(text: str, named: Named, columns: list[Named], after: tuple[int, int]) -> str | None:
    """What stands below a day in a later row that is headed as a place."""
    for line in rows_below(text, after[0]):
        cells = [*_beside.finditer(text, *line)]
        if cells and _place_head.fullmatch(cells[0][0]):
            own = under(text, named, columns, [cell.start() for cell in cells[1:]])
            return cells[1:][own][0] if own is not None else None
    return None


def rows_below(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Where the lines below a place begin and end, as far as its table goes: to an empty one."""
    end = line_around(text, place)[1]
    while end < len(text):
        begin, end = line_around(text, end + 1)
        if not text[begin:end].strip():
            return
        yield begin, end


def line_around(text: str, place: int) -> tuple[int, int]:
    """Where the line of a place begins and ends."""
    end = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end


def in_rows(text: str, named: Named, end: int) -> list[re.Match[str]]:
    """The hours of the rows below a day that announces them ("op 20 oktober 2026:") or has a line for itself,
    one for each person."""
    announced, alone = _announces.match(text, named.end), False
    if not announced and not _weekday.sub("", text[line_around(text, named.start)[0] : named.start]).strip():
        announced, alone = _line_ends.match(text, named.end), True
    found: list[re.Match[str]] = []
    at = announced.end() if announced else end
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        match = next(TIME.finditer(text, at, line_end), None)
        if match is None or (alone and not of_somebody(text[at:line_end], match.start() - at, found)):
            break
        found.append(match)
        at = line_end + 1
    return found


def of_somebody(row: str, hour: int, found: list[re.Match[str]]) -> bool:
    """Whether a row tells the hour of one of several people: in the same column as those above, beside words
    that are not what the hour is for."""
    above = {match.start() - line_around(match.string, match.start())[0] for match in found}
    return not _what_for.search(row) and all(abs(column - hour) <= COLUMN_WIDTH for column in above)


def dated(line: str, day: date) -> bool:
    """Whether a row has a day of its own, near to this; when somebody was born is none."""
    return any(abs(other.day - day) < LONG_AGO for other in days_in(line, day))


def near(place: int, column: tuple[int, int]) -> bool:
    """Whether something in a line begins in a column, or just before it."""
    return column[0] - 3 <= place <= column[1] + 1
