"""One sponsor group itself: its days, its plan, its chat, and what is written down to come back to."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from bot.content import Plan
from bot.domain import calendar
from bot.domain import plan as dating
from bot.domain.words import Audience, Refusal
from bot.store import rows
from bot.store.scope import Given, Scope
from bot.store.tables import Person, Question, RoomRow, Slot


class Group(Scope):
    """The group's row within one transaction, at one moment."""

    def __init__(self, given: Given, row: RoomRow) -> None:
        super().__init__(given)
        self.row = row

    @property
    def id(self) -> int:
        assert self.row.id is not None
        return self.row.id

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def begun(self) -> date:
        """The day on which the group's plan was made."""
        return self.row.created.astimezone(self.zone).date()

    @property
    def plan(self) -> Plan:
        return self.content.plans[self.row.variant]

    @property
    def phase(self) -> Any:
        return dating.phase_of(self.plan.phases, self.row.arrival, self.today)

    @property
    def chat(self) -> Audience | None:
        """The group's chat in the room's languages, Dutch first; None until the bot is in it."""
        if self.row.chat is None:
            return None
        return Audience(self.row.chat, self.languages, private=False, room=self.row.id)

    @property
    def languages(self) -> tuple[str, ...]:
        return self.row.read_in

    def flush(self) -> None:
        """Give new rows their ids."""
        self._session.flush()

    # what is written down for later

    def at(self, day: date, hour: time) -> datetime:
        """An hour of a day in the room's zone, as a moment in UTC."""
        return calendar.local(day, hour, self.zone)

    def remind(self, subject: str, due: datetime, what: str, *, lane: int | None = None, **args: Any) -> None:
        """A moment to come back to; the same subject again moves it. ``due`` is aware."""
        chat = lane if lane is not None else (self.row.chat or -self.id)
        payload = self._sealer.seal({"due": what, "args": args, "at": due.isoformat()})
        rows.remember(self._session, lane=chat, room=self.id, subject=subject, due=due, payload=payload)

    def forget_reminder(self, subject: str) -> None:
        rows.forget(self._session, self.id, subject)

    def look_daily(self) -> None:
        """See to it that the daily look comes: today if its hour is still to come, else tomorrow."""
        moment = self.at(self.today, calendar.LOOK_AT)
        if moment <= self.now:
            moment = self.at(self.today + timedelta(days=1), calendar.LOOK_AT)
        self.remind("room:day", moment, "room.day")

    @property
    def household_day(self) -> date:
        """When household facts are asked: two days after arrival, or tomorrow where that is past."""
        wanted = self.row.arrival + timedelta(days=2) if self.row.arrival else self.today
        return max(wanted, self.today + timedelta(days=1))

    # what somebody's next words answer

    def ask(self, person: Person, topic: str, **answers: Any) -> Question:
        """Wait for this person's next words in private, as the answer about ``topic``."""
        assert person.id is not None
        rows.close_questions(self._session, person.id, [topic])
        question = Question(
            person_id=person.id,
            room_id=self.id,
            topic=topic,
            answers=self._sealer.seal(answers),
            asked=self.now,
        )
        self._session.add(question)
        self._session.flush()
        return question

    def answers(self, person: Person, topic: str) -> dict[str, Any]:
        """What was answered so far about a topic; Refusal ``button.old`` where nothing is open."""
        question = rows.open_question(self._session, person.id or 0, topic)
        if question is None or question.room_id != self.id:
            raise Refusal("button.old")
        found: dict[str, Any] = self._sealer.unseal(question.answers)
        return found

    def settle_questions(self, person: Person, *topics: str) -> None:
        if person.id is not None:
            rows.close_questions(self._session, person.id, topics or None)

    # the bot's own messages

    def slot(self, name: str) -> Slot | None:
        return self._session.get(Slot, (self.row.chat, name)) if self.row.chat else None
