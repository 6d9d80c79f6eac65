"""Terms in a letter: printed days, and days counted from the letter's own by Dutch law.

Awb art. 6:7-6:9 (six weeks, from the day after sending), Algemene termijnenwet art. 1 and 3 (a legal
term that ends on a Saturday, Sunday or holiday runs on to the next day that is none; Good Friday and days
named by royal decree count as holidays), Awb art. 4:5 and 4:87. A printed day wins over a counted one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from holidays import country_holidays

from bot.domain.plan import months_on
from bot.letters.cues import cue
from bot.letters.dates import MONTHS, NUMBERS, Named, days_in
from bot.letters.text import Body

What = Literal["act", "pay", "object", "reply", "activate", "appeal"]
Basis = Literal["stated", "computed"]

NAMED_HOLIDAYS = frozenset({date(2027, 5, 7)})
"""Days named by royal decree under Algemene termijnenwet art. 3, third paragraph."""

DELIVERY = timedelta(days=2)
"""How long a letter is taken to be on its way where a term runs from its receipt."""


@dataclass(frozen=True)
class Deadline:
    """The last day for something, the words it rests on, and whether it is printed there or counted."""

    date: date
    what: What
    basis: Basis
    quote: str


@lru_cache(maxsize=16)
def holidays(year: int) -> frozenset[date]:
    found = country_holidays("NL", years=year)
    return frozenset(found) | {date(year, 5, 5)} | {day for day in NAMED_HOLIDAYS if day.year == year}


def free(day: date) -> bool:
    """Whether a legal term cannot end then."""
    return day.weekday() >= 5 or day in holidays(day.year)


def extended(day: date) -> date:
    """Algemene termijnenwet art. 1: on to the next day that is no Saturday, Sunday or holiday."""
    while free(day):
        day += timedelta(days=1)
    return day


def working_days_on(day: date, number: int) -> date:
    """So many Mondays to Fridays that are no holidays, from the day after."""
    while number:
        day += timedelta(days=1)
        number -= not free(day)
    return day


# printed

_PRINTED = re.compile(
    r"(?P<until>(?:uiterlijk|op zijn laatst|niet later dan|ten laatste)(?: op)?|tot en met|t/m"
    r"|vóór of op|voor of op|op of v[óo][óo]r|laatste dag is|uiterste \w*datum|betaal\w* v[óo][óo]r of op)"
    r"|(?P<before>vóór|voor(?= (?:\w+dag )?\d)|tot(?! en met)(?= (?:\w+dag )?\d))",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\b(?:van|vanaf|tussen)\s+(?:\w+dag )?\d{{1,2}}\b(?![.,]\d)"
    rf"(?:(?!\b(?:vóór|uiterlijk)\b)[^.?!]){{0,40}}$"
    rf"|(?<![\d,.])\d{{1,2}}(?: (?:{'|'.join(MONTHS)}))?(?: \d{{4}})?\s*$|\d-\d{{4}}\s*$|\d-\d{{1,2}}\s*$",
    re.IGNORECASE,
)
"""What stands before "until" where that ends a stretch of days, and is no last day for anybody."""


def printed(body: Body, sent: date | None) -> list[Deadline]:
    """Days that the letter itself names as the last."""
    return [
        deadline
        for begin, sentence in body.sentences
        for named in days_in(sentence, sent)
        if (deadline := stated(sentence, named, context(body, begin), sent))
    ]


EDGE = 34
"""How many characters may stand between an edge word and its day: a weekday, "op", "en met"."""
CLOSE = 70
"""How many characters before a last day may tell that it is the end of something else."""

_THAT_IS = re.compile(r"(?:dat|dit) is\b|dus\b", re.IGNORECASE)
"""How a sentence begins that only gives the day of what was said before."""


def context(body: Body, begin: int) -> str:
    """The words just before a sentence: a heading tells what a sentence under it is about."""
    return body.text[max(0, begin - 160) : begin]


def stated(sentence: str, named: Named, before: str, sent: date | None) -> Deadline | None:
    """A day in a sentence as a last one: by an edge word before it, or the heading beside it."""
    if sent and named.day < sent:
        return None
    left, flat = sentence[: named.start], quote(sentence)
    edge, label = edge_before(left), cue("terms", "labelled").search(left.rsplit("\n", 1)[-1][-60:])
    begin = edge.start() if edge else left.rfind(label[0]) if label else 0
    words = quote(sentence[begin : named.end])
    if edge and edge["until"] and cue("terms", "integration").search(flat):
        return Deadline(named.day, "act", "stated", words)
    if edge is None and (label is None or sentence[named.end :].lstrip().startswith("op rekening")):
        return None
    if edge and (ends_a_stretch(left, edge) or senders_own(flat, before)):
        return None
    day = named.day - timedelta(days=1) if edge and edge["before"] else named.day
    return Deadline(day, what_of(flat, before, label[0] if label else ""), "stated", words)


def edge_before(left: str) -> re.Match[str] | None:
    """The edge word ("uiterlijk", "vóór") that belongs to a day: the last before it, no figure between."""
    near = [edge for edge in _PRINTED.finditer(left) if len(left) - edge.end() <= EDGE]
    return next((edge for edge in reversed(near) if not re.search(r"\d", left[edge.end() :])), None)


def ends_a_stretch(left: str, edge: re.Match[str]) -> bool:
    """Whether the day ends a period: of what is valid, open, paid for."""
    return bool(_RANGE.search(left[: edge.start()]) or cue("terms", "valid").search(quote(left)[-CLOSE:]))


def senders_own(flat: str, before: str) -> bool:
    """Whether it is the sender who does something by then, in this sentence or the one it goes on from."""
    previous = re.split(r"(?<=[.?!])\s+", quote(before))[-1]
    whole = f"{previous} {flat}" if _THAT_IS.match(flat) else flat
    return bool(cue("terms", "senders_own").search(whole)) and not cue("terms", "readers").search(whole)


def quote(words: str) -> str:
    return " ".join(words.split())


# counted

GIVEN = (
    "geven u", "geef u", "heeft u", "u heeft", "hebt u", "u hebt", "je hebt", "heb je", "krijgt u",
    "u krijgt", "heeft u daarvoor", "u heeft daarvoor", "u hebt daarvoor", "u heeft daar", "je hebt daar",
)  # fmt: skip
"""What leads to a term that is given without saying from when: then it runs from the letter's day."""
SPOKEN_OF = ("is", "bedraagt", "van", "gedurende", "uiterlijk")
"""What leads to a term that is one only if it is said from when it runs."""
LEADS = ("binnen", "tot", *SPOKEN_OF, *GIVEN)

_number = "|".join(sorted((*NUMBERS, r"\d{1,3}"), key=len, reverse=True))
_unit = r"(?:kalender)?dagen|dag|weken|week|maanden|maand|werkdagen"
_leads = "|".join(rf"\b{lead}" for lead in sorted(LEADS, key=len, reverse=True))
_TERM = re.compile(
    rf"(?P<lead>{_leads})\s+(?:(?:een|de) termijn van |de |een |die |deze )?\b(?P<number>{_number})\s*"
    rf"(?:\([\w ]+\)\s*)?(?P<unit>{_unit})\b",
    re.IGNORECASE,
)
_TERM_GOES_ON = re.compile(r"(?:de|deze|die) (?:termijn|[\w]+ (?:weken|dagen|maanden))\b", re.IGNORECASE)
"""How the next sentence begins where it tells from when a term runs."""


def counted(body: Body, sent: date, *, public: bool) -> list[Deadline]:
    """Terms in words, counted from the letter's day. ``public``: the sender is a public body, whose terms
    are those of a law."""
    found = []
    for begin, sentence in body.sentences:
        flat = sentence.replace("\n", " ")
        following = " ".join(body.text[begin + len(sentence) : begin + len(sentence) + 140].split())
        for match in _TERM.finditer(flat):
            day = last_day(flat, match, sent, following)
            if day is None or days_close(flat, match):
                continue
            what = what_of(quote(flat), context(body, begin), "")
            found.append(
                Deadline(extended(day) if public else day, what, "computed", quote(term_quote(flat, match)))
            )
    return found


def days_close(flat: str, match: re.Match[str]) -> bool:
    """Whether the term is only said beside a printed day: "binnen acht weken, dus uiterlijk 16 november"."""
    return bool(re.search(r"\b(?:dus|dat is|namelijk)\b.{0,20}\d", flat[match.end() : match.end() + 50]))


def last_day(flat: str, match: re.Match[str], sent: date, following: str) -> date | None:
    """The last day of a term in words; None where it is none of the reader's, or runs from elsewhere."""
    after, before = flat[match.end() : match.end() + 130], flat[: match.start()]
    lead = " ".join(match["lead"].lower().split())
    receipt, letter = cue("terms", "from_receipt").search(after[:110]), from_letter(lead, after, following)
    if lead in SPOKEN_OF and not letter:
        return None
    if lead in GIVEN and not re.match(
        r",?\s*(?:de tijd|tijd|om|na|vanaf|gerekend|te rekenen|te beginnen|voor)\b", after
    ):
        return None
    if not (letter or receipt) and (lead not in ("binnen", *GIVEN) or not meant_from_now(flat, after)):
        return None
    if cue("terms", "senders_own").search(flat) and not cue("terms", "readers").search(flat):
        return None
    if cue("terms", "sender_decides").search(before[-60:]):
        return None
    if cue("terms", "past").search(before[-60:]) and not letter:
        return None
    number = NUMBERS.get(match["number"].lower()) or int(match["number"])
    received = receipt and not cue("terms", "sent").search(after[: receipt.end()])
    return ends(sent + DELIVERY if received else sent, number, match["unit"].lower())


def from_letter(lead: str, after: str, following: str) -> bool:
    """Whether a term runs from the letter's day, by its own words or those of the next sentence."""
    if cue("terms", "from_letter").search(after):
        return True
    goes_on = lead in ("is", "bedraagt", *GIVEN) or _TERM_GOES_ON.match(following)
    return bool(goes_on and cue("terms", "from_letter").search(following))


def meant_from_now(flat: str, after: str) -> bool:
    """Whether a term that does not say from when is one of this letter: "Betaal binnen 14 dagen". What is to
    be done whenever something happens is none."""
    elsewhere = cue("terms", "elsewhere").search(after[:40])
    return bool(
        not elsewhere and cue("terms", "asked").search(flat) and not cue("terms", "habit").search(flat)
    )


def ends(begins: date, number: int, unit: str) -> date:
    if "werkdag" in unit:
        return working_days_on(begins, number)
    if "maand" in unit:
        return months_on(begins, number)
    return begins + timedelta(days=number * (7 if "we" in unit else 1))


def term_quote(flat: str, match: re.Match[str]) -> str:
    """The term with what it is counted from."""
    end = re.search(r"[.,;?!](?:\s|$)", flat[match.end() :])
    return flat[match.start() : match.end() + (min(end.start(), 90) if end else 60)]


# what for

PURPOSES: tuple[What, ...] = ("appeal", "object", "activate", "pay", "reply")
"""The surest first: an objection may speak of paying as well."""


def what_of(words: str, before: str, label: str) -> What:
    """What the last day is for: by the sentence's own words, else by the heading above it."""
    if label and re.search(r"betaal|betalen|verval|voldoen", label, re.IGNORECASE):
        return "pay"
    for part in (words, before.rsplit("\n\n", 1)[-1]):
        for what in PURPOSES:
            if cue("purpose", what).search(part):
                return what
    return "act"


def month_ends(body: Body, sent: date) -> list[Deadline]:
    """ "Before the end of this month": the last day of the letter's own, printed as it were."""
    last = (sent.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return [
        Deadline(last, what_of(quote(sentence), context(body, begin), ""), "stated", quote(match[0]))
        for begin, sentence in body.sentences
        for match in cue("terms", "month_end").finditer(sentence)
    ]


def deadlines(body: Body, sent: date | None, *, public: bool) -> list[Deadline]:
    """All of a letter's last days, earliest first, each day and purpose once; a printed one wins."""
    found = printed(body, sent)
    if sent:
        found += month_ends(body, sent) + counted(body, sent, public=public)
    kept: dict[tuple[date, What], Deadline] = {}
    for deadline in found:
        kept.setdefault((deadline.date, deadline.what), deadline)
    return sorted(kept.values(), key=lambda deadline: (deadline.date, deadline.what))
