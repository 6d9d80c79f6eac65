"""What a time in somebody's words is: a moment, a day or part of one, a stretch of days, something weekly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Kind = Literal["moment", "day", "part", "range", "weekly", "monthly", "impossible"]
DayPart = Literal["morning", "afternoon", "evening"]
Limit = Literal["after", "before", "from", "until"]
Span = tuple[int, int]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART_ENDS: dict[DayPart, int] = {"morning": 12 * 60, "afternoon": 18 * 60, "evening": 24 * 60}
"""The minute of the day at which each part is over."""


def part_of(minutes: int) -> DayPart:
    """The part of the day in which a minute of the day lies; the evening begins at 17:00."""
    return "morning" if minutes < 12 * 60 else "afternoon" if minutes < 17 * 60 else "evening"


def minutes_of(at: time | datetime) -> int:
    return at.hour * 60 + at.minute


@dataclass(frozen=True)
class Time:
    """A time as somebody said it, resolved against a now.

    ``kind`` tells which fields hold it: ``moment`` (``at``, aware, in the zone of now; ``until`` ends it
    where hours were said as a stretch), ``day`` (``day``), ``part`` (``day`` and ``part``), ``range``
    (``day`` to ``last``, both inclusive), ``weekly`` (``weekdays`` with Monday 0, and ``part`` or ``hour``;
    every ``step`` weeks; no weekdays: none was named; from ``day`` on, until ``last``), ``monthly``
    (``month_day`` if named, every ``step`` months), ``impossible`` (see Impossible). ``year_said``: the year
    of a date was not guessed.

    ``spans`` are the places in the text that say it (start, end; sorted). ``limit`` is the edge word
    before it ("after five", "until Friday"). ``ambiguous`` is empty, or holds the readings (this one
    first) between which a person should choose; those have no alternatives themselves.
    """

    kind: Kind
    spans: tuple[Span, ...] = ()
    at: datetime | None = None
    until: datetime | None = None
    day: date | None = None
    last: date | None = None
    part: DayPart | None = None
    weekdays: tuple[int, ...] = ()
    hour: time | None = None
    step: int = 1
    month_day: int | None = None
    year_said: bool = False
    limit: Limit | None = None
    ambiguous: tuple[Time, ...] = ()

    @property
    def span(self) -> Span:
        """The first place in the text; (0, 0) for a time that stands in no text."""
        return self.spans[0] if self.spans else (0, 0)

    def label(self) -> str:
        """The time in the ``when`` format of the labelled sentences; empty where it has no form there.

        The format knows no hours for what is weekly and no open ends: a weekly hour shows as its part of
        the day, "after 17:00" as the evening, "between two and four" as the afternoon.
        """
        if self.kind == "moment" and self.at:
            part = self._part_meant()
            stamp = self.at.strftime("%Y-%m-%dT%H:%M")
            return f"{stamp[:10]}/{part}" if part else stamp
        if self.kind == "weekly" and self.weekdays:
            days = ",".join(WEEKDAYS[day] for day in self.weekdays)
            part = self.part or (part_of(minutes_of(self.hour)) if self.hour else None)
            return f"weekly:{days}/{part}" if part else f"weekly:{days}"
        if self.kind == "part":
            return f"{self.day}/{self.part}"
        if self.kind == "range":
            return f"{self.day}..{self.last}"
        return str(self.day) if self.kind == "day" else ""

    def _part_meant(self) -> DayPart | None:
        """The part of the day that stands for a moment with an open end or an end on the same part."""
        assert self.at is not None
        start = minutes_of(self.at)
        if self.limit == "after" and start >= 12 * 60:
            return part_of(start)
        if self.limit == "before" and start <= 12 * 60:
            return "morning"
        if self.until and self.limit is None:
            return part_of(start) if part_of(start) == part_of(minutes_of(self.until) - 1) else None
        return None

    def __str__(self) -> str:
        return self.label()

    def past(self, now: datetime) -> bool:
        """Whether it is over at ``now`` (aware). What repeats is never past."""
        today = now.date()
        if self.kind == "moment" and self.at:
            return (self.until or self.at) < now
        if self.kind == "part" and self.day and self.part:
            ended = now.hour * 60 + now.minute >= PART_ENDS[self.part]
            return self.day < today or (self.day == today and ended)
        if self.kind == "range" and self.last:
            return self.last < today
        return self.kind == "day" and self.day is not None and self.day < today


@dataclass(frozen=True)
class Impossible(Time):
    """A date or hour that does not exist, such as 31-02 or 25:00; ``why`` says which of both."""

    kind: Kind = "impossible"
    why: Literal["date", "hour"] = "date"


def moment(day: date, minutes: int, now: datetime) -> datetime:
    """The moment at a minute of a local day; a minute that the clock skips is moved forward.

    ``minutes`` may be 1440 (midnight at the end of the day).
    """
    day += timedelta(days=minutes // 1440)
    local = datetime(day.year, day.month, day.day, minutes % 1440 // 60, minutes % 60, tzinfo=now.tzinfo)
    return datetime.fromtimestamp(local.timestamp(), tz=now.tzinfo)
