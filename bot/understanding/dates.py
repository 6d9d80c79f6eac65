"""One day, one moment or one rhythm out of what somebody wrote; refusals where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.plan import months_on
from bot.domain.words import Refusal
from bot.understanding.times import Impossible, Time, cut_times, read_times

AHEAD = timedelta(days=2 * 366)
"""How far ahead people plan here; a group lasts a year."""


@dataclass(frozen=True)
class Moments:
    """What words say about when: a moment, or a day whose hour is still to be chosen.

    ``choices`` are the moments between which a person should be asked (empty: nothing to ask).
    """

    at: datetime | None = None
    day: date | None = None
    choices: tuple[datetime, ...] = ()


def possible_times(words: str, now: datetime, language: str | None) -> list[Time]:
    """All times spoken of. Refusal ``when.impossible`` for a date or hour that does not exist."""
    times = read_times(words, now=now, language=language)
    if any(isinstance(time, Impossible) for time in times):
        raise Refusal("when.impossible")
    return times


def first_time(words: str, now: datetime, language: str | None) -> Time | None:
    """The first time spoken of. Refusal ``when.impossible``."""
    return next(iter(possible_times(words, now, language)), None)


def day_in(words: str, *, now: datetime, language: str | None = None) -> date:
    """The day meant (a range's first). Refusals ``when.unclear``, ``when.impossible``."""
    time = first_time(words, now, language)
    day = day_of(time) if time else None
    if day is None:
        raise Refusal("when.unclear")
    return day


def day_of(time: Time) -> date | None:
    return time.at.date() if time.at else time.day


def near_enough(day: date, now: datetime) -> date:
    """That day. Refusal ``when.too_far`` for one that nobody plans for: mostly a slip in the year."""
    if day > now.date() + AHEAD:
        raise Refusal("when.too_far", day=day, year=str(day.year))
    return day


def moments_in(words: str, *, now: datetime, language: str | None = None) -> Moments:
    """When, for an appointment. Refusals ``when.unclear``, ``when.impossible``, ``when.too_far``."""
    time = first_time(words, now, language)
    if time is None:
        raise Refusal("when.unclear")
    if there := day_of(time):
        near_enough(there, now)
    choices = tuple(choice.at for choice in time.ambiguous if choice.at)
    if len(choices) > 1:
        return Moments(choices=choices)
    if time.at:
        return Moments(at=time.at)
    if time.kind in ("day", "part", "range") and time.day:
        return Moments(day=time.day)
    raise Refusal("when.unclear")


@dataclass(frozen=True)
class Rhythm:
    """How often a task returns: every so many days (None: once), its first last day, and its moment."""

    every_days: int | None = None
    due: date | None = None
    at: datetime | None = None


def recurring_in(words: str, *, now: datetime, language: str | None = None) -> tuple[str, Rhythm]:
    """A task's words without the times in them, and the rhythm, day or moment that they spoke of; an hour or
    part of the day that those cannot hold stays in the words. Refusals ``when.one_rhythm`` for days that no
    one interval holds, ``when.impossible``, ``when.past``, ``when.too_far``."""
    times = possible_times(words, now, language)
    if not times:
        return words, Rhythm()
    time = times[0]
    moment = time.at if time.limit in (None, "from") and not time.ambiguous else None
    kept = moment == time.at and not time.part and not time.hour
    rest = " ".join(cut_times(words, [time]).split()).strip(" ,;:-") if kept else ""
    rest = rest or words
    if time.kind == "weekly":
        weekdays = {weekday for other in times if other.kind == "weekly" for weekday in other.weekdays}
        return rest, weekly(weekdays, time.step, now.date())
    if time.kind == "monthly":
        return rest, monthly(time.month_day, time.step, now.date())
    day = day_of(time)
    if day is not None and near_enough(day, now) < now.date():
        raise Refusal("when.past", moment=day)
    return rest, Rhythm(None, time.last or day, moment)


def weekly(weekdays: set[int], step: int, today: date) -> Rhythm:
    """Every so many weeks, or every day. Refusal ``when.one_rhythm`` for some of the days of a week."""
    if not weekdays:
        return Rhythm(7 * step, today + timedelta(weeks=step))
    if len(weekdays) == 7 and step == 1:
        return Rhythm(1, today)
    if len(weekdays) > 1:
        raise Refusal("when.one_rhythm")
    return Rhythm(7 * step, today + timedelta(days=(min(weekdays) - today.weekday()) % 7))


def monthly(number: int | None, step: int, today: date) -> Rhythm:
    """Every 28 days, which is told and never later than a month; the first time on the day that was named."""
    if number is None:
        return Rhythm(28 * step, today + timedelta(days=28))
    begins = [months_on(today.replace(day=1), months) for months in range(3)]
    days = [min(day + timedelta(days=number), months_on(day, 1)) - timedelta(days=1) for day in begins]
    return Rhythm(28 * step, min(day for day in days if day >= today))


def apart(words: str, *, now: datetime, language: str | None = None) -> tuple[str, bool]:
    """Words without the times in them, and whether there were any."""
    times = read_times(words, now=now, language=language)
    rest = " ".join(cut_times(words, times).split()).strip(" ,;:-")
    return rest, bool(times)
