"""What a scope stands in: one transaction, at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.content import Content
from bot.store.finding import Names, names_in_content


class Sealer(Protocol):
    def seal(self, payload: Any) -> bytes: ...
    def unseal(self, sealed: bytes) -> Any: ...


@dataclass(frozen=True)
class Given:
    """``now`` is aware; ``zone`` is where days and hours are counted; ``names`` tells how a thing of the
    content is called in every language."""

    session: Session
    content: Content
    sealer: Sealer
    now: datetime
    zone: ZoneInfo
    names: Names = names_in_content


class Scope:
    """What a person's own data, the programme and a room have in common."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._session, self._sealer = given.session, given.sealer
        self.content, self.names = given.content, given.names
        self.now, self.zone = given.now, given.zone
