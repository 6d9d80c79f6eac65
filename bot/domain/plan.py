"""When things fall: dates of a plan's tasks from the arrival and from what came of other tasks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ROOM_TO_WORK = timedelta(days=7)
"""The least time between the day a needed task is expected and the last day of what waits for it."""


LONG_AGO = timedelta(days=30)


@dataclass(frozen=True)
class Span:
    """First and last day of a task, and the key of the task that decides them (None: the arrival)."""

    start: date
    due: date
    because: str | None = None


def spans(
    specs: Mapping[str, Any], arrival: date | None, facts: Mapping[str, date], begun: date = date(1970, 1, 1)
) -> dict[str, Span]:
    """Dates of all tasks that can be dated.

    ``specs`` are plan entries by key; ``facts`` the days on which tasks were done, are planned, or
    were put by people. Without an arrival only what hangs on facts has dates. Nothing was due before
    ``begun``, the day on which the group began to work with its plan, plus a week; what lay more than
    a month before it is left undated, because a group that begins in mid-year has done it somehow. A
    term of law never moves, whatever it waits for.
    """
    found: dict[str, Span | None] = {}

    def expected(key: str) -> date | None:
        span = span_of(key)
        return facts.get(key) or (span.due if span else None)

    def span_of(key: str) -> Span | None:
        if key not in found:
            found[key] = None  # a circle cannot pass content's check; this keeps even one finite
            found[key] = dated(specs[key]) if key in specs else None
        return found[key]

    def dated(spec: Any) -> Span | None:
        base = arrival if spec.after == "arrival" else expected(spec.after)
        if base is None:
            return None
        start, due = base + timedelta(days=spec.start), base + timedelta(days=spec.due)
        if spec.legal:
            return Span(start, due)
        if arrival and arrival < begun - LONG_AGO and due < begun - LONG_AGO:
            return None
        before_arrival = arrival is not None and due < arrival

        def leaving_room(ready: date) -> date:
            """A last day that leaves room to work; what belongs before the arrival stays before it."""
            wanted = ready + ROOM_TO_WORK
            if arrival and before_arrival:
                wanted = max(ready, min(wanted, arrival - timedelta(days=1)))
            return wanted

        because = None if spec.after == "arrival" else spec.after
        if due < begun + ROOM_TO_WORK:
            start, due = max(start, begun), max(due, leaving_room(begun))
        for key in spec.needs:
            ready = expected(key) if key in specs else None
            if ready and ready > due - ROOM_TO_WORK and ready > start:
                start, due, because = ready, max(due, leaving_room(ready)), key
        return Span(start, due, because)

    for key in specs:
        span_of(key)
    return {key: span for key, span in found.items() if span}


def phase_of(phases: Any, arrival: date | None, today: date) -> Any:
    """The phase that today falls in: the first while the arrival is unknown, the last after the year."""
    if arrival is None:
        return phases[0]
    day = (today - arrival).days
    for phase in phases:
        if day <= phase.last_day:
            return phase
    return phases[-1]


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date, arrival: date) -> int:
    """The week after arrival, counting from 1; 0 and below are weeks before."""
    return (day - arrival).days // 7 + 1


def suits_household(spec: Any, ages: list[int] | None) -> bool:
    """Whether a task is for this household; tasks for children wait until the ages are known."""
    if spec.children is None:
        return True
    youngest, oldest = spec.children
    return any(youngest <= age <= oldest for age in ages or ())
