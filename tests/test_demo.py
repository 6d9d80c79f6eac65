"""The demo without a browser: its content, its clock, and what it shows of somebody's app."""

from __future__ import annotations

import errno
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.content import ROOT, ContentFault
from bot.demo.content import DemoContent, Step, load_demo
from bot.demo.serve import DemoFault, listening
from bot.demo.stage import ZONE, NeverRests, Stage, first_moment, leap
from bot.demo.story import story_begin
from bot.demo.view import View
from bot.demo.web import ASSETS
from tests.demo import BEGIN, staged


@pytest.fixture
def content() -> DemoContent:
    return load_demo()


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made


# content


def test_every_phrase_of_the_page_is_used_and_every_used_one_is_there(content: DemoContent) -> None:
    texts = {
        file.name: file.read_text(encoding="utf-8") for file in ASSETS.iterdir() if file.suffix != ".svg"
    }
    scripts = "".join(text for name, text in texts.items() if name.endswith(".js"))
    used = set(re.findall(r'data-(?:says|label|hint|placeholder)="(\w+)"', texts["index.html"]))
    used |= {key for call in re.findall(r"phrase\(([^()]*)", scripts) for key in re.findall(r'"(\w+)"', call)}
    server = "".join((ROOT / f"bot/demo/{name}.py").read_text() for name in ("view", "theatre"))
    given = set(re.findall(r'"key": "(\w+)"|say\("(\w+)"', server))
    used |= {word for pair in given for word in pair if word}
    kinds = {"photo", "voice", "sticker", "document", "file"}  # named by a file's kind
    shown = {"joined", "added", "left", "put_out"}  # chosen between in view.happened
    assert used - kinds - shown <= content.page.phrases.keys()
    assert content.page.phrases.keys() <= used | kinds | shown


def test_no_sentence_of_the_page_lies_in_its_markup() -> None:
    markup = re.sub(r"<!--.*?-->", "", (ASSETS / "index.html").read_text(encoding="utf-8"), flags=re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", markup).split()
    assert set(words) <= {"Samenbot", "demo", "NL", "EN", "/"}


def test_a_page_without_a_newcomer_or_with_a_stranger_in_the_story_is_refused(tmp_path: Path) -> None:
    for name in ("page.toml", "story.toml"):
        text = (ROOT / "content/demo" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace('who = "dina"', 'who = "nobody"'), encoding="utf-8")
    with pytest.raises(ContentFault, match="nobody is called nobody"):
        load_demo(tmp_path)
    page = (tmp_path / "page.toml").read_text(encoding="utf-8").replace("newcomer = true", "")
    (tmp_path / "page.toml").write_text(page, encoding="utf-8")
    with pytest.raises(ContentFault, match="one of the people is the newcomer"):
        load_demo(tmp_path)


def test_a_step_is_one_thing_that_somebody_does() -> None:
    with pytest.raises(ValueError, match="one of say, press"):
        Step(who="anna", say="/tasks", press="button.claim")
    with pytest.raises(ValueError, match="somebody must do it"):
        Step(say="/tasks")


def test_the_story_names_phrases_and_tasks_that_exist(content: DemoContent, stage: Stage) -> None:
    texts, plan = stage.app.texts, stage.app.content.plans[content.story.plan]
    for step in content.story.steps:
        for key in filter(None, (step.press, step.heard, step.pin)):
            assert key.partition(".")[0] in {"plan", "person", "organisation"} or texts.has(key, "nl"), key
        assert not step.task or step.task in plan.by_key, step.task


# the clock


def test_the_clock_leaps_by_the_calendar() -> None:
    late = datetime(2026, 10, 24, 23, 30, tzinfo=ZONE)  # that night summer time ends
    assert leap(late, "morning") == datetime(2026, 10, 25, 8, 30, tzinfo=ZONE)
    assert leap(late, "week") == datetime(2026, 10, 31, 23, 30, tzinfo=ZONE)
    assert leap(late, "hour") - late == timedelta(hours=1)
    before_dawn = datetime(2026, 10, 26, 6, 0, tzinfo=ZONE)
    assert leap(before_dawn, "morning") == datetime(2026, 10, 26, 8, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    "now,begins",
    [
        (datetime(2026, 11, 24, 13, 5, tzinfo=UTC), datetime(2026, 11, 24, 14, 5, tzinfo=ZONE)),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)),
        (datetime(2026, 11, 24, 22, 0, tzinfo=UTC), datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)),
    ],
)
def test_a_demo_begins_by_day(now: datetime, begins: datetime) -> None:
    assert first_moment(now) == begins


@pytest.mark.parametrize("month", range(1, 13))
def test_the_story_begins_on_a_tuesday_with_a_fortnight_without_holidays(month: int) -> None:
    begins = story_begin(datetime(2027, month, 1, 9, 0, tzinfo=ZONE))
    assert (begins.weekday(), begins.hour) == (1, 10)
    assert begins.date() >= datetime(2027, month, 1, tzinfo=ZONE).date()


@pytest.mark.parametrize(
    "number,said",
    [
        (errno.EADDRINUSE, "port 80 is in use; choose another with --port"),
        (errno.EACCES, "port 80 may not be used by you; choose another with --port"),
        (errno.ENOBUFS, "port 80 cannot be opened: no room"),
    ],
)
def test_a_port_that_cannot_be_had_says_why(number: int, said: str) -> None:
    refused = patch("bot.demo.serve.listen", side_effect=OSError(number, "no room"))
    with refused, pytest.raises(DemoFault, match=f"^{re.escape(said)}$"):
        listening(80)


async def test_a_clock_that_never_gets_there_stops(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def always() -> datetime:
        return stage.clock.now()

    monkeypatch.setattr(stage.app, "next_due", always)
    with pytest.raises(NeverRests):
        await stage.until(stage.now + timedelta(days=7), lambda _there: None, seconds=0.5)


async def test_a_week_is_gone_through_in_order(stage: Stage) -> None:
    seen: list[datetime] = []
    await stage.until(stage.now + timedelta(days=7), seen.append)
    assert seen == sorted(seen)
    assert stage.now >= BEGIN + timedelta(days=7)


# what a person's app shows


async def test_a_view_tells_what_changed_and_no_more(stage: Stage) -> None:
    anna = stage.account("anna")
    view = View(stage, "anna")
    assert view.changes()["chats"][0]["messages"] == []
    assert view.changes() == {}
    first = stage.telegram.say(anna, None, "hallo")
    second = stage.telegram.say(anna, None, "nog iets")
    assert [m["text"] for m in view.changes()["chats"][0]["messages"]] == ["hallo", "nog iets"]
    stage.telegram.edit(anna, first, "dag")
    stage.telegram.erase(anna, second)
    (chat,) = view.changes()["chats"]
    assert [(m["text"], m["edited"]) for m in chat["messages"]] == [("dag", True)]
    assert chat["gone"] == [second["message_id"]]


async def test_unread_messages_are_counted_until_they_are_read(stage: Stage) -> None:
    anna, bram = stage.account("anna"), stage.account("bram")
    group = stage.make_group(anna)
    said = stage.telegram.say(bram, group, "hoi")
    here = next(chat for chat in View(stage, "anna").changes()["chats"] if chat["id"] == group.id)
    assert here["unread"] == 1
    stage.read[anna.id, group.id] = said["message_id"]
    here = next(chat for chat in View(stage, "anna").changes()["chats"] if chat["id"] == group.id)
    assert here["unread"] == 0


async def test_what_a_link_carries_is_not_shown(stage: Stage) -> None:
    link = stage.owner_link
    assert link
    stage.open_link(stage.account("olga"), link)
    await stage.settle()
    (chat,) = View(stage, "olga").changes()["chats"]
    assert chat["messages"][0]["text"] == "/start"
    assert chat["owner_link"] is None
    assert stage.owner_link is None


async def test_what_the_bot_says_about_start_is_shown_whole(stage: Stage) -> None:
    olga = stage.account("olga")
    assert stage.owner_link
    stage.open_link(olga, stage.owner_link)
    await stage.settle()
    stage.telegram.say(olga, None, "/help")
    await stage.settle()
    (chat,) = View(stage, "olga").changes()["chats"]
    shown = chat["messages"][-1]
    assert shown["bot"]
    assert shown["text"].startswith("/start "), "an owner's help begins with it"


async def test_a_link_for_a_group_makes_the_group_with_everybody_in_it(stage: Stage) -> None:
    carla = stage.account("carla")
    stage.open_link(carla, "https://t.me/samenbot?startgroup=x")
    (group,) = stage.groups
    assert group.title == stage.page.title
    inside = {stage.key_of(user) for user, member in group.members.items() if member.present} - {""}
    assert inside == {player.key for player in stage.page.people if player.in_group}
