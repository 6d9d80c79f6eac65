"""The Desk: what is due is answered, state and words in one commit.

One hop to a worker thread per row, one synchronous transaction inside it. Rows of one chat go one
after the other; rooms run side by side.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from bot.asker import Asked
from bot.domain.words import Audience, Refusal, Say
from bot.house import House
from bot.store import rows
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.tables import RoomRow
from bot.turn import Toasted, Turn

log = logging.getLogger("samenbot.desk")

WORKERS = 4
"""Rows that are answered side by side. On SQLite, which takes one writer at a time, it is one."""

AHEAD = 16
"""Rows that are begun at a time: more than there are workers, so that picking is not done for each."""

AGAIN = timedelta(seconds=30)
"""How long a moment of our own waits after a failure, doubled with each: whatever failed may have passed
by then. Somebody who wrote is waiting, so that is tried again at once."""

RECURRING: dict[str, Callable[[Room], None]] = {"room:day": Room.look_daily}
"""What comes again and again, by its subject, and how its next time is written down: answering it does so,
and where answering failed the Desk must."""


class Desk:
    """Answers rows. ``settled`` is called after every commit that may have put words out, ``errand`` after
    one that wrote down slow work: to look for it after each would cost a third of the speed."""

    def __init__(
        self,
        house: House,
        *,
        settled: Callable[[], None],
        toast: Callable[[Toasted], None],
        errand: Callable[[], None],
    ) -> None:
        self.house = house
        self.store, self.clock = house.store, house.clock
        self._settled, self._toast, self._errand = settled, toast, errand
        self.wake = asyncio.Event()
        self._slow = False
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._workers = 1 if self.store.sqlite else WORKERS
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="desk")

    @property
    def busy(self) -> bool:
        return bool(self._busy)

    async def run(self) -> None:
        """Answer what is due until cancelled; what is being answered then is finished first."""
        try:
            while True:
                self.wake.clear()
                try:
                    await self.pick()
                except SQLAlchemyError as error:
                    # Nothing was picked; the next tick tries again.
                    log.warning("the desk cannot reach its rows (%s)", type(error).__name__)
                except Exception:  # the loop must outlive what nobody thought of
                    log.exception("the desk could not pick its rows")
                await self.wake.wait()
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=30)
            self._pool.shutdown()

    async def pick(self) -> int:
        """Begin the next due rows; returns how many."""
        if len(self._busy) >= self._workers:
            return 0
        loop = asyncio.get_running_loop()
        free = AHEAD - len(self._busy)
        picked = await loop.run_in_executor(self._pool, self._pick, frozenset(self._busy), free)
        for row in picked:
            self._busy.add(row.lane)
            task = asyncio.create_task(self._answer_row(row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(picked)

    def _pick(self, busy: frozenset[int], most: int) -> list[rows.Picked]:
        with self.store.begin() as session:
            return rows.pick_due(session, self.clock.now(), busy, most)

    async def _answer_row(self, row: rows.Picked) -> None:
        loop = asyncio.get_running_loop()
        try:
            toasted = await loop.run_in_executor(self._pool, self.handle, row)
            if toasted:
                self._toast(toasted)
            if self._slow:
                self._slow = False
                self._errand()
        finally:
            self._busy.discard(row.lane)
            self._settled()
            self.wake.set()

    def handle(self, picked: rows.Picked) -> Toasted | None:
        """Answer one row, whatever happens; never raises."""
        mark = secrets.token_hex(4)
        try:
            if picked.before < rows.MOST_BEGUN:
                return self._handle(picked)
            log.error("row %s ended the process whenever it was begun (%s)", picked.id, mark)
        except Exception:  # the one place where a fault of ours ends: counted, told, logged with an id
            log.exception("row %s failed (%s)", picked.id, mark)
        with suppress(SQLAlchemyError):  # then the row still waits, and the next tick picks it
            self._failed(picked, mark)
        return None

    def _handle(self, picked: rows.Picked) -> Toasted | None:
        raw = self.store.unseal(picked.payload)
        refused: Refusal | None = None
        for _ in range(2):
            with self.store.begin() as session:
                now = self.clock.now()
                if not rows.settle(session, picked.id, now):
                    return None
                turn = Turn(self.house, session, picked)
                ask = self.house.reader.ask(raw, now, picked.lane)
                try:
                    says = [] if ask is None else turn.answer(ask, raw, refused)
                except Asked as question:
                    says = turn.words_of(question, ask) if ask else []
                except Refusal as refusal:
                    # What the handler changed before it refused is undone; only the words go out.
                    refused = refusal
                    session.rollback()
                    continue
                toasted = turn.put(ask, says) if ask else None
                self._slow = self._slow or "errand" in session.info
                return toasted
        return None

    def _failed(self, picked: rows.Picked, mark: str) -> None:
        """A moment of our own waits a while before it is tried again. After the last attempt the row is
        set aside: what recurs is written down for its next time, and who wrote reads one honest sentence."""
        now = self.clock.now()
        if picked.before + 1 < rows.MOST_ATTEMPTS:
            if picked.update_id is None:
                with self.store.begin() as session:
                    rows.put_off(session, picked.id, now + AGAIN * 2 ** (picked.before + 1))
            return
        with self.store.begin() as session:
            if not rows.settle(session, picked.id, now, "aside"):
                return
            self._write_down_again(session, picked)
            if picked.update_id is not None:
                room = session.exec(select(RoomRow).where(RoomRow.chat == picked.lane)).first()
                person = rows.person_of(session, picked.lane) if picked.lane > 0 else None
                known = room.read_in if room else ("nl", "en")
                languages = (person.language or "nl",) if person else known
                audience = Audience(picked.lane, languages, private=picked.lane > 0)
                Turn(self.house, session, picked).send(Say("fault.ours", mark=mark), audience)

    def _write_down_again(self, session: Session, picked: rows.Picked) -> None:
        """The next time of what recurs, though this time failed."""
        again = RECURRING.get(picked.subject or "")
        found = session.get(RoomRow, picked.room_id) if picked.room_id else None
        if again and found and found.state == "active":
            again(self._room(session, found))

    def heal(self) -> None:
        """At the start: an active room without a daily look to come gets one."""
        with self.store.begin() as session:
            for row in rows.rooms_without(session, "room:day"):
                self._room(session, row).look_daily()

    def _room(self, session: Session, row: RoomRow) -> Room:
        house = self.house
        return Room(Given(session, house.content, house.store, self.clock.now(), house.zone), row)
