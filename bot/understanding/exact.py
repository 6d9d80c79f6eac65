"""A date as it stands on paper: day and month named, and nothing that is counted from today."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.words import Refusal
from bot.understanding.times import Impossible, read_times

OTHER_NOWS = (timedelta(days=0), timedelta(days=47), timedelta(days=411))
"""Words are read as if said today, and as if said then: what is counted from today becomes another day."""


def exact_day(words: str, *, now: datetime, language: str | None = None) -> date:
    """The one date that words name: "3-11-2026", "3 November (last year)"; never "two months ago".

    Without a year it is the latest such day that is not in the future, within the past twelve months.
    Refusals ``term.exact`` where there is no such date or more than one, ``when.impossible``.
    """
    found = [named_day(words, now - back, language) for back in OTHER_NOWS]
    days = [day for day, _ in filter(None, found)]
    if len(days) < len(found) or len({(day.month, day.day) for day in days}) > 1:
        raise Refusal("term.exact")
    return days[0] if found[0] and found[0][1] else latest(days[0], now.date())


def named_day(words: str, now: datetime, language: str | None) -> tuple[date, bool] | None:
    """The day that words mean when said then, and whether they say the year; None where they mean none,
    several or an edge of one."""
    times = read_times(words, now=now, language=language)
    if any(isinstance(time, Impossible) for time in times):
        raise Refusal("when.impossible")
    if len(times) != 1 or times[0].kind != "day" or times[0].limit or times[0].ambiguous:
        return None
    return (times[0].day, times[0].year_said) if times[0].day else None


def latest(day: date, today: date) -> date:
    """The last time that day and month were there. Refusal ``term.exact`` where a year must be named."""
    for year in (today.year, today.year - 1):
        if (day.month, day.day) != (2, 29) or date(year, 3, 1) - date(year, 2, 28) > timedelta(days=1):
            there = day.replace(year=year)
            if today - timedelta(days=366) < there <= today:
                return there
    raise Refusal("term.exact")
