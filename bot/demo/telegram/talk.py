"""What people say and press: texts, files, edits, buttons, links.

Chats may be given as a Chat, as an Account (its private chat with the bot), or by id; None is the
private chat of whoever acts. What an app would not let a person do raises NotPossible.
"""

from __future__ import annotations

from typing import Any

from bot.demo.telegram.chats import Chat, Entry
from bot.demo.telegram.entities import pieces, written
from bot.demo.telegram.files import UploadedFile, photo_sizes
from bot.demo.telegram.people import ANONYMOUS_ADMIN, CHANNEL_SENDER, Account
from bot.demo.telegram.presses import Press, Toast
from bot.demo.telegram.state import State
from bot.demo.telegram.wire import Object

Where = Chat | Account | int | None


class NotPossible(ValueError):
    """No app would offer this: not a member, a message that is not there, a chat that is blocked."""


class Talk(State):
    """Saying and pressing, as people."""

    def chat(self, where: Where, account: Account | None = None) -> Chat:
        """The chat that is meant; a group that was upgraded leads to its supergroup."""
        if where is None:
            where = account
        if isinstance(where, Account):
            return self.chat_of(where)
        chat = self.chats.get(where) if isinstance(where, int) else where
        if chat is None and isinstance(where, int) and where in self.accounts:
            return self.chat_of(self.accounts[where])
        if chat is None:
            raise NotPossible(f"no chat {where}")
        while chat.migrated_to is not None:
            chat = self.chats[chat.migrated_to]
        return chat

    def say(
        self,
        account: Account,
        chat: Where = None,
        text: str = "",
        *,
        reply_to: int | Object | None = None,
        anonymous: bool = False,
        as_channel: Chat | None = None,
        forward_from: Account | Chat | str | None = None,
        thread: int | None = None,
    ) -> Object:
        """Says something; a text that is too long goes as several messages. Gives the last message.

        ``anonymous``: as an admin who hides behind the group. ``as_channel``: in a channel's name.
        ``forward_from``: a person, a channel, or the name of somebody who hides the account.
        ``thread``: in a topic of the group.
        """
        said: Object = {}
        for piece in pieces(text):
            shown = written(piece)
            fields: Object = {"text": shown.text}
            if shown.entities:
                fields["entities"] = shown.entities
            if forward_from is not None:
                fields["forward_origin"] = self._origin(forward_from)
            if thread is not None:
                fields |= self._topic(self.chat(chat, account), thread)
            said = self._send(
                account, chat, fields, reply_to=reply_to, anonymous=anonymous, as_channel=as_channel
            )
        if not said:
            raise NotPossible("nothing to say")
        return said

    def send_file(
        self,
        account: Account,
        chat: Where = None,
        name: str = "file.bin",
        content: bytes = b"",
        media_type: str = "application/octet-stream",
        *,
        caption: str = "",
        size: int | None = None,
        **how: Any,
    ) -> Object:
        """Sends a document. ``size`` pretends that many bytes; ``how`` as for ``say``."""
        file = self.files.keep(UploadedFile(name, content, media_type), "documents", size)
        document = {**file.reference(), "file_name": name, "mime_type": media_type}
        return self._send_media(account, chat, {"document": document}, caption, how)

    def send_photo(
        self,
        account: Account,
        chat: Where = None,
        content: bytes = b"",
        *,
        caption: str = "",
        **how: Any,
    ) -> Object:
        """Sends a picture. Raises ValueError where the bytes are none."""
        sizes = photo_sizes(self.files, UploadedFile("photo.jpg", content, "image/jpeg"))
        return self._send_media(account, chat, {"photo": sizes}, caption, how)

    def send_album(
        self, account: Account, chat: Where, pictures: list[bytes], caption: str = ""
    ) -> list[Object]:
        """Sends pictures as one album: one message each, held together by media_group_id."""
        album = str(13_000_000_000_000_000 + self.number())
        sent = []
        for content in pictures:
            sizes = photo_sizes(self.files, UploadedFile("photo.jpg", content, "image/jpeg"))
            sent.append(
                self._send_media(account, chat, {"media_group_id": album, "photo": sizes}, caption, {})
            )
            caption = ""
        return sent

    def send_voice(
        self, account: Account, chat: Where = None, content: bytes = b"OggS", seconds: int = 1, **how: Any
    ) -> Object:
        """Sends a voice message of ``seconds``."""
        file = self.files.keep(UploadedFile("voice.oga", content, "audio/ogg"), "voice")
        voice = {**file.reference(), "duration": seconds, "mime_type": "audio/ogg"}
        return self._send_media(account, chat, {"voice": voice}, "", how)

    def send_sticker(self, account: Account, chat: Where = None, emoji: str = "👍", **how: Any) -> Object:
        file = self.files.keep(UploadedFile("sticker.webp", b"RIFF", "image/webp"), "stickers")
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send_media(
            account, chat, {"sticker": {**file.reference(), **shape, "emoji": emoji}}, "", how
        )

    def edit(self, account: Account, message: int | Object, text: str, chat: Where = None) -> Object:
        """Changes the text of one's own message; the chat may be left out where a whole message is given."""
        place, entry = self._entry(account, chat, message)
        sender = entry.message.get("from", {}).get("id")
        if sender != account.id or "text" not in entry.message:
            raise NotPossible("not a text of one's own")
        shown = written(text)
        kept = {k: v for k, v in entry.message.items() if k not in {"text", "entities"}}
        kept["text"] = shown.text
        if shown.entities:
            kept["entities"] = shown.entities
        return self.revise(place, entry, kept, deliver=True)

    def other_bot_speaks(self, group: Where, text: str = "…") -> Object:
        """Another bot says something in a group: bare commands go to that one from now on."""
        chat = self.chat(group)
        other = {"id": 7_999_999_999, "is_bot": True, "first_name": "Other", "username": "otherbot"}
        chat.last_bot = 7_999_999_999
        return self.post(chat, {"text": text}, sender=other, deliver=False)  # bots do not hear bots

    def erase(self, account: Account, message: int | Object, chat: Where = None) -> None:
        """Deletes a message for everybody; the bot is not told."""
        place, entry = self._entry(account, chat, message)
        own = entry.message.get("from", {}).get("id") == account.id
        if not (own or place.private or place.member(account.id).may("can_delete_messages")):
            raise NotPossible("may not delete this")
        entry.deleted = True
        self.changed(place.id)

    def press(
        self,
        account: Account,
        chat: Where,
        message_id: int | Object,
        row: int | str = 0,
        col: int = 0,
        *,
        patience: float = 5,
    ) -> Press:
        """Presses a button, by its place or by its words. Awaiting the Press gives the Toast, or None.

        A link's Press holds its url at once and tells the bot nothing: ``open_link`` follows it.
        """
        place, entry = self._entry(account, chat, message_id)
        rows = entry.message.get("reply_markup", {}).get("inline_keyboard", [])
        if isinstance(row, str):
            buttons = [button for line in rows for button in line if button["text"] == row]
        else:
            buttons = [rows[row][col]] if row < len(rows) and col < len(rows[row]) else []
        if not buttons:
            raise NotPossible(f"no button {row!r} under message {entry.message['message_id']}")
        button = buttons[0]
        if "callback_data" not in button:
            return Press("", 0, Toast(url=button.get("url", "")))
        return self._query(account, place, entry.message, button["callback_data"], patience)

    def forge(
        self, account: Account, chat: Where, message_id: int | Object, data: str, *, patience: float = 5
    ) -> Press:
        """Sends a callback query with any data, as a forger's app can, even for a message that is gone."""
        place = self.chat(chat, account)
        number = message_id if isinstance(message_id, int) else message_id["message_id"]
        entry = place.history.get(number)
        if entry is None or entry.deleted:
            gone = {"chat": place.shown, "message_id": number, "date": 0}
            return self._query(account, place, gone, data, patience)
        return self._query(account, place, entry.message, data, patience)

    # How it is done

    def _query(self, account: Account, chat: Chat, message: Object, data: str, patience: float) -> Press:
        self._check_present(account, chat)
        press = self.presses.begin(patience)
        query = {
            "id": press.query_id,
            "from": account.user,
            "message": message,
            "chat_instance": str(abs(chat.id) * 7919),
            "data": data,
        }
        self.met.add(account.id)
        self.updates.put("callback_query", query)
        return press

    def _entry(self, account: Account, chat: Where, message: int | Object) -> tuple[Chat, Entry]:
        if not isinstance(message, int):
            chat = message["chat"]["id"] if chat is None else chat
            message = int(message["message_id"])
        place = self.chat(chat, account)
        entry = place.entry(message)
        if entry is None:
            raise NotPossible(f"no message {message}")
        return place, entry

    def _check_present(self, account: Account, chat: Chat) -> None:
        if account.deactivated:
            raise NotPossible("the account is gone")
        if chat.private and (chat.id != account.id or account.blocked):
            raise NotPossible("not one's own chat, or the bot is blocked: unblock it first")
        if not chat.private and not chat.member(account.id).present:
            raise NotPossible(f"{account.first_name} is not in {chat.title}")

    def _send(
        self,
        account: Account,
        where: Where,
        fields: Object,
        *,
        reply_to: int | Object | None = None,
        anonymous: bool = False,
        as_channel: Chat | None = None,
    ) -> Object:
        chat = self.chat(where, account)
        self._check_present(account, chat)
        if reply_to is not None:
            answered = self._entry(account, chat, reply_to)[1].message
            fields = {"reply_to_message": self.quoted(answered), **fields}
        if as_channel is not None:
            return self.post(chat, fields, sender=CHANNEL_SENDER, sender_chat=as_channel)
        if anonymous:
            if not chat.member(account.id).admin:
                raise NotPossible("only admins are anonymous")
            return self.post(chat, fields, sender=ANONYMOUS_ADMIN, sender_chat=chat)
        if chat.private:
            account.started = True
        return self.post(chat, fields, sender=account.user)

    def _send_media(self, account: Account, chat: Where, fields: Object, caption: str, how: Object) -> Object:
        if caption:
            shown = written(caption)
            fields = {**fields, "caption": shown.text}
            if shown.entities:
                fields["caption_entities"] = shown.entities
        source = how.pop("forward_from", None)
        if source is not None:
            fields = {**fields, "forward_origin": self._origin(source)}
        return self._send(account, chat, fields, **how)

    @staticmethod
    def _topic(chat: Chat, thread: int) -> Object:
        """A topic comes into being with its first message; General is topic 1 and is not named."""
        if thread == 1:
            return {}
        chat.topics.add(thread)
        return {"message_thread_id": thread, "is_topic_message": True}

    def _origin(self, source: Account | Chat | str) -> Object:
        if isinstance(source, str):
            return {"type": "hidden_user", "date": self.now(), "sender_user_name": source}
        if isinstance(source, Account):
            return {"type": "user", "date": self.now(), "sender_user": source.user}
        return {"type": "channel", "date": self.now(), "chat": source.shown, "message_id": 1}

    @staticmethod
    def quoted(message: Object) -> Object:
        """A message as it stands in reply_to_message: without what it answers itself."""
        return {key: value for key, value in message.items() if key != "reply_to_message"}
