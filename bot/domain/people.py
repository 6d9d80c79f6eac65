"""Who is who: people, and what they are in a room."""

from __future__ import annotations

from datetime import datetime

from bot.domain.words import Audience

ROLES = ("sponsor", "newcomer", "contact", "coordinator")
REMINDERS = ("all", "own", "none")
"""How much somebody wants to hear: everything, only their own appointments and terms, or nothing."""


class Person:
    """Somebody with a Telegram account."""

    id: int | None
    telegram: int
    name: str
    language: str | None
    owner: bool
    coordinator: bool
    reachable: bool
    reminders: str

    @property
    def chat(self) -> Audience:
        """Their private chat, in their language (Dutch until they chose)."""
        return Audience(self.telegram, (self.language or "nl",), private=True)


class Member:
    """A person in one room, in one role.

    A newcomer who is not on Telegram has no person and is known by the name they are called.
    """

    id: int | None
    role: str
    called: str | None
    confirmed: bool
    """Of a newcomer: whether somebody who knows them said that this account is theirs."""
    consent: str
    left: datetime | None

    @property
    def name(self) -> str:
        """What the group calls them."""
        person: Person | None = getattr(self, "person", None)
        return self.called or (person.name if person else "")

    @property
    def newcomer(self) -> bool:
        return self.role == "newcomer"

    @property
    def agreed(self) -> bool:
        """Whether the bot may work with them: sponsors by joining, newcomers by their own yes."""
        return not self.newcomer or self.consent in ("yes", "yes_before")

    @property
    def reachable(self) -> bool:
        person: Person | None = getattr(self, "person", None)
        return bool(person and person.reachable and self.left is None)
