"""Finds again, anywhere in a letter, what is known of the reader: names, addresses, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.letters.masking.people import is_initials
from bot.letters.masking.words import fold, mask_words
from bot.letters.misread import unlike

Span = tuple[int, int]

_word = re.compile(r"(?:[^\W\d_]{1,2}\.)+|[^\W_]+(?:['’`][^\W_]+)*")
_close = re.compile(r" {0,2}|[ ]?[-–][ ]?|[ ]?-?[ ]?\r?\n[ \t]{0,80}|\. ?")
_split = re.compile(r" |-?[ \t]?\r?\n[ \t]{0,80}|-")
LONG = 6
"""Letters of a name that is found again though some of them were misread."""
_most = 200
"""More names, or more addresses, than this are in no letter: junk must not make the search slow."""


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    raw: str
    key: str


def words_of(text: str) -> list[Word]:
    return [Word(*m.span(), m[0], fold(m[0])) for m in _word.finditer(text)]


def names_again(text: str, learnt: Iterable[Span]) -> list[Span]:
    """All words of names, wherever they stand: with initials and given names beside them."""
    people = mask_words().people
    spots = set(learnt)
    words = words_of(text)
    at_spot = [(word.start, word.end) in spots for word in words]
    keys = {
        word.key
        for word, spot in zip(words, at_spot, strict=True)
        if spot and len(word.key) > 1 and not is_initials(word.raw) and word.key not in people.small
    }
    keys = set(sorted(keys, key=len, reverse=True)[:_most])
    hit = at_spot
    for _ in range(2):
        hit = _hits(text, words, keys, at_spot)
        keys |= set(_absorb(text, words, hit, keys))
    return _merged(text, [(word.start, word.end) for word, found in zip(words, hit, strict=True) if found])


def _hits(text: str, words: list[Word], keys: set[str], spots: list[bool]) -> list[bool]:
    """Which words are words of names."""
    strangers = mask_words().people.strangers
    weak = {key for key in keys if len(key) < 3 or key in strangers}
    strong = keys - weak
    long = [key for key in strong if len(key) > 5]
    hit = list(spots)
    for n, word in enumerate(words):
        whole = word.key in strong and (word.raw[:1].isupper() or len(word.key) > 4)
        glued = len(word.key) > 6 and not whole and any(key in word.key for key in long)
        misread = (
            word.raw[0].isupper()
            and word.key not in strangers
            and any(alike(word.key, key) for key in strong)
        )
        hit[n] = hit[n] or whole or glued or misread
        if n and not hit[n - 1] and len(words[n - 1].key + word.key) > 5:
            joined = words[n - 1].key + word.key
            if joined in strong and _split.fullmatch(text, words[n - 1].end, word.start):
                hit[n - 1] = hit[n] = True
    for n, word in enumerate(words):
        if word.key in weak and word.raw[:1].isupper() and not hit[n]:
            hit[n] = _leans(text, words, hit, n)
    return hit


def alike(word: str, name: str) -> bool:
    """Whether a word may be a long name that a bad picture changed: the longer, the more of it."""
    longest, shortest = max(len(word), len(name)), min(len(word), len(name))
    if shortest < LONG or longest - shortest > 2 or word.startswith(name) or name.startswith(word):
        return False
    return unlike(word, name) <= 0.5 * min(4, longest - LONG or 1)


def _leans(text: str, words: list[Word], hit: list[bool], n: int) -> bool:
    """Whether a short name stands beside a title, initials or another name."""
    people = mask_words().people
    if n and _close.fullmatch(text, words[n - 1].end, words[n].start):
        before = words[n - 1]
        if hit[n - 1] or is_initials(before.raw) or before.key in people.titles:
            return True
    return (
        n + 1 < len(words) and hit[n + 1] and bool(_close.fullmatch(text, words[n].end, words[n + 1].start))
    )


def _absorb(text: str, words: list[Word], hit: list[bool], keys: set[str]) -> Iterator[str]:
    """Takes initials, small words and given names in front of a name, and what a hyphen ties to it."""
    people = mask_words().people
    for n in range(len(words) - 1, 0, -1):
        gap, before = text[words[n - 1].end : words[n].start], words[n - 1]
        if not hit[n] or hit[n - 1] or not _beside(gap):
            continue
        small = before.key in people.small and n > 1
        if is_initials(before.raw) or (small and (gap == "-" or before.raw[0].isupper() or hit[n - 2])):
            hit[n - 1] = True
        elif _given(before) and before.key not in keys:
            hit[n - 1] = True
            if len(before.key) > 2:
                yield before.key
    for n in range(1, len(words)):
        tied = hit[n - 1] and text[words[n - 1].end : words[n].start] == "-"
        hit[n] = hit[n] or (tied and words[n].raw[0].isupper() and words[n].key.isalpha())


def _beside(gap: str) -> bool:
    return gap in {" ", "-", "", " - ", "- "}


def _given(word: Word) -> bool:
    """Whether a word in front of a surname may be a given name."""
    people = mask_words().people
    fine = word.raw[0].isupper() and len(word.raw) > 1 and not any(char.isdigit() for char in word.raw)
    return fine and word.key not in people.strangers | people.skipped


def _merged(text: str, spans: list[Span]) -> list[Span]:
    """Neighbouring words of a name as one span."""
    found: list[Span] = []
    for start, end in spans:
        if found and _close.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def again(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Every place where the same signs stand, whatever is between them: spaces, dots, a line break."""
    seen: set[str] = set()
    for start, end in spans:
        signs = re.sub(r"[\W_]", "", text[start:end])
        if len(signs) < 5 or len(signs) > 80 or signs.casefold() in seen or len(seen) >= _most // 4:
            continue
        seen.add(signs.casefold())
        pattern = r"[\W_]{0,4}".join(map(re.escape, signs))
        for match in re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", text, re.IGNORECASE):
            yield match.span()
