"""What the tests hold against every story sees what it should see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.demo.telegram import UploadedFile
from bot.domain.tasks import words_of
from bot.domain.words import Audience, Phrase
from tests.leaks import beginnings
from tests.story import Welcome

OWN = "benefit-application"
GROUP, PERSON = "-1001", "1001"


def label(words: str) -> dict[str, str]:
    """A keyboard with one button, as it goes over the wire."""
    return {"reply_markup": json.dumps({"inline_keyboard": [[{"text": words, "callback_data": "x"}]]})}


def seen(world: Welcome, chat: str = GROUP, **asked: Any) -> bool:
    """Whether a request would be told as a leak."""
    world.requests.append(("sendMessage", {"chat_id": chat, **asked}))
    found = world.leaks()
    world.requests.clear()
    return bool(found)


@pytest.mark.parametrize("language", ["nl", "en", "ar", "fa", "ti", "tr", "fr", "uk"])
async def test_a_private_title_is_seen_wherever_it_stands(world: Welcome, language: str) -> None:
    title = world.app.texts.words(world.title(OWN), language)
    calendar = f"BEGIN:VEVENT\r\nSUMMARY:{title[:9]}\r\n {title[9:]}\r\n".encode()
    readers = Audience(int(GROUP), (language, "fr"), private=False)
    of_two = world.app.texts.label(Phrase("button.task", number=12, task=world.title(OWN)), readers)
    assert seen(world, text=f"<b>{title}</b>")
    assert seen(world, caption=f"1. {title}", document="attach://f")
    assert seen(world, media=json.dumps([{"type": "photo", "caption": title}]))
    assert seen(world, **label(title))
    assert seen(world, **label(of_two)), "cut, beside another language"
    assert seen(world, f=UploadedFile("x.ics", calendar))
    assert seen(world, f=UploadedFile(f"{title}.pdf", b"%PDF\xff"))
    assert not seen(world, PERSON, text=title, **label(title))


async def test_what_all_may_read_is_no_leak(world: Welcome) -> None:
    texts = world.app.texts
    tasks = [task for plan in world.content.plans.values() for task in plan.tasks]
    free = [words_of(task, "neutral" if task.private else "title", task.key) for task in tasks]
    assert not seen(
        world, text="\n".join(texts.words(words, code) for words in free for code in texts.languages)
    )
    world.shared.add(OWN)
    assert not seen(world, text=texts.words(world.title(OWN), "nl"))


async def test_each_private_title_is_known_by_few_letters(world: Welcome) -> None:
    """Else a cut label would hide it: a button in two languages has some 28 characters for each."""
    long = [words for words in beginnings(world.content, world.app.texts, set()) if len(words) > 24]
    assert not long


async def test_a_request_that_is_not_the_bot_apis_is_a_fault(world: Welcome) -> None:
    asked = {"chat_id": 1, "text": "x", "colour": "red"}
    await world.telegram.call(world.telegram.token, "sendMessage", asked)
    assert world.faults() == ["sendMessage: sendMessage: unknown colour"]
    world.wrong.clear()
