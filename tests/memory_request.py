"""python-telegram-bot's requests, answered in memory by a LocalTelegram instead of over HTTP."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.demo.telegram import ConnectionDropped, LocalTelegram, Unreachable, UploadedFile
from bot.network import NotSent


class MemoryRequest(BaseRequest):
    """Give it to a Bot or an Application as ``request`` and ``get_updates_request``.

    Failures look as they do over the network: NotSent where nothing listens, else NetworkError.
    """

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        kind, token, name = _parts(url)
        try:
            if kind == "file":
                if self._telegram.down:
                    raise Unreachable
                content = self._telegram.download(token, name)
                return (404, b'{"ok":false}') if content is None else (200, content)
            params = request_data.json_parameters if request_data else {}
            status, body = await self._telegram.call(token, name, params, _files(request_data))
        except Unreachable as fault:
            raise NotSent(str(fault)) from fault
        except ConnectionDropped as fault:
            raise NetworkError(str(fault)) from fault
        return status, json.dumps(body).encode()


def _parts(url: str) -> tuple[str, str, str]:
    """("bot" or "file", token, method or path) of an address of the Bot API."""
    path = unquote(url.split("://", 1)[-1].partition("/")[2])
    kind = "file" if path.startswith("file/bot") else "bot"
    token, _, rest = path.removeprefix("file/").removeprefix("bot").partition("/")
    return kind, token, rest


def _files(request_data: RequestData | None) -> dict[str, UploadedFile]:
    if request_data is None or not request_data.contains_files:
        return {}
    parts = request_data.multipart_data.items()
    return {name: UploadedFile(part[0], _bytes(part[1]), part[2]) for name, part in parts}


def _bytes(content: Any) -> bytes:
    return content if isinstance(content, bytes) else bytes(content.read())
