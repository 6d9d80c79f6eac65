"""What a last day is for: paying, objecting, answering."""

from __future__ import annotations

from typing import Literal

from bot.letters.cues import cue

What = Literal["act", "pay", "object", "reply", "activate", "appeal"]

PURPOSES: tuple[What, ...] = ("appeal", "object", "activate", "pay", "reply")
"""The surest first: an objection may speak of paying as well."""


def what_of(words: str, before: str, label: str) -> What:
    """What the last day is for: by the sentence's own words, else by the heading above it."""
    if label and cue("purpose", "pay_heading").search(label):
        return "pay"
    for part in (words, before.rsplit("\n\n", 1)[-1]):
        for what in PURPOSES:
            if cue("purpose", what).search(part):
                return what
    return "act"
