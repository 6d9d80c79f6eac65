"""Who wrote: public bodies by name, all others by their trade and what stands at the top."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, the_file
from bot.letters.kinds import SenderType
from bot.letters.masking.text import masked
from bot.letters.text import COLUMN, SALUTATION, SUBJECT, Body, squeezed

PUBLIC = frozenset(
    {"digid", "ind", "gemeente", "waterschap", "duo", "cak", "toeslagen", "belastingdienst", "svb", "uwv",
     "cjib", "parkeren", "ggd"}
)  # fmt: skip
"""Senders whose terms are terms of a law: public bodies, and who acts in the name of one."""

_municipality = re.compile(
    r"\b[Gg]emeente\s+((?:[A-Z’'][\w’'\-]*|aan|den|de|het|van|op|in|bij|ter|en)(?:\s(?:[A-Z’'][\w’'\-]*|aan|den|de|het|ter|op)){0,3})"
)
SHORT = 6
"""Up to so many letters a word of a sender stands as a word of its own, or not at all."""
TOP, HEAD, FOOT, TEXT = 5.0, 3.0, 2.0, 0.6
"""How much a sender's word weighs by where it stands: the top lines, the head, the signature, elsewhere."""


class Known(Part):
    name: str
    type: SenderType
    words: tuple[str, ...]


class Trade(Part):
    type: SenderType
    words: tuple[str, ...]


class Stranger(Part):
    """What comes by post and is none of our kinds, with its words as a kind has them."""

    name: str
    subjects: tuple[str, ...]
    phrases: tuple[str, ...]


class Senders(Part):
    known: tuple[Known, ...]
    trade: tuple[Trade, ...]
    strangers: tuple[Stranger, ...] = ()


@cache
def senders(file: Path = ROOT / "content" / "senders.toml") -> Senders:
    """Raises ContentFault."""
    return the_file(file, Senders)


@dataclass(frozen=True)
class Sender:
    """A sender's name as the letter gives it, its type, and how surely each type fits (0..1, of all 1).

    ``known`` is how much there was to tell it by (0..1); ``wrote`` is False of one that is only spoken of,
    in the text."""

    name: str
    type: SenderType
    likely: dict[SenderType, float]
    known: float = 1.0
    wrote: bool = True


def sender_of(body: Body) -> Sender:
    weights, written = weigh(body)
    total = sum(weights.values()) or 1.0
    likely = {kind: weight / total for kind, weight in weights.items()}
    best: SenderType = max(weights, key=lambda kind: weights[kind]) if weights else "other"
    known, wrote = min(1.0, max(weights.values(), default=0.0) / TOP), best in written
    return Sender(name_of(body, best if wrote else "other"), best, likely, known, wrote)


def weigh(body: Body) -> tuple[dict[SenderType, float], set[SenderType]]:
    """How much speaks for each type of sender, and which stand in the letter's head or foot."""
    filled = [line for line in body.lines if line.strip() and not SUBJECT.match(line)]
    head = [line for line in body.head[:14] if not SUBJECT.match(line)]
    places = (
        (TOP, squeezed_words(filled[:3])),
        (HEAD, squeezed_words(head)),
        (FOOT, squeezed_words([line for line in filled[-7:] if not says_something(line)])),
        (TEXT, (body.squeezed, frozenset(body.words))),
    )
    weights: dict[SenderType, float] = {}
    written: set[SenderType] = set()
    for entry in entries():
        for word in entry.words:
            if there := next((weight for weight, text in places if stands(word, text)), 0.0):
                # Who names itself at the top is the sender; a body that is only spoken of is not.
                weights[entry.type] = weights.get(entry.type, 0.0) + there * (1.0 if len(word) > 3 else 0.8)
                written |= {entry.type} if there > TEXT else set()
    return weights, written


@cache
def entries() -> tuple[Known | Trade, ...]:
    return (*senders().known, *senders().trade)


@cache
def longer(word: str) -> tuple[str, ...]:
    """The words, squeezed, of other types in which a sender's word stands, as "bank" in "foodbank"."""
    wanted = squeezed_once(word)
    own = {one.type for one in entries() if word in one.words}
    others = [squeezed_once(other) for one in entries() if one.type not in own for other in one.words]
    return tuple(other for other in others if wanted in other and wanted != other)


_spaced = re.compile(r"(?<=\b[A-Z]) (?=[A-Z]\b)")
"""What stands between the letters of a name set wide: "I N D"."""


def squeezed_words(lines: list[str]) -> tuple[str, frozenset[str]]:
    text = _spaced.sub("", " ".join(lines))
    return squeezed(text), frozenset(squeezed(word) for word in re.findall(r"[\w&.]+", text))


def stands(word: str, text: tuple[str, frozenset[str]]) -> bool:
    """Whether a sender's word stands there: a short one as a word of its own, a long one anywhere."""
    wanted, seen = squeezed_once(word), text[0]
    if len(wanted) <= SHORT:
        return wanted in text[1]
    for other in longer(word) if wanted in seen else ():
        seen = seen.replace(other, "|")
    return wanted in seen


squeezed_once = cache(squeezed)
"""The same few words are looked for in every letter."""


def name_of(body: Body, kind: str) -> str:
    """The name as the letter gives it, in its shortest usual form; "" where there is only the reader's."""
    for known in senders().known:
        if known.type == kind:
            return known.name
    if kind == "gemeente":
        found = _municipality.search("\n".join(body.head)) or _municipality.search(body.text)
        if found:
            return "Gemeente " + re.sub(r"\s+(?:aan|de|het|van|op|in|bij|en)$", "", found[1].split("\n")[0])
    shown = masked("\n".join(body.lines[: body.salutation + 1])).split("\n")[: body.salutation]
    return next((name for line in shown if (name := named_on(line))), "")


_mail = re.compile(r"\s*<[^>]*>?$")
_initials = re.compile(r"[A-Z]{2}(?: [A-Z][a-z]+)*")
"""A sender of two letters, as the railways are."""
FEWEST_LETTERS = 3
_mark = re.compile(r"\[[a-z-]{2,20}\]")
_from = re.compile(r"(?:van|from|afzender) ?: *", re.IGNORECASE)
_other = re.compile(
    r"(?:aan|to|cc|datum|date|betreft|onderwerp|subject|kenmerk|ons kenmerk|uw kenmerk|bijlagen?|verzonden"
    r"|sent|dagtekening|naam|bsn) ?(?::|$)|\w*(?:nummer|nr\.?) ?:? ?\S*\d"
    r"|(?:aan )?de (?:bewoner|huurder|ouder|verzorger)"
    r"(?:s|\(s\))?(?:\W|$)",
    re.IGNORECASE,
)
"""How a line of a letter's head begins that tells something else than who writes."""
_a_day = re.compile(
    r"(?:[^\W\d_]{3,20},? )?(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag,? )?"
    r"\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9})[-/. ]'?\d{2,4}",
    re.IGNORECASE,
)
_message = re.compile(r"(?P<who>[A-Z][\w.&-]*(?: [\w.&-]+){0,3}) ?: \S.{20,}")
"""How a short message begins: who sends it, then what it says."""
_sentence = re.compile(
    r"\b(?:u|uw|je|jij|jouw|wij|we|ik|you|your|heeft|wordt|kunt|moet|betaal)\b|^(?:Uw|Your|Dear|Je|U|Wij|We|Ik)\s"
)
LONGEST_NAME = 90
"""Characters of the longest name of a sender; what is longer, or speaks to somebody, is a sentence."""
_title = re.compile(r"\b(?:de|aan|heer|mevrouw|dhr|mw|mevr|fam(?:ilie)?|en|van)\b", re.IGNORECASE)


def says_something(line: str) -> bool:
    """Whether a line is (part of) a sentence to the reader, and so names nobody who writes."""
    return bool(_sentence.search(line))


def named_on(line: str) -> str:
    """The sender's name, as a line of a masked letter's head gives it; "" where it gives the reader, a day,
    a greeting or another thing."""
    cells = [cell.strip(" ~|-") for cell in COLUMN.split(_from.sub("", line.strip()))]
    cell = re.sub(r"(?<=\b\w) (?=\w\b)", "", next((cell for cell in cells if cell), ""))
    cell = _mail.sub("", cell)
    if begins := _message.match(cell):
        cell = begins["who"]
    elif len(cell.split(" <")[0]) > LONGEST_NAME or says_something(cell):
        return ""
    rest = _title.sub("", _mark.sub("", cell)) if _mark.search(cell) else cell
    told = SALUTATION.match(cell) or _other.match(cell) or _a_day.fullmatch(cell)
    if told or not (_initials.fullmatch(cell) or len(re.sub(r"[^A-Za-z]", "", rest)) >= FEWEST_LETTERS):
        return ""
    return cell
