"""The turns of a task that comes back: one after the other, on days of their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar


class Turns:
    """What a task knows of its turns: every so many days (None: it comes once), at most so many, and the day
    that this turn belongs to, whatever day it was moved to (``rhythm_day``; None: its last day). ``after`` is
    the id of the task whose next turn it is (None: the first, or made before that was written down)."""

    id: int | None
    number: int
    key: str | None
    words: str | None
    state: str
    company: str
    start: date | None
    due: date | None
    at: datetime | None
    proposed: datetime | None
    coming: list[int]
    moved: bool
    raised: int
    asked: bool
    quiet: bool
    after: int | None
    repeat_days: int | None
    rhythm_day: date | None
    turns: int | None
    turn: int
    if TYPE_CHECKING:  # what the task knows of people

        @property
        def who(self) -> list[Any]: ...
        @property
        def with_newcomer(self) -> bool: ...

    @property
    def recurs(self) -> bool:
        """Whether another turn follows when this one is done."""
        return bool(self.repeat_days) and (self.turns is None or self.turn < self.turns)

    def next_due(self, today: date) -> date:
        """The next turn's last day: one interval on, and never in the past. A turn that was moved does not
        move those that follow."""
        step = timedelta(days=self.repeat_days or 7)
        after = (self.rhythm_day or self.due or today) + step
        while after <= today:
            after += step
        return after

    def keep_rhythm(self) -> None:
        """Remember the day that this turn belongs to, before it gets another."""
        if self.repeat_days and self.rhythm_day is None:
            self.rhythm_day = self.due

    @property
    def touched(self) -> bool:
        """Whether somebody did something about this turn: it is not taken back with the one before it."""
        planned = self.at or self.proposed or self.rhythm_day
        return bool(self.who or planned) or self.company != "open" or self.state != "open"

    def pass_by(self, today: date) -> bool:
        """A turn whose whole interval went by undone becomes the one that falls today or next, and is asked
        about anew; after the last turn it goes. Whether it did so. What is planned for later stays."""
        began = self.rhythm_day or self.due
        planned = self.at.date() if self.at else self.due
        if self.state != "open" or not self.repeat_days or not began or not planned or planned >= today:
            return False
        gone = (today - began).days
        if gone < self.repeat_days:
            return False
        missed = -(-gone // self.repeat_days)
        if self.turns is not None and self.turn + missed > self.turns:
            self.state = "dropped"
        else:
            self.turn += missed
            self.start, self.due = today, began + timedelta(days=missed * self.repeat_days)
            self.moved, self.rhythm_day = True, None
        self.at = self.proposed = None
        self.coming, self.raised, self.asked, self.quiet = [], 0, False, False
        return True

    def may_follow(self, other: Turns) -> bool:
        """Whether this fits as the turn after that one, for turns of which ``after`` says nothing."""
        same = (self.key, self.words, self.repeat_days) == (other.key, other.words, other.repeat_days)
        if not same or not other.repeat_days or self.after is not None or self.turn != other.turn + 1:
            return False
        own, before = self.rhythm_day or self.due, other.rhythm_day or other.due
        return not own or not before or (own - before).days % other.repeat_days == 0


TurnsT = TypeVar("TurnsT", bound=Turns)


def next_after(turn: TurnsT, tasks: Collection[TurnsT]) -> TurnsT | None:
    """The turn that came directly after one, in whatever state. Of turns made before ``after`` was written
    down: the open one that fits, if it is the only one."""
    found = [other for other in tasks if other.after is not None and other.after == turn.id]
    if not found:
        fitting = [other for other in tasks if other.state == "open" and other.may_follow(turn)]
        found = fitting if len(fitting) == 1 else []
    return found[-1] if found else None


def last_after(turn: TurnsT, tasks: Collection[TurnsT]) -> TurnsT | None:
    """The last of the turns that came after one: the series' present one; None where none came."""
    last, seen = None, {turn.id}
    following = next_after(turn, tasks)
    while following is not None and following.id not in seen:
        last = following
        seen.add(last.id)
        following = next_after(last, tasks)
    return last
