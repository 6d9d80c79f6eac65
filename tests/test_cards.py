"""Contact cards: filled in by the coordinator, read by everybody."""

from __future__ import annotations

import pytest

from tests.story import Welcome


async def test_cards_are_filled_in_and_everybody_reads_them(group: Welcome) -> None:
    carla, anna = group.people["Carla"], group.people["Anna"]
    missing = (await group.says(anna, "/people", group=True))[0]
    municipality = group.content.organisations["municipality"].name
    assert group.told([missing], "people.missing")
    assert municipality.nl in missing
    await open_card(group)
    assert group.told(await group.says(carla, "Femke de Wit"), "card.areas")
    await group.taps(carla, "area.housing")
    await group.taps(carla, "button.ready")
    assert group.told(carla, "card.phone")
    await group.says(carla, "030 123 45 67")
    await group.says(carla, "femke@gemeente.example")
    await group.says(carla, "ma-do 9-17")
    said = await group.says(carla, "Gert Smit")
    assert group.told(said, "card.kept")
    people = (await group.says(anna, "/people", group=True))[0]
    for words in ("Femke de Wit", "030 123 45 67", "femke@gemeente.example", "ma-do 9-17", "Gert Smit"):
        assert words in people
    assert group.told([people], "people.missing")
    assert municipality.nl not in people[people.index(people.splitlines()[-1]) :]


async def open_card(world: Welcome, organisation: str = "municipality") -> None:
    carla = await world.menu()
    await world.taps(carla, "button.cards")
    await world.presses(carla, world.content.organisations[organisation].name.nl)


async def test_words_for_nothing_leave_a_field_empty(group: Welcome) -> None:
    carla = group.people["Carla"]
    await open_card(group)
    await group.says(carla, "Femke")
    await group.taps(carla, "button.ready")
    for words, following in (("-", "card.mail"), ("nee", "card.hours"), ("...", "card.backup")):
        assert group.told(await group.says(carla, words), following)
    assert group.told(await group.says(carla, "nee"), "card.kept")
    row = group.rows("select * from card")[0]
    assert [row[name] for name in ("name", "phone", "mail", "hours", "backup")] == ["Femke", "", "", "", ""]


async def test_a_card_that_is_not_to_be_filled_in_now_is_left(group: Welcome) -> None:
    await open_card(group)
    assert group.told(await group.says(group.people["Carla"], "laat maar"), "asking.left")
    assert not group.rows("select * from card where name = 'laat maar'")


@pytest.mark.parametrize("words", ["-", "?", "geen", "030 1234567"])
async def test_a_card_without_a_name_is_none(group: Welcome, words: str) -> None:
    carla = group.people["Carla"]
    await open_card(group)
    assert group.told(await group.says(carla, words), "card.name")
    assert group.told(await group.says(carla, "Femke"), "card.areas")


async def test_what_is_filled_in_stays_where_a_card_is_left(group: Welcome) -> None:
    """With its name it is a card; what was not asked yet stays as it was before."""
    carla = group.people["Carla"]
    for name, phone, mail in (
        ("Femke", "030 1234567", "femke@gemeente.example"),
        ("Gert", "030 7654321", ""),
    ):
        await open_card(group)
        await group.says(carla, name)
        await group.taps(carla, "button.ready")
        await group.says(carla, phone)
        if mail:
            await group.says(carla, mail)
        assert group.told(await group.says(carla, "laat maar"), "card.kept")
        row = group.rows("select * from card")[0]
        assert (row["name"], row["phone"], row["mail"]) == (name, phone, "femke@gemeente.example")
        assert not group.rows("select * from question where topic = 'card'")


async def test_words_at_the_areas_show_their_buttons_again(group: Welcome) -> None:
    carla = group.people["Carla"]
    await open_card(group)
    await group.says(carla, "Femke")
    assert group.told(await group.says(carla, "over wonen"), "card.areas")
    assert group.has_button(carla, "button.ready")
    assert group.told(await group.says(carla, "-"), "card.phone")
    await open_card(group)
    await group.says(carla, "Femke")
    assert group.told(await group.says(carla, "laat maar"), "card.kept")


async def test_a_wrong_phone_or_mail_is_asked_again_and_fields_can_be_skipped(group: Welcome) -> None:
    carla = group.people["Carla"]
    await open_card(group)
    assert group.told(await group.says(carla, "BSN 111222333"), "words.secret")
    await group.says(carla, "Femke")
    await group.taps(carla, "button.ready")
    assert group.told(await group.says(carla, "bel maar"), "card.not_phone")
    await group.taps(carla, "button.skip")
    assert group.told(carla, "card.mail")
    assert group.told(await group.says(carla, "femke apenstaartje gemeente"), "card.not_mail")
    assert group.told(await group.says(carla, "femke@gemeente.example"), "card.hours")
    await group.taps(carla, "button.skip")
    await group.taps(carla, "button.skip")
    assert group.told(carla, "card.kept")
    row = group.rows("select * from card")[0]
    assert (row["name"], row["phone"], row["mail"], row["hours"]) == (
        "Femke",
        "",
        "femke@gemeente.example",
        "",
    )


async def test_a_card_is_resumed_after_other_commands_and_a_restart(group: Welcome) -> None:
    carla = group.people["Carla"]
    await open_card(group)
    await group.says(carla, "/people")
    await group.restart()
    assert group.told(await group.says(carla, "Femke"), "card.areas")
    await group.taps(carla, "button.ready")
    await group.says(carla, "/help")
    assert group.told(await group.says(carla, "030 1234567"), "card.mail")


async def test_only_the_coordinator_fills_in_cards(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/people")
    assert not group.has_button(anna, "button.cards")
    data = group.app.reader.seal.close("card", (1, 0, "municipality"), anna.id)
    message = group.telegram.history(anna)[-1]
    toast = await group.telegram.forge(anna, None, message, data)
    await group.settle()
    assert toast.text == group.phrase("only.coordinator")
    assert not group.rows("select * from card")


@pytest.mark.parametrize(
    "words, right",
    [
        ("030-abc", False),
        ("03012", False),
        ("bel 0301234567", False),
        ("+31 (0)30 123 45 67", True),
        ("06-12345678", True),
    ],
)
async def test_what_is_a_telephone_number(group: Welcome, words: str, right: bool) -> None:
    carla = group.people["Carla"]
    await open_card(group)
    await group.says(carla, "Femke")
    await group.taps(carla, "button.ready")
    assert group.told(await group.says(carla, words), "card.mail" if right else "card.not_phone")


async def test_a_contact_person_in_the_chat_is_put_on_a_card_by_a_tap(group: Welcome) -> None:
    carla, fenna, anna = group.people["Carla"], await group.comes("Fenna"), group.people["Anna"]
    await group.joins(fenna, "contact")
    await group.says(anna, "/people")
    assert not group.has_button(anna, "button.card_of", name="Fenna")
    await group.says(carla, "/people")
    await group.taps(carla, "button.card_of", name="Fenna")
    assert group.told(carla, "cards.whose", name="Fenna")
    municipality = group.content.organisations["municipality"].name.nl
    await group.presses(carla, municipality)
    assert group.told(carla, "card.kept")
    assert [row["name"] for row in group.rows("select * from card")] == ["Fenna"]
    people = (await group.says(carla, "/people"))[0]
    assert municipality not in people.splitlines()[-1]
    assert not group.has_button(carla, "button.card_of", name="Fenna")
    assert await group.presses(carla, municipality) == group.phrase("button.old")
