"""What a newcomer was asked and did not answer yet: words instead of a tap answer it or bring it up again,
and whoever proposed a moment reads before it that nobody answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.content import Content
from bot.domain import calendar
from bot.domain.reminders import NO_TASK, unanswered
from bot.domain.words import Ask, Button, Phrase, Press, Say
from bot.routes import due
from bot.store.programme import Programme
from bot.store.replied import Asked, asked_in, asked_last
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.appointments import fits, fits_not, proposal, stamp
from handlers.asking import means
from handlers.consent import question
from handlers.newgroup import board_of
from handlers.reminders import cannot_then, decision, was_late
from handlers.start import ask_language, introduce

YES, NO = "fits", "fitsnot"
"""The buttons under a proposal."""
MEANT = timedelta(days=2)
"""How long words are taken to be about what the bot asked unasked."""


@due("task.unanswered")
def told_of_silence(ask: Ask, room: Room) -> list[Say]:
    """Whoever proposed a moment reads in private that there is no answer yet, and asks in person. They read
    the same whether the newcomer is silent or cannot be reached: that is told to nobody."""
    assert ask.due
    task = next((t for t in room.open_tasks if t.id == ask.due.args["task"]), None)
    if task is None or task.proposed is None or not is_then(room, task.proposed, ask.due.args["at"]):
        return []
    by = room.member(task.proposed_by)
    to = room.privately(by) if by else None
    if by is None or to is None:
        return []
    if calendar.quiet(room.now, room.zone):
        morning = calendar.next_morning(room.now, room.zone)
        again = {**ask.due.args, "late": True}
        room.remind(f"task:{task.id}:unanswered", morning, "task.unanswered", **again)
        return []
    number, late = (task.id or 0, stamp(room, task.proposed)), was_late(ask, room)
    return [
        Say(
            "when.unanswered",
            task=task.title_for(by),
            at=task.proposed,
            to=to,
            lines=[Phrase("remind.late")] if late else [],
            buttons=[[Button(Phrase("button.asked_in_person"), "agreed", number)]],
        )
    ]


# a plain yes or no to a moment


def of_moment(ask: Ask, programme: Programme) -> list[Say]:
    """What a plain yes or no answers: the proposal or reminder that it replies to, else the one that was
    asked last. Empty where it is about none."""
    person, press = programme.person, meant(ask, programme.content)
    if not press:
        return []
    about = asked_in(person, ask.chat, ask.reply_to) if ask.reply_to else asked_last(person, ask.chat)
    if not about.moment or (ask.reply_to is None and asked_since(programme, about)):
        return []
    for room in programme.rooms():
        member = room.member_of(person.id)
        task = next((t for t in room.open_tasks if t.id in about.tasks), None)
        if task and member and member.newcomer and member.agreed and not task.hidden_from(member):
            return to_moment(ask, room, member, task, about, press)
    return []


def meant(ask: Ask, content: Content) -> str:
    """The button that a plain yes or no stands for; "" for any other words."""
    if means(ask.words, content.phrases.yes):
        return YES
    return NO if means(ask.words, content.phrases.no) else ""


def asked_since(programme: Programme, about: Asked) -> bool:
    """Whether something about no task was asked unasked on that day or later: a yes may be to that."""
    person = programme.person
    if person.nudged_task != NO_TASK or person.nudged_on is None or about.on is None:
        return False
    return about.on.astimezone(programme.zone).date() <= person.nudged_on


def to_moment(ask: Ask, room: Room, member: Member, task: Task, about: Asked, press: str) -> list[Say]:
    """A proposal that still stands is decided, unless nothing says which of several is meant. What was agreed
    is not called off by a word: that is asked back. What was overtaken brings the present proposal again."""
    waiting, replies = proposed_to(room, member), ask.reply_to is not None
    if is_then(room, task.proposed, about.moment):
        return answer(ask, room, member, task, about.moment, press) if replies or waiting == [task] else []
    if not is_then(room, task.at, about.moment):
        return proposals(room, member, [task]) if replies and task in waiting else []
    if not task.awaits(member) or (press == YES and replies):
        return answer(ask, room, member, task, about.moment, press)
    today = about.on is not None and about.on.astimezone(room.zone).date() == room.today
    return [asked_back(room, member, task)] if press == NO and (replies or today) else []


def is_then(room: Room, moment: datetime | None, code: str) -> bool:
    """Whether this is the moment that a button carries so, and still to come."""
    return moment is not None and moment > room.now and stamp(room, moment) == code


def asked_back(room: Room, member: Member, task: Task) -> Say:
    to, buttons = room.privately(member), [[cannot_then(room, task)]]
    return Say("when.cannot", task=task.title_for(member), at=task.at, to=to, buttons=buttons)


def answer(ask: Ask, room: Room, member: Member, task: Task, code: str, press: str) -> list[Say]:
    """A typed yes or no, as if its button had been pressed."""
    pressed = replace(ask, member=member, press=Press(press, (str(task.id), code), ""))
    run: Any = fits if press == YES else fits_not
    said = run(pressed, room)
    room.flush()
    return [*said, *board_of(room)]


# what is open


def asked_again(ask: Ask, programme: Programme) -> list[Say]:
    """The open question of a newcomer, with its buttons; a plain yes or no that replies to nothing answers
    the one proposal there is. Empty where nothing is open."""
    for room in programme.rooms():
        member = room.member_of(programme.person.id)
        if member and member.newcomer and (said := of_newcomer(ask, room, member)):
            return said
    return []


def of_newcomer(ask: Ask, room: Room, member: Member) -> list[Say]:
    if member.consent == "asked":
        return [question(room, member)]
    if member.consent == "unasked":
        knows_language = member.person and member.person.language
        return introduce(room, member) if knows_language else [ask_language(room.id)]
    if not member.agreed:
        return []
    waiting, decide = proposed_to(room, member), to_decide(room, member)
    alone = len(waiting) == 1 and not ask.reply_to and not asked_lately(room, member)
    if alone and (said := to_the_one(ask, room, member, waiting[0])):
        return said
    return [*proposals(room, member, waiting), *([decide] if decide and not waiting else [])]


def to_the_one(ask: Ask, room: Room, member: Member, task: Task) -> list[Say]:
    press = meant(ask, room.content)
    if not press or task.proposed is None:
        return []
    return answer(ask, room, member, task, stamp(room, task.proposed), press)


def proposed_to(room: Room, member: Member) -> list[Task]:
    """Tasks with a moment to come that this newcomer was asked about."""
    asked = [task for task in room.open_tasks if task.proposed and task.proposed > room.now]
    return [task for task in asked if task.is_up_to(member)]


def proposals(room: Room, member: Member, tasks: list[Task]) -> list[Say]:
    said = []
    for task in tasks:
        by = room.member(task.proposed_by)
        if by and task.proposed:
            said.append(proposal(room, member, by, task, task.proposed))
    return said


def asked_lately(room: Room, member: Member) -> bool:
    """Whether the bot asked something else of its own accord, so that a yes may be about that."""
    person = member.person
    if person is None or person.nudged_task is None or person.nudged_on is None:
        return False
    return room.today - person.nudged_on <= MEANT


def to_decide(room: Room, member: Member) -> Say | None:
    """The question how they want a task to go, if that is what they were asked last."""
    to = room.privately(member)
    if to is None or member.person is None or not asked_lately(room, member):
        return None
    task = next((t for t in room.open_tasks if t.id == member.person.nudged_task), None)
    open_still = task and unanswered(task, member) and not task.hidden_from(member)
    return decision(room, task, to) if task and open_still else None
