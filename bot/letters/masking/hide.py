"""Hides in words of a letter what is personal in it, also where a cut left only a part of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection

from bot.letters.masking.text import Mask
from bot.letters.masking.words import mask_words

Piece = tuple[int, int, str]
"""From where to where something personal stands, and the mark in its place."""


def hider(text: str, masks: Collection[Mask]) -> Callable[[str], str]:
    """Hides in words of a text what is personal in all of it: a name is known by where it stood first, and
    what a cut left of a number by where the words stand."""
    marks = mask_words().marks
    pieces = {" ".join(text[mask.start : mask.end].split()): marks[mask.what] for mask in masks}
    order = sorted(pieces, key=len, reverse=True)
    flat, places = flattened(text, masks)

    def hide(words: str) -> str:
        words = marked(words, torn(flat, places, words))
        for piece in order:
            words = words.replace(piece, pieces[piece])
        return words

    return hide


def flattened(text: str, masks: Collection[Mask]) -> tuple[str, list[Piece]]:
    """The text with one space between its words, and where in that the masks are."""
    words = list(re.finditer(r"\S+", text))
    begins, flat = [word.start() for word in words], [0]
    for word in words:
        flat.append(flat[-1] + len(word[0]) + 1)

    def at(place: int) -> int:
        number = bisect_right(begins, place) - 1
        return flat[number] + min(place, words[number].end()) - begins[number] if number >= 0 else 0

    marks = mask_words().marks
    return " ".join(word[0] for word in words), [
        (at(mask.start), at(mask.end), marks[mask.what]) for mask in masks
    ]


def torn(flat: str, places: list[Piece], words: str) -> list[Piece]:
    """What is personal and reaches over an end of words, wherever they stand: the part that is in them. Of
    words that lie in such a place as a whole only those with figures are part of it: else they may be the
    sender's name, for which the reader's street is called."""
    found, size = set[Piece](), len(words)
    begins = [start for start, *_ in places]
    at = flat.find(words) if words else -1
    while at >= 0:
        for edge in (at, at + size):
            over = places[bisect_right(begins, edge - 1) - 1] if begins and begins[0] < edge else None
            if over and over[1] > edge:
                part = max(over[0] - at, 0), min(over[1] - at, size), over[2]
                if part[1] - part[0] < size or any(map(str.isdigit, words)):
                    found.add(part)
        at = flat.find(words, at + 1)
    return sorted(part for part in found if part[0] < part[1])


def marked(words: str, places: list[Piece]) -> str:
    """The words with each mark in its place; ``places`` are in order."""
    shown, last = "", 0
    for start, end, mark in places:
        if start >= last:
            shown += words[last:start] + mark
        last = max(last, end)
    return shown + words[last:]
