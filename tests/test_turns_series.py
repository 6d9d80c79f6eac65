"""A series of turns stays one: taken back, ended, asked about, and not taken for another of its words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.reminders import ANSWERED_IN, OVERDUE, to_be_told
from bot.domain.turns import last_after, next_after
from bot.store.tables import Task
from tests.domain import MEMBERS, NOW, TODAY, ZONE, task
from tests.story import Welcome

PRACTICE = "weekly-language-start"
ASKED = "remind.overdue"


def open_turns(world: Welcome, words: str) -> list[int]:
    """The numbers of the turns that are open, by plan key or words."""
    query = "select number from task where state = 'open' and (key = ? or words = ?) order by number"
    return [row["number"] for row in world.rows(query, words, words)]


# plain values


def test_the_next_turn_is_the_one_that_was_made_of_this_one() -> None:
    first, other = (task(number, repeat_days=7, due=TODAY) for number in (1, 2))
    following, others = task(3, repeat_days=7, turn=2, after=1), task(4, repeat_days=7, turn=2, after=2)
    last = task(5, repeat_days=7, turn=3, after=3, state="done")
    turns = [first, other, others, following, last]
    assert (next_after(first, turns), next_after(other, turns)) == (following, others)
    assert (last_after(first, turns), last_after(other, turns)) == (last, others)
    assert last_after(last, turns) is None


@pytest.mark.parametrize(
    "given, fits",
    [
        ({}, True),
        ({"turn": 3}, False),
        ({"after": 9}, False),
        ({"words": "anders"}, False),
        ({"due": TODAY + timedelta(days=9)}, False),
        ({"due": TODAY + timedelta(days=9), "rhythm_day": TODAY + timedelta(days=14)}, True),
        ({"state": "done"}, False),
        ({"repeat_days": 14}, False),
    ],
)
def test_turns_from_before_are_recognised_where_only_one_fits(given: dict[str, Any], fits: bool) -> None:
    def second(number: int) -> Task:
        shape = {"repeat_days": 7, "turn": 2, "due": TODAY + timedelta(days=7), **given}
        words = shape.pop("words", "iets")
        made = task(number, **shape)
        made.words = words
        return made

    first = task(1, repeat_days=7, due=TODAY)
    one, another = second(2), second(3)
    assert next_after(first, [first, one]) is (one if fits else None)
    assert next_after(first, [first, one, another]) is None


def test_who_went_is_asked_before_a_turn_passes_by() -> None:
    at = NOW - timedelta(days=1)
    went = task(holders=[MEMBERS[0]], at=at, due=TODAY - timedelta(days=9), repeat_days=7)
    assert to_be_told(went, TODAY, ZONE)
    went.raised = OVERDUE
    assert to_be_told(went, TODAY, ZONE)
    assert not to_be_told(went, TODAY + ANSWERED_IN, ZONE)
    went.raised = 0
    assert not to_be_told(went, TODAY + timedelta(days=7), ZONE)  # who hears nothing holds nothing up
    assert not to_be_told(task(at=at, repeat_days=7), TODAY, ZONE)


def test_a_turn_that_passes_by_is_asked_about_anew() -> None:
    one = task(due=TODAY - timedelta(days=7), repeat_days=7, quiet=True)
    assert one.pass_by(TODAY)
    assert not one.quiet


# the story


async def test_a_no_is_about_one_turn(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/task elke woensdag koffie", group=True)
    first = group.task("koffie")
    await group.says(anna, f"/claim {first['number']}", group=True)
    await group.until(group.at(first["due"] + timedelta(days=2), "12:00"))
    question = next(m for m in reversed(group.telegram.history(anna)) if group.told([group._text(m)], ASKED))
    await group.says(anna, "nee", reply_to=question["message_id"])
    assert group.task("koffie")["quiet"]
    group.mark(anna)
    await group.until(group.at(first["due"] + timedelta(days=16), "12:00"))
    assert group.told(anna, ASKED)


async def test_an_appointment_more_than_a_turn_on_is_asked_about(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/task elke woensdag koffie", group=True)
    number, due = group.number("koffie"), group.task("koffie")["due"]
    await group.says(anna, f"/claim {number}", group=True)
    await group.says(anna, f"/when {number} {due + timedelta(days=9):%d-%m-%Y} 15:00", group=True)
    group.mark(anna)
    await group.until(group.at(due + timedelta(days=11), "12:00"))
    assert group.told(anna, "remind.how_was_it")
    await group.taps(anna, "button.done")
    assert len(open_turns(group, "koffie")) == 1
    assert group.rows("select state from task where number = ?", number) == [{"state": "done"}]


async def done_and_next_taken(world: Welcome) -> tuple[int, int, tuple[Any, str]]:
    """Anna finished a turn and Bram took the next: both numbers, and Anna's button that takes it back."""
    anna, bram = world.people["Anna"], world.people["Bram"]
    await world.says(anna, "/task elke dinsdag samen fietsen", group=True)
    first = world.number("samen fietsen")
    await world.says(anna, f"/done {first}", group=True)
    undo = world.button(world.group, "button.undo_done")
    second = world.number("samen fietsen")
    await world.says(bram, f"/claim {second}", group=True)
    return first, second, undo


async def test_a_series_is_not_doubled_by_taking_back_a_finish(group: Welcome) -> None:
    anna = group.people["Anna"]
    first, second, (message, words) = await done_and_next_taken(group)
    group.mark(group.group)
    await group.telegram.press(anna, group.group, message, words)
    await group.settle()
    due = group.task("samen fietsen")["due"]
    assert group.told(group.group, "task.next_turn_there", number=second, day=due)
    assert group.has_button(group.group, "button.task", number=second, task="samen fietsen")
    assert open_turns(group, "samen fietsen") == [second]
    await group.taps(anna, "button.task", group=True, number=second, task="samen fietsen")
    assert group.told(group.group, "task.title", number=second, task="samen fietsen")
    await group.says(anna, f"/done {first}", group=True)
    assert open_turns(group, "samen fietsen") == [second]


async def test_a_finish_is_not_taken_back_once_the_next_turn_is_done(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    _first, second, (message, words) = await done_and_next_taken(group)
    await group.says(bram, f"/done {second}", group=True)
    third = group.number("samen fietsen")
    await group.telegram.press(anna, group.group, message, words)
    await group.settle()
    assert group.told(group.group, "task.next_turn_there", number=third)
    assert open_turns(group, "samen fietsen") == [third]


async def test_a_turn_that_the_newcomer_is_asked_about_stays(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.says(anna, f"/done {agreed.number(PRACTICE)}", group=True)
    message, words = agreed.button(agreed.group, "button.undo_done")
    following = agreed.task(PRACTICE)
    day = following["due"] - timedelta(days=2)
    await agreed.says(agreed.people["Bram"], f"/when {following['number']} {day} 14:00", group=True)
    await agreed.telegram.press(anna, agreed.group, message, words)
    await agreed.settle()
    assert agreed.told(agreed.group, "task.next_turn_there", number=following["number"])
    await agreed.taps(yusuf, "button.fits")
    assert agreed.task(PRACTICE)["at"] == agreed.at(day, "14:00")


async def test_needed_after_all_does_not_double_a_series(agreed: Welcome) -> None:
    yusuf, number = agreed.people["Yusuf"], agreed.number(PRACTICE)
    await agreed.says(yusuf, f"/notneeded {number}")
    following = agreed.number(PRACTICE)
    await agreed.says(agreed.people["Bram"], f"/claim {following}", group=True)
    await agreed.taps(yusuf, "button.needed")
    assert agreed.told(yusuf, "task.next_turn_there", number=following)
    assert open_turns(agreed, PRACTICE) == [following]


@pytest.mark.parametrize("button, left", [("button.needed", [0]), ("button.stop_turns", [])])
async def test_a_next_turn_that_passed_by_is_still_the_next(
    agreed: Welcome, button: str, left: list[int]
) -> None:
    """Nobody did anything to it: it is taken back, or ended, with the one before it."""
    yusuf, number = agreed.people["Yusuf"], agreed.number(PRACTICE)
    await agreed.says(yusuf, f"/notneeded {number}")
    message, words = agreed.button(yusuf, button)
    following = agreed.task(PRACTICE)
    await agreed.until(agreed.at(following["due"] + timedelta(days=8), "12:00"))
    assert agreed.task(PRACTICE)["turn"] > following["turn"]
    await agreed.telegram.press(yusuf, None, message, words)
    await agreed.settle()
    assert open_turns(agreed, PRACTICE) == [number + offset for offset in left]


@pytest.mark.parametrize("button, left", [("button.undo_done", 2), ("button.stop_turns", 1)])
async def test_of_two_series_with_the_same_words_the_right_one_is_meant(
    group: Welcome, button: str, left: int
) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await group.says(bram, "/task elke vrijdag koffie", group=True)
    brams = group.number("koffie")
    await group.says(anna, "/task elke woensdag koffie", group=True)
    annas = group.task("koffie")
    await group.says(bram, f"/done {brams}", group=True)
    brams = group.number("koffie")
    if button == "button.undo_done":
        await group.says(anna, f"/done {annas['number']}", group=True)
        await group.taps(anna, button, group=True)
    else:
        await group.says(anna, f"/claim {annas['number']}", group=True)
        await group.until(group.at(annas["due"] + timedelta(days=2), "12:00"))
        await group.taps(anna, "button.drop")
        await group.taps(anna, button)
    assert brams in open_turns(group, "koffie")
    assert len(open_turns(group, "koffie")) == left


async def test_what_was_ended_begins_again_when_it_is_needed(agreed: Welcome) -> None:
    yusuf, number = agreed.people["Yusuf"], agreed.number(PRACTICE)
    await agreed.says(yusuf, f"/notneeded {number}")
    message, words = agreed.button(yusuf, "button.needed")
    await agreed.taps(yusuf, "button.stop_turns")
    await agreed.telegram.press(yusuf, None, message, words)
    await agreed.settle()
    assert open_turns(agreed, PRACTICE) == [number]
    await agreed.says(yusuf, f"/done {number}")
    assert len(open_turns(agreed, PRACTICE)) == 1


async def test_a_task_that_was_done_since_is_not_needed_after_all(agreed: Welcome) -> None:
    yusuf, number = agreed.people["Yusuf"], agreed.number("phone-and-mail")
    await agreed.says(yusuf, f"/notneeded {number}")
    message, words = agreed.button(yusuf, "button.needed")
    await agreed.telegram.press(yusuf, None, message, words)
    await agreed.says(yusuf, f"/done {number}")
    agreed.mark(yusuf)
    toast = await agreed.telegram.press(yusuf, None, message, words)
    await agreed.settle()
    assert toast
    assert toast.text == agreed.phrase("button.old", "en")
    assert not agreed.told(yusuf, "decide.needed")
