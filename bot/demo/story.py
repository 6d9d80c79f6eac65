"""Telling the story: people act one after the other, as the page's player would, and read the answers.

Buttons and answers are found by the keys of their phrases, so that the story holds when wording changes.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, time, timedelta

from babel.dates import format_date

from bot.demo.content import Step, Story
from bot.demo.stage import ZONE, NeverRests, Stage, at
from bot.demo.telegram import Chat, NotPossible
from bot.demo.telegram.wire import Object
from bot.domain.calendar import day_of_rest

SECONDS_BEFORE, SECONDS_ON_BUTTON, SECONDS_AFTER = 0.5, 0.8, 1.3
LETTERS_A_SECOND = 24
PATIENCE = 10.0

_isolates = re.compile("[\u200f\u2066-\u2069]")
_placeholder = re.compile(r"\{\w+\}")


class StoryStuck(Exception):
    """Nobody could do what the story says, or what should follow did not."""


class Teller:
    """Plays a story on a stage. ``told`` hears of each step, ``move`` moves the clock, and ``pace`` 0
    plays as fast as the bot answers."""

    def __init__(
        self,
        stage: Stage,
        story: Story,
        told: Callable[[Object], None],
        move: Callable[[datetime], Awaitable[None]],
        pace: float = 1.0,
    ) -> None:
        self._stage = stage
        self._story = story
        self._told = told
        self._move = move
        self._pace = pace
        self._first = stage.now
        self._number = ""
        self._heard_until: dict[int, int] = {}

    async def tell(self) -> None:
        """All of it. Raises StoryStuck, naming the step."""
        for number, step in enumerate(self._story.steps, 1):
            shown: Object = {"step": number, "who": step.who, "where": step.where, "finger": None}
            if step.caption:
                shown["caption"] = step.caption.model_dump()
            self._told(shown)
            reading = len(step.caption.nl) / LETTERS_A_SECOND if step.caption else 0.0
            await self._pause(SECONDS_BEFORE + reading)
            try:
                await self._play(step)
            except (NotPossible, NeverRests) as fault:
                raise StoryStuck(f"step {number} ({step.act}): {fault}") from None
            await self._pause(SECONDS_AFTER)

    async def _pause(self, seconds: float) -> None:
        """Time to read."""
        await asyncio.sleep(self._pace * seconds)

    async def _play(self, step: Step) -> None:
        stage = self._stage
        heard_in = self._chat(step.by or step.who, "private" if step.by else step.where)
        if heard_in is not None:
            self._mark(heard_in)
        if step.until:
            days, hour = step.until
            clock = time.fromisoformat(hour)
            await self._move(at(self._first + timedelta(days=days), clock.hour, clock.minute))
        elif step.say:
            stage.telegram.say(stage.account(step.who), self._place(step), self._words(step))
        elif step.open:
            stage.open_link(stage.account(step.who), self._link(step))
        elif step.pin:
            place = self._place(step)
            stage.telegram.pin(stage.account(step.who), place, self._found(place, step.pin))
        else:
            await self._press(step)
        await stage.settle(PATIENCE)
        # The place itself may have come into being just now: a group, a private chat.
        heard_in = heard_in or self._chat(step.by or step.who, step.where)
        if step.heard and not (heard_in and self._was_heard(heard_in, step.heard)):
            raise NotPossible(f"{step.heard} was not heard; last: {self._last(heard_in)!r}")

    # where

    def _chat(self, key: str, where: str) -> Chat | None:
        if where == "group":
            return self._stage.groups[0] if self._stage.groups else None
        return self._stage.telegram.chat_of(self._stage.account(key)) if key else None

    def _place(self, step: Step) -> Chat:
        chat = self._chat(step.who, step.where)
        if chat is None:
            raise NotPossible("there is no group yet")
        return chat

    # what is said and pressed

    def _words(self, step: Step) -> str:
        """``say`` with the task's title, the pressed button's number, and dates filled in."""
        words = step.say.replace("{number}", self._number)
        if step.task:
            plan = self._stage.app.content.plans[self._story.plan]
            words = words.replace("{task}", plan.by_key[step.task].title.nl)

        def day(found: re.Match[str]) -> str:
            there = self._first + timedelta(days=int(found[1]))
            return format_date(there, "d MMMM yyyy", locale="nl")

        return re.sub(r"\{day\+(\d+)\}", day, words)

    async def _press(self, step: Step) -> None:
        account = self._stage.account(step.who)
        message, words = self._button(self._place(step), step.press)
        self._told({"finger": {"message": message["message_id"], "words": words}})
        await self._pause(SECONDS_ON_BUTTON)
        press = self._stage.telegram.press(account, message["chat"]["id"], message, words)
        toast = await press if press.patience else press.answer
        if number := re.search(r"\d+", words):
            self._number = number[0]
        if toast and toast.url:
            # Where a group must be chosen the story's is the first, which is made then.
            self._stage.open_link(account, toast.url)

    def _button(self, chat: Chat, key: str) -> tuple[Object, str]:
        """The newest button whose words are that phrase, in any language."""
        wanted = list(self._wordings(key))
        for message in reversed(self._stage.telegram.history(chat)):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    words = plain(button["text"]).removeprefix("✓ ")
                    if any(pattern.match(words) for pattern in wanted):
                        return message, button["text"]
        raise NotPossible(f"there is no button {key}; last: {self._last(chat)!r}")

    def _link(self, step: Step) -> str:
        """The owner's link, or the newest link to the bot in somebody's private chat."""
        if step.open == "owner":
            if self._stage.owner_link is None:
                raise NotPossible("there is an owner already")
            return self._stage.owner_link
        account = self._stage.account(step.open)
        for message in reversed(self._stage.telegram.history(account)):
            if links := re.findall(r"https://t\.me/[^\s<]+", plain(message.get("text", ""))):
                return str(links[-1])
        raise NotPossible(f"{step.open} has no link")

    # what is read

    def _mark(self, chat: Chat) -> None:
        self._heard_until[chat.id] = max(chat.history, default=0)

    def _was_heard(self, chat: Chat, key: str) -> bool:
        patterns = list(self._wordings(key))
        since = self._heard_until.get(chat.id, 0)
        return any(p.search(plain(text)) for text in self._said(chat, since) for p in patterns)

    def _said(self, chat: Chat, since: int = 0) -> Iterator[str]:
        for message in self._stage.telegram.history(chat):
            new = message["message_id"] > since or message["edited"]
            if new and message.get("from", {}).get("is_bot"):
                yield message.get("text") or message.get("caption") or ""

    def _found(self, chat: Chat, key: str) -> Object:
        """The newest message that reads so."""
        patterns = list(self._wordings(key))
        for message in reversed(self._stage.telegram.history(chat)):
            if any(pattern.match(plain(message.get("text", ""))) for pattern in patterns):
                return message
        raise NotPossible(f"nothing reads {key}; last: {self._last(chat)!r}")

    def _last(self, chat: Chat | None) -> list[str]:
        return [text[:120] for text in list(self._said(chat))[-2:]] if chat else []

    def _wordings(self, key: str) -> Iterator[re.Pattern[str]]:
        """How a phrase may read in every language that has it; or a name (``plan.KEY``,
        ``organisation.KEY``, ``person.KEY``)."""
        kind, _, name = key.partition(".")
        content, texts = self._stage.app.content, self._stage.app.texts
        called: list[str] = []
        if kind == "person":
            called = [self._stage.account(name).first_name]
        elif kind == "plan" and (plan := content.plans.get(name)):
            called = [plan.title.nl, plan.title.en]
        elif kind == "organisation" and (organisation := content.organisations.get(name)):
            called = [organisation.name.nl, organisation.name.en]
        yield from (re.compile(re.escape(words)) for words in called)
        for language in texts.languages:
            if texts.has(key, language):
                for form in texts.catalogue(language).phrases[key]:
                    yield pattern_of(form)


def pattern_of(form: str) -> re.Pattern[str]:
    """A phrase with anything in the place of its arguments, without markup."""
    bare = re.sub(r"</?[a-z]+[^>]*>", "", form)
    parts = (re.escape(part) for part in _placeholder.split(bare))
    return re.compile(".+?".join(parts), re.DOTALL)


def plain(text: str) -> str:
    return _isolates.sub("", text)


def story_begin(now: datetime) -> datetime:
    """The next Tuesday at ten from which no Monday or appointment of a fortnight is a day of rest."""
    day = at(now, 10)
    while day.weekday() != 1 or not undisturbed(day):
        day = at(day + timedelta(days=1), 10)
    return day.astimezone(ZONE)


def undisturbed(day: datetime) -> bool:
    """Whether no public holiday falls in the fortnight that begins there."""
    days = (day.date() + timedelta(days=n) for n in range(15))
    return not any(day_of_rest(there) for there in days if there.weekday() != 6)
