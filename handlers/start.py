"""The first words with anybody: owner, coordinators, members who open their private chat, strangers."""

from __future__ import annotations

from bot.domain.people import Person
from bot.domain.words import LANGUAGES, Ask, Audience, Button, Link, Phrase, Refusal, Say
from bot.routes import command, press
from bot.store.programme import Own, Programme
from bot.store.room import Room
from bot.store.tables import Member
from handlers.lists import open_list
from handlers.newgroup import bind_chat


@command("start", free=True)
def start(ask: Ask, programme: Programme) -> list[Say]:
    """``/start WORD-CODE`` from a link, or ``/start`` alone."""
    kind, _, code = ask.words.partition("-")
    if not ask.private:
        return bind_chat(ask, programme, code) if kind == "group" else []
    match kind:
        case "owner":
            return become_owner(programme, code)
        case "coordinator":
            return become_coordinator(programme, code)
        case "newcomer":
            return recognise_newcomer(programme, code)
        case "room" if code.isdecimal():
            return meet(programme, int(code))
    return at_home(programme)


def become_owner(programme: Programme, code: str) -> list[Say]:
    programme.take_owner_code(code)
    programme.keep()
    programme.person.owner = True
    return [Say("owner.welcome", buttons=owner_buttons(programme.person))]


def become_coordinator(programme: Programme, code: str) -> list[Say]:
    """Whoever has a part already does not use up what was made for somebody else."""
    invitation, person = programme.look_at_invite("coordinator", code), programme.person
    if person.coordinator:
        raise Refusal("invite.not_for_you")
    if person.id is not None and invitation.made_by == person.id:
        button = Button(Phrase("button.coordinate_myself"), "coordinate")
        raise Refusal("invite.not_for_you", buttons=[[button]])
    programme.take_invite("coordinator", code)
    programme.keep()
    programme.person.coordinator = True
    return [Say("coordinator.welcome", buttons=[[Button(Phrase("button.newgroup"), "newgroup")]])]


def recognise_newcomer(programme: Programme, code: str) -> list[Say]:
    """A personal link: the newcomer on a first or a new phone. They confirm before anything changes."""
    invite = programme.look_at_invite("newcomer", code)
    room, member = invited(programme, invite.room_id, invite.member_id)
    name = member.name or room.row.newcomer_name
    yes = Button(Phrase("button.that_is_me"), "itsme", (code,))
    return [Say("newcomer.is_it_you", name=name, municipality=room.row.municipality, buttons=[[yes]])]


def invited(programme: Programme, room_id: int | None, member_id: int | None) -> tuple[Room, Member]:
    """Whose personal link it is. Refusal ``invite.invalid`` where the place is nobody's any more."""
    room = programme.room_by_id(room_id or 0)
    member = room.member(member_id) if room else None
    if room is None or member is None or not member.newcomer or room.row.state == "closed":
        raise Refusal("invite.invalid")
    return room, member


@press("itsme", free=True)
def it_is_me(ask: Ask, programme: Programme) -> list[Say]:
    """The place is this account's now. An account that had it before reads so, and may say: not me.
    Who opens a place's first link is vouched for by it; a later one may be in the wrong hands."""
    assert ask.press
    invite = programme.take_invite("newcomer", ask.press.word(0))
    room, member = invited(programme, invite.room_id, invite.member_id)
    programme.keep()
    before = member.person if member.person is not programme.person else None
    here = room.privately(member) or (before.chat if before else None)
    vouched = member.confirmed if member.person is programme.person else before is None
    room.link(member, programme.person, confirmed=vouched)
    name = member.name or room.row.newcomer_name
    said: list[Say] = []
    if to := room.coordinator_chat:
        undo = Button(Phrase("button.undo_join"), "out", (member.id or 0,))
        said.append(Say("newcomer.linked", name=name, to=to, buttons=[[undo]]))
    if before:
        args = (room.id, member.id or 0, programme.person.id or 0)
        button = Button(Phrase("button.not_me"), "notme", args, only=before.telegram)
        said.append(Say("newcomer.moved", to=here, buttons=[[button]]))
        programme.forget_person(before)
    return [*said, *meet(programme, room.id)]


@press("notme", free=True)
def not_me(ask: Ask, programme: Programme) -> list[Say]:
    """The account that had the place says that the new one is not theirs: nobody has it until the
    coordinator has spoken to the newcomer."""
    assert ask.press
    room = programme.room_by_id(ask.press.number(0))
    member = room.member(ask.press.number(1)) if room else None
    if room is None or member is None or not member.person or member.person_id != ask.press.number(2):
        raise Refusal("button.old")
    other = member.person
    room.unlink(member)
    room.resume()
    programme.forget_person(other)
    said = [Say("newcomer.unlinked")]
    if to := room.coordinator_chat:
        said.append(Say("newcomer.not_them", name=member.name or room.row.newcomer_name, to=to))
    return said


def meet(programme: Programme, room_id: int) -> list[Say]:
    """A member opens the private chat: choose a language first."""
    programme.room(room_id)
    return [ask_language(room_id)]


def ask_language(room_id: int = 0) -> Say:
    buttons = [Button(Phrase(f"language.{code}"), "lang", (code, room_id)) for code in LANGUAGES]
    return Say("language.ask", buttons=[buttons[i : i + 2] for i in range(0, len(buttons), 2)])


def at_home(programme: Programme) -> list[Say]:
    """What somebody can do from here, in each of their roles; strangers read what this is."""
    person = programme.person
    said = [Say("owner.home", buttons=owner_buttons(person))] if person.owner else []
    if person.coordinator:
        said.append(home_of_coordinator(programme))
    return [*said, *home_of_member(programme, alone=not said)]


def home_of_member(programme: Programme, *, alone: bool) -> list[Say]:
    """``alone``: this is the only role there is."""
    here = [(room, room.member_of(programme.person.id)) for room in programme.rooms()]
    rooms = [room for room, member in here if member and member.role != "coordinator"]
    if not rooms:
        return [Say("stranger.hello")] if alone else []
    if alone and programme.person.language is None:
        return [ask_language(rooms[0].id)]
    for room in rooms:
        member = room.member_of(programme.person.id)
        if member and member.newcomer and not member.agreed:
            return introduce(room, member)
    return [Say("member.home", to=choosing(programme), buttons=home_buttons(programme))]


def choosing(own: Own) -> Audience | None:
    """A newcomer's own chat, about the room where they chose; None for others."""
    if own.person.id is None:
        return None
    found = ((room, room.member_of(own.person.id)) for room in own.rooms())
    return next((room.privately(member) for room, member in found if member and member.newcomer), None)


def home_buttons(own: Own) -> list[list[Button]]:
    """What a member can do from here; a newcomer may change the choice about the bot."""
    return [*MEMBER_BUTTONS, CHANGE] if choosing(own) else MEMBER_BUTTONS


def home_of_coordinator(programme: Programme) -> Say:
    return Say("coordinator.home", n=len(coordinated(programme)), buttons=coordinator_buttons(programme))


def coordinated(own: Own) -> list[Room]:
    return [room for room in own.rooms() if room.runs(own.person)]


def coordinator_buttons(own: Own) -> list[list[Button]]:
    """A coordinator's groups, and a new one."""
    buttons = [[Button(group_name(room), "group", (room.id,))] for room in coordinated(own)[:30]]
    return [*buttons, [Button(Phrase("button.newgroup"), "newgroup")]]


def hint_buttons(own: Own) -> list[list[Button]]:
    """What somebody may have meant whose words answer nothing: a member their tasks, a coordinator
    their groups, the owner whom to invite."""
    if own.roles() - {"coordinator"} or not (own.person.coordinator or own.person.owner):
        return MEMBER_BUTTONS
    return coordinator_buttons(own) if own.person.coordinator else owner_buttons(own.person)


def group_name(room: Room) -> str:
    return f"{room.row.newcomer_name} · {room.row.municipality}"


def owner_buttons(person: Person) -> list[list[Button]]:
    """Whom to invite; a coordinator's own buttons stand beneath what they coordinate."""
    invite = [Button(Phrase("button.invite_coordinator"), "invite")]
    myself = [Button(Phrase("button.coordinate_myself"), "coordinate")]
    return [invite] if person.coordinator else [invite, myself]


MEMBER_BUTTONS = [
    [Button(Phrase("button.mine"), "mine"), Button(Phrase("button.open_tasks"), "open")],
    [Button(Phrase("button.plan"), "plan"), Button(Phrase("button.help"), "help")],
]

CHANGE = [Button(Phrase("button.change_choice"), "consent")]


@press("invite")
def invite(ask: Ask, programme: Programme) -> Say:
    if not programme.person.owner:
        raise Refusal("only.owner")
    code = programme.make_invite("coordinator")
    return Say("invite.coordinator", link=Link(f"coordinator-{code}"))


@press("coordinate")
def coordinate(ask: Ask, programme: Programme) -> Say:
    if not programme.person.owner:
        raise Refusal("only.owner")
    programme.person.coordinator = True
    return Say("coordinator.welcome", buttons=[[Button(Phrase("button.newgroup"), "newgroup")]])


@command("language", where="private", free=True)
def language(ask: Ask, own: Own) -> Say:
    return ask_language()


@press("lang", free=True)
def choose_language(ask: Ask, own: Own) -> list[Say]:
    assert ask.press
    code, room_id = ask.press.word(0), ask.press.number(1)
    if code not in LANGUAGES or (room_id and all(room.id != room_id for room in own.rooms())):
        raise Refusal("button.old")
    own.keep()
    own.person.language = code
    said = [Say("language.chosen")]
    if room_id:
        room = own.room(room_id)
        member = room.member_of(own.person.id)
        if member:
            said += introduce(room, member)
    return said


def introduce(room: Room, member: Member) -> list[Say]:
    """What the bot keeps and why; then the question for a newcomer, what is still free for a sponsor."""
    about = room.privately(member)
    if member.newcomer and not member.agreed:
        return [Say("consent.about", to=about, buttons=[[Button(Phrase("button.consent"), "consent")]])]
    buttons = [*MEMBER_BUTTONS, CHANGE] if member.newcomer else MEMBER_BUTTONS
    kept = Say("privacy.kept", lines=[Phrase("privacy.letters")], to=about, buttons=buttons)
    if member.role != "sponsor":
        return [kept]
    return [kept, open_list(room, member, to=about)]
