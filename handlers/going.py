"""Who goes to an appointment, their calendar files, and what speaks against a moment."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.document.calendar import calendar_file
from bot.document.paper import texts_in
from bot.domain.words import Document, Phrase, Say
from bot.store.room import Room
from bot.store.tables import Member, Task

SATURDAY = 5
OFFICES_OPEN, OFFICES_CLOSE = time(8, 0), time(18, 0)
ON_LAST_DAY = time(9, 0)
"""When a last day stands in a calendar."""


def cautions(room: Room, task: Task, moment: datetime, reader: Member | None) -> list[Phrase]:
    """What speaks against a moment: said, not refused."""
    return [
        *clashes(room, task, moment, reader),
        *before_arrival(room, task, moment),
        *outside_office_hours(room, task, moment),
    ]


def outside_office_hours(room: Room, task: Task, moment: datetime) -> list[Phrase]:
    """An organisation that is most likely closed then."""
    local = moment.astimezone(room.zone)
    opened = local.weekday() < SATURDAY and OFFICES_OPEN <= local.time() < OFFICES_CLOSE
    return [] if opened or not task.office_hours else [Phrase("when.office_hours")]


def before_arrival(room: Room, task: Task, moment: datetime) -> list[Phrase]:
    """A newcomer who is not there yet can be met on a screen at most: said, not refused."""
    arrival = room.row.arrival
    if arrival is None or not task.with_newcomer or moment.astimezone(room.zone).date() >= arrival:
        return []
    return [Phrase("when.before_arrival", arrival=arrival)]


def going(room: Room, task: Task) -> list[Member]:
    """Those who go: who took it on, and the newcomers whose appointment it is."""
    newcomers = [n for n in room.newcomers if n.agreed and task.awaits(n) and not task.hidden_from(n)]
    return list({member.id: member for member in [*task.who, *newcomers]}.values())


def calendar(room: Room, member: Member, task: Task) -> Say:
    assert task.at
    title = task.title_for(member)
    return Say(
        "when.calendar",
        to=room.privately(member),
        task=title,
        at=task.at,
        document=calendar_document(room, task, member),
    )


def calendar_document(room: Room, task: Task, member: Member) -> Document:
    """The appointment; of a task with only a last day, that morning."""
    assert task.at or task.due
    start = task.at or room.at(task.due or room.today, ON_LAST_DAY)
    title = task.title_for(member)
    language = (member.person.language if member.person else None) or "nl"
    words = texts_in(room.zone).plain(Phrase("same", it=title), language)
    content = calendar_file(
        uid=f"task-{task.id}-room-{room.id}", title=words, start=start, minutes=task.minutes, now=room.now
    )
    return Document(f"{task.number}.ics", "text/calendar", content)


def clashes(room: Room, task: Task, moment: datetime, reader: Member | None) -> list[Phrase]:
    """Other appointments that overlap, for the newcomer or somebody who goes, as a reader (None: the
    group) may know of them."""
    end = moment + timedelta(minutes=task.minutes)
    concerned = who_is_there(room, task)
    same = [
        other
        for other in room.open_tasks
        if other is not task
        and other.at
        and other.at < end
        and moment < other.at + timedelta(minutes=other.minutes)
        and not other.hidden_from(reader)
        and concerned & who_is_there(room, other)
    ]
    return [Phrase("when.clash", task=other.title_for(reader), at=other.at) for other in same[:2]]


def who_is_there(room: Room, task: Task) -> set[int | None]:
    """Those who go, and the newcomers who must be there, whether or not they have been asked yet."""
    must = room.newcomers if task.with_newcomer else []
    return {member.id for member in [*going(room, task), *must]}
