"""What a message of the bot asked about, found again when somebody replies to it or presses its button.

It stands in the name of the slot under which the message went out, and is forgotten with that row. Nothing
takes the place of such a message, so its name is no slot's (bot/outbox.py).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import object_session
from sqlmodel import col, select

from bot.store.tables import Outgoing, Person, RoomRow, Task

ASKS = "asks:"


def asking(tasks: Iterable[Task]) -> str:
    """The slot of a message that asks about these tasks; empty where there are none."""
    named = ",".join(str(task.id) for task in tasks)
    return f"{ASKS}{named}" if named else ""


def asked_in(reader: Person | RoomRow, chat: int, message: int | None) -> frozenset[int]:
    """The ids of the tasks that this message of the bot asked the reader about; none for any other message,
    and for one of more than a month ago."""
    session = object_session(reader)
    if session is None or message is None:
        return frozenset()
    sent = select(Outgoing.slot).where(Outgoing.chat == chat, Outgoing.message == message)
    slot = session.scalars(sent.order_by(col(Outgoing.id).desc()).limit(1)).first() or ""
    named = slot.removeprefix(ASKS) if slot.startswith(ASKS) else ""
    return frozenset(int(number) for number in named.split(",") if number)
