"""Updates on their way in: written down first, then confirmed; and the short answers to presses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.store import rows
from bot.store.store import OUT_OF_REACH, Store
from bot.telegram import ApiFault, Line
from bot.turn import Toasted
from bot.updates import Reader, concerns_us, who_and_where

log = logging.getLogger("samenbot")

POLL_SECONDS = 30
TOAST_SECONDS = 2.0


class Intake:
    """The loop that takes updates. ``written`` is called after each commit of new ones."""

    def __init__(
        self,
        line: Line,
        store: Store,
        reader: Reader,
        clock: Clock,
        written: Callable[[], None],
        poll_seconds: int = POLL_SECONDS,
        toast_seconds: float = TOAST_SECONDS,
    ) -> None:
        self.line, self.store, self.reader, self.clock = line, store, reader, clock
        self.poll_seconds, self.toast_seconds = poll_seconds, toast_seconds
        self._written = written
        self._toasts: dict[str, asyncio.Future[Toasted]] = {}

    async def run(self) -> None:
        """Take updates until cancelled."""
        self._loop = asyncio.get_running_loop()
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self.line.take(offset, self.poll_seconds)
                if updates:
                    await asyncio.to_thread(self.write_down, updates)
                    offset = int(updates[-1]["update_id"]) + 1
                    self._written()
                failures = 0
            except (ApiFault, SQLAlchemyError) as error:
                # Nothing was confirmed, so nothing is lost: the same updates come again.
                failures += 1
                # What the API says holds no secret (a second bot takes the same updates: 409); a database
                # error may hold words.
                told = str(error) if isinstance(error, ApiFault) else type(error).__name__
                log.warning("taking updates failed (%s), again in a moment", told)
                await asyncio.sleep(min(30.0, 0.2 * 2**failures))
            except Exception:  # the loop must outlive what nobody thought of
                failures += 1
                log.exception("taking updates failed, again in a moment")
                await asyncio.sleep(min(30.0, 0.2 * 2 ** min(failures, 8)))

    def write_down(self, updates: list[dict[str, Any]]) -> None:
        """Keep what concerns us. One update that cannot be kept is skipped, and no other with it."""
        rows_in = list(self._rows(updates, self.clock.now()))
        if not rows_in:
            return
        try:
            self._keep(rows_in)
        except OUT_OF_REACH:
            raise
        except Exception:  # one of them cannot be kept: which?
            log.exception("updates cannot be written down together, again one by one")
            for row in rows_in:
                try:
                    self._keep([row])
                except OUT_OF_REACH:
                    raise
                except Exception:  # this one cannot; the others are kept
                    log.exception("update %s cannot be written down, and is skipped", row["update_id"])

    def _keep(self, rows_in: list[dict[str, Any]]) -> None:
        with self.store.begin(durable=True) as session:
            rows.write_down(session, rows_in)

    def _rows(self, updates: list[dict[str, Any]], now: datetime) -> Iterator[dict[str, Any]]:
        for raw in updates:
            try:
                row = self._row(raw, now)
            except Exception:  # whatever is wrong with it, the others must come through
                log.exception("update %s cannot be read, and is skipped", raw.get("update_id"))
                continue
            if row:
                yield row

    def _row(self, raw: dict[str, Any], now: datetime) -> dict[str, Any] | None:
        if not concerns_us(raw, self.reader.username, self.reader.bot_id):
            return None
        _, chat = who_and_where(raw)
        row = {
            "bot": self.reader.bot_id,
            "update_id": raw["update_id"],
            "lane": chat["id"],
            "due": now,
            "payload": self.store.seal(raw),
        }
        if query := raw.get("callback_query"):
            asyncio.run_coroutine_threadsafe(self._expect(query["id"]), self._loop)
        return row

    # short answers

    async def _expect(self, query: str) -> None:
        """Answer a press when the Desk has; blank where that takes too long: no button keeps spinning."""
        answer: asyncio.Future[Toasted] = asyncio.get_running_loop().create_future()
        self._toasts[query] = answer
        try:
            toasted = await asyncio.wait_for(answer, self.toast_seconds)
        except TimeoutError:
            toasted = Toasted(query)
        finally:
            self._toasts.pop(query, None)
        await self.line.toast(query, toasted.text, toasted.link)

    def resolve(self, toasted: Toasted) -> None:
        answer = self._toasts.get(toasted.query)
        if answer and not answer.done():
            answer.set_result(toasted)
