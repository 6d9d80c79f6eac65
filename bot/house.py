"""What every turn works with: the memory, the words, the routes, the seal on buttons, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.content import Content
from bot.domain.words import Ask
from bot.routes import Routes
from bot.store.store import Store
from bot.texts import Texts


class Reader(Protocol):
    """Raw rows → Asks, and the seal on buttons; bot/updates.py has the real one."""

    username: str
    seal: Any

    def ask(self, raw: dict[str, Any], now: datetime, lane: int) -> Ask | None: ...


@dataclass(frozen=True)
class House:
    """Made once by bot/app.py; every turn is given it."""

    store: Store
    content: Content
    texts: Texts
    routes: Routes
    reader: Reader
    clock: Clock
    zone: ZoneInfo
