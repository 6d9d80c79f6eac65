"""Appointments: a moment for a task, asked of the newcomer first, and a calendar file for those who go."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.document.calendar import calendar_file
from bot.domain.tasks import names
from bot.domain.words import Ask, Button, Document, Phrase, Refusal, Say, Words
from bot.routes import command, heard, press
from bot.store.room import Room
from bot.store.tables import Member, Task
from bot.understanding.dates import Moments, apart, moments_in
from handlers.asking import acting, picked, public, seen, spoken
from handlers.lists import moves, why

DAYS_SHOWN = 8
HOURS = ("09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "19:00", "20:00")


@command("when")
def when(ask: Ask, room: Room) -> Say | list[Say]:
    """``/when N TIME``; without a time the days are buttons, without a task the tasks are."""
    number, _, rest = ask.words.partition(" ")
    if not number.lstrip("#").isdecimal():
        named, timed = apart(ask.words, now=ask.sent.astimezone(room.zone), language=spoken(ask))
        mine = [task for task in room.open_tasks if ask.member in task.who]
        task = room.find_task(named, "when", room.nameable(ask.member) if named else mine)
        return said_in_words(ask, room, task, ask.words) if timed else days(room, task)
    task = room.task(number.lstrip("#"))
    return said_in_words(ask, room, task, rest) if rest.strip() else days(room, task)


@press("when")
def when_pressed(ask: Ask, room: Room) -> Say:
    task = picked(ask, room)
    if ask.private:
        room.ask(ask.person, "when", task=task.id)
    return days(room, task)


@heard("when")
def typed(ask: Ask, room: Room) -> Say | list[Say]:
    """The time in words, after the question in private."""
    task_id = room.answers(ask.person, "when").get("task")
    said = said_in_words(ask, room, room.task(str(task_id), by_id=True), ask.words)
    room.settle_questions(ask.person, "when")
    return said


def said_in_words(ask: Ask, room: Room, task: Task, words: str) -> Say | list[Say]:
    now = ask.sent.astimezone(room.zone)
    found: Moments = moments_in(words, now=now, language=spoken(ask))
    if found.choices:
        buttons = [
            [Button(Phrase("same", it=moment), "at", (task.id or 0, stamp(moment)))]
            for moment in found.choices
        ]
        return Say("when.which", buttons=buttons)
    if found.day:
        return hours(room, task, found.day)
    assert found.at
    return propose(ask, room, task, found.at)


def days(room: Room, task: Task) -> Say:
    """The next days as buttons."""
    if not task.open:
        raise Refusal(
            "task.is_done" if task.state == "done" else "task.is_dropped", task=task.title_for(None)
        )
    ahead = [room.today + timedelta(days=i) for i in range(DAYS_SHOWN)]
    row = [Button(Phrase("same", it=day), "day", (task.id or 0, day.strftime("%y%m%d"))) for day in ahead]
    buttons = [row[i : i + 2] for i in range(0, len(row), 2)]
    return Say("when.day", number=task.number, task=task.title_for(None), buttons=buttons)


@press("day")
def day_pressed(ask: Ask, room: Room) -> Say:
    task = picked(ask, room)
    return hours(room, task, day_of_code(argument(ask, 1)))


def day_of_code(code: str) -> date:
    """A day as a button carries it (yymmdd). Refusal ``button.old`` for anything else."""
    try:
        return datetime.strptime(code, "%y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise Refusal("button.old") from None


def moment_of(ask: Ask, room: Room) -> datetime:
    """The moment that the pressed button carries (yymmddHHMM), in the room's zone."""
    try:
        return datetime.strptime(argument(ask, 1), "%y%m%d%H%M").replace(tzinfo=room.zone)
    except ValueError:
        raise Refusal("button.old") from None


def hours(room: Room, task: Task, day: date) -> Say:
    row = [
        Button(hour, "at", (task.id or 0, f"{day:%y%m%d}{hour.replace(':', '')}"))
        for hour in HOURS
        if datetime.combine(day, time.fromisoformat(hour), room.zone) > room.now
    ]
    if not row:
        raise Refusal("when.past", moment=day)
    buttons = [row[i : i + 5] for i in range(0, len(row), 5)]
    return Say("when.hour", number=task.number, task=task.title_for(None), day=day, buttons=buttons)


@press("at")
def at_pressed(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    moment = moment_of(ask, room)
    room.settle_questions(ask.person, "when")
    return propose(ask, room, task, moment)


def argument(ask: Ask, place: int) -> str:
    if ask.press is None or len(ask.press.args) <= place or not ask.press.args[place].isdecimal():
        raise Refusal("button.old")
    return ask.press.args[place]


def stamp(moment: datetime) -> str:
    return moment.strftime("%y%m%d%H%M")


def propose(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """Plan it; where a newcomer must be there, they are asked first, in private, in their language."""
    member = acting(ask)
    task.must_be_open_to(member)
    if task.with_newcomer and not room.agreed:
        raise Refusal("when.no_consent")
    if not task.with_newcomer or member.newcomer:
        return planned(ask, room, task, moment)
    asked = [newcomer for newcomer in room.newcomers if newcomer.agreed and newcomer.reachable]
    if not asked:
        return [ask_in_person(task, moment, room)]
    task.propose(moment, room.now)
    task.proposed_by = member.id
    clash = clashes(room, task, moment, None)
    questions = [proposal(room, newcomer, member, task, moment) for newcomer in asked]
    told = Say(
        "when.asked",
        number=task.number,
        task=seen(ask, task),
        at=moment,
        to=public(ask, room, task),
        lines=clash,
    )
    return [told, *questions]


def ask_in_person(task: Task, moment: datetime, room: Room) -> Say:
    """A newcomer whom the bot cannot reach is asked by people; then somebody says that it is agreed."""
    if moment <= room.now:
        raise Refusal("when.past", moment=moment)
    agreed = Button(Phrase("button.asked_in_person"), "agreed", (task.id or 0, stamp(moment)))
    return Say("when.ask_in_person", task=task.title_for(None), at=moment, buttons=[[agreed]])


@press("agreed")
def agreed_in_person(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    task.must_be_open_to(acting(ask))
    return planned(ask, room, task, moment_of(ask, room))


def proposal(room: Room, newcomer: Member, by: Member, task: Task, moment: datetime) -> Say:
    number, code = task.id or 0, stamp(moment)
    buttons = [
        [
            Button(Phrase("button.fits"), "fits", (number, code)),
            Button(Phrase("button.fits_not"), "fitsnot", (number, code)),
        ],
        [
            Button(Phrase("button.alone"), "alone", (number,)),
            Button(Phrase("button.notneeded"), "notneeded", (number,)),
        ],
    ]
    lines = [Phrase("task.why", why=why(task))] if task.spec else []
    lines += clashes(room, task, moment, newcomer)
    return Say(
        "when.proposal",
        to=room.privately(newcomer),
        who=by.name,
        task=task.title,
        at=moment,
        lines=lines,
        buttons=buttons,
    )


@press("fits", who=("newcomer",))
def fits(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    moment = moment_of(ask, room)
    task.must_be_open_to(acting(ask))
    if not task.open or task.proposed != moment:
        raise Refusal("button.old")
    return planned(ask, room, task, moment)


@press("fitsnot", who=("newcomer",))
def fits_not(ask: Ask, room: Room) -> list[Say]:
    """The newcomer cannot then. What was only proposed, the proposer hears; what was agreed already,
    everybody who was going hears, and the group where it read so."""
    task = picked(ask, room)
    member, moment = acting(ask), moment_of(ask, room)
    task.must_be_open_to(member)
    if not task.open or moment not in (task.proposed, task.at):
        raise Refusal("button.old")
    was_agreed = task.at == moment
    by = room.member(task.proposed_by)
    told = [m for m in [*task.who, *([by] if by else [])] if m is not member]
    task.proposed = task.at = None
    room.appointment_reminders(task)
    again = [[Button(Phrase("button.when"), "when", (task.id or 0,))]]
    said = [Say("when.told_no", to=room.privately(member))]
    said += [
        Say("when.not_then", task=task.title_for(other), at=moment, to=to, buttons=again)
        for other in {m.id: m for m in told if was_agreed or m is by}.values()
        if (to := room.privately(other))
    ]
    if was_agreed and room.chat and not task.hidden_from(None):
        said.append(Say("when.off", number=task.number, task=task.title, at=moment, to=room.chat))
    return said


def planned(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """It is agreed: everybody reads it, those who go get a calendar file and reminders."""
    task.plan(moment, room.now)
    room.appointment_reminders(task)
    lines = [*clashes(room, task, moment, None), *whose(task)]
    said = [
        Say(
            "when.planned",
            number=task.number,
            task=seen(ask, task),
            at=moment,
            lines=lines,
            to=public(ask, room, task),
        )
    ]
    if ask.private and said[0].to == room.chat:
        said.append(Say("when.fine", at=moment, task=seen(ask, task)))
    said += [calendar(room, member, task) for member in going(room, task) if room.privately(member)]
    return said + moves(room, room.redate())


def whose(task: Task) -> list[Phrase]:
    return [Phrase("when.go", who=names(task.who))] if task.who else [Phrase("when.nobody_yet")]


def going(room: Room, task: Task) -> list[Member]:
    """Those who go: who took it on, and the newcomers whose appointment it is."""
    newcomers = (
        [n for n in room.newcomers if n.agreed and not task.hidden_from(n)] if task.with_newcomer else []
    )
    return list({member.id: member for member in [*task.who, *newcomers]}.values())


def calendar(room: Room, member: Member, task: Task) -> Say:
    assert task.at
    title = task.title_for(member)
    return Say(
        "when.calendar",
        to=room.privately(member),
        task=title,
        at=task.at,
        document=calendar_document(room, task, member),
    )


def calendar_document(room: Room, task: Task, member: Member) -> Document:
    assert task.at
    title = task.title_for(member)
    language = (member.person.language if member.person else None) or "nl"
    words = (
        title.texts.get(language, title.texts.get("en", ""))
        if isinstance(title, Words)
        else str(title if isinstance(title, str) else task.number)
    )
    content = calendar_file(
        uid=f"task-{task.id}-room-{room.id}", title=words, start=task.at, minutes=task.minutes, now=room.now
    )
    return Document(f"{task.number}.ics", "text/calendar", content)


def clashes(room: Room, task: Task, moment: datetime, reader: Member | None) -> list[Phrase]:
    """Other appointments that overlap, for the newcomer or somebody who goes, as a reader (None: the
    group) may know of them."""
    end = moment + timedelta(minutes=task.minutes)
    same = [
        other
        for other in room.open_tasks
        if other is not task
        and other.at
        and other.at < end
        and moment < other.at + timedelta(minutes=other.minutes)
        and not other.hidden_from(reader)
        and (
            (other.with_newcomer and task.with_newcomer)
            or {m.id for m in other.who} & {m.id for m in task.who}
        )
    ]
    return [Phrase("when.clash", task=other.title_for(reader), at=other.at) for other in same[:2]]
