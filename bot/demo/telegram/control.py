"""Playing people from another process: JSON to ``/control/{verb}`` (end-to-end tests, the benchmark).

Bodies are JSON objects of keyword arguments, answers ``{"result": …}`` or ``{"error": …}``. People
and chats are named by id, messages by number, files by base64 text in ``content``. Only requests
that say they are JSON and name this machine are heard, so that no web page can play along.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.people import Account
from bot.demo.telegram.service import LocalTelegram
from bot.demo.telegram.talk import NotPossible
from bot.demo.telegram.wire import Object

_PEOPLE = {"account", "by", "creator"}
_PLAIN_VERBS = (
    "person group channel say send_file send_photo send_voice send_sticker edit erase forge "
    "add_member leave remove add_bot remove_bot make_admin dismiss_admin upgrade_to_supergroup "
    "block_bot unblock deactivate pin open_link history pinned chats_of commands_for fail_next "
    "drop_connection latency"
).split()
_HERE = {"127.0.0.1", "localhost", "::1", "testserver"}


class Control:
    """The verbs; ``set_clock`` sets the clock that stamps messages, where the process allows that."""

    def __init__(self, telegram: LocalTelegram, set_clock: Callable[[datetime], None] | None = None) -> None:
        self._telegram = telegram
        self._set_clock = set_clock
        self._verbs: dict[str, Callable[..., Any]] = {name: getattr(telegram, name) for name in _PLAIN_VERBS}
        self._verbs |= {"flood": self.flood, "counters": self.counters, "limits": self.limits}
        self._verbs |= {"down": self.down, "reset_faults": telegram.faults.clear, "clock": self.clock}
        self._verbs["privacy"] = self.privacy

    def route(self) -> Route:
        return Route("/control/{verb}", self._handle, methods=["POST"])

    async def _handle(self, request: Request) -> Response:
        host = request.url.hostname or ""
        if host not in _HERE or not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"error": "only JSON from this machine"}, 403)
        verb = request.path_params["verb"]
        try:
            asked = json.loads(await request.body() or b"{}")
            if verb == "press":
                return JSONResponse({"result": await self._press(**self._meant(asked))})
            if verb == "consumed":
                return JSONResponse({"result": await self._telegram.consumed(**asked)})
            if verb not in self._verbs:
                return JSONResponse({"error": f"no verb {verb}"}, 404)
            return JSONResponse({"result": _plain(self._verbs[verb](**self._meant(asked)))})
        except (NotPossible, TypeError, ValueError, KeyError) as fault:
            return JSONResponse({"error": f"{type(fault).__name__}: {fault}"}, 400)

    def _meant(self, asked: Object) -> Object:
        """The arguments with accounts, chats and bytes in the place of ids and base64."""
        meant = dict(asked)
        for name in _PEOPLE & meant.keys():
            meant[name] = None if meant[name] is None else self._telegram.accounts[meant[name]]
        if "members" in meant:
            meant["members"] = [self._telegram.accounts[number] for number in meant["members"]]
        for name in {"as_channel", "discussion"} & meant.keys():
            meant[name] = self._telegram.chats[meant[name]]
        if isinstance(meant.get("forward_from"), int):
            number = meant["forward_from"]
            meant["forward_from"] = self._telegram.accounts.get(number) or self._telegram.chats[number]
        if "content" in meant:
            meant["content"] = base64.b64decode(meant["content"])
        return meant

    async def _press(self, **asked: Any) -> Object | None:
        """Waits for the bot's answer; ``patience`` 0 only presses."""
        press = self._telegram.press(**asked)
        toast = await press if press.patience else press.answer
        return None if toast is None else {"text": toast.text, "alert": toast.alert, "url": toast.url}

    def flood(self, account: Account, chat: Any = None, text: str = "/start", times: int = 1) -> int:
        """Says the same text many times at once; gives how many updates wait."""
        for _ in range(times):
            self._telegram.say(account, chat, text)
        return self._telegram.waiting

    def counters(self) -> Object:
        """Calls by method, updates that wait, were confirmed, and messages refused for limits."""
        telegram = self._telegram
        return {
            "calls": dict(telegram.calls),
            "waiting": telegram.waiting,
            "confirmed": telegram.updates.confirmed,
            "polls": telegram.updates.polls,
            "refused": telegram.meter.refused,
        }

    def limits(self, **limits: Any) -> None:
        """Sets limits (numbers) by name; without any, lifts all."""
        self._telegram.meter.set(Limits(**limits) if limits else Limits.none())

    def down(self, down: bool = True) -> None:
        self._telegram.down = down

    def privacy(self, on: bool) -> None:
        self._telegram.privacy = on

    def clock(self, at: str) -> None:
        """Sets the clock of messages to an ISO moment with its offset."""
        if self._set_clock is None:
            raise NotPossible("the clock is not ours")
        self._set_clock(datetime.fromisoformat(at))


def _plain(value: Any) -> Any:
    """A result as JSON: accounts and chats as objects."""
    if isinstance(value, Account):
        return value.user
    if isinstance(value, Chat):
        return value.shown
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {"query_id": value.query_id} if hasattr(value, "query_id") else value
