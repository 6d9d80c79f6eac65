"""Asking a LocalTelegram as a bot would, everything asked and answered held against the specification."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.demo.telegram import LocalTelegram, UploadedFile
from tests.botapi import faults, result_faults

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Time:
    """A wall clock in UTC and a monotonic one, both moved by hand: ``time.seconds += 60``."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return 1000 + self.seconds


class Refused(Exception):
    """The API said no: ``code``, ``text`` (the description) and ``parameters``."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.code: int = body["error_code"]
        self.text: str = body["description"]
        self.parameters: dict[str, int] = body.get("parameters", {})
        super().__init__(f"{self.code} {self.text} {self.parameters or ''}".strip())


class Checked:
    """``await api("sendMessage", chat_id=1, text="x")`` gives the result or raises Refused."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self.telegram = telegram

    async def __call__(self, method: str, **params: Any) -> Any:
        """Raises AssertionError where request or result do not follow the specification."""
        assert faults(method, params) == []
        return await self.anyway(method, **params)

    async def anyway(self, method: str, **params: Any) -> Any:
        """Asks what the specification does not allow."""
        files = {name: value for name, value in params.items() if isinstance(value, UploadedFile)}
        plain = {name: value for name, value in params.items() if name not in files}
        status, body = await self.telegram.call(self.telegram.token, method, plain, files)
        assert body["ok"] == (status == 200), body
        if not body["ok"]:
            assert body["error_code"] == status
            raise Refused(body)
        assert result_faults(method, body["result"]) == []
        return body["result"]

    async def updates(self) -> list[dict[str, Any]]:
        """Everything that waits, confirmed at once."""
        found = await self("getUpdates")
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found

    async def texts(self) -> list[str]:
        """The texts of the messages that wait, confirmed at once."""
        return [u["message"].get("text", "") for u in await self.updates() if "message" in u]


async def refusal(call: Awaitable[Any]) -> str:
    """The code and description with which a call is refused."""
    with pytest.raises(Refused) as refused:
        await call
    return f"{refused.value.code} {refused.value.text}"
