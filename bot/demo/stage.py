"""One play of the demo: a local Telegram, the real bot that talks to it over HTTP, and a clock to move.

A stage has its own data in a folder of its own, which goes when it closes.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import App
from bot.clock import SetClock
from bot.demo.content import Page
from bot.demo.telegram import Account, Chat, LocalTelegram, NotPossible
from bot.demo.telegram import Limits as TelegramLimits
from bot.demo.telegram.wire import Object
from bot.outbox import Limits
from bot.settings import Settings

ZONE = ZoneInfo("Europe/Amsterdam")
USERNAME = "samenbot"

# Real limits (one message a second in a chat, 20 a minute in a group) would make a moved week last
# minutes. Both sides have them still, only wider, so that the bot's own pacing stays in the play.
TELEGRAM_LIMITS = TelegramLimits(overall_per_second=400, group_per_minute=1200, chat_per_second=50, burst=40)
BOT_LIMITS = Limits(per_second=300, group_per_minute=1000, chat_gap=0.03, burst=20)

PRESS_SECONDS = 4.0


class NeverRests(Exception):
    """The bot was still busy when patience ran out."""


class Stage:
    """Everybody on it uses the bot as people do: words, buttons, links."""

    def __init__(self, page: Page, begin: datetime) -> None:
        self.page = page
        self.clock = SetClock(begin, running=True)
        # A token of its own each time: other programs on this machine cannot guess it.
        self.telegram = LocalTelegram(
            self.clock.now,
            token=f"7000000001:{secrets.token_urlsafe(24)}",
            username=USERNAME,
            limits=TELEGRAM_LIMITS,
        )
        self.players = {player.key: player for player in page.people}
        self.accounts = {
            player.key: self.telegram.person(player.name, player.language) for player in page.people
        }
        self.folder = Path(tempfile.mkdtemp(prefix="samenbot-demo-"))
        self.owner_link: str | None = None
        self._started = False
        self.read: dict[tuple[int, int], int] = {}

    async def open(self, address: str, **how: Any) -> Stage:
        """Start the bot against ``address``, where this Telegram answers; ``how`` is for App."""
        settings = Settings.model_construct(
            token=SecretStr(self.telegram.token),
            api_url=address,
            data_dir=self.folder,
            timezone=ZONE.key,
        )
        given = {"clock": self.clock, "limits": BOT_LIMITS, **how}
        self.app = await asyncio.to_thread(lambda: App(settings, **given))
        await self.app.start()
        self._started = True
        self.owner_link = self.app.owner_link()
        return self

    async def close(self) -> None:
        """Stop the bot and erase what it kept."""
        try:
            if self._started:
                self._started = False
                await self.app.stop()
        finally:
            await self._erase()

    async def _erase(self) -> None:
        """A thread that is just ending may still write beside what is being erased: hence again."""
        for _ in range(30):
            await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)
            if not self.folder.exists():
                return
            await asyncio.sleep(0.1)

    # who and where

    def account(self, key: str) -> Account:
        try:
            return self.accounts[key]
        except KeyError:
            raise NotPossible(f"nobody is called {key}") from None

    def key_of(self, account_id: int) -> str:
        """Who has that account; '' for the bot and service accounts."""
        return next((key for key, account in self.accounts.items() if account.id == account_id), "")

    @property
    def groups(self) -> list[Chat]:
        return [c for c in self.telegram.chats.values() if c.group and c.migrated_to is None]

    def make_group(self, creator: Account) -> Chat:
        """The group's chat, with everybody who belongs in it and whoever makes it."""
        members = [self.accounts[p.key] for p in self.page.people if p.in_group]
        return self.telegram.group(self.page.title, creator, [m for m in members if m is not creator])

    def open_link(self, account: Account, url: str, group: int | None = None) -> Object | None:
        """Follow a link to the bot. One that adds it to a group makes the group where none is named."""
        if url == self.owner_link:
            self.owner_link = None
        into: Chat | int | None = group
        if "startgroup=" in url and group is None:
            into = self.make_group(account)
        return self.telegram.open_link(account, url, into)

    # time

    @property
    def now(self) -> datetime:
        """The moment on the stage, in the Netherlands."""
        return self.clock.now().astimezone(ZONE)

    async def settle(self, patience: float = 10) -> None:
        """Until every update was taken, every due row answered, every word sent. Raises NeverRests."""
        until = time.monotonic() + patience
        calm = 0
        while calm < 2:
            if time.monotonic() > until:
                raise NeverRests
            await self.telegram.consumed(1)
            calm = calm + 1 if self.telegram.waiting == 0 and await self.app.at_rest() else 0
            self.app.desk.wake.set()
            self.app.outbox.wake.set()
            await asyncio.sleep(0.004)

    async def until(self, moment: datetime, passing: Callable[[datetime], None], seconds: float = 60) -> None:
        """Time moves to ``moment``, visiting each due moment in order; ``passing`` hears of each.

        Raises NeverRests where the bot stays busy, or where it all takes longer than ``seconds``.
        """
        last = time.monotonic() + seconds
        await self.settle()
        while (due := await self.app.next_due()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            passing(due)
            left = last - time.monotonic()
            if left <= 0:
                raise NeverRests
            await self.settle(patience=min(10.0, left))
        self.clock.set(max(moment, self.clock.now()))
        passing(moment)
        await self.settle()


def first_moment(now: datetime) -> datetime:
    """When a demo begins: now by day, else the next ten o'clock."""
    local = now.astimezone(ZONE)
    if 8 <= local.hour < 20:
        return local
    return at(local + timedelta(days=local.hour >= 20), 10)


def at(day: datetime, hour: int, minute: int = 0) -> datetime:
    """That hour of that day."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def leap(now: datetime, kind: str) -> datetime:
    """Where the clock's buttons lead: an hour on, the next 08:30, a week on. KeyError for others."""
    local = now.astimezone(ZONE)
    morning = at(local, 8, 30)
    # Days are counted on the calendar, because a day in which summer time ends has 25 hours.
    week = local.replace(tzinfo=None) + timedelta(days=7)
    return {
        "hour": (now + timedelta(hours=1)).astimezone(ZONE),
        "morning": morning if morning > local else at(local + timedelta(days=1), 8, 30),
        "week": week.replace(tzinfo=ZONE),
    }[kind]
