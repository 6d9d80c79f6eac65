"""Appointments: asked of the newcomer first, agreed, and a calendar file for those who go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from bot.document.calendar import calendar_file
from bot.document.paper import texts_in
from bot.domain.tasks import names
from bot.domain.words import Ask, Button, Document, Phrase, Refusal, Say
from bot.routes import press
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.asking import acting, picked, public, seen, told_to
from handlers.lists import moves, why

SATURDAY = 5
OFFICES_OPEN, OFFICES_CLOSE = time(8, 0), time(18, 0)
ON_LAST_DAY = time(9, 0)
"""When a last day stands in a calendar."""


def propose(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """Plan it; where a newcomer must be there, they are asked first, in private, in their language."""
    member = acting(ask)
    task.must_be_open_to(member)
    if task.with_newcomer and not room.agreed:
        raise Refusal("when.no_consent")
    if not task.with_newcomer or member.newcomer:
        return planned(ask, room, task, moment)
    on_telegram = [newcomer for newcomer in room.newcomers if newcomer.agreed and newcomer.person_id]
    if not on_telegram:
        return [ask_in_person(task, moment, room)]
    # Who blocked the bot is told to nobody: the answer is the same, and only a second try shows another way.
    asked = [newcomer for newcomer in on_telegram if newcomer.reachable]
    task.propose(moment, room.now)
    task.proposed_by = member.id
    questions = [proposal(room, newcomer, member, task, moment) for newcomer in asked]
    told = Say(
        "when.asked",
        number=task.number,
        task=told_to(ask, room, task),
        at=moment,
        to=public(ask, room, task),
        lines=cautions(room, task, moment, None),
    )
    return [told, *questions]


def ask_in_person(task: Task, moment: datetime, room: Room) -> Say:
    """A newcomer whom the bot cannot reach is asked by people; then somebody says that it is agreed."""
    if moment <= room.now:
        raise Refusal("when.past", moment=moment)
    agreed = Button(Phrase("button.asked_in_person"), "agreed", (task.id or 0, stamp(room, moment)))
    return Say("when.ask_in_person", task=task.title_for(None), at=moment, buttons=[[agreed]])


@press("agreed")
def agreed_in_person(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    task.must_be_open_to(acting(ask))
    return planned(ask, room, task, moment_of(ask, room))


def proposal(room: Room, newcomer: Member, by: Member, task: Task, moment: datetime) -> Say:
    number, code = task.id or 0, stamp(room, moment)
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
    if not task.open or moment not in (task.proposed, task.at):
        raise Refusal("button.old")
    if task.at != moment:
        return planned(ask, room, task, moment)
    # Another adult of the household said yes before: this one comes as well.
    task.comes(acting(ask))
    fine = Say("when.fine", at=moment, task=seen(ask, task))
    return [fine, calendar(room, acting(ask), task)]


@press("fitsnot", who=("newcomer",))
def fits_not(ask: Ask, room: Room) -> list[Say]:
    """The newcomer cannot then. Of what was only proposed the proposer hears, and what was agreed before
    stands; what was agreed is off when no other newcomer comes."""
    task = picked(ask, room)
    member, moment = acting(ask), moment_of(ask, room)
    task.must_be_open_to(member)
    if not task.open or moment not in (task.proposed, task.at):
        raise Refusal("button.old")
    here = Say("when.told_no", to=room.privately(member))
    by = room.member(task.proposed_by)
    if task.at != moment:
        task.proposed = None
        stands = [Phrase("task.planned_at", at=task.at)] if task.at else []
        return [here, *told_not_then(room, task, moment, [by] if by and by is not member else [], stands)]
    if task.comes_not(member):
        return [here]
    off = called_off(room, task)
    told = [*task.who, *([by] if by else []), *(n for n in room.newcomers if n.agreed and task.awaits(n))]
    task.at, task.coming, task.proposed = None, [], None
    room.set_reminders(task)
    others = {m.id: m for m in told if m is not member and not task.hidden_from(m)}
    said = told_not_then(room, task, moment, others.values(), [])
    return [here, *said, *off, *moves(room, room.redate())]


def told_not_then(
    room: Room, task: Task, moment: datetime, members: Iterable[Member], lines: list[Phrase]
) -> list[Say]:
    """Each reads in private that it does not suit the newcomer, and may propose another moment."""
    again = [[Button(Phrase("button.when"), "when", (task.id or 0,))]]
    return [
        Say("when.not_then", task=task.title_for(other), at=moment, to=to, lines=lines, buttons=again)
        for other in members
        if (to := room.privately(other))
    ]


def called_off(room: Room, task: Task) -> list[Say]:
    """The group read of the appointment; now it reads that it is off. Ask before the moment is taken away."""
    if task.at is None or room.chat is None or task.hidden_from(None):
        return []
    return [Say("when.off", number=task.number, task=task.title, at=task.at, to=room.chat)]


def planned(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """It is agreed: everybody reads it, those who go get a calendar file and reminders."""
    task.plan(moment, room.now)
    if acting(ask).newcomer:
        task.comes(acting(ask))
    room.set_reminders(task)
    to = public(ask, room, task)
    reader = None if to == room.chat else acting(ask)
    lines = [*cautions(room, task, moment, reader), *whose(task)]
    said = [
        Say("when.planned", number=task.number, task=told_to(ask, room, task), at=moment, lines=lines, to=to),
    ]
    if ask.private and said[0].to == room.chat:
        said.append(Say("when.fine", at=moment, task=seen(ask, task)))
    said += [calendar(room, member, task) for member in going(room, task) if room.privately(member)]
    return [*said, *others_asked(ask, room, task, moment), *moves(room, room.redate())]


def others_asked(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """What one newcomer plans by themselves, the household's other adults are asked about."""
    member = acting(ask)
    if not task.with_newcomer or not member.newcomer or (ask.press and ask.press.name == "fits"):
        return []
    others = [n for n in room.newcomers if n is not member and n.agreed and n.reachable]
    return [proposal(room, other, member, task, moment) for other in others if not task.hidden_from(other)]


def cautions(room: Room, task: Task, moment: datetime, reader: Member | None) -> list[Phrase]:
    """What speaks against a moment: said, not refused."""
    return [
        *clashes(room, task, moment, reader),
        *before_arrival(room, task, moment),
        *outside_office_hours(room, task, moment),
    ]


def outside_office_hours(room: Room, task: Task, moment: datetime) -> list[Phrase]:
    """An organisation that is most likely closed then."""
    local = moment.astimezone(room.zone)
    opened = local.weekday() < SATURDAY and OFFICES_OPEN <= local.time() < OFFICES_CLOSE
    return [] if opened or not task.office_hours else [Phrase("when.office_hours")]


def before_arrival(room: Room, task: Task, moment: datetime) -> list[Phrase]:
    """A newcomer who is not there yet can be met on a screen at most: said, not refused."""
    arrival = room.row.arrival
    if arrival is None or not task.with_newcomer or moment.astimezone(room.zone).date() >= arrival:
        return []
    return [Phrase("when.before_arrival", arrival=arrival)]


def whose(task: Task) -> list[Phrase]:
    """Who goes along; nobody is missed where others are not asked to."""
    if task.who and not task.theirs_alone:
        return [Phrase("when.go", who=names(task.who))]
    return [] if task.theirs_alone or task.hidden_from(None) else [Phrase("when.nobody_yet")]


def going(room: Room, task: Task) -> list[Member]:
    """Those who go: who took it on, and the newcomers whose appointment it is."""
    newcomers = [n for n in room.newcomers if n.agreed and task.awaits(n) and not task.hidden_from(n)]
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
    """The appointment; of a task with only a last day, that morning."""
    assert task.at or task.due
    start = task.at or room.at(task.due or room.today, ON_LAST_DAY)
    title = task.title_for(member)
    language = (member.person.language if member.person else None) or "nl"
    words = texts_in(room.zone).plain(Phrase("same", it=title), language)
    content = calendar_file(
        uid=f"task-{task.id}-room-{room.id}", title=words, start=start, minutes=task.minutes, now=room.now
    )
    return Document(f"{task.number}.ics", "text/calendar", content)


def clashes(room: Room, task: Task, moment: datetime, reader: Member | None) -> list[Phrase]:
    """Other appointments that overlap, for the newcomer or somebody who goes, as a reader (None: the
    group) may know of them."""
    end = moment + timedelta(minutes=task.minutes)
    concerned = who_is_there(room, task)
    same = [
        other
        for other in room.open_tasks
        if other is not task
        and other.at
        and other.at < end
        and moment < other.at + timedelta(minutes=other.minutes)
        and not other.hidden_from(reader)
        and concerned & who_is_there(room, other)
    ]
    return [Phrase("when.clash", task=other.title_for(reader), at=other.at) for other in same[:2]]


def who_is_there(room: Room, task: Task) -> set[int | None]:
    """Those who go, and the newcomers who must be there, whether or not they have been asked yet."""
    must = room.newcomers if task.with_newcomer else []
    return {member.id for member in [*going(room, task), *must]}


# the moment as buttons carry it


def stamp(room: Room, moment: datetime) -> str:
    """An aware moment as a button carries it (yymmddHHMM, in the room's zone)."""
    return moment.astimezone(room.zone).strftime("%y%m%d%H%M")


def moment_of(ask: Ask, room: Room) -> datetime:
    """The moment that the pressed button carries (yymmddHHMM), in the room's zone."""
    try:
        return datetime.strptime(argument(ask, 1), "%y%m%d%H%M").replace(tzinfo=room.zone)
    except ValueError:
        raise Refusal("button.old") from None


def argument(ask: Ask, place: int) -> str:
    if ask.press is None or len(ask.press.args) <= place or not ask.press.args[place].isdecimal():
        raise Refusal("button.old")
    return ask.press.args[place]
