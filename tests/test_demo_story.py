"""The demo's story: told to its end, and honest where it cannot go on."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.content import ROOT
from bot.demo.content import DemoContent, Step, Story, load_demo
from bot.demo.stage import Stage
from bot.demo.story import StoryStuck, Teller, pattern_of
from tests.demo import BEGIN, staged


@pytest.fixture
def content() -> DemoContent:
    return load_demo()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


def teller(stage: Stage, story: Story, told: Callable[[Any], None] = lambda _step: None) -> Teller:
    async def move(moment: datetime) -> None:
        await stage.until(moment, lambda _there: None)

    return Teller(stage, story, told, move, pace=0)


async def test_the_story_is_told_to_its_end(content: DemoContent, stage: Stage) -> None:
    told: list[Any] = []
    await teller(stage, content.story, told.append).tell()
    steps = [step["step"] for step in told if "step" in step]
    assert steps == list(range(1, len(content.story.steps) + 1))
    (group,) = stage.groups
    telegram = stage.telegram
    assert telegram.pinned(group)
    assert stage.now.date() == (BEGIN + timedelta(days=13)).date()
    files = [m["document"]["file_name"] for m in telegram.history(stage.account("yusuf")) if "document" in m]
    assert any(name.endswith(".ics") for name in files)
    assert all(chat.private or chat is group for chat in telegram.chats.values())


async def test_a_story_that_cannot_go_on_names_its_step(content: DemoContent, stage: Stage) -> None:
    steps = [content.story.steps[0], Step(who="olga", press="button.claim")]
    with pytest.raises(StoryStuck, match=r"step 2 \(olga: button\.claim\): there is no button"):
        await teller(stage, Story(plan="resettlement", steps=tuple(steps))).tell()


async def test_a_story_in_which_an_answer_stays_out_names_it(stage: Stage) -> None:
    steps = (Step(who="anna", say="/start", heard="task.claimed"),)
    with pytest.raises(StoryStuck, match=r"task\.claimed was not heard"):
        await teller(stage, Story(plan="resettlement", steps=steps)).tell()


def test_a_phrase_is_found_whatever_stands_in_its_places() -> None:
    pattern = pattern_of("<b>{number}. {task}</b>: welke dag?")
    assert pattern.match("12. Tolk (vinden): welke dag?")
    assert not pattern.match("12. Tolk vinden: hoe laat?")


def test_the_story_is_readable_as_data() -> None:
    raw = tomllib.loads((ROOT / "content/demo/story.toml").read_text(encoding="utf-8"))
    assert sum("caption" in step for step in raw["steps"]) > 15
