"""One letter as it was understood: what it is, from whom, what to do and by when."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from bot.letters.amounts import Amount, amounts
from bot.letters.appointments import Appointment, appointments
from bot.letters.cues import cue
from bot.letters.deadline import Deadline, What
from bot.letters.head import letter_date, reference, year_around, year_by
from bot.letters.kinds import LetterKind, kinds
from bot.letters.masking.hide import hider
from bot.letters.masking.text import masked, personal_in
from bot.letters.messages import is_foreign
from bot.letters.recognise import OTHER, SURE, Guess, recognise
from bot.letters.senders import PUBLIC, says_something, sender_of
from bot.letters.terms import deadlines
from bot.letters.text import Body, even, squeezed, tidied
from bot.redaction import secrets_in

SIGNED = 12
"""How many of the last lines tell in whose name a letter is written."""


@dataclass(frozen=True)
class Letter:
    """What is known of a letter. Every text in it is masked: no number, name or address of the reader.

    ``kind`` is a key of ``content/letters`` or ``other``; ``others`` are the next that fit. ``deadlines``
    and ``appointments`` are in order of time, those that are past included; ``called_off`` are those of which
    the letter says that they do not take place. ``faint`` are lines of the text that could hardly be read;
    ``guessed_year``: no year stands in it, so that of its days was concluded from when it was read.
    """

    kind: str
    confidence: float
    others: tuple[str, ...]
    sender: str
    sender_type: str
    date: date | None
    reference: str | None
    deadlines: tuple[Deadline, ...]
    appointments: tuple[Appointment, ...]
    amounts: tuple[Amount, ...]
    urgency: int
    text: str
    faint: tuple[str, ...] = ()
    called_off: tuple[Appointment, ...] = ()
    guessed_year: bool = False

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE

    @property
    def known(self) -> LetterKind | None:
        """What content knows of its kind; None for a kind it does not know."""
        return kinds().get(self.kind)

    @property
    def certain(self) -> LetterKind | None:
        """The same, where its kind is sure enough to be told as a fact."""
        return self.known if self.sure else None


def read_letter(
    text: str, faint: Collection[str] = (), said: str | None = None, *, today: date | None = None
) -> Letter:
    """A letter's text, as a PDF holds it or a picture's reader gives it, understood. ``faint`` are lines of
    it that could hardly be read: what rests on one of them, or on a word that was put right, is told so.
    ``said``: the kind that somebody told. ``today`` is only for the year of days that are printed without
    one in a letter that has none at all; nothing is counted from it."""
    body, seen = Body(even(text)), squeezed(tidied(text))
    front = body.portions[0]
    sender = sender_of(front)
    guess = Guess(said, 1.0, ()) if said else recognise(front, sender)
    if guess.kind == "phishing":
        return trick(body, guess)
    if not said and is_foreign(body.text):
        guess = Guess(OTHER, 0.0, (guess.kind, *guess.others))
    sent = letter_date(body)
    around = sent or year_around(body)
    near = around or (year_by(body, today) if today else None)
    masks, known = personal_in(body.text), kinds().get(guess.kind)
    hide, shown = hider(body.text, masks), masked(body.text, masks)
    sure = known if guess.confidence >= SURE else None
    public = (sender.type in PUBLIC and sender.wrote) or bool(sure and sure.public)
    public = public or bool(cue("terms", "public").search(in_whose_name(body)))
    last_days = tuple(
        replace(
            one,
            quote=hide(one.quote),
            what=purpose(one, sure),
            faint=squeezed(one.quote) not in seen or on_one_of(one.quote, faint),
        )
        for one in last_days_in(body, sent, near, public=public)
        if not paid_out(one, known)
    )
    meetings = [
        replace(one, place=hide(one.place) if one.place else None, quote=hide(one.quote))
        for one in meetings_in(body, sent, near)
    ]
    expected = tuple(one for one in meetings if not one.off)
    return Letter(
        kind=guess.kind,
        confidence=guess.confidence,
        others=guess.others,
        sender=hide(sender.name),
        sender_type=sender.type,
        date=sent,
        reference=unless_personal(reference(body), hide),
        deadlines=last_days,
        appointments=expected,
        amounts=tuple(amounts(body, known.sums if known else "both")),
        urgency=urgency(guess.kind, by_a_day=bool(last_days) and not expected),
        text=shown,
        faint=still_in(shown, [hide(even(line)) for line in faint]),
        called_off=tuple(one for one in meetings if one.off),
        guessed_year=not around and bool(last_days or meetings),
    )


def in_whose_name(body: Body) -> str:
    """The lines that tell who wrote: the head, and of the last ones those that say nothing to the reader."""
    signed = [line for line in body.lines[-SIGNED:] if not says_something(line)]
    return "\n".join([*body.head, *signed])


def last_days_in(body: Body, sent: date | None, near: date | None, *, public: bool) -> list[Deadline]:
    """The last days of all portions, in order of time, each day and purpose once."""
    found = [one for part in body.portions for one in deadlines(part, sent, near, public=public)]
    once = {(one.date, one.what): one for one in reversed(found)}
    return sorted(once.values(), key=attrgetter("date", "what"))


def meetings_in(body: Body, sent: date | None, near: date | None) -> list[Appointment]:
    """The appointments of all portions, in order of time, each moment once."""
    found = [one for part in body.portions for one in appointments(part, sent, near)]
    return sorted({one.start: one for one in reversed(found)}.values(), key=attrgetter("start"))


def trick(body: Body, guess: Guess) -> Letter:
    """A trick has no terms, sums or reference that anybody should heed."""
    return Letter(
        kind="phishing",
        confidence=guess.confidence,
        others=guess.others,
        sender="",
        sender_type="phishing",
        date=letter_date(body),
        reference=None,
        deadlines=(),
        appointments=(),
        amounts=(),
        urgency=urgency("phishing"),
        text=masked(body.text),
    )


def still_in(text: str, lines: Collection[str]) -> tuple[str, ...]:
    """Those of the lines that stand in a masked text as they are: no other is kept."""
    flat = " ".join(text.split())
    return tuple(line for line in lines if line.strip() and " ".join(line.split()) in flat)


def on_one_of(quote: str, lines: Collection[str]) -> bool:
    """Whether words stand on one of these lines, or run over one."""
    words = squeezed(quote)
    there = [squeezed(line) for line in lines]
    return any(line and (words in line or line in words) for line in there)


def paid_out(one: Deadline, kind: LetterKind | None) -> bool:
    """Whether a day of paying is the sender's: in a letter that tells what the reader gets."""
    return bool(kind and kind.sums == "receive" and one.quote.casefold().startswith("betaaldatum"))


def purpose(one: Deadline, kind: LetterKind | None) -> What:
    """What a last day is for; in a bill whose words do not say, for paying it."""
    return "pay" if one.what == "act" and kind and kind.sums == "pay" else one.what


def unless_personal(mark: str | None, hide: Callable[[str], str]) -> str | None:
    """A reference, unless there is a BSN in it, as in those of the tax office."""
    return mark if mark and hide(mark) == mark and not secrets_in(mark) else None


def urgency(kind: str, *, by_a_day: bool = False) -> int:
    """How soon to act, by what is known of the kind. ``by_a_day``: it names a last day, and no appointment
    for which that would only be the day to say whether one comes."""
    known = kinds().get(kind)
    return known.urgency if known else 1 + by_a_day


def met(one: Appointment) -> dict[str, str | None]:
    """An appointment as JSON."""
    return {"start": one.start.isoformat(timespec="minutes"), "place": one.place, "quote": one.quote}


def as_json(letter: Letter) -> dict[str, Any]:
    """What ``samenbot letter --json`` prints of a letter, beside its explanation."""
    return {
        "kind": letter.kind,
        "confidence": letter.confidence,
        "sender": letter.sender,
        "sender_type": letter.sender_type,
        "letter_date": letter.date.isoformat() if letter.date else None,
        "reference": letter.reference,
        "deadlines": [
            {"date": one.date.isoformat(), "what": one.what, "basis": one.basis, "quote": one.quote}
            for one in letter.deadlines
        ],
        "appointments": [met(one) for one in letter.appointments],
        "amounts": [{"euro": str(one.euro), "direction": one.direction} for one in letter.amounts],
        "urgency": letter.urgency,
        "redacted_text": letter.text,
    }
