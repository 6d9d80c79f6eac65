"""Tasks that come back: their turns, moved, dropped, missed and ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.story import Welcome


async def test_every_tuesday_comes_back_each_week(group: Welcome) -> None:
    anna = group.people["Anna"]
    said = await group.says(anna, "/task elke dinsdag samen fietsen", group=True)
    assert group.told(said, "task.weekly")
    first = group.task("samen fietsen")
    assert first["due"].weekday() == 1
    said = await group.says(anna, f"/done {first['number']}", group=True)
    second = group.task("samen fietsen")
    assert group.told(said, "task.next_turn", number=second["number"])
    assert second["due"] == first["due"] + timedelta(days=7)
    assert second["who"] == []
    await group.taps(anna, "button.undo_done", group=True)
    turns = group.rows("select * from task where words = 'samen fietsen'")
    assert [turn["state"] for turn in turns] == ["open"]


@pytest.mark.parametrize(
    "words, days, first",
    [("elke week de vuilnis", 7, 7), ("elke dag de vuilnis", 1, 0), ("elke twee weken de vuilnis", 14, 14)],
)
async def test_a_rhythm_without_a_weekday_comes_back_too(
    group: Welcome, words: str, days: int, first: int
) -> None:
    anna = group.people["Anna"]
    said = await group.says(anna, f"/task {words}", group=True)
    rhythm = ("task.weekly", {}) if days == 7 else ("task.recurs", {"n": days})
    assert group.told(said, rhythm[0], **rhythm[1])
    assert group.task("de vuilnis")["due"] == group.today + timedelta(days=first)
    await group.says(anna, f"/done {group.number('de vuilnis')}", group=True)
    assert group.task("de vuilnis")["due"] == group.today + timedelta(days=first + days)


async def test_several_days_of_a_week_make_no_task(group: Welcome) -> None:
    said = await group.says(group.people["Anna"], "/task elke dinsdag en donderdag zwemmen", group=True)
    assert group.told(said, "when.one_rhythm")
    assert not group.rows("select * from task where key is null")


async def test_a_turn_that_was_taken_is_not_lost_by_an_undo(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await group.says(anna, "/task elke dinsdag samen fietsen", group=True)
    await group.says(anna, f"/done {group.number('samen fietsen')}", group=True)
    undo, words = group.button(group.group, "button.undo_done")
    await group.says(bram, f"/claim {group.number('samen fietsen')}", group=True)
    await group.telegram.press(anna, group.group, undo, words)
    await group.settle()
    assert group.task("samen fietsen")["who"] == ["Bram"]


async def test_a_turn_done_late_is_never_due_in_the_past(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/task elke dinsdag samen fietsen", group=True)
    await group.wait(days=31)
    await group.says(anna, f"/done {group.number('samen fietsen')}", group=True)
    following = group.task("samen fietsen")["due"]
    assert following > group.today
    assert following.weekday() == 1


async def test_turns_of_the_plan_end(agreed: Welcome) -> None:
    """Weekly letters come twelve times, one after the other."""
    anna = agreed.people["Anna"]
    spec = next(t for t in agreed.content.plans["resettlement"].tasks if t.key == "weekly-letters")
    assert spec.turns
    for _ in range(spec.turns):
        await agreed.says(anna, f"/done {agreed.number('weekly-letters')}", group=True)
    turns = agreed.rows("select * from task where key = 'weekly-letters'")
    assert len(turns) == spec.turns
    assert all(turn["state"] == "done" for turn in turns)


async def practice(world: Welcome) -> tuple[int, date]:
    """A weekly task of the plan that the newcomer decides about: its number, and its day."""
    task = world.task("weekly-language-start")
    return task["number"], task["due"]


async def test_one_turn_that_is_not_needed_does_not_end_the_others(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    number, due = await practice(agreed)
    said = await agreed.says(yusuf, f"/notneeded {number}")
    following = agreed.task("weekly-language-start")
    assert agreed.told(said, "task.next_turn", number=following["number"])
    assert (following["number"] != number, following["due"] > due, following["turn"]) == (True, True, 2)
    await agreed.taps(yusuf, "button.needed")
    turns = agreed.rows("select * from task where key = 'weekly-language-start'")
    assert [(turn["number"], turn["state"]) for turn in turns] == [(number, "open")]


async def test_all_turns_can_be_ended(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    number, _ = await practice(agreed)
    await agreed.says(yusuf, f"/notneeded {number}")
    await agreed.taps(yusuf, "button.stop_turns")
    assert agreed.told(yusuf, "decide.stopped")
    turns = agreed.rows("select * from task where key = 'weekly-language-start'")
    assert [turn["state"] for turn in turns] == ["dropped", "dropped"]
    assert await agreed.taps(yusuf, "button.stop_turns") == agreed.phrase("button.old", "en")


async def test_a_turn_that_was_put_off_does_not_move_the_next(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    number, due = await practice(agreed)
    await agreed.says(yusuf, f"/task {number}")
    await agreed.taps(yusuf, "button.later")
    put_off = agreed.task("weekly-language-start")["due"]
    assert put_off > due
    await agreed.says(yusuf, f"/done {number}")
    following = agreed.task("weekly-language-start")["due"]
    assert (following - due) % timedelta(days=7) == timedelta()
    assert following < put_off


async def test_a_turn_that_nobody_took_makes_room_for_the_next(group: Welcome) -> None:
    await group.says(group.people["Anna"], "/task elke woensdag koffie", group=True)
    first = group.task("koffie")["due"]
    for turn in range(1, 4):
        await group.until(group.at(first + timedelta(days=7 * turn), "10:00"))
        task = group.task("koffie")
        assert (task["due"], task["turn"]) == (first + timedelta(days=7 * turn), turn + 1)


async def test_who_drops_an_overdue_turn_may_end_it(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/task elke woensdag koffie", group=True)
    await group.says(anna, f"/claim {group.number('koffie')}", group=True)
    await group.until(group.at(group.task("koffie")["due"] + timedelta(days=2), "12:00"))
    await group.taps(anna, "button.drop")
    following = group.task("koffie")
    assert (following["turn"], following["state"]) == (2, "open")
    await group.taps(anna, "button.stop_turns")
    assert group.task("koffie")["state"] == "dropped"


async def test_turns_of_the_plan_that_nobody_took_stay_where_they_went(agreed: Welcome) -> None:
    """The plan's own dates do not bring a turn back that went by."""
    key = "weekly-language-start"
    begun = agreed.task(key)["due"]
    await agreed.until(agreed.at(begun + timedelta(days=16), "12:00"))
    agreed.mark(agreed.group)
    due = agreed.task(key)["due"]
    assert due == begun + timedelta(days=14)
    await agreed.wait(days=3)
    assert agreed.task(key)["due"] == due
    assert not agreed.told(agreed.group, "moved.title")
