"""Which days of a letter are still to come, and by which of them something becomes a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.calendar import day_of_rest
from bot.letters.letter import Letter
from bot.store.room import Room
from handlers.going import SATURDAY

MOST = 4
"""So many days of one letter become a task each: a list of instalments would fill the board."""


@dataclass(frozen=True)
class Wanted:
    """One task that a letter asks for: by a day, at a moment, or neither; and what the day is for."""

    due: date | None = None
    at: datetime | None = None
    what: tuple[str, ...] = ()


def wanted_of(room: Room, letter: Letter) -> list[Wanted]:
    """What a letter asks for, in order of time. Where all of it is over: to ask the sender what is still
    possible, on the next day on which somebody works there; without any day, one task without one."""
    if coming := ahead(room, letter):
        return coming
    if last_of(letter) is None:
        return [Wanted()]
    return [Wanted(due=next_office_day(room.today))]


def next_office_day(today: date) -> date:
    """The next day on which offices are open."""
    day = today + timedelta(days=1)
    while day.weekday() >= SATURDAY or day_of_rest(day):
        day += timedelta(days=1)
    return day


def ahead(room: Room, letter: Letter) -> list[Wanted]:
    """The last days (today is one) and appointments that are still to come, each day once."""
    days = {one.date for one in letter.deadlines if one.date >= room.today}
    moments = {one.start.replace(tzinfo=room.zone) for one in letter.appointments}
    coming = [Wanted(due=day, what=what_for(letter, day)) for day in days]
    coming += [Wanted(at=at) for at in moments if at > room.now]
    return sorted(coming, key=day_of)


def what_for(letter: Letter, day: date | None) -> tuple[str, ...]:
    """What is to be done by a day: a letter may want two things by it."""
    return tuple(dict.fromkeys(one.what for one in letter.deadlines if one.date == day))


def day_of(one: Wanted) -> tuple[date, bool]:
    """By which a task comes first; of one day the moment before the last hour."""
    return (one.at.date(), False) if one.at else (one.due or date.max, True)


def last_of(letter: Letter) -> date | None:
    """The last day of all that a letter names."""
    days = [one.date for one in letter.deadlines] + [one.start.date() for one in letter.appointments]
    return max(days, default=None)
