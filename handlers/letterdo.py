"""What somebody does with a letter of theirs: a task, a companion, sharing, keeping, by their own tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Toast
from bot.letters.letter import Letter
from bot.routes import press
from bot.store.letters import Known
from bot.store.programme import Own
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.appointments import calendar, calendar_document
from handlers.asking import acting
from handlers.decide import with_whom
from handlers.letters import name, number, said_in


def sent_by(ask: Ask, room: Room) -> Known:
    """The letter of the pressed button. Refusal ``letter.gone``."""
    acting(ask)
    return room.letters(ask.person).letter(number(ask))


# a task of it


@press("lmine")
def for_me(ask: Ask, room: Room) -> list[Say]:
    """Theirs alone: nobody else reads that there is a letter; reminders come to them."""
    made = tasks_of(ask, room, sent_by(ask, room).letter, private=True)
    for task in made:
        task.claim(acting(ask))
        room.set_reminders(task)
    return [told(ask, room, "letter.task_mine", task) for task in made] + files(ask, room, made)


@press("ltask")
def for_group(ask: Ask, room: Room) -> list[Say]:
    """On the board, under a name that tells only whose paper it was."""
    made = tasks_of(ask, room, sent_by(ask, room).letter, private=False)
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
    made = tasks_of(ask, room, sent_by(ask, room).letter, private=True)
    for task in made:
        task.claim(acting(ask))
        room.set_reminders(task)
    meeting = next((task for task in made if task.at), made[0])
    return [told(ask, room, "letter.task_mine", meeting), with_whom(ask, room, meeting)]


def tasks_of(ask: Ask, room: Room, letter: Letter, *, private: bool) -> list[Task]:
    """The letter as tasks: one for its first last day that is still to come, one for its next appointment;
    without either, one without a day. What was made of it before is not made twice."""
    member = acting(ask)
    due = next((one.date for one in letter.deadlines if one.date >= room.today), None)
    moments = [one.start.replace(tzinfo=room.zone) for one in letter.appointments]
    at = next((moment for moment in moments if moment > room.now), None)
    wanted: list[tuple[date | None, datetime | None]] = [(None, at)] if at else []
    if due or not wanted:
        wanted.insert(0, (due, None))
    kind = letter.kind
    return [task_of(room, member, kind, day, moment, private=private) for day, moment in wanted]


def task_of(
    room: Room, member: Member, kind: str, due: date | None, at: datetime | None, *, private: bool
) -> Task:
    moment = at.astimezone(UTC) if at else None
    for task in room.open_tasks:
        same = task.letter == kind and task.whose == member.id and task.private == private
        if same and task.due == due and task.at == moment:
            raise Refusal("letter.task_there", number=task.number)
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


# others read it too


@press("lshare")
def share(ask: Ask, room: Room) -> Say:
    """The explanation, never the photo, to one person or to the group."""
    known = sent_by(ask, room)
    group = [[Button(Phrase("button.letter_group"), "lgroup", (known.id,))]] if room.chat else []
    return Say("letter.share", buttons=[*people(ask, room, known, "lto"), *group])


@press("lwith")
def read_with(ask: Ask, room: Room) -> Say:
    """One person sees the same, to read it together."""
    known = sent_by(ask, room)
    buttons = people(ask, room, known, "lboth")
    return Say("letter.with_whom" if buttons else "letter.nobody", buttons=buttons)


def people(ask: Ask, room: Room, known: Known, name: str) -> list[list[Button]]:
    """Who can be reached in private, a button each."""
    others = [m for m in room.members if m is not ask.member and m.agreed and m.reachable]
    return [[Button(member.name, name, (known.id, member.id or 0))] for member in others[:12]]


@press("lto")
def shared(ask: Ask, room: Room) -> list[Say]:
    return shown_to(ask, room, "letter.shares", "letter.shared")


@press("lboth")
def reads_with(ask: Ask, room: Room) -> list[Say]:
    return shown_to(ask, room, "letter.reads_with", "letter.reads")


def shown_to(ask: Ask, room: Room, told: str, done: str) -> list[Say]:
    """The explanation goes to one member, in their language; whoever sent the letter reads that it did."""
    known = sent_by(ask, room)
    assert ask.press
    member = room.member(ask.press.number(1))
    to = room.privately(member) if member and member.agreed else None
    if member is None or to is None:
        raise Refusal("letter.not_reached")
    return [*passed_on(ask, room, known, told, to), Say(done, who=member.name)]


def passed_on(ask: Ask, room: Room, known: Known, told: str, to: Audience) -> list[Say]:
    """Who it comes from, and what the letter says, without anybody's buttons."""
    first, *others = said_in(room, known.letter)
    return [Say(told, who=acting(ask).name, to=to), Say(first.key, lines=others, to=to, **first.args)]


@press("lgroup")
def share_with_group(ask: Ask, room: Room) -> Say:
    """What everybody will read is told before."""
    known = sent_by(ask, room)
    sure = [[Button(Phrase("button.letter_group_sure"), "lgroupsure", (known.id,))]]
    return Say("letter.group_sure", letter=name(known.letter), buttons=sure)


@press("lgroupsure")
def shared_with_group(ask: Ask, room: Room) -> list[Say]:
    known = sent_by(ask, room)
    if room.chat is None:
        raise Refusal("letter.not_reached")
    told = passed_on(ask, room, known, "letter.shares", room.chat)
    return [*told, Say("letter.shared_group")]


# what stays


@press("lkeep")
def keep(ask: Ask, own: Own) -> Toast:
    """The photo stays in the chat; what was read of it goes all the same."""
    own.letters.change(number(ask), keeps_photo=True)
    return Toast("letter.keeps")


@press("lerase")
def erase(ask: Ask, own: Own) -> list[Say]:
    """Everything at once: the photo, and what was understood."""
    known = own.letters.letter(number(ask))
    gone = own.letters.forget(known.errand, known.messages)
    return [*([Say("letter.erased", erase=gone)] if gone else []), Say("letter.erased")]
