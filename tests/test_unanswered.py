"""What a newcomer types to a proposal or a reminder, and what comes of a proposal that nobody answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.calendar import EVENING_BEFORE, LOOK_AT, local
from bot.domain.reminders import silence_told
from tests.domain import ZONE
from tests.story import Welcome
from tests.test_reminders import appointment, count, listen
from tests.test_reminders_fair import heard_so_often, messages, quiet
from tests.test_reminders_late import down_until

KEY, OTHER = "phone-and-mail", "bsn"
DAY = date(2026, 12, 3)


def buttons(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def proposed(world: Welcome, *plans: tuple[str, str]) -> list[dict[str, Any]]:
    """Anna proposes moments, one after the other; the messages in which Yusuf reads them."""
    for key, words in plans:
        await world.plans(world.people["Anna"], key, words)
    listen(world)
    return messages(world, world.people["Yusuf"], "when.proposal")[-len(plans) :]


# a yes or no in reply


@pytest.mark.parametrize("words", ["yes", "no"])
async def test_a_reply_to_an_overtaken_proposal_brings_the_present_one(agreed: Welcome, words: str) -> None:
    yusuf = agreed.people["Yusuf"]
    old, new = await proposed(agreed, (KEY, "3 december 14:00"), (KEY, "4 december 16:00"))
    said = await agreed.says(yusuf, words, reply_to=old["message_id"])
    assert said == [agreed._text(new)]
    assert not agreed.task(KEY)["at"]
    assert agreed.task(KEY)["proposed"]
    await agreed.says(yusuf, "yes", reply_to=new["message_id"])
    assert agreed.task(KEY)["at"] == agreed.at(date(2026, 12, 4), "16:00")


async def test_of_two_proposals_a_reply_answers_its_own(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    first, second = await proposed(agreed, (KEY, "3 december 14:00"), (OTHER, "10 december 16:00"))
    assert agreed.told(await agreed.says(yusuf, "yes", reply_to=first["message_id"]), "when.fine")
    assert (agreed.task(KEY)["at"], agreed.task(OTHER)["at"]) == (agreed.at(DAY, "14:00"), None)
    assert agreed.told(await agreed.says(yusuf, "no", reply_to=second["message_id"]), "when.told_no")
    assert agreed.task(KEY)["at"]
    assert not agreed.task(OTHER)["proposed"]
    assert count(agreed, anna, "when.not_then") == 1


async def test_a_reply_to_something_else_answers_no_proposal(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await proposed(agreed, (KEY, "3 december 14:00"))
    other = messages(agreed, yusuf, "consent.yes")[0]
    for words in ("yes", "no"):
        said = await agreed.says(yusuf, words, reply_to=other["message_id"])
        assert agreed.told(said, "when.proposal")
    assert agreed.task(KEY)["proposed"]


# what was asked last


async def nudged(world: Welcome) -> str:
    """Yusuf was asked how he wants a task; its key."""
    yusuf = world.people["Yusuf"]
    await heard_so_often(world, yusuf, "decide.question", 1)
    (row,) = world.rows(
        "select key from task where id = (select nudged_task from person where name = 'Yusuf')"
    )
    return str(row["key"])


async def test_a_no_answers_the_proposal_that_came_after_a_question(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    assert await nudged(agreed) != OTHER
    await proposed(agreed, (OTHER, "10 december 14:00"))
    assert agreed.told(await agreed.says(yusuf, "no"), "when.told_no")
    assert not agreed.task(OTHER)["proposed"]
    assert not quiet(agreed)


async def test_a_no_to_a_question_that_came_after_a_proposal_leaves_the_proposal(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await proposed(agreed, (OTHER, "10 december 14:00"))
    assert await nudged(agreed) != OTHER
    assert agreed.told(await agreed.says(yusuf, "no"), "asking.stopped")
    assert agreed.task(OTHER)["proposed"]


# who cannot come after all


async def reminded(world: Welcome) -> dict[str, Any]:
    """Anna and Yusuf go together, and are reminded of it the evening before."""
    await appointment(world, "Anna", KEY, DAY, "14:00")
    listen(world)
    await world.until(world.at(DAY - timedelta(days=1), "19:30"))
    (message,) = messages(world, world.people["Yusuf"], "remind.eve")
    return message


async def test_the_reminder_lets_the_newcomer_call_it_off(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    mine = buttons(await reminded(agreed))
    assert agreed.phrase("button.cannot_then", "en") in mine
    assert agreed.phrase("button.release", "en") not in mine
    assert agreed.has_button(anna, "button.release")
    await agreed.taps(yusuf, "button.cannot_then")
    assert agreed.told(yusuf, "when.told_no")
    assert agreed.told(anna, "when.not_then")
    assert not agreed.task(KEY)["at"]


@pytest.mark.parametrize("replies", [True, False])
async def test_a_no_to_the_reminder_is_asked_back(agreed: Welcome, replies: bool) -> None:
    yusuf, reminder = agreed.people["Yusuf"], await reminded(agreed)
    said = await agreed.says(yusuf, "no", reply_to=reminder["message_id"] if replies else None)
    assert agreed.told(said, "when.cannot", at=agreed.at(DAY, "14:00"))
    assert agreed.task(KEY)["at"]
    await agreed.taps(yusuf, "button.cannot_then")
    assert not agreed.task(KEY)["at"]


async def test_a_no_of_another_day_is_not_about_the_reminder(agreed: Welcome) -> None:
    yusuf, _ = agreed.people["Yusuf"], await reminded(agreed)
    await agreed.until(agreed.at(DAY, "08:00"))
    assert not agreed.told(await agreed.says(yusuf, "no"), "when.cannot")
    assert agreed.task(KEY)["at"]


# a proposal that nobody answers


@pytest.mark.parametrize("blocked", [False, True])
async def test_who_proposed_reads_once_that_there_is_no_answer(agreed: Welcome, blocked: bool) -> None:
    """The same words whether the newcomer is silent or cannot be reached."""
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.says(anna, "/settings")
    await agreed.taps(anna, "settings.none")
    if blocked:
        agreed.telegram.block_bot(yusuf)
    await proposed(agreed, (KEY, "3 december 14:00"))
    at, eve = agreed.at(DAY, "14:00"), DAY - timedelta(days=1)
    await agreed.until(agreed.at(eve, "08:59"))
    assert not count(agreed, anna, "when.unanswered")
    await agreed.until(agreed.at(eve, "09:00"))
    wanted = agreed.phrase("when.unanswered", task=agreed.title(KEY), at=at)
    assert [text for text in agreed.heard(anna) if agreed.told([text], "when.unanswered")] == [wanted]
    await agreed.until(at - timedelta(hours=1))
    assert count(agreed, anna, "when.unanswered") == 1
    for where in (agreed.group, yusuf, *(agreed.people[name] for name in ("Bram", "Carla"))):
        assert not count(agreed, where, "when.unanswered")
    await agreed.taps(anna, "button.asked_in_person")
    assert agreed.task(KEY)["at"] == at


@pytest.mark.parametrize("how", ["yes", "no", "another"])
async def test_an_answer_leaves_no_silence_to_tell(agreed: Welcome, how: str) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await proposed(agreed, (KEY, "3 december 14:00"))
    if how == "another":
        await proposed(agreed, (KEY, "20 december 14:00"))
    else:
        await agreed.says(yusuf, how)
    await agreed.until(agreed.at(DAY, "23:00"))
    assert not count(agreed, anna, "when.unanswered")


async def test_the_silence_after_an_overtaken_proposal_is_not_told(agreed: Welcome) -> None:
    """The moment at which it would be told is still to come when the newer one leaves none."""
    anna = agreed.people["Anna"]
    await agreed.until(agreed.at(DAY, "10:00"))
    await proposed(agreed, (KEY, "4 december 08:30"), (KEY, "3 december 20:45"))
    await agreed.until(agreed.at(DAY, "20:40"))
    assert agreed.task(KEY)["proposed"]
    assert not count(agreed, anna, "when.unanswered")


async def test_nobody_reads_of_silence_at_night(agreed: Welcome) -> None:
    anna, eve = agreed.people["Anna"], DAY - timedelta(days=1)
    await proposed(agreed, (KEY, "3 december 14:00"))
    await agreed.until(agreed.at(eve, "08:00"))
    await down_until(agreed, agreed.at(eve, "22:00"))
    assert not agreed.heard(anna)
    await agreed.until(agreed.at(DAY, "08:00"))
    assert count(agreed, anna, "when.unanswered") == 1
    assert agreed.told(anna, "remind.late")


def test_silence_is_told_at_the_first_hour_that_is_left() -> None:
    at, eve = local(DAY, LOOK_AT, ZONE) + timedelta(hours=5), DAY - timedelta(days=1)
    early = at - timedelta(hours=6)
    look, on_its_day, evening = (
        local(eve, LOOK_AT, ZONE),
        local(DAY, LOOK_AT, ZONE),
        local(eve, EVENING_BEFORE, ZONE),
    )
    assert silence_told(at, look - timedelta(days=9), ZONE) == look
    assert silence_told(at, look, ZONE) == on_its_day
    assert silence_told(early, look, ZONE) == evening
    assert silence_told(at, on_its_day, ZONE) is None
