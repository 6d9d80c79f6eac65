"""What lies outside one room: a person's own data across rooms, and the programme as a whole."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from bot.domain.words import Audience, Refusal
from bot.store import lookup, rows
from bot.store.letters import LetterBook
from bot.store.room import Room
from bot.store.scope import Given, Scope
from bot.store.tables import Invite, Meta, Person, Question, RoomRow

INVITE_DAYS = {"coordinator": 7, "group": 30, "newcomer": 14}


class Own(Scope):
    """One person's own data: language, settings, the conversation with the bot, the rooms they are in."""

    def __init__(self, given: Given, person: Person) -> None:
        super().__init__(given)
        self.person = person

    @property
    def chat(self) -> Audience:
        return self.person.chat

    def keep(self) -> None:
        """Remember a person who was unknown until now: they joined by a link or a button."""
        if self.person.id is None:
            self._session.add(self.person)
            self._session.flush()

    @property
    def letters(self) -> LetterBook:
        return LetterBook(self._session, self.person, self._sealer, self.now)

    def rooms(self) -> list[Room]:
        """The rooms this person is in or coordinates, oldest first."""
        if self.person.id is None:
            return []
        return [self._room(row) for row in lookup.rooms_of(self._session, self.person.id)]

    def roles(self) -> set[str]:
        """What this person is in the rooms they are in, beside coordinating them."""
        return lookup.roles_of(self._session, self.person.id) if self.person.id else set()

    def room(self, room_id: int) -> Room:
        """One of this person's own rooms; Refusal ``room.not_yours`` for any other."""
        for room in self.rooms():
            if room.id == room_id:
                return room
        raise Refusal("room.not_yours")

    def _room(self, row: RoomRow) -> Room:
        return Room(self._given, row)

    def ask(self, topic: str, room: int | None = None, **answers: Any) -> None:
        """Wait for the next words in private as the answer about ``topic``, with what is known so far."""
        assert self.person.id is not None
        rows.close_questions(self._session, self.person.id, [topic])
        sealed = self._sealer.seal(answers)
        self._session.add(
            Question(person_id=self.person.id, room_id=room, topic=topic, answers=sealed, asked=self.now)
        )
        self._session.flush()

    def answers(self, topic: str) -> dict[str, Any] | None:
        """What was answered so far in the open question about ``topic``; None where none is open."""
        question = rows.open_question(self._session, self.person.id or 0, topic)
        found: dict[str, Any] | None = self._sealer.unseal(question.answers) if question else None
        return found

    def settle(self, *topics: str) -> None:
        assert self.person.id is not None
        rows.close_questions(self._session, self.person.id, topics or None)


class Programme(Own):
    """The programme as its owner and coordinators see it: invitations and groups, no room's inside."""

    def make_invite(self, kind: str, *, room: int | None = None, member: int | None = None) -> str:
        """A new single-use code (returned once; only its hash stays). A member's older ones are void."""
        if member is not None:
            rows.void_invites(self._session, member)
        code = secrets.token_urlsafe(12)
        self._session.add(
            Invite(
                code_hash=hashed(code),
                kind=kind,
                room_id=room,
                member_id=member,
                made_by=self.person.id,
                expires=self.now + timedelta(days=INVITE_DAYS[kind]),
            )
        )
        return code

    def look_at_invite(self, kind: str, code: str) -> Invite:
        """A code that still works. Refusal ``invite.invalid`` for one that is unknown, old or used."""
        invite = self._session.get(Invite, hashed(code), with_for_update=not self._is_sqlite)
        if invite is None or invite.kind != kind or invite.used_at or invite.expires < self.now:
            raise Refusal("invite.invalid")
        return invite

    def take_invite(self, kind: str, code: str) -> Invite:
        """Use a code up; refuses as ``look_at_invite`` does."""
        invite = self.look_at_invite(kind, code)
        invite.used_at = self.now
        return invite

    def chat_moved(self, old: int, new: int) -> None:
        rows.chat_moved(self._session, old, new)
        self._session.expire_all()

    @property
    def _is_sqlite(self) -> bool:
        return self._session.get_bind().dialect.name == "sqlite"

    def take_owner_code(self, code: str) -> None:
        """The first start's code, once. Refusal ``invite.invalid`` for any other."""
        kept = self._session.get(Meta, "owner_code")
        if kept is None or not secrets.compare_digest(kept.value, hashed(code)):
            raise Refusal("invite.invalid")
        self._session.delete(kept)
        self._session.merge(Meta(name="owner", value=str(self.person.id)))

    def new_room(self, **given: Any) -> Room:
        row = RoomRow(coordinator_id=self.person.id, created=self.now, **given)
        self._session.add(row)
        self._session.flush()
        return self._room(row)

    def room_by_id(self, room_id: int) -> Room | None:
        row = self._session.get(RoomRow, room_id)
        return self._room(row) if row else None

    def person_at(self, telegram: int) -> Person | None:
        return rows.person_of(self._session, telegram)

    def room_in_chat(self, chat: int) -> Room | None:
        row = lookup.room_in(self._session, chat)
        return self._room(row) if row else None

    def forget_person(self, person: Person) -> None:
        """Erase an account that is nowhere else any more."""
        self._session.flush()
        if person.id is not None:
            rows.forget_person(self._session, person.id)

    def remind(self, subject: str, due: datetime, what: str, *, lane: int, **args: Any) -> None:
        """A moment to come back to that belongs to no room, such as leaving a strange chat."""
        payload = self._sealer.seal({"due": what, "args": args, "at": due.isoformat()})
        rows.remember(self._session, lane=lane, room=None, subject=subject, due=due, payload=payload)


def hashed(code: str) -> str:
    """Codes are long and random, so a plain digest keeps them."""
    return hashlib.sha256(code.encode()).hexdigest()
