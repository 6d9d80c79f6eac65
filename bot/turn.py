"""One row being answered: its route, its handler, and the words that go out with it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session

from bot.asker import Asker
from bot.domain import calendar
from bot.domain.reminders import NO_TASK, may_nudge, next_words
from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Toast
from bot.house import House
from bot.redaction import secrets_in
from bot.routes import Answer, Route
from bot.store import lookup, outgoing, rows
from bot.store.errands import TEXT, open_errand
from bot.store.programme import Own
from bot.store.room import Room
from bot.store.tables import Person
from bot.topic import topic_of
from bot.understanding.danger import in_danger

DO = "do-"
"""Begins the start word of a link that opens the private chat and asks there what belongs there."""

LONGEST = 4000
"""Characters of one message; Telegram takes 4096 after parsing entities."""

LOOK_AGAIN = timedelta(days=7)
"""After so long it is looked again whether somebody still wants to hear nothing."""
AHEAD = timedelta(minutes=1)
"""What was put off comes before the daily look, whose own questions would take its place again."""


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
        self.asker = Asker(house, session, row)
        self.room: Room | None = None

    def answer(self, ask: Ask, raw: dict[str, Any], refused: Refusal | None) -> list[Say | Toast]:
        """What the row asks → words. Raises Refusal; with ``refused`` the answer is that one's words."""
        ask = self.asker.meet(ask)
        if refused:
            self.room = self.asker.room_of(ask, raw, quietly=True)
            return self.words_of(refused, ask)
        if ask.press and ask.press.name == "room":
            ask, raw = self.asker.asked_again(ask)
        if ask.sender is None and not (ask.due or ask.event):
            # An anonymous admin or a channel: nobody can act through them.
            return [Say("sender.unknown")] if ask.command is not None else []
        route, ask = self._route(ask)
        if route is None:
            return []
        if ask.command != "start" and not (route.masks and ask.private) and secrets_in(ask.words):
            # Whatever the rest of the words asks: such a number is neither kept nor repeated.
            raise Refusal("words.secret")
        if route.where == "private" and not ask.private:
            return [
                Say("private.only", buttons=[[Button(Phrase("button.private"), url=f"{DO}{route.name}")]])
            ]
        if ask.due and ask.private and self.asker.person is None and route.scope is Own:
            return []  # somebody who was erased since it was written down
        if issubclass(route.scope, Own):
            ask, scope = self.asker.own(ask, route.scope)
            if route.where == "group" and ask.private:
                raise Refusal("group.only")
            says = listed(route.run(ask, scope))
            return says + self._boards(scope.rooms)
        self.room = self.asker.room_of(ask, raw)
        if self.room is None:
            return []
        if route.unasked and self._waits(ask, self.room):
            return []
        ask = self.asker.as_member(ask, route, self.room)
        says = listed(route.run(ask, self.room))
        if route.unasked and says and (person := unasked_of(ask, self.room)):
            person.nudged_on, person.nudged_task = self.room.today, NO_TASK
        room = self.room
        return says + self._boards(lambda: [room])

    def _boards(self, rooms: Callable[[], list[Room]]) -> list[Say | Toast]:
        """The boards on which something else stands after what was done."""
        self.session.flush()
        changed = self.session.info.get("boards")
        shown = [self.house.routes.board(room) for room in rooms() if room.id in changed] if changed else []
        return [board for board in shown if board]

    def _waits(self, ask: Ask, room: Room) -> bool:
        """Whether what is due was put off: nobody is spoken to unasked at this hour, nor beyond their budget,
        nor while they want to hear nothing."""
        assert ask.due
        person, arrival = unasked_of(ask, room), room.row.arrival
        moment = calendar.when_to_speak(ask.now, room.zone)
        if person and person.reminders == "none":
            moment = calendar.when_to_speak(ask.now + LOOK_AGAIN, room.zone)
        elif person and not may_nudge(person.nudged_on, today=room.today, arrival=arrival):
            day = next_words(person.nudged_on, today=room.today, arrival=arrival)
            moment = room.at(day, calendar.LOOK_AT) - AHEAD
        if moment == ask.now:
            return False
        room.remind(self.row.subject or ask.due.what, moment, ask.due.what, **ask.due.args)
        return True

    def _route(self, ask: Ask) -> tuple[Route | None, Ask]:
        routes = self.house.routes
        if ask.due:
            return routes.dues.get(ask.due.what), ask
        if ask.event:
            return routes.events.get(ask.event.name), ask
        if ask.press:
            return self._press_route(ask)
        if ask.command is not None and not (ask.private and in_danger(ask.words)):
            name = self.house.texts.command(ask.command)
            if name == "start" and ask.private and ask.words.startswith(DO):
                name, ask = self._opened(name, ask)
            route = routes.commands.get(name)
            captioned = ask.file and not (route and route.masks)  # under a picture /letter alone is a command
            if captioned or (route is None and ask.private):
                topic = routes.topics.get("letter" if captioned else "") if ask.private else None
                return topic, replace(ask, command=None, words=ask.words if captioned else "")
            return route, replace(ask, command=name)
        return routes.topics.get(self._topic(ask)), replace(ask, command=None)

    def _topic(self, ask: Ask) -> str:
        person, session = self.asker.person, self.session
        goes_on = ask.private and person is not None and open_errand(session, person, TEXT) is not None
        question = self.asker.question(ask) if ask.private else None
        asked = question.topic if question and question.topic in self.house.routes.topics else ""
        return topic_of(ask, asked, goes_on=goes_on)

    def _opened(self, name: str, ask: Ask) -> tuple[str, Ask]:
        """The private command that a link from the group stands for."""
        wanted = self.house.routes.commands.get(ask.words.removeprefix(DO))
        known = wanted if wanted and (wanted.where == "private" or wanted.masks) else None
        return (known.name if known else name), replace(ask, words="")

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

    # words out

    def words_of(self, refused: Refusal, ask: Ask) -> list[Say | Toast]:
        phrase = refused.phrase
        if ask.press and (refused.link or not refused.buttons):
            return [Toast(phrase.key, link=refused.link, **phrase.args)]
        person = self.asker.person
        alone = phrase.key == "words.secret" and not ask.private and person and person.reachable
        to = person.chat if alone and person else None
        return [Say(phrase.key, to=to, buttons=refused.buttons, **phrase.args)]

    def put(self, ask: Ask, says: Iterable[Say | Toast]) -> Toasted | None:
        """Send the words; the short answer to a press is returned. Who acts in private is answered there:
        where everything goes to the group they read what the group reads, without its buttons."""
        toasted = Toasted(ask.press.query) if ask.press else None
        says = list(says)
        if told := self._told_elsewhere(ask, says):
            says.append(
                Toast(told.key, **told.args) if ask.press else Say(told.key, lines=told.lines, **told.args)
            )
        for say in says:
            if isinstance(say, Toast):
                language = self._language_of_one(ask)
                link = self.house.texts.link(say.link) if say.link else ""
                text = self.house.texts.plain(say, language)
                toasted = replace(toasted, text=text[:200], link=link) if toasted else None
            else:
                self.send(say, say.to or self._here(ask))
        return toasted

    def _told_elsewhere(self, ask: Ask, says: Iterable[Say | Toast]) -> Say | None:
        """What the group reads first of an answer of which nothing reaches the private chat it is for."""
        if not ask.private or ask.due or ask.event:
            return None
        for say in says:
            if isinstance(say, Toast) or (say.to or self._here(ask)).chat == ask.chat:
                return None
        return next(
            (say for say in says if isinstance(say, Say) and say.to and speaks_to_all(say, say.to)), None
        )

    def _language_of_one(self, ask: Ask) -> str:
        """What whoever acted reads: as they chose, as their Telegram is, or as everybody here does."""
        person, spoken = self.asker.person, ask.sender.language if ask.sender else None
        if person and person.language:
            return person.language
        return spoken if spoken in self.house.texts.languages else self._languages(ask)[0]

    def _languages(self, ask: Ask) -> tuple[str, ...]:
        if not ask.private:
            room = self.room.row if self.room else lookup.room_in(self.session, ask.chat)
            if room:
                return room.read_in
        spoken = ask.sender.language if ask.sender else None
        return (spoken,) if spoken in self.house.texts.languages else ("nl", "en")

    def _here(self, ask: Ask) -> Audience:
        room = self.room.id if self.room else self.row.room_id
        person = self.asker.person
        if ask.private and person and person.language:
            return Audience(ask.chat, (person.language,), private=True, room=room)
        return Audience(ask.chat, self._languages(ask), ask.private, room)

    def send(self, say: Say, audience: Audience) -> None:
        """Render and queue one Say; the rendered words are sealed in its row."""
        texts = self.house.texts
        payload: dict[str, Any] = {"text": shortened(texts.message(audience, (say, *say.lines), say.whole))}
        if say.buttons:
            payload["keyboard"] = [[self._button(b, audience) for b in row] for row in say.buttons if row]
        if say.pin:
            payload["pin"] = True
        if say.leave:
            payload["leave"] = True
        if say.look_for:
            payload = {"member": say.look_for}
        if say.erase:
            payload = {"erase": list(say.erase)}
        if say.clear:
            payload = {"clear": True}
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
        text = self.house.texts.label(button.label, audience) or "·"
        if button.url:
            url = button.url if "://" in button.url else self.house.texts.link(button.url)
            return {"text": text, "url": url}
        args = (audience.room or 0, button.only or 0, *button.args)
        return {"text": text, "data": self.house.reader.seal.close(button.press, args, audience.chat)}


def unasked_of(ask: Ask, room: Room) -> Person | None:
    """Whom what is due speaks to unasked; None where it names nobody who has an account."""
    member = room.member(ask.due.args.get("member")) if ask.due else None
    return member.person if member else None


def speaks_to_all(say: Say, to: Audience) -> bool:
    """Whether a group reads this as something new: not the board, nor a look at who is there."""
    return not (to.private or say.slot or say.look_for or say.erase)


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
