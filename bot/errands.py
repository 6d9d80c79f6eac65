"""Slow work outside any transaction: what people sent is fetched, read and understood.

An errand is a row before it begins, and what comes of it is put before the Desk by the commit that settles
it: whatever happens in between, it is done again from the row. Nothing of a picture or a text is written
down on the way; what is kept of a letter has been masked, and is sealed.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import secrets
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock
from bot.letters.letter import read_letter
from bot.letters.reader.reading import MAX_BYTES, ReaderProcess, Reading, Unreadable
from bot.letters.sent import Page, grouped, lost, pages_of, pasted, understand, within
from bot.store import errands
from bot.store.errands import Taken
from bot.store.letterintake import drop_later
from bot.store.store import Store
from bot.store.tables import Letter, Pending

log = logging.getLogger("samenbot.errands")

READERS = min(os.cpu_count() or 1, 4)
"""Files that are read side by side; each reader takes one core and up to 400 MB while it reads."""
AT_ONCE = 32
"""Errands under way: those without a reader only wait for one, or for the network."""
AGAIN = timedelta(seconds=30)
GIVEN_UP = 12
"""So often a file is fetched in vain, with pauses that double up to an hour, before it is given up."""
IDLE_SECONDS = 600.0
"""After so long without a letter the readers end, and with them the memory they hold."""


class Unfetched(Exception):
    """A file that cannot be had at all; ``why`` as a reading names it."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why: Unreadable = why


class FetchLater(Exception):
    """A file that cannot be had now."""


Fetch = Callable[[str], Awaitable[bytes]]


class Errands:
    """The loop of slow work. ``fetch`` brings a file by its id (Unfetched, FetchLater); ``settled`` is called
    after every commit that put something before the Desk."""

    def __init__(self, store: Store, fetch: Fetch, clock: Clock, settled: Callable[[], None]) -> None:
        self.store, self.clock = store, clock
        self._fetch, self._settled = fetch, settled
        self.wake = asyncio.Event()
        self._free: asyncio.LifoQueue[ReaderProcess] = asyncio.LifoQueue()
        self.readers = [ReaderProcess() for _ in range(READERS)]
        for reader in self.readers:
            self._free.put_nowait(reader)
        self._lanes: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._idle_since = 0.0

    @property
    def busy(self) -> bool:
        return bool(self._lanes)

    async def run(self) -> None:
        """Work until cancelled; what is under way then is left, and begun again at the next start."""
        try:
            while True:
                self.wake.clear()
                try:
                    await self._pick()
                    await self._rest()
                except SQLAlchemyError as error:
                    log.warning("errands cannot reach their rows (%s)", type(error).__name__)
                except Exception:  # the loop must outlive what nobody thought of
                    log.exception("errands could not be picked")
                await self.wake.wait()
        finally:
            self._stopping = True
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await asyncio.to_thread(self._close_readers)

    async def _rest(self) -> None:
        """Give back what readers hold once nobody has sent a letter for a while."""
        now = asyncio.get_running_loop().time()
        if self._lanes:
            self._idle_since = now
        elif self._idle_since and now - self._idle_since > IDLE_SECONDS:
            self._idle_since = 0.0
            await asyncio.to_thread(self._close_readers)

    def _close_readers(self) -> None:
        for reader in self.readers:
            reader.close()

    async def _pick(self) -> None:
        if len(self._lanes) >= AT_ONCE:
            return
        taken, lost = await asyncio.to_thread(self._take, frozenset(self._lanes))
        if lost:
            self._settled()
        for one in taken:
            self._lanes.add(one.lane)
            task = asyncio.create_task(self._do(one))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _take(self, busy: frozenset[int]) -> tuple[list[Taken], bool]:
        """Begin the next errands, one of each chat. Those that ended the process again and again are
        set aside, and the person is told."""
        with self.store.begin() as session:
            taken, lost = errands.take_due(session, self.clock.now(), busy, AT_ONCE - len(busy))
            for one in lost:
                log.error("errand %s ended the process whenever it was begun", one.id)
                self._fail(session, one, secrets.token_hex(4))
            return taken, bool(lost)

    async def _do(self, one: Taken) -> None:
        try:
            await self._read(one)
        except asyncio.CancelledError:
            raise
        except FetchLater:
            await asyncio.to_thread(self._later, one)
        except Exception as fault:  # noqa: BLE001 # ours: counted, tried again, at last told
            mark = secrets.token_hex(4)
            # A fault's own words may quote the letter.
            log.error("errand %s failed: %s (%s)", one.id, origin(fault), mark)  # noqa: TRY400
            await asyncio.to_thread(self._failed, one, mark)
        finally:
            self._lanes.discard(one.lane)
            self._idle_since = asyncio.get_running_loop().time()
            self._settled()
            self.wake.set()

    async def _read(self, one: Taken) -> None:
        payload = self.store.unseal(one.payload)
        ready = asyncio.create_task(asyncio.to_thread(get_ready))
        pages = [pasted(payload["text"])] if payload["text"] else []
        seen: set[bytes] = set()
        for number, file in enumerate(payload["files"], 1):
            pages += pages_of(number, await self._file(file, seen))
        await ready
        if not self._stopping:
            await asyncio.to_thread(self._finish, one, payload, once(pages))

    async def _file(self, file: dict[str, Any], seen: set[bytes]) -> Reading:
        """One file, read by whichever reader is free: between two files of one person others' go ahead. What
        has been ``seen`` in the same album has no page more to it."""
        if file["size"] > MAX_BYTES:
            return Reading((), "too-large")
        try:
            content = await self._fetch(file["id"])
        except Unfetched as fault:
            return Reading((), fault.why)
        digest = hashlib.sha256(content).digest()
        if digest in seen:
            return Reading(())
        seen.add(digest)
        async with self._reader() as reader:
            return await asyncio.to_thread(reader.read, content)

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[ReaderProcess]:
        reader = await self._free.get()
        try:
            yield reader
        finally:
            self._free.put_nowait(reader)

    # what comes of it

    def _finish(self, one: Taken, payload: dict[str, Any], pages: Sequence[Page]) -> None:
        """Understand what was read, keep it for a day, and put it before the Desk, in one commit."""
        groups, sure = grouped(payload.get("groups"), pages)
        pages = within(pages, groups) if sure else pages
        understood = [understand(pages, group, self.clock.now().date()) for group in groups] if sure else []
        with self.store.begin() as session:
            if not errands.settle(session, one.id, self.clock.now()):
                return
            self._drop_later(session, one)
            if sure:
                sent = {"messages": payload["messages"]}
                made = [self._keep(session, one, {**each, **sent}) for each in understood]
                self._tell(session, one, "letter.read", letters=made, lost=lost(pages))
            else:
                waiting = self._keep(session, one, {**payload, "groups": groups, "pages": len(pages)})
                self._tell(session, one, "letter.which", letter=waiting)

    def _keep(self, session: Session, one: Taken, payload: dict[str, Any]) -> int:
        row = Letter(
            person_id=one.person_id, errand=one.id, payload=self.store.seal(payload), made=self.clock.now()
        )
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id

    def _drop_later(self, session: Session, one: Taken) -> None:
        """Whatever comes of it, a day later all of it goes."""
        messages = self.store.unseal(one.payload)["messages"]
        drop_later(session, self.store, one.lane, one.id, messages, self.clock.now())

    def _fail(self, session: Session, one: Taken, mark: str) -> None:
        self._drop_later(session, one)
        self._tell(session, one, "letter.failed", mark=mark)

    def _tell(self, session: Session, one: Taken, what: str, **args: Any) -> None:
        now = self.clock.now()
        payload = {"due": what, "args": {"errand": one.id, **args}, "at": now.isoformat()}
        session.add(Pending(lane=one.lane, due=now, payload=self.store.seal(payload)))

    def _later(self, one: Taken) -> None:
        """The network's trouble, which passes: no attempt is counted, and the pauses grow."""
        payload = self.store.unseal(one.payload)
        tries = payload.get("tries", 0) + 1
        with self.store.begin() as session:
            if tries > GIVEN_UP:
                if errands.settle(session, one.id, self.clock.now(), "aside"):
                    self._fail(session, one, secrets.token_hex(4))
                return
            pause = min(AGAIN * 2 ** (tries - 1), timedelta(hours=1))
            sealed = self.store.seal({**payload, "tries": tries})
            errands.put_back(session, one.id, self.clock.now() + pause, sealed)

    def _failed(self, one: Taken, mark: str) -> None:
        with self.store.begin() as session:
            if one.before + 1 < errands.MOST_FAILED:
                return
            if errands.settle(session, one.id, self.clock.now(), "aside"):
                self._fail(session, one, mark)


def once(pages: Sequence[Page]) -> list[Page]:
    """The pages without those on which the same stands as on one before: sent twice, and read once."""
    seen: set[str] = set()
    found = []
    for page in pages:
        words = " ".join(page.text.split())
        if words not in seen:
            found.append(page)
        seen |= {words} if words else set()
    return found


def origin(fault: BaseException) -> str:
    """What sort of fault it is and the lines of code it passed through, without its words."""
    passed = traceback.extract_tb(fault.__traceback__)
    return " ".join([type(fault).__name__, *(f"{Path(at.filename).name}:{at.lineno}" for at in passed)])


@cache
def get_ready() -> None:
    """Load what understanding needs, which takes seconds, while the first file is still being read."""
    read_letter("Geachte heer,")
