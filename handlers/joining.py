"""Joining and leaving: by the welcome's buttons, by Telegram's own messages, by one's own word."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.consent import ERASED_AFTER
from bot.domain.words import Ask, Button, Joined, Phrase, Refusal, Say, Toast
from bot.routes import command, due, event, heard, press
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.tables import Member, Person, Task
from handlers.newgroup import board_of, welcome

UNOPENED_AGAIN = timedelta(days=7)
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
    places = [place for place in room.newcomers if place.person_id is None]
    buttons = [
        [Button(Phrase("button.is_newcomer", name=place.name), "right", (person.id, place.id or 0))]
        for place in places
    ] or [[Button(Phrase("button.right"), "right", (person.id, 0))]]
    buttons.append([Button(Phrase("button.not_right"), "wrong", (person.id,))])
    asked = Say(
        "joined.claims",
        who=person.name,
        name=room.row.newcomer_name,
        to=to,
        buttons=buttons,
        slot=f"claim-{room.id}-{person.id}",
        fresh=True,
    )
    return [Toast("role.waits"), asked]


@press("right", who=("coordinator",))
def newcomer_is_right(ask: Ask, room: Room) -> list[Say]:
    """The coordinator knows them: that account is the newcomer's (or another adult newcomer's)."""
    person, place = claiming(ask, room), room.member(ask.press.number(1) if ask.press else None)
    before = room.member_of(person.id)
    if before and before.newcomer:
        raise Refusal("button.old")
    if place and (place.person_id or place.left or not place.newcomer):
        raise Refusal("button.old")
    said: list[Say] = []
    if place is None:
        place = room.add_member(person, "newcomer")
        place.consent, place.confirmed = "unasked", True
    else:
        said = go(room, before) if before else []
        room.link(place, person, confirmed=True)
    room.forget_reminder(f"claim:{person.id}")
    button = Button(Phrase("button.consent"), "consent")
    hello = Say("newcomer.confirmed", to=room.privately(place), buttons=[[button]])
    return [Say("joined.confirmed", who=person.name), *([hello] if person.reachable else []), *said]


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
    return [Say("joined.undone", who=name), *said]


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


@event("left")
def people_left(ask: Ask, programme: Programme) -> list[Say]:
    """Somebody left the chat or was taken out of it."""
    room = programme.room_in_chat(ask.chat)
    said: list[Say] = []
    if room is None or not ask.event:
        return said
    for sender in ask.event.people:
        member = next((m for m in room.members if m.person and m.person.telegram == sender.id), None)
        if member:
            said += left(room, member)
    return [*said, *board_of(room)] if said else []


@due("member.absent")
def found_absent(ask: Ask, room: Room) -> list[Say]:
    """Asked for, somebody turned out to have left. Those who never were in the chat (a newcomer who
    joined by a personal link, a coordinator) stay."""
    assert ask.due
    telegram = ask.due.args["telegram"]
    member = next((m for m in room.members if m.person and m.person.telegram == telegram), None)
    return left(room, member) if member and member.role in ("sponsor", "contact") else []


@command("leave", where="private", free=True)
def leave(ask: Ask, room: Room) -> Say:
    """Stop. It has no consequence for status or money, and nobody reads why."""
    if room.runs(ask.person):
        raise Refusal("leave.coordinator")
    if ask.member is None:
        raise Refusal("member.none")
    key = "leave.newcomer" if ask.member.newcomer else "leave.ask"
    return Say(
        key, buttons=[[Button(Phrase("button.leave"), "leave")], [Button(Phrase("button.stay"), "stay")]]
    )


@press("leave", free=True)
def leaves(ask: Ask, room: Room) -> list[Say]:
    if ask.member is None or room.runs(ask.person):
        raise Refusal("button.old")
    done = Say("leave.done", to=room.privately(ask.member))
    if not ask.member.newcomer:
        return [done, *left(room, ask.member)]
    return [done, *(stops(room, ask.member) if ask.member.confirmed else steps_back(room, ask.member))]


def steps_back(room: Room, member: Member) -> list[Say]:
    """An account that nobody vouched for stops: it is out at once, and what the newcomer left is erased
    a day later, unless the newcomer's place was taken again by then."""
    name, to = member.name, room.coordinator_chat
    said = go(room, member, keep_place=True)
    room.resume()
    room.remind(f"refusal:{member.id}", room.now + ERASED_AFTER, "leave.erase", member=member.id)
    if to:
        role = Phrase("role.newcomer")
        said.append(Say("left.told", who=name, role=role, name=room.row.newcomer_name, to=to))
    return said


@due("leave.erase")
def erase_what_is_left(ask: Ask, room: Room) -> None:
    assert ask.due
    member = room.member(ask.due.args["member"])
    if member and member.newcomer and member.person_id is None and member.left is None:
        room.forget_newcomer(member)


def stops(room: Room, member: Member) -> list[Say]:
    """A newcomer stops: what is theirs is erased, and only the coordinator is told."""
    name, to, group = member.name, room.coordinator_chat, room.row.newcomer_name
    given_back = room.forget_newcomer(member)
    for task in given_back:
        room.appointment_reminders(task)
    told = Say("left.told", who=name, role=Phrase("role.newcomer"), name=group, to=to) if to else None
    back = handed_back(room, given_back) if given_back and room.chat else None
    return [say for say in (told, back) if say]


@press("stay", free=True)
def stays(ask: Ask, room: Room) -> Say:
    return Say("leave.stayed")


def left(room: Room, member: Member) -> list[Say]:
    """What follows a departure: tasks come back in order, the coordinator is told; a newcomer's
    departure is told to the coordinator alone."""
    name, role, to = member.name, member.role, room.coordinator_chat
    said = go(room, member)
    if to and member.person_id != room.row.coordinator_id:
        said.append(
            Say("left.told", who=name, role=Phrase(f"role.{role}"), name=room.row.newcomer_name, to=to)
        )
    return said


def go(room: Room, member: Member, *, keep_place: bool = False) -> list[Say]:
    """Tasks come back to the group. ``keep_place``: only the account goes, whose place it is stays."""
    given_back = room.unlink(member) if keep_place else room.remove_member(member)
    for task in given_back:
        room.appointment_reminders(task)
    if not given_back or room.chat is None:
        return []
    return [handed_back(room, given_back)]


def handed_back(room: Room, tasks: list[Task]) -> Say:
    titles = Joined(
        tuple(Phrase("task.named", number=task.number, task=task.title_for(None)) for task in tasks[:10])
    )
    return Say("tasks.handed_back", tasks=titles, n=len(tasks), to=room.chat)


@event("blocked")
def blocked(ask: Ask, programme: Programme) -> None:
    """Somebody blocked the bot: nobody is told."""
    programme.person.reachable = False


@due("post.gone")
def not_delivered(ask: Ask, programme: Programme) -> Say | None:
    """A message reached nobody. Never opened: one neutral line in the group, no name, no subject.
    Blocked: told to nobody."""
    assert ask.due
    chat, reason = int(ask.due.args["chat"]), ask.due.args["reason"]
    person = programme.person_at(chat)
    if person:
        person.reachable = False
    room = programme.room_by_id(int(ask.due.args.get("room") or 0))
    if reason != "unopened" or chat < 0 or room is None or room.chat is None or person is None:
        return None
    if room.unopened_lately(UNOPENED_AGAIN):
        return None
    button = Button(Phrase("button.private"), url=f"room-{room.id}")
    return Say("group.unopened", to=room.chat, buttons=[[button]])


@heard("group")
def spoken_to_in_group(ask: Ask, room: Room) -> Say | None:
    """Words to the bot in the group: a "no" stops the asking; anything else gets the way to help."""
    if ask.member is None:
        return None
    if ask.words.strip(" .!").lower() in room.content.phrases.no and room.stop_asking():
        return Say("asking.stopped")
    return Say("group.hint") if ask.reply_to or ask.words else None
