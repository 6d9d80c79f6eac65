"""The newcomer decides about the newcomer's life: together, alone, not needed, later; private or shared."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.reminders import may_drop
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import command, press
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.appointments import argument, called_off, proposal
from handlers.asking import acting, picked, seen
from handlers.lists import day_code, due_line, moves

DECIDES = ("newcomer", "coordinator")


def theirs_own(ask: Ask, room: Room) -> Ask:
    """The newcomer's own decision; of one without Telegram the coordinator writes down what they said.
    Refusal ``only.newcomer`` for a coordinator where the newcomers speak for themselves."""
    if ask.member and ask.member.newcomer:
        return ask
    on_paper = [newcomer for newcomer in room.newcomers if newcomer.agreed and newcomer.person_id is None]
    if not on_paper or not room.runs(ask.person):
        raise Refusal("only.newcomer")
    return replace(ask, member=on_paper[0])


@command("together", who=DECIDES)
def together(ask: Ask, room: Room) -> Say:
    ask = theirs_own(ask, room)
    return with_whom(ask, room, room.find_task(ask.words, "together", ask.member, theirs(room, ask)))


@press("together", who=DECIDES)
def together_pressed(ask: Ask, room: Room) -> Say:
    ask = theirs_own(ask, room)
    return with_whom(ask, room, picked(ask, room))


def theirs(room: Room, ask: Ask) -> list[Task]:
    """The tasks a newcomer decides about: all when words are given, else the coming ones with them."""
    found = room.nameable(ask.member) if ask.words else room.upcoming()
    decidable = [task for task in found if task.for_newcomer or (ask.words and not task.key)]
    return [task for task in decidable if not task.hidden_from(ask.member)]


def decided(ask: Ask, task: Task) -> Task:
    """A task that this newcomer may decide about: of those that people made, whether it concerns them is
    theirs to say. Refusals ``task.own``, ``task.groups_own``."""
    task.must_be_open_to(acting(ask))
    if task.key and not task.for_newcomer:
        raise Refusal("task.groups_own")
    return task


def with_whom(ask: Ask, room: Room, task: Task) -> Say:
    """Together, and with whom: one person who can be asked, or whoever takes it (not where that would tell
    what it is)."""
    decided(ask, task).decide("together")
    others = [m for m in room.members if not m.newcomer and m.reachable]
    buttons = [[Button(m.name, "with", (task.id or 0, m.id or 0))] for m in others[:8]]
    if not task.hidden_from(None):
        buttons.append([Button(Phrase("button.whoever"), "with", (task.id or 0, 0))])
    return Say("decide.with_whom" if buttons else "letter.nobody", task=seen(ask, task), buttons=buttons)


@press("with", who=DECIDES)
def with_somebody(ask: Ask, room: Room) -> list[Say]:
    """One person is asked privately; nothing is theirs until they say so. Refusal ``letter.not_reached``
    where they cannot be asked."""
    ask = theirs_own(ask, room)
    assert ask.press
    task = decided(ask, picked(ask, room))
    number = ask.press.number(1)
    wanted = room.member(number) if number else None
    if number and not (wanted and wanted.reachable):
        raise Refusal("letter.not_reached")
    task.decide("together")
    instead = replaced(room, task, wanted)
    task.companion = wanted.id if wanted else None
    here = Say("decide.together", task=seen(ask, task))
    if wanted and ask.private:  # the group would read who said no
        here = Say("decide.asked", who=wanted.name, task=seen(ask, task))
    return [here, *(asked_along(ask, room, task, wanted) if wanted else []), *instead]


def asked_along(ask: Ask, room: Room, task: Task, member: Member) -> list[Say]:
    """The question to whom the newcomer would like to come."""
    number, who = (task.id or 0,), acting(ask).name
    buttons = [
        [Button(Phrase("button.claim"), "claim", number), Button(Phrase("button.cannot"), "cannot", number)]
    ]
    to, lines = room.privately(member), due_line(task)
    return [Say("decide.please_come", who=who, task=task.title, to=to, lines=lines, buttons=buttons)]


def replaced(room: Room, task: Task, by: Member | None) -> list[Say]:
    """Who was asked along before reads that they need not come: somebody else is."""
    before = room.member(task.companion)
    if before is None or by is None or before is by:
        return []
    said = told_off(room, task, [before])
    if before in task.who:
        task.release(before)
        room.set_reminders(task)
    return said


@press("cannot")
def cannot_come(ask: Ask, room: Room) -> list[Say]:
    """Who was asked along cannot: the newcomers read so, and may ask somebody else. A newcomer whom the
    bot cannot reach hears it from the coordinator, who wrote the question down."""
    task, member = picked(ask, room), acting(ask)
    if not task.open or task.companion != member.id:
        raise Refusal("button.old")
    if member in task.who:
        task.release(member)
        room.set_reminders(task)
    task.companion = None
    room.touch()
    again = [[Button(Phrase("button.together"), "together", (task.id or 0,))]]
    readers = [(n.agreed and not task.hidden_from(n) and room.privately(n), n) for n in room.newcomers]
    told = [(to, task.title_for(newcomer)) for to, newcomer in readers if to]
    if not told and room.coordinator_chat:
        told = [(room.coordinator_chat, task.title_for(None))]
    said = [
        Say("decide.cannot_come", who=member.name, task=title, to=to, buttons=again) for to, title in told
    ]
    return [Say("decide.told_cannot"), *said]


@command("alone", who=DECIDES)
def alone(ask: Ask, room: Room) -> list[Say]:
    ask = theirs_own(ask, room)
    return goes_alone(ask, room, room.find_task(ask.words, "alone", ask.member, theirs(room, ask)))


@press("alone", who=DECIDES)
def alone_pressed(ask: Ask, room: Room) -> list[Say]:
    ask = theirs_own(ask, room)
    return goes_alone(ask, room, picked(ask, room))


def goes_alone(ask: Ask, room: Room, task: Task) -> list[Say]:
    """Alone: who had taken it on reads that they need not come. A moment that was proposed is not agreed
    to by that: whether it fits is asked again."""
    freed = along(ask, room, decided(ask, task))
    need_not = told_off(room, task, [member for member in freed if not member.newcomer])
    task.decide("alone")
    room.set_reminders(task)
    said = [Say("decide.alone", task=seen(ask, task)), *need_not]
    by = room.member(task.proposed_by)
    asked_here = ask.private and room.privately(acting(ask))
    if by and asked_here and task.proposed and task.proposed > room.now:
        said.append(proposal(room, acting(ask), by, task, task.proposed))
    return said


def along(ask: Ask, room: Room, task: Task) -> list[Member]:
    """Who goes or was asked along, beside whoever decides."""
    asked = [*task.who, room.member(task.companion)]
    return list({m.id: m for m in asked if m and m is not ask.member}.values())


def told_off(room: Room, task: Task, members: list[Member]) -> list[Say]:
    """Those who were going read, in private, that they need not."""
    return [
        Say("decide.need_not_come", task=task.title_for(member), to=to)
        for member in members
        if (to := room.privately(member))
    ]


@command("notneeded", who=DECIDES)
def not_needed(ask: Ask, room: Room) -> list[Say]:
    ask = theirs_own(ask, room)
    return dropped(ask, room, room.find_task(ask.words, "notneeded", ask.member, theirs(room, ask)))


@press("notneeded", who=DECIDES)
def not_needed_pressed(ask: Ask, room: Room) -> list[Say]:
    ask = theirs_own(ask, room)
    return dropped(ask, room, picked(ask, room))


def dropped(ask: Ask, room: Room, task: Task) -> list[Say]:
    freed = along(ask, room, decided(ask, task))
    here, told = let_go(ask, room, task)
    undo = Button(Phrase("button.needed"), "needed", (task.id or 0,), only=ask.person.telegram)
    here.buttons = ((undo,), *here.buttons)
    return [here, *told_off(room, task, freed), *told_household(ask, room, task), *told]


def let_go(ask: Ask, room: Room, task: Task) -> tuple[Say, list[Say]]:
    """A task is not needed: the answer, and what the group reads. Of one that comes back the next turn is
    there, and can be ended with it."""
    off, following = called_off(room, task), room.next_turn(task)
    task.drop()
    room.set_reminders(task)
    room.flush()
    here = Say("decide.dropped", task=seen(ask, task))
    if following:
        here.lines = (Phrase("task.next_turn", number=following.number, due=following.due),)
        here.buttons = ((Button(Phrase("button.stop_turns"), "stopturns", (task.id or 0,)),),)
    return here, [*off, *moves(room, room.redate())]


@press("stopturns")
def stop_turns(ask: Ask, room: Room) -> list[Say]:
    """Not only this turn: it does not come back."""
    task = picked(ask, room)
    if not may_drop(task, acting(ask)):
        ask = theirs_own(ask, room)
    task.must_be_open_to(acting(ask))
    following = room.following_turn(task)
    if task.state != "dropped" or following is None:
        raise Refusal("button.old")
    told = [*told_off(room, following, along(ask, room, following)), *called_off(room, following)]
    following.drop()
    room.set_reminders(following)
    return [Say("decide.stopped", task=seen(ask, task)), *told]


def told_household(ask: Ask, room: Room, task: Task) -> list[Say]:
    """The household's other adults have a say of their own: they read it, and may take it back."""
    needed = [[Button(Phrase("button.needed"), "needed", (task.id or 0,))]]
    return [
        Say("decide.dropped_told", who=acting(ask).name, task=task.title_for(other), to=to, buttons=needed)
        for other in room.newcomers
        if other is not ask.member and other.agreed and not task.hidden_from(other)
        if (to := room.privately(other))
    ]


@press("needed", who=DECIDES)
def needed_after_all(ask: Ask, room: Room) -> list[Say]:
    ask = theirs_own(ask, room)
    task = picked(ask, room)
    task.must_be_open_to(acting(ask))
    if task.state != "dropped":
        raise Refusal("button.old")
    room.take_back_turn(task)
    task.reopen()
    room.set_reminders(task)
    return [Say("decide.needed", task=seen(ask, task)), *moves(room, room.redate())]


@press("later", who=DECIDES)
def later(ask: Ask, room: Room) -> list[Say]:
    """Later: whoever has it or was asked along reads the new day. Refusal ``button.old`` where it has no day,
    or was put off already."""
    ask = theirs_own(ask, room)
    task = decided(ask, picked(ask, room))
    if not task.term_stays and (task.due is None or argument(ask, 1) != day_code(task.due)):
        raise Refusal("button.old")
    off = called_off(room, task)
    task.postpone()
    room.set_reminders(task)
    told = [
        Say("decide.later_told", task=task.title_for(member), due=task.due, to=to)
        for member in along(ask, room, task)
        if (to := room.privately(member))
    ]
    later = Say("decide.later", task=seen(ask, task), due=task.due)
    return [later, *told, *off, *moves(room, room.redate())]


@press("share", who=DECIDES)
def share(ask: Ask, room: Room) -> Say:
    """A private task's own title, shown to the group from now on, by the newcomer's own tap."""
    return shown(ask, room, shared=True)


@press("unshare", who=DECIDES)
def unshare(ask: Ask, room: Room) -> Say:
    return shown(ask, room, shared=False)


def shown(ask: Ask, room: Room, *, shared: bool) -> Say:
    ask = theirs_own(ask, room)
    task = decided(ask, picked(ask, room))
    task.shared = shared
    room.touch()
    return Say("decide.shared" if shared else "decide.unshared", task=task.title)
