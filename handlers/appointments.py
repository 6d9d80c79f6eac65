"""Appointments: asked of the newcomer first, agreed, and a calendar file for those who go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.reminders import silence_told
from bot.domain.tasks import names
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import press
from bot.store.replied import asking
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.asking import acting, picked, public, seen, told_to
from handlers.going import calendar, cautions, clashes, going
from handlers.lists import moves, why


def propose(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """Plan it; the newcomers whose moment it is are asked first, in private, in their language."""
    member = acting(ask)
    task.must_be_open_to(member)
    if task.with_newcomer and not room.agreed:
        raise Refusal("when.no_consent")
    concerned = [newcomer for newcomer in room.newcomers if newcomer.agreed and task.is_up_to(newcomer)]
    if not concerned or member.newcomer:
        return planned(ask, room, task, moment)
    task.propose(moment, room.now)
    task.proposed_by = member.id
    if told_on := silence_told(moment, room.now, room.zone):
        at = stamp(room, moment)
        room.remind(f"task:{task.id}:unanswered", told_on, "task.unanswered", task=task.id, at=at)
    on_telegram = [newcomer for newcomer in concerned if newcomer.person_id]
    if not on_telegram:
        return [ask_in_person(room, task, moment)]
    # Who blocked the bot is told to nobody: the answer is the same, and so is what comes of silence.
    questions = [proposal(room, n, member, task, moment) for n in on_telegram if n.reachable]
    told = Say(
        "when.asked",
        number=task.number,
        task=told_to(ask, room, task),
        at=moment,
        to=public(ask, room, task),
        lines=cautions(room, task, moment, None),
    )
    return [told, *questions]


def ask_in_person(room: Room, task: Task, moment: datetime) -> Say:
    """A newcomer whom the bot cannot reach is asked by people; then somebody says that it is agreed."""
    agreed = Button(Phrase("button.asked_in_person"), "agreed", (task.id or 0, stamp(room, moment)))
    return Say("when.ask_in_person", task=task.title_for(None), at=moment, buttons=[[agreed]])


@press("agreed")
def agreed_in_person(ask: Ask, room: Room) -> list[Say]:
    """Only what is still proposed: another moment or a yes has overtaken the rest. Refusal ``button.old``."""
    task, moment = picked(ask, room), moment_of(ask, room)
    task.must_be_open_to(acting(ask))
    if task.proposed != moment:
        raise Refusal("button.old")
    return planned(ask, room, task, moment)


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
        task=task.title_for(newcomer),
        at=moment,
        lines=lines,
        buttons=buttons,
        slot=asking([task], code),
    )


@press("fits", who=("newcomer",))
def fits(ask: Ask, room: Room) -> list[Say]:
    task = picked(ask, room)
    moment = moment_of(ask, room)
    task.must_be_open_to(acting(ask))
    if not task.open or moment not in (task.proposed, task.at):
        raise Refusal("button.old")
    if task.at != moment:
        by = room.member(task.proposed_by)
        return [*planned(ask, room, task, moment), *told_proposer(room, task, moment, by)]
    # Another adult of the household said yes before: this one comes as well.
    task.comes(acting(ask))
    fine = Say("when.fine", at=moment, task=seen(ask, task))
    return [fine, calendar(room, acting(ask), task)]


def told_proposer(room: Room, task: Task, moment: datetime, by: Member | None) -> list[Say]:
    """Of what is a newcomer's own the group does not read that it is agreed; whoever proposed it does."""
    to = room.privately(by) if by and task.hidden_from(None) else None
    if by is None or to is None or by in task.who:  # who goes reads it with the calendar file
        return []
    return [Say("when.planned", number=task.number, task=task.title_for(by), at=moment, to=to)]


@press("fitsnot", who=("newcomer",))
def fits_not(ask: Ask, room: Room) -> list[Say]:
    """The newcomer cannot then. Of what was only proposed the proposer hears, and what was agreed before
    stands; what was agreed is off when no other newcomer comes."""
    task = picked(ask, room)
    member, moment = acting(ask), moment_of(ask, room)
    task.must_be_open_to(member)
    if not task.open or moment not in (task.proposed, task.at) or moment <= room.now:
        raise Refusal("button.old")
    by = room.member(task.proposed_by)
    if task.at != moment:
        return [noted(room, member, by), *not_as_proposed(room, task, member, by)]
    if task.comes_not(member):
        others = {m.id: m for m in (*task.who, by) if m and m is not member}.values()
        return [noted(room, member, *others), *comes_not(room, task, member, moment, others)]
    off = called_off(room, task)
    told = [*task.who, *([by] if by else []), *(n for n in room.newcomers if n.agreed and task.awaits(n))]
    task.at, task.coming, task.proposed = None, [], None
    room.set_reminders(task)
    readers = {m.id: m for m in told if m is not member and not task.hidden_from(m)}.values()
    said = told_not_then(room, task, moment, readers, [])
    return [noted(room, member, *readers), *said, *off, *moves(room, room.redate())]


def noted(room: Room, member: Member, *readers: Member | None) -> Say:
    """The answer to whoever cannot come: that others read it, where any does."""
    told = any(reader and reader is not member and room.privately(reader) for reader in readers)
    return Say("when.told_no" if told else "when.noted_no", to=room.privately(member))


def not_as_proposed(room: Room, task: Task, member: Member, by: Member | None) -> list[Say]:
    """Somebody's no to what was only proposed. Where another newcomer was asked too, that one may still
    say yes."""
    moment = task.proposed
    assert moment
    others = [n for n in room.newcomers if n is not member and n.agreed and n.reachable and task.is_up_to(n)]
    readers = [by] if by and by is not member else []
    if others:
        return comes_not(room, task, member, moment, readers)
    task.proposed = None
    stands = [Phrase("task.planned_at", at=task.at)] if task.at else []
    return told_not_then(room, task, moment, readers, stands)


def comes_not(
    room: Room, task: Task, member: Member, moment: datetime, readers: Iterable[Member]
) -> list[Say]:
    """One adult of a household cannot come, and the moment stands: whoever goes reads who."""
    return [
        Say("when.comes_not", who=member.name, task=task.title_for(reader), at=moment, to=to)
        for reader in readers
        if (to := room.privately(reader))
    ]


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
    """The group read of the appointment; now it reads that it is off; not of one that is over.
    Ask before the moment is taken away."""
    over = task.at is None or task.at <= room.now
    if over or room.chat is None or task.hidden_from(None):
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
    if not member.newcomer or (ask.press and ask.press.name == "fits"):
        return []
    others = [n for n in room.newcomers if n is not member and n.agreed and n.reachable]
    return [proposal(room, other, member, task, moment) for other in others if task.is_up_to(other)]


def whose(task: Task) -> list[Phrase]:
    """Who goes along; nobody is missed where others are not asked to."""
    if task.who and not task.theirs_alone:
        return [Phrase("when.go", who=names(task.who))]
    return [] if task.theirs_alone or task.hidden_from(None) else [Phrase("when.nobody_yet")]


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
