"""Appointments that are off, and dates that move back: who reads it, and what stands all the same."""

from __future__ import annotations

from bot.demo.telegram import Account
from tests.story import Welcome

KEY = "phone-and-mail"


async def agree(world: Welcome, words: str = "2 december 14:00", key: str = KEY) -> None:
    """Anna has the task, and the newcomer said yes to her moment."""
    anna, yusuf = world.people["Anna"], world.people["Yusuf"]
    await world.says(anna, f"/claim {world.number(key)}", group=True)
    await world.plans(anna, key, words)
    await world.taps(yusuf, "button.fits")


def listen(world: Welcome, *others: Account) -> None:
    for where in (world.group, *world.people.values(), *others):
        world.mark(where)


async def test_a_new_moment_that_does_not_suit_leaves_the_agreed_one(agreed: Welcome) -> None:
    anna, bram, yusuf = (agreed.people[name] for name in ("Anna", "Bram", "Yusuf"))
    await agree(agreed)
    at = agreed.task(KEY)["at"]
    await agreed.plans(bram, KEY, "3 december 16:00")
    listen(agreed)
    await agreed.taps(yusuf, "button.fits_not")
    assert (agreed.task(KEY)["at"], agreed.task(KEY)["proposed"]) == (at, None)
    assert agreed.told(bram, "when.not_then")
    assert agreed.told(bram, "task.planned_at", at=at)
    assert not agreed.heard(anna)
    assert not agreed.told(agreed.group, "when.off")
    await agreed.until(agreed.at(at.date(), "13:00"))
    assert agreed.told(anna, "remind.soon", at=at)


async def test_an_adult_who_never_said_yes_does_not_call_off_the_others_appointment(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    mariam = await agreed.second_adult("yes")
    await agree(agreed)
    at = agreed.task(KEY)["at"]
    listen(agreed, mariam)
    await agreed.taps(mariam, "button.fits_not")
    assert agreed.task(KEY)["at"] == at
    assert agreed.told(mariam, "when.told_no")
    assert not agreed.told(agreed.group, "when.off")
    assert not agreed.heard(yusuf)


async def test_later_takes_back_the_appointment_in_the_group_too(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agree(agreed)
    at = agreed.task(KEY)["at"]
    await agreed.says(yusuf, f"/task {agreed.number(KEY)}")
    listen(agreed)
    await agreed.taps(yusuf, "button.later")
    assert agreed.told(agreed.group, "when.off", number=agreed.number(KEY), at=at)


async def test_what_is_not_needed_is_off_in_the_group_too(agreed: Welcome) -> None:
    await agree(agreed)
    at = agreed.task(KEY)["at"]
    listen(agreed)
    await agreed.says(agreed.people["Yusuf"], f"/notneeded {agreed.number(KEY)}")
    assert agreed.told(agreed.group, "when.off", number=agreed.number(KEY), at=at)


async def test_what_waited_moves_back_when_the_appointment_is_off(agreed: Welcome) -> None:
    before = agreed.task("bank")["due"]
    await agree(agreed, "20 december 14:00", key="bsn")
    moved = agreed.task("bank")["due"]
    assert moved != before
    listen(agreed)
    await agreed.taps(agreed.people["Yusuf"], "button.fits_not")
    assert agreed.task("bank")["due"] == before
    assert agreed.told(agreed.group, "moved.waits", task=agreed.title("bank"), due=before)


async def test_what_moved_with_a_finish_moves_back_with_its_undo(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    await agreed.wait(days=26)
    before = agreed.task("bank")["due"]
    await agreed.says(anna, f"/done {agreed.number('bsn')}", group=True)
    assert agreed.task("bank")["due"] != before
    listen(agreed)
    await agreed.taps(anna, "button.undo_done", group=True)
    assert agreed.task("bank")["due"] == before
    assert agreed.told(agreed.group, "moved.title")


async def test_what_moves_of_a_newcomers_own_they_alone_read(agreed: Welcome) -> None:
    anna, yusuf, carla = (agreed.people[name] for name in ("Anna", "Yusuf", "Carla"))
    own = next(t for t in agreed.content.plans["resettlement"].tasks if t.private and t.after == "arrival")
    title = agreed.title(own.key)
    await agreed.says(carla, "/start")
    await agreed.presses(carla, "Yusuf")
    await agreed.taps(carla, "button.arrival")
    listen(agreed)
    await agreed.says(carla, "1 maart 2027")
    assert agreed.told(agreed.group, "moved.title")
    read = "\n".join(agreed.heard(yusuf))
    assert agreed.told(yusuf, "moved.title")
    assert title.texts["en"] in read
    for where in (agreed.group, anna, carla):
        assert not any(words in text for words in title.texts.values() for text in agreed.heard(where))
