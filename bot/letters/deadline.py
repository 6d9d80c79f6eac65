"""A last day that a letter names: the day, what it is for, and the words it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.letters.cues import cue
from bot.letters.text import Body

Basis = Literal["stated", "computed"]
What = Literal["act", "pay", "object", "reply", "activate", "appeal"]

PURPOSES: tuple[What, ...] = ("appeal", "object", "activate", "pay", "reply")
"""The surest first: an objection may speak of paying as well."""


@dataclass(frozen=True)
class Deadline:
    """The last day for something, the words it rests on, and whether it is printed there or counted.
    ``faint``: the line it stands on could hardly be read. ``differs``: the other day that the
    letter gives for it, where its term and what it prints beside that disagree."""

    date: dt.date
    what: What
    basis: Basis
    quote: str
    faint: bool = False
    differs: dt.date | None = None


def context(body: Body, begin: int) -> str:
    """The words just before a sentence: a heading tells what a sentence under it is about."""
    return body.text[max(0, begin - 160) : begin]


def what_of(words: str, before: str, label: str) -> What:
    """What the last day is for: by the sentence's own words, else by the heading above it."""
    if label and cue("purpose", "pay_heading").search(label):
        return "pay"
    if cue("purpose", "ask").search(words):
        return "reply"
    for part in (words, before.rsplit("\n\n", 1)[-1]):
        for what in PURPOSES:
            if cue("purpose", what).search(part):
                return what
    return "act"
