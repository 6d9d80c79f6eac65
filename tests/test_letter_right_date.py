"""What may be taken for the right date of a letter, what is asked first, and how it is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.words import Phrase
from bot.letters.letter import read_letter
from bot.store.letterintake import KEPT
from tests.story import Welcome
from tests.test_letter_chat import HOSPITAL, LAST_DAY, QUOTE, WATER, letter_task, pressed
from tests.test_letter_corrections import SEEN
from tests.test_letter_days import TAXES
from tests.world import BEGIN

CHAT = [
    "ok thanks, see you on Monday",
    "dank je, tot maandag!",
    "شكرا نلتقي يوم الاثنين",
    "merci, à lundi prochain Anna",
]
"""What people write to each other, with a day in it."""


async def is_wrong(world: Welcome, who: Any, text: str, *, by_date: bool = False) -> None:
    await world.says(who, text)
    await world.taps(who, "button.letter_mine")
    await world.taps(who, "button.letter_wrong")
    if by_date:
        await world.taps(who, "button.letter_date")


@pytest.mark.parametrize("words", CHAT)
@pytest.mark.parametrize("by_date", [False, True])
async def test_words_with_a_day_in_them_change_nothing_until_that_is_meant(
    agreed: Welcome, words: str, by_date: bool
) -> None:
    yusuf = agreed.people["Yusuf"]
    await is_wrong(agreed, yusuf, WATER, by_date=by_date)
    said = await agreed.says(yusuf, words)
    assert not agreed.told(said, "letter.corrected")
    assert letter_task(agreed, "water-bill")["due"] == LAST_DAY.isoformat()


async def test_a_sentence_around_the_date_is_asked_about_and_one_tap_takes_it(agreed: Welcome) -> None:
    yusuf, right = agreed.people["Yusuf"], LAST_DAY + timedelta(days=2)
    await is_wrong(agreed, yusuf, WATER)
    said = await agreed.says(yusuf, f"I think that the letter says {right:%d-%m-%Y}")
    assert agreed.told(said, "letter.is_it")
    await agreed.taps(yusuf, "button.letter_right", day=right, year=str(right.year))
    assert agreed.told(agreed.heard(yusuf), "letter.corrected")
    assert letter_task(agreed, "water-bill")["due"] == right.isoformat()


async def test_of_several_dates_it_is_first_asked_whether_one_was_meant(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, TAXES)
    await agreed.taps(yusuf, "button.letter_wrong")
    said = await agreed.says(yusuf, CHAT[0])
    assert agreed.told(said, "letter.is_it")
    assert not agreed.told(said, "letter.which_wrong")


async def test_a_day_that_was_put_right_by_mistake_is_put_back_with_its_words(agreed: Welcome) -> None:
    yusuf, wrong = agreed.people["Yusuf"], LAST_DAY + timedelta(days=2)
    await is_wrong(agreed, yusuf, WATER)
    await agreed.says(yusuf, f"{wrong:%d-%m-%Y}")
    assert letter_task(agreed, "water-bill")["due"] == wrong.isoformat()
    await agreed.taps(yusuf, "button.letter_undo")
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.by", day=LAST_DAY)
    assert agreed.told(said, "letter.printed", quote=QUOTE)
    assert letter_task(agreed, "water-bill")["due"] == LAST_DAY.isoformat()
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_undo"), "button.old")


async def test_an_appointment_that_was_put_right_by_mistake_is_put_back(agreed: Welcome) -> None:
    yusuf, kind = agreed.people["Yusuf"], read_letter(HOSPITAL).kind
    await is_wrong(agreed, yusuf, HOSPITAL)
    before = letter_task(agreed, kind)["at"]
    await agreed.says(yusuf, f"{SEEN + timedelta(days=1):%d-%m-%Y %H:%M}")
    assert letter_task(agreed, kind)["at"] != before
    await agreed.taps(yusuf, "button.letter_undo")
    assert agreed.told(agreed.heard(yusuf), "letter.expected", day=SEEN.date(), hour=f"{SEEN:%H:%M}")
    assert letter_task(agreed, kind)["at"] == before


@pytest.mark.parametrize(
    "far, key", [(timedelta(days=5215), "when.too_far"), (timedelta(days=-500), "letter.long_past")]
)
async def test_a_day_that_no_letter_means_is_asked_again(agreed: Welcome, far: timedelta, key: str) -> None:
    yusuf, day = agreed.people["Yusuf"], (BEGIN + far).date()
    await is_wrong(agreed, yusuf, WATER, by_date=True)
    assert agreed.told(await agreed.says(yusuf, f"{day:%d-%m-%Y}"), key, day=day, year=str(day.year))
    assert letter_task(agreed, "water-bill")["due"] == LAST_DAY.isoformat()
    again = LAST_DAY + timedelta(days=1)
    assert agreed.told(await agreed.says(yusuf, f"{again:%d-%m-%Y}"), "letter.corrected")


async def test_what_was_asked_and_said_about_a_date_goes_with_the_letter(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await is_wrong(agreed, yusuf, TAXES)
    await agreed.says(yusuf, "20 December")  # which one is wrong is asked, and not answered
    assert agreed.rows("select * from question")
    await agreed.wait(seconds=KEPT.total_seconds() + 60)
    assert agreed.rows("select * from question") == []


async def test_erasing_a_letter_erases_what_was_asked_about_it(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await is_wrong(agreed, yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_erase")
    assert agreed.rows("select * from question") == []


async def test_an_appointment_that_is_off_is_neither_told_nor_reminded_of(agreed: Welcome) -> None:
    yusuf, kind = agreed.people["Yusuf"], read_letter(HOSPITAL).kind
    await is_wrong(agreed, yusuf, HOSPITAL, by_date=True)
    await agreed.taps(yusuf, "button.letter_not")
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.counts_not")
    assert not agreed.told(said, "letter.expected")
    assert letter_task(agreed, kind)["state"] == "dropped"
    agreed.mark(yusuf)
    await agreed.until(SEEN)
    assert not agreed.told(yusuf, "remind.eve")


async def test_a_day_that_does_not_count_leaves_the_other_and_its_task(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    pay, other = read_letter(TAXES).deadlines
    await is_wrong(agreed, yusuf, TAXES, by_date=True)
    await agreed.taps(yusuf, "button.letter_day", what=Phrase(f"letter.what.{pay.what}"), day=pay.date)
    await agreed.taps(yusuf, "button.letter_not")
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.by", day=other.date)
    assert not agreed.told(said, "letter.by", day=pay.date)
    left = agreed.rows("select due from task where letter is not null and state = 'open'")
    assert [row["due"] for row in left] == [other.date.isoformat()]
