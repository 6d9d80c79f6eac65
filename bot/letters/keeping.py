"""A letter as it is kept for a day behind its buttons: plain JSON values and back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.letters.amounts import Amount
from bot.letters.appointments import Appointment
from bot.letters.deadline import Deadline
from bot.letters.letter import Letter, as_json, met


def kept(letter: Letter) -> dict[str, Any]:
    """All of it, as JSON values."""
    return {
        **as_json(letter),
        "others": list(letter.others),
        "marks": [mark(one) for one in letter.deadlines],
        "faint_lines": list(letter.faint),
        "called_off": [met(one) for one in letter.called_off],
        "guessed_year": letter.guessed_year,
    }


def mark(one: Deadline) -> dict[str, Any]:
    """What is kept of a last day beside what ``as_json`` tells."""
    return {"faint": one.faint, "differs": one.differs and one.differs.isoformat()}


CLEAR = {"faint": False, "differs": None}
"""The mark of a day that somebody named."""


def from_kept(values: dict[str, Any]) -> Letter:
    """The letter again."""
    sent = values["letter_date"]
    return Letter(
        kind=values["kind"],
        confidence=values["confidence"],
        others=tuple(values["others"]),
        sender=values["sender"],
        sender_type=values["sender_type"],
        date=date.fromisoformat(sent) if sent else None,
        reference=values["reference"],
        deadlines=tuple(
            Deadline(
                date.fromisoformat(one["date"]),
                one["what"],
                one["basis"],
                one["quote"],
                faint=mark["faint"],
                differs=mark["differs"] and date.fromisoformat(mark["differs"]),
            )
            for one, mark in zip(values["deadlines"], values["marks"], strict=True)
        ),
        appointments=tuple(meeting(one) for one in values["appointments"]),
        amounts=tuple(Amount(Decimal(one["euro"]), one["direction"]) for one in values["amounts"]),
        urgency=values["urgency"],
        text=values["redacted_text"],
        faint=tuple(values["faint_lines"]),
        called_off=tuple(meeting(one, off=True) for one in values["called_off"]),
        guessed_year=values["guessed_year"],
    )


def meeting(one: dict[str, Any], *, off: bool = False) -> Appointment:
    return Appointment(datetime.fromisoformat(one["start"]), one["place"], one["quote"], off=off)
