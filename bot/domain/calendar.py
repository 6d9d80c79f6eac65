"""When somebody may be spoken to: quiet hours, Sundays and Dutch public holidays, in the room's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)
EVENING_BEFORE = time(20, 30)
LOOK_AT = time(9, 0)
"""The hour of the daily look, when what is not an appointment is raised."""


def local(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """That hour of that day in the zone, as an aware moment in UTC."""
    return datetime.combine(day, hour, zone).astimezone(UTC)


def out_of_quiet(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment within quiet hours becomes 20:30 the evening before they began; others stay."""
    there = moment.astimezone(zone)
    if there.time() >= QUIET_FROM:
        return local(there.date(), EVENING_BEFORE, zone)
    if there.time() < QUIET_UNTIL:
        return local(there.date() - timedelta(days=1), EVENING_BEFORE, zone)
    return moment


def quiet(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether nobody is spoken to unasked at this moment."""
    hour = moment.astimezone(zone).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def next_morning(moment: datetime, zone: ZoneInfo) -> datetime:
    """The end of the quiet hours that a moment falls into."""
    there = moment.astimezone(zone)
    day = there.date() + timedelta(days=there.time() >= QUIET_FROM)
    return local(day, QUIET_UNTIL, zone)


def when_to_speak(moment: datetime, zone: ZoneInfo) -> datetime:
    """That moment, if somebody may be spoken to unasked then; else the hour of the daily look on the next
    day that is no day of rest (aware, UTC)."""
    day = moment.astimezone(zone).date()
    if not quiet(moment, zone) and not day_of_rest(day):
        return moment
    while day_of_rest(day) or local(day, LOOK_AT, zone) < moment:
        day += timedelta(days=1)
    return local(day, LOOK_AT, zone)


def day_of_rest(day: date) -> bool:
    """Sundays and Dutch public holidays: nobody is nudged then."""
    return day.weekday() == 6 or day in dutch_holidays(day.year)


def first_working_day(day: date) -> date:
    """The first day of that day's week that is no day of rest."""
    first = day - timedelta(days=day.weekday())
    while day_of_rest(first):
        first += timedelta(days=1)
    return first


@lru_cache(maxsize=16)
def dutch_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("NL", years=year))


def deadline_days(last: date) -> list[date]:
    """On which days a letter's last day is reminded of: a week, three days and a day before, and then."""
    return [last - timedelta(days=days) for days in (7, 3, 1, 0)]


def appointment_moments(at: datetime, zone: ZoneInfo) -> dict[str, datetime]:
    """When to remind of an appointment: the day before at 19:00 and two hours before. Where the
    second falls into quiet hours it becomes 20:30 the evening before, and the first is left out."""
    day_before = local(at.astimezone(zone).date() - timedelta(days=1), time(19, 0), zone)
    soon = out_of_quiet(at - timedelta(hours=2), zone)
    if soon.astimezone(zone).date() < at.astimezone(zone).date():
        return {"eve": soon}
    return {"eve": day_before, "soon": soon}
