"""A moment for a task: said in words, or chosen by buttons, first the day and then the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import command, heard, press
from bot.store.room import Room
from bot.store.tables import Task
from bot.understanding.dates import Moments, apart, moments_in
from handlers.appointments import argument, ask_in_person, moment_of, propose, stamp
from handlers.asking import acting, leaves, picked, seen, spoken
from handlers.lists import day_code

DAYS_SHOWN = 8
HOURS = ("09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "19:00", "20:00")


@command("when")
def when(ask: Ask, room: Room) -> Say | list[Say]:
    """``/when N TIME``; without a time the days are buttons, without a task the tasks are."""
    number, _, rest = ask.words.partition(" ")
    if number.lstrip("#").isdecimal():
        task = room.numbered(number.lstrip("#"), ask.member)
        return answered(ask, room, task, said_in(ask, room, rest) if rest.strip() else Moments())
    named, timed = apart(ask.words, now=ask.sent.astimezone(room.zone), language=spoken(ask))
    found = said_in(ask, room, ask.words) if timed else Moments()
    mine = [task for task in room.open_tasks if ask.member in task.who]
    try:
        among = room.nameable(ask.member)
        among = among if named else mine or room.upcoming(among)
        task = room.find_task(named, "when", ask.member, among)
    except Refusal as which:
        raise with_time(room, which, found) from None
    return answered(ask, room, task, found)


def said_in(ask: Ask, room: Room, words: str) -> Moments:
    return moments_in(words, now=ask.sent.astimezone(room.zone), language=spoken(ask))


@press("when")
def when_pressed(ask: Ask, room: Room) -> Say | list[Say]:
    """The days; or what was said about the time before the task was chosen."""
    return answered(ask, room, picked(ask, room), carried(ask, room))


@heard("when")
def typed(ask: Ask, room: Room) -> Say | list[Say]:
    """The time in words, after the question in private; or the question is left."""
    known = room.answers(ask.person, "when")
    task = room.task(str(known.get("task")), by_id=True)
    if not leaves(ask, room.content):
        day = date.fromisoformat(known["day"]) if "day" in known else None
        found = hour_of(ask, room, day) if day else Moments()
        return answered(ask, room, task, found if found.at else said_in(ask, room, ask.words))
    room.settle_questions(ask.person, "when")
    return Say("asking.left")


def hour_of(ask: Ask, room: Room, day: date) -> Moments:
    """An hour alone, said when the day was chosen already; empty for words that name another day."""
    begins = datetime.combine(day, time(), room.zone)
    found = moments_in(ask.words, now=begins, language=spoken(ask))
    return found if found.at and found.at.date() == day else Moments()


def answered(ask: Ask, room: Room, task: Task, found: Moments) -> Say | list[Say]:
    """What follows from what is known of the time. Refusals where nothing can be planned at all."""
    plannable(ask, room, task)
    if ask.private:
        room.settle_questions(ask.person, "when")
    if found.choices:
        buttons = [
            [Button(Phrase("same", it=moment), "at", (task.id or 0, stamp(room, moment)))]
            for moment in found.choices
        ]
        return Say("when.which", buttons=buttons)
    if found.day:
        asked = hours(ask, room, task, found.day)
        if ask.private:
            room.ask(ask.person, "when", task=task.id, day=found.day.isoformat())
        return asked
    if found.at:
        return planned_once(ask, room, task, found.at)
    if ask.private:
        room.ask(ask.person, "when", task=task.id)
    return days(ask, room, task)


def plannable(ask: Ask, room: Room, task: Task) -> None:
    """Refuse before anything is asked: what is over, what is not theirs, what cannot be planned yet."""
    if not task.open:
        raise Refusal(
            "task.is_done" if task.state == "done" else "task.is_dropped", task=task.title_for(None)
        )
    task.must_be_open_to(acting(ask))
    if task.with_newcomer and not room.agreed:
        raise Refusal("when.no_consent")


def planned_once(ask: Ask, room: Room, task: Task, moment: datetime) -> Say | list[Say]:
    """Planned or asked; the same moment once more tells nobody anew."""
    own_say = acting(ask).newcomer and task.is_up_to(acting(ask))
    agreed = task.at == moment and not (own_say and not task.awaits(acting(ask)))
    waiting = task.proposed == moment and not own_say
    if waiting and not agreed and not any(n.agreed and n.person_id for n in room.newcomers):
        return ask_in_person(room, task, moment)
    if agreed or waiting:
        key = "when.already_planned" if agreed else "when.already_asked"
        return Say(key, number=task.number, task=seen(ask, task), at=moment)
    return propose(ask, room, task, moment)


# the time, while the task is being chosen


def with_time(room: Room, which: Refusal, found: Moments) -> Refusal:
    """The question which task is meant, its buttons carrying what was said about the time."""
    moments = [found.at] if found.at else found.choices[:2]
    codes = [stamp(room, moment) for moment in moments] or ([day_code(found.day)] if found.day else [])
    buttons = [[replace(button, args=(*button.args, *codes)) for button in row] for row in which.buttons]
    return Refusal(which.phrase.key, buttons=buttons, **which.phrase.args)


def carried(ask: Ask, room: Room) -> Moments:
    """What the pressed button carries about the time: nothing, a day, a moment, or two to choose from."""
    assert ask.press
    codes = ask.press.args[1:]
    if not codes:
        return Moments()
    if len(codes[0]) == len("yymmdd"):
        return Moments(day=day_of_code(codes[0]))
    moments = tuple(moment_in(code, room) for code in codes)
    return Moments(at=moments[0]) if len(moments) == 1 else Moments(choices=moments)


def moment_in(code: str, room: Room) -> datetime:
    try:
        return datetime.strptime(code, "%y%m%d%H%M").replace(tzinfo=room.zone)
    except ValueError:
        raise Refusal("button.old") from None


# by buttons


def days(ask: Ask, room: Room, task: Task) -> Say:
    """The next days as buttons."""
    ahead = [room.today + timedelta(days=i) for i in range(DAYS_SHOWN)]
    row = [Button(Phrase("same", it=day), "day", (task.id or 0, day_code(day))) for day in ahead]
    buttons = [row[i : i + 2] for i in range(0, len(row), 2)]
    return Say("when.day", number=task.number, task=seen(ask, task), buttons=buttons)


@press("day")
def day_pressed(ask: Ask, room: Room) -> Say | list[Say]:
    return answered(ask, room, picked(ask, room), Moments(day=day_of_code(argument(ask, 1))))


def day_of_code(code: str) -> date:
    """A day as a button carries it (yymmdd). Refusal ``button.old`` for anything else."""
    try:
        return datetime.strptime(code, "%y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Refusal("button.old") from None


def hours(ask: Ask, room: Room, task: Task, day: date) -> Say:
    row = [
        Button(hour, "at", (task.id or 0, f"{day:%y%m%d}{hour.replace(':', '')}"))
        for hour in HOURS
        if datetime.combine(day, time.fromisoformat(hour), room.zone) > room.now
    ]
    if not row:
        raise Refusal("when.past", moment=day)
    buttons = [row[i : i + 5] for i in range(0, len(row), 5)]
    return Say("when.hour", number=task.number, task=seen(ask, task), day=day, buttons=buttons)


@press("at")
def at_pressed(ask: Ask, room: Room) -> Say | list[Say]:
    return answered(ask, room, picked(ask, room), Moments(at=moment_of(ask, room)))
