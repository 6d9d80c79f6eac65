"""A date of a letter was read wrong: its owner says which, and the right one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.letters.letter import Letter
from bot.routes import heard, press
from bot.store.letters import Known
from bot.store.programme import Own
from bot.store.room import Room
from bot.store.tables import Task
from bot.understanding.dates import day_in, moments_in
from handlers.appointments import planned
from handlers.asking import leaves, spoken
from handlers.corrections import made_of
from handlers.explanations import explanation, here, number

Which = tuple[str, int]
"""A date of a letter: a last ``day`` or a ``moment``, and its place among them; past the last, a new one."""

DAY, MOMENT = "day", "moment"
MEANT = timedelta(hours=1)
"""How long after "this is wrong" words are taken as the right date."""


@press("ldate")
def date_wrong(ask: Ask, own: Own) -> Say:
    """Which of several dates is wrong is asked first."""
    known = own.letters.letter(number(ask))
    own.ask("letterdate", letter=known.id)
    there = dates_of(known.letter)
    return which_one(own, known) if len(there) > 1 else right_one(own, known, [*there, (DAY, 0)][0])


@press("lwhich")
def date_chosen(ask: Ask, own: Own) -> Say | list[Say]:
    """The date that is wrong; what is right may have been said before."""
    assert ask.press
    known, which = own.letters.letter(number(ask)), (ask.press.word(1), ask.press.number(2))
    if which[0] not in (DAY, MOMENT) or ask.press.word(3) != stamp(known.letter, which):
        raise Refusal("button.old")
    waiting = own.answers("letterdate") or {}
    if waiting.get("letter") == known.id and "words" in waiting:
        return corrected(ask, own, known, which, waiting["words"])
    return right_one(own, known, which)


def dates_of(letter: Letter) -> list[Which]:
    """All dates of a letter that may be wrong."""
    days = [(DAY, place) for place in range(len(letter.deadlines))]
    return [*days, *((MOMENT, place) for place in range(len(letter.appointments)))]


def stamp(letter: Letter, which: Which) -> str:
    """What a date is now, so that an old button changes no other one; "0" for one that is not there yet."""
    sort, place = which
    there: Sequence[date] = (
        [one.date for one in letter.deadlines] if sort == DAY else [one.start for one in letter.appointments]
    )
    return there[place].strftime("%y%m%d%H%M") if place < len(there) else "0"


def which_one(own: Own, known: Known) -> Say:
    """A button for each date, and one for a last day that was not found."""
    labels = [label(own, known.letter, which) for which in dates_of(known.letter)]
    there = [*dates_of(known.letter), (DAY, len(known.letter.deadlines))]
    labels.append(Phrase("button.letter_new_day"))
    buttons = [
        [Button(text, "lwhich", (known.id, *which, stamp(known.letter, which)))]
        for text, which in zip(labels, there, strict=True)
    ]
    return Say("letter.which_wrong", buttons=buttons, to=here(own))


def label(own: Own, letter: Letter, which: Which) -> Phrase:
    sort, place = which
    if sort == MOMENT:
        return Phrase("button.letter_moment", at=letter.appointments[place].start.replace(tzinfo=own.zone))
    day = letter.deadlines[place]
    return Phrase("button.letter_day", what=Phrase(f"letter.what.{day.what}"), day=day.date)


def right_one(own: Own, known: Known, which: Which) -> Say:
    own.ask("letterdate", letter=known.id, which=list(which), now=stamp(known.letter, which))
    return Say("letter.which_date" if which[0] == DAY else "letter.which_moment")


@heard("letterdate", within=MEANT)
def date_said(ask: Ask, own: Own) -> Say | list[Say]:
    """A date as its owner reads it. Refusals where the words name no day."""
    asked = own.answers("letterdate")
    if asked is None:
        raise Refusal("button.old")
    if leaves(ask, own.content):
        own.settle("letterdate")
        return [Say("asking.left")]
    known = own.letters.letter(asked["letter"])
    if "which" in asked:
        which = (str(asked["which"][0]), int(asked["which"][1]))
        if asked["now"] != stamp(known.letter, which):
            raise Refusal("button.old")
        return corrected(ask, own, known, which, ask.words)
    there = dates_of(known.letter)
    if len(there) < 2:
        return corrected(ask, own, known, [*there, (DAY, 0)][0], ask.words)
    day_in(ask.words, now=said_at(ask, own), language=spoken(ask))
    own.ask("letterdate", letter=known.id, words=ask.words)
    return which_one(own, known)


def said_at(ask: Ask, own: Own) -> datetime:
    """The moment by which words such as "tomorrow" are meant."""
    return (ask.now if ask.press else ask.sent).astimezone(own.zone)


def corrected(ask: Ask, own: Own, known: Known, which: Which, words: str) -> list[Say]:
    """The date is put right, and so are the tasks that were made of it."""
    told = day_put_right if which[0] == DAY else moment_put_right
    said = told(ask, own, known, which[1], words)
    own.settle("letterdate")
    return [Say("letter.corrected"), explanation(own, own.letters.letter(known.id)), *said]


def day_put_right(ask: Ask, own: Own, known: Known, place: int, words: str) -> list[Say]:
    day = day_in(words, now=said_at(ask, own), language=spoken(ask))
    before = next(iter(known.letter.deadlines[place : place + 1]), None)
    said = {"date": day.isoformat(), "what": before.what if before else "act", "basis": "stated", "quote": ""}
    own.letters.name_day(known.id, place, said)
    for room, task in made_of(own, known.id):
        if task.due == (before.date if before else None) and not task.at:
            task.due = day
            room.set_reminders(task)
    return []


def moment_put_right(ask: Ask, own: Own, known: Known, place: int, words: str) -> list[Say]:
    """Whoever comes along reads the new moment, as of any appointment that is moved."""
    before = known.letter.appointments[place].start
    moment = moment_said(words, before.replace(tzinfo=own.zone), said_at(ask, own), spoken(ask))
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


def moment_said(words: str, before: datetime, now: datetime, language: str | None) -> datetime:
    """The moment that is meant: with an hour alone the day stays, with a day alone the hour. Refusals
    ``letter.which_moment``, ``when.unclear``, ``when.impossible``, ``when.too_far``."""
    that_day = datetime.combine(before.date(), time(), before.tzinfo)
    found = moments_in(words, now=that_day, language=language)
    if not (found.at and found.at.date() == before.date()):
        found = moments_in(words, now=now, language=language)
    if found.at:
        return found.at
    if found.day is None or found.choices:
        raise Refusal("letter.which_moment")
    return datetime.combine(found.day, before.time(), before.tzinfo)
