"""Buttons being pressed, and the bot's answer to it (Bot API, "CallbackQuery", answerCallbackQuery)."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass

from bot.demo.telegram.wire import Params, bad_request

TOAST_LIMIT = 200
MOST_KEPT = 10_000
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True)
class Toast:
    """What the person sees on pressing: a short notice (``text`` may be ''), an alert, or a link to open."""

    text: str = ""
    alert: bool = False
    url: str = ""


class Press:
    """One press of a button. Awaiting it gives the Toast, or None if none came in ``patience`` seconds.

    ``answer`` is the Toast as far as it is known now.
    """

    def __init__(self, query_id: str, patience: float, answer: Toast | None = None) -> None:
        self.query_id = query_id
        self.answer = answer
        self.patience = patience
        self._answered = asyncio.Event()
        if answer is not None:
            self._answered.set()

    def settle(self, answer: Toast) -> None:
        self.answer = answer
        self._answered.set()

    async def wait(self, patience: float | None = None) -> Toast | None:
        if self.answer is not None:
            return self.answer
        try:
            await asyncio.wait_for(self._answered.wait(), self.patience if patience is None else patience)
        except TimeoutError:
            return None
        return self.answer

    def __await__(self) -> Generator[None, None, Toast | None]:
        return self.wait().__await__()


class Presses:
    """Presses that wait for an answer, for ``lifetime`` seconds of ``monotonic``."""

    def __init__(self, monotonic: Callable[[], float], lifetime: float) -> None:
        self._monotonic = monotonic
        self._lifetime = lifetime
        self._count = 0
        self._open: OrderedDict[str, tuple[float, Press]] = OrderedDict()

    def begin(self, patience: float) -> Press:
        self._count += 1
        press = Press(str(4_000_000_000_000_000_000 + self._count), patience)
        self._open[press.query_id] = (self._monotonic(), press)
        if len(self._open) > MOST_KEPT:
            self._open.popitem(last=False)
        return press

    def answer(self, params: Params, bot_url: str) -> bool:
        """answerCallbackQuery. Raises ApiError 400: answered already, too old, too long, a foreign link."""
        text, url = params.text("text"), params.text("url")
        if len(text) > TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        if url and not url.startswith(bot_url):
            raise bad_request("URL_INVALID")
        begun, press = self._open.pop(params.text("callback_query_id"), (0.0, None))
        if press is None or self._monotonic() - begun > self._lifetime:
            raise bad_request(TOO_OLD)
        press.settle(Toast(text, params.flag("show_alert"), url))
        return True
