"""How people come together: accounts, groups, who joins and leaves, who is admin, what is pinned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.people import ANONYMOUS_ADMIN, RIGHTS, TELEGRAM, Account, Member
from bot.demo.telegram.talk import NotPossible, Talk, Where
from bot.demo.telegram.wire import Object

FIRST_PERSON = 5_000_000_000
FIRST_GROUP = -4_000_000_000
FIRST_SUPERGROUP = -1_002_000_000_000


class Gatherings(Talk):
    """Making accounts and groups, and moving people in and out."""

    def person(
        self,
        first_name: str,
        language: str | None = None,
        *,
        last_name: str = "",
        username: str = "",
        user_id: int | None = None,
    ) -> Account:
        """A new account. ``language``: the app's language_code (``nl``, ``nl-NL``), None where hidden."""
        number = FIRST_PERSON + self.number() if user_id is None else user_id
        account = self.accounts[number] = Account(number, first_name, last_name, username, language)
        self.changed(0)
        return account

    def group(
        self,
        title: str,
        creator: Account,
        members: Sequence[Account] = (),
        *,
        supergroup: bool = False,
        with_bot: bool = False,
        username: str = "",
    ) -> Chat:
        """A new group; ``with_bot`` makes the bot a member from the first moment on."""
        first = FIRST_SUPERGROUP if supergroup else FIRST_GROUP
        chat = Chat(first - self.number(), "supergroup" if supergroup else "group", title, username)
        self.chats[chat.id] = chat
        chat.members = {
            creator.id: Member("creator"),
            **{m.id: Member() for m in members if m is not creator},
        }
        if with_bot:
            self._set_bot(chat, Member(), creator)
        made = "supergroup_chat_created" if supergroup else "group_chat_created"
        self.post(chat, {made: True}, sender=creator.user)
        return chat

    def channel(
        self, title: str, creator: Account, *, discussion: Chat | None = None, with_bot: bool = False
    ) -> Chat:
        """A new channel; what is posted in it also appears in its ``discussion`` group."""
        chat = Chat(FIRST_SUPERGROUP - self.number(), "channel", title, linked=discussion)
        chat.members[creator.id] = Member("creator")
        self.chats[chat.id] = chat
        if discussion is not None:
            discussion.linked = chat
        if with_bot:
            self._set_bot(chat, Member("administrator", dict(RIGHTS)), creator)
        return chat

    def publish(self, channel: Chat, text: str) -> Object:
        """Posts in a channel: no sender; in the discussion group Telegram itself (777000) forwards it."""
        post = self.post(channel, {"text": text}, sender=None, sender_chat=channel)
        if channel.linked is not None:
            origin = {
                "type": "channel",
                "date": post["date"],
                "chat": channel.shown,
                "message_id": post["message_id"],
            }
            fields = {"forward_origin": origin, "is_automatic_forward": True, "text": text}
            self.post(channel.linked, fields, sender=TELEGRAM, sender_chat=channel)
        return post

    # Coming and going

    def add_member(self, group: Where, account: Account, by: Account | None = None) -> Object:
        """Somebody joins, or is added ``by`` a member."""
        chat = self.chat(group)
        self._set(chat, account, Member(), by or account)
        return self.post(chat, {"new_chat_members": [account.user]}, sender=(by or account).user)

    def leave(self, group: Where, account: Account) -> Object:
        """Somebody leaves by themselves."""
        chat = self.chat(group)
        self._check_present(account, chat)
        self._set(chat, account, Member("left"), account)
        return self.post(chat, {"left_chat_member": account.user}, sender=account.user)

    def remove(self, group: Where, account: Account, by: Account) -> Object:
        """An admin puts somebody out."""
        chat = self.chat(group)
        self._check_present(account, chat)
        self._set(chat, account, Member("kicked" if chat.type == "supergroup" else "left"), by)
        return self.post(chat, {"left_chat_member": account.user}, sender=by.user)

    def add_bot(self, group: Where, by: Account) -> Object:
        """A member adds the bot to the group."""
        chat = self.chat(group)
        self._check_present(by, chat)
        self._set_bot(chat, Member(), by)
        return self.post(chat, {"new_chat_members": [self.bot]}, sender=by.user)

    def remove_bot(self, group: Where, by: Account) -> Object:
        """A member puts the bot out; it still reads about that."""
        chat = self.chat(group)
        self._set_bot(chat, Member("kicked"), by)
        return self.post(chat, {"left_chat_member": self.bot}, sender=by.user, deliver=True)

    def bot_leaves(self, chat: Chat) -> None:
        """The bot leaves by itself (leaveChat)."""
        old = chat.member(self.bot_id)
        chat.members[self.bot_id] = Member("left")
        self._tell("my_chat_member", chat, self.bot, self.bot, (old, Member("left")))
        self.post(chat, {"left_chat_member": self.bot}, sender=self.bot, by_bot=True)

    def make_admin(
        self,
        group: Where,
        account: Account | None = None,
        *,
        by: Account | None = None,
        anonymous: bool = False,
        **rights: bool,
    ) -> None:
        """Makes somebody, or the bot (``account`` None), an admin; rights such as can_pin_messages=False."""
        self._set(self.chat(group), account, Member("administrator", {**RIGHTS, **rights}, anonymous), by)

    def dismiss_admin(
        self, group: Where, account: Account | None = None, *, by: Account | None = None
    ) -> None:
        """Takes admin rights back."""
        self._set(self.chat(group), account, Member(), by)

    def upgrade_to_supergroup(self, group: Where) -> Chat:
        """The group becomes a supergroup with another id; both chats get a service message about it."""
        old = self.chat(group)
        creator = self._creator(old)
        new = replace(
            old,
            id=FIRST_SUPERGROUP - self.number(),
            type="supergroup",
            members=dict(old.members),
            history={},
            pinned=[],
            last_message=0,
        )
        self.chats[new.id] = new
        bot = old.members.get(self.bot_id)
        self.post(old, {"migrate_to_chat_id": new.id}, sender=creator.user)
        old.migrated_to = new.id
        self.post(new, {"migrate_from_chat_id": old.id}, sender=ANONYMOUS_ADMIN, sender_chat=new)
        if bot is not None and bot.present:
            self._tell("my_chat_member", new, creator.user, self.bot, (Member("left"), bot))
        return new

    def block_bot(self, account: Account) -> None:
        """A person blocks the bot (or deletes the chat with it)."""
        self._set_blocked(account, blocked=True)

    def unblock(self, account: Account) -> None:
        self._set_blocked(account, blocked=False)

    def deactivate(self, account: Account) -> None:
        """The account is deleted."""
        account.deactivated = True

    def pin(self, account: Account, group: Where, message: int | Object) -> None:
        """A person pins a message."""
        chat, entry = self._entry(account, group, message)
        if chat.type == "supergroup" and not chat.member(account.id).may("can_pin_messages"):
            raise NotPossible("may not pin here")
        self.pin_entry(chat, entry.message, account.user)

    def pin_entry(self, chat: Chat, message: Object, sender: Object) -> None:
        """Pins, with the service message that everybody reads, the bot its own included."""
        number = message["message_id"]
        if number in chat.pinned:
            chat.pinned.remove(number)
        chat.pinned.append(number)
        by_bot = sender is self.bot
        self.post(chat, {"pinned_message": self.quoted(message)}, sender=sender, by_bot=by_bot, deliver=True)

    def open_link(self, account: Account, url: str, group: Where = None) -> Object | None:
        """Follows a link to the bot: ``?start=`` in private, ``?startgroup=`` into the given group.

        Gives the message that the app sent, None for a link that only opens the chat.
        Raises NotPossible for links to elsewhere.
        """
        if not url.lower().startswith(self.bot_url.lower()):
            raise NotPossible(f"not a link to the bot: {url}")
        query = parse_qs(urlsplit(url).query, keep_blank_values=True)
        if "startgroup" in query:
            chat = self.chat(group)
            if not self.bot_in(chat).present:
                self.add_bot(chat, account)
            payload = query["startgroup"][0]
            return self.say(account, chat, f"/start@{self.bot['username']} {payload}".strip())
        if "start" in query:
            if account.blocked:
                self.unblock(account)
            return self.say(account, None, f"/start {query['start'][0]}".strip())
        return None

    # How it is done

    def _creator(self, chat: Chat) -> Account:
        owner = next(user_id for user_id, member in chat.members.items() if member.status == "creator")
        return self.accounts[owner]

    def _set_bot(self, chat: Chat, new: Member, by: Account) -> None:
        if not chat.member(self.bot_id).present:
            chat.sees_all = not self.privacy  # a later change of privacy mode needs the bot to be added again
        self._set(chat, None, new, by)

    def _set(self, chat: Chat, account: Account | None, new: Member, by: Account | None) -> None:
        """Changes what somebody (None: the bot) is in a chat, and tells the bot where it may know."""
        user = self.bot if account is None else account.user
        actor = by or self._creator(chat)
        old = chat.member(user["id"])
        chat.members[user["id"]] = new
        if account is None:
            self._tell("my_chat_member", chat, actor.user, user, (old, new))
        elif chat.member(self.bot_id).admin:
            self._tell("chat_member", chat, actor.user, user, (old, new))
        self.changed(chat.id)

    def _tell(self, kind: str, chat: Chat, by: Object, user: Object, change: tuple[Member, Member]) -> None:
        old, new = change
        self.met.add(by["id"])
        self.updates.put(
            kind,
            {
                "chat": chat.shown,
                "from": by,
                "date": self.now(),
                "old_chat_member": old.shown(user),
                "new_chat_member": new.shown(user),
            },
        )

    def _set_blocked(self, account: Account, *, blocked: bool) -> None:
        if account.blocked == blocked:
            return
        account.blocked = blocked
        was, now = (Member("member"), Member("kicked")) if blocked else (Member("kicked"), Member("member"))
        if account.started:
            self._tell("my_chat_member", self.chat_of(account), account.user, self.bot, (was, now))
        self.changed(account.id)
