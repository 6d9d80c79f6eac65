"""Who goes, by whatever way: what they had taken on is free again, what is theirs goes with them, and nobody
reads why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.demo.telegram import Account
from tests.story import ARRIVAL, Welcome
from tests.test_consent import newcomer, personal_link, vouched

OWN = "medical-papers"
"""A task that is private by nature."""

# what they had taken on


async def leaves_by_command(world: Welcome, who: Account) -> None:
    await world.says(who, "/leave")
    await world.taps(who, "button.leave")


async def leaves_the_chat(world: Welcome, who: Account) -> None:
    world.telegram.leave(world.group, who)
    await world.settle()


async def is_put_out(world: Welcome, who: Account) -> None:
    world.telegram.remove(world.group, who, world.people["Carla"])
    await world.settle()


async def goes_unnoticed(world: Welcome, who: Account) -> None:
    """Telegram's own message was missed: on Monday the bot looks who is still there."""
    world.group.members.pop(who.id)
    await world.wait(days=7)


@pytest.mark.parametrize("goes", [leaves_by_command, leaves_the_chat, is_put_out, goes_unnoticed])
async def test_a_sponsor_who_goes_gives_back_tasks_in_order(agreed: Welcome, goes: Any) -> None:
    anna, bram, carla = (agreed.people[name] for name in ("Anna", "Bram", "Carla"))
    for key in ("vog", "daytime"):
        await agreed.says(anna, f"/claim {agreed.number(key)}", group=True)
    await agreed.says(bram, f"/claim {agreed.number('daytime')}", group=True)
    await agreed.taps(bram, "button.join", group=True)
    await agreed.says(anna, f"/claim {agreed.number('greetings')}", group=True)
    await agreed.says(anna, f"/done {agreed.number('greetings')}", group=True)
    agreed.mark(agreed.group)
    await goes(agreed, anna)
    assert agreed.task("vog")["who"] == []
    assert agreed.task("daytime")["who"] == ["Bram"]
    assert agreed.task("greetings")["state"] == "done"
    assert agreed.told(agreed.words(agreed.group), "tasks.handed_back")
    assert agreed.told(agreed.words(carla), "left.told", who="Anna")
    people = (await agreed.says(bram, "/people", group=True))[0]
    assert "Anna" not in people
    assert agreed.told(await agreed.says(anna, "/mine"), "room.none")


@pytest.mark.parametrize("vouched", [True, False])
@pytest.mark.parametrize("goes", [leaves_by_command, leaves_the_chat, is_put_out])
async def test_what_is_a_newcomers_own_is_offered_to_nobody(
    agreed: Welcome, goes: Any, vouched: bool
) -> None:
    """Of what the newcomer had taken on, the group reads what anybody may take now, and nothing else."""
    yusuf, carla = agreed.people["Yusuf"], agreed.people["Carla"]
    if vouched:
        await agreed.taps(carla, "button.right")
    await agreed.says(yusuf, "/task call my brother in Cairo")
    mine, alone = [agreed.number("call my brother in Cairo"), agreed.number(OWN)], agreed.number("bank")
    await agreed.says(yusuf, f"/alone {alone}")
    for number in (*mine, alone, agreed.number("vog")):
        await agreed.says(yusuf, f"/claim {number}")
    assert all(agreed.task(key)["who"] == ["Yusuf"] for key in (OWN, "bank", "vog"))
    await goes(agreed, yusuf)
    offered = [text for text in agreed.words(agreed.group) if agreed.told([text], "tasks.handed_back")]
    assert len(offered) == 1
    assert f"{agreed.number('vog')}. {agreed.title('vog').texts['nl']}" in offered[0]
    assert not any(f"{number}. " in offered[0] for number in mine)
    # Who stops altogether leaves no choices behind; what only went with the account is still theirs.
    assert (f"{alone}. " in offered[0]) == (agreed.task("bank")["company"] == "open")
    neutral = [agreed.phrase("task.neutral"), agreed.title(OWN, "neutral").texts["nl"]]
    assert not any(words in offered[0] for words in neutral)


async def is_undone(world: Welcome, who: Account) -> None:
    """The coordinator takes back the joining, by the button she got when it happened."""
    (member,) = world.rows(
        "select m.id from member m join person p on p.id = person_id where telegram = ?", who.id
    )
    carla = world.people["Carla"]
    data = world.app.reader.seal.close("out", (1, 0, member["id"]), carla.id)
    await world.telegram.forge(carla, None, world.telegram.history(carla)[-1], data)
    await world.settle()


@pytest.mark.parametrize("takes", [True, False])
@pytest.mark.parametrize("goes", [leaves_by_command, leaves_the_chat, is_put_out, goes_unnoticed, is_undone])
async def test_who_was_asked_along_and_left_reads_it_no_more(agreed: Welcome, goes: Any, takes: bool) -> None:
    """And the newcomer hears that somebody else is needed; the group reads of it nothing at all."""
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    number, title = agreed.number(OWN), agreed.title(OWN)
    await agreed.says(yusuf, f"/together {number}")
    await agreed.presses(yusuf, "Anna")
    assert any(title.texts["nl"] in text for text in await agreed.says(anna, f"/task {number}"))
    if takes:
        await agreed.says(anna, f"/claim {number}")
    agreed.mark(yusuf)
    await goes(agreed, anna)
    assert agreed.told(yusuf, "decide.cannot_come", who="Anna", task=title)
    assert not agreed.told(agreed.words(agreed.group), "tasks.handed_back")
    agreed.telegram.add_member(agreed.group, anna)
    await agreed.settle()
    await agreed.joins(anna, "sponsor", None)
    said = await agreed.says(anna, f"/task {number}")
    assert said
    assert not any(title.texts[code] in text for text in said for code in ("nl", "en"))


async def test_nobody_reads_why_and_who_stays_is_not_sent_away(group: Welcome) -> None:
    anna = group.people["Anna"]
    said = await group.says(anna, "/leave")
    assert group.told(said, "leave.ask")
    group.mark(group.group)
    await group.taps(anna, "button.stay")
    assert group.told(anna, "leave.stayed")
    assert not group.heard(group.group)
    assert group.told(await group.says(anna, "/claim vog"), "task.claimed")


async def test_a_departure_is_taken_off_the_board(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/claim vog", group=True)
    assert "Anna" in group.board
    await leaves_the_chat(group, anna)
    assert "Anna" not in group.board


async def test_the_coordinator_cannot_leave_without_handing_over(group: Welcome) -> None:
    carla = group.people["Carla"]
    assert group.told(await group.says(carla, "/leave"), "leave.coordinator")
    assert not group.has_button(carla, "button.leave")


async def test_a_sponsor_who_comes_back_is_welcome(group: Welcome) -> None:
    anna = group.people["Anna"]
    await leaves_the_chat(group, anna)
    await group.wait(minutes=2)
    group.mark(group.group)
    group.telegram.add_member(group.group, anna)
    await group.settle()
    assert group.told(group.words(group.group)[-1:], "group.welcome") or group.told(
        group.heard(group.group), "group.welcome"
    )
    await group.joins(anna, "sponsor", None)
    await group.says(anna, "/claim vog", group=True)
    assert group.task("vog")["who"] == ["Anna"]
    assert group.rows("select count(*) n from member")[0]["n"] == 6


# what is a newcomer's own


async def test_a_refusal_leaves_no_tasks_and_closes_the_board(group: Welcome) -> None:
    await group.says(group.people["Anna"], "/task sleutels van Yusuf ophalen", group=True)
    await personal_link(group)
    await vouched(group, "neither")
    for table in ("task", "holder", "card", "question", "invite where room_id = 1 and used_at is null"):
        assert not group.rows("select * from " + table), table
    assert group.told(group.words(group.group), "board.closed")
    row = group.rows("select * from member where role = 'newcomer'")[0]
    assert (row["consent"], row["called"], row["person_id"]) == ("neither", None, None)


async def test_a_newcomer_who_leaves_takes_what_is_theirs(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.taps(agreed.people["Carla"], "button.right")
    await agreed.says(yusuf, "/task naar de tandarts")
    await agreed.says(yusuf, f"/alone {agreed.number('phone-and-mail')}")
    await agreed.says(anna, "/claim vog", group=True)
    await leaves_by_command(agreed, yusuf)
    assert agreed.told(yusuf, "leave.done")
    assert not agreed.rows("select * from task where words is not null")
    assert agreed.task("phone-and-mail")["company"] == "open"
    row = agreed.rows("select * from member where role = 'newcomer'")[0]
    assert (row["consent"], row["called"], row["person_id"]) == ("unasked", None, None)
    assert agreed.room_row()["newcomer_name"] != "Yusuf"
    assert agreed.task("vog")["who"] == ["Anna"]


async def test_who_nobody_vouched_for_leaves_and_the_place_is_kept_for_a_day(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await leaves_by_command(agreed, yusuf)
    assert newcomer(agreed)["person_id"] is None
    await agreed.wait(hours=25)
    assert agreed.room_row()["newcomer_name"] == "–"


async def test_a_newcomer_who_leaves_is_told_to_the_coordinator_alone(agreed: Welcome) -> None:
    yusuf, carla, anna = (agreed.people[name] for name in ("Yusuf", "Carla", "Anna"))
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    await agreed.says(yusuf, "/leave")
    agreed.mark(agreed.group)
    agreed.mark(carla)
    agreed.mark(anna)
    await agreed.taps(yusuf, "button.leave")
    assert agreed.told(yusuf, "leave.done")
    assert agreed.told(carla, "left.told", who="Yusuf")
    assert not agreed.heard(anna)
    assert not any("Yusuf" in text for text in agreed.heard(agreed.group))
    agreed.mark(yusuf)
    await agreed.wait(days=40)
    assert not agreed.heard(yusuf)


async def test_a_month_after_the_year_everything_is_erased_and_said_before(world: Welcome) -> None:
    await world.with_newcomer(arrival="1 december 2025")
    anna, bot = world.people["Anna"], world.telegram
    end = ARRIVAL + timedelta(days=30)
    await world.until(world.at(end - timedelta(days=13)))
    assert world.told(world.words(anna), "room.ends", day=end)
    assert bot.bot_in(world.group).present
    await world.until(world.at(end, "23:00"))
    assert not bot.bot_in(world.group).present
    assert world.room_row()["state"] == "closed"
    raw = world.raw()
    assert not any(name.encode() in raw for name in ("Yusuf", "Anna", "Bram"))
    assert not world.rows("select * from task")
