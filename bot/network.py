"""python-telegram-bot's requests, carried by aiohttp.

Its own carrier (httpx) costs more than everything else the bot does for a message: with this one the
whole path answers half as many updates again (``samenbot bench``). What arrives is the same.
"""

from __future__ import annotations

import ssl
from typing import Any

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_SECONDS = 5.0
READ_SECONDS = 5.0
UPLOAD_SECONDS = 20.0
"""How long the API may take over a message, and over one with a file."""

CONNECTIONS = 64


class NotSent(NetworkError):
    """The request never left this machine, so that it may be repeated without coming twice."""


class Network(BaseRequest):
    """The network of one Bot. Proxies are taken from the environment (HTTPS_PROXY, NO_PROXY)."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self.date = ""
        """What time it was for the service when it last answered, as HTTP writes it; "" before that."""

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            trusted = ssl.create_default_context(cafile=certifi.where())
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=trusted),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=True,
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_: Any,
        **_waits: Any,
    ) -> tuple[int, bytes]:
        """Status and body. Raises NotSent; NetworkError, TimedOut where nobody knows whether it arrived.

        Of the timeouts (seconds) only that of reading is heeded: the others are the same for all.
        """
        if self._session is None:
            raise NotSent("the network is not open")
        body = body_of(request_data)
        if read_timeout is BaseRequest.DEFAULT_NONE:
            read_timeout = UPLOAD_SECONDS if isinstance(body, aiohttp.FormData) else READ_SECONDS
        timeout = aiohttp.ClientTimeout(connect=CONNECT_SECONDS, sock_read=read_timeout)
        try:
            async with self._session.request(method, url, data=body, timeout=timeout) as answer:
                self.date = answer.headers.get("Date", "")
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            raise NotSent(f"not connected: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"no answer: {type(error).__name__}") from error


def body_of(request_data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    """A form, in parts where files go along. (Bot API, "Making requests")"""
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)  # names as browsers send them
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form
