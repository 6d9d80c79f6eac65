"""What this Telegram holds, and the two things that happen to it: a message appears, a message changes.

Moments in messages are seconds since 1970 UTC from the injected clock; nothing here waits, so every
change is whole before anything else runs in the event loop.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count

from bot.demo.telegram.chats import Chat, Entry
from bot.demo.telegram.files import FileStore
from bot.demo.telegram.limits import Limits, Meter
from bot.demo.telegram.menus import Menus
from bot.demo.telegram.people import Account, Member
from bot.demo.telegram.presses import Presses
from bot.demo.telegram.updates import UpdateQueue
from bot.demo.telegram.wire import ApiError, Object, bad_request

MOST_MESSAGES = 20_000
"""Messages kept per chat; the oldest go first."""

DEFAULT_TOKEN = "7000000001:LocalTelegram-on-this-machine-only"  # noqa: S105  # opens nothing but this


class State:
    """Accounts, chats, files, waiting updates, and who looks at them."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        token: str,
        username: str,
        name: str,
        limits: Limits,
        monotonic: Callable[[], float],
        press_lifetime: float = 30,
    ) -> None:
        self._clock = clock
        self.token = token
        number = token.partition(":")[0]
        self.bot: Object = {
            "id": int(number) if number.isdecimal() else 7000000001,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.privacy = True
        self.accounts: dict[int, Account] = {}
        self.chats: dict[int, Chat] = {}
        self.met: set[int] = set()
        self.updates = UpdateQueue(lambda: self.changed(0))
        self.files = FileStore()
        self.menus = Menus()
        self.meter = Meter(limits, monotonic)
        self.presses = Presses(monotonic, press_lifetime)
        self._shared_message_ids = count(1)
        self._ids = count(1)
        self._watchers: list[Callable[[int], None]] = []

    @property
    def bot_id(self) -> int:
        return int(self.bot["id"])

    @property
    def bot_url(self) -> str:
        return f"https://t.me/{self.bot['username']}"

    def now(self) -> int:
        """Seconds since 1970 UTC."""
        return int(self._clock().timestamp())

    def number(self) -> int:
        """A number that was not given out before."""
        return next(self._ids)

    # Watching

    def on_change(self, callback: Callable[[int], None]) -> Callable[[], None]:
        """Calls back with a chat's id after each change in it, 0 for others; gives a way to stop that."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def changed(self, chat_id: int) -> None:
        for watcher in tuple(self._watchers):
            watcher(chat_id)

    # Chats

    def chat_of(self, account: Account) -> Chat:
        """The private chat of a person and the bot."""
        chat = self.chats.get(account.id)
        if chat is None:
            chat = self.chats[account.id] = Chat(account.id, "private", account=account)
        return chat

    def user(self, user_id: int) -> Object | None:
        """The User object of that id, the bot included."""
        if user_id == self.bot_id:
            return self.bot
        account = self.accounts.get(user_id)
        return account.user if account else None

    def bot_in(self, chat: Chat) -> Member:
        return Member() if chat.private else chat.member(self.bot_id)

    def reach(self, chat_id: str, *, writing: bool = True) -> Chat:
        """The chat that the bot may read or write. Raises ApiError 400 or 403 as the real service does."""
        if not chat_id:
            raise bad_request("chat_id is empty")
        chat = self._named(chat_id)
        if chat.migrated_to is not None:
            raise ApiError(
                400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if chat.account is not None:
            if writing:
                self._check_private(chat.account)
            return chat
        status = chat.member(self.bot_id).status
        kind = f"{chat.type} chat"
        if status == "kicked":
            raise ApiError(403, f"bot was kicked from the {kind}")
        if status == "left":
            raise ApiError(403, f"bot is not a member of the {kind}")
        return chat

    def _named(self, chat_id: str) -> Chat:
        if chat_id.startswith("@"):
            name = chat_id[1:].lower()
            found = (c for c in self.chats.values() if not c.private and c.username.lower() == name)
            chat = next(found, None)
        else:
            number = int(chat_id) if chat_id.removeprefix("-").isdecimal() else 0
            chat = self.chats.get(number)
            if chat is None and number in self.met and number in self.accounts:
                chat = self.chat_of(self.accounts[number])
        if chat is None or (not chat.private and self.bot_id not in chat.members):
            raise bad_request("chat not found")
        return chat

    def _check_private(self, account: Account) -> None:
        if account.deactivated:
            raise ApiError(403, "user is deactivated")
        if not account.started:
            raise ApiError(403, "bot can't initiate conversation with a user")
        if account.blocked:
            raise ApiError(403, "bot was blocked by the user")

    # Messages

    def post(
        self,
        chat: Chat,
        fields: Object,
        *,
        sender: Object | None,
        sender_chat: Chat | None = None,
        by_bot: bool = False,
        deliver: bool | None = None,
        markup: Object | None = None,
    ) -> Object:
        """Puts a message into a chat and, if the bot gets to see it, into its updates.

        ``deliver`` None lets privacy mode decide; what the bot says is not told to it.
        """
        message: Object = {"message_id": self._next_message_id(chat)}
        if sender is not None:
            message["from"] = sender
        if sender_chat is not None:
            message["sender_chat"] = sender_chat.shown
        now = self.now()
        message.update(date=now, chat=chat.shown, **fields)
        chat.history[message["message_id"]] = Entry(message, by_bot, now, markup)
        if len(chat.history) > MOST_MESSAGES:
            del chat.history[next(iter(chat.history))]
        if by_bot:
            chat.last_bot = self.bot_id
        if deliver if deliver is not None else (not by_bot and self.bot_hears(chat, message)):
            self._deliver("channel_post" if chat.type == "channel" else "message", message)
        self.changed(chat.id)
        return message

    def revise(self, chat: Chat, entry: Entry, message: Object, *, deliver: bool = False) -> Object:
        """Replaces a message by its edited form."""
        entry.message = {**message, "edit_date": self.now()}
        if deliver and self.bot_hears(chat, entry.message):
            kind = "edited_channel_post" if chat.type == "channel" else "edited_message"
            self._deliver(kind, entry.message)
        self.changed(chat.id)
        return entry.message

    def _deliver(self, kind: str, message: Object) -> None:
        for user in (
            message.get("from"),
            *message.get("new_chat_members", ()),
            message.get("left_chat_member"),
        ):
            if user is not None:
                self.met.add(user["id"])
        self.updates.put(kind, message)

    def _next_message_id(self, chat: Chat) -> int:
        """Private chats and basic groups share one count per account, the others have their own."""
        if chat.type in {"supergroup", "channel"}:
            chat.last_message += 1
            return chat.last_message
        return next(self._shared_message_ids)

    # Privacy mode (https://core.telegram.org/bots/features#privacy-mode)

    def bot_hears(self, chat: Chat, message: Object) -> bool:
        """Whether the bot gets this message of somebody else."""
        bot = self.bot_in(chat)
        if chat.private or not bot.present:
            return bot.present
        if chat.type == "channel" or chat.sees_all or bot.admin or SERVICE & message.keys():
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot_id:
            return True
        return self._command_for_bot(chat, message)

    def _command_for_bot(self, chat: Chat, message: Object) -> bool:
        for entity in message.get("entities") or message.get("caption_entities") or ():
            if entity["type"] == "bot_command" and entity["offset"] == 0:
                text = message.get("text") or message["caption"]
                addressee = text[: entity["length"]].partition("@")[2]
                return chat.last_bot == self.bot_id if not addressee else self._is_bot(addressee)
        return False

    def _is_bot(self, username: str) -> bool:
        return username.lower() == str(self.bot["username"]).lower()


SERVICE = frozenset(
    "new_chat_members left_chat_member new_chat_title pinned_message group_chat_created "
    "supergroup_chat_created migrate_to_chat_id migrate_from_chat_id".split()
)
"""Fields that make a message a service message; every bot in the group gets those."""
