"""What Telegram sends, as raw JSON → what it asks; and the seal on our own buttons."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.words import Ask, Due, Event, File, Press, Sender

ANONYMOUS_ADMIN, AS_CHANNEL, AUTO_FORWARD = 1087968824, 136817688, 777000
NOBODY = frozenset({ANONYMOUS_ADMIN, AS_CHANNEL, AUTO_FORWARD})
"""Accounts that stand for somebody unknown: nobody may act through them (Bot API, sender_chat)."""

UPDATES = ("message", "callback_query", "my_chat_member", "chat_member")
_service = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")


def who_and_where(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The part of an update that carries it, and the chat; ({}, {}) where it is none of ours."""
    for kind in UPDATES:
        if part := raw.get(kind):
            chat = part.get("chat") or (part.get("message") or {}).get("chat") or {}
            return part, chat
    return {}, {}


def concerns_us(raw: dict[str, Any], username: str, bot_id: int) -> bool:
    """Whether an update is for the bot. Overheard words are not, and are dropped before any row."""
    _, chat = who_and_where(raw)
    if not chat or chat.get("type") not in ("private", "group", "supergroup"):
        return False
    message = raw.get("message")
    if message is None:
        return True
    if any(key in message for key in _service):
        return True
    sender = message.get("from") or {}
    if sender.get("is_bot") and sender.get("id") not in NOBODY:
        return False
    if chat["type"] == "private":
        return True
    replied = (message.get("reply_to_message") or {}).get("from") or {}
    text = message.get("text") or message.get("caption") or ""
    command = command_in(message, username)
    return command is not None or replied.get("id") == bot_id or f"@{username}".lower() in text.lower()


def command_in(message: dict[str, Any], username: str) -> tuple[str, str] | None:
    """A command for this bot and the words after it, also under a picture; None for words, or for another
    bot's command."""
    text = message.get("text") or message.get("caption") or ""
    entities = message.get("entities") or message.get("caption_entities") or ()
    if not any(e.get("type") == "bot_command" and e.get("offset") == 0 for e in entities):
        return None
    found = re.match(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+|$)", text)
    if not found or (found[2] and found[2].lower() != username.lower()):
        return None
    return found[1].lower(), text[found.end() :].strip()


def sender_of(user: dict[str, Any] | None) -> Sender | None:
    """Who sent it; None for anonymous admins, channels and forwards, by whom nobody may act."""
    if not user or user.get("id") in NOBODY:
        return None
    name = " ".join(part for part in (user.get("first_name"), user.get("last_name")) if part)
    language = (user.get("language_code") or "")[:2].lower() or None
    return Sender(int(user["id"]), " ".join(name.split())[:64] or str(user["id"]), language)


def file_of(message: dict[str, Any]) -> File | None:
    """The picture (the largest of its sizes) or document of a message; None for voices, stickers, films."""
    found = (message.get("photo") or [message.get("document")])[-1]
    if not found:
        return None
    name = str(found.get("file_name", ""))[:200]
    return File(found["file_id"], name, int(found.get("file_size") or 0), message.get("media_group_id", ""))


class Reader:
    """Rows → Asks: for one bot, whose buttons carry its own mark."""

    def __init__(self, *, username: str, bot_id: int, seal: Seal) -> None:
        self.username = username
        self.bot_id = bot_id
        self.seal = seal

    def ask(self, raw: dict[str, Any], now: datetime, lane: int) -> Ask | None:
        """What a row asks; None for what needs no answer. Raises KeyError, ValueError for a broken row."""
        if "due" in raw:
            due = Due(raw["due"], raw["args"], datetime.fromisoformat(raw["at"]))
            return Ask(chat=lane, private=lane > 0, sent=due.at or now, now=now, due=due)
        if query := raw.get("callback_query"):
            return self._press(query, now)
        if message := raw.get("message"):
            return self._message(message, now)
        if change := raw.get("my_chat_member") or raw.get("chat_member"):
            return self._change(change, now, about_us="my_chat_member" in raw)
        return None

    def _message(self, message: dict[str, Any], now: datetime) -> Ask | None:
        chat = message["chat"]
        sender = None if message.get("sender_chat") else sender_of(message.get("from"))
        ask = Ask(
            chat=int(chat["id"]),
            private=chat["type"] == "private",
            sent=datetime.fromtimestamp(message["date"], UTC),
            now=now,
            sender=sender,
            message=int(message["message_id"]),
        )
        if event := self._event(message):
            return replace(ask, event=event)
        ask = replace(ask, file=file_of(message), forwarded="forward_origin" in message)
        command = command_in(message, self.username)
        if ask.forwarded and (command or message.get("entities")):
            # A forwarded command was somebody else's; forwarded words and pictures are no command.
            return None if command and not ask.file else replace(ask, words=self._words(message))
        replied = message.get("reply_to_message") or {}
        if (replied.get("from") or {}).get("id") == self.bot_id:
            ask = replace(ask, reply_to=int(replied["message_id"]))
        if command:
            return replace(ask, command=command[0], words=command[1])
        return replace(ask, words=self._words(message))

    def _words(self, message: dict[str, Any]) -> str:
        text = message.get("text") or message.get("caption") or ""
        return re.sub(rf"@{re.escape(self.username)}\b", "", text, flags=re.IGNORECASE).strip()

    def _event(self, message: dict[str, Any]) -> Event | None:
        if joined := message.get("new_chat_members"):
            people = tuple(s for user in joined if not user.get("is_bot") and (s := sender_of(user)))
            us = any(user.get("id") == self.bot_id for user in joined)
            return Event("bot_added" if us else "joined", people)
        if left := message.get("left_chat_member"):
            us = left.get("id") == self.bot_id
            person = sender_of(left)
            return Event(
                "bot_removed" if us else "left", (person,) if person and not left.get("is_bot") else ()
            )
        if moved := message.get("migrate_to_chat_id"):
            return Event("moved", chat=int(moved))
        if "migrate_from_chat_id" in message:
            return Event("moved_here", chat=int(message["migrate_from_chat_id"]))
        return None

    def _change(self, change: dict[str, Any], now: datetime, *, about_us: bool) -> Ask | None:
        chat = change["chat"]
        was_here, is_here = (present(change[side]) for side in ("old_chat_member", "new_chat_member"))
        if was_here == is_here and chat["type"] != "private":
            return None  # only rights changed
        gone = not is_here
        person = sender_of(change["new_chat_member"]["user"])
        if about_us and chat["type"] == "private":
            event = Event("blocked" if gone else "unblocked")
        elif about_us:
            # Being added or removed also comes as a service message; this one is the surer of both.
            event = Event("bot_removed") if gone else Event("bot_added")
        elif person and not change["new_chat_member"]["user"].get("is_bot"):
            event = Event("left" if gone else "joined", (person,))
        else:
            return None
        return Ask(
            chat=int(chat["id"]),
            private=chat["type"] == "private",
            sent=datetime.fromtimestamp(change["date"], UTC),
            now=now,
            sender=sender_of(change.get("from")),
            event=event,
        )

    def _press(self, query: dict[str, Any], now: datetime) -> Ask | None:
        message = query.get("message") or {}
        chat = message.get("chat")
        sender = sender_of(query.get("from"))
        if not chat or sender is None:
            return None
        name, args = self.seal.open(query.get("data") or "", int(chat["id"]))
        return Ask(
            chat=int(chat["id"]),
            private=chat["type"] == "private",
            sent=now,
            now=now,
            sender=sender,
            message=int(message["message_id"]),
            press=Press(name, args, query["id"]),
        )


def present(member: dict[str, Any]) -> bool:
    """Whether a ChatMember is in the chat; somebody restricted may be or not."""
    return member["status"] not in ("left", "kicked") and member.get("is_member") is not False


class Seal:
    """Marks buttons as ours. The mark covers name, arguments and the person's own chat, so that neither
    a forged payload nor one carried over from another chat opens. In groups it covers the room, which is
    the first argument and held against the group's own: a group's id changes when it is upgraded."""

    SIZE = 10

    def __init__(self, key: str) -> None:
        self._key = hashlib.sha256(b"buttons:" + key.encode()).digest()

    def close(self, name: str, args: Iterable[str | int], chat: int) -> str:
        """Name and arguments as callback data of at most 64 bytes; ValueError where they do not fit."""
        body = ":".join([name, *map(str, args)])
        data = f"{body}~{self._mark(body, chat)}"
        if len(data.encode()) > 64:
            raise ValueError(f"button {name} does not fit in 64 bytes")
        return data

    def open(self, data: str, chat: int) -> tuple[str, tuple[str, ...]]:
        """Name and arguments again; ("", ()) for what this seal did not close for that chat."""
        body, _, mark = data.rpartition("~")
        if not body or not hmac.compare_digest(mark.encode(), self._mark(body, chat).encode()):
            return "", ()
        name, *args = body.split(":")
        return name, tuple(args)

    def _mark(self, body: str, chat: int) -> str:
        place = chat if chat > 0 else "group"
        digest = hmac.new(self._key, f"{place}:{body}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(digest)[: self.SIZE].decode()
