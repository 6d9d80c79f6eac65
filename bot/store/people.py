"""A group's people: newcomers, sponsors, the coordinator, and contact persons on their cards."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property

from sqlmodel import col, select

from bot.domain.words import Audience, Refusal
from bot.store import lookup, rows
from bot.store.group import Group
from bot.store.tables import Card, Member, Person


class People(Group):
    """A group with its people: who they are, which account is theirs, where each is reached."""

    @cached_property
    def everybody(self) -> list[Member]:
        """All members there ever were, by id."""
        return lookup.members_of(self._session, self.id)

    @property
    def members(self) -> list[Member]:
        return [member for member in self.everybody if member.left is None]

    def in_role(self, role: str) -> list[Member]:
        return [member for member in self.members if member.role == role]

    @property
    def newcomers(self) -> list[Member]:
        return self.in_role("newcomer")

    @property
    def agreed(self) -> bool:
        """Whether a newcomer said yes to working with the bot."""
        return any(newcomer.agreed for newcomer in self.newcomers)

    def member_of(self, person_id: int | None) -> Member | None:
        return next((m for m in self.members if m.person_id == person_id), None) if person_id else None

    def member(self, member_id: int | None) -> Member | None:
        return next((m for m in self.everybody if m.id == member_id), None)

    @property
    def coordinator(self) -> Person | None:
        return self._session.get(Person, self.row.coordinator_id) if self.row.coordinator_id else None

    @property
    def coordinator_chat(self) -> Audience | None:
        person = self.coordinator
        return (
            Audience(person.telegram, person.chat.languages, private=True, room=self.row.id)
            if person
            else None
        )

    def privately(self, member: Member) -> Audience | None:
        """A member's own chat, about this room; None for somebody who cannot be reached there."""
        if member.person is None or member.left is not None:
            return None
        own = member.person.chat
        return Audience(own.chat, own.languages, private=True, room=self.row.id)

    def unopened_lately(self, within: timedelta) -> bool:
        """Whether the group was told lately that somebody's private chat is closed; if not, it is now."""
        last = self.row.unopened_on
        if last is not None and self.today - last < within:
            return True
        self.row.unopened_on = self.today
        return False

    def runs(self, person: Person | None) -> bool:
        """Whether this person coordinates the room."""
        return person is not None and person.id is not None and person.id == self.row.coordinator_id

    def add_member(self, person: Person | None, role: str, called: str | None = None) -> Member:
        """Let somebody in, or change the role of somebody who is or was here."""
        if person:
            self.keep(person)
        found = next((m for m in self.everybody if person and m.person_id == person.id), None)
        if found:
            if role != "newcomer" or found.left:
                found.consent = "unasked"  # who comes back is asked again
            found.role, found.left = role, None
        else:
            found = Member(
                room_id=self.id,
                person_id=person.id if person else None,
                role=role,
                called=called,
                joined=self.now,
            )
            found.person = person
            self._session.add(found)
            self._session.flush()
            self.everybody.append(found)
        return found

    def link(self, member: Member, person: Person, *, confirmed: bool = False) -> None:
        """This member is that account from now on: a first phone, or a new one. A row that the account
        had here before and left behind is freed. ``confirmed``: whose account it is was vouched for."""
        self.keep(person)
        for other in self.everybody:
            if other is not member and other.person_id == person.id:
                if other.left is None:
                    raise Refusal("newcomer.other_role")
                other.person, other.person_id = None, None
        self._session.flush()
        self.forget_reminder(f"refusal:{member.id}")
        member.person, member.person_id, member.left = person, person.id, None
        member.confirmed = confirmed

    def keep(self, person: Person) -> None:
        """Remember a person who was unknown until they pressed who they are."""
        if person.id is None:
            self._session.add(person)
            self._session.flush()

    def claimant(self, person_id: int) -> Person | None:
        """Who tapped that they are the newcomer and waits for the coordinator's answer."""
        waits = rows.remembered(self._session, self.id, f"claim:{person_id}")
        return self.person(person_id) if waits else None

    def person(self, person_id: int) -> Person | None:
        return self._session.get(Person, person_id)

    def forget_person(self, person: Person) -> None:
        """Erase an account that is nowhere else any more."""
        self._session.flush()
        if person.id is not None:
            rows.forget_person(self._session, person.id)

    # contact persons

    @cached_property
    def cards(self) -> list[Card]:
        return list(
            self._session.exec(select(Card).where(Card.room_id == self.row.id).order_by(col(Card.id)))
        )

    def card(self, organisation: str) -> Card:
        """That organisation's card, begun when there is none."""
        found = next((card for card in self.cards if card.organisation == organisation), None)
        if found is None:
            found = Card(room_id=self.id, organisation=organisation, name="")
            self._session.add(found)
            self.cards.append(found)
        return found

    @property
    def missing_cards(self) -> list[str]:
        """Organisations of the plan whose contact person nobody has filled in."""
        filled = {card.organisation for card in self.cards if card.name}
        return [
            key
            for key in self.plan.organisations
            if key not in filled and self.content.organisations[key].contact
        ]
