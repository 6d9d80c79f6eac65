"""Words that make a day the last for something: an edge before it, a heading, what follows on it."""

from __future__ import annotations

import re

from bot.letters.cues import clause, cue, last_sentence, quote, senders_own
from bot.letters.dates import MONTHS, Named, days_in
from bot.letters.text import Body

_PRINTED = re.compile(
    r"(?P<until>(?:uiterlijk|op (?:zijn|z'n) laatst|niet later dan|ten laatste)(?: op)?|tot\s+en\s+met|t/m"
    r"|vóór of op|voor of op|op of v[óo][óo]r|uiterste \w*datum"
    r"|laatste (?:betaal|inlever|aanmeld|inschrijf|reactie)?dag(?: is)?"
    r"|betaal\w* v[óo][óo]r of op)"
    r"|(?P<before>\bvóór)|(?P<weak>\bvoor|\btot(?!\s+en\s+met))",
    re.IGNORECASE,
)
"""Words before a last day. The weak ones stand before much else too."""
_between = re.compile(r":?\s*(?:\w+dag\s+)?(?:de\s+)?", re.IGNORECASE)
"""What may stand between a weak word and its day."""
_far = re.compile(r"\d|\b(?:na|vanaf|sinds|tussen)\b", re.IGNORECASE)
"""What may not stand between any word and its day."""
_months = "|".join((*MONTHS, r"(?:jan|feb|febr|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?"))
_RANGE = re.compile(
    rf"\b(?:van|vanaf|tussen)\s+(?:\w+dag )?\d{{1,2}}\b(?![.,]\d)"
    rf"(?:(?!\b(?:vóór|uiterlijk)\b)[^.?!]){{0,40}}$"
    rf"|(?<![\d,.])\d{{1,2}}(?: (?:{_months}))?(?: \d{{4}})?\s*$|\d-\d{{4}}\s*$|\d-\d{{1,2}}\s*$",
    re.IGNORECASE,
)
"""What stands before "until" where that ends a stretch of days, and is no last day for anybody."""
_window = re.compile(
    rf"\btussen\s+(?:\w+dag\s+)?\d{{1,2}}(?:\s+(?:{'|'.join(MONTHS)}))?(?:\s+20\d\d)?\s+en\s+(?:\w+dag\s+)?$",
    re.IGNORECASE,
)
EDGE = 34
"""How many characters may stand between an edge word and its day: a weekday, "op", "en met"."""
LEAD = 240
"""How many characters before a day may say of it that it is the last."""
AFTER = 500
"""How many characters behind a payment in parts may say that the reader does not make it."""
CLOSE = 70
"""How many characters before a last day may tell that it is the end of something else."""

_THAT_CAN = re.compile(r"\s*(?:dat|dit) (?:kan|mag)\b", re.IGNORECASE)
_THAT_IS = re.compile(r"(?:dat|dit) is\b|dus\b", re.IGNORECASE)
"""How a sentence begins that only gives the day of what was said before."""


def edge_before(left: str) -> re.Match[str] | None:
    """The edge word ("uiterlijk", "vóór") that belongs to a day: the last before it, no figure between."""
    near = [edge for edge in _PRINTED.finditer(left) if len(left) - edge.end() <= EDGE]
    for edge in reversed(near):
        between = left[edge.end() :]
        if (
            not _far.search(between)
            and not (edge["before"] and "," in between)
            and (not edge["weak"] or _between.fullmatch(between))
        ):
            return edge
    return None


def meant(sentence: str, edge: re.Match[str], named: Named, before: str) -> bool:
    """Whether an edge word says that something must be done by then; a weak one only where it is asked."""
    if not edge["weak"]:
        return True
    if cue("terms", "for_day").search(sentence[: edge.end()]):
        return False
    if edge["weak"].lower() == "voor":
        return bool(cue("terms", "asked").search(sentence))
    words = clause(sentence, edge.start()) + clause(sentence, named.end) + sentence[named.end :][:40]
    if _THAT_CAN.match(sentence):
        words += last_sentence(before)
    elif _THAT_CAN.match(clause(sentence, edge.start())):
        words = sentence
    return bool(cue("terms", "asked").search(words))


def told(left: str, right: str) -> bool:
    """Whether a sentence says of a day without an edge word that it is the last."""
    left = left[-LEAD:]
    if cue("terms", "lapses_only").search(left):
        return False
    if cue("terms", "lapses").search(left) or cue("terms", "last_after").match(right):
        return True
    if re.search(r"\b(?:na|vanaf)\s+$", left, re.IGNORECASE) and cue("terms", "lapsed_after").match(right):
        return True
    if cue("terms", "has_until_lead").search(left) and cue("terms", "has_until_after").match(right):
        return True
    if cue("terms", "due_lead").search(left) and cue("terms", "due_after").match(right):
        return not cue("terms", "due_again").search(left)
    if cue("terms", "bare_lead").search(left) and cue("terms", "bare_after").match(right):
        return not cue("terms", "due_again").search(left)
    between = _window.search(left)
    return bool(between and cue("terms", "window").search(left[: between.start()]))


def surely(left: str, right: str) -> bool:
    """Whether a sentence says what follows if something is not there on a day, or until when it was put off:
    then that is the last, whoever else does something in it."""
    left = left[-LEAD:]
    if cue("terms", "without_lead").search(left) or cue("terms", "put_off_lead").search(left):
        return True
    return bool(cue("terms", "unless_lead").search(left) and cue("terms", "unless_after").match(right))


def heading(body: Body, begin: int, named: Named) -> str | None:
    """The heading of a printed last day: beside it on its line, or over its column in a table."""
    text, place = body.text, begin + named.start
    line = text.rfind("\n", 0, place) + 1
    beside = cue("terms", "labelled").search(text[max(line, place - 60) : place])
    if beside and not days_in(beside.string[beside.end() :], named.day):
        return beside[0]
    if text[line:place].strip() and not re.search(r"\s{2,}(?:\w+dag )?$", text[line:place]):
        return None
    column = place - line
    for above in reversed(text[:line].split("\n")[-ROWS - 1 : -1]):
        if not above.strip():
            return None
        end = column + named.end - named.start
        for found in cue("terms", "labelled").finditer(above):
            over = found.start() < end + BESIDE and found.end() > column - BESIDE
            if over or (column - AROUND <= found.start() and found.end() <= end + AROUND):
                return found[0]
    return None


def instalment(body: Body, begin: int, named: Named) -> str | None:
    """What names a day as that of one of several payments, where the reader makes them: beside it, with that
    said above."""
    place = begin + named.start
    lead = body.text[max(0, place - LEAD) : place]
    beside = cue("terms", "instalment").search(lead[-CLOSE:])
    if not beside and cue("terms", "in_parts").search(lead):
        beside = cue("terms", "instalment_sum").search(lead[-CLOSE:])
    after = body.text[place : place + AFTER]
    withheld = cue("terms", "instalments_withheld").search(after)
    if not beside or withheld or cue("terms", "instalments_taken").search(lead):
        return None
    return beside[0] if cue("terms", "instalments_due").search(lead) else None


BESIDE, AROUND = 4, 14
"""How far from a day's column its heading may begin or end; how far a short one may be from it."""
ROWS = 8
"""How many rows of a table a heading may stand above a day."""


def ends_a_period(body: Body, begin: int) -> bool:
    """Whether what begins there stands in a table's column of periods, or ends the one that another column
    goes on from, and is no last day."""
    text = body.text
    line = text.rfind("\n", 0, begin) + 1
    if text[line:begin].strip() and not text[:begin].endswith("  "):
        return False
    if cue("terms", "period_beside").search(text[begin:].split("\n", 1)[0]):
        return True
    for above in reversed(text[:line].split("\n")[-ROWS - 1 : -1]):
        if not above.strip():
            return False
        for found in cue("terms", "periods").finditer(above):
            if abs(found.start() - (begin - line)) <= BESIDE:
                return True
    return False


def ends_term(body: Body, place: int) -> bool:
    """Whether a day stands in a table as the end of the integration term; of an old and a new one the new."""
    text = body.text
    line, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    label, changed = text[line:place], any(map(_OLD_NEW.search, text[:line].split("\n")[-ROWS - 1 : -1]))
    if changed and days_in(text[place : end if end >= 0 else len(text)])[1:]:
        return False
    if changed and (before := days_in(label)):
        label = label[: before[0].start]
    ends = cue("terms", "integration_end").match(label)
    return bool(ends and cue("terms", "integration_letter").search(text))


_OLD_NEW = re.compile(r"\b(?:oude?|huidige?|eerst)\b.*\bnieuwe?\b|\bwas\b.*\bwordt\b", re.IGNORECASE)
"""Headings of a table that tells what changes."""


def early(left: str, right: str) -> bool:
    """Whether a day is only said to be early enough to hear something early."""
    late = re.search(r"\b(?:niet|geen|pas|later)\b", left)
    return bool(cue("terms", "early").match(right) and cue("terms", "early_lead").search(left) and not late)


def ends_a_stretch(sentence: str, edge: re.Match[str], named: Named) -> bool:
    """Whether the day ends a period: of what is valid, open, paid for."""
    left, near = sentence[: named.start], clause(sentence, edge.start())
    if edge[0].lower().startswith(("tot", "t/m")) and _RANGE.search(left[: edge.start()]):
        return not cue("terms", "period_to_act").search(sentence)
    alone = near.lstrip().casefold().startswith(edge[0].casefold())
    said = quote(left)[-CLOSE if alone else -min(CLOSE, max(len(near), 20)) :]
    return bool(
        cue("terms", "valid").search(said) or cue("terms", "valid_after").match(sentence[named.end :])
    )


def anothers(sentence: str, begin: int, end: int, before: str) -> bool:
    """Whether it is not the reader who does it by then, in this sentence or the one it goes on from."""
    if not _THAT_IS.match(sentence.lstrip()):
        return senders_own(sentence, begin, end)
    whole = f"{last_sentence(before)} {sentence}"
    return senders_own(whole, begin + len(whole) - len(sentence), end + len(whole) - len(sentence))
