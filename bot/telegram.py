"""The incoming half of Telegram: taking updates, fetching files, and the menu of commands.

Updates are taken as raw JSON and written down before they are confirmed; parsing happens later,
in the Desk, where one bad row fails alone. (python-telegram-bot's own polling confirms earlier.)
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.errands import FetchLater, Unfetched
from bot.network import Network
from bot.post import Direct
from bot.updates import UPDATES

log = logging.getLogger("samenbot.telegram")

FILE_SECONDS = 60.0
"""How long the service may be silent while a file of at most 20 MB comes."""


class ApiFault(Exception):
    """The API did not do what was asked; the message is one line for the operator."""


MakeRequest = Callable[[], BaseRequest]


class Line:
    """The connection: its incoming side, and the short answers that bypass the outbox."""

    def __init__(self, token: str, api_url: str, make_request: MakeRequest = Network) -> None:
        self.api_url = api_url
        self._request = make_request()
        self.bot = Direct(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=self._request,
            get_updates_request=make_request(),
        )

    async def open(self) -> tuple[int, str]:
        """Say hello; returns the bot's id and username. Raises ApiFault."""
        try:
            await self.bot.initialize()
        except InvalidToken:
            await self.close()
            raise ApiFault("Telegram does not know this token (SAMENBOT_TOKEN)") from None
        except TelegramError as error:
            await self.close()
            raise ApiFault(f"cannot reach {self.api_url}: {error.message}") from None
        return self.bot.id, self.bot.username

    async def close(self) -> None:
        with suppress(TelegramError):
            await self.bot.shutdown()

    @property
    def their_time(self) -> datetime | None:
        """What time it was for the API when it last answered (aware, to the second); None where unknown."""
        said = self._request.date if isinstance(self._request, Network) else ""
        try:
            return parsedate_to_datetime(said)
        except ValueError:
            return None

    async def take(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """One long poll: updates as raw JSON. Raises ApiFault."""
        try:
            found: list[dict[str, Any]] = await self.bot.ask(
                "getUpdates",
                offset=offset,
                timeout=seconds,
                allowed_updates=list(UPDATES),
                read_timeout=seconds + 10,
            )
        except TelegramError as error:
            raise ApiFault(error.message) from None
        return found

    async def fetch(self, file: str) -> bytes:
        """What somebody sent, by its id. Raises Unfetched (``too-large`` over 20 MB, else ``broken``),
        FetchLater."""
        try:
            found = await self.bot.get_file(file)
            return bytes(await found.download_as_bytearray(read_timeout=FILE_SECONDS))
        except BadRequest as error:
            # The API tells these apart by words alone.
            raise Unfetched("too-large" if "too big" in error.message else "broken") from None
        except TelegramError:
            raise FetchLater from None

    async def toast(self, query: str, text: str, link: str = "") -> None:
        """Answer a button press at once; never retried, because it is only shown for a moment."""
        try:
            await self.bot.answer_callback_query(query, text=text[:200] or None, url=link or None)
        except TelegramError as error:
            log.info("a press was not answered: %s", type(error).__name__)

    async def introduce(self, menus: Sequence[tuple[str | None, str, list[tuple[str, str]]]]) -> None:
        """Set the command menus: (language or None, "private" or "group", [(command, description)]).

        Raises ApiFault.
        """
        scopes = {"private": BotCommandScopeAllPrivateChats(), "group": BotCommandScopeAllGroupChats()}
        try:
            for language, scope, commands in menus:
                listed = [BotCommand(name, description) for name, description in commands]
                await self.bot.set_my_commands(listed, scope=scopes[scope], language_code=language)
        except TelegramError as error:
            raise ApiFault(error.message) from None
