"""A letter was taken for what it is not: its owner says what it is. (letterdates.py: which date is right.)"""

from __future__ import annotations

from typing import get_args

from bot.content import Area
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.letters.kinds import kinds
from bot.letters.recognise import OTHER
from bot.routes import press
from bot.store.programme import Own
from bot.store.room import Room
from bot.store.tables import Task
from handlers.explanations import explanation, here, kind_button, number
from handlers.letterdays import what_for

ON_PAGE = 10


@press("lwrong")
def wrong(ask: Ask, own: Own) -> Say:
    """First the kinds that fitted next best, then all of them; or the date, which may be written at once."""
    known = own.letters.letter(number(ask))
    own.ask("letterdate", letter=known.id)
    near = [key for key in known.letter.others if key in kinds() and key != known.letter.kind][:3]
    buttons = [[kind_button(known.id, key)] for key in near]
    buttons.append([Button(Phrase("button.letter_other"), "lareas", (known.id,))])
    buttons.append([Button(Phrase("button.letter_date"), "ldate", (known.id,))])
    return Say("letter.wrong", buttons=buttons, to=here(own))


def none_of_these(letter: int) -> list[Button]:
    return [Button(Phrase("button.letter_none"), "lkind", (letter, OTHER))]


@press("lareas")
def areas(ask: Ask, own: Own) -> Say:
    """What it is about."""
    letter = own.letters.letter(number(ask)).id
    used = [area for area in get_args(Area) if any(kind.area == area for kind in kinds().values())]
    buttons = [[Button(Phrase(f"area.{area}"), "lkinds", (letter, area, 0))] for area in used]
    return Say("letter.about_what", buttons=[*buttons, none_of_these(letter)], to=here(own))


@press("lkinds")
def kinds_there(ask: Ask, own: Own) -> Say:
    """The kinds of one area, a page at a time."""
    assert ask.press
    letter, area, page = own.letters.letter(number(ask)).id, ask.press.word(1), ask.press.number(2)
    there = [key for key, kind in kinds().items() if kind.area == area]
    shown = there[page * ON_PAGE : (page + 1) * ON_PAGE]
    if not shown:
        raise Refusal("button.old")
    buttons = [[kind_button(letter, key)] for key in shown]
    if len(there) > (page + 1) * ON_PAGE:
        buttons.append([Button(Phrase("button.more"), "lkinds", (letter, area, page + 1))])
    return Say("letter.which_kind", buttons=[*buttons, none_of_these(letter)], to=here(own))


@press("lkind")
def kind_said(ask: Ask, own: Own) -> list[Say]:
    assert ask.press
    letter, key = number(ask), ask.press.word(1)
    if key not in (*kinds(), OTHER):
        raise Refusal("button.old")
    own.letters.correct(letter, key)
    known = own.letters.letter(letter)
    for _, task in made_of(own, letter):
        task.letter, task.wanted = key, [*what_for(known.letter, task.due)]
    own.settle("letterdate")
    return [Say("letter.corrected"), explanation(own, known)]


def made_of(own: Own, letter: int) -> list[tuple[Room, Task]]:
    """The tasks that were made of a letter and are still to be done."""
    made = own.letters.letter(letter).tasks
    return [(room, task) for room in own.rooms() for task in room.open_tasks if task.id in made]
