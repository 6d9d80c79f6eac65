"""One day, one moment or one rhythm out of what somebody wrote; refusals where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.plan import months_on
from bot.domain.words import Refusal
from bot.understanding.rhythms import Said
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
    """A task's words without the times in them, and the rhythm, day or moment that they spoke of; an hour,
    part of the day or end that those cannot hold stays in the words, and so does everything where they
    speak of several days or moments. Refusals ``when.one_rhythm`` for days that no one interval holds,
    ``when.impossible``, ``when.past``, ``when.too_far``."""
    times, said = possible_times(words, now, language), Said(words, language)
    if said.no_interval:
        raise Refusal("when.one_rhythm")
    if said.years:
        near_enough(months_on(now.date(), 12 * min(said.years, 99)), now)
    if not times or said.years or said.counted or several(times):
        return words, Rhythm()
    time = next((time for time in times if time.kind == "weekly"), times[0])
    moment = time.at if time.limit in (None, "from") and not time.ambiguous else None
    kept = moment == time.at and not time.part and not time.hour
    if time.kind == "weekly":
        begins = [other for other in times if other.limit in ("from", "after") and other.kind == "day"]
        rest = without(words, [time, *begins[:1]]) if kept and not time.last else words
        weekdays = {weekday for other in times if other.kind == "weekly" for weekday in other.weekdays}
        return rest, weekly(weekdays, time.step, now.date(), first_day([*begins, time], now))
    rest = without(words, [time]) if kept else words
    if time.kind == "monthly":
        return rest, monthly(time.month_day, time.step, now.date())
    day = day_of(time)
    if day is not None and near_enough(day, now) < now.date():
        raise Refusal("when.past", moment=day)
    return rest, Rhythm(None, time.last or day, moment)


def without(words: str, times: list[Time]) -> str:
    """The words without those that say these times; all of them where nothing else is said."""
    return " ".join(cut_times(words, times).split()).strip(" ,;:-") or words


def several(times: list[Time]) -> bool:
    """Whether words speak of different days or moments, of which none is the one that is meant. "This week,
    Thursday if possible" is one."""
    if any(time.kind in ("weekly", "monthly") for time in times):
        return False
    exact = {day for time in times if not time.last and (day := day_of(time))}
    stretches = {
        (time.day, time.last)
        for time in times
        if time.day and time.last and not any(time.day <= day <= time.last for day in exact)
    }
    return len(exact) + len(stretches) > 1 or len({time.at for time in times if time.at}) > 1


def first_day(times: list[Time], now: datetime) -> date | None:
    """The day from which something repeats, where one was said that is still to come."""
    said = next((time.day for time in times if time.day), None)
    return near_enough(said, now) if said and said > now.date() else None


def weekly(weekdays: set[int], step: int, today: date, begins: date | None = None) -> Rhythm:
    """Every so many weeks, or every day, from a day on. Refusal ``when.one_rhythm`` for some of the days of
    a week."""
    first = begins or today
    if not weekdays:
        return Rhythm(7 * step, begins or today + timedelta(weeks=step))
    if len(weekdays) == 7 and step == 1:
        return Rhythm(1, first)
    if len(weekdays) > 1:
        raise Refusal("when.one_rhythm")
    return Rhythm(7 * step, first + timedelta(days=(min(weekdays) - first.weekday()) % 7))


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
