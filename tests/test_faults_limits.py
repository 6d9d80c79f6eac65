"""Telegram's limits are held, over restarts too, so that the board folds many changes into few edits."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.telegram import Limits as TelegramLimits
from bot.outbox import Limits, Pace
from tests.story import Welcome

CHANGES = 40
SPEED = 5
"""So much faster than here do seconds pass for both sides of the limits, in the story below."""


class Watch:
    """Monotonic time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def play(pace: Pace, watch: Watch, chats: list[int], seconds: float) -> list[tuple[float, int]]:
    """Every chat always has words waiting; what leaves when."""
    sent: list[tuple[float, int]] = []
    end = watch.now + seconds
    waiting = list(chats)
    while watch.now < end:
        held = pace.held()
        for chat in [chat for chat in waiting if chat not in held][: max(0, pace.free())]:
            pace.spent(chat)
            sent.append((watch.now, chat))
            waiting.remove(chat)
            waiting.append(chat)
        watch.now += 0.01
    return sent


def most_within(moments: list[float], seconds: float) -> int:
    """The most of these moments that lie within any window of so many seconds."""
    first, most = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - seconds + 1e-6:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.parametrize("seed", range(4))
def test_never_more_than_telegram_takes(seed: int) -> None:
    dice, watch = random.Random(seed), Watch()
    chats = [*range(1, dice.randint(2, 60)), *range(-dice.randint(1, 40), 0)]
    dice.shuffle(chats)
    sent = play(Pace(Limits(), watch), watch, chats, 130)
    by_chat = defaultdict(list)
    for moment, chat in sent:
        by_chat[chat].append(moment)
    assert most_within([moment for moment, _ in sent], 1) <= 30
    for chat, moments in by_chat.items():
        assert most_within(moments, 60) <= (20 if chat < 0 else 63)
        assert most_within(moments, 1) <= (1 if chat < 0 else 3)
        assert most_within(moments, 3) <= 3
    assert set(by_chat) == set(chats), "nobody starves"


def test_the_limits_are_used_and_not_only_held() -> None:
    watch = Watch()
    sent = play(Pace(Limits(), watch), watch, list(range(1, 100)), 10)
    assert len(sent) >= 280
    watch = Watch()
    assert len(play(Pace(Limits(), watch), watch, [-1], 120)) >= 39


def test_what_a_restart_forgot_is_told() -> None:
    watch = Watch()
    pace = Pace(Limits(), watch)
    for age in range(20, 0, -1):
        pace.past(-5, age * 2)
    assert pace.held()[-5] == pytest.approx(20, abs=0.1), "twenty in the last forty seconds"
    watch.now += 20.1
    assert -5 not in pace.held()


def test_told_to_wait_is_held_longest() -> None:
    watch = Watch()
    pace = Pace(Limits(), watch)
    pace.hold(7, 5)
    pace.hold(7, 2)
    assert pace.held()[7] == pytest.approx(5)
    watch.now += 5
    assert 7 not in pace.held()


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[Welcome]:
    """The group in Utrecht, on a Telegram that holds its limits; time passes faster for both."""
    world = Welcome(tmp_path)
    await world.start()
    await world.with_group()
    for number in range(CHANGES):
        await world.says(world.people["Anna"], f"/task Lamp {number}")
    hold(world)
    yield world
    await world.stop()


def hold(world: Welcome) -> None:
    world.telegram.meter._monotonic = lambda: time.monotonic() * SPEED
    world.telegram.meter.set(TelegramLimits())
    world.app.outbox.pace = Pace(Limits(), lambda: time.monotonic() * SPEED)


async def test_many_changes_are_few_edits(strict: Welcome) -> None:
    """Forty changes at once: each is answered, the board shows them all, and Telegram never says 429."""
    assert strict.group
    edits = strict.telegram.calls["editMessageText"]
    people = [strict.people[name] for name in ("Anna", "Bram", "Dina", "Emre")]
    for place in range(CHANGES):
        strict.telegram.say(people[place % 4], None, f"/claim {strict.number(f'Lamp {place}')}")
    await strict.settle(patience=60)
    assert strict.rows("select count(distinct task_id) n from holder") == [{"n": CHANGES}]
    edited = strict.telegram.calls["editMessageText"] - edits
    assert 1 <= edited <= CHANGES / 2
    assert strict.telegram.meter.refused == 0
    folded = strict.rows("select count(*) n from outgoing where state = 'folded' and slot = 'board'")
    assert folded[0]["n"] >= CHANGES - edited - 1


async def test_the_limits_hold_over_a_restart(strict: Welcome) -> None:
    """A new process knows what the last one sent within the minute."""
    assert strict.group
    anna = strict.people["Anna"]
    for _ in range(8):
        strict.telegram.say(anna, strict.group, "/next@samenbot")
    await strict.settle(patience=60)
    await strict.restart()
    await strict.says(anna, "/help")
    recalled = vars(strict.app.outbox.pace)["_chats"]
    assert len(recalled[strict.group.id]) >= 8
