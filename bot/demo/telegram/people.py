"""Who is on this Telegram: accounts, and what they are in a chat (Bot API, "User", "ChatMember")."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.demo.telegram.wire import Object

ANONYMOUS_ADMIN: Object = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_SENDER: Object = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM: Object = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
"""Users that stand for something else: no person may be recognised by them."""

RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": True,
}
"""What a new admin may do unless told otherwise, as Telegram's apps propose it."""


@dataclass(eq=False)
class Account:
    """A person's account. ``language_code`` None leaves it out, as for people who hide it.

    ``started``: the private chat with the bot exists. ``blocked``: the person blocked the bot.
    """

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    @property
    def user(self) -> Object:
        """The User object, as it is sent with what this person does."""
        user: Object = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code is not None:
            user["language_code"] = self.language_code
        return user


@dataclass
class Member:
    """What somebody is in a chat: creator, administrator, member, left or kicked."""

    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False

    @property
    def present(self) -> bool:
        return self.status in {"creator", "administrator", "member"}

    @property
    def admin(self) -> bool:
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and self.rights.get(right, False))

    def shown(self, user: Object) -> Object:
        """The ChatMember object."""
        shown: Object = {"status": self.status, "user": user}
        if self.status == "creator":
            shown["is_anonymous"] = self.anonymous
        elif self.status == "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": self.anonymous, **RIGHTS, **self.rights}
        elif self.status == "kicked":
            shown["until_date"] = 0
        return shown
