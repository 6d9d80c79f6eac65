"""Joining: by the welcome's buttons, with the coordinator's yes or undoing, and Telegram's own word."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Toast
from bot.routes import due, event, press
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.tables import Member, Person
from handlers.leaving import go
from handlers.newgroup import welcome

WELCOME_AGAIN = timedelta(minutes=1)
CLAIM_LASTS = timedelta(days=7)
"""How long somebody who says to be the newcomer waits for the coordinator's yes."""


@press("role", free=True)
def take_role(ask: Ask, room: Room) -> list[Say | Toast]:
    """Somebody taps who they are. The private chat opens; the coordinator hears and can undo it."""
    assert ask.press
    assert ask.person
    role = ask.press.word(0)
    if role not in ("sponsor", "newcomer", "contact") or ask.private:
        raise Refusal("button.old")
    before = room.member_of(ask.person.id)
    if before and before.role == role:
        return [Toast("role.already", link=f"room-{room.id}")]
    if before and before.newcomer:
        raise Refusal("role.newcomer_stays")
    if role != "newcomer":
        member = room.add_member(ask.person, role)
    elif place := free_place(room, ask.person):
        room.link(place, ask.person)
        member = place
    else:
        return says_newcomer(room, ask)
    room.look_daily()
    return [Toast("role.taken", link=f"room-{room.id}"), *told_coordinator(room, member, ask)]


def free_place(room: Room, person: Person) -> Member | None:
    """The place that a tap on "newcomer" may take at once: the only one, nobody linked yet, and the
    account in no role. Every other such tap waits for the coordinator's yes."""
    newcomers = room.newcomers
    taken = room.runs(person) or room.member_of(person.id)
    return newcomers[0] if len(newcomers) == 1 and not newcomers[0].person_id and not taken else None


def says_newcomer(room: Room, ask: Ask) -> list[Say | Toast]:
    """Nothing changes until the coordinator says that it is right: no link, no question, no titles."""
    person, to = ask.person, room.coordinator_chat
    if to is None or room.runs(person):
        raise Refusal("newcomer.other_role")
    room.keep(person)
    room.remind(f"claim:{person.id}", room.now + CLAIM_LASTS, "claim.lapsed", person=person.id)
    return [Toast("role.waits"), which_newcomer(room, person, to)]


def which_newcomer(room: Room, person: Person, to: Audience) -> Say:
    """The coordinator's question: a place that is free, or that an account holds which nobody vouched for
    (somebody may have tapped by mistake); only where none is free, a further adult."""

    def button(key: str, place: int, **names: str) -> list[Button]:
        return [Button(Phrase(key, **names), "right", (person.id or 0, place))]

    buttons = [
        button("button.is_newcomer", place.id or 0, name=place.name)
        for place in room.newcomers
        if place.person_id is None
    ]
    another = not buttons
    buttons += [
        button("button.right_instead", place.id or 0, name=place.name, other=place.person.name)
        for place in room.newcomers
        if place.person and not place.confirmed and not goes_by(place.person, place.called)
    ]
    if another:
        buttons.append(button("button.right_adult" if room.newcomers else "button.right", 0))
    buttons.append([Button(Phrase("button.not_right"), "wrong", (person.id or 0,))])
    return Say(
        "joined.claims",
        who=person.name,
        name=room.row.newcomer_name,
        to=to,
        buttons=buttons,
        slot=f"claim-{room.id}-{person.id}",
        fresh=True,
    )


@press("right", who=("coordinator",))
def newcomer_is_right(ask: Ask, room: Room) -> list[Say]:
    """The coordinator knows them: that account is the newcomer's (or another adult newcomer's)."""
    person, place = claiming(ask, room), room.member(ask.press.number(1) if ask.press else None)
    before = room.member_of(person.id)
    if before and before.newcomer:
        raise Refusal("button.old")
    if place and (place.confirmed or place.left or not place.newcomer):
        raise Refusal("button.old")
    said: list[Say] = []
    if place is None:
        if (to := room.coordinator_chat) and any(p.person_id is None for p in room.newcomers):
            return [which_newcomer(room, person, to)]  # a place became free since this was asked
        place = room.add_member(person, "newcomer")
        place.consent, place.confirmed = "unasked", True
    else:
        said = made_free(room, place)
        said += go(room, before) if before else []
        room.link(place, person, confirmed=True)
    room.forget_reminder(f"claim:{person.id}")
    button = Button(Phrase("button.consent"), "consent")
    hello = Say("newcomer.confirmed", to=room.privately(place), buttons=[[button]])
    return [Say("joined.confirmed", who=person.name), *([hello] if person.reachable else []), *said]


def made_free(room: Room, place: Member) -> list[Say]:
    """Whoever tapped by mistake and holds this place is nobody again, and may tap who they are."""
    if place.person is None:
        return []
    name = place.person.name
    said = go(room, place, keep_place=True)
    room.resume()
    return [Say("joined.undone", who=name), *said]


@press("wrong", who=("coordinator",))
def newcomer_is_wrong(ask: Ask, room: Room) -> Say:
    person = claiming(ask, room)
    name = person.name
    room.forget_reminder(f"claim:{person.id}")
    room.forget_person(person)
    return Say("joined.not_newcomer", who=name)


def claiming(ask: Ask, room: Room) -> Person:
    """Who says to be the newcomer. Refusals for anybody but the coordinator, and where it is settled."""
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    person = room.claimant(ask.press.number(0))
    if person is None:
        raise Refusal("button.old")
    return person


@due("claim.lapsed")
def claim_lapsed(ask: Ask, room: Room) -> None:
    """Nobody answered: what was kept of a stranger goes."""
    assert ask.due
    if person := room.person(ask.due.args["person"]):
        room.forget_person(person)


def told_coordinator(room: Room, member: Member, ask: Ask) -> list[Say]:
    to = room.coordinator_chat
    if to is None or member.person_id == room.row.coordinator_id:
        return []
    buttons = [[Button(Phrase("button.undo_join"), "out", (member.id or 0,))]]
    if member.newcomer:
        buttons.insert(0, [Button(Phrase("button.right"), "known", (member.id or 0,))])
    role = Phrase(f"role.{member.role}")
    return [
        Say(
            "joined.told",
            who=ask.person.name,
            role=role,
            name=room.row.newcomer_name,
            to=to,
            buttons=buttons,
        )
    ]


@press("out", who=("coordinator",))
def undo_join(ask: Ask, room: Room) -> list[Say]:
    """The coordinator takes back a joining. A newcomer's link is undone, the newcomer stays."""
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(ask.press.number(0))
    if member is None or member.left:
        raise Refusal("button.old")
    name = member.person.name if member.person else member.name
    said = go(room, member, keep_place=member.newcomer and member.called is not None)
    if member.newcomer:
        room.resume()
        one_place(room, member)
    return [Say("joined.undone", who=name), *said]


def one_place(room: Room, freed: Member) -> None:
    """Where the one whose place was held by mistake was let in beside it meanwhile, under the same name,
    the place goes: nobody has two."""
    for other in room.newcomers:
        account = other.person if other is not freed and not other.called else None
        if account and freed.called and goes_by(account, freed.called):
            other.called = freed.called
            room.forget_member(freed)
            return


def goes_by(person: Person, name: str | None) -> bool:
    """Whether an account's name, or a part of it, is that one; True where no other was entered."""
    own = person.name.casefold()
    return name is None or name.casefold() in (own, *own.split())


@event("joined")
def people_joined(ask: Ask, programme: Programme) -> Say | None:
    """New people in the chat: the welcome again, once for all of them, because they must tap who they
    are. Telegram may tell of one arrival twice, so it is said once a minute at most."""
    room = programme.room_in_chat(ask.chat)
    if room is None or not ask.event:
        return None
    known = {member.person.telegram for member in room.members if member.person}
    said = room.row.welcomed
    if all(p.id in known for p in ask.event.people) or (said and ask.now - said < WELCOME_AGAIN):
        return None
    return welcome(room)
