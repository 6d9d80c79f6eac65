"""A group's tasks: found, added, dated, taken in turns, and reminded of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

from bot.domain import calendar
from bot.domain import plan as dating
from bot.domain.reminders import day_for, to_be_told
from bot.domain.tasks import LetterNames, by_plan_key, waits_for
from bot.domain.turns import last_after, next_after
from bot.domain.words import Button, Phrase, Refusal, Words
from bot.letters.explain import both, words_of
from bot.letters.kinds import kinds
from bot.letters.piles import page_words
from bot.store import finding, lookup
from bot.store.people import People
from bot.store.tables import Member, Task

MOST_TASKS = 300
"""Open tasks in one room at most; nobody can keep an overview of more."""


SOON_ENOUGH = timedelta(days=14)
"""How far ahead lists look unless they are asked for everything."""


@dataclass(frozen=True)
class Moved:
    """A task whose last day changed: from and to, and the task it waits for (None: the arrival)."""

    task: Task
    before: date | None
    after: date
    because: Task | None


class TaskBook(People):
    """A group with its people and their tasks: the resettlement plan's, and those that people made."""

    @cached_property
    def tasks(self) -> list[Task]:
        found = lookup.tasks_of(self._session, self.id, self.everybody)
        for task in found:
            self._bind(task)
        return found

    def _bind(self, task: Task) -> None:
        spec = self.plan.by_key.get(task.key or "")
        with_them = bool(task.words) and not task.private and self._names_newcomer(task.words or "")
        task.bind(spec, letter_names(task.letter), with_them=with_them)

    def _names_newcomer(self, words: str) -> bool:
        """Whether words name a newcomer as company: "to the dentist with Yusuf". A name alone says too
        little: a room can be painted for somebody who is not there."""
        names = {self.row.newcomer_name, *(newcomer.name for newcomer in self.newcomers)}
        return any(finding.keeps_company(words, name, self.content.phrases.company) for name in names if name)

    @property
    def open_tasks(self) -> list[Task]:
        return [task for task in self.tasks if task.open]

    def known_to(self, reader: Member | None) -> list[Task]:
        """All tasks of which a reader (None: the group) may know that they are there."""
        return [task for task in self.tasks if not task.unknown_to(reader)]

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

    def numbered(self, number: str, reader: Member | None) -> Task:
        """By the number that a reader wrote. Refusal ``task.unknown`` where there is none, and in the same
        words where they may not know of it: who tries numbers learns not even how many there are."""
        task = self.task(number)
        if task.unknown_to(reader):
            raise Refusal("task.unknown", words=number)
        return task

    def find_task(self, words: str, press: str, reader: Member | None, among: list[Task]) -> Task:
        """The task a reader means, by number or by words in any language of its title.

        Refusals: ``task.unknown``; ``task.which`` with buttons that press ``press`` where several fit.
        """
        words = words.strip()
        if number := finding.number_in(words):
            return self.numbered(number, reader)
        return finding.task_named(words, press, among, self.names)

    # what comes when

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
        return day_for(task, self.zone)

    def falls_by(self, task: Task, day: date) -> bool:
        """Whether a task asks attention by a day: begun, due, planned, or made by people without a date."""
        if task.at:
            return task.at.astimezone(self.zone).date() <= day
        if task.due is None:
            begins = self.row.arrival is None and task.area == "group"
            return task.key is None or (begins and self.plan.phase_by_task.get(task.key) == self.phase.key)
        return task.due <= day or bool(task.who)

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

    def set_reminders(self, task: Task) -> None:
        """Bring what reminds of a task in line with its appointment, and a letter's with its last day (none:
        they go)."""
        self._deadline_reminder(task)
        moments = calendar.appointment_moments(task.at, self.zone) if task.at and task.open else {}
        for what in ("eve", "soon"):
            moment = moments.get(what)
            if moment and moment > self.now:
                self.remind(f"task:{task.id}:{what}", moment, f"task.{what}", task=task.id)
            else:
                self.forget_reminder(f"task:{task.id}:{what}")

    def _deadline_reminder(self, task: Task) -> None:
        """The next moment at which whoever has a letter's task is told how many days are left."""
        if not task.letter:
            return
        days = calendar.deadline_days(task.due) if task.due and task.open and not task.at else []
        moments = [self.at(day, calendar.LOOK_AT) for day in days]
        if coming := [moment for moment in moments if moment > self.now]:
            self.remind(f"task:{task.id}:due", coming[0], "task.deadline", task=task.id)
        else:
            self.forget_reminder(f"task:{task.id}:due")

    # what comes and goes

    def begin_plan(self) -> list[Task]:
        """Write down the plan's tasks that suit what is known of the household, and date them; returns
        what was added. What comes into a plan that runs since the arrival is not late at its birth: it
        begins today and leaves two weeks, where no law says otherwise."""
        known = {task.key for task in self.tasks}
        ages = (self.row.household or {}).get("ages")
        added = [
            self.add_task(
                area=spec.area,
                key=spec.key,
                private=spec.private,
                minutes=spec.minutes,
                repeat_days=spec.repeat_days,
                turns=spec.turns,
            )
            for spec in self.plan.tasks
            if spec.key not in known and dating.suits_household(spec, ages)
        ]
        self.redate()
        if known and self.row.arrival and self.row.arrival <= self.today:
            for task in added:
                if task.due and task.due < self.today + SOON_ENOUGH and not (task.spec and task.spec.legal):
                    task.start, task.due, task.moved = self.today, self.today + SOON_ENOUGH, True
        return added

    def add_task(self, *, area: str, words: str | None = None, key: str | None = None, **given: Any) -> Task:
        if len(self.open_tasks) >= MOST_TASKS:
            raise Refusal("task.too_many", most=MOST_TASKS)
        number = max((task.number for task in self.tasks), default=0) + 1
        task = Task(room_id=self.id, number=number, area=area, words=words, key=key, **given)
        self._bind(task)
        self._session.add(task)
        self.tasks.append(task)
        self.__dict__.pop("_by_key", None)
        return task

    def drop_task(self, task: Task) -> None:
        """A task goes altogether, with what reminds of it."""
        for what in ("eve", "soon", "due", "unanswered"):
            self.forget_reminder(f"task:{task.id}:{what}")
        task.holders.clear()
        self._session.flush()
        self._session.delete(task)
        self.tasks.remove(task)
        self.__dict__.pop("_by_key", None)

    def next_turn(self, task: Task) -> Task | None:
        """A recurring task's next turn, once this one is done: the one that is there already, or a new one.
        Turns that were ended begin again where one of them was needed after all."""
        last = last_after(task, self.tasks)
        if last and last.open:
            return last
        if not task.recurs or (last and (last.state == "done" or not last.recurs)):
            return None
        return self.add_task(
            area=task.area,
            key=task.key,
            words=task.words,
            private=task.private,
            shared=task.shared,
            whose=task.whose,
            minutes=task.minutes,
            repeat_days=task.repeat_days,
            turns=task.turns,
            turn=task.turn + 1,
            due=task.next_due(self.today),
            start=self.today,
            moved=True,
            made_by=task.made_by,
            after=task.id,
        )

    def following_turn(self, task: Task) -> Task | None:
        """The open turn that came after this one."""
        following = next_after(task, self.tasks)
        return following if following and following.open else None

    def take_back_turn(self, task: Task) -> None:
        """The finish was a mistake: the turn that followed it goes. Refusal ``task.next_turn_there`` where
        somebody did something about that one, so that the series stays one."""
        following, last = next_after(task, self.tasks), last_after(task, self.tasks)
        if last and last.open and (last is not following or last.touched):
            label = Phrase("button.task", number=last.number, task=last.title_for(None))
            show = [[Button(label, "task", (last.id or 0,))]]
            raise Refusal("task.next_turn_there", number=last.number, day=self.day_of(last), buttons=show)
        if last and last.open:
            self.drop_task(last)

    def pass_turns_by(self) -> None:
        """Turns of which a whole interval went by undone make room for the next."""
        for task in self.open_tasks:
            if not to_be_told(task, self.today, self.zone) and task.pass_by(self.today):
                self.set_reminders(task)

    def stop_asking(self) -> bool:
        """A "no" to what the bot raised: those tasks are not raised again."""
        raised = [task for task in self.open_tasks if task.raised and not task.quiet and not task.who]
        for task in raised:
            task.quiet = True
        return bool(raised)

    def touch(self) -> None:
        """The board shows something else now, though no task's dates or people changed."""
        self._session.info.setdefault("boards", set()).add(self.id)


def letter_names(kind: str | None) -> LetterNames | None:
    """How a task made of a letter of that kind is called; None where content knows no such kind."""
    if kind is None:
        return None
    known = kinds().get(kind)
    if known is None:  # of no kind that content knows, or knows any more
        unknown = Words("letter.other", both(page_words().unknown))
        return LetterNames(unknown, unknown)
    return LetterNames(words_of(known, "name"), words_of(known, "neutral"))


@event.listens_for(Session, "before_flush")
def note_changes(session: Session, _context: object, _instances: object) -> None:
    """Remember of which rooms this transaction changes what the board shows."""
    touched = [*session.new, *session.deleted, *(item for item in session.dirty if session.is_modified(item))]
    shown = {item.room_id for item in touched if isinstance(item, Task | Member)}
    session.info.setdefault("boards", set()).update(shown)
