"""The life of a task in the chat: take it, give it back, finish it; and the lists."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.document.paper import texts_in
from bot.domain.tasks import names
from bot.domain.words import Ask, Button, Phrase, Refusal, Say, Toast
from bot.routes import command, heard, press
from bot.store.room import Room
from bot.store.tables import Member, Task
from bot.understanding.dates import Rhythm, recurring_in
from handlers.appointments import others_asked, propose
from handlers.asking import acting, leaves, picked, public, seen, spoken, told_owners, told_to
from handlers.going import calendar
from handlers.lists import brief, due_line, following, listed, moves, open_list, whole
from handlers.safety import harmless

MOST_WORDS = 120
WEEK = 7
MEANT = timedelta(hours=1)
"""How long after "/task" words are taken as the task: later ones were said about something else."""


@command("claim")
def claim(ask: Ask, room: Room) -> list[Say]:
    among = room.nameable(ask.member if ask.words or ask.private else None)
    if not ask.words:
        among = room.upcoming([task for task in among if not task.who and not task.theirs_alone])
    task = room.find_task(ask.words, "claim", ask.member, among)
    return [*claimed(ask, room, task), *own_file(ask, room, task)]


@press("claim")
def claim_pressed(ask: Ask, room: Room) -> list[Say | Toast]:
    task = picked(ask, room)
    said = Toast("task.claimed.short", task=task.title_for(ask.member))
    return [said, *claimed(ask, room, task), *own_file(ask, room, task)]


def own_file(ask: Ask, room: Room, task: Task) -> list[Say]:
    """The calendar file of an appointment that was made before, for who goes from now on."""
    return [calendar(room, acting(ask), task)] if task.at and room.privately(acting(ask)) else []


def claimed(ask: Ask, room: Room, task: Task) -> list[Say]:
    """Where it was asked; of a newcomer's own in private alone, and to them. Whom they asked along joins."""
    if task.awaited(acting(ask)):
        return joined(ask, room, task)
    task.claim(acting(ask))
    room.set_reminders(task)
    undo = [Button(Phrase("button.release"), "release", (task.id or 0,), only=ask.person.telegram)]
    when = [Button(Phrase("button.when"), "when", (task.id or 0,))] if task.at is None else []
    who, lines = ask.member.name, [*waiting_line(room, task), *due_line(task)]
    here = Say(
        "task.claimed",
        who=who,
        number=task.number,
        task=told_to(ask, room, task),
        lines=lines,
        to=public(ask, room, task) if task.hidden_from(None) else None,
        buttons=[when + undo],
    )
    return [here, *told_owners(ask, room, task, "task.claimed", who=who)]


def waiting_line(room: Room, task: Task) -> list[Phrase]:
    waits = room.waits_for(task)
    return [Phrase("task.waits_for", tasks=brief(waits))] if waits else []


@press("join")
def join(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    return [*joined(ask, room, task), *own_file(ask, room, task)]


def joined(ask: Ask, room: Room, task: Task) -> list[Say]:
    """Beside whoever has it."""
    task.join(acting(ask))
    room.set_reminders(task)
    given = {"who": ask.member.name, "all": names(task.who)}
    here = Say(
        "task.joined",
        number=task.number,
        task=told_to(ask, room, task),
        to=public(ask, room, task) if task.hidden_from(None) else None,
        **given,
    )
    return [here, *told_owners(ask, room, task, "task.joined", **given)]


@command("release")
def release(ask: Ask, room: Room) -> list[Say]:
    own = [task for task in room.open_tasks if acting(ask) in task.who]
    among = room.nameable(ask.member) if ask.words else own
    return released(ask, room, room.find_task(ask.words, "release", ask.member, among))


@press("release")
def release_pressed(ask: Ask, room: Room) -> list[Say]:
    return released(ask, room, picked(ask, room))


def released(ask: Ask, room: Room, task: Task) -> list[Say]:
    task.release(acting(ask))
    room.set_reminders(task)
    again = [] if task.who else [[Button(Phrase("button.claim"), "claim", (task.id or 0,))]]
    here = Say(
        "task.released",
        who=ask.member.name,
        number=task.number,
        task=told_to(ask, room, task),
        lines=[Phrase("task.still", who=names(task.who))] if task.who else [],
        to=public(ask, room, task),
        buttons=again,
    )
    return [here, *told_owners(ask, room, task, "task.released", who=ask.member.name)]


@command("done")
def done(ask: Ask, room: Room) -> list[Say]:
    own = [task for task in room.open_tasks if acting(ask) in task.who]
    among = room.nameable(ask.member)
    if not ask.words:
        among = own or room.upcoming(among)
    return finished(ask, room, room.find_task(ask.words, "done", ask.member, among))


@press("done")
def done_pressed(ask: Ask, room: Room) -> list[Say]:
    return finished(ask, room, picked(ask, room))


def finished(ask: Ask, room: Room, task: Task) -> list[Say]:
    """Done. What waited for it can go on, and a recurring task gets its next turn."""
    waited = [other for other in room.open_tasks if task in room.waits_for(other)]
    if not task.who and not task.theirs_alone:
        task.claim(acting(ask))
    task.finish(acting(ask), room.today)
    room.set_reminders(task)
    following_turn = room.next_turn(task)
    moved = room.redate()
    freed = [other for other in waited if not room.waits_for(other)]
    lines = [Phrase("task.now_possible", tasks=brief(freed))] if freed else []
    if following_turn and following_turn.due:
        lines.append(Phrase("task.next_turn", number=following_turn.number, due=following_turn.due))
    undo = Button(Phrase("button.undo_done"), "undone", (task.id or 0,), only=ask.person.telegram)
    say = Say(
        "task.done",
        who=ask.member.name,
        number=task.number,
        task=told_to(ask, room, task),
        to=public(ask, room, task),
        lines=lines,
        buttons=[[undo]],
    )
    return [say, *told_owners(ask, room, task, "task.done", who=ask.member.name), *moves(room, moved)]


@press("undone")
def undone(ask: Ask, room: Room) -> list[Say]:
    """A finish that was a mistake, taken back by whoever said it (the button is theirs alone)."""
    task = picked(ask, room)
    if task.state != "done" or task.done_by != acting(ask).id:
        raise Refusal("button.old")
    room.take_back_turn(task)
    task.reopen()
    room.set_reminders(task)
    reopened = Say("task.reopened", number=task.number, task=seen(ask, task))
    return [reopened, *told_owners(ask, room, task, "task.reopened"), *moves(room, room.redate())]


@command("task")
def add(ask: Ask, room: Room) -> Say | list[Say]:
    """Add a task; without words the next words in private are the task. A number shows that task."""
    acting(ask)
    room.settle_questions(ask.person, "task")
    if (number := ask.words.strip().lstrip("#")).isdecimal():
        return whole(ask, room, room.numbered(number, ask.member))
    if ask.words.strip() or not ask.private:
        return added(ask, room)
    room.ask(ask.person, "task")
    return Say("words.empty")


@heard("task", within=MEANT)
def add_heard(ask: Ask, room: Room) -> Say | list[Say]:
    room.settle_questions(ask.person, "task")
    return Say("asking.left") if leaves(ask, room.content) else added(ask, room)


def added(ask: Ask, room: Room) -> list[Say]:
    """A task in one's own words; "every Tuesday" makes it recurring, an hour makes it an appointment. What a
    newcomer writes down in private is theirs alone until they share it."""
    now = ask.sent.astimezone(room.zone)
    words, rhythm = recurring_in(harmless(ask.words), now=now, language=spoken(ask))
    own = ask.private and acting(ask).newcomer
    task = room.add_task(
        area="social",
        words=harmless(words, MOST_WORDS),
        due=rhythm.due,
        repeat_days=rhythm.every_days,
        private=own,
        whose=acting(ask).id if own else None,
        made_by=acting(ask).id,
    )
    room.flush()
    when = timed(ask, room, task, rhythm.at) if rhythm.at else []
    lines = comes_back(rhythm)
    lines += [Phrase("task.yours_alone")] if own else []
    lines += [Phrase("when.no_consent")] if rhythm.at and task.with_newcomer and not room.agreed else []
    number = (task.id or 0,)
    buttons = [
        [Button(Phrase("button.claim"), "claim", number), Button(Phrase("button.when"), "when", number)]
    ]
    if own:
        buttons.append([Button(Phrase("button.share"), "share", number)])
    if ask.private and task.proposed:  # what the group reads of it, whoever wrote it reads here
        lines.append(Phrase("when.asked", number=task.number, task=task.title, at=task.proposed))
    else:
        lines += due_line(task)
    said = Say("task.added", number=task.number, task=task.title, lines=lines, buttons=buttons)
    return [said, *when]


def comes_back(rhythm: Rhythm) -> list[Phrase]:
    if rhythm.every_days == WEEK:
        return [Phrase("task.weekly")]
    return [Phrase("task.recurs", n=rhythm.every_days)] if rhythm.every_days else []


def timed(ask: Ask, room: Room, task: Task, at: datetime) -> list[Say]:
    """What the hour in a new task's words brings: a newcomer who comes along is asked first."""
    if at <= room.now:
        raise Refusal("when.past", moment=at)
    if task.with_newcomer and not room.agreed:
        moment = texts_in(room.zone).moment(at, spoken(ask) or room.languages[0])
        task.words = f"{task.words}, {moment}"  # for when they can be asked
        return []
    if task.with_newcomer and not acting(ask).newcomer:
        return propose(ask, room, task, at)
    task.plan(at, room.now)
    if acting(ask).newcomer:
        task.comes(acting(ask))
    room.set_reminders(task)
    file = own_file(ask, room, task) if task.private else []
    return [*file, *others_asked(ask, room, task, at)]


@command("tasks")
def tasks(ask: Ask, room: Room) -> Say:
    return open_list(room, ask.member if ask.private else None)


@press("open")
def tasks_pressed(ask: Ask, room: Room) -> Say:
    return open_list(
        room,
        ask.member if ask.private else None,
        page=ask.press.number(0) if ask.press and ask.press.args else 0,
    )


@command("mine")
def mine(ask: Ask, room: Room) -> Say:
    return own_list(ask, room)


@press("mine")
def mine_pressed(ask: Ask, room: Room) -> Say:
    return own_list(ask, room)


def own_list(ask: Ask, room: Room) -> Say:
    own = [task for task in room.open_tasks if ask.member and is_own(task, ask.member)]
    reader = ask.member if ask.private else None
    if not own:
        return Say("mine.none", buttons=[[Button(Phrase("button.open_tasks"), "open")]])
    buttons = [
        [
            Button(
                Phrase("button.done_n", number=task.number), "done", (task.id or 0,), only=ask.person.telegram
            )
        ]
        for task in own[:8]
    ]
    return Say("mine.title", n=len(own), lines=listed(room, own, reader), buttons=buttons)


def is_own(task: Task, member: Member) -> bool:
    """Whether somebody has a task, or it is a newcomer's own, theirs to do alone, or their appointment."""
    if member in task.who or (task.whose is not None and task.whose == member.id):
        return True
    theirs = task.theirs_alone or (task.at is not None and task.awaits(member))
    return member.newcomer and theirs and not task.hidden_from(member)


@command("next")
def what_next(ask: Ask, room: Room) -> Say:
    return following(room, ask.member if ask.private else None)
