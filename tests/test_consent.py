"""The newcomer agrees first: each adult separately, in the own language; silence is no."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.texts import COMPLETE
from tests.story import ARRIVAL, Welcome


def newcomer(world: Welcome, name: str = "Yusuf") -> dict[str, Any]:
    """The member row of a newcomer, by the account or by the name that was entered."""
    found = world.rows(
        "select m.* from member m left join person p on p.id = m.person_id"
        " where m.role = 'newcomer' and coalesce(m.called, p.name) = ?",
        name,
    )
    assert found, f"no newcomer {name}"
    return found[-1]


async def paper(world: Welcome, choice: str) -> None:
    """Carla writes down what a newcomer without Telegram chose."""
    carla = await world.menu()
    await world.taps(carla, "button.on_paper")
    await world.taps(carla, f"button.paper_{choice}")
    if choice != "yes":
        await world.taps(carla, "button.erase")


async def vouched(world: Welcome, choice: str, language: str = "en") -> None:
    """Yusuf joins by a tap, Carla says that it is him, and he chooses."""
    yusuf, carla = world.people["Yusuf"], world.people["Carla"]
    await world.joins(yusuf, "newcomer", language)
    await world.taps(carla, "button.right")
    await world.chooses(yusuf, choice)


async def personal_link(world: Welcome) -> str:
    carla = await world.menu()
    await world.taps(carla, "button.newcomer_link")
    return world.link_in(world.heard(carla))


async def test_before_the_yes_nothing_is_done_with_the_newcomer(group: Welcome) -> None:
    anna, yusuf = group.people["Anna"], group.people["Yusuf"]
    assert group.told(await group.plans(anna, "phone-and-mail", "2 december 14:00"), "when.no_consent")
    assert group.task("phone-and-mail")["at"] is None
    await group.joins(yusuf, "newcomer", "en")
    assert group.told(yusuf, "consent.about")
    for command in ("/tasks", "/mine", "/claim vog", "/plan"):
        assert group.told(await group.says(yusuf, command), "consent.first")
    await group.wait(days=20)
    assert newcomer(group)["consent"] == "unasked"
    assert not group.told(group.words(yusuf), "household.children")
    assert not group.told(group.words(yusuf), "term.coming")


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
async def test_yes(group: Welcome, language: str) -> None:
    yusuf = group.people["Yusuf"]
    group.mark(group.group)
    await group.agrees(yusuf, language)
    row = newcomer(group)
    assert (row["consent"], row["consent_language"]) == ("yes_before", language)
    assert group.told(yusuf, "consent.yes")
    assert group.told(group.group, "consent.group_yes", name="Yusuf")
    anna_id = group.rows(
        "select m.id from member m join person p on p.id = m.person_id where p.telegram = ?",
        group.people["Anna"].id,
    )
    assert row["explained_by"] == (None if language in COMPLETE else anna_id[0]["id"])
    assert group.told(await group.says(yusuf, "/claim vog"), "task.claimed")


async def test_a_draft_alone_never_suffices(group: Welcome) -> None:
    """Read in Arabic, which no native speaker reviewed: a named person must have explained it."""
    yusuf, carla = group.people["Yusuf"], group.people["Carla"]
    await group.joins(yusuf, "newcomer", "ar")
    await group.taps(yusuf, "button.consent")
    asked = "\n".join(group.heard(yusuf))
    for language in COMPLETE:
        assert group.phrase("consent.question", language) in asked
    await group.taps(yusuf, "button.consent_yes")
    assert newcomer(group)["consent"] == "asked"
    group.mark(carla)
    await group.taps(yusuf, "button.nobody_yet")
    assert group.told(yusuf, "consent.wait_for_person")
    assert group.told(carla, "consent.please_explain", name="Yusuf")
    assert newcomer(group)["consent"] == "asked"
    assert group.told(await group.says(yusuf, "/mine"), "consent.first")


async def test_who_explained_may_be_written(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", "ar")
    await group.taps(yusuf, "button.consent")
    await group.taps(yusuf, "button.consent_yes")
    assert group.told(await group.says(yusuf, "صديقتي"), "consent.who_explained")
    assert newcomer(group)["consent"] == "asked"
    assert group.told(await group.says(yusuf, "anna"), "consent.yes")
    assert newcomer(group)["explained_by"]


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
async def test_not_now_waits_and_can_be_changed(group: Welcome, language: str) -> None:
    yusuf = group.people["Yusuf"]
    await group.agrees(yusuf, language, "later")
    assert newcomer(group)["consent"] == "later"
    assert group.told(yusuf, "consent.later")
    assert group.telegram.bot_in(group.group).present
    await group.wait(days=5)
    await group.says(yusuf, "/start")
    await group.chooses(yusuf, "yes")
    assert newcomer(group)["consent"] in ("yes", "yes_before")


async def test_a_choice_can_be_changed_from_privacy_and_start(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    for words in ("/privacy", "/start"):
        await agreed.says(yusuf, words)
        await agreed.taps(yusuf, "button.change_choice")
        assert agreed.told(yusuf, "consent.question")
    assert not agreed.has_button(agreed.people["Anna"], "button.change_choice")


@pytest.mark.parametrize("choice", ["group_only", "neither"])
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
async def test_a_refusal_erases_and_the_bot_goes(group: Welcome, choice: str, language: str) -> None:
    yusuf, carla, anna = (group.people[name] for name in ("Yusuf", "Carla", "Anna"))
    await group.says(anna, "/claim vog", group=True)
    await vouched(group, choice, language)
    assert group.told(yusuf, f"consent.{choice}")
    assert group.told(group.words(group.group), "consent.group_stop")
    assert not group.telegram.bot_in(group.group).present
    assert group.told(group.words(carla), "consent.refused_told")
    assert b"Yusuf" not in group.raw()
    row = group.room_row()
    assert (row["state"], row["arrival"], row["languages"]) == ("closed", None, '["nl"]')
    before = {who: len(group.words(group.people[who])) for who in group.people}
    await group.wait(days=30)
    assert {who: len(group.words(group.people[who])) for who in group.people} == before


async def test_one_tap_erases_nothing(agreed: Welcome) -> None:
    yusuf, carla = agreed.people["Yusuf"], agreed.people["Carla"]
    await agreed.taps(carla, "button.right")
    await agreed.chooses_instead(yusuf, "neither")
    assert agreed.told(yusuf, "consent.ends")
    assert newcomer(agreed)["consent"] == "yes_before"
    await agreed.taps(yusuf, "button.erase_not")
    assert agreed.told(yusuf, "consent.kept")
    assert newcomer(agreed)["consent"] == "yes_before"
    assert agreed.telegram.bot_in(agreed.group).present


async def test_a_no_that_would_erase_more_by_now_is_asked_again(agreed: Welcome) -> None:
    """Mariam was asked about her own part alone; meanwhile she is the only one who agreed."""
    mariam, yusuf = await agreed.second_adult("yes"), agreed.people["Yusuf"]
    await agreed.chooses_instead(mariam, "neither")
    assert agreed.told(mariam, "consent.erases")
    await agreed.says(yusuf, "/leave")
    await agreed.taps(yusuf, "button.leave")
    await agreed.taps(mariam, "button.erase")
    assert agreed.told(mariam, "consent.ends")
    assert agreed.telegram.bot_in(agreed.group).present


async def test_nobody_reads_why_or_what_exactly(group: Welcome) -> None:
    """The group reads one neutral line: neither the choice nor who made it."""
    group.mark(group.group)
    await vouched(group, "neither")
    heard = group.heard(group.group)
    assert len(heard) == 1
    assert "Yusuf" not in heard[0]


async def test_before_departure_through_the_personal_link_and_again_after_arrival(world: Welcome) -> None:
    """Nobody is in a group yet; the newcomer is still abroad."""
    carla = await world.with_coordinator()
    await world.makes_room(carla)
    yusuf = world.person("Yusuf Karim", "ar")
    await world.opens(yusuf, await personal_link(world))
    assert world.told(yusuf, "newcomer.is_it_you", name="Yusuf")
    assert newcomer(world)["person_id"] is None
    world.mark(carla)
    await world.taps(yusuf, "button.that_is_me")
    assert world.told(carla, "newcomer.linked", name="Yusuf")
    await world.taps(yusuf, "language.en")
    await world.chooses(yusuf, "yes")
    assert newcomer(world)["consent"] == "yes_before"
    world.mark(yusuf)
    await world.until(world.at(ARRIVAL, "23:00"))
    assert not world.told(yusuf, "consent.question")
    await world.wait(days=4)
    assert world.told(yusuf, "consent.question")
    await world.taps(yusuf, "button.consent_yes")
    assert newcomer(world)["consent"] == "yes"


async def test_asked_again_after_arrival_twice_and_a_no_counts(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.wait(days=28)
    asked = [text for text in agreed.words(yusuf) if agreed.told([text], "consent.question")]
    assert len(asked) == 3  # before the arrival, after it, and once more because no answer came
    assert newcomer(agreed)["consent"] == "yes_before"
    await agreed.taps(agreed.people["Carla"], "button.right")
    await agreed.taps(yusuf, "button.consent_neither")
    await agreed.taps(yusuf, "button.erase")
    assert not agreed.telegram.bot_in(agreed.group).present
    assert b"Yusuf" not in agreed.raw()


async def test_a_question_that_would_fall_on_a_sunday_or_in_the_night_waits(agreed: Welcome) -> None:
    """Three days after Thursday the third is a Sunday; and then the bot is down until Monday at 23:00."""
    yusuf = agreed.people["Yusuf"]
    await agreed.new_arrival("3 december 2026")
    await agreed.until(agreed.at(date(2026, 12, 5), "23:59"))
    agreed.mark(yusuf)
    await agreed.until(agreed.at(date(2026, 12, 6), "23:00"))
    assert not agreed.told(yusuf, "consent.question")
    agreed.clock.set(agreed.at(date(2026, 12, 7), "23:00"))
    await agreed.restart()
    await agreed.settle()
    assert not agreed.told(yusuf, "consent.question")
    await agreed.until(agreed.at(date(2026, 12, 8), "08:59"))
    assert not agreed.told(yusuf, "consent.question")
    await agreed.until(agreed.at(date(2026, 12, 8), "09:01"))
    assert agreed.told(yusuf, "consent.question")


async def test_the_question_after_arrival_moves_with_the_arrival(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.new_arrival("15 december 2026")
    agreed.mark(yusuf)
    await agreed.until(agreed.at(ARRIVAL, "23:00"))
    await agreed.wait(days=5)
    assert not agreed.told(yusuf, "consent.question")
    await agreed.wait(days=13)
    assert agreed.told(yusuf, "consent.question")


@pytest.mark.parametrize("choice", ["group_only", "neither", "later"])
async def test_two_adults_choose_each_for_themselves(agreed: Welcome, choice: str) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    mariam = await agreed.second_adult(choice)
    assert agreed.telegram.bot_in(agreed.group).present
    assert agreed.room_row()["state"] == "active"
    assert agreed.told(await agreed.says(yusuf, "/tasks"), "open.title")
    if choice == "later":
        assert agreed.told(await agreed.says(mariam, "/tasks"), "consent.first")
    else:
        assert agreed.told(await agreed.says(mariam, "/tasks"), "room.none")
        assert agreed.told(agreed.words(agreed.people["Carla"]), "left.told", who="Mariam")
        assert not any("Mariam" in text for text in agreed.words(agreed.group))
        assert b"Mariam" not in agreed.raw()
    agreed.mark(mariam)
    agreed.mark(yusuf)
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    assert agreed.told(yusuf, "when.proposal")
    assert not agreed.heard(mariam)


async def test_a_second_adult_who_refuses_keeps_the_group(agreed: Welcome) -> None:
    await agreed.second_adult("neither")
    assert agreed.room_row()["state"] == "active"


async def test_a_first_adult_who_refuses_ends_nothing_for_the_second(agreed: Welcome) -> None:
    mariam, yusuf = await agreed.second_adult("yes"), agreed.people["Yusuf"]
    await agreed.wait(days=12)
    await agreed.taps(yusuf, "button.consent_neither")
    assert agreed.room_row()["state"] == "active"
    await agreed.taps(agreed.people["Carla"], "button.was_newcomer")
    await agreed.taps(agreed.people["Carla"], "button.erase")
    assert agreed.telegram.bot_in(agreed.group).present
    assert agreed.told(await agreed.says(mariam, "/tasks"), "open.title")
    assert b"Yusuf" not in agreed.raw()
    assert "Mariam" in (await agreed.says(mariam, "/people"))[0]


@pytest.mark.parametrize("choice", ["yes", "group_only", "neither"])
async def test_a_newcomer_without_telegram_chooses_on_paper(group: Welcome, choice: str) -> None:
    carla, anna = group.people["Carla"], group.people["Anna"]
    await paper(group, choice)
    if choice == "yes":
        assert newcomer(group)["consent"] == "yes_before"
        assert newcomer(group)["explained_by"]
        await group.says(anna, f"/claim {group.number('phone-and-mail')}", group=True)
        await group.plans(anna, "phone-and-mail", "2 december 14:00")
        await group.taps(anna, "button.asked_in_person", group=True)
        assert group.task("phone-and-mail")["at"] == group.at(ARRIVAL.replace(day=2), "14:00")
    else:
        assert group.told(group.words(carla), "consent.refused_told")
        assert not group.telegram.bot_in(group.group).present
        assert b"Yusuf" not in group.raw()


async def test_what_a_newcomer_without_telegram_decides_the_coordinator_writes_down(group: Welcome) -> None:
    carla, anna = group.people["Carla"], group.people["Anna"]
    await paper(group, "yes")
    number, own = group.number("phone-and-mail"), group.number("medical-papers")
    assert group.told(await group.says(carla, f"/notneeded {number}"), "decide.dropped")
    assert group.task("phone-and-mail")["state"] == "dropped"
    await group.taps(carla, "button.needed")
    assert group.task("phone-and-mail")["state"] == "open"
    assert group.told(await group.says(carla, f"/alone {own}"), "decide.alone")
    assert group.told(await group.says(anna, f"/claim {own}"), "task.alone")
    assert group.told(await group.says(anna, f"/notneeded {number}"), "only.newcomer")


async def test_where_newcomers_speak_for_themselves_the_coordinator_decides_nothing(agreed: Welcome) -> None:
    said = await agreed.says(agreed.people["Carla"], f"/alone {agreed.number('phone-and-mail')}")
    assert agreed.told(said, "only.newcomer")
    assert agreed.task("phone-and-mail")["company"] == "open"
