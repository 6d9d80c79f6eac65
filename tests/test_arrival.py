"""The day of arrival is read back with its year, and what comes after it is not late at its birth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.story import ARRIVAL, Welcome


@pytest.mark.parametrize(
    "words, key, day",
    [
        ("eind maart", "arrival.roughly", date(2027, 3, 21)),
        ("3 maart", "arrival.noted", date(2027, 3, 3)),
        ("volgende week", "arrival.roughly", date(2026, 11, 30)),
        ("1 juli 2026", "arrival.was", date(2026, 7, 1)),
    ],
)
async def test_a_new_groups_arrival_is_read_back_and_can_be_changed(
    world: Welcome, words: str, key: str, day: date
) -> None:
    carla = await world.with_coordinator()
    await world.makes_room_until_arrival(carla)
    assert world.told(await world.says(carla, words), key, day=day, year=str(day.year))
    await world.taps(carla, "button.change_arrival")
    assert world.told(carla, "newgroup.arrival")
    assert world.told(await world.says(carla, "8 december 2026"), "arrival.noted", year="2026")
    assert world.room_row()["arrival"] == "2026-12-08"


async def test_a_week_is_read_back_as_about(world: Welcome) -> None:
    carla = await world.with_coordinator()
    await world.makes_room_until_arrival(carla)
    await world.taps(carla, "newgroup.week", day=date(2026, 12, 7))
    assert world.told(carla, "arrival.roughly", day=date(2026, 12, 7), year="2026")
    await world.menu()
    assert world.told(carla, "group.arrival", day=date(2026, 12, 7), year="2026")


async def test_the_menu_offers_the_same_weeks(group: Welcome) -> None:
    carla = await group.menu()
    await group.taps(carla, "button.arrival")
    group.mark(group.group)
    await group.taps(carla, "newgroup.week", day=date(2026, 12, 14))
    assert group.told(carla, "arrival.roughly", day=date(2026, 12, 14), year="2026")
    assert group.told(group.group, "arrival.told", day=date(2026, 12, 14))
    assert group.told([group.board], "board.before", arrival=date(2026, 12, 14))
    await group.taps(carla, "button.change_arrival")
    assert group.told(await group.says(carla, "21 december 2026"), "arrival.noted")
    assert group.room_row()["arrival"] == "2026-12-21"


async def test_an_arrival_may_become_unknown_again(group: Welcome) -> None:
    carla = await group.menu()
    await group.taps(carla, "button.arrival")
    await group.taps(carla, "button.not_known")
    assert group.told(carla, "group.no_arrival")
    assert group.told(group.group, "group.no_arrival")
    assert group.room_row()["arrival"] is None
    assert group.task("phone-and-mail")["due"] is None
    await group.new_arrival("8 december 2026")
    assert group.task("phone-and-mail")["due"] > date(2026, 12, 7)


@pytest.mark.parametrize(
    "words, key",
    [
        ("onbekend", "arrival.unclear"),
        ("1 januari 2020", "arrival.long_past"),
        ("1 december 2099", "arrival.far"),
    ],
)
async def test_what_is_no_arrival_is_answered_with_the_weeks(group: Welcome, words: str, key: str) -> None:
    carla = await group.menu()
    await group.taps(carla, "button.arrival")
    assert group.told(await group.says(carla, words), key)
    assert group.button(carla, "button.not_known")[0] == group.telegram.history(carla)[-1]
    await group.taps(carla, "newgroup.week", day=date(2026, 12, 7))
    assert group.room_row()["arrival"] == "2026-12-07"


async def test_the_question_after_arrival_says_why_it_comes_again(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    assert not agreed.told(agreed.words(yusuf), "consent.again")
    await agreed.until(agreed.at(ARRIVAL + timedelta(days=3), "20:00"))
    asked = [text for text in agreed.words(yusuf) if agreed.told([text], "consent.question")][-1]
    assert asked.startswith(agreed.phrase("consent.again", "en"))
    await agreed.taps(yusuf, "button.consent_yes")
    assert agreed.told(yusuf, "consent.yes")


async def test_a_new_arrival_asks_consent_again(world: Welcome) -> None:
    await world.with_newcomer(arrival="")
    await world.new_arrival("8 december 2026")
    yusuf = world.people["Yusuf"]
    world.mark(yusuf)
    await world.until(world.at(ARRIVAL + timedelta(days=11)))
    assert world.told(yusuf, "consent.question")


async def test_tasks_for_children_are_not_late_when_they_come(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL + timedelta(days=3), "20:00"))
    await agreed.taps(yusuf, "button.consent_yes")
    await agreed.wait(days=30)
    before = {row["key"] for row in agreed.rows("select key from task")}
    await agreed.taps(yusuf, "button.children")
    said = await agreed.says(yusuf, "4 en 11")
    added = [row for row in agreed.rows("select * from task") if row["key"] not in before]
    dated = [date.fromisoformat(row["due"]) for row in added if row["due"]]
    legal = {key for plan in agreed.content.plans.values() for key, t in plan.by_key.items() if t.legal}
    soonest = min(date.fromisoformat(row["due"]) for row in added if row["due"] and row["key"] not in legal)
    assert len(dated) > 2
    assert soonest == agreed.today + timedelta(days=14)
    assert agreed.told(said, "household.known")
    assert agreed.told(said, "household.from_today")
    assert all(agreed.phrase("same", "en", it=agreed.title(row["key"])) in said[0] for row in added)
    await agreed.says(yusuf, "/next")
    assert agreed.task(added[0]["key"])["due"] == date.fromisoformat(added[0]["due"])


async def test_without_an_arrival_the_board_shows_what_comes_before_it(world: Welcome) -> None:
    """Not what comes months after a day that nobody knows."""
    await world.with_group(arrival="")
    await world.wait(days=1)
    plan = world.content.plans["resettlement"]
    first, *later = (phase.key for phase in plan.phases)
    of_group = [task for task in plan.tasks if task.area == "group"]
    shown = [task for task in of_group if f"{world.title(task.key).texts['nl']} —" in world.board]
    assert shown
    assert {plan.phase_by_task[task.key] for task in shown} == {first}
    assert {plan.phase_by_task[task.key] for task in of_group} & {*later}


async def test_without_an_arrival_the_weeks_overview_offers_what_can_be_done(world: Welcome) -> None:
    await world.with_group(arrival="")
    world.mark(world.group)
    await world.wait(days=8)
    assert world.told(world.group, "day.week")
    assert world.told(world.group, "board.free")
    assert world.has_button(world.group, "button.claim_n", number=world.number("vog"))
