"""The cruelties of the platform: whatever Telegram does, nothing is lost and nothing comes in streams."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.demo.telegram import Account
from bot.store.tables import Outgoing
from tests.story import Welcome


async def until(true: Callable[[], object], patience: float = 20) -> None:
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110  # what is waited for is in the database
            await asyncio.sleep(0.005)


def times(world: Welcome, who: Account, words: str) -> int:
    return sum(words in text for text in world.heard(who))


def outgoing(world: Welcome, chat: int) -> list[tuple[str, int, str]]:
    """State, attempts and fault of the newest messages to a chat, newest first."""
    found = world.rows("select state, attempts, fault from outgoing where chat = ? order by id desc", chat)
    return [(row["state"], row["attempts"], row["fault"]) for row in found]


# later: told to wait, or never connected


async def test_told_to_wait_it_waits_and_holds_up_nobody_else(agreed: Welcome) -> None:
    anna, bram = agreed.people["Anna"], agreed.people["Bram"]
    agreed.mark(anna)
    agreed.mark(bram)
    begun = asyncio.get_running_loop().time()
    agreed.telegram.fail_next("sendMessage", 429, retry_after=1)
    agreed.telegram.say(anna, None, "/help")
    await until(lambda: agreed.telegram.calls["sendMessage"] and not agreed.telegram.waiting)
    agreed.telegram.say(bram, None, "/help")
    await until(lambda: agreed.heard(bram))
    assert not agreed.heard(anna), "Bram did not wait for Anna's second"
    await agreed.settle()
    assert len(agreed.heard(anna)) == len(agreed.heard(bram)) == 1
    assert asyncio.get_running_loop().time() - begun >= 1
    assert outgoing(agreed, anna.id)[0] == ("sent", 1, "")


async def test_out_of_reach_everything_waits_and_comes_once_in_order(agreed: Welcome) -> None:
    """The service is down when reminders fall due: it is later, not never, and not twice."""
    anna = agreed.people["Anna"]
    for task, hour in (("vog", "14:00"), ("group-intake", "16:00")):
        await agreed.says(anna, f"/claim {agreed.number(task)}")
        await agreed.plans(anna, task, f"vrijdag {hour}")
    before = len(outgoing(agreed, anna.id))
    agreed.mark(anna)
    agreed.telegram.down = True
    agreed.clock.set(agreed.clock.now() + timedelta(days=2, hours=9, minutes=30))
    await until(lambda: len(outgoing(agreed, anna.id)) >= before + 2)
    calls = agreed.telegram.calls["sendMessage"]
    await until(lambda: agreed.telegram.calls["sendMessage"] > calls)
    assert not agreed.heard(anna)
    agreed.telegram.down = False
    await agreed.settle()
    said = [text for text in agreed.heard(anna) if "14:00" in text or "16:00" in text]
    assert len(said) == 2
    assert "14:00" in said[0]
    assert {state for state, _, _ in outgoing(agreed, anna.id)} == {"sent"}


# unknown: it left, and no answer came


@pytest.mark.parametrize("how", ["answered 502", "answered 500", "dropped"])
@pytest.mark.parametrize("arrived", [False, True])
async def test_of_unknown_outcome_it_is_repeated_once(agreed: Welcome, how: str, arrived: bool) -> None:
    anna = agreed.people["Anna"]
    agreed.mark(anna)
    if how == "dropped":
        agreed.telegram.drop_connection("sendMessage", after_taking=arrived)
    else:
        agreed.telegram.fail_next("sendMessage", int(how[-3:]), after=arrived)
    agreed.telegram.say(anna, None, "/help")
    await agreed.settle()
    assert len(agreed.heard(anna)) == (2 if arrived else 1)
    assert outgoing(agreed, anna.id)[0] == ("sent", 2, "unknown")


async def test_of_unknown_outcome_again_and_again_it_is_left(agreed: Welcome) -> None:
    """Never a stream of doubles: two at most, and the rows tell of it; what follows goes on."""
    anna = agreed.people["Anna"]
    agreed.mark(anna)
    agreed.telegram.drop_connection("sendMessage", after_taking=True, times=2)
    agreed.telegram.say(anna, None, "/help")
    agreed.telegram.say(anna, None, "/privacy")
    await agreed.settle()
    assert times(agreed, anna, "112") == 2
    assert len(agreed.heard(anna)) == 3
    assert [state for state, _, _ in outgoing(agreed, anna.id)[:2]] == ["sent", "unknown"]


async def test_in_flight_at_two_kills_it_is_left(agreed: Welcome) -> None:
    """Begun by two processes that were killed: it may have arrived twice, so it is not sent again."""
    anna = agreed.people["Anna"]
    agreed.mark(anna)
    store = agreed.app.store
    with store.begin() as session:
        row = Outgoing(chat=anna.id, attempts=2, created=agreed.clock.now())
        row.payload = store.seal({"text": "Hallo"})
        session.add(row)
    await agreed.says(anna, "/help")
    assert not times(agreed, anna, "Hallo")
    assert [state for state, _, _ in outgoing(agreed, anna.id)[:2]] == ["sent", "unknown"]


async def test_the_repeat_waits_until_the_service_answers(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    agreed.mark(anna)
    agreed.telegram.drop_connection("sendMessage", after_taking=False)
    agreed.telegram.fail_next("getMe", 502, times=2)
    sent = agreed.telegram.calls["sendMessage"]
    agreed.telegram.say(anna, None, "/help")
    await until(lambda: agreed.telegram.calls["getMe"] >= 3)
    assert agreed.telegram.calls["sendMessage"] <= sent + 2
    await agreed.settle()
    assert len(agreed.heard(anna)) == 1


# moved


async def test_moved_in_the_middle_of_a_conversation(agreed: Welcome) -> None:
    """The id changes everywhere, the board is sent anew, and buttons of the new chat work."""
    assert agreed.group
    anna, old = agreed.people["Anna"], agreed.group
    agreed.telegram.say(anna, old, "/next@samenbot")
    new = agreed.group = agreed.telegram.upgrade_to_supergroup(old)
    await agreed.settle()
    assert agreed.room_row()["chat"] == new.id
    assert agreed.board
    assert await agreed.says(anna, "/next@samenbot", group=True)
    assert not agreed.rows("select 1 from pending where lane = ? and state = 'waiting'", old.id)
    assert not agreed.rows("select 1 from outgoing where chat = ? and state = 'waiting'", old.id)


async def test_moved_and_told_only_by_a_refused_send(agreed: Welcome) -> None:
    """The service messages got lost: the 400 with migrate_to_chat_id alone must do."""
    assert agreed.group
    anna, old = agreed.people["Anna"], agreed.group
    new = agreed.telegram.upgrade_to_supergroup(old)
    agreed.telegram.updates.drop()
    agreed.group = new
    await agreed.says(anna, f"/claim {agreed.number('vog')}")
    assert agreed.room_row()["chat"] == new.id
    assert "Anna" in agreed.board, "the board is in the new chat"
    assert await agreed.says(anna, "/next@samenbot", group=True)


# gone


async def test_blocked_is_told_to_nobody(agreed: Welcome) -> None:
    assert agreed.group
    anna = agreed.people["Anna"]
    await agreed.says(anna, f"/claim {agreed.number('vog')}")
    await agreed.plans(anna, "vog", "donderdag 14:00")
    agreed.telegram.block_bot(anna)
    agreed.telegram.updates.drop()
    agreed.mark(agreed.group)
    await agreed.wait(days=1, hours=20)
    assert outgoing(agreed, anna.id)[0][0] == "gone"
    assert not agreed.told(agreed.group, "group.unopened")
    agreed.telegram.unblock(anna)
    assert await agreed.says(anna, "/help")


async def test_never_started_is_one_neutral_line(group: Welcome) -> None:
    """Gerda tapped who she is but never opened her private chat: no name, no subject, once."""
    assert group.group
    gerda = group.person("Gerda")
    group.telegram.add_member(group.group, gerda)
    await group.settle()
    message, label = group.button(group.group, "button.role_sponsor")
    await group.telegram.press(gerda, group.group, message, label)
    await group.settle()
    await group.says(gerda, f"/claim@samenbot {group.number('vog')}", group=True)
    await group.plans(gerda, "vog", "donderdag 14:00")
    group.mark(group.group)
    await group.wait(days=1, hours=22)
    lines = [text for text in group.words(group.group) if group.told([text], "group.unopened")]
    assert len(lines) == 1
    assert "Gerda" not in lines[0]
    assert "VOG" not in lines[0]


async def test_put_out_of_the_group_it_keeps_still(agreed: Welcome) -> None:
    """Also when nobody tells it: the refused send does."""
    assert agreed.group
    carla = agreed.people["Carla"]
    agreed.telegram.remove_bot(agreed.group, carla)
    agreed.telegram.updates.drop()
    anna = agreed.people["Anna"]
    assert await agreed.says(anna, f"/claim {agreed.number('vog')}"), "in private it still answers"
    assert outgoing(agreed, agreed.group.id)[0][::2] == ("gone", "removed")
    begun, days = len(agreed.requests), 3
    await agreed.wait(days=days)
    here = str(agreed.group.id)
    knocks = Counter(method for method, asked in agreed.requests[begun:] if asked.get("chat_id") == here)
    assert knocks.keys() <= {"sendMessage", "editMessageText"}
    assert max(knocks.values()) <= days, "what is new is tried once a day: it does not go on knocking"
    attempts = agreed.rows("select attempts from outgoing where chat = ? and state = 'gone'", agreed.group.id)
    assert {row["attempts"] for row in attempts} == {1}
    assert not agreed.rows("select 1 from pending where state = 'aside'")


# what comes in


async def test_an_update_that_comes_twice_is_answered_once(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    agreed.mark(anna)
    agreed.telegram.say(anna, None, "/help")
    agreed.telegram.updates.repeat()
    agreed.telegram.say(anna, None, "/privacy")
    await agreed.settle()
    assert len(agreed.heard(anna)) == 2


async def test_an_update_that_comes_again_later_is_answered_once(agreed: Welcome) -> None:
    """The confirmation got lost: the whole batch comes again, also after a restart."""
    anna = agreed.people["Anna"]
    agreed.mark(anna)
    agreed.telegram.say(anna, None, "/help")
    kept = list(vars(agreed.telegram.updates)["_queue"])
    await agreed.settle()
    for update in kept:
        vars(agreed.telegram.updates)["_queue"].append(update)
    await agreed.restart()
    agreed.telegram.say(anna, None, "/privacy")
    await agreed.settle()
    assert times(agreed, anna, "112") == 1
    assert len(agreed.heard(anna)) == 2


async def test_another_poller_and_a_service_that_stumbles(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    agreed.telegram.fail_next("getUpdates", 409, times=2)
    agreed.telegram.fail_next("getUpdates", 502)
    agreed.telegram.drop_connection("getUpdates")
    assert len(await agreed.says(anna, "/help")) == 1


async def test_half_a_character_stops_nobody(agreed: Welcome) -> None:
    anna, bram = agreed.people["Anna"], agreed.people["Bram"]
    agreed.mark(anna)
    agreed.mark(bram)
    agreed.telegram.say(anna, None, "/claim \ud83d zzz")
    agreed.telegram.say(bram, None, "/help")
    await agreed.settle()
    assert times(agreed, anna, "zzz") == 1
    assert times(agreed, bram, "112") == 1
