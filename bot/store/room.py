"""One sponsor group's memory, for the length of one transaction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlmodel import Session, col, select

from bot.content import Content, Plan
from bot.domain import calendar
from bot.domain import plan as dating
from bot.domain.tasks import by_plan_key, waits_for
from bot.domain.words import Audience, Button, Phrase, Refusal, Words
from bot.redaction import secrets_in
from bot.store import lookup, rows
from bot.store.tables import Card, Member, Outgoing, Person, Question, RoomRow, Slot, Task

MOST_TASKS = 300
"""Open tasks in one room at most; nobody can keep an overview of more."""


SOON_ENOUGH = timedelta(days=14)
"""How far ahead lists look unless they are asked for everything."""


YEAR = timedelta(days=365)
KEPT_AFTER = timedelta(days=30)
"""How long a room stays after its year, before it is erased."""
WARN_BEFORE = timedelta(days=14)


class Sealer(Protocol):
    def seal(self, payload: Any) -> bytes: ...
    def unseal(self, sealed: bytes) -> Any: ...


@dataclass(frozen=True)
class Moved:
    """A task whose last day changed: from and to, and the task it waits for (None: the arrival)."""

    task: Task
    before: date | None
    after: date
    because: Task | None


class Room:
    """What a handler sees of one group: people, tasks, cards, plan; and what it may write down."""

    def __init__(
        self,
        session: Session,
        row: RoomRow,
        *,
        content: Content,
        sealer: Sealer,
        now: datetime,
        zone: ZoneInfo,
    ) -> None:
        self._session = session
        self._sealer = sealer
        self.row = row
        self.content = content
        self.now = now
        self.zone = zone

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
        return tuple(dict.fromkeys(["nl", *self.row.languages]))[:2]

    def privately(self, member: Member) -> Audience | None:
        """A member's own chat, about this room; None for somebody who cannot be reached there."""
        if member.person is None or member.left is not None:
            return None
        own = member.person.chat
        return Audience(own.chat, own.languages, private=True, room=self.row.id)

    # people

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

    def runs(self, person: Person | None) -> bool:
        """Whether this person coordinates the room."""
        return person is not None and person.id is not None and person.id == self.row.coordinator_id

    def flush(self) -> None:
        """Give new rows their ids."""
        self._session.flush()

    def touch(self) -> None:
        """The board shows something else now, though no task's dates or people changed."""
        self._session.info["tasks"] = True

    def unopened_lately(self, within: timedelta) -> bool:
        """Whether the group was told lately that somebody's private chat is closed; if not, it is now."""
        last = self.row.unopened_on
        if last is not None and self.today - last < within:
            return True
        self.row.unopened_on = self.today
        return False

    def stop_asking(self) -> bool:
        """A "no" to what the bot raised: those tasks are not raised again."""
        raised = [task for task in self.open_tasks if task.raised and not task.quiet and not task.who]
        for task in raised:
            task.quiet = True
        return bool(raised)

    def pause(self) -> None:
        """Nothing comes by itself any more, until ``resume`` or the end."""
        self.row.state = "without_bot"
        rows.forget_room(self._session, self.id)

    def resume(self) -> None:
        """What ``pause`` stopped begins again."""
        if self.row.state != "without_bot":
            return
        self.row.state = "active" if self.row.chat else "new"
        self.look_daily()
        self.plan_end()
        for task in self.open_tasks:
            self.appointment_reminders(task)

    def erase(self) -> None:
        """The room ends and nothing that was said in it or about its people stays. What does stay: that
        there was a room, and in which role nameless members were, with a newcomer's choice and its day."""
        for member in list(self.everybody):
            choice, its_day = member.consent, member.consent_on
            self.forget_member(member)
            member.consent, member.consent_on = choice, its_day
        self._session.flush()
        rows.erase_room(self._session, self.id)
        self.__dict__.pop("_by_key", None)
        self.tasks, self.cards = [], []
        row = self.row
        row.newcomer_name, row.municipality, row.languages, row.arrival = "–", "–", ["nl"], None
        row.household, row.permit, row.agreements = None, None, {}
        row.state, row.chat = "closed", None
        rows.forget_room(self._session, self.id)

    def forget_newcomer(self, member: Member) -> list[Task]:
        """A newcomer stops: what is theirs goes (name, choices, own tasks; where no other newcomer is,
        the household's facts and decisions too), and their place is nobody's. Sponsors' own stays."""
        last = all(other is member for other in self.newcomers)
        for task in list(self.tasks):
            own = task.key is None and member.id in (task.whose, task.made_by)
            if own or (last and task.spec and not dating.suits_household(task.spec, None)):
                self.drop_task(task)
                continue
            if last and (task.for_newcomer or task.company != "open"):
                self._undecide(task)
            task.whose = None if task.whose == member.id else task.whose
            task.done_by = None if task.done_by == member.id else task.done_by
            task.proposed_by = None if task.proposed_by == member.id else task.proposed_by
            task.made_by = None if task.made_by == member.id else task.made_by
        if last:
            self.row.newcomer_name, self.row.household, self.row.permit = "–", None, None
        elif self.row.newcomer_name == member.name:
            self.row.newcomer_name = next(n.name for n in self.newcomers if n is not member) or "–"
        given_back = self.forget_member(member)
        for subject in (f"consent:{member.id}", f"household:{member.id}", f"refusal:{member.id}"):
            self.forget_reminder(subject)
        return given_back

    def _undecide(self, task: Task) -> None:
        """As if no newcomer had ever decided about it; that it is done stays known."""
        task.company, task.companion, task.shared, task.asked = "open", None, False, False
        task.at = task.proposed = None
        if task.state == "dropped":
            task.reopen()
        self.appointment_reminders(task)

    def drop_task(self, task: Task) -> None:
        """A task goes altogether, with what reminds of it."""
        for what in ("eve", "soon"):
            self.forget_reminder(f"task:{task.id}:{what}")
        task.holders.clear()
        self._session.flush()
        self._session.delete(task)
        self.tasks.remove(task)
        self.__dict__.pop("_by_key", None)

    def forget_member(self, member: Member) -> list[Task]:
        """Nothing that was known of them stays. Returns the tasks that come back to the group."""
        person, given_back = member.person, self.remove_member(member)
        member.called, member.person, member.person_id = None, None, None
        member.consent, member.consent_on, member.consent_language = "unasked", None, None
        member.explained_by, member.confirmed = None, False
        self._session.flush()
        if member.id is not None:
            rows.void_invites(self._session, member.id)
        if person:
            self.forget_person(person)
        return given_back

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

    def remove_member(self, member: Member) -> list[Task]:
        """Somebody goes; what they had taken on is open again. Returns those tasks."""
        given_back = [task for task in self.tasks if task.open and member in task.holders]
        for task in given_back:
            task.holders.remove(member)
        member.left = self.now
        return given_back

    def unlink(self, member: Member) -> list[Task]:
        """The account was not theirs: the newcomer's place is free again, and what was chosen there void."""
        given_back = self.remove_member(member)
        member.person, member.person_id, member.left = None, None, None
        member.consent, member.consent_on, member.explained_by = "unasked", None, None
        member.confirmed = False
        self.forget_reminder(f"refusal:{member.id}")
        return given_back

    def plan_end(self) -> None:
        """When the room ends: a month after its year, said two weeks before."""
        day = self.end_day
        self.remind("room:warn", self.at(day - WARN_BEFORE, calendar.LOOK_AT), "room.warn")
        self.remind("room:end", self.at(day, calendar.LOOK_AT), "room.end")

    @property
    def end_day(self) -> date:
        """The day on which everything is erased."""
        return (self.row.arrival or self.begun) + YEAR + KEPT_AFTER

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

    # tasks

    @cached_property
    def tasks(self) -> list[Task]:
        found = lookup.tasks_of(self._session, self.id, self.everybody)
        for task in found:
            task.bind(self.plan.by_key.get(task.key or ""))
        return found

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.open]

    def nameable(self, reader: Member | None) -> list[Task]:
        """Open tasks that somebody may mean by words: what is a newcomer's own nobody else can find."""
        return [task for task in self.open_tasks if not task.hidden_from(reader)]

    @cached_property
    def _by_key(self) -> Mapping[str, Task]:
        return by_plan_key(self.tasks)

    def in_phase(self) -> list[Task]:
        """The plan's tasks of the present phase, without those that nobody needs."""
        by_task, now = self.plan.phase_by_task, self.phase.key
        return [task for task in self.tasks if task.state != "dropped" and by_task.get(task.key or "") == now]

    def waits_for(self, task: Task) -> list[Task]:
        """The open tasks that must be done before this one. What lay long before the group began is
        undated: it was done somehow, and nothing waits for it."""
        dated = self.row.arrival is not None
        return [needed for needed in waits_for(task, self._by_key) if needed.due or needed.at or not dated]

    def held_up(self, task: Task) -> bool:
        """Whether a task cannot go on yet: it waits for others, or for the newcomer's yes to the bot."""
        return bool(self.waits_for(task)) or (task.with_newcomer and not self.agreed)

    def task(self, number_or_id: int | str, *, by_id: bool = False) -> Task:
        """By number (or row id, for buttons). Refusal ``task.unknown`` where there is none."""
        wanted = int(number_or_id)
        for task in self.tasks:
            if (task.id if by_id else task.number) == wanted:
                return task
        raise Refusal("task.unknown", words=str(number_or_id))

    def find_task(self, words: str, press: str, among: list[Task] | None = None) -> Task:
        """The task somebody means, by number or by words in any language of its title.

        Refusals: ``task.unknown``; ``task.which`` with buttons that press ``press`` where several fit.
        """
        words = words.strip()
        among = self.open_tasks if among is None else among
        if number := re.fullmatch(r"#?\s*(\d{1,6})", words):
            return self.task(number[1])
        wanted = folded(words)
        if not wanted:
            return self.choose(among, press, "task.which")
        exact = [task for task in among if wanted in {folded(t) for t in titles(task)}]
        found = exact or [task for task in among if any(wanted in folded(t) for t in titles(task))]
        if not found:
            parts = [part for part in wanted.split() if len(part) > 2]
            found = [t for t in among if parts and all(any(p in folded(x) for x in titles(t)) for p in parts)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise Refusal("words.secret") if secrets_in(words) else Refusal("task.unknown", words=words[:60])
        return self.choose(found, press, "task.which")

    def choose(self, among: list[Task], press: str, key: str) -> Task:
        """Never returns: asks which one, with a button each (eight at most)."""
        if not among:
            raise Refusal("task.none")
        raise Refusal(key, buttons=[[task_button(task, press)] for task in among[:8]])

    def add_task(self, *, area: str, words: str | None = None, key: str | None = None, **given: Any) -> Task:
        if len(self.open_tasks) >= MOST_TASKS:
            raise Refusal("task.too_many", most=MOST_TASKS)
        number = max((task.number for task in self.tasks), default=0) + 1
        task = Task(room_id=self.id, number=number, area=area, words=words, key=key, **given)
        task.bind(self.plan.by_key.get(key or ""))
        self._session.add(task)
        self.tasks.append(task)
        self.__dict__.pop("_by_key", None)
        return task

    def begin_plan(self) -> None:
        """Write down the plan's tasks that suit what is known of the household, and date them."""
        known = {task.key for task in self.tasks}
        ages = (self.row.household or {}).get("ages")
        for spec in self.plan.tasks:
            if spec.key not in known and dating.suits_household(spec, ages):
                self.add_task(
                    area=spec.area,
                    key=spec.key,
                    private=spec.private,
                    minutes=spec.minutes,
                    repeat_days=spec.repeat_days,
                    turns=spec.turns,
                )
        self.redate()

    def redate(self) -> list[Moved]:
        """Bring the plan's dates in line with arrival and progress; returns what moved."""
        facts = {
            task.key: fact
            for task in self.tasks
            if task.key and self._by_key.get(task.key) is task and (fact := self._fact(task))
        }
        specs = {key: spec for key, spec in self.plan.by_key.items() if key in self._by_key}
        moved = []
        for key, span in dating.spans(specs, self.row.arrival, facts, self.begun).items():
            task = self._by_key[key]
            if not task.open or task.moved or task.at or (task.start, task.due) == (span.start, span.due):
                continue
            because = self._by_key.get(span.because or "")
            if task.due != span.due:
                moved.append(Moved(task, task.due, span.due, because))
            task.start, task.due = span.start, span.due
        return moved

    def _fact(self, task: Task) -> date | None:
        if task.done_on:
            return task.done_on
        if task.at:
            return task.at.astimezone(self.zone).date()
        return task.due if task.moved and task.open else None

    def upcoming(
        self, among: list[Task] | None = None, *, ahead: timedelta | None = SOON_ENOUGH
    ) -> list[Task]:
        """Open tasks, soonest first: those of the coming time, or all (``ahead`` None). What people
        made without a day stands behind what is due soon, before what is far away."""
        tasks = self.open_tasks if among is None else among
        horizon, soon = self.today + ahead if ahead else None, self.today + SOON_ENOUGH
        return sorted(
            (task for task in tasks if horizon is None or self.falls_by(task, horizon)),
            key=lambda task: (self.day_of(task) or (date.max if task.key else soon), task.number),
        )

    def day_of(self, task: Task) -> date | None:
        """The day a task is for: its appointment's, or its last day."""
        return task.at.astimezone(self.zone).date() if task.at else task.due

    def falls_by(self, task: Task, day: date) -> bool:
        """Whether a task asks attention by a day: begun, due, planned, or made by people without a date."""
        if task.at:
            return task.at.astimezone(self.zone).date() <= day
        if task.due is None:
            return task.key is None or (self.row.arrival is None and task.area == "group")
        return task.due <= day or bool(task.who)

    def next_turn(self, task: Task) -> Task | None:
        """A recurring task's next turn, once this one is done."""
        if not task.recurs:
            return None
        return self.add_task(
            area=task.area,
            key=task.key,
            words=task.words,
            private=task.private,
            minutes=task.minutes,
            repeat_days=task.repeat_days,
            turns=task.turns,
            turn=task.turn + 1,
            due=task.next_due(self.today),
            start=self.today,
            moved=True,
            made_by=task.made_by,
        )

    def take_back_turn(self, task: Task) -> None:
        """The finish was a mistake: the turn that followed it goes, if nobody touched it."""
        for other in self.open_tasks:
            same = other.key == task.key and other.words == task.words and other.turn == task.turn + 1
            if task.repeat_days and same and not other.who and not other.at:
                self._session.delete(other)
                self.tasks.remove(other)
                return

    # what is written down for later

    def at(self, day: date, hour: time) -> datetime:
        """An hour of a day in the room's zone, as a moment in UTC."""
        return calendar.local(day, hour, self.zone)

    def appointment_reminders(self, task: Task) -> None:
        """Bring a task's reminders in line with its appointment (none: they go)."""
        moments = calendar.appointment_moments(task.at, self.zone) if task.at and task.open else {}
        for what in ("eve", "soon"):
            moment = moments.get(what)
            if moment and moment > self.now:
                self.remind(f"task:{task.id}:{what}", moment, f"task.{what}", task=task.id)
            else:
                self.forget_reminder(f"task:{task.id}:{what}")

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

    def remind(self, subject: str, due: datetime, what: str, *, lane: int | None = None, **args: Any) -> None:
        """A moment to come back to; the same subject again moves it. ``due`` is aware."""
        chat = lane if lane is not None else (self.row.chat or -self.id)
        payload = self._sealer.seal({"due": what, "args": args, "at": due.isoformat()})
        rows.remember(self._session, lane=chat, room=self.id, subject=subject, due=due, payload=payload)

    def forget_reminder(self, subject: str) -> None:
        rows.forget(self._session, self.id, subject)

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

    def slot(self, name: str) -> Slot | None:
        return self._session.get(Slot, (self.row.chat, name)) if self.row.chat else None

    def forget_slot(self, name: str) -> None:
        """The next text for this slot is a new message."""
        if found := self.slot(name):
            self._session.delete(found)

    def message_in(self, chat: int, message: int | None) -> Outgoing | None:
        """The bot's own message there, if it was about this room."""
        return self._session.exec(
            select(Outgoing).where(
                Outgoing.chat == chat, Outgoing.message == message, Outgoing.room_id == self.row.id
            )
        ).first()


@event.listens_for(Session, "before_flush")
def note_changes(session: Session, _context: object, _instances: object) -> None:
    """Remember that this transaction changes what a board shows."""
    touched = [*session.new, *session.deleted, *(item for item in session.dirty if session.is_modified(item))]
    if any(isinstance(item, Task | Member) for item in touched):
        session.info["tasks"] = True


def titles(task: Task) -> list[str]:
    return list(task.title.texts.values()) if isinstance(task.title, Words) else [task.title]


def task_button(task: Task, press: str) -> Button:
    return Button(
        Phrase("button.task", number=task.number, task=task.title_for(None)), press, (task.id or 0,)
    )


def folded(text: str) -> str:
    """Letters and digits only, lower case, so that "Huis-arts " finds "huisarts"."""
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())
