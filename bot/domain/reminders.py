"""What a room's daily look raises: pure decisions, so that a year can be tried in a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Generic
from zoneinfo import ZoneInfo

from bot.domain import calendar
from bot.domain.calendar import day_of_rest, first_working_day
from bot.domain.people import Member
from bot.domain.plan import months_on
from bot.domain.tasks import Task, TaskT

SOON = timedelta(days=7)
LAST_CALL = timedelta(days=3)
BUSY_MONTHS = timedelta(days=91)
"""After the first three months one unasked message a week is enough, per person and per group."""

ASKED_IN = timedelta(days=7)
"""By then everybody who can be asked what came of an appointment was, within what each wants to hear."""
ANSWERED_IN = timedelta(days=3)
"""How long who was asked so may still answer, before another turn takes its place."""

HURRY = timedelta(hours=1)
"""A reminder that leaves no more than this comes too late to be of use."""

MOST_MISSED = 31
"""How many days without a look are made up for."""

UNRAISED, RAISED, LAST_CALLED, OVERDUE = range(4)
"""How far a task's asking has gone (``Task.raised``): each step is taken once."""

NO_TASK = 0
"""In the place of the task that somebody was asked about last: what they were asked was about none."""


@dataclass
class Look(Generic[TaskT]):
    """What today's look found. Tasks are those of the room, to be put into words by a handler."""

    unclaimed: list[TaskT] = field(default_factory=list)
    last_calls: list[TaskT] = field(default_factory=list)
    lapsing: list[TaskT] = field(default_factory=list)
    overdue: list[TaskT] = field(default_factory=list)
    to_decide: list[TaskT] = field(default_factory=list)
    terms: list[tuple[TaskT, date]] = field(default_factory=list)
    stuck: list[TaskT] = field(default_factory=list)
    """What nobody has and should be done by now, as far as anybody told: what most others wait for first."""
    missed: list[TaskT] = field(default_factory=list)
    """Those of the terms whose day went by without a look."""


def look(
    tasks: Collection[TaskT],
    *,
    today: date,
    arrival: date | None,
    permit: date | None,
    waiting: frozenset[int],
    zone: tzinfo = UTC,
    looked_on: date | None = None,
    speaks_next: date | None = None,
) -> Look[TaskT]:
    """Sort a room's open tasks into what is raised today; ``waiting`` are numbers that wait for others,
    ``looked_on`` is the day of the last look: what fell between is raised now. ``speaks_next`` is the day
    on which the group may be spoken to again after today (None: tomorrow): a last call does not wait
    until it is too late. What nobody took comes soonest first.

    Nothing here changes a task: whoever says the words marks it raised.
    """
    found: Look[TaskT] = Look()
    for task in tasks:
        if not task.open:
            continue
        if task.spec and task.spec.legal and (last := last_day(task, arrival, permit)):
            weeks = task.spec.legal.raise_weeks
            if term_is_raised(today, arrival, last, weeks):
                found.terms.append((task, last))
            elif any(term_is_raised(day, arrival, last, weeks) for day in between(looked_on, today, last)):
                found.terms.append((task, last))
                found.missed.append(task)
            if timedelta(0) <= last - today <= LAST_CALL and not task.who and task.raised < LAST_CALLED:
                found.lapsing.append(task)
                continue
        if task.quiet or (task.number in waiting and task.at is None):
            continue
        sort_common(found, task, today, zone, speaks_next)
        if to_decide(task, today):
            found.to_decide.append(task)
    found.to_decide.sort(key=lambda task: (task.due or date.max, task.number))
    for nobodys in (found.unclaimed, found.last_calls):
        nobodys.sort(key=lambda task: (day_for(task, zone) or date.max, task.number))
    needed = Counter(key for task in tasks if task.open for key in task.needs)
    found.stuck.sort(key=lambda task: (-needed[task.key or ""], task.due or date.max, task.number))
    return found


def between(looked_on: date | None, today: date, last: date) -> list[date]:
    """The days since the last look on which nobody looked; none of them matters once ``last`` is past."""
    if looked_on is None or last < today:
        return []
    missed = min((today - looked_on).days - 1, MOST_MISSED)
    return [today - timedelta(days=back) for back in range(1, missed + 1)]


def day_for(task: Task, zone: tzinfo) -> date | None:
    """The day a task is for: its appointment's, or its last day."""
    return task.at.astimezone(zone).date() if task.at else task.due


def calls(day: date, today: date, speaks_next: date | None) -> bool:
    """Whether a task for that day has its last call now: before the group is spoken to again, it would be
    too late."""
    return day - LAST_CALL < (speaks_next or today + timedelta(days=1))


def sort_common(
    found: Look[TaskT], task: TaskT, today: date, zone: tzinfo, speaks_next: date | None = None
) -> None:
    """Overdue, stuck, last call or unclaimed: a task is in one of them at most; but for what is stuck, once.

    What has a moment falls on its day: once that is past, whoever went is asked what came of it. What is
    private is only ever asked of those who have it or go.
    """
    day = day_for(task, zone)
    if day is None:
        return
    if day < today:
        if task.who or (task.at and task.with_newcomer):
            if task.raised < OVERDUE:
                found.overdue.append(task)
        elif not task.private and not task.theirs_alone:
            found.stuck.append(task)
    elif not (task.who or task.private or task.theirs_alone or task.followed):
        if calls(day, today, speaks_next) and task.raised < LAST_CALLED:
            found.last_calls.append(task)
        elif day - today <= SOON and task.raised < RAISED:
            found.unclaimed.append(task)


def to_be_told(task: Task, today: date, zone: tzinfo) -> bool:
    """Whether somebody is still to be asked what came of a turn's appointment, or still to answer: it does
    not pass by before that. Who cannot be asked is not waited for longer than a turn lasts."""
    if task.at is None or task.quiet or not (task.who or task.with_newcomer):
        return False
    step, day = timedelta(days=task.repeat_days or 0), task.at.astimezone(zone).date()
    return today - day <= (min(step, ANSWERED_IN) if task.raised == OVERDUE else max(step, ASKED_IN))


def begins_anew(task: Task, today: date, zone: tzinfo, speaks_next: date | None = None) -> bool:
    """Whether a task that was raised has got another day since, on which it may be raised again."""
    day = day_for(task, zone)
    if day is None or (task.spec and task.spec.legal):
        return False
    if task.raised == OVERDUE:
        return day >= today
    return day - today > SOON and not calls(day, today, speaks_next)


def may_move(task: Task, member: Member) -> bool:
    """Whether a member may give a task another day: who has it, and the newcomer who must be there or
    whose appointment it is."""
    if member in task.who:
        return True
    return member.newcomer and not task.hidden_from(member) and (task.with_newcomer or task.awaits(member))


def may_drop(task: Task, member: Member) -> bool:
    """Whether a member who has a task may say that it is not needed: of what needs the newcomer or is their
    own, only they may."""
    return member.newcomer or task.whose == member.id or not (task.with_newcomer or task.private)


def unanswered(task: Task, member: Member) -> bool:
    """Whether this newcomer was asked how they want it and has neither decided nor done anything since."""
    return task.asked and task.company == "open" and not task.at and member not in task.who


def asked_no_more(task: Task, member: Member) -> bool:
    """A member's "no" in private to what they were asked. Whoever has the task, or whose it is or whose
    appointment, ends all asking about it; to the question how a newcomer wants it, which is asked once, the
    "no" ends just that: the group may still be asked who does it. Whether anything was still asked."""
    theirs = member in task.who or (member.id is not None and task.whose == member.id)
    if not theirs and not (task.at and member.newcomer and task.awaits(member)):
        return unanswered(task, member)
    ended, task.quiet = not task.quiet, True
    return ended


def to_decide(task: Task, today: date) -> bool:
    """Whether the newcomer is asked now how they want a task: once, in the week before it begins.
    Not of what an organisation does, nor of what should have been done."""
    legal = bool(task.spec and task.spec.legal)  # a term of law has words of its own
    if legal or not (task.with_newcomer or task.private) or any(member.newcomer for member in task.who):
        return False
    if task.company != "open" or task.asked or task.at or task.proposed:
        return False
    if task.followed or (task.due is not None and task.due < today):
        return False
    return task.start is not None and task.start - today <= SOON


def last_day(task: Task, arrival: date | None, permit: date | None) -> date | None:
    """A legal term's last day: from the permit's date, or from the arrival while that is unknown. The
    permit is mostly the older of both, so that the real day may then be earlier."""
    begins = permit or arrival
    return term_ends(begins, task.spec.legal) if begins else None


def term_ends(begins: date, term: Any) -> date:
    """The last day that is safe under every reading of the law.

    Months are those of the calendar and end with a shorter one. Whether the first day counts can be
    read either way, so the day before is taken; that a weekend would prolong the term is left aside.
    """
    ends = months_on(begins, term.months) if term.months else begins + timedelta(days=term.days)
    return ends - timedelta(days=1)


def term_is_raised(today: date, arrival: date | None, last: date, weeks: tuple[int, ...]) -> bool:
    """On the first day of the weeks that the plan names, a week and three days before, and at last."""
    if last < today:
        return False
    if (last - today).days in (7, 3, 0):
        return True
    if arrival is None or today < arrival:
        return False
    day = (today - arrival).days
    return day % 7 == 0 and day // 7 + 1 in weeks


def may_nudge(last: date | None, *, today: date, arrival: date | None) -> bool:
    """Whether an unasked message is within the budget: one a day, from month four one a calendar week."""
    if last is None:
        return True
    if arrival is not None and today - arrival > BUSY_MONTHS:
        return last.isocalendar()[:2] < today.isocalendar()[:2]
    return last < today


def next_words(last: date | None, *, today: date, arrival: date | None) -> date:
    """The first day after today on which the budget of whoever was spoken to on ``last`` allows a message,
    and which is no day of rest."""
    day = today + timedelta(days=1)
    while day_of_rest(day) or not may_nudge(last, today=day, arrival=arrival):
        day += timedelta(days=1)
    return day


def overview_due(*, today: date, phase: str, last_phase: str | None, looked_on: date | None = None) -> str:
    """``phase`` on the first look in a new phase, ``week`` on a week's first working day, or the first
    look after it where nobody looked then; else empty."""
    if last_phase != phase:
        return "phase"
    first = first_working_day(today)
    seen = looked_on is not None and looked_on >= first
    return "week" if today >= first and not seen and (looked_on or today == first) else ""


def waits_for_morning(at: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Until when a reminder of an appointment waits that was missed and would come at night; None: it comes
    now. Where the morning would be too late it does not wait: a lost reminder is worse than a disturbed
    evening. All aware."""
    if not calendar.quiet(now, zone):
        return None
    morning = calendar.next_morning(now, zone)
    return morning if at - morning > HURRY else None


def silence_told(at: datetime, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When whoever proposed a moment reads that there is no answer yet: at the hour of the daily look, the
    day before it or else on its day, or else the evening before; None where all of these are past. Aware."""
    day = at.astimezone(zone).date()
    before = day - timedelta(days=1)
    hours = (
        (before, calendar.LOOK_AT),
        (day, calendar.LOOK_AT),
        (before, calendar.EVENING_BEFORE),
    )
    moments = [calendar.local(day, hour, zone) for day, hour in hours]
    return next((moment for moment in moments if now < moment < at), None)
