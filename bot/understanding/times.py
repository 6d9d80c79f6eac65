"""Times in people's own words: ``read_times("morgen om half drie", now=…)``.

The grammar is one for all languages; the words of each are data in ``content/times/*.toml``.
Everything is read against a now in the room's zone; nothing here asks the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.understanding.times_groups import Grouper
from bot.understanding.times_lexer import language_of, lexicon, tokens_of
from bot.understanding.times_resolve import Calendar
from bot.understanding.times_types import DayPart, Impossible, Kind, Limit, Span, Time
from bot.understanding.times_words import TimeWords, time_words

__all__ = ["DayPart", "Impossible", "Kind", "Limit", "Span", "Time", "TimeWords", "cut_times", "exact",
           "read_times", "time_words", "when"]  # fmt: skip

LONGEST = 2000
"""Letters of a text that are read; who writes more did not come to make an appointment."""


def read_times(text: str, *, now: datetime, language: str | None = None) -> list[Time]:
    """The times that a text speaks of, in the order in which they stand; empty if there are none.

    ``now`` is aware and in the room's zone; what comes back is in that zone. ``language`` is the
    writer's, if known; the words themselves weigh more. A date or hour that does not exist comes back as
    ``Impossible``. Raises ValueError for a naive ``now`` and ContentFault if the words cannot be loaded.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    tokens = tokens_of(text[:LONGEST])
    if not tokens:
        return []
    words = lexicon(language_of(tokens, language))
    reader = Grouper([part for token in tokens for part in words.split(token)], words)
    reader.today = now.date()
    places = Calendar(now, words.words)
    times: list[Time] = []
    for group in reader.groups():
        try:
            times += places.times(group)
        except (OverflowError, OSError):
            continue
    return list(merged(times))


def merged(times: Iterable[Time]) -> Iterable[Time]:
    """Each time once, with all places that say it."""
    by_label: dict[object, Time] = {}
    for time in times:
        key = (time.label(), time.limit) if time.label() else time
        known = by_label.get(key)
        by_label[key] = replace(known, spans=tuple(sorted({*known.spans, *time.spans}))) if known else time
    return by_label.values()


def when(times: Iterable[Time]) -> str:
    """The ``when`` column of the labelled sentences: the labels, joined by ``;``, each once."""
    return ";".join(dict.fromkeys(label for time in times if (label := time.label())))


def cut_times(text: str, times: Iterable[Time]) -> str:
    """The text without the words that say these times: what remains of "every Tuesday: practice"."""
    left = text
    for start, end in sorted({span for time in times for span in time.spans}, reverse=True):
        left = f"{left[:start]} {left[end:]}" if end <= len(left) or start < len(left) else left
    return re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", left)).strip(" ,;:-–،؛፡")


def exact(rows: Iterable[Mapping[str, str]], now: datetime) -> dict[str, tuple[int, int]]:
    """How many labelled rows (``lang``, ``text``, ``when``) are read exactly: (right, all).

    Keys are ``<lang> with`` for rows that speak of a time and ``<lang> without`` for the others.
    """
    scores: dict[str, tuple[int, int]] = {}
    for row in rows:
        read = set(filter(None, when(read_times(row["text"], now=now, language=row["lang"])).split(";")))
        right = read == set(filter(None, row["when"].split(";")))
        key = f"{row['lang']} {'with' if row['when'] else 'without'}"
        hits, total = scores.get(key, (0, 0))
        scores[key] = hits + right, total + 1
    return scores
