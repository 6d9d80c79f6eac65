"""The hours that a letter names: "om 10.30 uur", "half elf", "van 9 tot 10 uur"."""

from __future__ import annotations

import re
from datetime import time

from bot.letters.dates import UNITS

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
    r"(?<!\bminimaal\s)(?<!\bmaximaal\s)(?<!\bgemiddeld\s)(?<!\bminstens\s)(?<!\bten minste\s)"
    r"(?<!\bin totaal\s)"
)
_no_number = (
    r"(?!\s?(?:uur|u\b|uren)?\s*(?:\b(?:\w+\s)?(?:per|in (?:de|een))\s(?:week|dag|maand|jaar)\b(?!\svan\b)"
    r"|/\s?(?:week|wk|dag|maand)\b|p/?w\b|(?:lang|later|eerder|vooraf|ervoor|nuchter|van tevoren)\b))"
)
"""Hours that are counted: "15 uur per week", "2 uur van tevoren"."""
_words = "|".join((*UNITS[1:13], "één"))
_spoken = (
    r"(?:(?P<some>vijf|tien|kwart|5|10)\s+(?P<side>over|voor)\s+)?(?P<half>half\s+)?"
    rf"(?P<near>{_words}|1[0-2]|[1-9])\b"
)
TIME = re.compile(
    rf"(?:(?<=\bom\s)|(?<=\bvan\s)|(?<=\bvanaf\s)|(?<=\s\s)|(?<=:\s)|(?<=\|\s)|(?<=\d\d\d\d,\s)|(?<=^))"
    rf"(?=[\w ]+\bhalf\s|half\s|kwart\s|\w+\s(?:over|voor)\s){_spoken}"
    rf"|(?:(?<=\bom\s)|(?<=\bvan\s)(?=\w+\s(?:uur\s)?tot\b)|(?<=\btussen\s)(?=\w+\s(?:uur\s)?en\b))"
    rf"(?P<word>{_words})(?:\s+uur\b|(?=\s(?:tot|en)\s[\w ]{{3,20}}\suur\b))"
    rf"|{_no_length}(?<![\d.,€/\-]){_stretch}{_no_number}"
    rf"|{_no_length}(?<![\d.,€/\-]){_hour}(?![\d%]|[.,]\d|\s?(?:€|euro|km|m2)){_no_number}",
    re.IGNORECASE | re.MULTILINE,
)
_later = re.compile(r"\s*(?:uur\s+)?['’]s\s+(?P<when>middags|avonds)", re.IGNORECASE)
_evening = re.compile(r"avonds?\b[^.?!]*$", re.IGNORECASE)
SOME = {"": 0, "vijf": 5, "5": 5, "tien": 10, "10": 10, "kwart": 15}
"""The minutes that are said before or after an hour or its half."""
FIRST = 7
"""The first hour that is taken for one of the morning where no part of the day is said ("om half drie")."""
UNTIL = re.compile(
    r"\s*(?:uur\s*)?(?:(?P<and>en)|-|–|tot(?: en met)?|t/m)\s*(?:(?P<hour>\d{1,2})(?:[.:]\d\d|(?=\s?u))"
    rf"|(?:half |(?:{_words}|kwart) (?:over|voor) ){{1,2}}(?:{_words})\b|(?:{_words})(?=\suur\b))"
    r"(?:\s?(?:uur|u)\b)?"
)
A_DAY = 9
"""Of how many hours nobody makes an appointment: it is when something is open, or goes on."""
HOUR_BEFORE = 80
"""How many characters before a day its hour may stand; and before an hour, the part of the day."""


def a_day_long(text: str, match: re.Match[str]) -> bool:
    """Whether what begins at an hour goes on as long as no appointment does ("8.00 - 17.00 uur")."""
    until = UNTIL.match(text, match.end())
    last = match["last"] if " en " not in match[0] else None
    last = last or (until["hour"] if until and not until["and"] else None)
    return last is not None and int(last) - clock(text, match).hour >= A_DAY


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
