"""What people type is never kept when it holds a number that can harm them."""

from __future__ import annotations

from bot.domain.words import Refusal
from bot.redaction import secrets_in

LONGEST = 300


def harmless(words: str, longest: int = LONGEST) -> str:
    """Words on one line, trimmed. Refusals: ``words.empty``, ``words.long``, ``words.secret``."""
    tidy = " ".join(words.split())
    if not tidy:
        raise Refusal("words.empty")
    if len(tidy) > longest:
        raise Refusal("words.long", most=longest)
    if secrets_in(tidy):
        raise Refusal("words.secret")
    return tidy
