"""The outgoing half of Telegram: payloads → Bot API calls, and what came of them."""

from __future__ import annotations

import asyncio
import base64
import os
from contextlib import suppress
from datetime import timedelta
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.document.pdf import DocumentFault, pdf
from bot.network import NotSent
from bot.outbox import Outcome

# python-telegram-bot tells waits in seconds and warns that they will become timedeltas; we ask for these now.
os.environ["PTB_TIMEDELTA"] = "true"

MOST_ERASED = 100
"""Messages in one request. (Bot API, deleteMessages)"""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Direct(Bot):
    """A Bot that can also be asked for Telegram's raw JSON: for what is not to be parsed at once, and
    where a whole message read again, only to know its number, would cost a tenth of the bot's speed."""

    async def ask(self, method: str, *, read_timeout: float | None = None, **given: Any) -> Any:
        waits = {} if read_timeout is None else {"read_timeout": read_timeout}
        return await self._post(method, given, **waits)  # type: ignore[arg-type]  # names of options


class TelegramPost:
    """Delivers payloads made by the Desk: ``text`` (HTML), ``keyboard``, ``document``; ``pin`` and
    ``leave`` ask for more once it is sent; ``member`` asks whether a person is still in a group;
    ``erase`` takes messages away, ``clear`` the one that the slot shows."""

    def __init__(self, bot: Direct) -> None:
        self._bot = bot

    async def answers(self) -> bool:
        try:
            await self._bot.get_me()
        except TelegramError:
            return False
        return True

    async def deliver(self, chat: int, payload: dict[str, Any], message: int | None) -> Outcome:
        try:
            return await self._deliver(chat, payload, message)
        except RetryAfter as error:
            wait = error.retry_after
            return Outcome("later", seconds=wait.total_seconds() if isinstance(wait, timedelta) else wait)
        except ChatMigrated as error:
            return Outcome("moved", chat=error.new_chat_id)
        except Forbidden as error:
            return Outcome("gone", reason=reason_of(error))
        except BadRequest as error:
            if never_met(error):
                return Outcome("gone", reason="unopened")
            return Outcome("refused", reason=error.message[:200])
        except InvalidToken:
            return Outcome("later")
        except NotSent:
            return Outcome("later")
        except NetworkError:
            return Outcome("unknown")
        except TelegramError as error:
            return Outcome("refused", reason=error.message[:200])

    async def _deliver(self, chat: int, payload: dict[str, Any], message: int | None) -> Outcome:
        if member := payload.get("member"):
            return await self._look_for(chat, member)
        if "erase" in payload or "clear" in payload:
            return await self._erase(chat, payload.get("erase") or [message])
        keyboard = keyboard_of(payload.get("keyboard"))
        if document := payload.get("document"):
            try:
                content = await self._content(document)
            except DocumentFault:
                return Outcome("unmade")
            sent = await self._bot.send_document(
                chat,
                InputFile(content, filename=document["name"]),
                caption=payload["text"][:1024] or None,
                parse_mode="HTML",
                reply_markup=keyboard,
            )
            return Outcome("sent", message=sent.message_id)
        if message is not None:
            kept = await self._edit(chat, payload["text"], keyboard, message)
            if kept:
                return Outcome("sent", message=message)
        sent = await self._bot.ask(
            "sendMessage",
            chat_id=chat,
            text=payload["text"],
            parse_mode="HTML",
            reply_markup=keyboard,
            link_preview_options=_NO_PREVIEW,
        )
        number = int(sent["message_id"])
        pinned = await self._pin(chat, number) if payload.get("pin") else None
        if payload.get("leave"):
            await self._bot.leave_chat(chat)
        return Outcome("sent", message=number, pinned=pinned)

    async def _content(self, document: dict[str, Any]) -> bytes:
        if recipe := document.get("recipe"):
            return await asyncio.to_thread(pdf, **recipe)
        return base64.b64decode(document["content"])

    async def _edit(self, chat: int, text: str, keyboard: InlineKeyboardMarkup | None, message: int) -> bool:
        """Whether the message now shows the text; False where it cannot be edited any more."""
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message,
                parse_mode="HTML",
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            # The API tells these apart by words alone: unchanged is as good as edited, and a
            # message that is gone or too old is replaced by a new one.
            return "not modified" in error.message
        return True

    async def _pin(self, chat: int, message: int) -> bool:
        try:
            return await self._bot.pin_chat_message(chat, message, disable_notification=True)
        except TelegramError:
            return False

    async def _erase(self, chat: int, messages: list[int | None]) -> Outcome:
        """Take messages away. Those that are gone, or older than 48 hours, the API leaves as they are."""
        if wanted := [message for message in messages if message]:
            with suppress(BadRequest):
                await self._bot.delete_messages(chat, wanted[:MOST_ERASED])
        return Outcome("sent", cleared=True)

    async def _look_for(self, chat: int, member: int) -> Outcome:
        """Whether somebody is still in a group. Where the bot may not ask, nothing is concluded."""
        try:
            seen = await self._bot.get_chat_member(chat, member)
        except (BadRequest, Forbidden):
            return Outcome("sent")
        absent = seen.status in ("left", "kicked") or getattr(seen, "is_member", True) is False
        return Outcome("sent", absent=member if absent else None)


def reason_of(error: Forbidden) -> str:
    """Why a chat is closed to us. The API gives one code for all; its words tell which."""
    words = error.message.lower()
    if "initiate" in words:
        return "unopened"
    return "removed" if "kicked" in words or "not a member" in words else "blocked"


def never_met(error: BadRequest) -> bool:
    return "chat not found" in error.message.lower()


def keyboard_of(rows: list[list[dict[str, str]]] | None) -> InlineKeyboardMarkup | None:
    """Rows of {"text", "data" or "url"} → Telegram's keyboard."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b["text"], url=b.get("url"), callback_data=b.get("data")) for b in row]
            for row in rows
        ]
    )
