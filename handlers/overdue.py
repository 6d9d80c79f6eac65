"""What should be done by now: asked in private of whoever has it, within what each wants to hear."""

from __future__ import annotations

from bot.domain.reminders import OVERDUE, Look, may_drop, may_move, may_nudge
from bot.domain.words import Audience, Button, Phrase, Say
from bot.store.replied import asking
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.going import going


def overdue_words(room: Room, found: Look[Task]) -> list[Say]:
    """Privately, to whoever has it or went: hand over, move, drop, or done after all. Who have it together
    are asked on the same day: what several have comes first, and waits while one of them was asked of
    something else."""
    said = []
    asked = [(task, [m for m in concerned(room, task) if hears_all(m)]) for task in found.overdue]
    for task, members in sorted(asked, key=lambda one: -len(one[1])):
        chats = [to for member in members if (to := nudgeable(room, member))]
        if not chats or len(chats) < len(members):
            continue
        task.raised = OVERDUE
        for member, to in zip(members, chats, strict=True):
            nudged(member, room, task)
            said.append(overdue(room, task, member, to))
    return said


def concerned(room: Room, task: Task) -> list[Member]:
    return going(room, task) if task.at else task.who


def overdue(room: Room, task: Task, member: Member, to: Audience) -> Say:
    """After an appointment: whether it is done; after a last day: what to do. Only what this member may do
    is offered."""
    number = (task.id or 0,)
    first, second = [Button(Phrase("button.done"), "done", number)], []
    if member in task.who:
        first.append(Button(Phrase("button.hand_over"), "release", number))
    if may_move(task, member):
        second.append(Button(Phrase("button.move"), "move", number))
    if member.newcomer and member not in task.who:
        second.append(Button(Phrase("button.notneeded"), "notneeded", number))
    elif may_drop(task, member):
        second.append(Button(Phrase("button.drop"), "drop", number))
    key, when = ("remind.how_was_it", {"at": task.at}) if task.at else ("remind.overdue", {"due": task.due})
    title, slot = task.title_for(member), asking([task])
    return Say(key, task=title, to=to, buttons=[first, second], slot=slot, **when)


def hears_all(member: Member) -> bool:
    """Whether somebody can be reached and wants to be asked unasked at all."""
    return member.reachable and member.person is not None and member.person.reminders == "all"


def nudgeable(room: Room, member: Member) -> Audience | None:
    """The private chat of somebody who may be written to unasked today."""
    if member.person is None or not hears_all(member):
        return None
    allowed = may_nudge(member.person.nudged_on, today=room.today, arrival=room.row.arrival)
    return room.privately(member) if allowed else None


def nudged(member: Member, room: Room, task: Task) -> None:
    """Remember what somebody was asked unasked: the day for the budget, the task for a "no"."""
    if member.person:
        member.person.nudged_on, member.person.nudged_task = room.today, task.id
