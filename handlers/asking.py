"""Who asks, about what, and where the answer may be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.content import Content
from bot.domain.words import Ask, Audience, Phrase, Refusal, Say, Words
from bot.store.finding import folded
from bot.store.room import Room
from bot.store.tables import Member, Task


def picked(ask: Ask, room: Room) -> Task:
    """The task of the pressed button. Refusal ``button.old`` where it names none."""
    if ask.press is None:
        raise Refusal("button.old")
    return room.task(ask.press.number(0), by_id=True)


def acting(ask: Ask) -> Member:
    """The member who acts; a coordinator who has no role in the room holds no tasks."""
    if ask.member is None:
        raise Refusal("member.none")
    member: Member = ask.member
    return member


def seen(ask: Ask, task: Task) -> Words | str | Phrase:
    """The title for whoever reads the answer: the asker in private, everybody in the group."""
    return task.title_for(ask.member if ask.private else None)


def public(ask: Ask, room: Room, task: Task) -> Audience | None:
    """Where the answer goes: the group hears of common tasks, what is a newcomer's own stays between
    the bot and whoever asked."""
    if not task.hidden_from(None):
        return room.chat
    return room.privately(ask.member) if ask.member else None


def told_to(ask: Ask, room: Room, task: Task) -> Words | str | Phrase:
    """The title as it may stand where ``public`` sends it: what the asker may read in private, the group
    perhaps may not."""
    to = public(ask, room, task)
    return task.title_for(None if to == room.chat else ask.member)


def told_owners(ask: Ask, room: Room, task: Task, key: str, **args: Any) -> list[Say]:
    """What somebody who was asked along does with a newcomer's own is told to the newcomer: the group reads
    nothing of it."""
    return [
        Say(key, number=task.number, task=task.title_for(newcomer), to=to, **args)
        for newcomer in owners(room, task)
        if newcomer is not ask.member and (to := room.privately(newcomer))
    ]


def owners(room: Room, task: Task) -> list[Member]:
    """The newcomers whose own a task is; nobody where the group reads of it."""
    own = [newcomer for newcomer in room.newcomers if task.hidden_from(None) and newcomer.agreed]
    return [newcomer for newcomer in own if not task.hidden_from(newcomer)]


def spoken(ask: Ask) -> str | None:
    return ask.person.language if ask.person else None


def means(words: str, known: Iterable[str]) -> bool:
    """Whether a whole message is one of these words, however it is spelled."""
    return folded(words) in {folded(word) for word in known}


def leaves(ask: Ask, content: Content) -> bool:
    """Whether somebody does not want to answer the bot's question: "no", "never mind"."""
    return means(ask.words, content.phrases.no | content.phrases.never_mind)
