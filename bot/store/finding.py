"""Which task somebody means by a few words, in whatever language they know its title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from bot.content import Company
from bot.domain.words import Button, Phrase, Refusal, Words
from bot.store.tables import Task
from bot.understanding.times_lexer import plain

Names = Callable[[Words], tuple[Sequence[str], Sequence[str]]]
"""All names of a thing: those in the languages that the asker is likely to use, then those in the others."""

ARTICLE = "ال"
MOST_BUTTONS = 8
BETWEEN = 3
"""Words back from a name that may still say "with": "with Anna and Yusuf"."""


def names_in_content(words: Words) -> tuple[Sequence[str], Sequence[str]]:
    """The names that content itself holds, where no locales are at hand."""
    return tuple(words.texts.values()), ()


def number_in(words: str) -> str | None:
    """The task's number as it was written, where that is all there is: "12", "# 12"."""
    found = re.fullmatch(r"#?\s*(\d{1,6})", words)
    return found[1] if found else None


def task_named(words: str, press: str, among: Sequence[Task], names: Names = names_in_content) -> Task:
    """The one task whose title is these words, or else has them in it, or else has each of the longer
    ones; a language that the asker is unlikely to use counts only where the others have nothing.
    Refusals: ``task.unknown``; ``task.which`` where several fit or nothing was said."""
    wanted = folded(words)
    if not wanted:
        raise which(among[:MOST_BUTTONS], press)
    titles = [(task, *titles_of(task, names)) for task in among]
    found = fitting(wanted, [(task, near) for task, near, _ in titles])
    found = found or fitting(wanted, [(task, [*near, *far]) for task, near, far in titles])
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal("task.unknown", words=words[:60])
    raise which(found, press)


def fitting(wanted: str, among: Sequence[tuple[Task, list[str]]]) -> list[Task]:
    """The tasks that are best named by these words, all of it folded."""
    exact = [task for task, titles in among if wanted in titles]
    found = exact or [task for task, titles in among if any(wanted in title for title in titles)]
    parts = [part for part in wanted.split() if len(part) > 2]
    if found or not parts:
        return found
    return [task for task, titles in among if all(any(p in title for title in titles) for p in parts)]


def which(among: Sequence[Task], press: str) -> Refusal:
    """The question which one is meant, with a button each, ``MOST_BUTTONS`` at most."""
    if not among:
        return Refusal("task.none")
    buttons = [[task_button(task, press)] for task in among[:MOST_BUTTONS]]
    if len(among) > MOST_BUTTONS:
        return Refusal("task.which_many", n=len(among), buttons=buttons)
    return Refusal("task.which", buttons=buttons)


def titles_of(task: Task, names: Names) -> tuple[list[str], list[str]]:
    """A task's titles, folded; what people called it themselves has one."""
    near, far = names(task.title) if isinstance(task.title, Words) else ((task.title,), ())
    return all_folded(near), all_folded(far)


def keeps_company(words: str, name: str, company: Company) -> bool:
    """Whether words say that somebody of this name is there too: "to the market with Anna and Yusuf",
    "take Yusuf to the market"; not "shop with Anna for Yusuf"."""
    parts, named = re.findall(r"\w+", folded(words)), re.findall(r"\w+", folded(name))
    with_, others, does = (
        {folded(form) for form in forms} for forms in (company.before, company.others, company.does)
    )
    for at in range(len(parts) - len(named) + 1 if named else 0):
        *first, last = parts[at : at + len(named)]
        ending = last.removeprefix(named[-1]) if last.startswith(named[-1]) else None
        if first != named[:-1] or ending is None or (ending and ending not in company.endings):
            continue
        before, after = parts[max(0, at - BETWEEN) : at], parts[at + len(named) :][:1]
        said = next((word for word in reversed(before) if word in with_ | others), None)
        if ending or said in with_ or company.after & {*after} or (said is None and does & {*parts}):
            return True
    return False


def all_folded(titles: Iterable[str]) -> list[str]:
    return [folded(title) for title in titles]


def task_button(task: Task, press: str) -> Button:
    return Button(
        Phrase("button.task", number=task.number, task=task.title_for(None)), press, (task.id or 0,)
    )


def folded(text: str) -> str:
    """Letters and digits only, lower case and without accents, vowel marks or the Arabic article, so that
    "Huis-arts " finds "huisarts" and "البنك" finds "بنك"."""
    words = re.sub(r"[^\w\s]", "", plain(text)).split()
    return " ".join(word[2:] if word.startswith(ARTICLE) and len(word) > 4 else word for word in words)
