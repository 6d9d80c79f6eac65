"""Rows of slow work. Every function takes the session of the transaction it belongs to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from bot.store.rows import MOST_BEGUN
from bot.store.tables import Errand, Person

TEXT = "text"
"""What a text goes under that may go on, in place of an album's name."""
MOST_FAILED = 3
"""So often an errand may fail."""


@dataclass(frozen=True)
class Taken:
    """An errand that was begun: whose, in which chat, and how often it was begun before."""

    id: int
    person_id: int
    lane: int
    payload: bytes
    before: int


def take_due(
    session: Session, now: datetime, busy: Collection[int], most: int
) -> tuple[list[Taken], list[Taken]]:
    """The oldest due errand of each chat that is not busy, its attempt counted before it starts; and those
    that were begun too often, which are set aside."""
    due = select(Errand).where(Errand.state == "waiting", col(Errand.due) <= now)
    found: dict[int, Errand] = {}
    for errand in session.exec(due.order_by(col(Errand.due), col(Errand.id)).limit(4 * most)):
        if errand.lane not in busy:
            found.setdefault(errand.lane, errand)
    taken, lost = [], []
    for errand in list(found.values())[:most]:
        one = Taken(errand.id or 0, errand.person_id, errand.lane, errand.payload, errand.attempts)
        if errand.attempts >= MOST_BEGUN:
            errand.state, errand.payload, errand.settled = "aside", b"", now
            lost.append(one)
        else:
            errand.attempts += 1
            taken.append(one)
    return taken, lost


def open_errand(session: Session, person: Person, album: str) -> Errand | None:
    """What somebody is still sending under that name, and nobody has begun to read."""
    wanted = select(Errand).where(
        Errand.person_id == person.id,
        Errand.album == album,
        Errand.state == "waiting",
        Errand.attempts == 0,
    )
    return session.exec(wanted).first()


def settle(session: Session, errand: int, now: datetime, state: str = "done") -> bool:
    """An errand is finished with; False where nobody wants it any more."""
    done = update(Errand).where(col(Errand.id) == errand, col(Errand.state) == "waiting")
    found = session.connection().execute(done.values(state=state, payload=b"", settled=now))
    return found.rowcount == 1


def put_back(session: Session, errand: int, due: datetime, payload: bytes) -> None:
    """It waits until then, as if it had not been begun."""
    session.execute(
        update(Errand)
        .where(col(Errand.id) == errand, col(Errand.state) == "waiting")
        .values(due=due, payload=payload, attempts=0)
    )


def next_due(session: Session) -> datetime | None:
    """The moment of the earliest errand that waits (UTC); None where none does."""
    return session.exec(select(func.min(Errand.due)).where(Errand.state == "waiting")).one()
