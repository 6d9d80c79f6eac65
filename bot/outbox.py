"""How words leave: what was committed is sent, oldest first per chat, within Telegram's limits."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from bot.clock import Clock
from bot.store import outgoing, rows
from bot.store.outgoing import Closed, Head
from bot.store.replied import ASKS
from bot.store.store import OUT_OF_REACH, Store
from bot.store.tables import Slot

log = logging.getLogger("samenbot.outbox")

RETRY_SECONDS = (1, 2, 5, 15, 30, 60)
"""How long a chat waits after each failure in a row to connect."""

MOST_AT_ONCE = 16
"""Messages on their way at a time: more connections than this cost more than they bring."""

FEW = 2
ROUND_SECONDS = 0.02
"""The least time between two looks at what waits while more than a few messages are on their way, so that
much is taken and settled together. A single answer never waits for it."""


@dataclass(frozen=True)
class Limits:
    """Telegram's own: about 30 messages a second in all, one a second in a chat, 20 a minute in a group."""

    per_second: int = 30
    group_per_minute: int = 20
    chat_gap: float = 1.0
    burst: int = 3
    """Messages that may go to a private chat at once before the gap is kept."""


@dataclass(frozen=True)
class Outcome:
    """What came of a send: ``sent`` (with the message's id), ``later`` (never connected, or told to
    wait ``seconds``), ``moved`` (to ``chat``), ``gone`` (``reason`` blocked, unopened or removed),
    ``unknown`` (it left, no answer came), ``unmade`` (its document could not be made), or ``refused``
    (ours: what we sent was wrong). ``pinned`` tells what came of a pin, ``absent`` who turned out to
    be no longer in the group, ``cleared`` that a slot shows nothing any more."""

    kind: str
    message: int | None = None
    seconds: float | None = None
    chat: int | None = None
    reason: str = ""
    pinned: bool | None = None
    absent: int | None = None
    cleared: bool = False


class Post(Protocol):
    async def deliver(self, chat: int, payload: dict[str, Any], message: int | None) -> Outcome:
        """Send a payload, or put it in the place of ``message``; never raises for what Telegram says."""

    async def answers(self) -> bool:
        """Whether the API answers at all."""


class Pace:
    """When a chat may be written to again, by monotonic time; what a restart forgot is told by ``past``."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._monotonic = monotonic
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}
        self._not_before: dict[int, float] = {}

    def past(self, chat: int, seconds_ago: float) -> None:
        self._note(chat, self._monotonic() - seconds_ago)

    def spent(self, chat: int) -> None:
        self._note(chat, self._monotonic())

    def _note(self, chat: int, moment: float) -> None:
        self._all.append(moment)
        self._chats.setdefault(chat, deque(maxlen=self.limits.group_per_minute)).append(moment)

    def hold(self, chat: int, seconds: float) -> None:
        self._not_before[chat] = max(self._not_before.get(chat, 0.0), self._monotonic() + seconds)

    def free(self) -> int:
        """How many messages may leave now, all chats together."""
        now = self._monotonic()
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        return self.limits.per_second - len(self._all)

    def held(self) -> dict[int, float]:
        """Chats that must wait, with the seconds they still have to."""
        now = self._monotonic()
        waits = {chat: wait for chat in list(self._chats) if (wait := self._wait(chat, now)) > 0}
        for chat, moment in list(self._not_before.items()):
            if moment > now:
                waits[chat] = max(waits.get(chat, 0.0), moment - now)
            else:
                del self._not_before[chat]
        return waits

    def _wait(self, chat: int, now: float) -> float:
        sent = self._chats[chat]
        if sent and sent[-1] <= now - 60:
            del self._chats[chat]
            return 0.0
        wait = 0.0
        if len(sent) >= self.limits.burst:
            wait = max(0.0, sent[-self.limits.burst] + self.limits.chat_gap * self.limits.burst - now)
        if chat < 0:
            wait = max(wait, sent[-1] + self.limits.chat_gap - now if sent else 0.0)
            if len(sent) == self.limits.group_per_minute:
                wait = max(wait, sent[0] + 60 - now)
        return wait


@dataclass
class Outbox:
    """The loop that sends. ``tell`` puts a Due before the Desk, inside the transaction that settles."""

    store: Store
    post: Post
    clock: Clock
    tell: Callable[[Session, int, int | None, str, dict[str, Any]], None]
    pace: Pace = field(default_factory=lambda: Pace(Limits()))
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: set[int] = field(default_factory=set)
    _results: list[tuple[Head, Outcome]] = field(default_factory=list)
    _failures: dict[int, int] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _doubts: int = 0

    async def run(self) -> None:
        """Send until cancelled; what is under way then is finished and settled first."""
        await asyncio.to_thread(self._recall)
        try:
            while True:
                self.wake.clear()
                begun = time.monotonic()
                try:
                    wait = await self.round()
                except Exception:  # the loop must outlive what nobody thought of
                    log.exception("the outbox failed, again in a moment")
                    wait = 1.0
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.wake.wait(), timeout=wait)
                if len(self._under_way) > FEW:
                    await asyncio.sleep(max(0.0, begun + ROUND_SECONDS - time.monotonic()))
        finally:
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=10)
            await asyncio.to_thread(self._turn, self._take_results(), 0, set())

    @property
    def busy(self) -> bool:
        return bool(self._under_way or self._results)

    async def round(self) -> float | None:
        """Settle what came back and begin what may go; returns the seconds until something may again."""
        if self._doubts and not self._under_way:
            # What may have arrived is repeated only once the API answers again, so that the one
            # repeat is not spent on a service that is down.
            self._doubts = 0 if await self.post.answers() else self._doubts + 1
        results = self._take_results()
        free = 0 if self._doubts else min(self.pace.free(), MOST_AT_ONCE - len(self._under_way))
        held = self.pace.held().keys() | self._under_way
        turn = asyncio.ensure_future(asyncio.to_thread(self._turn, results, free, held))
        try:
            heads, left = await asyncio.shield(turn)
        except asyncio.CancelledError:
            # Asked to stop in the middle: what was begun is sent, and settled at the end of ``run``.
            self._begin((await turn)[0])
            raise
        except OUT_OF_REACH as error:
            # Nothing was settled and nothing begun: the same results are settled in a moment.
            log.warning("the outbox cannot reach its rows (%s), again in a moment", type(error).__name__)
            return self._settle_later(results)
        except Exception:
            log.exception("the outbox could not settle what came back, again one by one")
            return self._settle_later(await asyncio.to_thread(self._salvage, results))
        self._begin(heads)
        if not left:
            return None
        if self._doubts:
            return float(RETRY_SECONDS[min(self._doubts, len(RETRY_SECONDS)) - 1])
        waits = [wait for wait in self.pace.held().values() if wait > 0]
        return max(0.01, min([*waits, 1.0])) if waits or self.pace.free() <= 0 else None

    def _settle_later(self, results: list[tuple[Head, Outcome]]) -> float:
        self._results = results + self._results
        self._under_way |= {row.chat for row, _ in results}
        return 1.0

    def _salvage(self, results: list[tuple[Head, Outcome]]) -> list[tuple[Head, Outcome]]:
        """Settle results apart, so that one which cannot be settled holds up no other: that message is
        set aside. Returns those that the database could not take now."""
        left = []
        for row, outcome in results:
            try:
                self._turn([(row, outcome)], 0, set())
            except OUT_OF_REACH:
                left.append((row, outcome))
            except Exception:
                log.exception("message %s cannot be settled, and is set aside", row.id)
                with suppress(SQLAlchemyError), self.store.begin(brief=True) as session:
                    outgoing.close_out(
                        session, [Closed(row.id, "aside", fault="unsettled")], self.clock.now()
                    )
        return left

    def _begin(self, heads: list[Head]) -> None:
        for row in heads:
            self._under_way.add(row.chat)
            self.pace.spent(row.chat)
            task = asyncio.create_task(self._send(row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _take_results(self) -> list[tuple[Head, Outcome]]:
        results, self._results = self._results, []
        self._under_way -= {row.chat for row, _ in results}
        return results

    def _recall(self) -> None:
        now = self.clock.now()
        with self.store.begin() as session:
            for chat, settled in outgoing.sent_since(session, now - timedelta(minutes=1)):
                self.pace.past(chat, max(0.0, (now - settled).total_seconds()))

    async def _send(self, row: Head) -> None:
        outcome = Outcome("unknown")
        try:
            outcome = await self.post.deliver(row.chat, self.store.unseal(row.payload), row.shown)
        except Exception:  # ours, and after it nobody knows whether the message left
            log.exception("sending message %s failed", row.id)
        finally:
            self._results.append((row, outcome))
            if outcome.kind == "later":
                failures = self._failures[row.chat] = self._failures.get(row.chat, 0) + 1
                pause = RETRY_SECONDS[min(failures, len(RETRY_SECONDS)) - 1]
                self.pace.hold(row.chat, outcome.seconds if outcome.seconds is not None else pause)
            elif outcome.kind == "unknown":
                log.warning("no answer came to message %s, it may come twice", row.id)
                self._doubts = max(self._doubts, 1)
            else:
                self._failures.pop(row.chat, None)
            self.wake.set()

    def _turn(
        self, results: list[tuple[Head, Outcome]], free: int, held: Collection[int]
    ) -> tuple[list[Head], bool]:
        """One transaction: settle the results that came in, count and take the next heads."""
        with self.store.begin(brief=True) as session:
            now = self.clock.now()
            closed = [end for row, outcome in results if (end := self._settle(session, row, outcome))]
            session.flush()
            outgoing.close_out(session, closed, now)
            heads = outgoing.pick_heads(session, held, free) if free > 0 else []
            # Begun twice, never answered: a third time would be a stream of doubles.
            left = [self._unanswered(session, row) for row in heads if row.before > 1]
            outgoing.close_out(session, left, now)
            return [row for row in heads if row.before <= 1], outgoing.waiting_out(session)

    def _settle(self, session: Session, row: Head, outcome: Outcome) -> Closed | None:
        """What follows from an outcome; None where the message waits again."""
        begun = row.before + 1
        match outcome.kind:
            case "sent":
                if row.slot and outcome.cleared:
                    outgoing.empty_slot(session, row.chat, row.slot)
                elif fills(row.slot) and outcome.message not in (None, row.shown):
                    session.merge(Slot(chat=row.chat, name=row.slot, message=outcome.message))
                if outcome.pinned is False:
                    self.tell(session, row.chat, row.room_id, "board.unpinned", {})
                if outcome.absent:
                    self.tell(session, row.chat, row.room_id, "member.absent", {"telegram": outcome.absent})
                return Closed(row.id, "sent", outcome.message)
            case "later":
                outgoing.keep_out(session, row.id, begun - 1)
            case "moved":
                assert outcome.chat is not None
                outgoing.keep_out(session, row.id, 0)
                rows.chat_moved(session, row.chat, outcome.chat)
                self.tell(session, outcome.chat, None, "chat.moved", {})
            case "gone":
                told = {"chat": row.chat, "reason": outcome.reason, "room": row.room_id}
                self.tell(session, row.chat, None, "post.gone", told)
                return Closed(row.id, "gone", fault=outcome.reason)
            case "unmade":
                self.tell(session, row.chat, row.room_id, "document.unmade", {})
                return Closed(row.id, "gone", fault="document")
            case "unknown" if begun < 2:
                outgoing.keep_out(session, row.id, begun, "unknown")
            case "unknown":
                return self._unanswered(session, row)
            case _:
                log.error("message %s set aside: %s", row.id, outcome.reason)
                return Closed(row.id, "aside", fault=outcome.reason)
        return None

    def _unanswered(self, session: Session, row: Head) -> Closed:
        """A message that is left alone; what should have gone out of a chat is told, to be tried again."""
        if messages := self.store.unseal(row.payload).get("erase"):
            self.tell(session, row.chat, None, "erase.unanswered", {"messages": messages})
        return Closed(row.id, "unknown", fault="unknown")


def fills(slot: str) -> bool:
    """Whether a message stands in a slot, for later texts to replace; a name may just tell what it asked."""
    return bool(slot) and not slot.startswith(ASKS)
