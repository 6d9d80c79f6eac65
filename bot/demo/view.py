"""What one person's app shows, as JSON for the page: only what changed since it was last asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.demo.stage import Stage
from bot.demo.telegram import Account, Chat
from bot.demo.telegram.state import SERVICE
from bot.demo.telegram.wire import Object

MEDIA = ("document", "photo", "voice", "sticker")


class View:
    """One person's chats as they were last told. Messages are replaced and never changed in place,
    so that the same object is the same message."""

    def __init__(self, stage: Stage, key: str) -> None:
        self._stage = stage
        self._me = stage.account(key)
        self.key = key
        self._sent: dict[tuple[int, int], Object] = {}
        self._last: dict[str, Any] = {}

    def changes(self) -> Object:
        """The parts of this app that look different now; whole messages, whole lists."""
        told = {"people": self._people(), "outside": self._outside()}
        new = {name: value for name, value in told.items() if self._last.get(name) != value}
        self._last |= new
        chats = [self._chat(chat) for chat in self._chats()]
        heads = [{k: v for k, v in chat.items() if k not in {"messages", "gone"}} for chat in chats]
        news = any(chat["messages"] or chat["gone"] for chat in chats)
        if news or self._last.get("chats") != heads:
            self._last["chats"] = heads
            new["chats"] = chats
        return new

    def _chats(self) -> list[Chat]:
        return self._stage.telegram.chats_of(self._me)

    def _people(self) -> list[Object]:
        stage = self._stage
        found = []
        for key, player in stage.players.items():
            account = stage.accounts[key]
            unread = self._unread(account, stage.telegram.chat_of(account))
            words = {"role": player.role.model_dump(), "first": player.first.model_dump()}
            found.append({"key": key, "name": account.first_name, "unread": unread, **words})
        return found

    def _outside(self) -> list[Object]:
        """Groups that this person is not in."""
        groups = (g for g in self._stage.groups if not g.member(self._me.id).present)
        return [{"id": group.id, "title": group.title} for group in groups]

    def _chat(self, chat: Chat) -> Object:
        telegram = self._stage.telegram
        pinned = telegram.pinned(chat)
        messages, gone = self._news(chat)
        return {
            "id": chat.id,
            "kind": "private" if chat.private else "group",
            "title": telegram.bot["first_name"] if chat.private else chat.title,
            "members": sum(member.present for member in chat.members.values()),
            "pinned": {"id": pinned["message_id"], "text": excerpt(pinned)} if pinned else None,
            "unread": self._unread(self._me, chat),
            "commands": telegram.commands_for(self._me, chat),
            "blocked": chat.private and self._me.blocked,
            "started": not chat.private or self._me.started,
            "owner_link": self._stage.owner_link if chat.private and self._is_owner() else None,
            "messages": messages,
            "gone": gone,
        }

    def _is_owner(self) -> bool:
        """The first of the people is who started the demo, and reads its terminal."""
        return self.key == next(iter(self._stage.players))

    def _news(self, chat: Chat) -> tuple[list[Object], list[int]]:
        messages, gone = [], []
        for number, entry in chat.history.items():
            place = (chat.id, number)
            if entry.deleted:
                if self._sent.pop(place, None) is not None:
                    gone.append(number)
            elif self._sent.get(place) is not entry.message:
                self._sent[place] = entry.message
                messages.append(self._message(chat, entry.message))
        return messages, gone

    def _unread(self, account: Account, chat: Chat) -> int:
        marker = self._stage.read.get((account.id, chat.id), 0)
        count = 0
        for number in reversed(chat.history):
            if number <= marker:
                break
            entry = chat.history[number]
            own = entry.message.get("from", {}).get("id") == account.id
            count += not (own or entry.deleted or SERVICE & entry.message.keys())
        return count

    def _message(self, chat: Chat, message: Object) -> Object:
        sender = message.get("from", {})
        shown: Object = {
            "id": message["message_id"],
            "date": message["date"],
            "mine": sender.get("id") == self._me.id,
            "bot": sender.get("id") == self._stage.telegram.bot_id,
            "who": self._stage.key_of(sender.get("id", 0)),
            "name": message.get("sender_chat", {}).get("title") or sender.get("first_name", ""),
            "edited": "edit_date" in message,
            "text": shown_text(message),
            "entities": message.get("entities") or message.get("caption_entities") or [],
            "keyboard": list(keyboard(message)),
            "forwarded": "forward_origin" in message,
        }
        if replied := message.get("reply_to_message"):
            name = replied.get("from", {}).get("first_name", "")
            shown["reply"] = {"id": replied["message_id"], "name": name, "text": excerpt(replied)}
        if file := media(message):
            shown["file"] = file
        if service := happened(chat, message):
            shown["service"] = service
        return shown


def shown_text(message: Object) -> str:
    """The words of a message. What a link to the bot carries is not shown where a person opened it, as in
    Telegram's apps."""
    text: str = message.get("text") or message.get("caption") or ""
    command, _, payload = text.partition(" ")
    opened = payload and command.partition("@")[0] == "/start" and not message.get("from", {}).get("is_bot")
    return command if opened else text


def keyboard(message: Object) -> Iterator[list[Object]]:
    """Rows of buttons: words, and the link of those that open one."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", []):
        yield [{"text": button["text"], "url": button.get("url")} for button in row]


def media(message: Object) -> Object | None:
    """The file of a message, with the address under which the page serves it."""
    kind = next((kind for kind in MEDIA if kind in message), None)
    if kind is None:
        return None
    file = message[kind][-1] if kind == "photo" else message[kind]
    shown = {
        "kind": kind,
        "id": file["file_id"],
        "size": file["file_size"],
        "name": file.get("file_name", ""),
    }
    return shown | {k: file[k] for k in ("width", "height", "emoji") if k in file}


def happened(chat: Chat, message: Object) -> Object | None:
    """What a service message tells: a phrase of the page, who did it, and what."""
    who = message.get("from", {})
    name = who.get("first_name", "")
    if joined := message.get("new_chat_members"):
        by_self = [user["id"] for user in joined] == [who.get("id")]
        names = ", ".join(user["first_name"] for user in joined)
        return {"key": "joined" if by_self else "added", "who": name, "what": names}
    if gone := message.get("left_chat_member"):
        key = "left" if gone["id"] == who.get("id") else "put_out"
        return {"key": key, "who": name, "what": gone["first_name"]}
    if pinned := message.get("pinned_message"):
        return {"key": "pinned_it", "who": name, "what": excerpt(pinned)}
    if {"group_chat_created", "supergroup_chat_created"} & message.keys():
        return {"key": "made", "who": name, "what": chat.title}
    if {"migrate_to_chat_id", "migrate_from_chat_id"} & message.keys():
        return {"key": "moved", "who": name, "what": ""}
    return None


def excerpt(message: Object) -> str:
    """The first words of a message; '' for one without words."""
    words = message.get("text") or message.get("caption") or message.get("document", {}).get("file_name", "")
    first = str(words).partition("\n")[0]
    return first if len(first) <= 60 else first[:59] + "…"
