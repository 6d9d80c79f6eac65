"""Plain words in private that mention a letter, or may be out of one: how to have it read is said."""

from __future__ import annotations

from typing import cast

from bot.domain.words import Ask, Button, Phrase, Say
from bot.letters.messages import perhaps_message
from bot.routes import heard, press
from bot.store.programme import Own, Programme
from handlers.explanations import number
from handlers.letters import allowed, slot
from handlers.settings import unasked_words
from handlers.start import hint_buttons

ASKED = frozenset({"decide.question", "when.proposal"})
"""Questions about a task that words about a letter leave open."""


@heard("letterwords", free=True)
def about_letter(ask: Ask, programme: Programme) -> list[Say]:
    """Where these words answer nothing else; what a newcomer was asked and did not answer comes after it once
    more. What may have come from an office is read by a tap. Refusal ``consent.first``."""
    said = cast("list[Say]", unasked_words(ask, programme))
    open_still = [one for one in said if one.key != "private.hint"]
    if any(one.key not in ASKED for one in open_still) or not programme.rooms():
        return said
    allowed(programme)
    if ask.message is None or not perhaps_message(ask.words):
        return [Say("letter.send"), *open_still]
    held = programme.letters.hold(ask.message, ask.words)
    read = [Button(Phrase("button.letter_read"), "lread", (held,))]
    return [Say("letter.is_this", buttons=[read, *hint_buttons(programme)]), *open_still]


@press("lread")
def read_after_all(ask: Ask, own: Own) -> Say:
    """Refusals ``letter.gone``, ``letter.too_many``."""
    return Say("letter.reading", slot=slot(own.letters.take_apart(number(ask), [[0]])))
