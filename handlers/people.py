"""Who is here, and the contact cards of the organisations: filled in by the coordinator, in private."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.words import Ask, Audience, Button, Joined, Link, Phrase, Refusal, Say, Words
from bot.routes import command, heard, press
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.tables import Card, Member
from handlers.asking import spoken
from handlers.consent import arrival_changed
from handlers.lists import moves
from handlers.newgroup import arrival_in, group_link
from handlers.safety import harmless

STEPS = ("name", "areas", "phone", "mail", "hours", "backup")
AREAS = ("housing", "income", "language", "health", "work", "social")


@command("people")
def people(ask: Ask, room: Room) -> Say:
    return everybody(ask, room)


@press("people")
def people_pressed(ask: Ask, room: Room) -> Say:
    return everybody(ask, room)


def everybody(ask: Ask, room: Room) -> Say:
    lines: list[Phrase] = []
    for role in ("newcomer", "sponsor", "coordinator", "contact"):
        members = [member.name for member in room.in_role(role) if member.name]
        if members:
            lines.append(Phrase(f"people.{role}", n=len(members), who=Joined(tuple(members))))
    filled = [card for card in room.cards if card.name]
    if filled:
        lines += [Phrase("people.cards"), *(card_line(room, card) for card in filled)]
    if missing := room.missing_cards:
        lines.append(
            Phrase("people.missing", organisations=Joined(tuple(organisation(room, key) for key in missing)))
        )
    runs = ask.private and room.runs(ask.person)
    buttons = [[Button(Phrase("button.cards"), "cards")]] if runs else []
    return Say("people.title", lines=lines, buttons=buttons)


def organisation(room: Room, key: str) -> Words:
    name = room.content.organisations[key].name
    return Words(f"organisation.{key}", {"nl": name.nl, "en": name.en})


def card_line(room: Room, card: Card) -> Phrase:
    reach = Joined(tuple(part for part in (card.phone, card.mail, card.hours) if part), " · ")
    backup = [Phrase("card.stands_in", who=card.backup)] if card.backup else []
    areas = Joined(tuple(Phrase(f"area.{area}") for area in card.areas))
    return Phrase(
        "card.line",
        organisation=organisation(room, card.organisation),
        name=card.name,
        areas=areas,
        reach=Joined((reach, *backup), " · "),
    )


# the coordinator's view of one group


@press("group")
def group_menu(ask: Ask, programme: Programme) -> Say:
    assert ask.press
    room = mine(programme, ask.press.word(0))
    number = (room.id,)
    buttons = [
        [Button(Phrase("button.cards"), "cards"), Button(Phrase("button.people"), "people")],
        [
            Button(Phrase("button.arrival"), "arrival", number),
            Button(Phrase("button.adult"), "adult", number),
        ],
        *(row for member in room.newcomers for row in for_newcomer(room, member)),
    ]
    if not room.newcomers:
        buttons.append([Button(Phrase("button.newcomer_link"), "nclink", (room.id, 0))])
    if room.row.chat is None:
        buttons.append([Button(Phrase("button.group_link"), "relink", number)])
    arrival = (
        Phrase("group.arrival", day=room.row.arrival) if room.row.arrival else Phrase("group.no_arrival")
    )
    return Say(
        "group.menu",
        name=room.row.newcomer_name,
        municipality=room.row.municipality,
        n=len(room.members),
        lines=[arrival],
        buttons=buttons,
        to=about(room, programme),
    )


def for_newcomer(room: Room, member: Member) -> list[list[Button]]:
    """What the coordinator can do for one adult newcomer; named where there are several."""
    number, several = member.id or 0, len(room.newcomers) > 1

    def button(key: str, press: str, *args: int) -> Button:
        label = Phrase(f"button.{key}_of", name=member.name) if several else Phrase(f"button.{key}")
        return Button(label, press, args)

    row = [button("newcomer_link", "nclink", room.id, number)]
    if member.person_id is None:
        row.append(button("on_paper", "paper", number))
        if member.consent == "yes" and room.row.household is None:
            return [row, [button("family", "pfamily", number)]]
    return [row]


def about(room: Room, programme: Programme) -> Audience:
    """The asker's own chat, about this room, so that its buttons lead there."""
    own = programme.person.chat
    return Audience(own.chat, own.languages, private=True, room=room.id)


def mine(programme: Programme, room_id: str) -> Room:
    """A room this person coordinates. Refusal ``only.coordinator`` for any other."""
    room = programme.room_by_id(int(room_id)) if room_id.isdecimal() else None
    if room is None or not room.runs(programme.person):
        raise Refusal("only.coordinator")
    return room


@press("relink")
def new_group_link(ask: Ask, programme: Programme) -> Say:
    assert ask.press
    return group_link(programme, mine(programme, ask.press.word(0)))


@press("nclink")
def newcomer_link(ask: Ask, programme: Programme) -> Say:
    """A personal link for a newcomer: the first phone, or a new one."""
    assert ask.press
    room = mine(programme, ask.press.word(0))
    newcomer = room.member(ask.press.number(1))
    if newcomer is None and not room.newcomers:
        newcomer = room.add_member(None, "newcomer")  # the former one stopped and was forgotten
    if newcomer is None or newcomer.left or not newcomer.newcomer:
        raise Refusal("button.old")
    code = programme.make_invite("newcomer", room=room.id, member=newcomer.id)
    name = newcomer.name or room.row.newcomer_name
    return Say("newcomer.link", name=name, link=Link(f"newcomer-{code}"))


@press("adult")
def another_adult(ask: Ask, programme: Programme) -> Say:
    """A second adult newcomer, who chooses for themselves."""
    assert ask.press
    room = mine(programme, ask.press.word(0))
    programme.ask("adult", room.id)
    return Say("newgroup.name")


@heard("adult")
def another_adult_named(ask: Ask, room: Room) -> Say:
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    name = harmless(ask.words, 40)
    room.add_member(None, "newcomer", called=name)
    room.settle_questions(ask.person, "adult")
    return Say("adult.added", name=name, buttons=[[Button(Phrase("button.group_menu"), "group", (room.id,))]])


@press("arrival")
def ask_arrival(ask: Ask, programme: Programme) -> Say:
    assert ask.press
    room = mine(programme, ask.press.word(0))
    programme.ask("arrival", room.id)
    return Say("newgroup.arrival")


@heard("arrival")
def arrival(ask: Ask, room: Room) -> list[Say]:
    """A new week of arrival: the plan's dates move, and the group reads why."""
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    room.row.arrival = arrival_in(ask.words, ask.sent.astimezone(room.zone), spoken(ask))
    room.settle_questions(ask.person, "arrival")
    arrival_changed(room)
    room.plan_end()
    told = [Say("arrival.told", day=room.row.arrival, to=room.chat)] if room.chat else []
    return [Say("arrival.noted", day=room.row.arrival), *told, *moves(room, room.redate())]


# cards


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
    answers = room.answers(ask.person, "card")
    step = answers.pop("step")
    words = harmless(ask.words, 120)
    if step == "mail" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", words):
        raise Refusal("card.not_mail")
    if step == "phone" and sum(c.isdecimal() for c in words) < 3:
        raise Refusal("card.not_phone")
    if step == "areas":
        return [next_field(ask, room, answers, "areas")]
    answers[step] = words
    return go_on(ask, room, answers, step)


def go_on(ask: Ask, room: Room, answers: dict[str, Any], step: str) -> list[Say]:
    following = STEPS[STEPS.index(step) + 1 :]
    if following:
        return [next_field(ask, room, answers, following[0])]
    found = room.card(answers["organisation"])
    found.name, found.areas = answers["name"], answers["areas"]
    found.phone, found.mail = answers.get("phone", ""), answers.get("mail", "")
    found.hours, found.backup = answers.get("hours", ""), answers.get("backup", "")
    room.settle_questions(ask.person, "card")
    return [
        Say("card.kept", lines=[card_line(room, found)], buttons=[[Button(Phrase("button.cards"), "cards")]])
    ]
