"""Appointments in a letter: a day with an hour at which somebody is expected, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.letters.called_off import SENTENCE_END, called_off, without_dots
from bot.letters.clocks import HOUR_BEFORE, TIME, UNTIL, a_day_long, clock
from bot.letters.cues import cue
from bot.letters.dates import Named, days_in
from bot.letters.head import year_around
from bot.letters.houses import for_others
from bot.letters.places import place, place_in
from bot.letters.text import COLUMN, SENTENCE, Body
from bot.letters.timetables import LONG_AGO, in_column, in_own_column, in_rows, line_around

_same_day = re.compile(
    r"\b(?:(?:op )?(?:de|die)zelfde (?:dag|middag|ochtend)|daarna),?\s(?:[^.\d]{0,40}?\s)?om\s+",
    re.IGNORECASE,
)
_others_hour = re.compile(
    r"[^.;\d]{0,40}\b(?:uw (?:\w+ )?(?:vrouw|man|echtgenote?|echtgenoot|partner|zoon|dochter|kind\w*)"
    r"|mevrouw|de heer|meneer)\b[^.;\d]{0,40}\bom\s+",
    re.IGNORECASE,
)
"""What leads in a sentence from the hour of one person to that of another."""
_time_label = re.compile(
    r"^\s*(?:tijd(?:stip)?|hoe laat|aanvang(?:stijd)?|begintijd|om|uur)\b\s*:?", re.IGNORECASE
)
REACH = 170
"""How many characters may lie between a day and its hour, where the lines between are a table."""


@dataclass(frozen=True)
class Appointment:
    """When somebody is expected (local Dutch time, naive), where (None: not said), and the words. ``off``:
    the letter says that it does not take place."""

    start: datetime
    place: str | None
    quote: str
    off: bool = False


def appointments(body: Body, sent: date | None, near: date | None = None) -> list[Appointment]:
    """All appointments, in order of time, those included that are off. What was before the letter is told,
    not made. ``near``: what tells the year of days in a letter without a date."""
    found: dict[datetime, Appointment] = {}
    free: set[date] = set()
    text = body.text
    near = sent or near or year_around(body)
    days = [one for one in days_in(text, near) if not sent or sent - one.day < LONG_AGO]
    others = for_others(body, days)
    for number, named in enumerate(days):
        end = days[number + 1].start if number + 1 < len(days) else len(text)
        begin = days[number - 1].end if number else 0
        off = called_off(text, named, begin, end)
        past = sent and named.day <= sent
        if past or named.start in others or (deadline_like(text, named) and not off):
            continue
        own, below = in_own_column(text, named, days) or (expected(text, named, begin, end), None)
        free |= {named.day} if off and not own else set()
        for match in [*own, *(same_day(text, own[-1].end(), end) if own and not off else [])]:
            start = datetime.combine(named.day, clock(text, match))
            over = until.end() if (until := UNTIL.match(text, match.end())) else match.end()
            words = " ".join(text[min(named.start, match.start()) : max(named.end, over)].split())
            where = (
                place_in(below, labelled=True)
                if below
                else place(text, named.start, max(named.end, over), end)
            )
            where = None if off else where
            found.setdefault(start, Appointment(start, where, words, off=off))
    return [
        replace(found[start], off=True, place=None) if start.date() in free else found[start]
        for start in sorted(found)
    ]


def expected(text: str, named: Named, begin: int, end: int) -> list[re.Match[str]]:
    """The hours of a day, wherever they stand. ``begin``, ``end``: where the days around it do."""
    own = hours(text, named, end) or hour_before(text, named, begin)
    each = in_rows(text, named, end) if own else []
    if len(each) > 1 and each[0].start() == own[0].start():
        return each
    return own or in_column(text, named) or in_rows(text, named, end)


def of_several_hours(quote: str) -> bool:
    """Whether the words of an appointment tell more than its hour: until when, or when to be there before."""
    found = list(TIME.finditer(quote))
    return len(found) > 1 or any(one["first"] or UNTIL.match(quote, one.end()) for one in found)


def deadline_like(text: str, named: Named) -> bool:
    """Whether a day is the edge of something: until, before, from."""
    before = text[max(0, named.start - 60) : named.start]
    if needs_nobody(text, named) and not be_home(text, named):
        return True
    line = text[text.rfind("\n", 0, named.start) + 1 : named.start]
    return bool(
        cue("appointments", "edge").search(" ".join(before.split()))
        or date_label(line)
        or (cue("appointments", "told").search(told_at(text, named)) and not be_home(text, named))
    )


def needs_nobody(text: str, named: Named) -> bool:
    """Whether what comes on a day waits for nobody: it is left elsewhere, or only comes to cut something off
    if the reader does nothing."""
    before = text[max(0, named.start - 2 * REACH) : named.start].rsplit("\n\n", maxsplit=1)[-1]
    after = text[named.start : named.end + 2 * REACH].split("\n\n", maxsplit=1)[0]
    own = re.split(r"[.;?!:]\s", before)[-1] + after
    return bool(
        cue("appointments", "undone").search(" ".join(before.split()) + " ")
        or cue("appointments", "brought").search(" ".join(own.split()))
    )


def told_at(text: str, named: Named) -> str:
    """What says of a day what is on it: its sentence, or its row where it begins one of a list of days."""
    begin, end = line_around(text, named.start)
    row = not text[begin : named.start].strip(" \t-*•|") and COLUMN.match(text, named.end, end)
    return without_dots(text[begin:end]) if row else sentence_at(text, named.start)


def be_home(text: str, named: Named) -> bool:
    """Whether a letter says around a day that somebody must be at home: whatever is done, is done there."""
    near = text[max(0, named.start - HOUR_BEFORE) : named.end + 2 * REACH]
    return bool(cue("appointments", "be_home").search(" ".join(near.split())))


def date_label(line: str) -> bool:
    """Whether a column's heading says that the day is the letter's own, or the last."""
    label = COLUMN.split(line)[-1] or line
    return bool(
        re.search(
            r"\b(?:dagtekening|vervaldatum|betaaldatum|geboorte\w*|verzend\w*|deadline|uiterste|inleverdatum|sluitingsdatum)\b",
            label,
            re.IGNORECASE,
        )
    )


def sentence_at(text: str, place: int) -> str:
    most = max(0, place - SENTENCE)
    begin = max(text.rfind(". ", most, place), text.rfind("\n\n", most, place), most - 1) + 1
    end = SENTENCE_END.search(text, place, place + 120)
    return without_dots(text[begin : end.start() if end else place + 120])


def hours(text: str, named: Named, end: int) -> list[re.Match[str]]:
    """The hour that belongs to a day: the first after it, on its line or in the rows of its table. The end
    of a stretch ("10.00 - 11.30") is none; nor is an hour before which something must have happened."""
    line_end = text.find("\n", named.end)
    line_end = len(text) if line_end < 0 else line_end
    limit = min(end, named.end + REACH)
    for match in TIME.finditer(text, named.end, limit):
        between = text[named.end : match.start()]
        if match.start() > line_end and not in_table(text, named, match):
            then = cue("appointments", "hour_then").search(" ".join(between.split()) + " ")
            return [match] if then else []
        edge = cue("appointments", "edge").search(" ".join(between.split()))
        if re.search(r"[€]|\beuro\b", between.rsplit("\n", 1)[-1]) or (
            edge and not at_home(text, named, match, edge[0])
        ):
            return []
        ends = a_day_long(text, match) or cue("appointments", "ends").match(text, match.end())
        return [] if ends else [beginning(text, match, limit)]
    return []


def at_home(text: str, named: Named, match: re.Match[str], edge: str) -> bool:
    """Whether somebody comes to the reader's home from an hour on ("vanaf 8.00 uur iemand thuis")."""
    near = text[max(0, named.start - HOUR_BEFORE) : match.end() + REACH]
    return edge.startswith("vanaf") and bool(cue("appointments", "at_home").search(" ".join(near.split())))


def same_day(text: str, begin: int, end: int) -> list[re.Match[str]]:
    """A later hour on the day itself: "on the same day, at 13.00", "your wife at 11.00"."""
    found = _others_hour.match(text, begin, end) or _same_day.search(text, begin, end)
    return [match] if found and (match := TIME.match(text, found.end())) else []


def hour_before(text: str, named: Named, begin: int) -> list[re.Match[str]]:
    """The hour that stands before a day in its sentence ("om 10.30 uur op"), where no other day does."""
    lead = text[max(begin, named.start - HOUR_BEFORE) : named.start]
    lead = re.split(r"[.!?:;]\s|\n[ \t]*\n", lead)[-1]
    first = named.start - len(lead)
    if first == begin and begin:
        return []
    found = [
        match
        for match in TIME.finditer(text, first, named.start)
        if re.search(r"\bom\s$", text[first : match.start()], re.IGNORECASE)
        and not cue("appointments", "edge").search(" ".join(text[first : match.start()].split()))
    ]
    return found[-1:]


def beginning(text: str, first: re.Match[str], limit: int) -> re.Match[str]:
    """The hour at which it begins, where the first is the one to be there before ("meld u om 12.45 uur")."""
    if cue("appointments", "arrive").search(text[max(0, first.start() - 40) : first.start()]):
        for later in TIME.finditer(text, first.end(), limit):
            if cue("appointments", "begins").search(text[max(0, later.start() - 40) : later.start()]):
                return later
    return first


def in_table(text: str, named: Named, match: re.Match[str]) -> bool:
    """Whether an hour on a later line belongs to the day: the line says so, or the sentence goes on."""
    line_begin = text.rfind("\n", 0, match.start()) + 1
    lead = COLUMN.split(text[line_begin : match.start()])[-1]
    between = text[named.end : match.start()]
    if begins_with_label(text[line_begin : match.start()]) or re.fullmatch(
        r"\W*(?:ook\s*)?(?:(?:om|van|vanaf)\s*)?", lead
    ):
        return "\n\n" not in between.strip("\n") or begins_with_label(text[line_begin : match.start()])
    if "\n\n" in between or re.search(r"[.!?:;]\s", between):
        return False
    goes_on = text[line_begin : line_begin + 1].islower() and re.search(r"\b(?:van|tussen)\s*$", lead)
    return bool(goes_on or re.search(r"\bom\s*$", lead))


def begins_with_label(lead: str) -> bool:
    """Whether what stands before an hour on its line is headed by a word for an hour."""
    parts = COLUMN.split(lead)
    return bool(_time_label.match(parts[-1])) or (len(parts) > 1 and bool(_time_label.match(parts[-2] + " ")))
