"""What a group must never read: the title of a task that is one person's own.

A request to a group is looked through as Telegram would show it: texts, captions, the labels of
buttons, and documents that are plain text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.content import Content
from bot.domain.tasks import words_of
from bot.letters.kinds import kinds
from bot.texts import Texts

LETTERS = 15
"""By so many letters a title is known where a button cut it off, unless what all may read begins so too."""
WORDED = {"text", "caption"}
"""Parameters that a chat reads as they stand."""

Request = tuple[str, dict[str, Any]]


def plain(text: str) -> str:
    """Words without markup and isolating marks."""
    return html.unescape(re.sub(r"<[^>]+>|[\u200f\u2066-\u2069]", "", text))


def leaks(requests: Iterable[Request], content: Content, texts: Texts, shared: set[str]) -> list[str]:
    """The words that groups read of private matters. ``shared``: keys of tasks that their owner let the
    group know of."""
    said = {words for _, asked in requests if to_group(asked) for words in readable(asked)}
    secret = (beginnings, letters)
    titles = [title for each in secret for title in each(content, texts, shared)] if said else []
    return [f"{title!r} in {words!r}" for title in titles for words in said if title in words]


def to_group(asked: dict[str, Any]) -> bool:
    return str(asked.get("chat_id", "")).startswith("-")


def readable(asked: dict[str, Any]) -> Iterator[str]:
    """All words of a request. A keyboard and an album are JSON, a document has a name and perhaps a text."""
    for name, value in asked.items():
        if hasattr(value, "content"):
            yield value.filename
            yield from plain_text(value.content)
        elif isinstance(value, str):
            yield from [plain(value)] if name in WORDED else words_in(decoded(value))
        else:
            yield from words_in(value)


def plain_text(content: bytes) -> Iterator[str]:
    """A file's words, where it has no other form than words; a calendar's folded lines made whole."""
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return
    yield plain(re.sub(r"\r?\n[ \t]", "", words).replace("\\", ""))


def decoded(value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        return value


def words_in(value: Any) -> Iterator[str]:
    """The strings in what JSON can say, however deep."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from words_in(item)


def beginnings(content: Content, texts: Texts, shared: set[str]) -> Iterator[str]:
    """What each private title begins with, in every language: the fewest letters that tell it apart from
    what all may read."""
    tasks = [task for plan in content.plans.values() for task in plan.tasks]
    private = [task for task in tasks if task.private and task.key not in shared]
    told = [words_of(t, "title", t.key) for t in tasks if t not in private]
    told += [words_of(t, "neutral", t.key) for t in tasks if t.neutral]
    for language in texts.languages:
        free = "\n".join(texts.words(words, language) for words in told)
        for task in private:
            title = texts.words(words_of(task, "title", task.key), language)
            lengths = range(LETTERS, len(title))
            yield next((title[:n] for n in lengths if title[:n] not in free), title)


def letters(content: Content, texts: Texts, shared: set[str]) -> Iterator[str]:
    """What letters are called, where nothing that all may read is called so."""
    tasks = [task for plan in content.plans.values() for task in plan.tasks]
    told = [words_of(task, "title", task.key) for task in tasks]
    free = "\n".join(texts.words(words, language) for words in told for language in ("nl", "en"))
    for kind in kinds().values():
        for name in (kind.name.nl, kind.name.en):
            if kind.key not in shared and len(name) >= LETTERS and name not in free:
                yield name
