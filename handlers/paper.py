"""A newcomer without Telegram: the coordinator writes down what they chose on paper."""

from __future__ import annotations

from bot.domain import consent
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import press
from bot.store.room import Room
from bot.store.tables import Member
from handlers.consent import decide, ends_all

CHOICES = ("yes", "group_only", "neither")


@press("paper", who=("coordinator",))
def on_paper(ask: Ask, room: Room) -> Say:
    assert ask.press
    member = without_telegram(ask, room, ask.press.number(0))
    buttons = [[Button(Phrase(f"button.paper_{c}"), "papers", (member.id or 0, c))] for c in CHOICES]
    return Say("consent.on_paper", name=member.name, buttons=buttons)


def without_telegram(ask: Ask, room: Room, member_id: int) -> Member:
    """The newcomer whose paper it is. Refusals for anybody but the coordinator, and where it is nobody's."""
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(member_id)
    if member is None or member.left or not member.newcomer or member.person_id:
        raise Refusal("button.old")
    return member


@press("papers", who=("coordinator",))
def written_on_paper(ask: Ask, room: Room) -> list[Say]:
    """A no erases, and erasing cannot be undone: it is asked whether that was meant."""
    member, choice = choice_in(ask, room)
    if choice in consent.REFUSED:
        return [really(room, member, choice)]
    return noted(ask, room, member, choice)


def choice_in(ask: Ask, room: Room) -> tuple[Member, str]:
    assert ask.press
    member, choice = without_telegram(ask, room, ask.press.number(0)), ask.press.word(1)
    if choice not in CHOICES:
        raise Refusal("button.old")
    return member, choice


def really(room: Room, member: Member, choice: str) -> Say:
    ends = ends_all(room, member)
    buttons = [
        [Button(Phrase("button.erase"), "erase", (member.id or 0, choice, int(ends)))],
        [Button(Phrase("button.erase_not"), "noerase", (member.id or 0,))],
    ]
    return Say("consent.paper_ends" if ends else "consent.paper_erases", name=member.name, buttons=buttons)


@press("erase", who=("coordinator",))
def erased(ask: Ask, room: Room) -> list[Say]:
    """The coordinator is sure. Where more would be erased by now than was asked, it is asked again."""
    assert ask.press
    member, choice = choice_in(ask, room)
    question = really(room, member, choice)
    if question.key == "consent.paper_ends" and ask.press.word(2) != "1":
        return [question]
    return noted(ask, room, member, choice)


@press("noerase", who=("coordinator",))
def kept(ask: Ask, room: Room) -> Say:
    assert ask.press
    without_telegram(ask, room, ask.press.number(0))
    return Say("consent.paper_kept")


def noted(ask: Ask, room: Room, member: Member, choice: str) -> list[Say]:
    explainer = room.member_of(ask.person.id)
    return [Say("consent.noted"), *decide(room, member, choice, "nl", explained_by=explainer)]
