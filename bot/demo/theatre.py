"""The demo as a whole: the stage that is played on now, the clock's moves, the story, and who watches."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from starlette.types import Receive, Scope, Send

from bot.clock import SystemClock
from bot.demo.content import DemoContent
from bot.demo.stage import NeverRests, Stage, first_moment, leap
from bot.demo.story import StoryStuck, Teller, story_begin
from bot.demo.telegram import NotPossible
from bot.demo.telegram.http import Wire
from bot.demo.telegram.wire import Object

log = logging.getLogger("samenbot.demo")


class Theatre:
    """Holds one stage at a time; the page and the bot reach it here.

    ``stage`` is the one that can be played on, None between two. ``standing`` is the one whose bot runs:
    it needs its Telegram before the play and after it, too.
    """

    def __init__(self, content: DemoContent, address: str) -> None:
        self.content = content
        self.address = address
        self.stage: Stage | None = None
        self.standing: Stage | None = None
        self.plays = 0
        self.moving: Object | None = None
        self.story: Object | None = None
        self.notice: Object | None = None
        self.closing = False
        self._watchers: set[asyncio.Event] = set()
        self._busy: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()

    # opening and closing

    async def open(self, begin: datetime | None = None) -> Stage:
        """A fresh stage in the place of the one before it. Whoever gives up waiting does not stop it
        halfway: what is begun is set, and then struck in order."""
        setting = asyncio.create_task(self._set(begin))
        setting.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(setting)

    async def _set(self, begin: datetime | None) -> Stage:
        async with self._changing:
            await self._strike()
            if self.closing:
                raise NotPossible("the demo is ending")
            stage = Stage(self.content.page, begin or first_moment(SystemClock().now()))
            self.standing = stage
            try:
                await stage.open(self.address)
            except BaseException:
                await self._strike()
                raise
            stage.telegram.on_change(lambda _chat: self.touch())
            self.stage = stage
            self.plays += 1
            self.touch()
            return stage

    async def close(self) -> None:
        self.closing = True
        self.touch()
        await self.stop()
        async with self._changing:
            await self._strike()

    async def _strike(self) -> None:
        self.stage = None
        if self.standing is not None:
            # The bot may still be sending: its Telegram answers until it has stopped.
            await self.standing.close()
            self.standing = None

    def playing(self) -> Stage:
        """The stage; NotPossible between two of them."""
        if self.stage is None:
            raise NotPossible("a new demo is being set up")
        return self.stage

    async def bot_api(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The Bot API of the stage that stands now, as an ASGI application."""
        if self.standing is None:
            await send({"type": "http.response.start", "status": 503, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await Wire(self.standing.telegram)(scope, receive, send)

    # watching

    def touch(self) -> None:
        """Whoever watches looks again."""
        for watcher in self._watchers:
            watcher.set()

    @contextlib.contextmanager
    def watched(self) -> Any:
        """An Event that is set on each change, for as long as somebody watches."""
        watcher = asyncio.Event()
        watcher.set()
        self._watchers.add(watcher)
        try:
            yield watcher
        finally:
            self._watchers.discard(watcher)

    def say(self, phrase: str) -> None:
        """One of the page's phrases, shown to everybody who watches."""
        self.notice = {"phrase": phrase, "number": (self.notice or {"number": 0})["number"] + 1}
        self.touch()

    # what takes a while

    def begin(self, what: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start a move of the clock or a story; NotPossible while another goes on."""
        if self._busy is not None and not self._busy.done():
            raise NotPossible("the demo is busy already")
        self._busy = asyncio.create_task(what())
        self._busy.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (fault := task.exception()):
            log.error("the demo stopped halfway", exc_info=fault)
            self.say("stuck")

    async def stop(self) -> None:
        """Stop what is going on."""
        while self._busy is not None and not self._busy.done():
            # Again and again: Python 3.11's wait_for now and then swallows a cancellation.
            self._busy.cancel()
            await asyncio.wait([self._busy], timeout=0.2)

    async def move(self, kind: str) -> None:
        """Move the clock by one of its buttons."""
        stage = self.playing()
        await self.move_to(leap(stage.now, kind))

    async def move_to(self, moment: datetime) -> None:
        """Time passes, watched on the page. Where the bot does not rest, the clock stays and says so."""
        stage = self.playing()
        start = stage.now
        whole = (moment - start).total_seconds() or 1.0

        def passing(there: datetime) -> None:
            self.moving = {"share": min(1.0, max(0.0, (there - start).total_seconds() / whole))}
            self.touch()

        passing(start)
        try:
            await stage.until(moment, passing)
        except NeverRests:
            self.say("stuck")
        finally:
            self.moving = None
            self.touch()

    async def tell(self, pace: float) -> None:
        """The story, on a fresh stage."""
        self.story = {"step": 0, "of": len(self.content.story.steps), "caption": None}
        try:
            stage = await self.open(story_begin(first_moment(SystemClock().now())))
            await Teller(stage, self.content.story, self._told, self.move_to, pace).tell()
            self.say("told")
        except (StoryStuck, NeverRests, NotPossible) as fault:
            log.warning("the story got stuck: %s", fault)
            self.say("story_stuck")
        finally:
            self.story = None
            self.touch()

    def _told(self, step: Object) -> None:
        self.story = {**(self.story or {}), **step}
        self.touch()
