"""What people type, before it is kept. (That it holds no BSN or bank account bot/turn.py has seen to.)"""

from __future__ import annotations

from bot.domain.words import Refusal

LONGEST = 300


def harmless(words: str, longest: int = LONGEST) -> str:
    """Words on one line, trimmed. Refusals: ``words.empty``, ``words.long``."""
    tidy = " ".join(words.split())
    if not tidy:
        raise Refusal("words.empty")
    if len(tidy) > longest:
        raise Refusal("words.long", most=longest)
    return tidy
