"""How much a bot may send (https://core.telegram.org/bots/faq, "My bot is hitting limits").

About one message a second in one chat (short bursts pass), 20 a minute in one group, 30 a second
in all. What is refused does not count; what fails for another reason does not either.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

ROUNDING = 1e-9
"""Seconds below which a wait is an error of floating point, not a wait."""


@dataclass(frozen=True)
class Limits:
    """Messages (new ones and edits) per time; ``math.inf`` lifts a limit.

    ``burst`` is how many messages may come at once in one chat before ``chat_per_second`` binds.
    """

    overall_per_second: float = 30
    group_per_minute: float = 20
    chat_per_second: float = 1
    burst: int = 5

    @classmethod
    def none(cls) -> Limits:
        """No limits at all, for benchmarks and for tests of something else."""
        return cls(math.inf, math.inf, math.inf)


class _Window:
    """At most ``most`` events in any ``seconds``."""

    def __init__(self, most: float, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 if it is allowed now."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        return 0.0 if len(self._times) < self._most else self._times[0] + self._seconds - now

    def count(self, now: float) -> None:
        self._times.append(now)


class Meter:
    """Counts what was sent; ``monotonic`` gives seconds that never run backwards."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.refused = 0
        self.set(limits)

    def set(self, limits: Limits) -> None:
        """Puts other limits in force and forgets what was counted."""
        self.limits = limits
        self._free = limits == Limits.none()
        self._overall = _Window(limits.overall_per_second, 1.0)
        self._groups: dict[int, _Window] = {}
        self._due: dict[int, float] = {}

    def take(self, chat_id: int, *, group: bool) -> int:
        """Counts one message to the chat and gives 0; or counts nothing and gives the seconds to wait."""
        if self._free:
            return 0
        now = self._monotonic()
        window = self._group(chat_id) if group else None
        waits = [self._overall.wait(now), self._chat_wait(chat_id, now), window.wait(now) if window else 0.0]
        if max(waits) > ROUNDING:
            self.refused += 1
            return max(1, math.ceil(max(waits)))
        if self.limits.overall_per_second != math.inf:
            self._overall.count(now)
        if window is not None:
            window.count(now)
        if self.limits.chat_per_second != math.inf:
            self._due[chat_id] = max(now, self._due.get(chat_id, 0.0)) + 1 / self.limits.chat_per_second
        return 0

    def _group(self, chat_id: int) -> _Window | None:
        if self.limits.group_per_minute == math.inf:
            return None
        if chat_id not in self._groups:
            self._groups[chat_id] = _Window(self.limits.group_per_minute, 60.0)
        return self._groups[chat_id]

    def _chat_wait(self, chat_id: int, now: float) -> float:
        if self.limits.chat_per_second == math.inf:
            return 0.0
        ahead = self._due.get(chat_id, 0.0) - now
        return max(0.0, ahead - (self.limits.burst - 1) / self.limits.chat_per_second)
