"""What cannot be undone is asked first; what is over says so; and a slip of the coordinator is put right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.demo.telegram import Account
from tests.story import Welcome
from tests.test_consent import newcomer

# a choice on paper that erases


async def chooses_on_paper(world: Welcome, choice: str, *, of: str = "") -> Account:
    carla = await world.menu()
    if of:
        await world.taps(carla, "button.on_paper_of", name=of)
    else:
        await world.taps(carla, "button.on_paper")
    await world.taps(carla, f"button.paper_{choice}")
    return carla


@pytest.mark.parametrize("choice", ["group_only", "neither"])
async def test_a_no_on_paper_erases_only_after_a_yes(group: Welcome, choice: str) -> None:
    carla = await chooses_on_paper(group, choice)
    assert group.told(carla, "consent.paper_ends", name="Yusuf")
    assert group.room_row()["state"] == "active"
    await group.taps(carla, "button.erase_not")
    assert group.told(carla, "consent.paper_kept")
    assert group.telegram.bot_in(group.group).present
    assert newcomer(group)["consent"] == "unasked"
    await group.taps(carla, "button.erase")
    assert group.room_row()["state"] == "closed"
    assert b"Yusuf" not in group.raw()


async def second_on_paper(world: Welcome) -> None:
    carla = await world.menu()
    await world.taps(carla, "button.adult")
    await world.says(carla, "Mariam")


async def test_two_adults_have_a_button_each(group: Welcome) -> None:
    await second_on_paper(group)
    carla = await group.menu()
    for name in ("Yusuf", "Mariam"):
        assert group.has_button(carla, "button.newcomer_link_of", name=name)
        assert group.has_button(carla, "button.on_paper_of", name=name)
    await group.taps(carla, "button.on_paper_of", name="Mariam")
    await group.taps(carla, "button.paper_yes")
    assert newcomer(group, "Mariam")["consent"] == "yes_before"
    assert newcomer(group)["consent"] == "unasked"


async def test_one_adults_no_on_paper_erases_that_adult_alone(agreed: Welcome) -> None:
    await second_on_paper(agreed)
    carla = await chooses_on_paper(agreed, "neither", of="Mariam")
    assert agreed.told(carla, "consent.paper_erases", name="Mariam")
    assert newcomer(agreed, "Mariam")["left"] is None
    await agreed.taps(carla, "button.erase")
    assert agreed.room_row()["state"] == "active"
    assert b"Mariam" not in agreed.raw()


async def test_where_more_would_go_by_now_it_is_asked_again(agreed: Welcome) -> None:
    """Asked about Mariam alone; before the yes Yusuf, the other adult, takes his own back."""
    await second_on_paper(agreed)
    carla = await chooses_on_paper(agreed, "neither", of="Mariam")
    yusuf = agreed.people["Yusuf"]
    await agreed.chooses_instead(yusuf, "later")
    await agreed.taps(carla, "button.erase")
    assert agreed.told(carla, "consent.paper_ends", name="Mariam")
    assert agreed.room_row()["state"] == "active"


async def test_every_old_button_of_a_closed_group_says_so_and_does_nothing(group: Welcome) -> None:
    carla, anna, fenna = group.people["Carla"], group.people["Anna"], await group.comes("Fenna")
    await group.taps(fenna, "button.role_newcomer", group=True)
    await group.menu()
    await group.taps(carla, "button.cards")
    await group.menu()
    await group.taps(carla, "button.arrival")
    await group.menu()
    await group.taps(carla, "button.adult")
    old = [(carla, pair) for pair in group.labels(carla)] + [(anna, pair) for pair in group.labels(anna)]
    await group.says(fenna, "/start")
    await group.taps(fenna, "language.nl")
    await group.chooses(fenna, "neither")
    await group.taps(carla, "button.was_newcomer")
    await group.taps(carla, "button.erase")
    assert group.room_row()["state"] == "closed"
    free = {group.phrase(key) for key in ("button.newgroup", "button.start_again", "button.help")}
    rows = group.rows("select * from room"), group.rows("select * from member")
    tried = 0
    for who, (message, label) in old:
        if leads_elsewhere(message, label) or label in free or asks_in_newgroup(group, message):
            continue
        group.mark(who)
        toast = await group.telegram.press(who, None, message, label)
        await group.settle()
        tried += 1
        assert toast.text == group.phrase("button.old"), (who.first_name, label)
        assert not group.heard(who), label
    assert tried > 20
    assert rows == (group.rows("select * from room"), group.rows("select * from member"))


def leads_elsewhere(message: dict[str, Any], label: str) -> bool:
    keyboard = message["reply_markup"]["inline_keyboard"]
    return any("url" in button for row in keyboard for button in row if button["text"] == label)


def asks_in_newgroup(world: Welcome, message: dict[str, Any]) -> bool:
    """Whether a message is one of /newgroup's own questions, which are about no group yet."""
    asked = ("newgroup.variant", "newgroup.municipality", "newgroup.name", "newgroup.languages")
    return any(world.told([str(message["text"])], key) for key in asked)


async def test_words_for_a_closed_group_are_answered(group: Welcome) -> None:
    """A name, a card or a reply that was on its way when the group was closed."""
    carla = await group.menu()
    about = group.telegram.history(carla)[-1]
    await group.taps(carla, "button.adult")
    await group.menu()
    await group.taps(carla, "button.cards")
    await group.presses(carla, group.content.organisations["municipality"].name.nl)
    await chooses_on_paper(group, "neither")
    await group.taps(carla, "button.erase")
    assert group.told(await group.says(carla, "Mariam"), "private.hint")
    assert group.told(await group.says(carla, "/tasks"), "room.none_yet")
    assert group.told(await group.says(carla, "/tasks", reply_to=about), "room.not_yours")


# a second adult, entered by mistake


@pytest.mark.parametrize(
    "words",
    [
        "nee toch niet, laat maar",
        "Nee",
        "12345",
        "dat weet ik nog niet precies",
        "Mariam?",
        "لا شكرا",
        "Laat maar",
        "إلغاء",
    ],
)
async def test_what_is_no_name_is_asked_again(group: Welcome, words: str) -> None:
    carla = await group.menu()
    await group.taps(carla, "button.adult")
    assert group.told(await group.says(carla, words), "adult.no_name")
    assert len(group.rows("select * from member where role = 'newcomer'")) == 1
    assert group.told(await group.says(carla, "M. de Wit-Karim"), "adult.added", name="M. de Wit-Karim")


async def test_a_second_adult_need_not_be_named_after_all(group: Welcome) -> None:
    carla = await group.menu()
    await group.taps(carla, "button.adult")
    await group.taps(carla, "button.no_adult")
    assert group.told(carla, "adult.cancelled")
    await group.says(carla, "Mariam")
    assert len(group.rows("select * from member where role = 'newcomer'")) == 1
    assert await group.taps(carla, "button.no_adult") == group.phrase("button.old")


async def test_a_second_adult_is_taken_out_again_until_they_have_joined(group: Welcome) -> None:
    carla = await group.menu()
    await group.taps(carla, "button.adult")
    await group.says(carla, "Marjam")
    await group.taps(carla, "button.undo_adult", name="Marjam")
    assert group.told(carla, "joined.undone", who="Marjam")
    assert b"Marjam" not in group.raw()
    assert await group.taps(carla, "button.undo_adult", name="Marjam") == group.phrase("button.old")
    await group.menu()
    assert group.has_button(carla, "button.on_paper")
    await group.taps(carla, "button.adult")
    await group.says(carla, "Mariam")
    mariam = await group.comes("Mariam")
    await group.taps(mariam, "button.role_newcomer", group=True)
    await group.taps(carla, "button.is_newcomer", name="Mariam")
    toast = await group.taps(carla, "button.undo_adult", name="Mariam")
    assert toast == group.phrase("adult.joined", name="Mariam")
    assert newcomer(group, "Mariam")["left"] is None


# a wrong tap on "newcomer"


def newcomers(world: Welcome) -> list[tuple[str, str | None]]:
    """Each newcomer's place and the account that has it."""
    found = world.rows(
        "select coalesce(m.called, p.name) name, p.name account from member m left join person p"
        " on p.id = m.person_id where m.role = 'newcomer' and m.left is null order by m.id"
    )
    return [(row["name"], row["account"]) for row in found]


async def taken_by_mistake(world: Welcome) -> tuple[Account, Account]:
    """Fenna, who is no newcomer, taps so and has the place; then Yusuf taps it too."""
    fenna, yusuf = await world.comes("Fenna"), world.people["Yusuf"]
    await world.taps(fenna, "button.role_newcomer", group=True)
    await world.taps(yusuf, "button.role_newcomer", group=True)
    assert newcomers(world) == [("Yusuf", "Fenna")]
    return fenna, world.people["Carla"]


async def test_the_confirmed_one_gets_the_place_and_the_other_is_nobody(group: Welcome) -> None:
    fenna, carla = await taken_by_mistake(group)
    await group.taps(carla, "button.right_instead", name="Yusuf", other="Fenna")
    assert group.told(carla, "joined.confirmed", who="Yusuf")
    assert group.told(carla, "joined.undone", who="Fenna")
    assert newcomers(group) == [("Yusuf", "Yusuf")]
    assert newcomer(group)["confirmed"]
    assert group.told(await group.says(fenna, "/tasks", group=True), "member.none")
    await group.joins(fenna, "sponsor")
    assert group.told(await group.says(fenna, "/claim vog"), "task.claimed")


@pytest.mark.parametrize("first", ["out", "right"])
async def test_one_person_never_has_two_places(group: Welcome, first: str) -> None:
    """Carla takes Fenna out and says yes to Yusuf as one adult more, in either order."""
    _, carla = await taken_by_mistake(group)
    presses = [("button.undo_join", {}), ("button.right_adult", {})]
    for key, args in presses if first == "out" else presses[::-1]:
        await group.taps(carla, key, **args)
    if first == "out":
        assert newcomers(group) == [("Yusuf", None)]
        await group.taps(carla, "button.is_newcomer", name="Yusuf")
    assert newcomers(group) == [("Yusuf", "Yusuf")]
    await group.menu()
    assert group.has_button(carla, "button.newcomer_link")
    people = (await group.says(carla, "/people"))[0]
    assert group.told([people], "people.newcomer", n=1, who="Yusuf")


async def test_who_refused_by_mistake_in_the_newcomers_place_stops_nothing(group: Welcome) -> None:
    fenna, carla = await group.comes("Fenna"), group.people["Carla"]
    await group.agrees(fenna, "nl", "neither")
    assert group.room_row()["state"] == "without_bot"
    await group.taps(group.people["Yusuf"], "button.role_newcomer", group=True)
    await group.taps(carla, "button.right_instead", name="Yusuf", other="Fenna")
    await group.wait(days=2)
    assert group.room_row()["state"] == "active"
    assert newcomers(group) == [("Yusuf", "Yusuf")]


async def test_asked_in_person_holds_for_the_last_moment_alone(group: Welcome) -> None:
    """Of a newcomer without Telegram: what was asked before another moment was named is overtaken."""
    await chooses_on_paper(group, "yes")
    bram, moment = group.people["Bram"], group.at(date(2026, 12, 4), "16:00")
    await group.plans(bram, "phone-and-mail", "3 december 14:00")
    first, _ = group.button(group.group, "button.asked_in_person")
    await group.plans(bram, "phone-and-mail", "4 december 16:00")
    await group.taps(bram, "button.asked_in_person", group=True)
    assert group.task("phone-and-mail")["at"] == moment
    data = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await group.telegram.forge(bram, group.group, first, data)
    await group.settle()
    assert group.task("phone-and-mail")["at"] == moment
