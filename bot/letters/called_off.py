"""Appointments that do not take place, though a letter names them."""

from __future__ import annotations

import re

from bot.letters.cues import cue
from bot.letters.dates import Named
from bot.letters.text import SENTENCE

SENTENCE_END = re.compile(r"[.!?;](?=\s+[A-Z(\-•*€'])|\n[ \t]*\n")
_figures_dot = re.compile(r"(?<=\d)\.(?=\d)")


def without_dots(words: str) -> str:
    """Words on one line, and in their figures no dot that looks like a sentence's end ("10.00 uur")."""
    return _figures_dot.sub(":", " ".join(words.split()))


def called_off(text: str, named: Named, begin: int, end: int) -> bool:
    """Whether the sentence in which a day stands, or the next, says that what was to be on it is not.
    ``begin``: where the day before it ends; ``end``: where the next one begins."""
    most = max(0, named.start - SENTENCE)
    first = max((end.end() for end in SENTENCE_END.finditer(text, most, named.start)), default=most)
    last = SENTENCE_END.search(text, named.end, named.end + SENTENCE)
    right = text[named.end : last.start() if last else named.end + SENTENCE]
    near, whole = (
        without_dots(f"{left} @ {right}")
        for left in (text[max(begin, first) : named.start], text[first : named.start])
    )
    if cue("appointments", "on").search(whole):
        return False
    following = text[last.end() : last.end() + SENTENCE].lstrip() if last and last.end() < end else ""
    then = cue("appointments", "off_then").match(without_dots(following))
    return bool(then or cue("appointments", "off").search(near))
