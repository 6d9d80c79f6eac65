"""What plain words or a file belong to: a letter, the bot's last question, or neither."""

from __future__ import annotations

from bot.domain.words import Ask
from bot.letters.messages import about_letter, is_chat, is_message
from bot.understanding.danger import in_danger

PASTED, FORWARDED = 200, 40
"""So many characters, typed where nothing was asked or forwarded from elsewhere, are taken for a letter."""
ABOUT_LETTER = "letterwords"
"""What plain words belong to that mention a letter, or may be out of one."""
DATED = ("when", "letterdate")
"""Questions whose answer is a day: an office's message has one that is meant for something else."""


def topic_of(ask: Ask, asked: str, *, goes_on: bool) -> str:
    """The topic that answers; ``asked`` is the open question's, "" where there is none, and ``goes_on``
    whether these words are the rest of a letter that was too long for one message. Whoever is in danger is
    answered by nothing else, and an office's message does not say when a task is."""
    several_lines = len(ask.words) >= PASTED and "\n" in ask.words  # an answer to nothing that the bot asks
    if not ask.private:
        return "letter" if ask.file or several_lines or is_message(ask.words) else "group"
    if ask.file or several_lines or (ask.forwarded and len(ask.words) >= FORWARDED):
        return "letter"
    if in_danger(ask.words) or is_chat(ask.words) or goes_on:
        return "letter"
    message = is_message(ask.words)
    if asked and not (message and asked in DATED):
        return asked
    if message or len(ask.words) >= PASTED:
        return "letter"
    return ABOUT_LETTER if about_letter(ask.words) else ""
