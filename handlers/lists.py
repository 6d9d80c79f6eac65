"""Tasks in lists: the board that is always there, what is open, what comes next, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain import plan as dating
from bot.domain.tasks import names, words_of
from bot.domain.words import Ask, Audience, Button, Joined, Phrase, Refusal, Say, Words
from bot.routes import board, press
from bot.store.room import Room
from bot.store.tables import Member, Task
from bot.store.taskbook import Moved
from handlers.asking import picked

WEEK = timedelta(days=7)
ON_BOARD = {"board.taken": 10, "board.free": 6, "board.waiting": 4}
ON_PAGE = 10
MOST_MOVES = 6
PAIR = 2
MINUTES_SAID = 120
"""From here on a task's length is told in hours."""


@board
def show_board(room: Room) -> Say | None:
    """The one message of the group: this week, who, what is free, what waits; with buttons."""
    if room.chat is None:
        return None
    week = [task for task in room.upcoming() if room.falls_by(task, room.today + WEEK)]
    week = [task for task in week if not task.hidden_from(None)]
    taken = [task for task in week if task.who or task.at]
    open_now = [task for task in week if task not in taken and not task.followed]
    waiting = [task for task in open_now if room.held_up(task)]
    free = [task for task in open_now if task not in waiting]
    free.sort(key=lambda task: bool(task.due and task.due < room.today))  # stable: what is past comes last
    lines: list[Phrase] = [where_we_are(room)]
    for key, tasks in (("board.taken", taken), ("board.free", free), ("board.waiting", waiting)):
        if tasks:
            most = ON_BOARD[key]
            lines += [Phrase(key), *listed(room, tasks[:most], None)]
            if len(tasks) > most:
                lines.append(Phrase("board.more", n=len(tasks) - most))
    if not taken and not open_now:
        lines.append(Phrase("board.empty"))
    takable = [task for task in free if not task.theirs_alone][:6]
    row = [Button(Phrase("button.claim_n", number=task.number), "claim", (task.id or 0,)) for task in takable]
    buttons = [
        row[:3],
        row[3:],
        [Button(Phrase("button.open_tasks"), "open"), Button(Phrase("button.plan"), "plan")],
        [Button(Phrase("button.as_text"), "plantext")],
    ]
    return Say(
        "board.title",
        to=room.chat,
        lines=lines,
        buttons=buttons,
        slot="board",
        pin=room.slot("board") is None,
    )


def where_we_are(room: Room) -> Phrase:
    phase = room.phase
    title = Words(f"phase.{phase.key}", {"nl": phase.title.nl, "en": phase.title.en})
    tasks = room.in_phase()
    done, all_tasks = sum(task.state == "done" for task in tasks), len(tasks)
    if room.row.arrival is None:
        return Phrase("board.no_arrival", phase=title, done=done, all=all_tasks)
    week = dating.week_of(room.today, room.row.arrival)
    if week < 1:
        return Phrase("board.before", phase=title, arrival=room.row.arrival, done=done, all=all_tasks)
    return Phrase("board.week", phase=title, week=week, done=done, all=all_tasks)


def listed(room: Room, tasks: Sequence[Task], reader: Member | None) -> list[Phrase]:
    return [line(room, task, reader) for task in tasks]


def line(room: Room, task: Task, reader: Member | None) -> Phrase:
    """One task in a list: number, title, and the one thing that matters most about it."""
    known = Phrase("state.own") if task.hidden_from(reader) else state(room, task)
    return Phrase("line.task", number=task.number, task=task.title_for(reader), state=known)


def state(room: Room, task: Task) -> Phrase:
    """The one thing that matters most about a task now."""
    if task.state != "open":
        return Phrase(f"state.{task.state}")
    if task.at:
        return planned_for(task)
    if task.proposed:
        return Phrase("state.asked", at=task.proposed)
    if task.theirs_alone:
        return Phrase("state.alone")
    waits = room.waits_for(task)
    if task.who:
        return taken(task, waits)
    if waits:
        return Phrase("state.waits", tasks=numbers(waits))
    if task.followed:
        return followed(room, task)
    if task.with_newcomer and not room.agreed:
        return Phrase("state.consent")
    if task.due is None:
        return Phrase("state.free")
    return Phrase("state.late" if task.due < room.today else "state.free_due", due=task.due)


def planned_for(task: Task) -> Phrase:
    """An appointment, and who goes."""
    if task.who:
        return Phrase("state.planned", at=task.at, who=names(task.who))
    if task.theirs_alone:
        return Phrase("state.planned", at=task.at, who=Phrase("state.alone"))
    return Phrase("state.planned_free", at=task.at)


def taken(task: Task, waits: Sequence[Task]) -> Phrase:
    who = names(task.who)
    if waits:
        return Phrase("state.taken_waits", who=who, tasks=numbers(waits))
    return Phrase("state.taken_due", who=who, due=task.due) if task.due else Phrase("state.taken", who=who)


def followed(room: Room, task: Task) -> Phrase:
    """An organisation does it; the group only follows."""
    name = room.content.organisations[task.spec.responsible].name
    who = Words(f"organisation.{task.spec.responsible}", {"nl": name.nl, "en": name.en})
    return Phrase("state.by_due", who=who, due=task.due) if task.due else Phrase("state.by", who=who)


def numbers(tasks: Sequence[Task]) -> Joined:
    """What is waited for: the first by its title, because its number may stand nowhere near."""
    first = Phrase("task.named", number=tasks[0].number, task=tasks[0].title_for(None))
    return Joined((first, *(task.number for task in tasks[1:])))


def brief(tasks: Sequence[Task]) -> Joined:
    """Titles in one line, as the group may read them."""
    return Joined(
        tuple(Phrase("task.named", number=task.number, task=task.title_for(None)) for task in tasks[:5])
    )


def open_list(room: Room, reader: Member | None, page: int = 0, to: Audience | None = None) -> Say:
    """What nobody has taken yet, a page at a time, soonest first."""
    ahead = [task for task in room.upcoming(ahead=None) if not task.who and not task.theirs_alone]
    free = [t for t in ahead if not t.followed and not t.hidden_from(reader) and not room.held_up(t)]
    if not free:
        return Say("open.none", to=to)
    shown = free[page * ON_PAGE : (page + 1) * ON_PAGE] or free[:ON_PAGE]
    row = [Button(Phrase("button.claim_n", number=task.number), "claim", (task.id or 0,)) for task in shown]
    buttons = [row[i : i + 5] for i in range(0, len(row), 5)]
    if len(free) > ON_PAGE:
        following_page = page + 1 if (page + 1) * ON_PAGE < len(free) else 0
        buttons.append([Button(Phrase("button.more"), "open", (following_page,))])
    return Say("open.title", n=len(free), lines=listed(room, shown, reader), buttons=buttons, to=to)


def following(room: Room, reader: Member | None) -> Say:
    """The next appointment, what can be done now, and what waits for what."""
    to_come = [task for task in room.open_tasks if task.at and task.at > room.now]
    planned = sorted(
        (task for task in to_come if not task.hidden_from(reader)), key=lambda task: task.at or room.now
    )
    coming = [task for task in room.upcoming() if not task.at and not task.hidden_from(reader)]
    coming.sort(key=lambda task: nearness(room, task, reader))  # stable: within these, soonest first
    now = [task for task in coming if not room.held_up(task)][:5]
    later = [task for task in coming if room.held_up(task)][:4]
    lines: list[Phrase] = []
    for key, tasks in (("next.planned", planned[:3]), ("next.now", now), ("next.later", later)):
        if tasks:
            lines += [Phrase(key), *listed(room, tasks, reader)]
    return Say("next.title", lines=lines) if lines else Say("next.none")


def nearness(room: Room, task: Task, reader: Member | None) -> int:
    """What a reader wants to see first: what they have, what a newcomer decides about, what is free; then
    what others have, and at last what is long past."""
    if reader and reader in task.who:
        return 0
    if task.due and task.due < room.today:
        return 4
    if reader and reader.newcomer and task.for_newcomer:
        return 1
    return 3 if task.who else 2


@press("task")
def one_task(ask: Ask, room: Room) -> Say:
    return whole(ask, room, picked(ask, room))


def whole(ask: Ask, room: Room, task: Task) -> Say:
    """One task whole: why it matters, what to bring, whom to ask, and what can be done with it."""
    reader = ask.member if ask.private else None
    if task.hidden_from(reader):
        raise Refusal("task.own")
    lines = [state(room, task)]
    spec = task.spec
    if spec:
        lines.append(Phrase("task.why", why=why(task)))
        lines += takes(task)
        if spec.bring.nl:
            lines.append(Phrase("task.bring", things=bring(task)))
        if spec.note:
            lines.append(Phrase("same", it=words_of(spec, "note", task.key)))
        if spec.uncertain:
            asked = room.content.organisations[spec.ask].name
            lines.append(
                Phrase(
                    "task.uncertain", ask=Words(f"organisation.{spec.ask}", {"nl": asked.nl, "en": asked.en})
                )
            )
    buttons = actions(task, reader)
    return Say("task.title", number=task.number, task=task.title_for(reader), lines=lines, buttons=buttons)


def takes(task: Task) -> list[Phrase]:
    """How long it takes, how many people, and whether only while offices are open."""
    hours, minutes = divmod(task.minutes, 60)
    long = Phrase("task.hours", n=f"{hours}:{minutes:02}" if minutes else hours)
    lines = [Phrase("task.minutes", n=task.minutes) if task.minutes < MINUTES_SAID else long]
    if task.people_needed > 1:
        lines.append(Phrase("task.pair" if task.people_needed == PAIR else "task.everybody"))
    return [*lines, Phrase("task.office_hours")] if task.office_hours else lines


def due_line(task: Task) -> list[Phrase]:
    """By when it is, or its appointment."""
    if task.at:
        return [Phrase("task.planned_at", at=task.at)]
    return [Phrase("task.due_on", due=task.due)] if task.due else []


def why(task: Task) -> Words:
    return words_of(task.spec, "why", task.key)


def bring(task: Task) -> Joined:
    pairs = zip(task.spec.bring.nl, task.spec.bring.en, strict=True)
    return Joined(
        tuple(Words(f"plan.{task.key}.bring.{i}", {"nl": nl, "en": en}) for i, (nl, en) in enumerate(pairs))
    )


def actions(task: Task, reader: Member | None) -> list[list[Button]]:
    """What can be done with a task; in private a newcomer decides about it too."""
    if not task.open or (reader and task.hidden_from(reader)):
        return []
    number = (task.id or 0,)
    take = Button(
        Phrase("button.join" if task.who else "button.claim"), "join" if task.who else "claim", number
    )
    row = [take, Button(Phrase("button.when"), "when", number), Button(Phrase("button.done"), "done", number)]
    copy = [[Button(Phrase("button.as_text"), "tasktext", number)]] if task.at else []
    if reader is None or not reader.newcomer:
        return [row, *copy]
    share = "unshare" if task.shared else "share"
    shares = [[Button(Phrase(f"button.{share}"), share, number)]] if task.private else []
    return [row, *choices(task), *copy, *shares]


def choices(task: Task) -> list[list[Button]]:
    """What a newcomer decides about a task. What has no day cannot come later; the button knows the day, so
    that a second press does not put it off again."""
    number = (task.id or 0,)
    together, alone, off = (
        Button(Phrase(f"button.{w}"), w, number) for w in ("together", "alone", "notneeded")
    )
    later = [Button(Phrase("button.later"), "later", (*number, day_code(task.due)))] if task.due else []
    return [[together, alone], [off, *later]]


def day_code(day: date) -> str:
    """A day as a button carries it (yymmdd)."""
    return day.strftime("%y%m%d")


def moves(room: Room, moved: Sequence[Moved]) -> list[Say]:
    """Why dates changed, in one message to the group; what is a newcomer's own they read in private."""
    told = [m for m in moved if m.before and week(room, m.before) != week(room, m.after)]
    public = [m for m in told if not m.task.hidden_from(None)]
    said = [moves_for(room, public, None, room.chat)] if public and room.chat else []
    for newcomer in room.newcomers:
        own = [m for m in told if m not in public and not m.task.hidden_from(newcomer)]
        if own and newcomer.agreed and (to := room.privately(newcomer)):
            said.append(moves_for(room, own, newcomer, to))
    return said


def moves_for(room: Room, moved: Sequence[Moved], reader: Member | None, to: Audience) -> Say:
    lines = [move(room, m, reader) for m in moved[:MOST_MOVES]]
    if len(moved) > MOST_MOVES:
        lines.append(Phrase("board.more", n=len(moved) - MOST_MOVES))
    return Say("moved.title", to=to, lines=lines)


def move(room: Room, moved: Moved, reader: Member | None) -> Phrase:
    given = {
        "number": moved.task.number,
        "task": moved.task.title_for(reader),
        "due": moved.after,
        "week": week(room, moved.after),
    }
    if moved.because:
        return Phrase("moved.waits", because=moved.because.title_for(reader), **given)
    return Phrase("moved.arrival", **given)


def week(room: Room, day: date) -> int:
    return dating.week_of(day, room.row.arrival or room.today)
