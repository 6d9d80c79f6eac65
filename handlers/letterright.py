"""A date of a letter is put right, with the tasks that were made of it; or back, where that was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.letters.deadline import PURPOSES
from bot.letters.keeping import kept
from bot.letters.letter import Letter, read_letter
from bot.letters.unsaid import purposes
from bot.routes import press
from bot.store.letters import Known
from bot.store.programme import Own
from bot.store.room import Room
from bot.store.tables import Task
from handlers.appointments import called_off, planned
from handlers.corrections import made_of
from handlers.decide import told_off
from handlers.explanations import explanation, number
from handlers.letterdays import ahead, what_for

Which = tuple[str, int]
"""A date of a letter: a last ``day`` or a ``moment``, and its place among them; past the last, a new one."""
Right = date | datetime
"""A date as its owner reads it: a last day, or the (aware) moment of an appointment."""

DAY, MOMENT = "day", "moment"
STAMP = "%y%m%d%H%M"
PARTS = ("deadlines", "marks", "appointments")
"""What is kept of a letter's dates."""


def dates_of(letter: Letter) -> list[Which]:
    """All dates of a letter that may be wrong."""
    days = [(DAY, place) for place in range(len(letter.deadlines))]
    return [*days, *((MOMENT, place) for place in range(len(letter.appointments)))]


def named(letter: Letter, sort: str) -> Sequence[date]:
    """Its last days, or its (local, naive) moments."""
    if sort == DAY:
        return [one.date for one in letter.deadlines]
    return [one.start for one in letter.appointments]


def stamp(letter: Letter, which: Which) -> str:
    """What a date is now, so that an old button changes no other one; "0" for one that is not there yet."""
    there = named(letter, which[0])
    return there[which[1]].strftime(STAMP) if which[1] < len(there) else "0"


def corrected(own: Own, known: Known, which: Which, right: Right, ask: Ask) -> list[Say]:
    """The date is put right, and so are the tasks that were made of it; what was there before is one tap
    away."""
    was = stamp(known.letter, which)
    said = put_right(own, known, which, right, ask)
    own.settle("letterdate")
    after = own.letters.letter(known.id)
    plain = right.replace(tzinfo=None) if isinstance(right, datetime) else right
    now = (which[0], named(after.letter, which[0]).index(plain))
    args = (known.id, *now, stamp(after.letter, now), was)
    buttons = [[Button(Phrase("button.letter_undo"), "lback", args)]] if was != "0" else []
    asked = what_asked(known.letter, after, plain, own.now.date()) if (which[0], was) == (DAY, "0") else []
    return [Say("letter.corrected", buttons=buttons), explanation(own, after), *said, *asked]


def what_asked(before: Letter, after: Known, day: date, today: date) -> list[Say]:
    """What a day is for that its owner named is asked where the letter leaves more than one thing to do."""
    may_be = purposes(before, today)
    if len(may_be) < 2:
        return []
    days = after.letter.deadlines
    place = next(place for place, one in enumerate(days) if one.date == day and not one.quote)
    args = (after.id, place, stamp(after.letter, (DAY, place)))
    buttons = [[Button(Phrase(f"letter.what.{what}"), "lfor", (*args, what))] for what in may_be]
    return [Say("letter.what_for", buttons=buttons)]


@press("lfor")
def meant_for(ask: Ask, own: Own) -> list[Say]:
    """What the day is for, as its owner says."""
    assert ask.press
    known, which, what = own.letters.letter(number(ask)), (DAY, ask.press.number(1)), ask.press.word(3)
    if ask.press.word(2) != stamp(known.letter, which) or what not in PURPOSES:
        raise Refusal("button.old")
    days = list(known.letter.deadlines)
    days[which[1]] = replace(days[which[1]], what=what)
    own.letters.change(known.id, deadlines=kept(replace(known.letter, deadlines=tuple(days)))["deadlines"])
    after = own.letters.letter(known.id)
    for _, task in made_of(own, known.id):
        if task.due == days[which[1]].date:
            task.wanted = [*what_for(after.letter, task.due)]
    return [Say("letter.corrected"), explanation(own, after)]


@press("lback")
def put_back(ask: Ask, own: Own) -> list[Say]:
    """The date that stood there before the correction, with the words of the letter on which it rests."""
    assert ask.press
    known, which = own.letters.letter(number(ask)), (ask.press.word(1), ask.press.number(2))
    if which[0] not in (DAY, MOMENT) or ask.press.word(3) != stamp(known.letter, which):
        raise Refusal("button.old")
    was = datetime.strptime(ask.press.word(4), STAMP).replace(tzinfo=own.zone)
    said = put_right(own, known, which, was if which[0] == MOMENT else was.date(), ask)
    again = kept(as_read(own.letters.letter(known.id).letter, own.now.date()))
    own.letters.change(known.id, **{part: again[part] for part in PARTS})
    return [Say("letter.put_back"), explanation(own, own.letters.letter(known.id)), *said]


@press("lnot")
def counts_not(ask: Ask, own: Own) -> list[Say]:
    """What is no last day, or an appointment that is off: neither told nor reminded of any more."""
    assert ask.press
    known, which = own.letters.letter(number(ask)), (ask.press.word(1), ask.press.number(2))
    if which[0] not in (DAY, MOMENT) or ask.press.word(3) != stamp(known.letter, which):
        raise Refusal("button.old")
    said = [one for room, task in made_of(own, known.id) for one in ended(own, room, task, known, which)]
    left = kept(without(known.letter, which))
    own.letters.change(known.id, **{part: left[part] for part in PARTS})
    own.settle("letterdate")
    return [Say("letter.counts_not"), explanation(own, own.letters.letter(known.id)), *said]


def without(letter: Letter, which: Which) -> Letter:
    sort, place = which
    if sort == DAY:
        return replace(letter, deadlines=letter.deadlines[:place] + letter.deadlines[place + 1 :])
    return replace(letter, appointments=letter.appointments[:place] + letter.appointments[place + 1 :])


def ended(own: Own, room: Room, task: Task, known: Known, which: Which) -> list[Say]:
    """The task of a date that does not count is none; whoever else was going reads so, as did the group."""
    was = named(known.letter, which[0])[which[1]]
    if isinstance(was, datetime):
        its = task.at == was.replace(tzinfo=own.zone)
    else:
        its = made_for(room, task, known.letter, was)
    if not its:
        return []
    said = called_off(room, task)
    said += told_off(room, task, [member for member in task.who if member.person_id != own.person.id])
    task.drop()
    room.set_reminders(task)
    return said


def as_read(letter: Letter, today: date) -> Letter:
    """The letter, with those of its dates that its owner named and that stand in it as they do there."""
    read = read_letter(letter.text, letter.faint, said=letter.kind, today=today)
    days, moments = {one.date: one for one in read.deadlines}, {one.start: one for one in read.appointments}
    return replace(
        letter,
        deadlines=tuple(one if one.quote else days.get(one.date, one) for one in letter.deadlines),
        appointments=tuple(one if one.quote else moments.get(one.start, one) for one in letter.appointments),
    )


def put_right(own: Own, known: Known, which: Which, right: Right, ask: Ask) -> list[Say]:
    if isinstance(right, datetime):
        return moment_put_right(ask, own, known, which[1], right)
    day_put_right(own, known, which[1], right)
    return []


def day_put_right(own: Own, known: Known, place: int, day: date) -> None:
    before = next(iter(known.letter.deadlines[place : place + 1]), None)
    may_be = purposes(known.letter, own.now.date()) if before is None else (before.what,)
    what = may_be[0] if len(may_be) == 1 else "act"
    said = {"date": day.isoformat(), "what": what, "basis": "stated", "quote": ""}
    own.letters.name_day(known.id, place, said)
    after = own.letters.letter(known.id).letter
    for room, task in made_of(own, known.id):
        if made_for(room, task, known.letter, before.date if before else None):
            task.due, task.wanted = day, [*what_for(after, day)]
            room.set_reminders(task)


def made_for(room: Room, task: Task, letter: Letter, day: date | None) -> bool:
    """Whether a task was made of that last day; where all of a letter is over, it stands on another."""
    return not task.at and (task.due == day or not ahead(room, letter))


def moment_put_right(ask: Ask, own: Own, known: Known, place: int, moment: datetime) -> list[Say]:
    """Whoever comes along reads the new moment, as of any appointment that is moved."""
    before = known.letter.appointments[place].start
    own.letters.name_moment(known.id, place, moment.replace(tzinfo=None))
    said: list[Say] = []
    for room, task in made_of(own, known.id):
        if task.at == before.replace(tzinfo=own.zone):
            acts = replace(ask, member=room.member_of(own.person.id))
            said += moved(acts, room, task, moment.astimezone(UTC))
    return said


def moved(ask: Ask, room: Room, task: Task, moment: datetime) -> list[Say]:
    """An appointment that proves to be over reminds of nothing any more."""
    if moment > room.now:
        return planned(ask, room, task, moment)
    task.at = moment
    room.set_reminders(task)
    return []
