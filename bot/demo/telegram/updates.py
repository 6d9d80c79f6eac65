"""Updates that wait for the bot (Bot API, "getUpdates").

An update is forgotten once a later offset is asked for. Waiting uses the event loop's own clock,
which is monotonic; everything else here is immediate.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any

from bot.demo.telegram.wire import ApiError, Object

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that come only when allowed_updates names them."""

FIRST_UPDATE = 100_000_001
MOST_AT_ONCE = 100
LONGEST_WAIT = 50
MOST_KEPT = 1_000_000


class UpdateQueue:
    """What happened and was not confirmed yet, oldest first; numbers only rise."""

    def __init__(self, on_change: Callable[[], None] = lambda: None) -> None:
        self._queue: deque[Object] = deque(maxlen=MOST_KEPT)
        self._next = FIRST_UPDATE
        self._poll: asyncio.Future[None] | None = None
        self._empty = asyncio.Event()
        self._empty.set()
        self._on_change = on_change
        self.allowed: frozenset[str] = frozenset()
        self.confirmed = 0
        self.polls = 0

    def __len__(self) -> int:
        return len(self._queue)

    def allow(self, kinds: list[Any] | None) -> None:
        """Remembers what the bot wants from now on; [] is the default choice, None changes nothing."""
        if kinds is not None:
            self.allowed = frozenset(map(str, kinds))

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def put(self, kind: str, payload: Object) -> None:
        """Adds an update, unless the bot does not want that kind."""
        if not self.wants(kind):
            return
        self._queue.append({"update_id": self._next, kind: payload})
        self._next += 1
        self._empty.clear()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def repeat(self) -> None:
        """Puts the newest waiting update in once more under the same number, as it happens at times."""
        if self._queue:
            self._queue.append(self._queue[-1])

    async def get(self, offset: int, limit: int, patience: float) -> list[Object]:
        """Confirms what is older than ``offset`` and gives what waits, after ``patience`` seconds at most.

        A negative offset keeps that many newest updates and forgets the others. Whoever was polling
        already gets ApiError 409: the newer poll wins, as at the real service.
        """
        self.polls += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, OTHER_POLL))
        self._confirm(offset)
        limit = limit if 0 < limit <= MOST_AT_ONCE else MOST_AT_ONCE
        if not self._queue and patience > 0:
            await self._wait(min(patience, LONGEST_WAIT))
        return list(islice(self._queue, limit))

    async def emptied(self) -> None:
        """Returns when every update has been confirmed."""
        await self._empty.wait()

    def drop(self) -> None:
        """Forgets everything that waits (drop_pending_updates)."""
        self._queue.clear()
        self._empty.set()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._queue[max(0, len(self._queue) + offset)]["update_id"] if self._queue else 0
        before = len(self._queue)
        while self._queue and self._queue[0]["update_id"] < offset:
            self._queue.popleft()
        self.confirmed += before - len(self._queue)
        if not self._queue:
            self._empty.set()
        if before != len(self._queue):
            self._on_change()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        timer = asyncio.get_running_loop().call_later(seconds, _finish, poll)
        try:
            await poll
        finally:
            timer.cancel()
            if self._poll is poll:
                self._poll = None


def _finish(poll: asyncio.Future[None]) -> None:
    if not poll.done():
        poll.set_result(None)


OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
