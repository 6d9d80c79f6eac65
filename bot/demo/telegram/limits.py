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

    def wait(self, now: float, more: int) -> float:
        """Seconds until so many more are allowed at once (or as many as ever are); 0 if they are now."""
        while self._times and self._times[0] <= now - self._seconds:
            self._times.popleft()
        over = len(self._times) + min(more, self._most) - self._most
        return 0.0 if over <= 0 else self._times[int(over) - 1] + self._seconds - now

    def count(self, now: float, more: int) -> None:
        self._times.extend([now] * more)


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

    def take(self, chat_id: int, *, group: bool, messages: int = 1) -> int:
        """Counts messages to the chat and gives 0; or counts none of them and gives the seconds to wait."""
        if self._free:
            return 0
        now = self._monotonic()
        window = self._group(chat_id) if group else None
        waits = [self._overall.wait(now, messages), self._chat_wait(chat_id, now, messages)]
        waits += [window.wait(now, messages)] if window else []
        if max(waits) > ROUNDING:
            self.refused += 1
            return max(1, math.ceil(max(waits)))
        if self.limits.overall_per_second != math.inf:
            self._overall.count(now, messages)
        if window is not None:
            window.count(now, messages)
        if self.limits.chat_per_second != math.inf:
            spent = messages / self.limits.chat_per_second
            self._due[chat_id] = max(now, self._due.get(chat_id, 0.0)) + spent
        return 0

    def _group(self, chat_id: int) -> _Window | None:
        if self.limits.group_per_minute == math.inf:
            return None
        if chat_id not in self._groups:
            self._groups[chat_id] = _Window(self.limits.group_per_minute, 60.0)
        return self._groups[chat_id]

    def _chat_wait(self, chat_id: int, now: float, more: int) -> float:
        if self.limits.chat_per_second == math.inf:
            return 0.0
        ahead = self._due.get(chat_id, 0.0) - now
        burst = self.limits.burst
        return max(0.0, ahead - (burst - min(more, burst)) / self.limits.chat_per_second)
