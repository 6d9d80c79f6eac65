"""Messages on their way out. Every function takes the session of the transaction it belongs to.

Attempts are counted before they start. The statements are made once, as in bot/store/rows.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, insert, update
from sqlalchemy import select as pick
from sqlmodel import Session, SQLModel, col, delete, select

from bot.store.tables import Outgoing, Slot

_outgoing, _slot = SQLModel.metadata.tables["outgoing"], SQLModel.metadata.tables["slot"]
_o, _s = _outgoing.c, _slot.c

_FOLD = (
    update(_outgoing)
    .where(
        _o.chat == bindparam("of"),
        _o.slot == bindparam("name"),
        _o.state == "waiting",
        _o.attempts == 0,
    )
    .values(state="folded", payload=b"", settled=bindparam("now"))
)
_PUT_OUT = insert(_outgoing).values(attempts=0, state="waiting", fault="")


def put_out(
    session: Session, *, chat: int, room: int | None, slot: str, payload: bytes, now: datetime
) -> None:
    """Queue a message. What waits for the same slot and was not begun is folded into this one."""
    connection = session.connection()
    if slot:
        connection.execute(_FOLD, {"of": chat, "name": slot, "now": now})
    given = {"chat": chat, "room_id": room, "slot": slot, "payload": payload, "created": now}
    connection.execute(_PUT_OUT, given)


def empty_slot(session: Session, chat: int, slot: str) -> None:
    """The next text for this slot is a new message."""
    session.execute(delete(Slot).where(col(Slot.chat) == chat, col(Slot.name) == slot))


@dataclass(frozen=True)
class Head:
    """The oldest waiting message of a chat: what it is, how often sending it was begun before, and the
    message that its slot shows now."""

    id: int
    chat: int
    room_id: int | None
    slot: str
    payload: bytes
    before: int
    shown: int | None = None


_OLDEST = (
    pick(func.min(_o.id))
    .where(_o.state == "waiting", _o.chat.not_in(bindparam("held", expanding=True)))
    .group_by(_o.chat)
    .order_by(func.min(_o.id))
    .limit(bindparam("most"))
)
_HEADS = (
    pick(_o.id, _o.chat, _o.room_id, _o.slot, _o.payload, _o.attempts, _s.message)
    .select_from(_outgoing.outerjoin(_slot, and_(_s.chat == _o.chat, _s.name == _o.slot)))
    .where(_o.id.in_(_OLDEST))
    .order_by(_o.id)
)
_BEGIN_OUT = (
    update(_outgoing).where(_o.id.in_(bindparam("ids", expanding=True))).values(attempts=_o.attempts + 1)
)


def pick_heads(session: Session, held: Collection[int], most: int) -> list[Head]:
    """The oldest waiting message of each chat that is not held back, attempts counted."""
    connection = session.connection()
    found = [Head(*row) for row in connection.execute(_HEADS, {"held": list(held), "most": most})]
    if found:
        connection.execute(_BEGIN_OUT, {"ids": [row.id for row in found]})
    return found


_CLOSE = (
    update(_outgoing)
    .where(_o.id == bindparam("row"))
    .values(
        state=bindparam("to"),
        message=bindparam("as_message"),
        fault=func.coalesce(func.nullif(bindparam("why"), ""), _o.fault),
        settled=bindparam("now"),
        payload=b"",
    )
)
_AGAIN = (
    update(_outgoing)
    .where(_o.id == bindparam("row"))
    .values(attempts=bindparam("begun"), fault=func.coalesce(func.nullif(bindparam("why"), ""), _o.fault))
)


@dataclass(frozen=True)
class Closed:
    """A message that is done with: how, as which message it is shown, and why if it is not."""

    id: int
    state: str
    message: int | None = None
    fault: str = ""


def close_out(session: Session, closed: Collection[Closed], now: datetime) -> None:
    """Messages are done with; their words go with the same commit."""
    if closed:
        given = [
            {"row": c.id, "to": c.state, "as_message": c.message, "why": c.fault, "now": now} for c in closed
        ]
        session.connection().execute(_CLOSE, given)


def keep_out(session: Session, row: int, begun: int, fault: str = "") -> None:
    """A message waits again; ``begun`` counts how often sending it was begun."""
    session.connection().execute(_AGAIN, {"row": row, "begun": begun, "why": fault})


_ANY_OUT = pick(_o.id).where(_o.state == "waiting").limit(1)


def waiting_out(session: Session) -> bool:
    """Whether any message waits."""
    return session.connection().execute(_ANY_OUT).first() is not None


def sent_since(session: Session, moment: datetime) -> list[tuple[int, datetime]]:
    """Chat and time of what was sent since a moment: the limits hold across a restart."""
    rows = session.exec(
        select(Outgoing.chat, Outgoing.settled)
        .where(col(Outgoing.settled) >= moment, Outgoing.state != "folded")
        .order_by(col(Outgoing.settled))
    )
    return [(chat, settled) for chat, settled in rows if settled]
