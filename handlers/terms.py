"""Terms of law: rights that lapse, told to whom they belong, and the day they count from."""

from __future__ import annotations

from bot.domain.reminders import LAST_CALLED, Look
from bot.domain.tasks import words_of
from bot.domain.words import Ask, Button, Phrase, Refusal, Say, Words
from bot.routes import heard, press
from bot.store.room import Room
from bot.store.tables import Task
from bot.understanding.dates import day_in
from handlers.asking import acting, picked, spoken
from handlers.lists import listed


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
