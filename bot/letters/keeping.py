"""A letter as it is kept for a day behind its buttons: plain JSON values and back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.letters.amounts import Amount
from bot.letters.appointments import Appointment
from bot.letters.deadline import Deadline
from bot.letters.letter import Letter, as_json


def kept(letter: Letter) -> dict[str, Any]:
    """All of it, as JSON values."""
    return {
        **as_json(letter),
        "others": list(letter.others),
        "faint": [one.faint for one in letter.deadlines],
        "differs": [one.differs and one.differs.isoformat() for one in letter.deadlines],
        "faint_lines": list(letter.faint),
    }


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
                faint=faint,
                differs=differs and date.fromisoformat(differs),
            )
            for one, faint, differs in zip(
                values["deadlines"], values["faint"], values["differs"], strict=True
            )
        ),
        appointments=tuple(
            Appointment(**{**one, "start": datetime.fromisoformat(one["start"])})
            for one in values["appointments"]
        ),
        amounts=tuple(Amount(Decimal(one["euro"]), one["direction"]) for one in values["amounts"]),
        urgency=values["urgency"],
        text=values["redacted_text"],
        faint=tuple(values.get("faint_lines", ())),
    )
