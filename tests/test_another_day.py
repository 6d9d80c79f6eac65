"""Another day for what is late: in words or by a button, with an hour, and told to who does it together."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.story import Welcome
from tests.test_reminders import count, listen, own_task

FRIDAY = date(2026, 12, 4)
TASK = "sleutels ophalen"


async def late_appointment(world: Welcome) -> None:
    """Anna is asked what came of her appointment, and taps that it is for another day."""
    anna = world.people["Anna"]
    await world.says(anna, f"/task 25 november 14:00 {TASK}", group=True)
    await world.says(anna, f"/claim {world.number(TASK)}", group=True)
    await world.until(world.at(date(2026, 11, 27), "12:00"))
    await world.taps(anna, "button.move")
    listen(world)


async def late_task(world: Welcome) -> None:
    """Anna is asked what to do with what should have been done."""
    await own_task(world, 1)
    await world.says(world.people["Anna"], f"/claim {world.number(TASK)}", group=True)
    await world.until(world.at(date(2026, 11, 27), "12:00"))
    assert world.has_button(world.people["Anna"], "button.move")


async def test_an_hour_that_is_typed_makes_an_appointment(group: Welcome) -> None:
    anna = group.people["Anna"]
    await late_appointment(group)
    await group.says(anna, "vrijdag 4 december 15:00")
    assert group.task(TASK)["at"] == group.at(FRIDAY, "15:00")
    assert group.told(group.group, "when.planned", at=group.at(FRIDAY, "15:00"))
    await group.until(group.at(FRIDAY, "13:00"))
    assert count(group, anna, "remind.soon") == 1


async def test_two_hours_that_may_be_meant_are_asked_about(group: Welcome) -> None:
    anna = group.people["Anna"]
    await late_appointment(group)
    assert group.told(await group.says(anna, "vrijdag 4 december om 8 uur"), "when.which")
    await group.presses(anna, "20:00")
    assert group.task(TASK)["at"] == group.at(FRIDAY, "20:00")


async def went(world: Welcome) -> None:
    """Anna and Yusuf went together; it is not done, and both are asked."""
    anna, yusuf, key = world.people["Anna"], world.people["Yusuf"], "phone-and-mail"
    await world.says(anna, f"/claim {world.number(key)}", group=True)
    await world.plans(anna, key, "2 december 14:00")
    await world.taps(yusuf, "button.fits")
    await world.until(world.at(date(2026, 12, 3), "12:00"))
    listen(world)


async def test_whoever_must_agree_to_the_hour_is_asked(agreed: Welcome) -> None:
    anna, yusuf, at = agreed.people["Anna"], agreed.people["Yusuf"], agreed.at(date(2026, 12, 12), "10:00")
    await went(agreed)
    await agreed.taps(anna, "button.move")
    await agreed.says(anna, "12 december 10:00")
    assert agreed.told(yusuf, "when.proposal", at=at)
    assert (agreed.task("phone-and-mail")["at"], count(agreed, anna, "move.done")) == (None, 0)
    await agreed.taps(yusuf, "button.fits")
    assert agreed.task("phone-and-mail")["at"] == at


@pytest.mark.parametrize("name, other", [("Anna", "Yusuf"), ("Yusuf", "Anna")])
async def test_who_goes_too_reads_the_new_day(agreed: Welcome, name: str, other: str) -> None:
    due, key = date(2026, 12, 10), "phone-and-mail"
    await went(agreed)
    await agreed.taps(agreed.people[name], "button.move")
    assert agreed.told(await agreed.says(agreed.people[name], "10 december"), "move.done", due=due)
    assert agreed.told(agreed.people[other], "move.told", who=name, due=due)
    assert not count(agreed, agreed.people[name], "move.told")
    assert (agreed.task(key)["at"], agreed.task(key)["due"]) == (None, due)


@pytest.mark.parametrize("before", ["the button", "the day"])
async def test_what_has_an_appointment_to_come_keeps_its_last_day(group: Welcome, before: str) -> None:
    """The appointment was made after the question, or after the button under it."""
    anna, number, due = group.people["Anna"], group.number, group.today + timedelta(days=1)
    await late_task(group)
    if before == "the day":
        await group.taps(anna, "button.move")
        asked = group.telegram.history(anna)[-1]
    await group.says(anna, f"/when {number(TASK)} 3 december 14:00", group=True)
    group.mark(anna)
    if before == "the day":
        day = asked["reply_markup"]["inline_keyboard"][0][0]["text"]
        await group.telegram.press(anna, None, asked, day)
        await group.settle()
        assert group.told(anna, "when.hour")
    else:
        await group.taps(anna, "button.move")
        assert group.told(anna, "when.day")
    assert (group.task(TASK)["at"], group.task(TASK)["due"]) == (group.at(date(2026, 12, 3), "14:00"), due)
    await group.says(anna, "vrijdag 4 december 15:00")
    assert (group.task(TASK)["at"], group.task(TASK)["due"]) == (group.at(FRIDAY, "15:00"), due)


@pytest.mark.parametrize("words", ["laat maar", "Nee,", "nee dank u"])
async def test_the_question_for_another_day_can_be_left(group: Welcome, words: str) -> None:
    anna = group.people["Anna"]
    await late_task(group)
    due = group.task(TASK)["due"]
    await group.taps(anna, "button.move")
    assert group.told(await group.says(anna, words), "asking.left")
    assert group.told(await group.says(anna, "10 december"), "private.hint")
    assert group.task(TASK)["due"] == due
