"""What is due by itself: appointments to those who go, the daily look, and what follows when nobody acts."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.domain import calendar
from bot.domain.reminders import (
    LAST_CALLED,
    OVERDUE,
    RAISED,
    UNRAISED,
    Look,
    begins_anew,
    look,
    may_nudge,
    overview_due,
)
from bot.domain.tasks import names, words_of
from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Words
from bot.routes import due, heard, press
from bot.store.room import Room
from bot.store.tables import Member, Person, Task
from bot.understanding.dates import day_in
from handlers.asking import acting, picked, spoken
from handlers.lists import listed, moves, where_we_are, why
from handlers.when import argument, day_of_code, going

LATE = timedelta(minutes=30)
MOST_LINES = 8


@due("task.eve")
def eve(ask: Ask, room: Room) -> list[Say]:
    return appointment(ask, room, "eve")


@due("task.soon")
def soon(ask: Ask, room: Room) -> list[Say]:
    return appointment(ask, room, "soon")


def appointment(ask: Ask, room: Room, what: str) -> list[Say]:
    """Privately, to those who go. What was missed while the bot was down comes once, marked late, not at
    night, and only if the appointment is still to come."""
    assert ask.due
    task = next((t for t in room.open_tasks if t.id == ask.due.args["task"]), None)
    if task is None or task.at is None or task.at <= room.now:
        return []
    moments = calendar.appointment_moments(task.at, room.zone)
    if what == "eve" and "soon" in moments and moments["soon"] <= room.now:
        return []  # the other one comes now
    if calendar.quiet(room.now, room.zone):
        morning = calendar.next_morning(room.now, room.zone)
        room.remind(f"task:{task.id}:{what}", morning, f"task.{what}", task=task.id, late=True)
        return []
    late = [Phrase("remind.late")] if was_late(ask, room) or ask.due.args.get("late") else []
    tomorrow = room.day_of(task) != room.today
    key = "remind.eve" if tomorrow else "remind.soon" if what == "soon" else "remind.today"
    said = []
    for member in going(room, task):
        to = room.privately(member)
        if to and member.person and member.person.reminders != "none":
            others = [m for m in going(room, task) if m is not member]
            lines = [*late, *company(others)]
            said.append(
                Say(key, task=task.title_for(member), at=task.at, lines=lines, to=to, buttons=went(task))
            )
    return said


def was_late(ask: Ask, room: Room) -> bool:
    return ask.due is not None and ask.due.at is not None and room.now - ask.due.at > LATE


def company(others: list[Member]) -> list[Phrase]:
    return [Phrase("remind.with", who=names(others))] if others else []


def went(task: Task) -> list[list[Button]]:
    return [
        [
            Button(Phrase("button.release"), "release", (task.id or 0,)),
            Button(Phrase("button.when"), "when", (task.id or 0,)),
        ]
    ]


@due("room.day")
def day(ask: Ask, room: Room) -> list[Say]:
    """Once a day: dates move on, what nobody took is raised, terms of law are told to the newcomer."""
    room.look_daily()
    if room.row.state != "active" or not in_its_hours(room):
        return []
    before, room.row.looked_on = room.row.looked_on, room.today
    room.touch()  # the board is of this week, and a day has gone by
    said = missing_people(room) if room.today.weekday() == 0 else []
    said += moves(room, room.redate())
    tidy(room)
    waiting = frozenset(task.number for task in room.open_tasks if room.held_up(task))
    found = look(
        room.tasks,
        today=room.today,
        arrival=room.row.arrival,
        permit=room.row.permit,
        waiting=waiting,
        zone=room.zone,
        looked_on=before,
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


def tidy(room: Room) -> None:
    """What time has overtaken: proposals whose moment is past, and how far the asking went about a task
    that has got another day."""
    for task in room.open_tasks:
        if task.proposed and task.proposed <= room.now:
            task.proposed = task.proposed_by = None
        if task.raised and begins_anew(task, room.today, room.zone):
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
    lines: list[Phrase] = []
    if overview:
        lines += [where_we_are(room), *this_week(room)]
    if found.unclaimed:
        lines += [Phrase("day.unclaimed"), *listed(room, found.unclaimed[:MOST_LINES], None)]
    buttons = [
        [
            Button(Phrase("button.claim_n", number=t.number), "claim", (t.id or 0,))
            for t in found.unclaimed[:4]
        ]
    ]
    if found.last_calls:
        lines += [Phrase("day.last_call"), *listed(room, found.last_calls[:MOST_LINES], None)]
        buttons.append(
            [
                Button(Phrase("button.claim_n", number=t.number), "claim", (t.id or 0,))
                for t in found.last_calls[:4]
            ]
        )
        if room.coordinator_chat:
            buttons.append(
                [Button(Phrase("button.ask_builder"), "builder"), Button(Phrase("button.we_will"), "quiet")]
            )
    if not lines:
        return []
    mark(found)
    room.row.nudged_on = room.today
    if late:
        lines.insert(0, Phrase("remind.late"))
    return [Say(f"day.{overview or 'open'}", to=room.chat, lines=lines, buttons=buttons)]


def this_week(room: Room) -> list[Phrase]:
    planned = [t for t in room.upcoming(ahead=timedelta(days=7)) if t.at or t.who]
    return listed(room, planned[:MOST_LINES], None)


def mark(found: Look[Task]) -> None:
    for task in found.unclaimed:
        task.raised = RAISED
    for task in found.last_calls:
        task.raised = LAST_CALLED


def overdue_words(room: Room, found: Look[Task]) -> list[Say]:
    """Privately, to whoever has it: hand over, move, drop, or done after all."""
    said = []
    for task in found.overdue:
        for member in task.who:
            to = nudgeable(room, member)
            if to is None or not member.person:
                continue
            task.raised = OVERDUE
            nudged(member.person, room, task)
            number = (task.id or 0,)
            buttons = [
                [
                    Button(Phrase("button.done"), "done", number),
                    Button(Phrase("button.hand_over"), "release", number),
                ],
                [
                    Button(Phrase("button.move"), "move", number),
                    Button(Phrase("button.drop"), "drop", number),
                ],
            ]
            said.append(
                Say(
                    "remind.overdue",
                    task=task.title_for(member),
                    due=room.day_of(task),
                    to=to,
                    buttons=buttons,
                )
            )
    return said


def questions(room: Room, found: Look[Task]) -> list[Say]:
    """One question a day to the newcomer about a task to come: together, alone, not needed, later."""
    said = []
    for member in room.newcomers:
        to = nudgeable(room, member) if member.agreed else None
        task = next((t for t in found.to_decide if t.whose in (None, member.id)), None)
        if to is None or task is None or not member.person:
            continue
        task.asked = True
        nudged(member.person, room, task)
        said.append(decision(room, task, to))
        found.to_decide.remove(task)
    return said


def decision(room: Room, task: Task, to: Audience) -> Say:
    number = (task.id or 0,)
    buttons = [
        [
            Button(Phrase("button.together"), "together", number),
            Button(Phrase("button.alone"), "alone", number),
        ],
        [
            Button(Phrase("button.notneeded"), "notneeded", number),
            Button(Phrase("button.later"), "later", number),
        ],
    ]
    lines = [Phrase("task.why", why=why(task))] if task.spec else []
    return Say("decide.question", task=task.title, lines=lines, to=to, buttons=buttons)


def nudgeable(room: Room, member: Member) -> Audience | None:
    """The private chat of somebody who may be written to unasked today."""
    person = member.person
    if person is None or not person.reachable or person.reminders != "all":
        return None
    return (
        room.privately(member)
        if may_nudge(person.nudged_on, today=room.today, arrival=room.row.arrival)
        else None
    )


def nudged(person: Person, room: Room, task: Task) -> None:
    """Remember what somebody was asked unasked: the day for the budget, the task for a "no"."""
    person.nudged_on, person.nudged_task = room.today, task.id


# terms of law


def terms(room: Room, found: Look[Task]) -> list[Say]:
    """A right that lapses: to the newcomer alone. An organisation hears of it on the newcomer's tap."""
    said = []
    agreed = any(member.agreed for member in room.newcomers)
    for task, last in found.terms:
        late = [Phrase("remind.late")] if task in found.missed else []
        reached = False
        for member in room.newcomers:
            to = room.privately(member) if member.agreed and member.reachable else None
            if to:
                reached = True
                buttons = [
                    [Button(Phrase("button.tell_contact"), "tell", (task.id or 0,))],
                    [
                        Button(Phrase("button.permit_date"), "permit"),
                        Button(Phrase("button.not_for_me"), "notneeded", (task.id or 0,)),
                    ],
                ]
                lines = [
                    *late,
                    Phrase("same", it=note(task)),
                    Phrase("term.source", source=task.spec.source, checked=task.spec.checked),
                ]
                said.append(
                    Say("term.coming", task=task.title, last=last, lines=lines, to=to, buttons=buttons)
                )
        if agreed and not reached and room.coordinator_chat and task in found.lapsing:
            said.append(Say("term.in_person", name=room.row.newcomer_name, to=room.coordinator_chat))
            task.raised = LAST_CALLED
    return said + lapsing(room, [task for task in found.lapsing if not task.private])


def lapsing(room: Room, tasks: list[Task]) -> list[Say]:
    """A right of a common task lapses and nobody took it: the community builder is asked unasked,
    and the group is told so."""
    to = room.coordinator_chat
    if not tasks or to is None or room.chat is None:
        return []
    for task in tasks:
        task.raised = LAST_CALLED
    lines = listed(room, tasks, None)
    told = Say("lapsing.told", to=room.chat, lines=lines)
    return [told, Say("lapsing.asked", name=room.row.newcomer_name, lines=lines, to=to)]


def note(task: Task) -> Words:
    return words_of(task.spec, "note" if task.spec.note else "why", task.key)


@press("tell", who=("newcomer",))
def tell_contact(ask: Ask, room: Room) -> list[Say]:
    """The newcomer's tap: the coordinator hears which term it is, and who can help."""
    task = picked(ask, room)
    to = room.coordinator_chat
    if to is None:
        raise Refusal("button.old")
    return [Say("term.told"), Say("term.please_help", name=acting(ask).name, task=task.title, to=to)]


@press("permit", who=("newcomer",))
def permit(ask: Ask, room: Room) -> Say:
    room.ask(ask.person, "permit")
    return Say("term.ask_permit")


@heard("permit")
def permit_date(ask: Ask, room: Room) -> Say:
    """The date on the permit decision, from which the term counts. It must lie in the past."""
    day = day_in(ask.words, now=ask.sent.astimezone(room.zone), language=spoken(ask))
    if day > room.today or acting(ask).role != "newcomer":
        raise Refusal("term.not_yet", day=day)
    room.row.permit = day
    room.settle_questions(ask.person, "permit")
    return Say("term.noted", day=day)


# answers to what was raised


@press("builder")
def ask_builder(ask: Ask, room: Room) -> list[Say]:
    """The group wants the community builder to help with what nobody could take."""
    stuck = [t for t in room.open_tasks if t.raised == LAST_CALLED and not t.who and not t.quiet]
    to = room.coordinator_chat
    if to is None or not stuck:
        raise Refusal("button.old")
    for task in stuck:
        task.quiet = True
    lines = listed(room, stuck[:MOST_LINES], None)
    told = Say("builder.asked", who=acting(ask).name, name=room.row.newcomer_name, lines=lines, to=to)
    return [Say("builder.told", to=room.chat), told]


@press("quiet")
def stop_asking(ask: Ask, room: Room) -> Say:
    acting(ask)
    room.stop_asking()
    return Say("asking.stopped")


@press("move")
def move(ask: Ask, room: Room) -> Say:
    task = picked(ask, room)
    room.ask(ask.person, "move", task=task.id)
    ahead = [room.today + timedelta(days=days) for days in (3, 7, 14)]
    buttons = [[Button(Phrase("same", it=d), "moveto", (task.id or 0, d.strftime("%y%m%d"))) for d in ahead]]
    return Say("move.when", task=task.title_for(ask.member), buttons=buttons)


@press("moveto")
def move_to(ask: Ask, room: Room) -> list[Say]:
    return moved_to(ask, room, picked(ask, room), day_of_code(argument(ask, 1)))


@heard("move")
def move_typed(ask: Ask, room: Room) -> list[Say]:
    task = room.task(str(room.answers(ask.person, "move").get("task")), by_id=True)
    return moved_to(
        ask, room, task, day_in(ask.words, now=ask.sent.astimezone(room.zone), language=spoken(ask))
    )


def moved_to(ask: Ask, room: Room, task: Task, new_day: date) -> list[Say]:
    if acting(ask) not in task.who:
        raise Refusal("task.not_yours", task=task.title_for(ask.member))
    if task.at and task.at <= room.now:
        task.at = None  # that appointment is over, and did not do it
        room.appointment_reminders(task)
    task.move(new_day, room.today)
    room.settle_questions(ask.person, "move")
    return [Say("move.done", task=task.title_for(ask.member), due=new_day), *moves(room, room.redate())]


@press("drop")
def drop(ask: Ask, room: Room) -> list[Say]:
    """Whoever has a task says it is not needed. What concerns the newcomer, the newcomer drops."""
    task = picked(ask, room)
    if task.with_newcomer and not acting(ask).newcomer:
        raise Refusal("only.newcomer")
    if acting(ask) not in task.who:
        raise Refusal("task.not_yours", task=task.title_for(ask.member))
    task.drop()
    return [Say("decide.dropped", task=task.title_for(ask.member)), *moves(room, room.redate())]
