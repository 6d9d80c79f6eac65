"""Terms in words, counted from the letter's own day by Dutch law: "binnen zes weken na dagtekening".

Awb art. 6:7-6:9 (six weeks, from the day after sending), Awb art. 4:5 and 4:87; the law's calendar is in
``dates``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import islice

from bot.letters.cues import clause, cue, quote, senders_own
from bot.letters.dates import NUMBERS, days_in, ends, extended
from bot.letters.deadline import Deadline, context, what_of
from bot.letters.text import Body

FEW = 8
"""More terms than any sentence has."""
DELIVERY = timedelta(days=2)
"""How long a letter is taken to be on its way where a term runs from its receipt."""

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
_IT_IS = re.compile(r"\b(?:het|dat|dit) is (?:al |nog |nu )?$", re.IGNORECASE)
"""What tells how long something still takes: no term."""
_RULING = re.compile(r"\b(?:na|nadat)\b[^.]{0,20}\b(?:uitspraak|beslissing)\b", re.IGNORECASE)
_THEN = re.compile(r"\bdan\b", re.IGNORECASE)
"""What is given "then" runs from what was said before, not from the letter."""
_REFERS = re.compile(r"(?:doe|doet|meld|geef) (?:u )?(?:dit|dat|het)\b", re.IGNORECASE)
"""How a sentence begins that tells by when to do what the one before it named."""
_NAMED = re.compile(r"(?:betaal|betalings|reactie|herstel|bezwaar|beroeps|verzet)[ -]?termijn", re.IGNORECASE)
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
    found, to_come = [], cue("terms", "ruling_to_come").search(body.text)
    served = "betekening" in body.text.lower() and bool(cue("terms", "served").search(body.text))
    for begin, sentence in body.sentences:
        flat, before = quote(sentence), context(body, begin)
        following = " ".join(body.text[begin + len(sentence) : begin + len(sentence) + 140].split())
        for match in islice(_TERM.finditer(flat), FEW):
            if served and cue("terms", "from_service").match(flat[match.end() :]):
                day: date | None = ends(sent, *length(match))
            else:
                day = last_day(flat, match, sent, before, following)
            if day is None or (to_come and _RULING.match(flat[match.end() :].lstrip())):
                continue
            what = what_of(flat, before, "")
            law = public or what == "appeal" or (what == "object" and cue("terms", "decision").search(flat))
            last = extended(day) if law else day
            words, beside = term_quote(flat, match), days_close(flat, match, sent)
            if beside is None or disagree(beside, {day, last}, flat[match.end() :]):
                found.append(Deadline(last, what, "computed", words, differs=beside[0] if beside else None))
    return found


def days_close(flat: str, match: re.Match[str], sent: date) -> list[date] | None:
    """The printed day beside which a term is only said ("binnen acht weken, dus uiterlijk 16 november"): that
    day, at most; None where the term stands alone."""
    behind = flat[match.end() :]
    said = _SAID_AS.search(behind[:SAID_AS])
    if not said:
        return None
    one_before = timedelta(days=said[0] == "vóór")
    return [named.day - one_before for named in days_in(behind[said.start() :], sent)[:1]]


SAID_AS = 75
"""Characters behind a term in which its day may be printed."""
_SAID_AS = re.compile(
    r"\b(?:dus|dat is|namelijk|te weten|d\.w\.z\.|uiterlijk|vóór|laatste dag)\b(?=.{0,20}\d)"
)


def disagree(beside: list[date], ends_on: set[date], after: str) -> bool:
    """Whether a term that runs from the letter's day, and not from its receipt, ends on another day than is
    printed beside it; the next day is a manner of speaking ("vóór")."""
    near = {day + timedelta(days=step) for day in beside for step in (0, 1)}
    runs = cue("terms", "from_letter").search(after) and not cue("terms", "from_receipt").search(after)
    return bool(beside) and not near & ends_on and bool(runs)


def length(match: re.Match[str]) -> tuple[int, str]:
    """How long a term is: so many of its (Dutch) unit."""
    unit = match["unit"].lower()
    return NUMBERS.get(match["number"].lower()) or int(match["number"]), SHORT_UNITS.get(unit, unit)


def last_day(flat: str, match: re.Match[str], sent: date, before: str, following: str) -> date | None:
    """The last day of a term in words; None where it is none of the reader's, or runs from elsewhere."""
    after, lead = flat[match.end() : match.end() + 130], flat[: match.start()]
    number, unit = length(match)
    if not match["given"] and senders_own(flat, match.start(), match.end()):
        return None
    if cue("terms", "sender_decides").search(lead[-60:]) or _IT_IS.search(lead):
        return None
    if cue("terms", "terms_of_contract").search(flat[: match.start("number")][-40:]):
        return None
    if match["given"] and cue("terms", "elsewhere_before").search(lead):
        return None
    since = next((named for named in days_in(after[:70], sent) if _SINCE.match(after[: named.start])), None)
    if since:
        last = ends(since.day, number, unit)
        return last if since.day >= sent or (last > sent and asked_by_then(flat, match)) else None
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


def asked_by_then(flat: str, match: re.Match[str]) -> bool:
    """Whether a term that began before the letter was written is still the reader's: "doe de aanvraag
    binnen drie maanden na 16 december"."""
    return bool(match["within"] and cue("terms", "asked").search(clause(flat, match.start())))


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
    if match["given"] and _THEN.search(match["given"]):
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
    """The term with what it is counted from, in whole words."""
    rest = flat[match.end() :]
    end = re.search(r"[.,;?!](?:\s|$)", rest)
    most = 90 if end else 60
    if end and end.start() <= most:
        return flat[match.start() : match.end()] + rest[: end.start()]
    return flat[match.start() : match.end()] + rest[:most] + rest[most:].split(" ")[0]
