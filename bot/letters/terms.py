"""Terms in a letter: printed days, and days counted from the letter's own by Dutch law.

Awb art. 6:7-6:9 (six weeks, from the day after sending), Awb art. 4:5 and 4:87; the law's calendar is in
``dates``. A printed day wins over a counted one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from bot.letters.cues import (
    anothers,
    clause,
    cue,
    early,
    edge_before,
    ends_a_stretch,
    ends_term,
    heading,
    instalment,
    meant,
    quote,
    senders_own,
    told,
)
from bot.letters.dates import MONTHS, NUMBERS, Named, days_in, ends, exists, extended, month_end
from bot.letters.head import year_around
from bot.letters.purpose import What, what_of
from bot.letters.text import Body

Basis = Literal["stated", "computed"]

MANY, FEW = 120, 8
"""More days than any letter names, and more terms than any sentence."""
FAR = 60
"""Characters beyond which the heading of a day is not quoted with it: other rows lie between."""
DELIVERY = timedelta(days=2)
"""How long a letter is taken to be on its way where a term runs from its receipt."""


@dataclass(frozen=True)
class Deadline:
    """The last day for something, the words it rests on, and whether it is printed there or counted.
    ``faint``: the line it stands on could hardly be read."""

    date: date
    what: What
    basis: Basis
    quote: str
    faint: bool = False


# printed


def printed(body: Body, sent: date | None, near: date | None) -> list[Deadline]:
    """Days that the letter itself names as the last. ``near``: what tells the year of one without."""
    days = (
        (begin, sentence.replace("\n", " "), named)
        for begin, sentence in body.sentences
        for named in days_in(sentence, near)
        if not (sent and named.day < sent)
    )
    found = (stated(body, begin, sentence, named) for begin, sentence, named in islice(days, MANY))
    return [deadline for deadline in found if deadline]


def context(body: Body, begin: int) -> str:
    """The words just before a sentence: a heading tells what a sentence under it is about."""
    return body.text[max(0, begin - 160) : begin]


def stated(body: Body, begin: int, sentence: str, named: Named) -> Deadline | None:
    """A day in a sentence as a last one: by an edge word before it, the heading beside or above it, or what
    the sentence says of it."""
    flat, first = quote(sentence), row_begins(sentence, named)
    left, right = sentence[:first], sentence[named.end :]
    edge, before = edge_before(left), context(body, begin)
    label = (heading(body, begin, named) or instalment(body, begin, named)) if edge is None else None
    start = edge.start() if edge else max(left.rfind(label), 0) if label and label in left else named.start
    words = quote(sentence[named.start if label and named.start - start > FAR else start : named.end])
    if (edge and edge["until"] and cue("terms", "integration").search(flat)) or ends_term(
        body, begin + named.start
    ):
        return Deadline(named.day, "act", "stated", words)
    lapses = told(left, right)
    if not (lapses or label or (edge and meant(sentence, edge, named, before))):
        return None
    if cue("terms", "bygone").search(_ASKED.sub("", clause(sentence, start))) or early(left, right):
        return None
    if not lapses and edge and ends_a_stretch(sentence, edge, named):
        return None
    if right.lstrip().startswith("op rekening") if label else anothers(sentence, start, named.end, before):
        return None
    one_before = (
        edge["before"] or edge["weak"] if edge else cue("terms", "labelled_before").search(label or "")
    )
    day = named.day - timedelta(days=1) if one_before else named.day
    return Deadline(day, what_of(flat, before, label or ""), "stated", words)


def row_begins(sentence: str, named: Named) -> int:
    """Where a row of days begins that ends here, each of them for a part ("31 maart, 30 april en 31 mei")."""
    begin = named.start
    if not cue("terms", "in_parts").search(sentence):
        return begin
    for before in reversed(days_in(sentence[:begin], named.day)):
        if not _IN_A_ROW.fullmatch(sentence[before.end : begin]):
            break
        begin = before.start
    return begin


_IN_A_ROW = re.compile(r"\s*(?:,|en|,\s*en|&)\s+", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:waarom|hoe|wat|wie|waar)\b.*", re.IGNORECASE | re.DOTALL)
"""What the reader is to tell ("why you were not there") is past, the day to tell it by is not."""

# counted

_number = "|".join(sorted((*NUMBERS, r"\d{1,3}"), key=len, reverse=True))
_unit = r"(?:kalender)?dagen|dag|weken|week|maanden|maand|werkdagen|dgn|wkn|mnd"
SHORT_UNITS = {"dgn": "dagen", "wkn": "weken", "mnd": "maanden"}
_for = (
    r"(?: (?:daarvoor|hiervoor|daartoe|hiertoe|daar|hier|van ons|van mij|alsnog|nu nog|nog|dan|nu|dus|hierna"
    r"|in totaal|vanaf nu)){0,3}"
)
_TERM = re.compile(
    rf"\b(?P<lead>(?P<within>binnen|uiterlijk binnen|(?:uiterlijk|vandaag) over)"
    rf"|(?P<given>(?:(?:geven|geef|gunnen|bieden) (?:u|je)"
    rf"|(?:u|je) (?:heeft|hebt|krijgt)|(?:heeft|hebt|heb|krijgt|krijg) (?:u|je)){_for})"
    rf"|(?P<named>\w*termijn(?: is \w+)? ?:?)|tot(?: uiterlijk)?|is|bedraagt|van|gedurende|uiterlijk"
    rf"|ten laatste|op (?:zijn|z'n) laatst|niet later dan)\s+"
    rf"(?:(?:een|de) termijn van |de |een |die |deze |(?:die|de)zelfde |ten hoogste |maximaal |uiterlijk )?"
    rf"\b(?P<number>{_number})\s*(?:\([\w ]+\)\s*)?(?P<unit>{_unit})\b",
    re.IGNORECASE,
)
"""``given``: a term given without saying from when runs from the letter's day; one that is ``named``, or only
spoken of ("is six weeks"), runs where it is said from when."""
_GIVEN_FOR = re.compile(
    r",?\s*(?:de tijd|tijd|om|na|vanaf|gerekend|te rekenen|geteld|te beginnen|voor|(?:de )?gelegenheid)\b",
    re.IGNORECASE,
)
_REFERS = re.compile(r"(?:doe|doet|meld|geef) (?:u )?(?:dit|dat|het)\b", re.IGNORECASE)
"""How a sentence begins that tells by when to do what the one before it named."""
_NAMED = re.compile(r"(?:betaal|betalings|reactie|herstel|bezwaar)[ -]?termijn", re.IGNORECASE)
"""Terms that are the reader's by their name."""
_TERM_GOES_ON = re.compile(
    r"(?:de|deze|die) (?:eerste dag|(?:\w+)?termijn|[\w]+ (?:weken|dagen|maanden))\b", re.IGNORECASE
)
"""How the next sentence begins where it tells from when a term runs."""
_SINCE = re.compile(
    r"[\s,(]*(?:(?:te rekenen|gerekend|geteld) )?(?:na|vanaf)(?: de dag na)? $", re.IGNORECASE
)
"""What stands between a term and the day from which it runs."""


def counted(body: Body, sent: date, *, public: bool) -> list[Deadline]:
    """Terms in words, counted from the letter's day. ``public``: the sender is a public body, whose terms
    are those of a law."""
    found = []
    for begin, sentence in body.sentences:
        flat, before = quote(sentence), context(body, begin)
        following = " ".join(body.text[begin + len(sentence) : begin + len(sentence) + 140].split())
        for match in islice(_TERM.finditer(flat), FEW):
            day = last_day(flat, match, sent, before, following)
            if day is None or days_close(flat, match):
                continue
            what = what_of(flat, before, "")
            found.append(
                Deadline(
                    extended(day) if public or what == "appeal" else day,
                    what,
                    "computed",
                    term_quote(flat, match),
                )
            )
    return found


def days_close(flat: str, match: re.Match[str]) -> bool:
    """Whether the term is only said beside a printed day: "binnen acht weken, dus uiterlijk 16 november"."""
    return bool(
        re.search(
            r"\b(?:dus|dat is|namelijk|te weten|d\.w\.z\.|uiterlijk|vóór|laatste dag)\b.{0,20}\d",
            flat[match.end() : match.end() + 75],
        )
    )


def last_day(flat: str, match: re.Match[str], sent: date, before: str, following: str) -> date | None:
    """The last day of a term in words; None where it is none of the reader's, or runs from elsewhere."""
    after, lead = flat[match.end() : match.end() + 130], flat[: match.start()]
    number = NUMBERS.get(match["number"].lower()) or int(match["number"])
    unit = SHORT_UNITS.get(match["unit"].lower(), match["unit"].lower())
    if not match["given"] and senders_own(flat, match.start(), match.end()):
        return None
    if cue("terms", "sender_decides").search(lead[-60:]):
        return None
    since = next((named for named in days_in(after[:70], sent) if _SINCE.match(after[: named.start])), None)
    if since:
        return ends(since.day, number, unit) if since.day >= sent else None
    vetoed = (there := cue("terms", "elsewhere").search(after[:40])) and there.start() <= 3
    told = f"{after[:110]} {following}" if _TERM_GOES_ON.match(following) else after[:110]
    receipt = None if vetoed else cue("terms", "from_receipt").search(told)
    letter = not vetoed and from_letter(match, after, following)
    if re.search(r"\b(?:een|de) termijn $", lead):
        receipt = receipt or cue("terms", "from_receipt").search(lead[-90:])
        letter = letter or bool(cue("terms", "from_letter").search(lead[-90:]))
    if not (letter or receipt) and not meant_from_now(flat, match, before):
        return None
    if cue("terms", "past").search(lead[-60:]) and not letter:
        return None
    if cue("terms", "should_have").search(clause(flat, match.start())):
        return None
    received = receipt and not cue("terms", "sent").search(receipt.string[: receipt.end()])
    return ends(sent + DELIVERY if received else sent, number, unit)


def from_letter(match: re.Match[str], after: str, following: str) -> bool:
    """Whether a term runs from the letter's day, by its own words or those of the next sentence."""
    if cue("terms", "from_letter").search(after):
        return True
    goes_on = match["given"] or match["named"] or match["lead"].lower() in ("is", "bedraagt")
    goes_on = goes_on or _TERM_GOES_ON.match(following)
    return bool(goes_on and cue("terms", "from_letter").search(following))


def meant_from_now(flat: str, match: re.Match[str], before: str) -> bool:
    """Whether a term that does not say from when is one of this letter: "Betaal binnen 14 dagen". What is to
    be done whenever something happens is none."""
    after, near = flat[match.end() : match.end() + 40], clause(flat, match.start())
    if match["named"] and not _NAMED.search(flat[: match.end()]):
        return False
    if match["given"] and not (_GIVEN_FOR.match(after) or re.search(r"(?:voor|toe)$", match["given"])):
        return False
    if not (match["within"] or match["given"] or match["named"]):
        return False
    if cue("terms", "third").search(near) and not re.search(r"\b(?:u|uw|je|jouw|jullie)\b", near):
        return False
    refers = _REFERS.match(flat) or before.rstrip().endswith("?")
    asks = re.split(r"(?<=[.!?])\s+", quote(before))[-1] if refers else ""
    if asks and cue("terms", "habit").search(asks) and not cue("purpose", "object").search(flat):
        return False
    named = match["named"] or cue("terms", "asked").search(flat)
    return bool(
        named and not cue("terms", "elsewhere").search(after) and not cue("terms", "habit").search(flat)
    )


def term_quote(flat: str, match: re.Match[str]) -> str:
    """The term with what it is counted from."""
    end = re.search(r"[.,;?!](?:\s|$)", flat[match.end() :])
    return flat[match.start() : match.end() + (min(end.start(), 90) if end else 60)]


# by the end of a month

_month_end = re.compile(
    rf"\b(?:vóór|voor|uiterlijk|tot en met|ten laatste)\s+(?:op\s+)?(?:het\s+)?"
    rf"(?:einde?|de\s+laatste\s+dag)\s+(?:van\s+)?(?:de\s+maand\s+)?(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)


def month_ends(body: Body, sent: date) -> list[Deadline]:
    """ "Before the end of this month": the last day of the letter's own, printed as it were; "by the end of
    November": of that month."""
    return [
        Deadline(
            month_end(day), what_of(quote(sentence), context(body, begin), ""), "stated", quote(match[0])
        )
        for begin, sentence in body.sentences
        for match, day in (
            *((match, sent) for match in cue("terms", "month_end").finditer(sentence)),
            *((match, named_month(match, sent)) for match in _month_end.finditer(sentence)),
        )
        if day and not senders_own(quote(sentence), *quoted(sentence, match))
    ]


def named_month(match: re.Match[str], sent: date) -> date | None:
    """The first day of a month by its name, in this year or the next."""
    month = MONTHS.index(match["month"].lower()) + 1
    return exists(int(match["year"] or sent.year + (month < sent.month)), month, 1)


def quoted(sentence: str, match: re.Match[str]) -> tuple[int, int]:
    """Where a match stands in the sentence's even words."""
    begin = len(quote(sentence[: match.start()] + "|")) - 1
    return begin, begin + len(quote(match[0]))


def deadlines(body: Body, sent: date | None, *, public: bool) -> list[Deadline]:
    """All of a letter's last days, earliest first, each day and purpose once; a printed one wins."""
    found = printed(body, sent, sent or year_around(body))
    if sent:
        found += month_ends(body, sent) + counted(body, sent, public=public)
    kept: dict[tuple[date, What], Deadline] = {}
    for deadline in found:
        kept.setdefault((deadline.date, deadline.what), deadline)
    return sorted(kept.values(), key=lambda deadline: (deadline.date, deadline.what))
