"""A letter's owner takes out of the chat what is said of it, and what was sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.words import Ask, Refusal, Say
from bot.routes import press
from bot.store.explained import pile_slot, slot_of
from bot.store.letters import Known
from bot.store.programme import Own
from handlers.explanations import explanation, number
from handlers.letterdates import forget_asked
from handlers.letters import pile


@press("lerase")
def erase(ask: Ask, own: Own) -> list[Say]:
    """At once: what was understood of this letter and what was said of it, and with the last of those sent
    together what was sent."""
    letter = number(ask)
    try:
        gone, left = own.letters.erase(letter)
    except Refusal:
        return erased_late(own, letter)
    forget_asked(own)
    if left:
        return [*erased("letter.erased_one", gone), *others(own, left)]
    return erased("letter.erased", gone)


def erased_late(own: Own, letter: int) -> list[Say]:
    """What was understood went a day after it was read; the explanation goes while it may. Refusals
    ``letter.too_late`` where it stays, ``letter.gone`` where none is known."""
    slot = slot_of(letter)
    if shown := own.letters.unsay(slot):
        return erased("letter.erased_late", shown)
    raise Refusal("letter.too_late" if own.letters.was_said(slot) else "letter.gone")


def others(own: Own, left: Sequence[Known]) -> list[Say]:
    """What still can be opened of what was sent together: the list without that letter; the last of them
    itself, if it was not yet."""
    if len(left) > 1:
        return [pile(own, left)]
    (last,) = left
    listed = own.letters.unsay(pile_slot(last.errand))
    shown = [] if own.letters.said(slot_of(last.id)) else [explanation(own, last)]
    return [*away(listed), *shown]


def erased(key: str, messages: Sequence[int]) -> list[Say]:
    """Taken out of the chat, and said."""
    return [*away(messages), Say(key)]


def away(messages: Sequence[int]) -> list[Say]:
    return [Say("letter.erased", erase=messages)] if messages else []


@press("lerasesent")
def erase_sent(ask: Ask, own: Own) -> list[Say]:
    """Of what was sent no letter came: there is nothing else to erase."""
    return erased("letter.erased_sent", own.letters.erase_sent(number(ask)))


@press("leraseunread")
def erase_unread(ask: Ask, own: Own) -> list[Say]:
    assert ask.press
    return erased("letter.erased_sent", own.letters.unread(ask.press.word(0)))
