"""The composition root: settings, clock and connection become one running bot.

The only importer of handlers. The scheduler only ticks; everything that is due is a row.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlmodel import Session

import handlers
from bot.catalogues import LocaleFault
from bot.clock import Clock, SystemClock
from bot.content import Content, load_content
from bot.desk import Desk
from bot.document.paper import pages
from bot.domain.words import LANGUAGES
from bot.errands import Errands
from bot.house import House
from bot.intake import POLL_SECONDS, TOAST_SECONDS, Intake
from bot.network import Network
from bot.outbox import Limits, Outbox, Pace
from bot.post import TelegramPost
from bot.routes import ROUTES, Route
from bot.settings import Settings, value_of
from bot.store import errands, outgoing, rows, schema
from bot.store.programme import hashed
from bot.store.store import Store, key_from
from bot.store.tables import Meta, Pending
from bot.telegram import ApiFault, Line, MakeRequest
from bot.texts import Texts
from bot.understanding.ages import age_words
from bot.understanding.times_words import time_words
from bot.updates import Reader, Seal

log = logging.getLogger("samenbot")


class StartFault(Exception):
    """The bot cannot start; the message is one line for the operator."""


def shown_commands() -> dict[str, Route]:
    """The commands that menus offer, by name."""
    handlers.load()
    return {name: route for name, route in ROUTES.commands.items() if route.shown}


def read_all(texts: Texts) -> None:
    """Read now what is else read when it is first used: what is missing or broken stops the start, not an
    answer later. Raises ContentFault, LocaleFault."""
    time_words()
    age_words()
    pages()
    faults: list[str] = []
    for language in LANGUAGES:
        try:
            texts.catalogue(language)
        except OSError:
            faults.append(f"locales/{language}.po: is missing")
        except LocaleFault as fault:
            faults += [f"locales/{line}" for line in fault.faults]
    if faults:
        raise LocaleFault(faults)


class App:
    """One running bot. ``request`` replaces the network (tests); ``clock`` the time (tests, demo)."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        request: MakeRequest = Network,
        limits: Limits | None = None,
        content: Content | None = None,
        upgrade: bool = False,
        poll_seconds: int = POLL_SECONDS,
        toast_seconds: float = TOAST_SECONDS,
    ) -> None:
        handlers.load()
        if settings.token is None:
            raise StartFault("SAMENBOT_TOKEN is not set: BotFather gives one")
        self.settings = settings
        self.clock = clock or SystemClock()
        self.content = content or load_content()
        self.texts = Texts(critical=self.content.phrases.critical, zone=settings.zone)
        read_all(self.texts)
        self._upgrade = upgrade
        self._patience = (poll_seconds, toast_seconds)
        self._limits = limits or Limits()
        self.line = Line(value_of(settings.token), settings.api_url, request)
        self._tasks: list[asyncio.Task[None]] = []
        self._asides: set[asyncio.Task[None]] = set()
        self._noted: datetime | None = None

    async def start(self) -> None:
        """Say hello to the API, and only then open the database and begin to work.

        Raises ApiFault where the API refuses us or is out of reach, StoreFault for the database or key.
        """
        bot_id, username = await self.line.open()
        self.texts.username = username
        try:
            self.store = await asyncio.to_thread(self.open_store)
        except BaseException:
            await self.line.close()
            raise
        self.outbox = Outbox(
            self.store, TelegramPost(self.line.bot), self.clock, self._tell, Pace(self._limits)
        )
        self.reader = Reader(username=username, bot_id=bot_id, seal=Seal(self.key))
        house = House(
            self.store, self.content, self.texts, ROUTES, self.reader, self.clock, self.settings.zone
        )
        self.intake = Intake(self.line, self.store, self.reader, self.clock, self._came_in, *self._patience)
        self.errands = Errands(self.store, self.line.fetch, self.clock, self._came_in)
        self.desk = Desk(
            house,
            settled=self._nudge_outbox,
            toast=self.intake.resolve,
            errand=self.errands.wake.set,
        )
        await asyncio.to_thread(self.desk.heal)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self._tick, "interval", seconds=1, max_instances=1, coalesce=True)
        self._scheduler.start()
        for part in (self.intake, self.desk, self.outbox, self.errands):
            self._tasks.append(asyncio.create_task(part.run()))
        self._tasks.append(asyncio.create_task(self._introduce()))

    def open_store(self) -> Store:
        """The database in its newest shape, and the key that opens it. Raises StoreFault."""
        settings = self.settings
        schema.prepare(settings.database_url, upgrade=self._upgrade)
        begun = not settings.key_file.exists() and schema.has_key(settings.database_url)
        self.key = key_from(value_of(settings.key), settings.key_file, begun=begun)
        store = Store(settings.database_url, self.key)
        store.check_key()
        return store

    async def stop(self) -> None:
        """Stop taking; finish what is under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._asides, return_exceptions=True)
        await self.line.close()
        self.store.close()

    async def wait(self) -> None:
        """Work until one of the loops fails or the task is cancelled."""
        await asyncio.gather(*self._tasks)

    async def at_rest(self) -> bool:
        """Whether nothing is due, being answered, or waiting to be sent at this moment."""
        if self._working:
            return False
        resting = await asyncio.to_thread(self._nothing_due)
        return resting and not self._working

    @property
    def _working(self) -> bool:
        return self.desk.busy or self.outbox.busy or self.errands.busy

    def _nothing_due(self) -> bool:
        with self.store.begin() as session:
            due = earliest(session)
            return (due is None or due > self.clock.now()) and not outgoing.waiting_out(session)

    async def next_due(self) -> datetime | None:
        """The earliest moment that waits (UTC); None where nothing does."""

        def look() -> datetime | None:
            with self.store.begin() as session:
                return earliest(session)

        return await asyncio.to_thread(look)

    def owner_link(self) -> str | None:
        """The one-time link that makes somebody the owner; None once there is one."""
        with self.store.begin() as session:
            if session.get(Meta, "owner"):
                return None
            code = value_of(self.settings.owner_code) or secrets.token_urlsafe(12)
            session.merge(Meta(name="owner_code", value=hashed(code)))
        return f"https://t.me/{self.reader.username}?start=owner-{code}"

    # what is due by itself

    def _tell(self, session: Session, chat: int, room: int | None, what: str, args: dict[str, Any]) -> None:
        now = self.clock.now()
        payload = self.store.seal({"due": what, "args": args, "at": now.isoformat()})
        session.add(Pending(lane=chat, room_id=room, due=now, payload=payload))
        self._soon(self.desk.wake)

    def _soon(self, wake: asyncio.Event) -> None:
        self._loop.call_soon_threadsafe(wake.set)

    @property
    def _loop(self) -> asyncio.AbstractEventLoop:
        return self._tasks[0].get_loop()

    def _came_in(self) -> None:
        self.desk.wake.set()

    def _nudge_outbox(self) -> None:
        self.outbox.wake.set()

    async def _tick(self) -> None:
        self.desk.wake.set()
        self.outbox.wake.set()
        self.errands.wake.set()
        now = self.clock.now()
        # Once a minute, also where ticks are late or the clock was set.
        if self._noted is None or abs(now - self._noted) >= timedelta(minutes=1):
            self._noted = now
            noting = asyncio.create_task(asyncio.to_thread(self._note_tick, now))
            self._asides.add(noting)
            noting.add_done_callback(self._asides.discard)

    def _note_tick(self, now: datetime) -> None:
        with self.store.begin() as session:
            session.merge(Meta(name="last_tick", value=now.isoformat()))
            swept, today = session.get(Meta, "last_sweep"), now.date().isoformat()
            if swept is None or swept.value != today:
                rows.sweep(session, now)
                session.merge(Meta(name="last_sweep", value=today))

    async def _introduce(self) -> None:
        """Set the command menus: not urgent, and not worth stopping for."""
        try:
            await self.line.introduce(list(self._menus()))
        except ApiFault as error:
            log.warning("the command menu was not set: %s", error)
        await asyncio.Event().wait()

    def _menus(self) -> Iterator[tuple[str | None, str, list[tuple[str, str]]]]:
        languages: tuple[str | None, ...] = (None, *self.texts.languages)
        commands = shown_commands()
        in_order = [commands[name] for name in self.content.phrases.menu if name in commands]
        for language in languages:
            for scope in ("private", "group"):
                shown = [
                    (route.name, self.texts.description(route.name, language or "en"))
                    for route in in_order
                    if route.where in ("any", scope)
                ]
                yield language, scope, shown


def earliest(session: Session) -> datetime | None:
    """The earliest moment at which something waits to be done (UTC)."""
    waiting = [due for due in (rows.next_due(session), errands.next_due(session)) if due]
    return min(waiting, default=None)
