"""What nearly every answer looks up: a room, its people and its tasks. The statements are made once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, or_
from sqlalchemy.orm import lazyload
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select

from bot.store.tables import Holder, Member, RoomRow, Task

_MEMBERS = select(Member).where(Member.room_id == bindparam("room")).order_by(col(Member.id))


def members_of(session: Session, room: int) -> list[Member]:
    """All members a room ever had, by id."""
    return list(session.scalars(_MEMBERS, {"room": room}))


_TASKS = (
    select(Task)
    .where(Task.room_id == bindparam("room"))
    .order_by(col(Task.number))
    .options(lazyload(Task.holders))  # type: ignore[arg-type]  # SQLModel shows the list, not the relationship
)
_HOLDERS = (
    select(Holder.task_id, Holder.member_id)
    .join(Member, col(Member.id) == col(Holder.member_id))
    .where(Member.room_id == bindparam("room"))
)


def tasks_of(session: Session, room: int, members: Iterable[Member]) -> list[Task]:
    """A room's tasks by number, with those who hold them."""
    by_id = {member.id: member for member in members}
    holders: dict[int, list[Member]] = {}
    for task_id, member_id in session.execute(_HOLDERS, {"room": room}):
        holders.setdefault(task_id, []).append(by_id[member_id])
    found = list(session.scalars(_TASKS, {"room": room}))
    for task in found:
        set_committed_value(task, "holders", holders.get(task.id or 0, []))
    return found


_MINE = (
    select(RoomRow)
    .where(
        or_(
            col(RoomRow.id).in_(
                select(Member.room_id).where(
                    Member.person_id == bindparam("person"), col(Member.left).is_(None)
                )
            ),
            col(RoomRow.coordinator_id) == bindparam("person"),
        ),
        RoomRow.state != "closed",
    )
    .order_by(col(RoomRow.id))
)


def rooms_of(session: Session, person_id: int) -> list[RoomRow]:
    """The rooms somebody is in or coordinates, oldest first."""
    return list(session.scalars(_MINE, {"person": person_id}))


_ROLES = (
    select(Member.role)
    .join(RoomRow, col(RoomRow.id) == col(Member.room_id))
    .where(
        Member.person_id == bindparam("person"),
        Member.role != "coordinator",
        col(Member.left).is_(None),
        RoomRow.state != "closed",
    )
    .distinct()
)


def roles_of(session: Session, person_id: int) -> set[str]:
    """What somebody is in the rooms they are in, beside coordinating them."""
    return set(session.scalars(_ROLES, {"person": person_id}))


_THERE = select(RoomRow).where(RoomRow.chat == bindparam("chat"))


def room_in(session: Session, chat: int) -> RoomRow | None:
    """The room whose group chat that is."""
    return session.scalars(_THERE, {"chat": chat}).first()
