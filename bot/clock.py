"""The only place that asks for the time.

Decisions use ``Clock.now()``: an aware datetime in UTC. Retries, limits and long polls use
``time.monotonic`` where they stand, because they must not jump when a clock is set.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is put: for tests, and for the demo, whose player moves it.

    With ``running`` the time since the last ``set`` passes as on the machine's own clock.
    """

    def __init__(self, moment: datetime, *, running: bool = False) -> None:
        self._running = running
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Move to an aware moment; raises ValueError for a naive one."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        self._moment = moment.astimezone(UTC)
        self._since = datetime.now(UTC)

    def now(self) -> datetime:
        passed = datetime.now(UTC) - self._since if self._running else self._since - self._since
        return self._moment + passed
