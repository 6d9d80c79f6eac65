"""Which task somebody means by a few words, in whatever language they know its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.words import Button, Phrase, Refusal, Words
from bot.redaction import secrets_in
from bot.store.tables import Task


def number_in(words: str) -> str | None:
    """The task's number as it was written, where that is all there is: "12", "# 12"."""
    found = re.fullmatch(r"#?\s*(\d{1,6})", words)
    return found[1] if found else None


def task_named(words: str, press: str, among: Sequence[Task]) -> Task:
    """The one task whose title is these words, or else has them in it, or else has each of the longer
    ones. Refusals: ``task.unknown``; ``task.which`` where several fit or nothing was said."""
    wanted = folded(words)
    if not wanted:
        raise which(among, press)
    exact = [task for task in among if wanted in {folded(t) for t in titles(task)}]
    found = exact or [task for task in among if any(wanted in folded(t) for t in titles(task))]
    if not found:
        parts = [part for part in wanted.split() if len(part) > 2]
        found = [t for t in among if parts and all(any(p in folded(x) for x in titles(t)) for p in parts)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal("words.secret") if secrets_in(words) else Refusal("task.unknown", words=words[:60])
    raise which(found, press)


def which(among: Sequence[Task], press: str) -> Refusal:
    """The question which one is meant, with a button each (eight at most) that presses ``press``."""
    if not among:
        return Refusal("task.none")
    return Refusal("task.which", buttons=[[task_button(task, press)] for task in among[:8]])


def titles(task: Task) -> list[str]:
    return list(task.title.texts.values()) if isinstance(task.title, Words) else [task.title]


def task_button(task: Task, press: str) -> Button:
    return Button(
        Phrase("button.task", number=task.number, task=task.title_for(None)), press, (task.id or 0,)
    )


def folded(text: str) -> str:
    """Letters and digits only, lower case, so that "Huis-arts " finds "huisarts"."""
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())
