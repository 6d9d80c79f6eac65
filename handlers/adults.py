"""A further adult newcomer, entered by the coordinator; each adult chooses about Samenbot themselves."""

from __future__ import annotations

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import heard, press
from bot.store.programme import Programme
from bot.store.room import Room
from handlers.asking import leaves
from handlers.people import mine
from handlers.safety import harmless, is_name

LONGEST = 40


@press("adult")
def another_adult(ask: Ask, programme: Programme) -> Say:
    assert ask.press
    room = mine(programme, ask.press.word(0))
    programme.ask("adult", room.id)
    return question(room)


def question(room: Room) -> Say:
    return Say("adult.name", buttons=[[Button(Phrase("button.no_adult"), "noadult", (room.id,))]])


@press("noadult")
def nobody_else(ask: Ask, programme: Programme) -> Say:
    assert ask.press
    mine(programme, ask.press.word(0))
    if programme.answers("adult") is None:
        raise Refusal("button.old")
    programme.settle("adult")
    return Say("adult.cancelled")


@heard("adult")
def named(ask: Ask, room: Room) -> Say:
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    name = harmless(ask.words, LONGEST)
    if leaves(ask, room.content) or not is_name(name, room.content.phrases.no):
        raise Refusal("adult.no_name", buttons=question(room).buttons)
    member = room.add_member(None, "newcomer", called=name)
    room.settle_questions(ask.person, "adult")
    buttons = [
        [Button(Phrase("button.undo_adult", name=name), "outadult", (member.id or 0,))],
        [Button(Phrase("button.group_menu"), "group", (room.id,))],
    ]
    return Say("adult.added", name=name, buttons=buttons)


@press("outadult", who=("coordinator",))
def undo(ask: Ask, room: Room) -> Say:
    """It was a mistake; as long as they have not joined, nothing of them stays."""
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(ask.press.number(0))
    if member is None or member.left or not member.newcomer:
        raise Refusal("button.old")
    if member.person_id:
        raise Refusal("adult.joined", name=member.name)
    name = member.name
    room.forget_newcomer(member)
    return Say("joined.undone", who=name)
