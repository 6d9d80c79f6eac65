"""One row being answered: its person, its room, its route, and the words that go out with it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from bot.clock import Clock
from bot.content import Content
from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Toast
from bot.routes import Answer, Route, Routes
from bot.store import lookup, outgoing, rows
from bot.store.programme import Own, Programme
from bot.store.room import Room
from bot.store.store import Store
from bot.store.tables import Outgoing, Person, Question, RoomRow
from bot.texts import Texts

LONGEST = 4000
"""Characters of one message; Telegram takes 4096 after parsing entities."""


REMEMBERED = timedelta(days=2)
"""How long plain words are taken as the answer to the bot's last question."""


class Reader(Protocol):
    """Raw rows → Asks, and the seal on buttons; bot/telegram.py has the real one."""

    username: str
    seal: Any

    def ask(self, raw: dict[str, Any], now: datetime, lane: int) -> Ask | None: ...


@dataclass(frozen=True)
class House:
    """What every turn works with."""

    store: Store
    content: Content
    texts: Texts
    routes: Routes
    reader: Reader
    clock: Clock
    zone: ZoneInfo


class Asked(Refusal):
    """A question back instead of an answer. Unlike after a refusal, what was written down is kept."""


@dataclass(frozen=True)
class Toasted:
    """The short answer to one press, ready to show."""

    query: str
    text: str = ""
    link: str = ""


class Turn:
    """One row being answered, inside its transaction."""

    def __init__(self, house: House, session: Session, row: rows.Picked) -> None:
        self.house, self.session, self.row = house, session, row
        self.room: Room | None = None
        self.person: Person | None = None

    # who, where, within which scope

    def answer(self, ask: Ask, raw: dict[str, Any], refused: Refusal | None) -> list[Say | Toast]:
        """What the row asks → words. Raises Refusal; with ``refused`` the answer is that one's words."""
        now = ask.now
        self.person = self._person(ask)
        ask = replace(ask, person=self.person)
        if refused:
            self.room = self._room_of(ask, raw, quietly=True)
            return self.words_of(refused, ask)
        if ask.press and ask.press.name == "room":
            ask, raw = self._asked_again(ask)
        if ask.sender is None and not (ask.due or ask.event):
            # An anonymous admin or a channel: nobody can act through them.
            return [Say("sender.unknown")] if ask.command is not None else []
        route, ask = self._route(ask)
        if route is None:
            return []
        if route.where == "private" and not ask.private:
            return [Say("private.only", buttons=[[Button(Phrase("button.private"), url="hello")]])]
        if issubclass(route.scope, Own):
            if self.person is None and ask.sender is not None:
                self.person = Person(telegram=ask.sender.id, name=ask.sender.name, created=now)
                ask = replace(ask, person=self.person)
            assert self.person is not None or route.scope is Programme
            scope = route.scope(
                self.session, self.person or Person(telegram=0, name="", created=now), **self._given(now)
            )
            if route.where == "group" and ask.private:
                raise Refusal("group.only")
            return listed(route.run(ask, scope))
        self.room = self._room_of(ask, raw)
        if self.room is None:
            return []
        ask = self._as_member(ask, route, self.room)
        says = listed(route.run(ask, self.room))
        self.session.flush()
        if self.session.info.get("tasks") and (board := self.house.routes.board(self.room)):
            says.append(board)
        return says

    def _given(self, now: datetime) -> dict[str, Any]:
        house = self.house
        return {"content": house.content, "sealer": house.store, "now": now, "zone": house.zone}

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

    def _route(self, ask: Ask) -> tuple[Route | None, Ask]:
        routes = self.house.routes
        if ask.due:
            return routes.dues.get(ask.due.what), ask
        if ask.event:
            return routes.events.get(ask.event.name), ask
        if ask.press:
            return self._press_route(ask)
        if ask.command is not None:
            name = self.house.texts.command(ask.command)
            route = routes.commands.get(name)
            if route is None and ask.private:
                return routes.topics.get(""), replace(ask, command=None, words="")
            return route, replace(ask, command=name)
        if not ask.private:
            return routes.topics.get("group"), ask
        question = self._question(ask)
        if question and question.topic in routes.topics:
            return routes.topics[question.topic], ask
        return routes.topics.get(""), ask

    def _press_route(self, ask: Ask) -> tuple[Route | None, Ask]:
        assert ask.press
        assert ask.sender
        route = self.house.routes.presses.get(ask.press.name)
        if route is None:
            raise Refusal("button.old")
        _room, only, *args = ask.press.args
        if only != "0" and int(only) != ask.sender.id:
            raise Refusal("button.not_yours")
        return route, replace(ask, press=replace(ask.press, args=tuple(args)))

    def _asked_again(self, ask: Ask) -> tuple[Ask, dict[str, Any]]:
        """The earlier Ask that waited for its room, now that a button named one."""
        assert ask.press
        own = (
            Own(self.session, self.person, **self._given(ask.now)) if self.person and self.person.id else None
        )
        kept = own.answers("room.which") if own else None
        if own is None or not kept:
            raise Refusal("button.old")
        own.settle("room.which")
        raw = {**kept["raw"], "room": ask.press.number(2)}
        again = self.house.reader.ask(raw, ask.now, self.row.lane)
        assert again is not None
        return replace(again, person=self.person), raw

    def _room_of(self, ask: Ask, raw: dict[str, Any], quietly: bool = False) -> Room | None:
        row = self._room_row(ask, raw, quietly)
        return Room(self.session, row, **self._given(ask.now)) if row else None

    def _room_row(self, ask: Ask, raw: dict[str, Any], quietly: bool) -> RoomRow | None:
        """The room: a due row's own, the group's, the pressed button's, the replied message's, the
        question's, the only one; else Refusal ``room.which`` with a button for each."""
        if self.row.room_id:
            return self._locked(self.row.room_id)
        if not ask.private:
            found = lookup.room_in(self.session, ask.chat)
            elsewhere = ask.press and found and self._named_room(ask, raw) not in (None, found.id)
            if elsewhere and not quietly:
                raise Refusal("button.old")
            return self._locked(found.id) if found and not self.house.store.sqlite else found
        if ask.sender is None:
            return None
        if self.person is None or self.person.id is None:
            if quietly:
                return None
            raise Refusal("room.none")
        own = Own(self.session, self.person, **self._given(ask.now))
        mine = {room.id: room for room in own.rooms()}
        wanted = self._named_room(ask, raw)
        if wanted is not None:
            return self._locked(wanted) if wanted in mine else None
        if len(mine) == 1:
            return self._locked(next(iter(mine)))
        if quietly:
            return None
        if not mine:
            raise Refusal("room.none")
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
        question = self._question(ask) if ask.command is None else None
        return question.room_id if question else None

    def _question(self, ask: Ask) -> Question | None:
        """What plain words answer: the last question, unless it was asked too long ago to be meant."""
        if self.person is None or self.person.id is None:
            return None
        return rows.open_question(self.session, self.person.id, since=ask.now - REMEMBERED)

    def _locked(self, room_id: int | None) -> RoomRow | None:
        """The room's row, locked where writers run side by side, and read again once it is ours."""
        wanted = select(RoomRow).where(RoomRow.id == room_id)
        if not self.house.store.sqlite:
            wanted = wanted.with_for_update().execution_options(populate_existing=True)
        return self.session.exec(wanted).first()

    def _as_member(self, ask: Ask, route: Route, room: Room) -> Ask:
        """The asker as a member of the room. Refusals for those who are none or may not."""
        if ask.due or ask.event:
            return ask
        member = room.member_of(self.person.id if self.person else None)
        if self.person is None and ask.sender:
            self.person = Person(telegram=ask.sender.id, name=ask.sender.name, created=ask.now)
        runs_it = bool(self.person and room.row.coordinator_id and self.person.id == room.row.coordinator_id)
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

    # words out

    def words_of(self, refused: Refusal, ask: Ask) -> list[Say | Toast]:
        phrase = refused.phrase
        if ask.press and (refused.link or not refused.buttons):
            return [Toast(phrase.key, link=refused.link, **phrase.args)]
        return [Say(phrase.key, buttons=refused.buttons, **phrase.args)]

    def put(self, ask: Ask, says: Iterable[Say | Toast]) -> Toasted | None:
        toasted = Toasted(ask.press.query) if ask.press else None
        for say in says:
            if isinstance(say, Toast):
                language = (self.person.language if self.person else None) or self._languages(ask)[0]
                link = self.house.texts.link(say.link) if say.link else ""
                text = self.house.texts.plain(say, language)
                toasted = replace(toasted, text=text[:200], link=link) if toasted else None
            else:
                self.send(say, say.to or self._here(ask))
        return toasted

    def _languages(self, ask: Ask) -> tuple[str, ...]:
        if not ask.private:
            room = self.room.row if self.room else lookup.room_in(self.session, ask.chat)
            if room:
                return tuple(dict.fromkeys(["nl", *room.languages]))[:2]
        spoken = ask.sender.language if ask.sender else None
        return (spoken,) if spoken in self.house.texts.languages else ("nl", "en")

    def _here(self, ask: Ask) -> Audience:
        room = self.room.id if self.room else self.row.room_id
        if ask.private and self.person and self.person.language:
            return Audience(ask.chat, (self.person.language,), private=True, room=room)
        return Audience(ask.chat, self._languages(ask), ask.private, room)

    def send(self, say: Say, audience: Audience) -> None:
        """Render and queue one Say; the rendered words are sealed in its row."""
        texts = self.house.texts
        payload: dict[str, Any] = {"text": shortened(texts.message(audience, (say, *say.lines)))}
        if say.buttons:
            payload["keyboard"] = [[self._button(b, audience) for b in row] for row in say.buttons if row]
        if say.pin:
            payload["pin"] = True
        if say.leave:
            payload["leave"] = True
        if say.look_for:
            payload = {"member": say.look_for}
        if say.fresh:
            outgoing.empty_slot(self.session, audience.chat, say.slot)
        if say.document:
            content = base64.b64encode(say.document.content).decode()
            payload["document"] = {
                "name": say.document.name,
                "content": content,
                "recipe": say.document.recipe,
            }
        outgoing.put_out(
            self.session,
            chat=audience.chat,
            room=audience.room,
            slot=say.slot,
            payload=self.house.store.seal(payload),
            now=self.house.clock.now(),
        )

    def _button(self, button: Button, audience: Audience) -> dict[str, str]:
        text = self.house.texts.label(button.label, audience)[:60] or "·"
        if button.url:
            url = button.url if "://" in button.url else self.house.texts.link(button.url)
            return {"text": text, "url": url}
        args = (audience.room or 0, button.only or 0, *button.args)
        return {"text": text, "data": self.house.reader.seal.close(button.press, args, audience.chat)}


def not_agreed(ask: Ask, room: Room) -> Refusal:
    """A newcomer who has not chosen yet: asked in private; in the group nothing tells so."""
    if ask.private:
        return Refusal("consent.first", buttons=[[Button(Phrase("button.consent"), "consent")]])
    start = f"room-{room.id}"
    return Refusal("private.only", link=start, buttons=[[Button(Phrase("button.private"), url=start)]])


def listed(answer: Answer) -> list[Say | Toast]:
    if answer is None:
        return []
    return [answer] if isinstance(answer, Say | Toast) else list(answer)


def shortened(text: str) -> str:
    """Whole lines up to Telegram's limit: markup never spans lines, so nothing is left open."""
    if len(text) <= LONGEST:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        if sum(map(len, kept)) + len(kept) + len(line) > LONGEST - 2:
            break
        kept.append(line)
    return "\n".join([*kept, "…"]) if kept else text[:LONGEST]


def room_name(room: Room) -> str:
    return f"{room.row.newcomer_name} · {room.row.municipality}"
