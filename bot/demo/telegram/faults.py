"""Failures on order, so that tests can see what a bot does when its Telegram fails."""

from __future__ import annotations

from dataclasses import dataclass

from bot.demo.telegram.wire import ApiError


class ConnectionDropped(Exception):
    """The connection closes without an answer; whether the request took effect is not known to the bot."""


class Unreachable(Exception):
    """No connection comes about at all."""


@dataclass
class _Planned:
    method: str
    times: int
    error: ApiError | None = None
    after: bool = False
    """``error`` None drops the connection. ``after``: the request takes effect first."""


class Faults:
    """Planned failures, in the order planned, plus a delay and a switch for everything."""

    def __init__(self) -> None:
        self.down = False
        self.latency = 0.0
        self._planned: list[_Planned] = []

    def fail_next(
        self,
        method: str | None = None,
        status: int = 500,
        times: int = 1,
        *,
        after: bool = False,
        description: str = "",
        retry_after: int = 0,
    ) -> None:
        """The next ``times`` calls of ``method`` (None: of any) are answered with that status.

        ``after``: the call takes effect all the same, as with a 502 or 504 of a proxy.
        """
        parameters = {"retry_after": retry_after} if retry_after else {}
        if retry_after and not description:
            description = f"retry after {retry_after}"
        self._planned.append(
            _Planned((method or "").lower(), times, ApiError(status, description, **parameters), after)
        )

    def drop_connection(self, method: str | None = None, after_taking: bool = False, times: int = 1) -> None:
        """The connection closes without an answer, after or before the call takes effect."""
        self._planned.append(_Planned((method or "").lower(), times, None, after_taking))

    def clear(self) -> None:
        """Everything works again."""
        self.down, self.latency = False, 0.0
        self._planned.clear()

    def next(self, method: str) -> tuple[Exception | None, bool]:
        """The failure planned for this call, and whether the call takes effect first."""
        if self.down:
            return Unreachable(), False
        for planned in self._planned:
            if planned.method in ("", method):
                planned.times -= 1
                if planned.times <= 0:
                    self._planned.remove(planned)
                return planned.error or ConnectionDropped(), planned.after
        return None, False
