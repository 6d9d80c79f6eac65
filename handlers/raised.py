"""Answers to what the bot raised: help with it, no more of it, another day, not needed at all."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.reminders import LAST_CALLED, may_drop, may_move
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import heard, press
from bot.store.replied import asked_in
from bot.store.room import Room
from bot.store.tables import Task
from bot.understanding.dates import Moments, near_enough
from handlers.appointments import argument
from handlers.asking import acting, leaves, means, owners, picked, seen
from handlers.decide import let_go
from handlers.lists import day_code, listed, moves
from handlers.overdue import concerned
from handlers.reminders import MOST_LINES
from handlers.when import answered, day_of_code, said_in


@press("builder")
def ask_builder(ask: Ask, room: Room) -> list[Say]:
    """The group wants the community builder to help with what nobody could take: that reads what the group
    read."""
    stuck, to = last_called(ask, room), room.coordinator_chat
    if to is None or not stuck:
        raise Refusal("button.old")
    for task in stuck:
        task.quiet = True
    lines = listed(room, stuck, None)
    told = Say("builder.asked", who=acting(ask).name, name=room.row.newcomer_name, lines=lines, to=to)
    return [Say("builder.told", to=room.chat), told]


def last_called(ask: Ask, room: Room) -> list[Task]:
    """What the pressed button's message asked for the last time and nobody took; of a message that is not
    known any more, as much as one message asks for."""
    about = asked_in(room.row, ask.chat, ask.message).tasks
    left = [t for t in room.open_tasks if t.raised == LAST_CALLED and not t.who and not t.quiet]
    return [task for task in left if not about or task.id in about][:MOST_LINES]


@press("quiet")
def stop_asking(ask: Ask, room: Room) -> Say:
    acting(ask)
    for task in last_called(ask, room):
        task.quiet = True
    return Say("asking.stopped")


@heard("group")
def spoken_to_in_group(ask: Ask, room: Room) -> Say | None:
    """Words to the bot in the group: a "no" stops the asking; anything else gets the way to help, once a
    day: people who talk beneath a message of the bot mostly talk to each other."""
    if ask.member is None:
        return None
    if means(ask.words, room.content.phrases.no) and stopped(ask, room):
        return Say("asking.stopped")
    if not (ask.reply_to or ask.words) or room.row.hinted_on == room.today:
        return None
    room.row.hinted_on = room.today
    return Say("group.hint")


def stopped(ask: Ask, room: Room) -> bool:
    """A "no" in reply to a message stops what that one asked about, and nothing where it asked nothing; one
    that is no reply stops all that was raised. Whether anything was stopped."""
    if ask.reply_to is None:
        return room.stop_asking()
    about = asked_in(room.row, ask.chat, ask.reply_to).tasks
    raised = [t for t in room.open_tasks if t.id in about and t.raised and not t.quiet and not t.who]
    for task in raised:
        task.quiet = True
    return bool(raised)


@press("move")
def move(ask: Ask, room: Room) -> Say | list[Say]:
    """Another day; of what meanwhile got an appointment to come, another moment."""
    task = picked(ask, room)
    must_move(ask, task)
    if to_come(room, task):
        return answered(ask, room, task, Moments())
    room.ask(ask.person, "move", task=task.id)
    ahead = [room.today + timedelta(days=days) for days in (3, 7, 14)]
    buttons = [[Button(Phrase("same", it=d), "moveto", (task.id or 0, day_code(d))) for d in ahead]]
    return Say("move.when", task=seen(ask, task), buttons=buttons)


@press("moveto")
def move_to(ask: Ask, room: Room) -> Say | list[Say]:
    return moved_to(ask, room, picked(ask, room), Moments(day=day_of_code(argument(ask, 1))))


@heard("move")
def move_typed(ask: Ask, room: Room) -> Say | list[Say]:
    """The day in words, or a day and an hour; or the question is left."""
    task = room.task(str(room.answers(ask.person, "move").get("task")), by_id=True)
    if not leaves(ask, room.content):
        return moved_to(ask, room, task, said_in(ask, room, ask.words))
    room.settle_questions(ask.person, "move")
    return Say("asking.left")


def moved_to(ask: Ask, room: Room, task: Task, found: Moments) -> Say | list[Say]:
    """A new last day. With an hour, or where an appointment is to come, it is a moment: that goes the way of
    /when, so that whoever must agree to it is asked."""
    must_move(ask, task)
    room.settle_questions(ask.person, "move")
    if to_come(room, task) or found.choices:
        return answered(ask, room, task, found)
    told = {m.id: m for m in (*concerned(room, task), *owners(room, task)) if m is not acting(ask)}
    task.at = None  # an appointment that is over did not do it
    room.set_reminders(task)
    if found.day is None:
        return answered(ask, room, task, found)
    near_enough(found.day, room.now)
    task.move(found.day, room.today)
    room.set_reminders(task)
    said = [
        Say("move.told", who=acting(ask).name, task=task.title_for(member), due=found.day, to=to)
        for member in told.values()
        if (to := room.privately(member))
    ]
    return [Say("move.done", task=seen(ask, task), due=found.day), *said, *moves(room, room.redate())]


def to_come(room: Room, task: Task) -> bool:
    return task.at is not None and task.at > room.now


def must_move(ask: Ask, task: Task) -> None:
    if not may_move(task, acting(ask)):
        raise Refusal("task.not_yours", task=seen(ask, task))


@press("drop")
def drop(ask: Ask, room: Room) -> list[Say]:
    """Whoever has a task says it is not needed. What concerns the newcomer, the newcomer drops."""
    task = picked(ask, room)
    if not may_drop(task, acting(ask)):
        raise Refusal("only.newcomer")
    if acting(ask) not in task.who:
        raise Refusal("task.not_yours", task=seen(ask, task))
    here, told = let_go(ask, room, task)
    return [here, *told]
