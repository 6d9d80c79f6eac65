"""A letter was taken for what it is not: its owner says what it is, or which date is the right one."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

from bot.content import Area
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.letters.explain import words_of
from bot.letters.kinds import kinds
from bot.routes import heard, press
from bot.store.programme import Own
from bot.store.room import Room
from bot.store.tables import Task
from bot.understanding.dates import day_in
from handlers.asking import leaves, spoken
from handlers.letters import explanation, here, number

ON_PAGE = 10
MEANT = timedelta(hours=1)
"""How long after "this is wrong" words are taken as the right date."""


@press("lwrong")
def wrong(ask: Ask, own: Own) -> Say:
    """First the kinds that fitted next best, then all of them; or the date, which may be written at once."""
    known = own.letters.letter(number(ask))
    own.ask("letterdate", letter=known.id)
    near = [key for key in known.letter.others if key in kinds() and key != known.letter.kind][:3]
    buttons = [kind_button(known.id, key) for key in near]
    buttons.append([Button(Phrase("button.letter_other"), "lareas", (known.id,))])
    buttons.append([Button(Phrase("button.letter_date"), "ldate", (known.id,))])
    return Say("letter.wrong", buttons=buttons, to=here(own))


def kind_button(letter: int, key: str) -> list[Button]:
    return [Button(Phrase("same", it=words_of(kinds()[key], "name")), "lkind", (letter, key))]


@press("lareas")
def areas(ask: Ask, own: Own) -> Say:
    """What it is about."""
    letter = own.letters.letter(number(ask)).id
    used = [area for area in get_args(Area) if any(kind.area == area for kind in kinds().values())]
    buttons = [[Button(Phrase(f"area.{area}"), "lkinds", (letter, area, 0))] for area in used]
    return Say("letter.about_what", buttons=buttons, to=here(own))


@press("lkinds")
def kinds_there(ask: Ask, own: Own) -> Say:
    """The kinds of one area, a page at a time."""
    assert ask.press
    letter, area, page = own.letters.letter(number(ask)).id, ask.press.word(1), ask.press.number(2)
    there = [key for key, kind in kinds().items() if kind.area == area]
    shown = there[page * ON_PAGE : (page + 1) * ON_PAGE]
    if not shown:
        raise Refusal("button.old")
    buttons = [kind_button(letter, key) for key in shown]
    if len(there) > (page + 1) * ON_PAGE:
        buttons.append([Button(Phrase("button.more"), "lkinds", (letter, area, page + 1))])
    return Say("letter.which_kind", buttons=buttons, to=here(own))


@press("lkind")
def kind_said(ask: Ask, own: Own) -> list[Say]:
    assert ask.press
    letter, key = number(ask), ask.press.word(1)
    if key not in kinds():
        raise Refusal("button.old")
    own.letters.correct(letter, key)
    for _, task in made_of(own, letter):
        task.letter = key
    own.settle("letterdate")
    return [Say("letter.corrected"), explanation(own, own.letters.letter(letter))]


def made_of(own: Own, letter: int) -> list[tuple[Room, Task]]:
    """The tasks that were made of a letter and are still to be done."""
    made = own.letters.letter(letter).tasks
    return [(room, task) for room in own.rooms() for task in room.open_tasks if task.id in made]


@press("ldate")
def date_wrong(ask: Ask, own: Own) -> Say:
    known = own.letters.letter(number(ask))
    own.ask("letterdate", letter=known.id)
    return Say("letter.which_date")


@heard("letterdate", within=MEANT)
def date_said(ask: Ask, own: Own) -> list[Say]:
    """The last day as its owner reads it. Refusals where the words name no day."""
    asked = own.answers("letterdate")
    if asked is None:
        raise Refusal("button.old")
    if leaves(ask, own.content):
        own.settle("letterdate")
        return [Say("asking.left")]
    day = day_in(ask.words, now=ask.sent.astimezone(own.zone), language=spoken(ask))
    known = own.letters.letter(asked["letter"])
    what = known.letter.deadlines[0].what if known.letter.deadlines else "act"
    said = {"date": day.isoformat(), "what": what, "basis": "printed", "quote": ""}
    own.letters.name_first_day(known.id, said)
    for room, task in made_of(own, known.id):
        if task.due and not task.at:
            task.due = day
            room.set_reminders(task)
    own.settle("letterdate")
    return [Say("letter.corrected"), explanation(own, own.letters.letter(known.id))]
