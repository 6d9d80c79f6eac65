"""Who is here, and the coordinator's view of one group."""

from __future__ import annotations

from bot.domain.words import Ask, Audience, Button, Joined, Link, Phrase, Refusal, Say, Words
from bot.routes import command, press
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.tables import Card, Member
from handlers.newgroup import group_link


@command("people")
def people(ask: Ask, room: Room) -> Say:
    return everybody(ask, room)


@press("people")
def people_pressed(ask: Ask, room: Room) -> Say:
    return everybody(ask, room)


def everybody(ask: Ask, room: Room) -> Say:
    lines = [
        Phrase(f"people.{role}", n=len(members), who=Joined(tuple(members)))
        for role in ("newcomer", "sponsor", "coordinator", "contact")
        if (members := names_in(room, role))
    ]
    filled = [card for card in room.cards if card.name]
    if filled:
        lines += [Phrase("people.cards"), *(card_line(room, card) for card in filled)]
    if missing := room.missing_cards:
        lines.append(
            Phrase("people.missing", organisations=Joined(tuple(organisation(room, key) for key in missing)))
        )
    runs = ask.private and room.runs(ask.person)
    buttons = [[Button(Phrase("button.cards"), "cards")], *from_members(room)] if runs else []
    return Say("people.title", lines=lines, buttons=buttons)


def names_in(room: Room, role: str) -> list[str]:
    """Who is in a role, by name. Who coordinates is said whatever else they are in the group."""
    found = [member.name for member in room.in_role(role) if member.name]
    lead = room.coordinator if role == "coordinator" else None
    return [*found, lead.name] if lead and lead.name and lead.name not in found else found


def from_members(room: Room) -> list[list[Button]]:
    """For each contact person in the chat whose name is on no card: fill one in with it."""
    if not room.missing_cards:
        return []
    on_cards = {card.name for card in room.cards}
    return [
        [Button(Phrase("button.card_of", name=member.name), "cardof", (member.id or 0,))]
        for member in room.in_role("contact")
        if member.name and member.name not in on_cards
    ]


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
        Phrase("group.arrival", day=room.row.arrival, year=str(room.row.arrival.year))
        if room.row.arrival
        else Phrase("group.no_arrival")
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
        told = [button("family", "pfamily", number)] if unasked_household(room, member) else []
        told += [button("permit_date", "ppermit", number)] if member.agreed else []
        return [row, told] if told else [row]
    return [row]


def unasked_household(room: Room, member: Member) -> bool:
    return member.consent == "yes" and room.row.household is None


def about(room: Room, programme: Programme) -> Audience:
    """The asker's own chat, about this room, so that its buttons lead there."""
    own = programme.person.chat
    return Audience(own.chat, own.languages, private=True, room=room.id)


def mine(programme: Programme, room_id: str) -> Room:
    """A room this person coordinates. Refusals ``only.coordinator`` for any other, ``button.old`` for one
    that was closed."""
    room = programme.room_by_id(int(room_id)) if room_id.isdecimal() else None
    if room is None or not room.runs(programme.person):
        raise Refusal("only.coordinator")
    if room.row.state == "closed":
        raise Refusal("button.old")
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
