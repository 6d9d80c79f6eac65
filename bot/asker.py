"""Who asks, and about which room: found from the row, the chat, the button, the message replied to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session, select

from bot.domain.words import Ask, Button, Phrase, Refusal
from bot.house import House
from bot.routes import REMEMBERED, Route
from bot.store import lookup, rows
from bot.store.programme import Own, Programme
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.tables import Outgoing, Person, Question, RoomRow


class Asked(Refusal):
    """A question back instead of an answer. Unlike after a refusal, what was written down is kept."""


class Asker:
    """Whom one row comes from, inside its transaction: the person, the room that is meant, the member
    they are there. ``person`` is None while nobody is known."""

    def __init__(self, house: House, session: Session, row: rows.Picked) -> None:
        self.house, self.session, self.row = house, session, row
        self.person: Person | None = None

    def meet(self, ask: Ask) -> Ask:
        """The Ask with the person it comes from, if the bot knows them, by their present name."""
        self.person = self._person(ask)
        return replace(ask, person=self.person)

    def _person(self, ask: Ask) -> Person | None:
        if ask.due and ask.private:
            return rows.person_of(self.session, ask.chat)
        person = rows.person_of(self.session, ask.sender.id) if ask.sender else None
        if person and ask.sender:
            if person.name != ask.sender.name:
                person.name = ask.sender.name
            if ask.private and not person.reachable and not (ask.event and ask.event.name == "blocked"):
                person.reachable = True
        return person

    def _newly_met(self, ask: Ask) -> None:
        """Somebody unknown is a person too, whom nothing remembers until a scope keeps them."""
        if self.person is None and ask.sender is not None:
            self.person = Person(telegram=ask.sender.id, name=ask.sender.name, created=ask.now)

    def own(self, ask: Ask, scope: type[Own]) -> tuple[Ask, Own]:
        """Their own data, or the programme; an event in a chat may come from nobody."""
        self._newly_met(ask)
        assert self.person is not None or scope is Programme
        person = self.person or Person(telegram=0, name="", created=ask.now)
        return replace(ask, person=self.person), scope(self._given(ask.now), person)

    def _given(self, now: datetime) -> Given:
        house, spoken = self.house, self.person.language if self.person else None
        names = partial(house.texts.names, spoken=spoken)
        return Given(self.session, house.content, house.store, now, house.zone, names)

    def question(self, ask: Ask) -> Question | None:
        """What plain words answer: the last question, unless it was asked too long ago to be meant."""
        if self.person is None or self.person.id is None:
            return None
        found = rows.open_question(self.session, self.person.id, since=ask.now - REMEMBERED)
        route = self.house.routes.topics.get(found.topic) if found else None
        return found if found and (route is None or ask.now - found.asked <= route.within) else None

    # which room

    def room_of(self, ask: Ask, raw: dict[str, Any], *, quietly: bool = False) -> Room | None:
        """The room that an Ask is about; ``quietly``: None where it would have to be asked or refused."""
        row = self._room_row(ask, raw, quietly)
        return Room(self._given(ask.now), row) if row else None

    def _room_row(self, ask: Ask, raw: dict[str, Any], quietly: bool) -> RoomRow | None:
        """The room: a due row's own, the group's, the pressed button's, the replied message's, the
        question's, the only one; else Refusal ``room.which`` with a button for each."""
        if self.row.room_id:
            return self._locked(self.row.room_id)
        if not ask.private:
            found = lookup.room_in(self.session, ask.chat)
            elsewhere = ask.press and self._named_room(ask, raw) not in (None, found and found.id)
            if elsewhere and not quietly:
                raise Refusal("button.old")
            return self._locked(found.id) if found and not self.house.store.sqlite else found
        if ask.sender is None:
            return None
        if self.person is None or self.person.id is None:
            if quietly:
                return None
            raise Refusal("button.old" if ask.press and self._named_room(ask, raw) else "room.none")
        own = Own(self._given(ask.now), self.person)
        mine = {room.id: room for room in own.rooms()}
        wanted = self._named_room(ask, raw)
        if wanted is not None:
            if wanted not in mine and not quietly:
                raise Refusal("button.old" if ask.press else "room.not_yours")
            return self._locked(wanted) if wanted in mine else None
        if len(mine) == 1:
            return self._locked(next(iter(mine)))
        if quietly:
            return None
        if not mine:
            raise no_room(self.person)
        own.ask("room.which", raw=raw)
        raise Asked(
            "room.which",
            buttons=[[Button(room_name(room), "room", (room.id,))] for room in list(mine.values())[:20]],
        )

    def _named_room(self, ask: Ask, raw: dict[str, Any]) -> int | None:
        if chosen := raw.get("room"):
            return int(chosen)
        if query := raw.get("callback_query"):
            _, args = self.house.reader.seal.open(query.get("data") or "", ask.chat)
            return (int(args[0]) or None) if args else None
        if ask.reply_to:
            sent = self.session.exec(
                select(Outgoing.room_id).where(Outgoing.chat == ask.chat, Outgoing.message == ask.reply_to)
            ).first()
            if sent:
                return sent
        question = self.question(ask) if ask.command is None else None
        return question.room_id if question else None

    def _locked(self, room_id: int | None) -> RoomRow | None:
        """The room's row, locked where writers run side by side, and read again once it is ours."""
        wanted = select(RoomRow).where(RoomRow.id == room_id)
        if not self.house.store.sqlite:
            wanted = wanted.with_for_update().execution_options(populate_existing=True)
        return self.session.exec(wanted).first()

    def asked_again(self, ask: Ask) -> tuple[Ask, dict[str, Any]]:
        """The earlier Ask that waited for its room, now that a button named one."""
        assert ask.press
        own = Own(self._given(ask.now), self.person) if self.person and self.person.id else None
        kept = own.answers("room.which") if own else None
        if own is None or not kept:
            raise Refusal("button.old")
        own.settle("room.which")
        raw = {**kept["raw"], "room": ask.press.number(2)}
        again = self.house.reader.ask(raw, ask.now, self.row.lane)
        assert again is not None
        return replace(again, person=self.person), raw

    # who they are there

    def as_member(self, ask: Ask, route: Route, room: Room) -> Ask:
        """The asker as a member of the room. Refusals for those who are none or may not."""
        if ask.due or ask.event:
            return ask
        member = room.member_of(self.person.id if self.person else None)
        self._newly_met(ask)
        runs_it = room.runs(self.person)
        if not route.free:
            if member is None and not runs_it:
                raise Refusal("member.none")
            if member and not member.agreed:
                raise not_agreed(ask, room)
            if route.who and not (
                (member and member.role in route.who) or (runs_it and "coordinator" in route.who)
            ):
                raise Refusal(f"only.{route.who[0]}")
        return replace(ask, member=member, person=self.person)


def not_agreed(ask: Ask, room: Room) -> Refusal:
    """A newcomer who has not chosen yet: asked in private; in the group nothing tells so."""
    if ask.private:
        return Refusal("consent.first", buttons=[[Button(Phrase("button.consent"), "consent")]])
    start = f"room-{room.id}"
    return Refusal("private.only", link=start, buttons=[[Button(Phrase("button.private"), url=start)]])


def no_room(person: Person) -> Refusal:
    """A coordinator makes a group; everybody else asks their coordinator for a link."""
    if person.coordinator:
        return Refusal("room.none_yet", buttons=[[Button(Phrase("button.newgroup"), "newgroup")]])
    return Refusal("room.none")


def room_name(room: Room) -> str:
    return f"{room.row.newcomer_name} · {room.row.municipality}"
