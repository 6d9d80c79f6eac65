"""A letter becomes a task by its owner's own tap: theirs alone, the group's, or one to go to together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.letters.letter import Letter
from bot.routes import press
from bot.store.letters import Known
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.asking import acting
from handlers.decide import with_whom
from handlers.explanations import sent_by
from handlers.going import calendar, calendar_document


@press("lmine")
def for_me(ask: Ask, room: Room) -> list[Say]:
    """Theirs alone: nobody else reads that there is a letter; reminders come to them."""
    made = tasks_of(ask, room, sent_by(ask, room), private=True)
    for task in made:
        task.claim(acting(ask))
        room.set_reminders(task)
    return [told(ask, room, "letter.task_mine", task) for task in made] + files(ask, room, made)


@press("ltask")
def for_group(ask: Ask, room: Room) -> list[Say]:
    """On the board, under a name that tells only whose paper it was."""
    made = tasks_of(ask, room, sent_by(ask, room), private=False)
    said: list[Say] = []
    for task in made:
        shown = Button(Phrase("button.letter_shown"), "share", (task.id or 0,))
        show = [[shown]] if acting(ask).newcomer else []
        if not acting(ask).newcomer and task.at:
            task.claim(acting(ask))
            room.set_reminders(task)
        said.append(told(ask, room, "letter.task_group", task, show))
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
    return said + files(ask, room, made)


@press("lalong")
def along(ask: Ask, room: Room) -> list[Say]:
    """Somebody comes along: a task of their own, and then whom to ask."""
    known, member = sent_by(ask, room), acting(ask)
    made = made_before(room, known, private=True) or tasks_of(ask, room, known, private=True)
    for task in made:
        if member not in task.who:
            task.claim(member)
        room.set_reminders(task)
    meeting = next((task for task in made if task.at), made[0])
    return [told(ask, room, "letter.task_mine", meeting), with_whom(ask, room, meeting)]


def made_before(room: Room, known: Known, *, private: bool) -> list[Task]:
    """What was made of this letter before, for them alone or for the group, and is still to be done."""
    return [task for task in room.open_tasks if task.id in known.tasks and task.private == private]


def tasks_of(ask: Ask, room: Room, known: Known, *, private: bool) -> list[Task]:
    """The letter as tasks: one for its first last day that is still to come, one for its next appointment;
    without either, one without a day. What was made of it before is not made twice."""
    member, letter = acting(ask), known.letter
    if there := made_before(room, known, private=private):
        raise Refusal("letter.task_there", number=there[0].number)
    due = next((one.date for one in letter.deadlines if one.date >= room.today), None)
    moments = [one.start.replace(tzinfo=room.zone) for one in letter.appointments]
    at = next((moment for moment in moments if moment > room.now), None)
    wanted: list[tuple[date | None, datetime | None]] = [(None, at)] if at else []
    if due or not wanted:
        wanted.insert(0, (due, None))
    for day, moment in wanted:
        must_be_another(ask, room, known, day, moment, private=private)
    made = [task_of(room, member, letter.kind, day, moment, private=private) for day, moment in wanted]
    room.letters(ask.person).change(known.id, tasks=[*known.tasks, *(task.id for task in made)])
    return made


ANOTHER = "new"
"""What a button carries with which somebody said that it is another letter."""


def must_be_another(
    ask: Ask, room: Room, known: Known, due: date | None, at: datetime | None, *, private: bool
) -> None:
    """Refuse a second task for a day of one letter that was sent twice: same sender, same reference. Where
    the letter of the first is erased by now, its owner may say that this is another. Refusal
    ``letter.task_there``."""
    moment, member = at.astimezone(UTC) if at else None, acting(ask)
    assert ask.press
    if ANOTHER in ask.press.args or not (due or moment):
        return
    for task in room.open_tasks:
        same = task.letter == known.letter.kind and task.whose == member.id and task.private == private
        if not same or task.due != due or task.at != moment:
            continue
        first = room.letters(ask.person).maker_of(task.id)
        if first is None:
            another = Button(Phrase("button.letter_another"), ask.press.name, (known.id, ANOTHER))
            raise Refusal("letter.task_there", number=task.number, buttons=[[another]])
        if one_letter(first.letter, known.letter):
            raise Refusal("letter.task_there", number=task.number)


def one_letter(first: Letter, second: Letter) -> bool:
    return (first.sender, first.reference) == (second.sender, second.reference)


def task_of(
    room: Room, member: Member, kind: str, due: date | None, at: datetime | None, *, private: bool
) -> Task:
    moment = at.astimezone(UTC) if at else None
    task = room.add_task(
        area="social",
        letter=kind,
        due=due,
        start=room.today if due else None,
        at=moment,
        private=private,
        whose=member.id,
        made_by=member.id,
        moved=True,
    )
    room.flush()
    if moment:
        task.comes(member)
    room.set_reminders(task)
    return task


def told(ask: Ask, room: Room, key: str, task: Task, buttons: Sequence[Sequence[Button]] = ()) -> Say:
    reminded = [Phrase("letter.reminds")] if task.due or task.at else []
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
