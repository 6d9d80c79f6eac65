"""What stands in the chat about a letter goes when its owner says so; and what is told of it before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.samples import photo_of
from bot.store.explained import REMOVABLE
from bot.store.letterintake import KEPT
from bot.store.tables import Slot
from tests.story import Welcome
from tests.test_letter_chat import HOSPITAL, INTERVIEW, LETTERS, QUOTE, WATER, letters, pressed, sends

HOUR = timedelta(hours=1)


def shown(world: Welcome, who: Any) -> list[str]:
    """What the bot said that stands in somebody's chat now."""
    return [text for text, of_bot in standing(world, who) if of_bot]


def standing(world: Welcome, who: Any) -> list[tuple[str, bool]]:
    """Every message in somebody's chat, and whether it is the bot's."""
    history = world.telegram.history(world.telegram.chat_of(who))
    return [(message.get("text", ""), message["from"]["is_bot"]) for message in history]


def explained(world: Welcome, who: Any, quote: str = QUOTE) -> int:
    """How often the bot's explanation of a letter stands in a chat."""
    return sum(quote in text for text in shown(world, who))


def slots(world: Welcome) -> list[dict[str, Any]]:
    return world.rows(f"select * from {Slot.__tablename__} where name like 'letter-%'")


async def test_with_a_letter_goes_what_was_said_of_it(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    assert explained(agreed, yusuf) == 1
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased")
    assert explained(agreed, yusuf) == 0
    assert not [text for text, _ in standing(agreed, yusuf) if QUOTE in text]
    assert slots(agreed) == []


async def test_a_corrected_explanation_goes_with_the_first(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_date")
    await agreed.says(yusuf, "9 december")
    before = [text for text in shown(agreed, yusuf) if agreed.told([text], "letter.heading_from")]
    assert len(before) == 2
    await agreed.taps(yusuf, "button.letter_erase")
    assert not [text for text in shown(agreed, yusuf) if text in before]


async def test_what_others_read_and_a_task_stay_and_that_is_said(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.taps(yusuf, "button.letter_share")
    await agreed.presses(yusuf, "Anna")
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased")
    assert explained(agreed, anna) == 1
    assert agreed.rows("select * from task where letter is not null and state = 'open'")


async def test_of_a_pile_one_letter_leaves_the_list_and_the_last_takes_all_away(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, *map(photo_of, (WATER, INTERVIEW, HOSPITAL)))
    await agreed.presses(yusuf, "1. ")
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased_one")
    assert [agreed.told([text], "letter.pile", n=2) for text in shown(agreed, yusuf)].count(True) == 1
    assert not agreed.told(shown(agreed, yusuf), "letter.pile", n=3)
    await agreed.presses(yusuf, "1. ")
    await agreed.taps(yusuf, "button.letter_erase")
    assert not agreed.told(shown(agreed, yusuf), "letter.pile")
    assert agreed.has_button(yusuf, "button.letter_mine")  # the last of them, which nobody had opened
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased")
    assert not agreed.told(shown(agreed, yusuf), "letter.heading_from")
    assert letters(agreed) == []
    assert slots(agreed) == []


async def test_an_explanation_goes_as_long_as_telegram_allows(agreed: Welcome) -> None:
    """What was understood is erased after a day; what was said of it stands in the chat longer."""
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.wait(hours=(KEPT + HOUR) / HOUR)
    assert letters(agreed) == []
    assert explained(agreed, yusuf) == 1
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased_late")
    assert explained(agreed, yusuf) == 0


async def test_after_two_days_nothing_is_said_to_be_erased_that_stays(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.wait(hours=(REMOVABLE + HOUR) / HOUR)
    said = await pressed(agreed, yusuf, "button.letter_erase")
    assert agreed.told(said, "letter.too_late")
    assert not agreed.told(said, "letter.erased_late")
    assert explained(agreed, yusuf) == 1


async def test_where_nothing_was_read_only_what_was_sent_is_said_to_be_erased(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.send_file(yusuf, None, "tool.zip", b"PK\x03\x04" + bytes(100), "application/zip")
    await agreed.settle()
    said = await pressed(agreed, yusuf, "button.letter_erase")
    assert agreed.told(said, "letter.erased_sent")
    assert not agreed.told(said, "letter.erased")


# the same page twice


async def test_the_same_photo_twice_in_an_album_is_one_letter(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await sends(agreed, yusuf, photo_of(WATER), photo_of(WATER))
    assert not agreed.told(said, "letter.pile")
    assert explained(agreed, yusuf) == 1
    assert len(agreed.rows("select * from letter")) == 1


async def test_the_same_words_in_two_files_are_one_letter_beside_another(agreed: Welcome) -> None:
    """Saved anew, the bytes are others."""
    yusuf = agreed.people["Yusuf"]
    again = photo_of(WATER) + b"\0"
    said = await sends(agreed, yusuf, photo_of(WATER), photo_of(INTERVIEW), again)
    assert agreed.told(said, "letter.pile", n=2)


# told before


@pytest.mark.parametrize("language", ["nl", "en", "ar", "fa", "ti", "tr", "fr", "uk"])
async def test_that_telegram_keeps_a_photo_is_said_before_the_first(world: Welcome, language: str) -> None:
    yusuf = await world.with_newcomer(language)
    assert "Telegram" in world.phrase("consent.yes", language)
    assert world.told(yusuf, "consent.yes")
    assert "Telegram" in world.phrase("help.letter", language)
    for words, key in (("/help", "help.letter"), ("/letter", "letter.send")):
        assert "Telegram" in world.phrase(key, language)
        assert world.phrase(key, language) in "\n".join(await world.says(yusuf, words))


def test_the_letters_of_the_demo_are_different() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS)
