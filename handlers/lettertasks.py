"""A letter becomes a task by its owner's own tap: theirs alone, the group's, or one to go to together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.calendar import LOOK_AT, QUIET_FROM
from bot.domain.words import Ask, Button, Joined, Phrase, Refusal, Say
from bot.letters.letter import Letter
from bot.letters.recognise import OTHER
from bot.routes import press
from bot.store.letters import Known
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.asking import acting
from handlers.decide import with_whom
from handlers.explanations import sent_by
from handlers.going import calendar, calendar_document
from handlers.letterdays import MOST, Wanted, ahead, day_of, last_of, wanted_of

AGAIN = timedelta(hours=2)
"""How long after it was written down somebody is reminded of a last day that is today."""


@press("lmine")
def for_me(ask: Ask, room: Room) -> list[Say]:
    """Theirs alone: nobody else reads that there is a letter; reminders come to them."""
    known = sent_by(ask, room)
    made = tasks_of(ask, room, known, private=True)
    for task in made:
        task.claim(acting(ask))
        remind(room, task)
    said = [told(ask, room, known, "letter.task_mine", task) for task in made]
    return [*said, *notes(room, known, made), *files(ask, room, made)]


@press("ltask")
def for_group(ask: Ask, room: Room) -> list[Say]:
    """On the board, under a name that tells only whose paper it was."""
    known = sent_by(ask, room)
    made = tasks_of(ask, room, known, private=False)
    said: list[Say] = []
    for task in made:
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
    return [*said, *notes(room, known, made), *files(ask, room, made)]


@press("lalong")
def along(ask: Ask, room: Room) -> list[Say]:
    """Somebody comes along: a task of their own, and then whom to ask."""
    known, member = sent_by(ask, room), acting(ask)
    made = made_before(room, known, private=True) or sent_before(ask, room, known)
    made = made or tasks_of(ask, room, known, private=True)
    for task in made:
        if member not in task.who:
            task.claim(member)
        remind(room, task)
    meeting = next((task for task in made if task.at), made[0])
    others = [task for task in made if task is not meeting]
    said = [told(ask, room, known, "letter.task_mine", task) for task in [*others, meeting]]
    return [*said, *notes(room, known, made), with_whom(ask, room, meeting)]


def made_before(room: Room, known: Known, *, private: bool) -> list[Task]:
    """What was made of this letter before, for them alone or for the group, and is still to be done."""
    return [task for task in room.open_tasks if task.id in known.tasks and task.private == private]


def sent_before(ask: Ask, room: Room, known: Known) -> list[Task]:
    """What was made for them alone of the same letter when they sent it before."""
    wanted = wanted_of(room, known.letter)
    return [task for one in wanted for task, first in twins(ask, room, known, one, private=True) if first]


def tasks_of(ask: Ask, room: Room, known: Known, *, private: bool) -> list[Task]:
    """The letter as tasks: one for each of its last days and appointments that is still to come, the first
    ``MOST`` of them. What was made of it before is not made twice."""
    member, before = acting(ask), made_before(room, known, private=private)
    done_too = [task for task in room.tasks if before and task.id in known.tasks and task.private == private]
    there = {(task.due, moment_of(task, room)) for task in done_too}
    wanted = [one for one in wanted_of(room, known.letter)[:MOST] if (one.due, one.at) not in there]
    if before and (not wanted or not ahead(room, known.letter)):
        raise Refusal("letter.task_there", number=before[0].number)
    for one in wanted:
        must_be_another(ask, room, known, one, private=private)
    made = [task_of(room, member, sort_of(known.letter), one, private=private) for one in wanted]
    room.letters(ask.person).change(known.id, tasks=[*known.tasks, *(task.id for task in made)])
    return made


def sort_of(letter: Letter) -> str:
    """The kind by which a task is called: of one that is not sure nothing is told as if it were."""
    return letter.kind if letter.certain else OTHER


def moment_of(task: Task, room: Room) -> datetime | None:
    return task.at.astimezone(room.zone) if task.at else None


def notes(room: Room, known: Known, made: Sequence[Task]) -> list[Say]:
    """What its owner should know of the days: that there are several, that some are left out, that all are
    over, or that there is none to remind of."""
    coming, last = ahead(room, known.letter), last_of(known.letter)
    if not coming:
        if last is None:
            return [Say("letter.not_reminded")]
        due = made[0].due if made else None
        return [Say("letter.all_past", day=last, year=str(last.year), due=due)] if due else []
    several = [Phrase("letter.several")] if len(made) > 1 else []
    if left := [day_of(one)[0] for one in coming[MOST:]]:
        several.append(Phrase("letter.several_left", days=Joined(tuple(left))))
    return [Say(several[0].key, lines=several[1:], **several[0].args)] if several else []


ANOTHER = "new"
"""What a button carries with which somebody said that it is another letter."""


def must_be_another(ask: Ask, room: Room, known: Known, one: Wanted, *, private: bool) -> None:
    """Refuse a second task for a day of one letter that was sent twice. Where the letter of the first is
    erased by now, its owner may say that this is another. Refusal ``letter.task_there``."""
    assert ask.press
    if ANOTHER in ask.press.args:
        return
    for task, first in twins(ask, room, known, one, private=private):
        if first is None:
            another = Button(Phrase("button.letter_another"), ask.press.name, (known.id, ANOTHER))
            raise Refusal("letter.task_there", number=task.number, buttons=[[another]])
        raise Refusal("letter.task_there", number=task.number)


def twins(
    ask: Ask, room: Room, known: Known, one: Wanted, *, private: bool
) -> Iterator[tuple[Task, Known | None]]:
    """Tasks of the same day of what is the same letter, sent before: same sender, same reference. None
    beside a task where its letter is erased by now."""
    moment, sort = one.at.astimezone(UTC) if one.at else None, sort_of(known.letter)
    for task in room.open_tasks if one.due or moment else ():
        same = task.letter == sort and task.whose == acting(ask).id and task.private == private
        if same and (task.due, task.at) == (one.due, moment):
            first = room.letters(ask.person).maker_of(task.id)
            if first is None or one_letter(first.letter, known.letter):
                yield task, first


def one_letter(first: Letter, second: Letter) -> bool:
    return (first.sender, first.reference) == (second.sender, second.reference)


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
