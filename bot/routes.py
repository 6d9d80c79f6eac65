"""Marks that make a function a handler: what it answers, within which scope, and who may ask it.

The scope is the annotation of the second parameter: ``Room`` (one group), ``Own`` (one person's own
data) or ``Programme`` (groups and invitations).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, get_type_hints

from bot.domain.words import Ask, Say, Toast
from bot.store.programme import Own, Programme
from bot.store.room import Room

Where = Literal["any", "private", "group"]
Answer = Say | Toast | Iterable[Say | Toast] | None
Handler = Callable[[Ask, Any], Answer]

REMEMBERED = timedelta(days=2)
"""How long plain words are taken as the answer to the bot's last question, unless its route says less."""


@dataclass(frozen=True)
class Route:
    """One handler. ``who`` are the roles that may ask (empty: every member); ``free`` may be asked by
    a newcomer who has not agreed yet; ``shown`` puts a command in the menu; ``unasked``: what is due waits
    for an hour at which people are spoken to; ``within``: how long after a question words answer it;
    ``masks``: numbers that are never kept may stand in the words, because it hides them itself."""

    name: str
    run: Handler
    scope: type[Room] | type[Own]
    where: Where = "any"
    who: tuple[str, ...] = ()
    free: bool = False
    shown: bool = True
    unasked: bool = False
    within: timedelta = REMEMBERED
    masks: bool = False


@dataclass
class Routes:
    """All handlers by what they answer."""

    commands: dict[str, Route] = field(default_factory=dict)
    presses: dict[str, Route] = field(default_factory=dict)
    topics: dict[str, Route] = field(default_factory=dict)
    dues: dict[str, Route] = field(default_factory=dict)
    events: dict[str, Route] = field(default_factory=dict)
    board: Callable[[Room], Say | None] = lambda _room: None

    def add(self, table: dict[str, Route], name: str, run: Handler, **marks: Any) -> None:
        if name in table:
            raise ValueError(f"{name} is answered twice")
        hints = get_type_hints(run)
        scope = next(
            (hint for hint in hints.values() if isinstance(hint, type) and hint in (Room, Own, Programme)),
            None,
        )
        if scope is None:
            raise TypeError(f"{run.__name__} names no scope")
        table[name] = Route(name, run, scope, **marks)


ROUTES = Routes()


def command(
    name: str,
    *,
    where: Where = "any",
    who: tuple[str, ...] = (),
    free: bool = False,
    shown: bool = True,
    masks: bool = False,
) -> Callable[[Handler], Handler]:
    """Answers ``/name``, and the aliases that locales give it."""

    def mark(run: Handler) -> Handler:
        ROUTES.add(ROUTES.commands, name, run, where=where, who=who, free=free, shown=shown, masks=masks)
        return run

    return mark


def press(name: str, *, who: tuple[str, ...] = (), free: bool = False) -> Callable[[Handler], Handler]:
    """Answers a button."""

    def mark(run: Handler) -> Handler:
        ROUTES.add(ROUTES.presses, name, run, who=who, free=free)
        return run

    return mark


def heard(
    topic: str, *, free: bool = False, within: timedelta = REMEMBERED, masks: bool = False
) -> Callable[[Handler], Handler]:
    """Answers plain words: the answer to the question about ``topic``; "" where nothing was asked,
    "letter" for files and what reads like a letter."""

    def mark(run: Handler) -> Handler:
        ROUTES.add(ROUTES.topics, topic, run, free=free, within=within, masks=masks)
        return run

    return mark


def due(what: str, *, unasked: bool = False) -> Callable[[Handler], Handler]:
    """Answers a moment that was written down. ``unasked``: never at night, on Sundays or holidays."""

    def mark(run: Handler) -> Handler:
        ROUTES.add(ROUTES.dues, what, run, free=True, unasked=unasked)
        return run

    return mark


def event(name: str) -> Callable[[Handler], Handler]:
    """Answers something that happened in a chat: somebody joined, the bot was added."""

    def mark(run: Handler) -> Handler:
        ROUTES.add(ROUTES.events, name, run, free=True)
        return run

    return mark


def board(run: Callable[[Room], Say | None]) -> Callable[[Room], Say | None]:
    """Shows a room's tasks in its one board message; asked whenever a transaction changed them."""
    ROUTES.board = run
    return run
