"""Leaving: by one's own word or out of the group's chat; and whom the bot cannot reach any more."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.consent import ERASED_AFTER
from bot.domain.words import Ask, Button, Joined, Phrase, Refusal, Say
from bot.routes import command, due, event, press
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.appointments import called_off
from handlers.decide import told_off
from handlers.newgroup import board_of

UNOPENED_AGAIN = timedelta(days=7)
"""How often the group reads at most that somebody's private chat is closed. On purpose one line for all: it
names nobody, so whoever it concerns reads it as theirs; a second line in the same week would only tell that
there is another."""
PARTS = ("sponsor", "contact")
"""What a coordinator may be in the group as well, and may stop being."""


@command("leave", where="private", free=True)
def leave(ask: Ask, room: Room) -> Say:
    """Stop. It has no consequence for status or money, and nobody reads why."""
    buttons = [[Button(Phrase("button.leave"), "leave")], [Button(Phrase("button.stay"), "stay")]]
    if room.runs(ask.person):
        if not has_part(ask.member):
            raise Refusal("leave.coordinator")
        return Say("leave.part", role=Phrase(f"role.{ask.member.role}"), buttons=buttons)
    if ask.member is None:
        raise Refusal("member.none")
    return Say("leave.newcomer" if ask.member.newcomer else "leave.ask", buttons=buttons)


@press("leave", free=True)
def leaves(ask: Ask, room: Room) -> list[Say]:
    if room.runs(ask.person) and has_part(ask.member):
        return part_ends(room, ask.member)
    if ask.member is None or room.runs(ask.person):
        raise Refusal("button.old")
    done = Say("leave.done", to=room.privately(ask.member))
    if not ask.member.newcomer:
        return [done, *left(room, ask.member)]
    return [done, *(stops(room, ask.member) if ask.member.confirmed else steps_back(room, ask.member))]


@press("stay", free=True)
def stays(ask: Ask, room: Room) -> Say:
    return Say("leave.stayed")


def has_part(member: Member | None) -> bool:
    """Whether a coordinator is something else in the group as well."""
    return member is not None and member.role in PARTS


def part_ends(room: Room, member: Member) -> list[Say]:
    """A coordinator is not a sponsor (or contact person) any more, and coordinates as before."""
    role, said = Phrase(f"role.{member.role}"), go(room, member)
    room.add_member(member.person, "coordinator")
    return [Say("leave.part_done", role=role), *said]


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
def erase_what_is_left(ask: Ask, room: Room) -> list[Say]:
    assert ask.due
    member = room.member(ask.due.args["member"])
    if member and member.newcomer and member.person_id is None and member.left is None:
        return erased(room, member)
    return []


def stops(room: Room, member: Member) -> list[Say]:
    """A newcomer stops: what is theirs is erased, and only the coordinator is told."""
    name, to, group = member.name, room.coordinator_chat, room.row.newcomer_name
    said = erased(room, member)
    told = [Say("left.told", who=name, role=Phrase("role.newcomer"), name=group, to=to)] if to else []
    return [*told, *said]


def erased(room: Room, member: Member) -> list[Say]:
    """What is a newcomer's goes. Who went along reads that an appointment is off, or that a task of the
    newcomer's own is no more, and nothing of why."""
    along = [(task, task.at, off_with(room, task, member)) for task in room.open_tasks]
    given_back = room.forget_newcomer(member)
    for task in given_back:
        room.set_reminders(task)
    off = [
        say for task, at, said in along if task not in room.tasks or (at and task.at is None) for say in said
    ]
    return [*off, *handed_back(room, given_back)]


def off_with(room: Room, task: Task, member: Member) -> list[Say]:
    """What is said of a task where it goes with a newcomer: to the group, or to whoever else goes."""
    with_them = [m for m in (*task.who, room.member(task.companion)) if m and not m.newcomer]
    return called_off(room, task) or told_off(room, task, list({m.id: m for m in with_them}.values()))


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
    along = [task for task in room.open_tasks if task.companion == member.id]
    given_back = room.unlink(member) if keep_place else room.remove_member(member)
    for task in given_back:
        room.set_reminders(task)
    return [*handed_back(room, given_back), *comes_not_along(room, member.name, along)]


def handed_back(room: Room, tasks: list[Task]) -> list[Say]:
    """What anybody may take on now. What is a newcomer's own, or theirs alone, is offered to nobody."""
    free = [task for task in tasks if not task.hidden_from(None) and not task.theirs_alone]
    if not free or room.chat is None:
        return []
    titles = Joined(
        tuple(Phrase("task.named", number=task.number, task=task.title_for(None)) for task in free[:10])
    )
    return [Say("tasks.handed_back", tasks=titles, n=len(free), to=room.chat)]


def comes_not_along(room: Room, name: str, tasks: list[Task]) -> list[Say]:
    """The newcomers read who will not come along, and may ask somebody else."""
    return [
        Say(
            "decide.cannot_come",
            who=name,
            task=task.title_for(newcomer),
            to=to,
            buttons=[[Button(Phrase("button.together"), "together", (task.id or 0,))]],
        )
        for newcomer in room.newcomers
        if newcomer.agreed and (to := room.privately(newcomer))
        for task in tasks
        if not task.hidden_from(newcomer)
    ]


# out of reach


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
