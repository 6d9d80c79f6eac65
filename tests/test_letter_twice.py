"""What a letter's owner taps twice, or taps after something else: one task, one message in the group."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.words import Phrase
from bot.letters.kinds import kinds
from bot.letters.letter import read_letter
from bot.letters.unsaid import purposes
from tests.story import Welcome
from tests.test_letter_chat import HOSPITAL, LAST_DAY, WATER, letter_task, pressed
from tests.test_letter_days import KIND, TAXES

NAME = kinds()["water-bill"].name


def made(world: Welcome) -> list[int]:
    """Of each letter's task whether it is private."""
    return [row["private"] for row in world.rows("select private from task where letter is not null")]


async def test_the_groups_task_becomes_theirs_alone_by_the_other_tap(agreed: Welcome) -> None:
    yusuf, bram, neutral = agreed.people["Yusuf"], agreed.people["Bram"], kinds()["water-bill"].neutral.nl
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_task")
    number = letter_task(agreed, "water-bill")["number"]
    assert neutral in "\n".join(await agreed.says(bram, f"/task {number}", group=True))
    agreed.mark(agreed.group)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    assert agreed.told(said, "letter.task_mine", number=number)
    assert agreed.told(said, "letter.off_board")
    assert made(agreed) == [1]
    assert agreed.heard(agreed.group) == []
    said = await agreed.says(bram, f"/claim {number}", group=True)
    assert agreed.told(said, "task.unknown", words=str(number))
    agreed.mark(yusuf)
    await agreed.until(agreed.at(LAST_DAY, "12:00"))
    assert sum(agreed.told([text], "remind.deadline_today") for text in agreed.heard(yusuf)) == 1


async def test_what_was_theirs_alone_becomes_the_groups_and_tells_nothing_more(agreed: Welcome) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    number = letter_task(agreed, "water-bill")["number"]
    agreed.mark(agreed.group)
    said = await pressed(agreed, yusuf, "button.letter_task")
    assert agreed.told(said, "letter.task_group", number=number)
    assert agreed.told(agreed.group, "letter.new_task", number=number)
    assert made(agreed) == [0]
    await agreed.says(bram, f"/claim {number}", group=True)
    assert [one["name"] for one in holders(agreed)] == ["Bram"]
    assert not any(name in text for name in NAME.model_dump().values() for text in agreed.words(agreed.group))
    agreed.mark(yusuf)
    await agreed.until(agreed.at(LAST_DAY, "12:00"))
    assert sum(agreed.told([text], "remind.deadline_today") for text in agreed.heard(yusuf)) <= 1


def holders(world: Welcome) -> list[dict[str, str]]:
    return world.rows(
        "select person.name from holder join member on member.id = holder.member_id"
        " join person on person.id = member.person_id join task on task.id = holder.task_id"
        " where task.letter is not null"
    )


@pytest.mark.parametrize("other", ["button.letter_mine", "button.letter_along"])
async def test_what_somebody_has_taken_on_stays_with_them(agreed: Welcome, other: str) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_task")
    await agreed.says(bram, f"/claim {letter_task(agreed, 'water-bill')['number']}", group=True)
    assert agreed.told(await pressed(agreed, yusuf, other), "letter.task_taken", who="Bram")
    assert made(agreed) == [0]


async def test_the_same_letter_sent_again_turns_the_task_of_the_first(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    for tapped, private in (("button.letter_mine", 1), ("button.letter_task", 0), ("button.letter_mine", 1)):
        await agreed.says(yusuf, TAXES)
        await agreed.taps(yusuf, tapped)
        assert made(agreed) == [private] * len(read_letter(TAXES).deadlines)
    await agreed.wait(days=2)
    await agreed.says(yusuf, TAXES)
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_task"), "letter.task_there")
    assert agreed.has_button(yusuf, "button.letter_another")


async def test_who_comes_along_is_asked_for_the_task_that_is_there(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_task")
    await agreed.taps(yusuf, "button.letter_along")
    assert made(agreed) == [1]
    await agreed.presses(yusuf, "Anna")
    await agreed.taps(anna, "button.claim")
    assert {one["name"] for one in holders(agreed)} == {"Yusuf", "Anna"}
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_task"), "letter.task_taken", who="Anna")


async def test_a_last_day_that_got_an_hour_has_its_task_already(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    number = letter_task(agreed, "water-bill")["number"]
    await agreed.says(yusuf, f"/when {number} {LAST_DAY - timedelta(days=1):%d-%m-%Y} 10:00")
    assert letter_task(agreed, "water-bill")["at"]
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_mine"), "letter.task_there")
    assert made(agreed) == [1]


# shared


async def test_the_group_reads_an_explanation_once_however_often_it_is_shared(agreed: Welcome) -> None:
    yusuf, right = agreed.people["Yusuf"], LAST_DAY + timedelta(days=3)
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_share")
    await agreed.taps(yusuf, "button.letter_group")
    before = len(agreed.words(agreed.group))
    await agreed.taps(yusuf, "button.letter_group_sure")
    there = len(agreed.words(agreed.group))
    assert there > before
    await agreed.taps(yusuf, "button.letter_group_sure")
    assert agreed.told(yusuf, "letter.shared_group")
    assert len(agreed.words(agreed.group)) == there
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.says(yusuf, f"{right:%d-%m-%Y}")
    await agreed.taps(yusuf, "button.letter_group_sure")
    assert len(agreed.words(agreed.group)) == there
    assert agreed.told(agreed.words(agreed.group), "letter.by", day=right)


async def test_another_letter_is_told_beside_the_one_that_was_shared(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.shared = {KIND.key}
    counts = []
    for words in (WATER, TAXES):
        await agreed.says(yusuf, words)
        for key in ("button.letter_share", "button.letter_group", "button.letter_group_sure"):
            await agreed.taps(yusuf, key)
        counts.append(len(agreed.words(agreed.group)))
        await agreed.wait(days=2)  # the letter is gone, and its number is free
    assert counts[1] >= counts[0] + 2


@pytest.mark.parametrize("way", ["button.letter_share", "button.letter_with"])
async def test_who_blocked_the_bot_meanwhile_sees_no_explanation_and_nobody_is_told_so(
    agreed: Welcome, way: str
) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, way)
    agreed.telegram.block_bot(anna)
    await agreed.settle()
    agreed.mark(yusuf)
    toast = await agreed.presses(yusuf, "Anna")
    assert agreed.told([toast], "letter.not_reached")
    assert not agreed.told(yusuf, "letter.shared")
    assert not agreed.told(yusuf, "letter.reads")


# what a day is for


SENT = "20 november 2026\n\n"
UNDATED = TAXES.replace(SENT, "").replace("Betaal dit bedrag uiterlijk 31 december 2026.", "")
TERM = UNDATED.partition("Bent u het")[0] + "Betaal binnen 14 dagen na dagtekening van deze brief.\n"


@pytest.mark.parametrize(
    "words, what",
    [(TERM, "pay"), (UNDATED, "object"), (UNDATED.partition("Bent u het")[0], "pay")],
    ids=["its own term", "the term of an objection", "the kind"],
)
async def test_a_day_named_for_a_letter_without_one_is_for_what_the_letter_asks(
    agreed: Welcome, words: str, what: str
) -> None:
    yusuf, day = agreed.people["Yusuf"], date(2026, 12, 9)
    assert read_letter(words).deadlines == ()
    assert read_letter(words).kind == KIND.key
    await agreed.says(yusuf, f"/letter {words}")
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.taps(yusuf, "button.letter_wrong")
    said = await agreed.says(yusuf, f"{day:%d-%m-%Y}")
    assert agreed.told(said, "letter.by", what=Phrase(f"letter.what.{what}"), day=day)
    assert not agreed.told(said, "letter.what_for")
    task = letter_task(agreed, KIND.key)
    assert (task["due"], task["wanted"]) == (day.isoformat(), f'["{what}"]')


async def test_where_the_letter_asks_two_things_its_owner_says_which(agreed: Welcome) -> None:
    yusuf, day = agreed.people["Yusuf"], date(2026, 12, 9)
    words = TERM + UNDATED[UNDATED.index("Bent u het") :]
    assert set(purposes(read_letter(words), day)) == {"pay", "object"}
    await agreed.says(yusuf, f"/letter {words}")
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.taps(yusuf, "button.letter_wrong")
    said = await agreed.says(yusuf, f"{day:%d-%m-%Y}")
    assert agreed.told(said, "letter.by", what=Phrase("letter.what.act"), day=day)
    assert agreed.told(said, "letter.what_for")
    await agreed.taps(yusuf, "letter.what.object")
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.by", what=Phrase("letter.what.object"), day=day)
    assert letter_task(agreed, KIND.key)["wanted"] == '["object"]'
    assert agreed.told([await agreed.taps(yusuf, "letter.what.pay")], "letter.corrected") is False


def test_what_has_its_day_is_not_what_another_day_is_for() -> None:
    assert {one.what for one in read_letter(TAXES).deadlines} == {"pay", "object"}
    assert purposes(read_letter(TAXES), date(2026, 12, 9)) == ()
