"""What people type, before it is kept. (That it holds no BSN or bank account bot/turn.py has seen to.)"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.domain.words import Refusal

LONGEST = 300
MOST_WORDS = 4
SENTENCE = re.compile(r"[!?;:,…؟،؛።፣፤፧]|(?<!\b\w)\.")
"""What ends or divides a sentence; the point of an initial does not."""


def harmless(words: str, longest: int = LONGEST) -> str:
    """Words on one line, trimmed. Refusals: ``words.empty``, ``words.long``."""
    tidy = " ".join(words.split())
    if not tidy:
        raise Refusal("words.empty")
    if len(tidy) > longest:
        raise Refusal("words.long", most=longest)
    return tidy


def is_name(words: str, no: Collection[str]) -> bool:
    """Whether somebody may be called so in a chat: not a sentence, not a number, not a "no, leave it"."""
    parts = words.split()
    says_no = parts[0].strip(".,!?;:،").casefold() in no
    letters = any(letter.isalpha() for letter in words)
    return letters and not says_no and len(parts) <= MOST_WORDS and not SENTENCE.search(words)
