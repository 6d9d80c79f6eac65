"""Terms of law: rights that lapse, told to whom they belong, and the day they count from."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.reminders import LAST_CALLED, Look, last_day
from bot.domain.tasks import words_of
from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Words
from bot.routes import heard, press
from bot.store.room import Room
from bot.store.tables import Member, Task
from bot.understanding.dates import apart
from bot.understanding.exact import exact_day
from handlers.asking import acting, leaves, means, picked, spoken
from handlers.lists import listed
from handlers.paper import without_telegram


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
                said.append(coming(room, task, last, to, late))
        if agreed and not reached and room.coordinator_chat and task in found.lapsing:
            on_paper = [m for m in room.newcomers if m.agreed and m.person_id is None]
            buttons = [[permit_button(room, member)] for member in on_paper[:1]]
            name, to = room.row.newcomer_name, room.coordinator_chat
            said.append(Say("term.in_person", name=name, to=to, buttons=buttons))
            task.raised = LAST_CALLED
    return said + lapsing(room, [task for task in found.lapsing if not task.private])


def coming(room: Room, task: Task, last: date, to: Audience, late: list[Phrase]) -> Say:
    """The last day, what it rests on, and what to do; where that was found comes last."""
    number = (task.id or 0,)
    buttons = [
        [Button(Phrase("button.tell_contact"), "tell", number)],
        [permit_button(room), Button(Phrase("button.not_for_me"), "notneeded", number)],
    ]
    lines = [*late, basis(room), Phrase("same", it=note(task)), source(task)]
    return Say("term.coming", task=task.title, last=dated(last), lines=lines, to=to, buttons=buttons)


def basis(room: Room) -> Phrase:
    """What the last day is counted from; from the arrival it may be too late."""
    if room.row.permit:
        return Phrase("term.from_permit", day=dated(room.row.permit))
    return Phrase("term.from_arrival")


def dated(day: date) -> Phrase:
    """A day with its year: a term runs over the turn of the year."""
    return Phrase("term.day", day=day, year=day.year)


def source(task: Task) -> Phrase:
    """Whose rule it is, as short as people say it; all of it stands in the plan's file."""
    site = re.split(r"[,;( ]", task.spec.source)[0]
    return Phrase("term.source", source=site, checked=dated(task.spec.checked))


def permit_button(room: Room, on_paper: Member | None = None) -> Button:
    """``on_paper``: the newcomer without Telegram who tells the coordinator the date."""
    label = Phrase("button.permit_change" if room.row.permit else "button.permit_date")
    return Button(label, "ppermit", (on_paper.id or 0,)) if on_paper else Button(label, "permit")


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
    return which_date(ask, room, None)


@press("ppermit", who=("coordinator",))
def permit_on_paper(ask: Ask, room: Room) -> Say:
    """What a newcomer without Telegram tells the coordinator, who writes it down."""
    assert ask.press
    return which_date(ask, room, without_telegram(ask, room, ask.press.number(0)))


def which_date(ask: Ask, room: Room, on_paper: Member | None) -> Say:
    room.ask(ask.person, "permit", **({"on_paper": on_paper.id} if on_paper else {}))
    return Say("term.ask_permit_of", name=on_paper.name) if on_paper else Say("term.ask_permit")


@heard("permit")
def permit_date(ask: Ask, room: Room) -> Say:
    """The date on the permit decision, from which the term counts. It must lie in the past, and is read
    back. Who sees then that it is wrong just writes another; other words end the question."""
    known = room.answers(ask.person, "permit")
    on_paper = without_telegram(ask, room, known["on_paper"]) if "on_paper" in known else None
    if on_paper is None and not acting(ask).newcomer:
        raise Refusal("only.newcomer")
    now = ask.sent.astimezone(room.zone)
    if known.get("noted"):
        if means(ask.words, room.content.phrases.no):
            return which_date(ask, room, on_paper)
        if not apart(ask.words, now=now, language=spoken(ask))[1]:
            room.settle_questions(ask.person, "permit")
            return Say("private.hint")
    elif leaves(ask, room.content):
        room.settle_questions(ask.person, "permit")
        return Say("asking.left")
    day = exact_day(ask.words, now=now, language=spoken(ask))
    if day > room.today:
        raise Refusal("term.not_yet", day=dated(day))
    room.ask(ask.person, "permit", **known | {"noted": True})
    return noted(room, day, on_paper)


def noted(room: Room, day: date, on_paper: Member | None) -> Say:
    """The date as it was understood, and what it makes of the terms that run: a newcomer's own, so that
    a coordinator reads the date alone."""
    room.row.permit = day
    running = [task for task in room.open_tasks if task.spec and task.spec.legal]
    lines = [line for task in running for line in counted_anew(room, task)]
    buttons = [[permit_button(room, on_paper)]]
    return Say("term.noted", day=dated(day), lines=[] if on_paper else lines, buttons=buttons)


def counted_anew(room: Room, task: Task) -> list[Phrase]:
    """A term's new last day. The plan's own day for the task is never after it."""
    last = last_day(task, room.row.arrival, room.row.permit)
    if last is None:
        return []
    planned = room.row.arrival + timedelta(days=task.spec.due) if room.row.arrival else last
    task.due, task.moved = min(planned, last), last < planned
    task.start = min(task.start, task.due) if task.start else None
    over = [Phrase("term.over")] if last < room.today else []
    return [Phrase("term.now_last", task=task.title, last=dated(last)), *over]
