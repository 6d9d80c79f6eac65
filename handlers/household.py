"""What the plan needs to know of the household: asked of the newcomers themselves, after arrival."""

from __future__ import annotations

import re

from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say
from bot.routes import due, heard, press
from bot.store.room import Room
from bot.store.tables import Member
from handlers.asking import acting
from handlers.lists import listed

OLDEST = 120
MOST_CHILDREN = 15


@due("household.ask", unasked=True)
def ask_household(ask: Ask, room: Room) -> Say | None:
    """Once per household, and only after the yes that was given after arrival."""
    assert ask.due
    member = room.member(ask.due.args["member"])
    if member is None or member.left or member.consent != "yes" or room.row.household is not None:
        return None
    if room.row.arrival is None or room.today < room.row.arrival:
        return None
    to = room.privately(member)
    return question(member.id, to) if to else on_paper(room, member)


def question(member: int | None, to: Audience, name: str = "") -> Say:
    """``name``: of a newcomer whom the coordinator asks in person."""
    kids = "pkids" if name else "kids"
    buttons = [
        [
            Button(Phrase("button.children_none"), kids, (0, member or 0)),
            Button(Phrase("button.children"), kids, (1, member or 0)),
        ]
    ]
    return Say("household.paper" if name else "household.children", to=to, buttons=buttons, name=name)


def on_paper(room: Room, member: Member) -> Say | None:
    """The coordinator asks somebody who is not on Telegram, and writes down the ages."""
    to = room.coordinator_chat
    return question(member.id, to, member.name or room.row.newcomer_name) if to else None


@press("pfamily", who=("coordinator",))
def family_on_paper(ask: Ask, room: Room) -> Say | None:
    assert ask.press
    return on_paper(room, without_telegram(ask, room, ask.press.number(0)))


def without_telegram(ask: Ask, room: Room, member_id: int) -> Member:
    """A newcomer whose yes from after arrival was written down on paper; the coordinator speaks."""
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(member_id)
    if member is None or member.left or member.person_id or not member.newcomer or member.consent != "yes":
        raise Refusal("button.old")
    return member


@press("pkids", who=("coordinator",))
def children_on_paper(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    member = without_telegram(ask, room, ask.press.number(1))
    if ask.press.word(0) == "0":
        return known(ask, room, [])
    room.ask(ask.person, "children_paper", member=member.id)
    return [Say("household.ages")]


@heard("children_paper")
def ages_on_paper(ask: Ask, room: Room) -> list[Say]:
    without_telegram(ask, room, room.answers(ask.person, "children_paper")["member"])
    found = ages_in(ask.words)
    room.settle_questions(ask.person, "children_paper")
    return known(ask, room, found)


@press("kids", who=("newcomer",))
def children(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    if ask.press.word(0) == "0":
        return known(ask, room, [])
    room.ask(ask.person, "children")
    return [Say("household.ages")]


@heard("children")
def ages(ask: Ask, room: Room) -> list[Say]:
    """Ages in whole years, in digits of any script: "4 and 11", or the same in Arabic digits."""
    if not acting(ask).newcomer:
        raise Refusal("only.newcomer")
    found = ages_in(ask.words)
    room.settle_questions(ask.person, "children")
    return known(ask, room, found)


def ages_in(words: str) -> list[int]:
    """Refusal ``household.ages`` where there are none, or none that can be."""
    found = [int(number) for number in re.findall(r"\d{1,4}", words)]
    if not found or len(found) > MOST_CHILDREN or any(age > OLDEST for age in found):
        raise Refusal("household.ages")
    return sorted(found)


def known(ask: Ask, room: Room, found: list[int]) -> list[Say]:
    """The plan gets the tasks that suit this household; who answered reads which, and by when."""
    room.row.household = {"ages": found}
    added = room.begin_plan()
    lines = listed(room, added, ask.member)
    if any(task.start == room.today and task.moved for task in added):
        lines.append(Phrase("household.from_today"))
    return [Say("household.known", n=len(added), lines=lines)]
