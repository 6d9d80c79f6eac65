"""The last day of what a letter asks: told in private to whoever has it, as the days run out."""

from __future__ import annotations

from bot.domain.words import Ask, Button, Phrase, Say
from bot.routes import due
from bot.store.room import Room
from bot.store.tables import Member, Task


@due("task.deadline")
def deadline(ask: Ask, room: Room) -> list[Say]:
    """Also on Sundays: a last day does not wait. What was missed while the bot was down comes once."""
    assert ask.due
    task = next((task for task in room.open_tasks if task.id == ask.due.args["task"]), None)
    if task is None or task.due is None:
        return []
    room.set_reminders(task)
    left = (task.due - room.today).days
    if left < 0:
        return []
    buttons = [[Button(Phrase("button.done_n", number=task.number), "done", (task.id or 0,))]]
    return [
        Say(
            "remind.deadline" if left else "remind.deadline_today",
            n=left,
            task=task.title_for(member),
            due=task.due,
            to=to,
            buttons=buttons,
        )
        for member in whose(room, task)
        if (to := room.privately(member)) and member.person and member.person.reminders != "none"
    ]


def whose(room: Room, task: Task) -> list[Member]:
    """The letter's owner, and who took it on."""
    owner = room.member(task.whose)
    there = [owner] if owner and owner.left is None else []
    return list({member.id: member for member in [*there, *task.who]}.values())
