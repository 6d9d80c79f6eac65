"""The local Telegram over HTTP: ``/bot{token}/{method}`` and ``/file/bot{token}/{path}``.

Bot API, "Making requests": GET and POST; query, application/x-www-form-urlencoded,
application/json and multipart/form-data. Kept lean, since a benchmark measures the bot against it.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.routing import BaseRoute, Mount
from starlette.types import Receive, Scope, Send

from bot.demo.telegram.faults import ConnectionDropped, Unreachable
from bot.demo.telegram.files import UPLOAD_LIMIT, UploadedFile
from bot.demo.telegram.service import LocalTelegram
from bot.demo.telegram.wire import ApiError, Object, bad_request

BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
FIELD_LIMIT = 1024 * 1024
HOST = "127.0.0.1"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def application(telegram: LocalTelegram, *, more: tuple[BaseRoute, ...] = ()) -> Starlette:
    """An ASGI application that serves the Bot API; ``more`` routes come before it."""
    return Starlette(routes=[*more, Mount("/", app=Wire(telegram))])


class Wire:
    """The Bot API as a bare ASGI application."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        if path.startswith("/file/bot"):
            await self._file(path, receive, send)
        elif path.startswith("/bot"):
            await self._method(path, scope, receive, send)
        else:
            await _answer(send, 404, _encode(ApiError(404).body()).encode())

    async def _method(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        token, _, method = path.removeprefix("/bot").partition("/")
        try:
            params, files = await _read(scope, receive)
            status, body = await self._telegram.call(token, method, params, files)
        except ApiError as error:
            status, body = error.code, error.body()
        except (ConnectionDropped, Unreachable):
            await hang_up(receive, send)
            return
        # A lone half of a surrogate pair can be said in JSON's escapes but not in UTF-8.
        await _answer(send, status, _encode(body).encode("utf-8", "replace"))

    async def _file(self, path: str, receive: Receive, send: Send) -> None:
        token, _, place = path.removeprefix("/file/bot").partition("/")
        if self._telegram.down:
            await hang_up(receive, send)
            return
        content = self._telegram.download(token, place)
        if content is None:
            await _answer(send, 404, _encode(ApiError(404).body()).encode())
        else:
            await _answer(send, 200, content, b"application/octet-stream")


async def _read(scope: Scope, receive: Receive) -> tuple[Object, dict[str, UploadedFile]]:
    """The parameters and files of a request. Raises ApiError 400 or 413, ConnectionDropped."""
    query = scope["query_string"]
    params: Object = dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    body = await _body(receive)
    if not body:
        return params, {}
    kind = next((v for k, v in scope["headers"] if k == b"content-type"), b"").decode("latin-1")
    if kind.startswith("multipart/form-data"):
        fields, files = await _multipart(scope, body)
        return params | fields, files
    if kind.startswith("application/json"):
        return params | _json_object(body), {}
    return params | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}


async def _body(receive: Receive) -> bytes:
    """All of it. Raises ApiError 413, and ConnectionDropped where it was cut off: half a request is none."""
    body, more = b"", True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ConnectionDropped
        body += event.get("body", b"")
        more = event.get("more_body", False)
        if len(body) > BODY_LIMIT:
            raise ApiError(413)
    return body


def _json_object(body: bytes) -> Object:
    try:
        value = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return value


async def _multipart(scope: Scope, body: bytes) -> tuple[Object, dict[str, UploadedFile]]:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    parser = MultiPartParser(Headers(scope=scope), stream(), max_part_size=FIELD_LIMIT)
    try:
        form = await parser.parse()
    except MultiPartException as fault:
        raise bad_request(f"can't parse multipart form: {fault.message}") from None
    params: Object = {}
    files: dict[str, UploadedFile] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            media_type = value.content_type or "application/octet-stream"
            files[name] = UploadedFile(value.filename or name, await value.read(), media_type)
        else:
            params[name] = value
    await form.close()
    return params, files


def listen(port: int) -> socket.socket:
    """The port on this machine, taken; 0 takes a free one. Raises OSError, OverflowError.

    asyncio sends small packets at once only on sockets that it made itself: on this one headers and
    body of an answer would go apart, 40 ms after each other.
    """
    listening = socket.create_server((HOST, port), backlog=2048)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _answer(send: Send, status: int, body: bytes, media_type: bytes = b"application/json") -> None:
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def hang_up(receive: Receive, send: Send) -> None:
    """Closes the connection without an answer.

    ASGI has no word for that. Under uvicorn the transport is at hand; elsewhere an answer that
    breaks off comes closest.
    """
    transport: Any = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        return
    transport.abort()
    await asyncio.sleep(0)  # lets the server notice, or it would answer 500
