"""What a message of the bot asked about, found again when somebody replies to it or presses its button, or
simply writes what they mean.

It stands in the name of the slot under which the message went out, and is forgotten with that row. Nothing
takes the place of such a message, so its name is no slot's (bot/outbox.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import object_session
from sqlmodel import col, select

from bot.store.tables import Outgoing, Person, RoomRow, Task

ASKS = "asks:"
FOR = "@"
"""Comes before the moment that a message asks about."""


@dataclass(frozen=True)
class Asked:
    """What one message asked about: ids of tasks; the moment, as buttons carry it, that it proposed or
    reminded of ("": none); and when it was written (UTC)."""

    tasks: frozenset[int] = frozenset()
    moment: str = ""
    on: datetime | None = None


def asking(tasks: Iterable[Task], moment: str = "") -> str:
    """The slot of a message that asks about these tasks; empty where there are none."""
    named = ",".join(str(task.id) for task in tasks)
    return f"{ASKS}{named}{FOR if moment else ''}{moment}" if named else ""


def asked_in(reader: Person | RoomRow, chat: int, message: int | None) -> Asked:
    """What this message of the bot asked the reader about; nothing for any other message, and for one of
    more than a month ago."""
    session = object_session(reader)
    if session is None or message is None:
        return Asked()
    sent = select(Outgoing).where(Outgoing.chat == chat, Outgoing.message == message)
    return read(session.scalars(sent.order_by(col(Outgoing.id).desc()).limit(1)).first())


def asked_last(reader: Person, chat: int) -> Asked:
    """What the newest message there that asked about a task asked; nothing where there was none within a
    month."""
    session = object_session(reader)
    if session is None:
        return Asked()
    asks = col(Outgoing.slot).startswith(ASKS, autoescape=True)
    sent = select(Outgoing).where(Outgoing.chat == chat, asks, col(Outgoing.state).in_(("sent", "unknown")))
    return read(session.scalars(sent.order_by(col(Outgoing.id).desc()).limit(1)).first())


def read(sent: Outgoing | None) -> Asked:
    if sent is None or not sent.slot.startswith(ASKS):
        return Asked()
    named, _, moment = sent.slot.removeprefix(ASKS).partition(FOR)
    return Asked(frozenset(int(number) for number in named.split(",") if number), moment, sent.created)
