"""The newcomer agrees first: each adult separately, and silence is no.

``yes_before`` is a yes from before departure: it holds until the question that is asked again after
arrival, where things look different, is answered.

A refusal erases, and erasing cannot be undone. So it is done at once only for an account that was
vouched for: by the personal link that was opened for the first time, or by the coordinator's word. Of
anybody else the bot stops everything at once, and erases when the coordinator says that it was the
newcomer, or after ``ERASED_AFTER``; until then the coordinator may say that it was somebody else.
"""

from __future__ import annotations

from datetime import date, timedelta

CHOICES = ("unasked", "asked", "yes_before", "yes", "group_only", "neither", "later")
REFUSED = ("group_only", "neither")
ASK_AGAIN_AFTER = timedelta(days=3)
"""How long after arrival a yes from before departure is asked again."""
ASK_ONCE_MORE_AFTER = timedelta(days=7)
"""How long the second question waits for its answer before it is put a last time."""
ERASED_AFTER = timedelta(hours=24)
"""How long the coordinator has to say that a refusal was not the newcomer's."""


def yes_on(today: date, arrival: date | None) -> str:
    """Which yes it is that somebody gives today."""
    return "yes" if arrival is not None and today >= arrival else "yes_before"


def yes_with(choice: str, given: date | None, arrival: date | None) -> str:
    """The same choice once the arrival is another: a yes may have become one from before departure."""
    if choice not in ("yes", "yes_before") or given is None:
        return choice
    return yes_on(given, arrival)


def asks_again_on(arrival: date) -> date:
    return arrival + ASK_AGAIN_AFTER
