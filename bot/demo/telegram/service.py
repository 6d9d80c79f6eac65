"""The local Telegram: one bot, everybody it talks to, and the Bot API between them.

``LocalTelegram.call`` is the whole API. People act through the methods of Talk and Gatherings;
``history``, ``chats_of``, ``pinned`` and ``on_change`` are for whoever watches.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.demo.telegram import asking, changing, sending
from bot.demo.telegram.chats import Chat
from bot.demo.telegram.faults import ConnectionDropped, Faults, Unreachable
from bot.demo.telegram.files import UploadedFile
from bot.demo.telegram.gatherings import Gatherings
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.people import Account
from bot.demo.telegram.state import DEFAULT_TOKEN
from bot.demo.telegram.talk import Where
from bot.demo.telegram.wire import ApiError, Object, Params, bad_request

__all__ = ["ConnectionDropped", "LocalTelegram", "Unreachable"]

_TOKEN = re.compile(r"\d+:[\w-]+")
_METHODS: dict[str, sending.Method] = {**sending.METHODS, **changing.METHODS, **asking.METHODS}


class LocalTelegram(Gatherings):
    """A Telegram of one's own, in memory. Everything but waiting happens at once, in one event loop."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        token: str = DEFAULT_TOKEN,
        username: str = "samenbot",
        name: str = "Samenbot",
        limits: Limits | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        observer: Callable[[str, dict[str, Any]], None] | None = None,
        press_lifetime: float = 30,
    ) -> None:
        """``clock`` gives aware moments in UTC for messages; ``monotonic`` seconds for limits and presses.

        ``observer`` hears of every request (method as the bot wrote it, parameters with files among
        them) before anything is done about it; what it raises goes to the caller.
        """
        super().__init__(
            clock,
            token=token,
            username=username,
            name=name,
            limits=limits or Limits(),
            monotonic=monotonic,
            press_lifetime=press_lifetime,
        )
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self.webhook: Object = {"url": "", "has_custom_certificate": False}
        self._observer = observer

    # The Bot API

    async def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, Any],
        files: Mapping[str, UploadedFile] | None = None,
    ) -> tuple[int, Object]:
        """One request: HTTP status and JSON body. Values of ``params`` may be JSON text or decoded.

        Raises ConnectionDropped or Unreachable where such a failure was ordered.
        """
        files = files or {}
        if self._observer is not None:
            self._observer(method, {**params, **files})
        name = method.lower()
        self.calls[method] += 1
        fault, after = self.faults.next(name)
        if self.faults.latency and name != "getupdates":
            await asyncio.sleep(self.faults.latency)
        try:
            if fault is not None and not after:
                raise fault
            self._check_token(token)
            result = await self._do(name, Params(params, files))
            if fault is not None:
                raise fault
        except ApiError as error:
            return error.code, error.body()
        return 200, {"ok": True, "result": result}

    def download(self, token: str, path: str) -> bytes | None:
        """The bytes of a file by its file_path; None if there is none, or the token is wrong."""
        stored = self.files.at(path) if token == self.token else None
        return stored.content if stored else None

    def _check_token(self, token: str) -> None:
        if token != self.token:
            raise ApiError(401) if _TOKEN.fullmatch(token) else ApiError(404)

    async def _do(self, name: str, params: Params) -> Any:
        if name == "getupdates":
            return await self._get_updates(params)
        method = _METHODS.get(name)
        if method is not None:
            return method(self, params)
        if name in {"setwebhook", "deletewebhook"}:
            return self._set_webhook(params, params.text("url") if name == "setwebhook" else "")
        if name == "getwebhookinfo":
            return {**self.webhook, "pending_update_count": self.waiting}
        raise ApiError(404, "method not found")

    async def _get_updates(self, params: Params) -> list[Object]:
        if self.webhook["url"]:
            raise ApiError(
                409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete"
            )
        self.updates.allow(params.array("allowed_updates"))
        return await self.updates.get(
            params.integer("offset"), params.integer("limit", 100), params.integer("timeout")
        )

    def _set_webhook(self, params: Params, url: str) -> bool:
        """Remembers the address; updates then wait, because this Telegram posts to nobody."""
        if url and not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if params.flag("drop_pending_updates"):
            self.updates.drop()
        self.webhook = {"url": url, "has_custom_certificate": "certificate" in params.files}
        if url:
            self.webhook["max_connections"] = params.integer("max_connections", 40)
            self.updates.allow(params.array("allowed_updates"))
        return True

    # Watching

    @property
    def waiting(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.updates)

    async def consumed(self, patience: float = 5) -> bool:
        """Waits until the bot has confirmed every update; False after ``patience`` seconds."""
        try:
            await asyncio.wait_for(self.updates.emptied(), patience)
        except TimeoutError:
            return False
        return True

    def history(self, chat: Where, *, deleted: bool = False) -> list[Object]:
        """The messages of a chat, oldest first: Message objects with ``deleted`` and ``edited`` (bool).

        A bot's keyboard below the input field is in ``keyboard``. ``deleted`` includes what is gone.
        """
        return [entry.shown() for entry in self._shown(chat).entries() if deleted or not entry.deleted]

    def pinned(self, chat: Where) -> Object | None:
        """The message pinned last, None for none."""
        place = self._shown(chat)
        entry = place.entry(place.pinned[-1]) if place.pinned else None
        return entry.shown() if entry else None

    def chats_of(self, account: Account) -> list[Chat]:
        """The chats in a person's app: the private one with the bot first."""
        groups = [c for c in self.chats.values() if not c.private and c.migrated_to is None]
        return [self.chat_of(account), *(c for c in groups if c.member(account.id).present)]

    def commands_for(self, account: Account, chat: Where = None) -> list[Object]:
        """The command menu that this person's app shows in this chat."""
        return self.menus.seen_by(account, self.chat(chat, account))

    def _shown(self, chat: Where) -> Chat:
        """The very chat that is named, also a group that was upgraded since."""
        return chat if isinstance(chat, Chat) else self.chat(chat)

    # Failing

    def fail_next(self, method: str | None = None, status: int = 500, times: int = 1, **how: Any) -> None:
        """As Faults.fail_next."""
        self.faults.fail_next(method, status, times, **how)

    def drop_connection(self, method: str | None = None, after_taking: bool = False, times: int = 1) -> None:
        """As Faults.drop_connection."""
        self.faults.drop_connection(method, after_taking, times)

    def latency(self, seconds: float) -> None:
        """Every call but getUpdates takes that much longer."""
        self.faults.latency = seconds

    @property
    def down(self) -> bool:
        """Whether no connection comes about."""
        return self.faults.down

    @down.setter
    def down(self, down: bool) -> None:
        self.faults.down = down
