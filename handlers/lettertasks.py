"""A letter becomes a task by its owner's own tap: theirs alone, the group's, or one to go to together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.calendar import LOOK_AT, QUIET_FROM
from bot.domain.words import Ask, Button, Joined, Phrase, Say
from bot.routes import press
from bot.store.letters import Known
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.asking import acting
from handlers.decide import with_whom
from handlers.explanations import sent_by
from handlers.going import calendar, calendar_document
from handlers.letterdays import MOST, Wanted, ahead, day_of, last_of
from handlers.lettertwice import Made, made_before, sent_before, sort_of, there_already, turn

AGAIN = timedelta(hours=2)
"""How long after it was written down somebody is reminded of a last day that is today."""


@press("lmine")
def for_me(ask: Ask, room: Room) -> list[Say]:
    """Theirs alone: nobody else reads that there is a letter; reminders come to them."""
    known = sent_by(ask, room)
    made = tasks_of(ask, room, known, private=True)
    said = [told_mine(ask, room, known, made, task) for task in made.tasks]
    return [*said, *notes(room, known, made), *files(ask, room, made.new)]


@press("ltask")
def for_group(ask: Ask, room: Room) -> list[Say]:
    """On the board, under a name that tells only whose paper it was."""
    known = sent_by(ask, room)
    made = tasks_of(ask, room, known, private=False)
    said: list[Say] = []
    for task in made.tasks:
        shown = Button(Phrase("button.letter_shown"), "share", (task.id or 0,))
        show = [[shown]] if acting(ask).newcomer else []
        if not acting(ask).newcomer and task.at:
            task.claim(acting(ask))
            room.set_reminders(task)
        said.append(told(ask, room, known, "letter.task_group", task, show))
        claim = [[Button(Phrase("button.claim"), "claim", (task.id or 0,))]]
        if room.chat:
            said.append(
                Say(
                    "letter.new_task",
                    who=acting(ask).name,
                    number=task.number,
                    task=task.title,
                    lines=when(task),
                    to=room.chat,
                    buttons=claim,
                )
            )
    return [*said, *notes(room, known, made), *files(ask, room, made.new)]


@press("lalong")
def along(ask: Ask, room: Room) -> list[Say]:
    """Somebody comes along: a task of their own, and then whom to ask."""
    known = sent_by(ask, room)
    own = [task for task in made_before(room, known) if task.private] or sent_before(ask, room, known)
    made = Made(own) if own else tasks_of(ask, room, known, private=True)
    meeting = next((task for task in made.tasks if task.at), made.tasks[0])
    others = [task for task in made.tasks if task is not meeting]
    said = [told_mine(ask, room, known, made, task) for task in [*others, meeting]]
    return [*said, *notes(room, known, made), with_whom(ask, room, meeting)]


def told_mine(ask: Ask, room: Room, known: Known, made: Made, task: Task) -> Say:
    """It is theirs; of what the group could read before also that it is off the board."""
    if acting(ask) not in task.who:
        task.claim(acting(ask))
    remind(room, task)
    said = told(ask, room, known, "letter.task_mine", task)
    said.lines = (*said.lines, *([Phrase("letter.off_board")] if task in made.turned else []))
    return said


def tasks_of(ask: Ask, room: Room, known: Known, *, private: bool) -> Made:
    """The letter as tasks: one for each of its last days and appointments that is still to come, the first
    ``MOST`` of them. What was made of it before is not made twice: it becomes private, or the group's.
    Refusals ``letter.task_there``, ``letter.task_taken``."""
    member, sort = acting(ask), sort_of(known.letter)
    wanted, turned = there_already(ask, room, known, private=private)
    for task in turned:
        turn(task, member, private=private)
        remind(room, task)
    made = Made([task_of(room, member, sort, one, private=private) for one in wanted], turned)
    tasks = dict.fromkeys([*known.tasks, *(task.id for task in made.tasks)])
    room.letters(ask.person).change(known.id, tasks=[*tasks])
    return made


def notes(room: Room, known: Known, made: Made) -> list[Say]:
    """What its owner should know of the days, and has not read before: that there are several, that some are
    left out, that all are over, or that there is none to remind of."""
    if not made.new:
        return []
    coming, last = ahead(room, known.letter), last_of(known.letter)
    if not coming:
        if last is None:
            return [Say("letter.not_reminded")]
        due = made.new[0].due
        return [Say("letter.all_past", day=last, year=str(last.year), due=due)] if due else []
    several = [Phrase("letter.several")] if len(made.tasks) > 1 else []
    if left := [day_of(one)[0] for one in coming[MOST:]]:
        several.append(Phrase("letter.several_left", days=Joined(tuple(left))))
    return [Say(several[0].key, lines=several[1:], **several[0].args)] if several else []


def task_of(room: Room, member: Member, kind: str, one: Wanted, *, private: bool) -> Task:
    moment = one.at.astimezone(UTC) if one.at else None
    task = room.add_task(
        area="social",
        letter=kind,
        wanted=[*one.what],
        due=one.due,
        start=room.today if one.due else None,
        at=moment,
        private=private,
        whose=member.id,
        made_by=member.id,
        moved=True,
    )
    room.flush()
    if moment:
        task.comes(member)
    remind(room, task)
    return task


def remind(room: Room, task: Task) -> None:
    """As of any letter's task; of a last day that is today once more today, when there is time left."""
    room.set_reminders(task)
    if again := later_today(room, task):
        room.remind(f"task:{task.id}:due", again, "task.deadline", task=task.id)


def reminds(room: Room, task: Task) -> bool:
    """Whether anything is still to come that reminds of it."""
    if task.at or task.due is None:
        return task.at is not None
    morning = room.now < room.at(room.today, LOOK_AT)
    return task.due > room.today or (task.due == room.today and (morning or bool(later_today(room, task))))


def later_today(room: Room, task: Task) -> datetime | None:
    """When somebody is told once more that today is the last day; None where the day is nearly over, or
    the morning's reminder is still to come."""
    moment = room.now + AGAIN
    if task.due != room.today or task.at or room.now < room.at(room.today, LOOK_AT):
        return None
    return moment if moment < room.at(room.today, QUIET_FROM) else None


def told(
    ask: Ask, room: Room, known: Known, key: str, task: Task, buttons: Sequence[Sequence[Button]] = ()
) -> Say:
    """To the letter's owner."""
    reminded = [Phrase("letter.reminds")] if reminds(room, task) else []
    args: dict[str, Any] = {"neutral": task.title} if key == "letter.task_group" else {}
    return Say(
        key,
        number=task.number,
        task=task.title_for(acting(ask)),
        lines=[*when(task), *reminded],
        buttons=buttons,
        **args,
    )


def when(task: Task) -> list[Phrase]:
    if task.at:
        return [Phrase("task.planned_at", at=task.at)]
    return [Phrase("task.due_on", due=task.due)] if task.due else []


def files(ask: Ask, room: Room, made: Sequence[Task]) -> list[Say]:
    """Calendar files: of appointments as everywhere, of a last day an entry on that morning."""
    member = acting(ask)
    to = room.privately(member)
    if to is None:
        return []
    found = [calendar(room, member, task) for task in made if task.at]
    return found + [last_day_file(room, member, task) for task in made if task.due and not task.at]


def last_day_file(room: Room, member: Member, task: Task) -> Say:
    return Say(
        "letter.calendar",
        task=task.title_for(member),
        due=task.due,
        to=room.privately(member),
        document=calendar_document(room, task, member),
    )
