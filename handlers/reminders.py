"""What comes by itself: appointments to those who go, and the daily look at what nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.domain import calendar
from bot.domain.reminders import (
    LAST_CALL,
    LAST_CALLED,
    RAISED,
    UNRAISED,
    Look,
    begins_anew,
    look,
    may_nudge,
    next_words,
    overview_due,
    unanswered,
    waits_for_morning,
)
from bot.domain.tasks import names
from bot.domain.words import Ask, Audience, Button, Phrase, Say
from bot.routes import due
from bot.store.replied import asking
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.appointments import stamp
from handlers.going import going
from handlers.lists import choices, listed, moves, where_we_are, why
from handlers.overdue import nudgeable, nudged, overdue_words
from handlers.terms import terms

LATE = timedelta(minutes=30)
MOST_LINES = 8
"""So many tasks are named under one heading; the rest is named the next time."""
MOST_BUTTONS = 4
PATIENT_WITH = 2
"""So many questions may stay unanswered before the asking slows down."""


@due("task.eve")
def eve(ask: Ask, room: Room) -> list[Say]:
    return appointment(ask, room, "eve")


@due("task.soon")
def soon(ask: Ask, room: Room) -> list[Say]:
    return appointment(ask, room, "soon")


def appointment(ask: Ask, room: Room, what: str) -> list[Say]:
    """Privately, to those who go. What was missed while the bot was down comes once, marked late, at night
    only if the morning is too late, and only if the appointment is still to come."""
    assert ask.due
    task = next((t for t in room.open_tasks if t.id == ask.due.args["task"]), None)
    if task is None or task.at is None or task.at <= room.now:
        return []
    moments = calendar.appointment_moments(task.at, room.zone)
    if what == "eve" and "soon" in moments and moments["soon"] <= room.now:
        return []  # the other one comes now
    if morning := waits_for_morning(task.at, room.now, room.zone):
        room.remind(f"task:{task.id}:{what}", morning, f"task.{what}", task=task.id, late=True)
        return []
    late = [Phrase("remind.late")] if was_late(ask, room) else []
    tomorrow = room.day_of(task) != room.today
    key = "remind.eve" if tomorrow else "remind.soon" if what == "soon" else "remind.today"
    there = going(room, task)
    lines = {member.id: [*late, *company([m for m in there if m is not member])] for member in there}
    return [
        goes(room, key, task, member, to, lines[member.id])
        for member in there
        if (to := room.privately(member)) and member.person and member.person.reminders != "none"
    ]


def goes(room: Room, key: str, task: Task, member: Member, to: Audience, lines: list[Phrase]) -> Say:
    """The appointment, to one who goes. A newcomer who did not take the task on gives nothing back, but may
    not be able to come after all: for them it asks, so that a "no" is understood."""
    assert task.at
    number, code = task.id or 0, stamp(room, task.at)
    own = member in task.who
    off = Button(Phrase("button.release"), "release", (number,)) if own else cannot_then(room, task)
    buttons = [[off, Button(Phrase("button.when"), "when", (number,))]]
    slot = "" if own else asking([task], code)
    return Say(key, task=task.title_for(member), at=task.at, lines=lines, to=to, buttons=buttons, slot=slot)


def cannot_then(room: Room, task: Task) -> Button:
    assert task.at
    return Button(Phrase("button.cannot_then"), "fitsnot", (task.id or 0, stamp(room, task.at)))


def was_late(ask: Ask, room: Room) -> bool:
    """Whether what is due comes too late, or was put off because it did."""
    if ask.due is None or ask.due.at is None:
        return False
    return room.now - ask.due.at > LATE or bool(ask.due.args.get("late"))


def company(others: list[Member]) -> list[Phrase]:
    return [Phrase("remind.with", who=names(others))] if others else []


@due("room.day")
def day(ask: Ask, room: Room) -> list[Say]:
    """Once a day: dates move on, what nobody took is raised, terms of law are told to the newcomer."""
    room.look_daily()
    if room.row.state != "active":
        return []
    if not in_its_hours(room):
        look_later(room)
        return []
    before, room.row.looked_on = room.row.looked_on, room.today
    again = next_words(room.today, today=room.today, arrival=room.row.arrival)
    room.touch()  # the board is of this week, and a day has gone by
    said = missing_people(room) if room.today.weekday() == 0 else []
    said += moves(room, room.redate())
    tidy(room, again)
    waiting = frozenset(task.number for task in room.open_tasks if room.held_up(task))
    found = look(
        room.tasks,
        today=room.today,
        arrival=room.row.arrival,
        permit=room.row.permit,
        waiting=waiting,
        zone=room.zone,
        looked_on=before,
        speaks_next=again,
    )
    said += terms(room, found)
    if calendar.day_of_rest(room.today):
        return said
    overview = overview_due(
        today=room.today, phase=room.phase.key, last_phase=room.row.phase, looked_on=before
    )
    said += group_words(room, found, overview, late=was_late(ask, room))
    return said + overdue_words(room, found) + questions(room, found)


def in_its_hours(room: Room) -> bool:
    """Whether the daily look may be made now: a look that was missed is not made up for in the night,
    nor shortly before the next."""
    hour: time = room.now.astimezone(room.zone).time()
    return calendar.LOOK_AT <= hour < calendar.QUIET_FROM


def look_later(room: Room) -> None:
    """The look that was missed is made at its next hour, and what it says then is late."""
    moment = room.at(room.today, calendar.LOOK_AT)
    if moment <= room.now:
        moment = room.at(room.today + timedelta(days=1), calendar.LOOK_AT)
    room.remind("room:day", moment, "room.day", late=True)


def tidy(room: Room, again: date) -> None:
    """What time has overtaken: turns of which nothing came, proposals whose moment is past, and how far the
    asking went about a task that has got another day."""
    room.pass_turns_by()
    for task in room.open_tasks:
        if task.proposed and task.proposed <= room.now:
            task.proposed = task.proposed_by = None
        if task.raised and begins_anew(task, room.today, room.zone, again):
            task.raised = UNRAISED


def missing_people(room: Room) -> list[Say]:
    """Once a week: whether everybody is still in the chat, because a departure may have been missed."""
    linked = [m.person for m in room.members if m.person]
    return (
        [Say("same", it="", to=room.chat, look_for=person.telegram) for person in linked] if room.chat else []
    )


def group_words(room: Room, found: Look[Task], overview: str, *, late: bool) -> list[Say]:
    """At most one unasked message to the group: overview, what is unclaimed, and the last call, folded."""
    if room.chat is None or not may_nudge(room.row.nudged_on, today=room.today, arrival=room.row.arrival):
        return []
    room.row.phase = room.phase.key
    unclaimed, last_calls = found.unclaimed[:MOST_LINES], found.last_calls[:MOST_LINES]
    stuck = found.stuck[:MOST_BUTTONS] if overview else []
    lines: list[Phrase] = []
    free = still_free(room, {task.id for task in (*unclaimed, *last_calls, *stuck)}) if overview else []
    if overview:
        lines += [where_we_are(room), *this_week(room)]
    if free:
        lines += [Phrase("board.free"), *listed(room, free, None)]
    if unclaimed:
        lines += [Phrase("day.unclaimed"), *named(room, found.unclaimed)]
    buttons = [claims([*unclaimed, *free])]
    if stuck:
        lines += [Phrase("day.is_done"), *listed(room, stuck, None)]
        buttons.append([Button(f"✓ {t.number}", "done", (t.id or 0,)) for t in stuck])
    if last_calls:
        lines += [last_call(room, last_calls), *named(room, found.last_calls)]
        buttons += [claims(last_calls), last_choices(room)]
    if not lines:
        return []
    if max(len(found.unclaimed), len(found.last_calls)) > MOST_LINES:
        buttons.append([Button(Phrase("button.open_tasks"), "open")])
    mark(unclaimed, last_calls, stuck)
    room.row.nudged_on = room.today
    if late:
        lines.insert(0, Phrase("remind.late"))
    slot = asking([*unclaimed, *stuck, *last_calls])
    return [Say(f"day.{overview or 'open'}", to=room.chat, lines=lines, buttons=buttons, slot=slot)]


def named(room: Room, tasks: Sequence[Task]) -> list[Phrase]:
    """As many tasks as are named at once, and how many more there are."""
    left = len(tasks) - MOST_LINES
    more = [Phrase("board.more", n=left)] if left > 0 else []
    return [*listed(room, tasks[:MOST_LINES], None), *more]


def last_call(room: Room, tasks: Sequence[Task]) -> Phrase:
    """Needed within three days; or by when, where the group is not spoken to before."""
    last = max(day for task in tasks if (day := room.day_of(task)))
    if last - room.today <= LAST_CALL:
        return Phrase("day.last_call")
    return Phrase("day.last_call_ahead", day=last)


def last_choices(room: Room) -> list[Button]:
    if room.coordinator_chat is None:
        return []
    return [Button(Phrase("button.ask_builder"), "builder"), Button(Phrase("button.we_will"), "quiet")]


def claims(tasks: Sequence[Task]) -> list[Button]:
    """A row with a button for each of the first few tasks, by number."""
    few = tasks[:MOST_BUTTONS]
    return [Button(Phrase("button.claim_n", number=t.number), "claim", (t.id or 0,)) for t in few]


def this_week(room: Room) -> list[Phrase]:
    """What is planned or taken; not what is over, nor what is a newcomer's own."""
    ahead = [t for t in room.upcoming(ahead=timedelta(days=7)) if not t.hidden_from(None)]
    planned = [t for t in ahead if t.who or (t.at and t.at > room.now)]
    return listed(room, planned[:MOST_LINES], None)


def still_free(room: Room, named: set[int | None]) -> list[Task]:
    """What nobody has of this week, beside what is named anyway: a week's start shows it though it was asked
    about before. While nobody knows when the newcomer arrives, what the group can do before that."""
    ahead = room.upcoming(ahead=timedelta(days=7))
    free = [t for t in ahead if not (t.who or t.at or t.followed or t.quiet or t.theirs_alone)]
    coming = [t for t in free if t.id not in named and not (t.due and t.due < room.today)]
    return [t for t in coming if not room.held_up(t) and not t.hidden_from(None)][:MOST_LINES]


def mark(unclaimed: Sequence[Task], last_calls: Sequence[Task], stuck: Sequence[Task]) -> None:
    """What was named now: a "no" of the group stops just that, and the rest is named the next time."""
    for task in stuck:
        task.raised = task.raised or RAISED
    for task in unclaimed:
        task.raised = RAISED
    for task in last_calls:
        task.raised = LAST_CALLED


def questions(room: Room, found: Look[Task]) -> list[Say]:
    """One question a day to the newcomer about a task to come: together, alone, not needed, later. While
    two are unanswered it is one a week: silence is not a no, but it is an answer."""
    said = []
    for member in room.newcomers:
        to = nudgeable(room, member) if member.agreed else None
        task = next((t for t in found.to_decide if t.whose in (None, member.id)), None)
        silent = sum(unanswered(t, member) for t in room.open_tasks) >= PATIENT_WITH
        if silent and room.today != calendar.first_working_day(room.today):
            continue
        if to is None or task is None:
            continue
        task.asked = True
        nudged(member, room, task)
        said.append(decision(room, task, to))
        found.to_decide.remove(task)
    return said


def decision(room: Room, task: Task, to: Audience) -> Say:
    lines = [Phrase("task.why", why=why(task))] if task.spec else []
    slot = asking([task])
    return Say("decide.question", task=task.title, lines=lines, to=to, buttons=choices(task), slot=slot)
