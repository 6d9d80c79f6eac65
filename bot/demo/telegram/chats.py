"""Chats and what was said in them (Bot API, "Chat", "ChatFullInfo", "Message")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.demo.telegram.people import Account, Member
from bot.demo.telegram.wire import Object

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True)
class Entry:
    """One message of a chat as it stands now; ``message`` is replaced on every change.

    ``markup`` is a keyboard below the input field (ReplyKeyboardMarkup and the like), which the
    Message object does not show. ``at`` is the moment it was sent, seconds since 1970 UTC.
    """

    message: Object
    by_bot: bool
    at: int
    markup: Object | None = None
    deleted: bool = False

    def shown(self) -> Object:
        """The message as a person's app shows it."""
        shown = {**self.message, "deleted": self.deleted, "edited": "edit_date" in self.message}
        if self.markup is not None:
            shown["keyboard"] = self.markup
        return shown


@dataclass(eq=False)
class Chat:
    """A private chat with the bot (``account`` set), a basic group, a supergroup or a channel."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    account: Account | None = None
    members: dict[int, Member] = field(default_factory=dict)
    history: dict[int, Entry] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    linked: Chat | None = None
    topics: set[int] = field(default_factory=set)
    last_message: int = 0
    last_bot: int | None = None
    sees_all: bool = False
    """``sees_all``: the bot joined while its privacy mode was off."""

    @property
    def private(self) -> bool:
        return self.type == "private"

    @property
    def group(self) -> bool:
        return self.type in {"group", "supergroup"}

    def member(self, user_id: int) -> Member:
        """What that user is here; somebody who never came is shown as left."""
        return self.members.get(user_id) or Member("left")

    @property
    def shown(self) -> Object:
        """The Chat object."""
        if self.account is not None:
            shown: Object = {"id": self.id, "type": self.type, "first_name": self.account.first_name}
            if self.account.last_name:
                shown["last_name"] = self.account.last_name
            if self.account.username:
                shown["username"] = self.account.username
            return shown
        shown = {"id": self.id, "type": self.type, "title": self.title}
        if self.username:
            shown["username"] = self.username
        if self.topics:
            shown["is_forum"] = True
        return shown

    def full(self) -> Object:
        """The ChatFullInfo object."""
        full: Object = {
            **self.shown,
            "accent_color_id": abs(self.id) % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                self.private,
            ),
        }
        pinned = self.entry(self.pinned[-1]) if self.pinned else None
        if pinned is not None:
            full["pinned_message"] = pinned.message
        if self.group:
            full["permissions"] = dict.fromkeys(PERMISSIONS, True)
        if self.linked is not None:
            full["linked_chat_id"] = self.linked.id
        return full

    def entry(self, message_id: int) -> Entry | None:
        """The message of that number, unless it is gone."""
        entry = self.history.get(message_id)
        return None if entry is None or entry.deleted else entry

    def entries(self) -> Iterator[Entry]:
        return iter(self.history.values())
