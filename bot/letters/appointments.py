"""Appointments in a letter: a day with an hour at which somebody is expected, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.letters.called_off import SENTENCE_END, called_off, without_dots
from bot.letters.cues import cue
from bot.letters.dates import UNITS, Named, days_in
from bot.letters.head import year_around
from bot.letters.places import place
from bot.letters.text import COLUMN, SENTENCE, Body

_hour = (
    r"(?P<hour>[01]?\d|2[0-3])(?:(?:\s?[.:]\s?|[uh])(?P<minute>[0-5]\d)|(?=\s?u(?:ur)?\b))"
    r"(?:\s*(?:u\b|uur|h\b))?"
)
_mark = r"(?:-|–|à|tot(?: en met)?|t/m|(?:(?<=tussen \d\s)|(?<=tussen \d\d\s))en)"
_stretch = (
    rf"(?P<first>[01]?\d|2[0-3])\s?{_mark}\s?(?P<last>[01]?\d|2[0-4])"
    r"(?:(?:[.:][0-5]\d)?\s?(?:u\b|uur\b|h\b)|[.:][0-5]\d\b)"
)
"""Hours without minutes, of which only the last may have its word: "tussen 9 en 11 uur", "9-10 u"."""
_no_length = (
    r"(?<!\bduurt\s)(?<!\bduren\s)(?<!\bongeveer\s)(?<!\bcirca\s)(?<!\bca\.\s)(?<!\belke\s)(?<!\bbinnen\s)"
)
_words = "|".join((*UNITS[1:13], "één"))
_spoken = (
    r"(?:(?P<some>vijf|tien|kwart|5|10)\s+(?P<side>over|voor)\s+)?(?P<half>half\s+)?"
    rf"(?P<near>{_words}|1[0-2]|[1-9])\b"
)
_time = re.compile(
    rf"(?:(?<=\bom\s)|(?<=\bvan\s)|(?<=\bvanaf\s)|(?<=\s\s)|(?<=:\s)|(?<=\|\s)|(?<=\d\d\d\d,\s)|(?<=^))"
    rf"(?=[\w ]+\bhalf\s|half\s|kwart\s|\w+\s(?:over|voor)\s){_spoken}"
    rf"|(?:(?<=\bom\s)|(?<=\bvan\s)(?=\w+\s(?:uur\s)?tot\b)|(?<=\btussen\s)(?=\w+\s(?:uur\s)?en\b))"
    rf"(?P<word>{_words})(?:\s+uur\b|(?=\s(?:tot|en)\s[\w ]{{3,20}}\suur\b))"
    rf"|{_no_length}(?<![\d.,€/\-]){_stretch}"
    rf"|{_no_length}(?<![\d.,€/\-]){_hour}(?![\d%]|[.,]\d|\s?(?:€|euro|km|m2))",
    re.IGNORECASE | re.MULTILINE,
)
_cell = re.compile(r"\S+(?: \S+)*")
_time_head = re.compile(r"(?:tijd(?:stip)?|begin|aanvang(?:stijd)?|begintijd)", re.IGNORECASE)
TABLE = 400
"""Characters below a day in which its table stands."""
_announces = re.compile(r"\s*:[ \t]*\n\s*\n?")
LONG_AGO = timedelta(days=400)
"""How long before a letter a day is no part of what it says of days: somebody was born on it."""
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
_later = re.compile(r"\s*(?:uur\s+)?['’]s\s+(?P<when>middags|avonds)", re.IGNORECASE)
_evening = re.compile(r"avonds?\b[^.?!]*$", re.IGNORECASE)
SOME = {"": 0, "vijf": 5, "5": 5, "tien": 10, "10": 10, "kwart": 15}
"""The minutes that are said before or after an hour or its half."""
FIRST = 7
"""The first hour that is taken for one of the morning where no part of the day is said ("om half drie")."""
_time_label = re.compile(
    r"^\s*(?:tijd(?:stip)?|hoe laat|aanvang(?:stijd)?|begintijd|om|uur)\b\s*:?", re.IGNORECASE
)
_until = re.compile(
    r"\s*(?:uur\s*)?(?:(?P<and>en)|-|–|tot(?: en met)?|t/m)\s*(?:(?P<hour>\d{1,2})(?:[.:]\d\d|(?=\s?u))"
    rf"|(?:half |(?:{_words}|kwart) (?:over|voor) ){{1,2}}(?:{_words})\b|(?:{_words})(?=\suur\b))"
    r"(?:\s?(?:uur|u)\b)?"
)
A_DAY = 9
"""Of how many hours nobody makes an appointment: it is when something is open, or goes on."""
HOUR_BEFORE = 80
"""How many characters before a day its hour may stand."""
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
    for number, named in enumerate(days):
        end = days[number + 1].start if number + 1 < len(days) else len(text)
        begin = days[number - 1].end if number else 0
        off = called_off(text, named, begin, end)
        if (sent and named.day <= sent) or (deadline_like(text, named) and not off):
            continue
        own = hours(text, named, end) or hour_before(text, named, begin)
        own = own or in_column(text, named) or in_rows(text, named, end)
        free |= {named.day} if off and not own else set()
        for match in [*own, *(same_day(text, own[-1].end(), end) if own and not off else [])]:
            start = datetime.combine(named.day, clock(text, match))
            over = until.end() if (until := _until.match(text, match.end())) else match.end()
            words = " ".join(text[min(named.start, match.start()) : max(named.end, over)].split())
            where = None if off else place(text, named.start, max(named.end, over), end)
            found.setdefault(start, Appointment(start, where, words, off=off))
    return [
        replace(found[start], off=True, place=None) if start.date() in free else found[start]
        for start in sorted(found)
    ]


def of_several_hours(quote: str) -> bool:
    """Whether the words of an appointment tell more than its hour: until when, or when to be there before."""
    found = list(_time.finditer(quote))
    return len(found) > 1 or any(one["first"] or _until.match(quote, one.end()) for one in found)


def deadline_like(text: str, named: Named) -> bool:
    """Whether a day is the edge of something: until, before, from."""
    before = text[max(0, named.start - 60) : named.start]
    line = text[text.rfind("\n", 0, named.start) + 1 : named.start]
    return bool(
        cue("appointments", "edge").search(" ".join(before.split()))
        or cue("appointments", "told").search(sentence_at(text, named.start))
        or date_label(line)
    )


def date_label(line: str) -> bool:
    """Whether a column's heading says that the day is the letter's own, or the last."""
    label = COLUMN.split(line)[-1] or line
    return bool(
        re.search(r"\b(?:dagtekening|vervaldatum|betaaldatum|geboorte\w*|verzend\w*)\b", label, re.IGNORECASE)
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
    for match in _time.finditer(text, named.end, limit):
        between = text[named.end : match.start()]
        if match.start() > line_end and not in_table(text, named, match):
            then = cue("appointments", "hour_then").search(" ".join(between.split()) + " ")
            return [match] if then else []
        edge = cue("appointments", "edge").search(" ".join(between.split()))
        if re.search(r"[€]|\beuro\b", between.rsplit("\n", 1)[-1]) or (
            edge and not at_home(text, named, match, edge[0])
        ):
            return []
        return [] if a_day_long(text, match) else [beginning(text, match, limit)]
    return []


def at_home(text: str, named: Named, match: re.Match[str], edge: str) -> bool:
    """Whether somebody comes to the reader's home from an hour on ("vanaf 8.00 uur iemand thuis")."""
    near = text[max(0, named.start - HOUR_BEFORE) : match.end() + REACH]
    return edge.startswith("vanaf") and bool(cue("appointments", "at_home").search(" ".join(near.split())))


def a_day_long(text: str, match: re.Match[str]) -> bool:
    """Whether what begins at an hour goes on as long as no appointment does ("8.00 - 17.00 uur")."""
    until = _until.match(text, match.end())
    last = match["last"] if " en " not in match[0] else None
    last = last or (until["hour"] if until and not until["and"] else None)
    return last is not None and int(last) - clock(text, match).hour >= A_DAY


def same_day(text: str, begin: int, end: int) -> list[re.Match[str]]:
    """A later hour on the day itself: "on the same day, at 13.00", "your wife at 11.00"."""
    found = _others_hour.match(text, begin, end) or _same_day.search(text, begin, end)
    return [match] if found and (match := _time.match(text, found.end())) else []


def in_column(text: str, named: Named) -> list[re.Match[str]]:
    """The hours of a table's rows under a heading for when it begins, where the day stands above it."""
    head, found, at = None, [], text.find("\n", named.end) + 1
    for line in text[at : at + TABLE].split("\n") if at else []:
        if head:
            times = _time.finditer(text, at, at + len(line)) if not dated(line, named.day) else ()
            match = next((one for one in times if near(one.start() - at, head)), None)
            found += [match] if match else []
            if found and not match:
                break
        else:
            head = next((cell.span() for cell in _cell.finditer(line) if _time_head.fullmatch(cell[0])), None)
        at += len(line) + 1
    return found


def dated(line: str, day: date) -> bool:
    """Whether a row has a day of its own, near to this; when somebody was born is none."""
    return any(abs(other.day - day) < LONG_AGO for other in days_in(line, day))


def in_rows(text: str, named: Named, end: int) -> list[re.Match[str]]:
    """The hours of the rows below a day that announces them ("op 20 oktober 2026:"), one for each person."""
    announced = _announces.match(text, named.end)
    found, at = [], announced.end() if announced else end
    while at < end:
        line_end = text.find("\n", at, end)
        line_end = end if line_end < 0 else line_end
        match = next(_time.finditer(text, at, line_end), None)
        if match is None:
            break
        found.append(match)
        at = line_end + 1
    return found


def near(place: int, column: tuple[int, int]) -> bool:
    """Whether something in a line begins in a column, or just before it."""
    return column[0] - 3 <= place <= column[1] + 1


def clock(text: str, match: re.Match[str]) -> time:
    """The hour of a match, of the afternoon where that is said, or can only be meant."""
    said = (match["near"] or match["word"] or match["first"] or match["hour"]).lower()
    hour = int(said) if said.isdecimal() else UNITS.index(said.replace("é", "e"))
    minute = int(match["minute"] or 0) - 30 * bool(match["half"])
    some = SOME[(match["some"] or "").lower()]
    minute += some if (match["side"] or "").lower() == "over" else -some
    hour, minute = hour + minute // 60, minute % 60
    alone = not match["minute"] and not said.startswith("0")
    evening = alone and _evening.search(text[max(0, match.start() - HOUR_BEFORE) : match.start()])
    if hour < 12 and (_later.match(text, match.end()) or (alone and 0 <= hour < FIRST) or evening):
        hour += 12
    return time(hour % 24, minute)


def hour_before(text: str, named: Named, begin: int) -> list[re.Match[str]]:
    """The hour that stands before a day in its sentence ("om 10.30 uur op"), where no other day does."""
    lead = text[max(begin, named.start - HOUR_BEFORE) : named.start]
    lead = re.split(r"[.!?:;]\s|\n[ \t]*\n", lead)[-1]
    first = named.start - len(lead)
    if first == begin and begin:
        return []
    found = [
        match
        for match in _time.finditer(text, first, named.start)
        if re.search(r"\bom\s$", text[first : match.start()], re.IGNORECASE)
    ]
    return found[-1:]


def beginning(text: str, first: re.Match[str], limit: int) -> re.Match[str]:
    """The hour at which it begins, where the first is the one to be there before ("meld u om 12.45 uur")."""
    if cue("appointments", "arrive").search(text[max(0, first.start() - 40) : first.start()]):
        for later in _time.finditer(text, first.end(), limit):
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
    return (
        "\n\n" not in between and not re.search(r"[.!?:;]\s", between) and bool(re.search(r"\bom\s*$", lead))
    )


def begins_with_label(lead: str) -> bool:
    """Whether what stands before an hour on its line is headed by a word for an hour."""
    parts = COLUMN.split(lead)
    return bool(_time_label.match(parts[-1])) or (len(parts) > 1 and bool(_time_label.match(parts[-2] + " ")))
