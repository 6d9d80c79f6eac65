"""Others read a letter's explanation by its owner's own tap; and what stays of it."""

from __future__ import annotations

from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Toast
from bot.routes import press
from bot.store.letters import Known
from bot.store.programme import Own
from bot.store.room import Room
from handlers.asking import acting
from handlers.explanations import name, number, said_in, sent_by


@press("lshare")
def share(ask: Ask, room: Room) -> Say:
    """The explanation, never the photo, to one person or to the group."""
    known = sent_by(ask, room)
    group = [[Button(Phrase("button.letter_group"), "lgroup", (known.id,))]] if room.chat else []
    return Say("letter.share", buttons=[*people(ask, room, known, "lto"), *group])


@press("lwith")
def read_with(ask: Ask, room: Room) -> Say:
    """One person sees the same, to read it together."""
    known = sent_by(ask, room)
    buttons = people(ask, room, known, "lboth")
    return Say("letter.with_whom" if buttons else "letter.nobody", buttons=buttons)


def people(ask: Ask, room: Room, known: Known, name: str) -> list[list[Button]]:
    """Who can be reached in private, a button each."""
    others = [m for m in room.members if m is not ask.member and m.agreed and m.reachable]
    return [[Button(member.name, name, (known.id, member.id or 0))] for member in others[:12]]


@press("lto")
def shared(ask: Ask, room: Room) -> list[Say]:
    return shown_to(ask, room, "letter.shares", "letter.shared")


@press("lboth")
def reads_with(ask: Ask, room: Room) -> list[Say]:
    return shown_to(ask, room, "letter.reads_with", "letter.reads")


def shown_to(ask: Ask, room: Room, told: str, done: str) -> list[Say]:
    """The explanation goes to one member, in their language; whoever sent the letter reads that it did."""
    known = sent_by(ask, room)
    assert ask.press
    member = room.member(ask.press.number(1))
    to = room.privately(member) if member and member.agreed and member.reachable else None
    if member is None or to is None:
        raise Refusal("letter.not_reached")
    return [*passed_on(ask, room, known, told, to), Say(done, who=member.name)]


def passed_on(ask: Ask, room: Room, known: Known, told: str, to: Audience) -> list[Say]:
    """Who it comes from, and what the letter says, without anybody's buttons."""
    first, *others = said_in(room, known.letter)
    explains = Say(first.key, lines=others, to=to, whole="letter.no_language", **first.args)
    return [Say(told, who=acting(ask).name, to=to), explains]


@press("lgroup")
def share_with_group(ask: Ask, room: Room) -> Say:
    """What everybody will read is told before."""
    known = sent_by(ask, room)
    sure = [[Button(Phrase("button.letter_group_sure"), "lgroupsure", (known.id,))]]
    return Say("letter.group_sure", letter=name(known.letter), buttons=sure)


@press("lgroupsure")
def shared_with_group(ask: Ask, room: Room) -> list[Say]:
    known = sent_by(ask, room)
    if room.chat is None:
        raise Refusal("letter.not_reached")
    told = passed_on(ask, room, known, "letter.shares", room.chat)
    for part, say in enumerate(told):  # shared again it takes the place of what the group read before
        say.slot = f"shared-{known.id}-{known.messages[0]}-{part}"
    return [*told, Say("letter.shared_group")]


@press("lkeep")
def keep(ask: Ask, own: Own) -> Toast:
    """The photo stays in the chat; what was read of it goes all the same."""
    own.letters.change(number(ask), keeps_photo=True)
    return Toast("letter.keeps")


@press("lkeepsent")
def keep_sent(ask: Ask, own: Own) -> Toast:
    """The photo of which nothing could be read stays."""
    own.letters.keep_sent(number(ask))
    return Toast("letter.keeps")


@press("lkeepunread")
def keep_unread(ask: Ask, own: Own) -> Toast:
    """What was not read stays, too."""
    assert ask.press
    own.letters.unread(ask.press.word(0))
    return Toast("letter.keeps")
