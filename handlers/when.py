"""A moment for a task: said in words, or chosen by buttons, first the day and then the hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import command, heard, press
from bot.store.room import Room
from bot.store.tables import Task
from bot.understanding.dates import Moments, apart, moments_in
from handlers.appointments import argument, moment_of, propose, stamp
from handlers.asking import picked, spoken

DAYS_SHOWN = 8
HOURS = ("09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "19:00", "20:00")


@command("when")
def when(ask: Ask, room: Room) -> Say | list[Say]:
    """``/when N TIME``; without a time the days are buttons, without a task the tasks are."""
    number, _, rest = ask.words.partition(" ")
    if not number.lstrip("#").isdecimal():
        named, timed = apart(ask.words, now=ask.sent.astimezone(room.zone), language=spoken(ask))
        mine = [task for task in room.open_tasks if ask.member in task.who]
        task = room.find_task(named, "when", room.nameable(ask.member) if named else mine)
        return said_in_words(ask, room, task, ask.words) if timed else days(room, task)
    task = room.task(number.lstrip("#"))
    return said_in_words(ask, room, task, rest) if rest.strip() else days(room, task)


@press("when")
def when_pressed(ask: Ask, room: Room) -> Say:
    task = picked(ask, room)
    if ask.private:
        room.ask(ask.person, "when", task=task.id)
    return days(room, task)


@heard("when")
def typed(ask: Ask, room: Room) -> Say | list[Say]:
    """The time in words, after the question in private."""
    task_id = room.answers(ask.person, "when").get("task")
    said = said_in_words(ask, room, room.task(str(task_id), by_id=True), ask.words)
    room.settle_questions(ask.person, "when")
    return said


def said_in_words(ask: Ask, room: Room, task: Task, words: str) -> Say | list[Say]:
    now = ask.sent.astimezone(room.zone)
    found: Moments = moments_in(words, now=now, language=spoken(ask))
    if found.choices:
        buttons = [
            [Button(Phrase("same", it=moment), "at", (task.id or 0, stamp(moment)))]
            for moment in found.choices
        ]
        return Say("when.which", buttons=buttons)
    if found.day:
        return hours(room, task, found.day)
    assert found.at
    return propose(ask, room, task, found.at)


def days(room: Room, task: Task) -> Say:
    """The next days as buttons."""
    if not task.open:
        raise Refusal(
            "task.is_done" if task.state == "done" else "task.is_dropped", task=task.title_for(None)
        )
    ahead = [room.today + timedelta(days=i) for i in range(DAYS_SHOWN)]
    row = [Button(Phrase("same", it=day), "day", (task.id or 0, day.strftime("%y%m%d"))) for day in ahead]
    buttons = [row[i : i + 2] for i in range(0, len(row), 2)]
    return Say("when.day", number=task.number, task=task.title_for(None), buttons=buttons)


@press("day")
def day_pressed(ask: Ask, room: Room) -> Say:
    task = picked(ask, room)
    return hours(room, task, day_of_code(argument(ask, 1)))


def day_of_code(code: str) -> date:
    """A day as a button carries it (yymmdd). Refusal ``button.old`` for anything else."""
    try:
        return datetime.strptime(code, "%y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Refusal("button.old") from None


def hours(room: Room, task: Task, day: date) -> Say:
    row = [
        Button(hour, "at", (task.id or 0, f"{day:%y%m%d}{hour.replace(':', '')}"))
        for hour in HOURS
        if datetime.combine(day, time.fromisoformat(hour), room.zone) > room.now
    ]
    if not row:
        raise Refusal("when.past", moment=day)
    buttons = [row[i : i + 5] for i in range(0, len(row), 5)]
    return Say("when.hour", number=task.number, task=task.title_for(None), day=day, buttons=buttons)


@press("at")
def at_pressed(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    moment = moment_of(ask, room)
    room.settle_questions(ask.person, "when")
    return propose(ask, room, task, moment)
