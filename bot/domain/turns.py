"""The turns of a task that comes back: one after the other, on days of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta


class Turns:
    """What a task knows of its turns: every so many days (None: it comes once), at most so many, and the day
    that this turn belongs to, whatever day it was moved to (``rhythm_day``; None: its last day)."""

    state: str
    start: date | None
    due: date | None
    at: datetime | None
    proposed: datetime | None
    coming: list[int]
    moved: bool
    raised: int
    asked: bool
    repeat_days: int | None
    rhythm_day: date | None
    turns: int | None
    turn: int

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
        self.coming, self.raised, self.asked = [], 0, False
        return True
