"""What a newcomer was asked by buttons and did not answer yet: words instead of a tap bring it up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.words import Ask, Press, Say
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.appointments import fits, fits_not, proposal, stamp
from handlers.asking import means
from handlers.consent import question
from handlers.newgroup import board_of
from handlers.reminders import decision, unanswered
from handlers.start import ask_language, introduce

MEANT = timedelta(days=2)
"""How long words are taken to be about what the bot asked unasked."""


def asked_again(ask: Ask, programme: Programme) -> list[Say]:
    """The open question of a newcomer, with its buttons; a plain yes or no to the one proposal there is
    answers it. Empty where nothing is open."""
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
    alone = len(waiting) == 1 and not asked_lately(room, member)
    if alone and (said := answer(ask, room, member, waiting[0])):
        return said
    return [*proposals(room, member, waiting), *([decide] if decide and not waiting else [])]


def proposed_to(room: Room, member: Member) -> list[Task]:
    """Tasks with a moment to come that this newcomer was asked about."""
    asked = [t for t in room.open_tasks if t.with_newcomer and t.proposed and t.proposed > room.now]
    return [task for task in asked if not task.hidden_from(member)]


def proposals(room: Room, member: Member, tasks: list[Task]) -> list[Say]:
    said = []
    for task in tasks:
        by = room.member(task.proposed_by)
        if by and task.proposed:
            said.append(proposal(room, member, by, task, task.proposed))
    return said


def answer(ask: Ask, room: Room, member: Member, task: Task) -> list[Say]:
    """A typed yes or no, as if its button had been pressed."""
    known = room.content.phrases
    run: Any = fits if means(ask.words, known.yes) else fits_not if means(ask.words, known.no) else None
    if run is None or task.proposed is None:
        return []
    press = Press(run.__name__, (str(task.id), stamp(room, task.proposed)), "")
    said = run(replace(ask, member=member, press=press), room)
    room.flush()
    return [*said, *board_of(room)]


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
