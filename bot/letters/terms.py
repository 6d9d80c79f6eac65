"""A letter's last days: those that it prints, and with them those that are counted.

A printed day wins over a counted one; where a term and the day beside it disagree, the earliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from bot.letters.counted import counted, length
from bot.letters.cues import clause, cue, last_sentence, quote, senders_own
from bot.letters.dates import MONTHS, NUMBERS, Named, days_in, ends, exists, free, month_end
from bot.letters.deadline import Deadline, What, context, what_of
from bot.letters.edges import (
    anothers,
    early,
    edge_before,
    ends_a_period,
    ends_a_stretch,
    ends_term,
    heading,
    instalment,
    meant,
    surely,
    told,
)
from bot.letters.head import year_around
from bot.letters.text import Body

MANY = 120
"""More days than any letter names."""
FAR = 60
"""Characters beyond which the heading of a day is not quoted with it: other rows lie between."""


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


def stated(body: Body, begin: int, sentence: str, named: Named) -> Deadline | None:
    """A day in a sentence as a last one: by an edge word before it, the heading beside or above it, or what
    the sentence says of it."""
    flat, first = quote(sentence), row_begins(sentence, named)
    left, right = sentence[:first], sentence[named.end :]
    edge, before = edge_before(left), context(body, begin)
    if back := counted_back(sentence, named):
        return back if cue("terms", "asked").search(sentence) else None
    label = (heading(body, begin, named) or instalment(body, begin, named)) if edge is None else None
    start = edge.start() if edge else max(left.rfind(label), 0) if label and label in left else named.start
    words = quote(sentence[named.start if label and named.start - start > FAR else start : named.end])
    about = f"{last_sentence(before)} {flat}" if _GOES_ON.match(flat) else flat
    if (edge and edge["until"] and cue("terms", "integration").search(about)) or ends_term(
        body, begin + named.start
    ):
        return Deadline(named.day, "act", "stated", words)
    sure = surely(left, right)
    lapses = sure or told(left, right)
    if not (lapses or label or (edge and meant(sentence, edge, named, before))):
        return None
    after = " ".join(body.text[begin + len(sentence) :][:60].split())
    if no_longer(clause(sentence, start)) or early(left, f"{right} {after}"):
        return None
    if _THEN_HAS.search(left) and cue("terms", "on_asking").search(before):
        return None
    if edge and ends_a_period(body, begin + edge.start()):
        return None
    if not lapses and edge and ends_a_stretch(sentence, edge, named):
        return None
    if label and right.lstrip().startswith("op rekening"):
        return None
    if not label and not sure and anothers(sentence, start, named.end, before):
        return None
    before_it = one_before(body, edge, label or "", right) or (not edge and _FROM.search(left))
    day = named.day - timedelta(days=bool(before_it))
    return Deadline(day, what_of(flat, before, label or ""), "stated", words)


def no_longer(near: str) -> bool:
    """Whether the words around a day say that it was, or that nothing needs to be done by it."""
    return bool(cue("terms", "bygone").search(_ASKED.sub("", near)) or cue("terms", "need_not").search(near))


def one_before(body: Body, edge: re.Match[str] | None, label: str, right: str) -> bool:
    """Whether the day before the one that is named is the last; with an hour beside it, it is that one."""
    if edge:
        return bool(edge["before"] or edge["weak"]) and not _AT.match(right)
    named = cue("terms", "labelled").search(label) and cue("terms", "before_named").search(body.text)
    return bool(named or cue("terms", "labelled_before").search(label))


def counted_back(sentence: str, named: Named) -> Deadline | None:
    """A last day that is told as so long before a day that is named."""
    left = sentence[: named.start]
    edge = cue("terms", "counted_back").search(left)
    term = _BACK.search(left[: edge.start()]) if edge else None
    if not term or cue("terms", "habit").search(sentence):
        return None
    number, unit = length(term)
    day, words = ends(named.day, -number, unit), quote(sentence[term.start() : named.end])
    return Deadline(day, what_of(quote(sentence), "", ""), "computed", words)


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


_AT = re.compile(r"\s*,?\s*(?:(?:om|te)\s+)?\d{1,2}(?:[.:]\d\d|\s*uur\b)", re.IGNORECASE)
_FROM = re.compile(r"\bvanaf\s+$", re.IGNORECASE)
_number = "|".join(sorted((*NUMBERS, r"\d{1,2}"), key=len, reverse=True))
_BACK = re.compile(
    rf"(?:\b(?:uiterlijk|binnen)\s+)?\b(?P<number>{_number})"
    r"\s+(?P<unit>dag(?:en)?|we(?:ek|ken)|maand(?:en)?)\s+$",
    re.IGNORECASE,
)
_THEN_HAS = re.compile(
    r"\b(?:heeft|hebt|krijgt) (?:u|je) dan\b|\b(?:u|je) (?:heeft|hebt|krijgt) dan\b", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"(?:(?:u|je) (?:heeft|hebt|krijgt)|(?:die|deze|dit|dat|de)(?: termijn)? (?:loopt|eindigt))\b",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(r"\s*(?:[,;]|en|,\s*en|&|[-–•*])?\s+", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:waarom|hoe|wat|wie|waar)\b.*", re.IGNORECASE | re.DOTALL)
"""What the reader is to tell ("why you were not there") is past, the day to tell it by is not."""

# by a day that was named before

_that_day = re.compile(
    r"(?<!maanden )(?<!weken )(?<!dagen )\b(?P<edge>uiterlijk(?: op)?|vóór|voor|tot en met|t/m)"
    r"\s+(?:die|deze|genoemde|(?:die)?zelfde)\s+(?:datum|dag)\b",
    re.IGNORECASE,
)


def that_day(body: Body, near: date | None) -> Iterator[Deadline]:
    """ "Blijft geldig tot 14 augustus. Vraag verlenging aan vóór die datum": by the day named last."""
    for begin, sentence in body.sentences:
        for match in _that_day.finditer(sentence):
            named = days_in(last_sentence(context(body, begin)) + sentence[: match.start()], near)
            own = senders_own(quote(sentence), *quoted(sentence, match))
            part = clause(sentence, match.start())
            if named and not own and cue("terms", "asked").search(part):
                day = named[-1].day - timedelta(days=match["edge"].lower() in ("vóór", "voor"))
                what = what_of(quote(sentence), context(body, begin), "")
                yield Deadline(day, what, "stated", quote(part[: part.find(match[0]) + len(match[0])]))


# by the end of a month

_month_end = re.compile(
    rf"\b(?:vóór|voor|uiterlijk|tot en met|ten laatste)\s+(?:op\s+)?(?:het\s+)?"
    rf"(?:einde?|de\s+laatste\s+(?P<work>werk)?dag)\s+(?:van\s+)?(?:de\s+maand\s+)?(?P<month>{'|'.join(MONTHS)})(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)


def month_ends(body: Body, sent: date) -> list[Deadline]:
    """ "Before the end of this month": the last day of the letter's own, printed as it were; "by the end of
    November": of that month."""
    return [
        Deadline(day, what_of(quote(sentence), context(body, begin), ""), "stated", quote(match[0]))
        for begin, sentence in body.sentences
        for match, day in (
            *((match, month_end(sent)) for match in cue("terms", "month_end").finditer(sentence)),
            *((match, named_month(match, sent)) for match in _month_end.finditer(sentence)),
        )
        if day and not senders_own(quote(sentence), *quoted(sentence, match))
    ]


def named_month(match: re.Match[str], sent: date) -> date | None:
    """The last (working) day of a month by its name, in this year or the next."""
    month = MONTHS.index(match["month"].lower()) + 1
    first = exists(int(match["year"] or sent.year + (month < sent.month)), month, 1)
    day = month_end(first) if first else None
    while day and match["work"] and free(day):
        day -= timedelta(days=1)
    return day


def quoted(sentence: str, match: re.Match[str]) -> tuple[int, int]:
    """Where a match stands in the sentence's even words."""
    begin = len(quote(sentence[: match.start()] + "|")) - 1
    return begin, begin + len(quote(match[0]))


def deadlines(body: Body, sent: date | None, near: date | None = None, *, public: bool) -> list[Deadline]:
    """All of a letter's last days, earliest first, each day and purpose once; a printed one wins, and where
    its term disagrees the earliest. ``near``: what tells the year of days in a letter without a date."""
    near = sent or near or year_around(body)
    found = printed(body, sent, near)
    known = {one.date + timedelta(days=step) for one in found for step in (-1, 0, 1)}
    found += [one for one in that_day(body, near) if one.date not in known and not (sent and one.date < sent)]
    if sent:
        found += month_ends(body, sent)
        for one in counted(body, sent, public=public):
            found = with_counted(found, one)
    kept: dict[tuple[date, What], Deadline] = {}
    for deadline in (one for one in found if not told_before(one, found)):
        kept.setdefault((deadline.date, deadline.what), deadline)
    return sorted(kept.values(), key=lambda deadline: (deadline.date, deadline.what))


def told_before(one: Deadline, found: list[Deadline]) -> bool:
    """Whether a day is only the end of a stretch before which the letter says that it must be done."""
    return any(other.quote.casefold() == f"vóór {one.quote}".casefold() for other in found)


def with_counted(found: list[Deadline], one: Deadline) -> list[Deadline]:
    """The last days with one that is counted; where an earlier day is printed beside it, that one, marked."""
    if one.differs is None or one.date < one.differs:
        return [*found, one]
    return [replace(each, differs=one.date) if each.date == one.differs else each for each in found]
