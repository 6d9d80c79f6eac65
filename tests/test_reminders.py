"""What comes by itself: appointments to those who go, what nobody took, what is late, and silence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.story import Welcome

THURSDAY = date(2026, 11, 26)


async def appointment(world: Welcome, name: str, key: str, day: date, hour: str) -> None:
    await world.says(world.people[name], f"/claim {world.number(key)}", group=True)
    await world.plans(world.people[name], key, f"{day:%d-%m-%Y} {hour}")
    if world.task(key)["proposed"]:
        await world.taps(world.people["Yusuf"], "button.fits")
    assert world.task(key)["at"] == world.at(day, hour)


def count(world: Welcome, where: Any, key: str, **args: Any) -> int:
    return sum(world.told([text], key, **args) for text in world.heard(where))


def listen(world: Welcome) -> None:
    for where in (world.group, *world.people.values()):
        world.mark(where)


# appointments


async def test_the_eve_and_two_hours_before_privately_to_those_who_go(agreed: Welcome) -> None:
    anna, bram, yusuf, carla = (agreed.people[name] for name in ("Anna", "Bram", "Yusuf", "Carla"))
    day = date(2026, 12, 2)
    await appointment(agreed, "Anna", "phone-and-mail", day, "14:00")
    listen(agreed)
    await agreed.until(agreed.at(day - timedelta(days=1), "18:59"))
    assert not count(agreed, anna, "remind.eve")
    await agreed.until(agreed.at(day - timedelta(days=1), "19:00"))
    at = agreed.at(day, "14:00")
    assert count(agreed, anna, "remind.eve", at=at) == 1
    assert count(agreed, yusuf, "remind.eve", at=at) == 1
    await agreed.until(agreed.at(day, "11:59"))
    assert not count(agreed, anna, "remind.soon")
    await agreed.until(agreed.at(day, "12:00"))
    assert count(agreed, anna, "remind.soon", at=at) == 1
    assert count(agreed, yusuf, "remind.soon", at=at) == 1
    assert agreed.told(anna, "remind.with", who="Yusuf")
    for where in (agreed.group, bram, carla):
        assert not count(agreed, where, "remind.eve")
        assert not count(agreed, where, "remind.soon")
    await agreed.wait(days=1)
    assert count(agreed, anna, "remind.soon") == 1


@pytest.mark.parametrize("hour", ["08:00", "09:00", "09:59"])
async def test_an_early_appointment_is_told_once_the_evening_before(group: Welcome, hour: str) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, hour)
    listen(group)
    await group.until(group.at(THURSDAY - timedelta(days=1), "20:29"))
    assert not group.heard(anna)
    await group.until(group.at(THURSDAY - timedelta(days=1), "20:30"))
    assert count(group, anna, "remind.eve") == 1
    await group.until(group.at(THURSDAY, hour))
    assert count(group, anna, "remind.soon") == 0
    assert count(group, anna, "remind.eve") == 1


async def test_nothing_is_said_in_quiet_hours(agreed: Welcome) -> None:
    """Four weeks with appointments at all hours: not one message between 21:00 and 8:00."""
    for days, hour in ((3, "08:30"), (5, "23:30"), (6, "10:15"), (9, "07:00"), (12, "22:00")):
        await agreed.says(agreed.people["Anna"], f"/task iets {days}", group=True)
        await appointment(agreed, "Anna", f"iets {days}", date(2026, 12, 1) + timedelta(days=days), hour)
    said = len(agreed.requests)
    night: list[str] = []
    while agreed.clock.now() < agreed.at(date(2026, 12, 22)):
        due = await agreed.app.next_due()
        assert due
        await agreed.until(due)
        hour = due.astimezone(agreed.at(date(2026, 1, 1)).tzinfo).hour
        sends = [str(p) for m, p in agreed.requests[said:] if m == "sendMessage"]
        said = len(agreed.requests)
        night += sends if hour >= 21 or hour < 8 else []
    assert not night


async def test_released_or_done_means_no_reminder(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    await appointment(group, "Bram", "daytime", THURSDAY, "15:00")
    await group.says(anna, "/release vog", group=True)
    await group.says(bram, f"/done {group.number('daytime')}", group=True)
    listen(group)
    await group.until(group.at(THURSDAY, "20:00"))
    for who in (anna, bram):
        assert not count(group, who, "remind.eve")
        assert not count(group, who, "remind.soon")


async def test_who_joins_later_is_reminded_too(group: Welcome) -> None:
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    await group.says(group.people["Bram"], "/claim vog", group=True)
    await group.taps(group.people["Bram"], "button.join", group=True)
    listen(group)
    await group.until(group.at(THURSDAY, "13:00"))
    assert count(group, group.people["Bram"], "remind.soon") == 1
    assert count(group, group.people["Anna"], "remind.soon") == 1


# what nobody took, and what is late


async def own_task(world: Welcome, days: int, words: str = "sleutels ophalen") -> int:
    """A task of the group's own with a last day; no other task is asked for."""
    due = world.today + timedelta(days=days)
    await world.says(world.people["Anna"], f"/task {words} voor {due:%d-%m-%Y}", group=True)
    number = world.number(words)
    assert world.task(words)["due"] == due
    return number


async def looks(world: Welcome, days: int) -> list[str]:
    """The days that pass, and what the group heard in them."""
    world.mark(world.group)
    await world.wait(days=days)
    return world.heard(world.group)


def under(world: Welcome, said: list[str], heading: str) -> list[str]:
    """The lines that stood under a heading of the daily message, in Dutch."""
    headings = {world.phrase(f"day.{key}") for key in ("unclaimed", "last_call", "open", "week", "phase")}
    found, here = [], ""
    for line in "\n".join(text.split("\n\n")[0] for text in said).splitlines():
        here = line if line in headings else here
        if here == world.phrase(f"day.{heading}") and line != here:
            found.append(line)
    return found


async def test_unclaimed_is_raised_once_and_a_last_call_follows(group: Welcome) -> None:
    number = await own_task(group, 10)
    said = await looks(group, 12)
    for heading in ("unclaimed", "last_call"):
        lines = under(group, said, heading)
        assert len([line for line in lines if line.startswith(f"{number}. sleutels ophalen")]) == 1
        assert len(lines) == len(set(lines))
    assert not [text for text in await looks(group, 7) if "sleutels ophalen" in text]


async def test_a_claimed_task_is_not_raised(group: Welcome) -> None:
    number = await own_task(group, 10)
    await group.says(group.people["Anna"], f"/claim {number}", group=True)
    said = await looks(group, 9)
    assert under(group, said, "unclaimed")
    for heading in ("unclaimed", "last_call"):
        assert not [line for line in under(group, said, heading) if "sleutels ophalen" in line]


async def last_call(world: Welcome) -> int:
    number = await own_task(world, 5)
    for _ in range(5):
        await world.wait(days=1)
        if any(world.told([text], "day.last_call") for text in world.words(world.group)):
            return number
    raise AssertionError("no last call")


async def test_the_community_builder_is_asked_only_on_a_tap(group: Welcome) -> None:
    carla, anna = group.people["Carla"], group.people["Anna"]
    group.mark(carla)
    await last_call(group)
    assert not group.told(carla, "builder.asked")
    await group.taps(anna, "button.ask_builder", group=True)
    assert group.told(carla, "builder.asked", who="Anna")
    assert group.told(group.group, "builder.told")
    assert await group.taps(anna, "button.ask_builder", group=True) == group.phrase("button.old")
    assert count(group, carla, "builder.asked") == 1


@pytest.mark.parametrize(
    "how", ["nee", "No", "لا", "tap", "Nee,", "nee 👍", "HAYIR", "Nee, dank u!", "لا، شكرًا"]
)
async def test_a_no_stops_the_asking(group: Welcome, how: str) -> None:
    carla, bram = group.people["Carla"], group.people["Bram"]
    await last_call(group)
    raised = next(
        m for m in reversed(group._own(group.group)) if group.told([group._text(m)], "day.last_call")
    )
    if how == "tap":
        await group.taps(bram, "button.we_will", group=True)
    else:
        await group.says(bram, how, group=True, reply_to=raised["message_id"])
    assert group.told(group.group, "asking.stopped")
    group.mark(carla)
    said = await looks(group, 5)
    assert not [text for text in said if "sleutels ophalen" in text]
    assert not group.told(carla, "builder.asked")


async def test_other_words_in_reply_are_no_no(group: Welcome) -> None:
    number = await last_call(group)
    raised = next(
        m for m in reversed(group._own(group.group)) if group.told([group._text(m)], "day.last_call")
    )
    await group.says(
        group.people["Bram"], "nee hoor, ik kijk even", group=True, reply_to=raised["message_id"]
    )
    assert not group.told(group.group, "asking.stopped")
    assert not group.rows("select quiet from task where number = ?", number)[0]["quiet"]


async def overdue(world: Welcome) -> int:
    number = await own_task(world, 2)
    await world.says(world.people["Anna"], f"/claim {number}", group=True)
    world.mark(world.people["Anna"])
    for _ in range(5):
        await world.wait(days=1)
        if world.told(world.people["Anna"], "remind.overdue"):
            return number
    raise AssertionError("not asked")


async def test_overdue_is_asked_of_the_person_alone_and_once(group: Welcome) -> None:
    group.mark(group.group)
    await overdue(group)
    anna = group.people["Anna"]
    assert not [text for text in group.heard(group.group) if "sleutels" in text and "klaar moeten" in text]
    await group.wait(days=10)
    assert count(group, anna, "remind.overdue") == 1


@pytest.mark.parametrize("choice", ["done", "hand_over", "drop", "move", "move in words"])
async def test_what_is_late_is_done_handed_over_dropped_or_moved(group: Welcome, choice: str) -> None:
    anna = group.people["Anna"]
    await overdue(group)
    button = "move" if choice == "move in words" else choice
    await group.taps(anna, f"button.{button}")
    wanted = group.today + timedelta(days=7)
    if choice == "move":
        await group.taps(anna, "same", it=wanted)
    elif choice == "move in words":
        assert group.told(await group.says(anna, "gisteren"), "when.past")
        await group.says(anna, f"{wanted:%d-%m-%Y}")
    task = group.task("sleutels ophalen")
    assert task["state"] == {"done": "done", "drop": "dropped"}.get(choice, "open")
    assert task["who"] == ([] if choice == "hand_over" else ["Anna"])
    if button == "move":
        assert task["due"] == wanted
        await group.wait(days=10)
        assert count(group, anna, "remind.overdue") == 1


@pytest.mark.parametrize("words", ["nee", "No.", "لا"])
async def test_a_no_in_private_stops_the_asking(group: Welcome, words: str) -> None:
    anna = group.people["Anna"]
    await overdue(group)
    assert not group.task("sleutels ophalen")["quiet"]
    assert group.told(await group.says(anna, words), "asking.stopped")
    assert group.task("sleutels ophalen")["quiet"]
    assert group.told(await group.says(anna, words), "private.hint")


async def test_a_no_days_later_means_nothing(group: Welcome) -> None:
    await overdue(group)
    await group.wait(days=4)
    assert group.told(await group.says(group.people["Anna"], "nee"), "private.hint")
    assert not group.task("sleutels ophalen")["quiet"]


# how much somebody hears


@pytest.mark.parametrize("level, appointments, asked", [("all", 1, 2), ("own", 1, 0), ("none", 0, 0)])
async def test_each_chooses_how_much(group: Welcome, level: str, appointments: int, asked: int) -> None:
    """Of the appointment before it and, another day, what came of it; and of what should be done by now."""
    anna = group.people["Anna"]
    await group.says(anna, "/settings")
    await group.taps(anna, f"settings.{level}")
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    number = await own_task(group, 1)
    await group.says(anna, f"/claim {number}", group=True)
    listen(group)
    await group.wait(days=6)
    assert count(group, anna, "remind.soon") == appointments
    of_both = count(group, anna, "remind.overdue") + count(group, anna, "remind.how_was_it")
    assert of_both == asked


async def test_settings_come_back_when_asked_for_and_show_the_choice(group: Welcome) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/settings"), "settings.title")
    await group.taps(anna, "settings.own")
    assert group.told(await group.says(anna, "/settings"), "settings.title")
    assert [w for _, w in group.labels(anna)][:3].count(
        group.phrase("button.chosen", it=group.phrase("settings.own"))
    ) == 1
    assert group.told(await group.says(anna, "/settings", group=True), "private.only")


async def test_the_settings_promise_what_there_is(group: Welcome) -> None:
    """Nobody hears in private what is still free, so no choice may say so."""
    words = {language: group.phrase("settings.all", language) for language in group.languages("settings.all")}
    assert len(words) == 8
    for language, telling in words.items():
        assert len(telling) <= 60, language
    assert "vrij" not in words["nl"]
    assert "free" not in words["en"]
