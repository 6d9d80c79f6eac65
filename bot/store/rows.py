"""The rows that carry work: what is due. (bot/store/outgoing.py: what is on its way out.)

Every function takes the session of the transaction it belongs to. Attempts are counted before
they start, so that a row which kills the process is not tried for ever.

What every update passes through is written as statements made once, on the tables themselves: built
anew as objects they cost the bot half of its speed (``samenbot bench``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, update
from sqlalchemy import select as pick
from sqlmodel import Session, SQLModel, col, delete, select

from bot.store.tables import (
    Card,
    Errand,
    Holder,
    Invite,
    Letter,
    Member,
    Outgoing,
    Pending,
    Person,
    Question,
    RoomRow,
    Slot,
    Task,
)

MOST_ATTEMPTS = 3
"""So often a row may fail."""

MOST_BEGUN = 20
"""So often a row may be begun whose end nobody saw, because the process ended with it. That may be the
row's doing, or chance: a machine that is switched off and on, and off again, while it starts."""

KEEP_SETTLED = timedelta(days=35)
KEEP_LETTERS = timedelta(days=2)
"""Each is erased a day after it was read; this is for one whose own moment went wrong."""
KEEP_QUESTIONS = timedelta(days=30)

_pending = SQLModel.metadata.tables["pending"]
_p = _pending.c


def write_down(session: Session, rows: list[dict[str, Any]]) -> None:
    """Insert updates that are not there yet; one that came twice, then or now, is one row."""
    taken = set(
        session.exec(
            select(Pending.update_id).where(
                Pending.bot == rows[0]["bot"], col(Pending.update_id).in_([row["update_id"] for row in rows])
            )
        )
    )
    fresh = {row["update_id"]: row for row in rows if row["update_id"] not in taken}
    if fresh:
        session.execute(insert(Pending), list(fresh.values()))


@dataclass(frozen=True)
class Picked:
    """A due row that is about to be handled: its chat, its room, what it holds, and how often handling
    it was begun before."""

    id: int
    lane: int
    before: int
    room_id: int | None = None
    update_id: int | None = None
    payload: bytes = b""
    subject: str | None = None


_DUE = (
    pick(_p.id, _p.lane, _p.attempts, _p.room_id, _p.update_id, _p.payload, _p.subject)
    .where(
        _p.state == "waiting", _p.due <= bindparam("now"), _p.lane.not_in(bindparam("busy", expanding=True))
    )
    .order_by(_p.due, _p.id)
    .limit(bindparam("most"))
)
_BEGIN = update(_pending).where(_p.id.in_(bindparam("ids", expanding=True))).values(attempts=_p.attempts + 1)


def pick_due(session: Session, now: datetime, busy: Collection[int], most: int) -> list[Picked]:
    """The next due rows, the oldest of each chat that is not busy, with their attempt counted.

    A row that was tried before is taken alone, as soon as nothing else is under way: if it is the one
    that kills the process, no neighbour's attempts are spent on it.
    """
    connection = session.connection()
    rows = connection.execute(_DUE, {"now": now, "busy": list(busy), "most": most * 4}).all()
    picked: dict[int, Picked] = {}
    for row in rows:
        if row.lane not in picked and len(picked) < most:
            picked[row.lane] = Picked(*row)
    chosen = list(picked.values())
    tried = [row for row in chosen if row.before]
    if tried:
        chosen = [] if busy else tried[:1]
    if chosen:
        connection.execute(_BEGIN, {"ids": [row.id for row in chosen]})
    return chosen


def next_due(session: Session) -> datetime | None:
    """The moment of the earliest waiting row (UTC); None where nothing waits."""
    return session.exec(select(func.min(Pending.due)).where(Pending.state == "waiting")).one()


_SETTLE = (
    update(_pending)
    .where(_p.id == bindparam("row"), _p.state == "waiting")
    .values(state=bindparam("to"), settled=bindparam("now"), payload=b"")
)


def settle(session: Session, row: int, now: datetime, state: str = "done") -> bool:
    """A row is finished with, and its payload goes with the same commit; False where somebody else
    finished it, or nobody wants it any more."""
    found = session.connection().execute(_SETTLE, {"row": row, "now": now, "to": state})
    return found.rowcount == 1


def put_off(session: Session, row: int, due: datetime) -> None:
    """A row that failed waits until then before it is tried again."""
    session.execute(update(Pending).where(col(Pending.id) == row).values(due=due))


def rooms_without(session: Session, subject: str) -> list[RoomRow]:
    """Active rooms for which no moment of this subject waits."""
    waiting = pick(_p.id).where(_p.room_id == col(RoomRow.id), _p.subject == subject, _p.state == "waiting")
    return list(session.exec(select(RoomRow).where(RoomRow.state == "active", ~waiting.exists())))


def remember(
    session: Session, *, lane: int, room: int | None, subject: str, due: datetime, payload: bytes
) -> None:
    """Write down a later moment; one that waits under the same subject is replaced."""
    forget(session, room, subject)
    session.add(Pending(lane=lane, room_id=room, subject=subject, due=due, payload=payload))


def forget(session: Session, room: int | None, subject: str) -> None:
    """A later moment is not needed any more."""
    session.execute(
        delete(Pending).where(
            col(Pending.room_id) == room, col(Pending.subject) == subject, col(Pending.state) == "waiting"
        )
    )


def remembered(session: Session, room: int, subject: str) -> bool:
    """Whether a later moment about that is still to come."""
    waiting = select(Pending.id).where(
        Pending.room_id == room, Pending.subject == subject, Pending.state == "waiting"
    )
    return session.exec(waiting.limit(1)).first() is not None


def what_waits(session: Session, room: int | None, subject: str) -> Pending | None:
    """The later moment that waits under a subject."""
    wanted = select(Pending).where(
        Pending.room_id == room, Pending.subject == subject, Pending.state == "waiting"
    )
    return session.exec(wanted.limit(1)).first()


def chat_moved(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: the id changes everywhere, and messages of the old one are gone."""
    session.execute(update(RoomRow).where(col(RoomRow.chat) == old).values(chat=new))
    session.execute(update(Pending).where(col(Pending.lane) == old).values(lane=new))
    session.execute(update(Outgoing).where(col(Outgoing.chat) == old).values(chat=new))
    session.execute(delete(Slot).where(col(Slot.chat) == old))


def sweep(session: Session, now: datetime) -> None:
    """Settled rows hold ids and moments only; after a while not even those are needed. Nor are questions
    that nobody answered, and codes that work no more."""
    before = now - KEEP_SETTLED
    session.execute(delete(Pending).where(col(Pending.state) != "waiting", col(Pending.settled) < before))
    session.execute(delete(Outgoing).where(col(Outgoing.state) != "waiting", col(Outgoing.settled) < before))
    session.execute(delete(Letter).where(col(Letter.made) < now - KEEP_LETTERS))
    session.execute(delete(Errand).where(col(Errand.state) != "waiting", col(Errand.settled) < before))
    session.execute(delete(Question).where(col(Question.asked) < now - KEEP_QUESTIONS))
    session.execute(delete(Invite).where(col(Invite.expires) < now))


def forget_room(session: Session, room: int) -> None:
    """Nothing of a room is due any more."""
    session.execute(
        delete(Pending).where(
            col(Pending.room_id) == room, col(Pending.state) == "waiting", col(Pending.update_id).is_(None)
        )
    )


def void_invites(session: Session, member: int) -> None:
    """A member's personal links open nothing any more."""
    session.execute(delete(Invite).where(col(Invite.member_id) == member, col(Invite.used_at).is_(None)))


def erase_room(session: Session, room: int) -> None:
    """Tasks, who holds them, cards, questions, invitations and unsent words of a room."""
    its = select(Task.id).where(Task.room_id == room)
    session.execute(delete(Holder).where(col(Holder.task_id).in_(its)))
    for table in (Task, Card, Question, Invite):
        session.execute(delete(table).where(col(table.room_id) == room))
    session.execute(delete(Outgoing).where(col(Outgoing.room_id) == room, col(Outgoing.state) == "waiting"))


def forget_person(session: Session, person_id: int) -> None:
    """Erase somebody who is nowhere else: no other room, not the owner, no coordinator."""
    person = session.get(Person, person_id)
    elsewhere = session.exec(select(Member.id).where(Member.person_id == person_id)).first()
    elsewhere = elsewhere or claims(session, person_id)
    if person:
        forget_letters(session, person_id)
    if person and not (elsewhere or person.owner or person.coordinator):
        close_questions(session, person_id)
        session.execute(delete(Person).where(col(Person.id) == person_id))


def claims(session: Session, person_id: int) -> int | None:
    """Whether they wait in some room for the answer that they are its newcomer."""
    waiting = select(Pending.id).where(Pending.subject == f"claim:{person_id}", Pending.state == "waiting")
    return session.exec(waiting.limit(1)).first()


def forget_letters(session: Session, person_id: int) -> None:
    """Letters that somebody sent, read or not."""
    for table in (Errand, Letter):
        session.execute(delete(table).where(col(table.person_id) == person_id))


def open_question(
    session: Session, person_id: int, topic: str = "", since: datetime | None = None
) -> Question | None:
    """The newest question that this person has not answered: of that topic, asked since a moment."""
    wanted = select(Question).where(Question.person_id == person_id)
    if since:
        wanted = wanted.where(Question.asked >= since)
    if topic:
        wanted = wanted.where(Question.topic == topic)
    return session.exec(wanted.order_by(col(Question.id).desc()).limit(1)).first()


def close_questions(session: Session, person_id: int, topics: Iterable[str] | None = None) -> None:
    wanted = delete(Question).where(col(Question.person_id) == person_id)
    if topics is not None:
        wanted = wanted.where(or_(*[col(Question.topic) == topic for topic in topics]))
    session.execute(wanted)


_PERSON = select(Person).where(Person.telegram == bindparam("telegram"))


def person_of(session: Session, telegram: int) -> Person | None:
    return session.scalars(_PERSON, {"telegram": telegram}).first()
