"""The contact cards of the organisations: filled in by the coordinator, in private."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import heard, press
from bot.store.room import Room
from bot.store.tables import Card, Member
from handlers.asking import leaves, means
from handlers.people import card_line, organisation
from handlers.safety import harmless

STEPS = ("name", "areas", "phone", "mail", "hours", "backup")
FEWEST_DIGITS = 6
AREAS = ("housing", "income", "language", "health", "work", "social")


@press("cards", who=("coordinator",))
def cards(ask: Ask, room: Room) -> Say:
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    missing = room.missing_cards
    keys = [key for key in room.plan.organisations if room.content.organisations[key].contact]
    buttons = [
        [
            Button(
                Phrase("same" if key in missing else "button.chosen", it=organisation(room, key)),
                "card",
                (key,),
            )
        ]
        for key in keys
    ]
    return Say("cards.which", n=len(missing), buttons=buttons)


@press("cardof", who=("coordinator",))
def card_of(ask: Ask, room: Room) -> list[Say]:
    """A contact person who is in the chat: of which organisation? Where one card is empty, of that one."""
    assert ask.press
    member, missing = contact_in_chat(ask, room), room.missing_cards
    if not missing:
        raise Refusal("button.old")
    if len(missing) == 1:
        return fill_from(room, member, missing[0])
    buttons = [
        [Button(Phrase("same", it=organisation(room, key)), "fillcard", (member.id or 0, key))]
        for key in missing
    ]
    return [Say("cards.whose", name=member.name, buttons=buttons)]


@press("fillcard", who=("coordinator",))
def fill_card(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    member, key = contact_in_chat(ask, room), ask.press.word(1)
    if key not in room.missing_cards:
        raise Refusal("button.old")
    return fill_from(room, member, key)


def contact_in_chat(ask: Ask, room: Room) -> Member:
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(ask.press.number(0))
    if member is None or member.left or member.role != "contact" or not member.name:
        raise Refusal("button.old")
    return member


def fill_from(room: Room, member: Member, key: str) -> list[Say]:
    """The name is known and the areas are the organisation's; what else there is may be filled in later."""
    found = room.card(key)
    found.name, found.areas = member.name, list(room.content.organisations[key].areas)
    return [kept(room, found)]


@press("card", who=("coordinator",))
def card(ask: Ask, room: Room) -> Say:
    assert ask.press
    key = ask.press.word(0)
    if not room.runs(ask.person) or key not in room.plan.organisations:
        raise Refusal("only.coordinator")
    return next_field(
        ask, room, {"organisation": key, "areas": list(room.content.organisations[key].areas)}, "name"
    )


def next_field(ask: Ask, room: Room, answers: dict[str, Any], step: str) -> Say:
    room.ask(ask.person, "card", **answers, step=step)
    buttons: list[list[Button]] = []
    if step == "areas":
        chosen = answers["areas"]
        row = [
            Button(
                Phrase("button.chosen" if area in chosen else "same", it=Phrase(f"area.{area}")),
                "carea",
                (area,),
            )
            for area in AREAS
        ]
        buttons = [row[i : i + 2] for i in range(0, len(row), 2)] + [
            [Button(Phrase("button.ready"), "cskip", (step,))]
        ]
    elif step != "name":
        buttons = [[Button(Phrase("button.skip"), "cskip", (step,))]]
    return Say(f"card.{step}", organisation=organisation(room, answers["organisation"]), buttons=buttons)


@press("carea", who=("coordinator",))
def toggle_area(ask: Ask, room: Room) -> Say:
    assert ask.press
    answers, area = room.answers(ask.person, "card"), ask.press.word(0)
    if answers.pop("step") != "areas" or area not in AREAS:
        raise Refusal("button.old")
    answers["areas"] = [a for a in AREAS if (a in answers["areas"]) != (a == area)]
    return next_field(ask, room, answers, "areas")


@press("cskip", who=("coordinator",))
def skip(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    answers = room.answers(ask.person, "card")
    if answers.pop("step") != ask.press.word(0):
        raise Refusal("button.old")
    return go_on(ask, room, answers, ask.press.word(0))


@heard("card")
def typed(ask: Ask, room: Room) -> list[Say]:
    """A card without a name is none. "Never mind" leaves the card with what is filled in so far."""
    answers = room.answers(ask.person, "card")
    step = answers.pop("step")
    words = harmless(ask.words, 120)
    if means(words, room.content.phrases.never_mind) or (step == "name" and leaves(ask, room.content)):
        return left(ask, room, answers)
    if is_nothing(room, words):
        return [next_field(ask, room, answers, step)] if step == "name" else go_on(ask, room, answers, step)
    if step == "areas" or (step == "name" and not any(map(str.isalpha, words))):
        return [next_field(ask, room, answers, step)]
    skips = [[Button(Phrase("button.skip"), "cskip", (step,))]]
    if step == "mail" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", words):
        raise Refusal("card.not_mail", buttons=skips)
    if step == "phone" and not is_phone(words):
        raise Refusal("card.not_phone", buttons=skips)
    answers[step] = words
    return go_on(ask, room, answers, step)


def is_nothing(room: Room, words: str) -> bool:
    """Whether a field stays empty: a dash, "no", "none"."""
    known = room.content.phrases
    return means(words, known.no | known.nothing) or not any(map(str.isalnum, words))


def left(ask: Ask, room: Room, answers: dict[str, Any]) -> list[Say]:
    if answers.get("name"):
        return filled(ask, room, answers)
    room.settle_questions(ask.person, "card")
    return [Say("asking.left")]


def is_phone(words: str) -> bool:
    """Digits, perhaps + before and separators between them; somebody can be called at six at least."""
    return (
        bool(re.fullmatch(r"\+?[\d\s()./-]+", words)) and sum(c.isdecimal() for c in words) >= FEWEST_DIGITS
    )


def go_on(ask: Ask, room: Room, answers: dict[str, Any], step: str) -> list[Say]:
    answers.setdefault(step, "")
    following = STEPS[STEPS.index(step) + 1 :]
    return [next_field(ask, room, answers, following[0])] if following else filled(ask, room, answers)


def filled(ask: Ask, room: Room, answers: dict[str, Any]) -> list[Say]:
    """What was answered stands on the card; what was not asked stays as it was."""
    found = room.card(answers["organisation"])
    for field in STEPS:
        setattr(found, field, answers.get(field, getattr(found, field)))
    room.settle_questions(ask.person, "card")
    return [kept(room, found)]


def kept(room: Room, card: Card) -> Say:
    return Say(
        "card.kept", lines=[card_line(room, card)], buttons=[[Button(Phrase("button.cards"), "cards")]]
    )
