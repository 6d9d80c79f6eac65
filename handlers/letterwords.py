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


@heard("letterwords", free=True)
def about_letter(ask: Ask, programme: Programme) -> list[Say]:
    """Where these words answer nothing else. What may have come from an office is read by a tap. Refusal
    ``consent.first``."""
    said = cast("list[Say]", unasked_words(ask, programme))
    if [one.key for one in said] != ["private.hint"] or not programme.rooms():
        return said
    allowed(programme)
    if ask.message is None or not perhaps_message(ask.words):
        return [Say("letter.send")]
    held = programme.letters.hold(ask.message, ask.words)
    read = [Button(Phrase("button.letter_read"), "lread", (held,))]
    return [Say("letter.is_this", buttons=[read, *hint_buttons(programme)])]


@press("lread")
def read_after_all(ask: Ask, own: Own) -> Say:
    """Refusals ``letter.gone``, ``letter.too_many``."""
    return Say("letter.reading", slot=slot(own.letters.take_apart(number(ask), [[0]])))
