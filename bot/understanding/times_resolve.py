"""Placing what was said in the calendar: groups and a now become Times."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.plan import months_on
from bot.understanding.times_clock import Clock
from bot.understanding.times_days import Date, Day, exists
from bot.understanding.times_groups import Group
from bot.understanding.times_types import PART_ENDS, DayPart, Impossible, Limit, Time, minutes_of, moment
from bot.understanding.times_words import TimeWords

EARLY, LATE = 8 * 60, 20 * 60
"""Between these an hour is taken to lie; where both readings do, a person is asked."""
HALF_YEAR = 183
POINTS = {"start": (0, 1), "mid": (2, 2), "end": (4, 4)}
MONTH_POINTS = {"all": (1, 31), "start": (1, 10), "mid": (11, 20), "end": (21, 31)}
DayOrRange = tuple[date, date]


def month_range(year: int, month: int, point: str = "all") -> DayOrRange:
    first, last = MONTH_POINTS[point]
    return date(year, month, first), date(year, month, min(last, calendar.monthrange(year, month)[1]))


class Calendar:
    """Resolves against one now (aware, in the room's zone) with one language's habits."""

    def __init__(self, now: datetime, words: TimeWords) -> None:
        self.now, self.today, self.words = now, now.date(), words
        self.monday = self.today - timedelta(days=self.today.weekday())

    def times(self, group: Group) -> list[Time]:
        """All times of a group; a list of days gives one for each."""
        spans = tuple(group.spans)
        if group.why:
            return [Impossible(spans=spans, why="date" if group.why == "date" else "hour")]
        group = self.hours_meant(group)
        if group.repeat and group.repeat[1] == "m":
            days = [d.value for d in group.days if d.kind == "month_day"]
            return [Time("monthly", spans, month_day=days[0] if days else None, step=group.repeat[0])]
        if weekly := self.weekly(group):
            return [replace(read, spans=spans) for read in weekly]
        found = [read for day in self.days_of(group) for read in self.single(group, day)]
        return [self.spanned(read, group) for read in (found if group.days else self.dayless(group))]

    def spanned(self, read: Time, group: Group) -> Time:
        spans, limit = tuple(group.spans), read.limit or group.limit
        others = tuple(replace(t, spans=spans, limit=t.limit or limit) for t in read.ambiguous)
        if read.kind == "range" and (group.last or any(day.kind == "dates" for day in group.days)):
            limit = None
        return replace(read, spans=spans, limit=limit, ambiguous=others)

    def hours_meant(self, group: Group) -> Group:
        """The group; "9-12" are its hours where it stands beside a day that is not 9 December."""
        pairs = [day for day in group.days if day.hours]
        others = [day for day in group.days if not day.hours]
        beside = bool(others) and all(day.kind in ("weekday", "offset") for day in others)
        if len(pairs) != 1 or not beside or group.clock or group.last:
            return group
        several = len(others) > 1 or group.every or others[0].plural
        if not several and self.falls_on(others[0], self.dated(pairs[0].value)):
            return group
        return replace(group, days=others, clock=pairs[0].hours)

    def falls_on(self, day: Day, at: date) -> bool:
        """Whether a weekday or a day counted from now may be that date."""
        ahead = timedelta(days=day.value)
        return at.weekday() == day.value if day.kind == "weekday" else self.today + ahead == at

    def days_of(self, group: Group) -> list[Day]:
        """The days that are times of their own: a weekday beside a date belongs to the date."""
        kinds = [day.kind for day in group.days]
        if "weekday" in kinds and len(set(kinds)) > 1:
            rest = [day for day in group.days if day.kind != "weekday"]
            return group.days if kinds.count("weekday") > 1 else rest
        if "date" in kinds and "offset" in kinds:
            return [day for day in group.days if day.kind == "date"]
        return group.days

    def weekly(self, group: Group) -> list[Time]:
        begins = self.begins(group)
        days = [day for day in group.days if day is not begins]
        dated = any(d.kind != "weekday" or d.mod or d.on for d in days)
        plural = group.plural or any(day.plural for day in days)
        plural = plural or (group.habit and not days and not group.clock)
        if dated or not (group.every or plural or group.weekly or group.repeat) or group.week is not None:
            return []
        step = group.repeat[0] if group.repeat else max(group.every, 1)
        if group.last and group.last.kind == "weekday" and days:
            first = days[0].value
            length = (group.last.value - first) % 7 + 1
            days = [replace(days[0], value=(first + n) % 7) for n in range(length)]
        by_part: dict[DayPart | None, set[int]] = {}
        for day in days:
            by_part.setdefault(day.part or group.part, set()).add(day.value)
        if group.weekly or not days:
            everyday = set(range(7)) if group.part and not group.clock and not group.repeat else set()
            by_part.setdefault(group.part, set()).update(group.weekly or everyday)
        found = []
        for part, weekdays in by_part.items():
            if weekdays or group.repeat:
                minutes = self.dial(group.clock, part)[0] % 1440 if group.clock else None
                hour = time(minutes // 60, minutes % 60) if minutes is not None else None
                only = None if hour else part
                named = tuple(sorted(weekdays))
                found.append(Time("weekly", weekdays=named, part=only, hour=hour, step=step))
        first = self.dated(begins.value) if begins else None
        last = self.dated(group.last.value) if group.last and group.last.kind == "date" else None
        return [replace(read, day=first, last=last) for read in found]

    def begins(self, group: Group) -> Day | None:
        """The one date beside "every Tuesday": the series begins on or after it."""
        dates = [day for day in group.days if day.kind == "date"]
        weekdays = [day for day in group.days if day.kind == "weekday"]
        often = group.repeat or (weekdays and (group.every or any(day.plural for day in weekdays)))
        return dates[0] if len(dates) == 1 and often else None

    def single(self, group: Group, day: Day) -> list[Time]:
        shared = not group.by_or or day is group.days[-1]
        part = day.part or (group.part if shared else None)
        clock = group.clock if shared else None
        if day.kind == "after" and day.value[1] in ("min", "h"):
            minutes = day.value[0] * (60 if day.value[1] == "h" else 1)
            stamp = self.now.timestamp() + minutes * 60
            at = datetime.fromtimestamp(stamp, tz=self.now.tzinfo)
            return [Time("moment", at=at.replace(second=0, microsecond=0))]
        ranges = self.place(day, group, part, clock)
        found = [read for first, last in ranges for read in self.shape(first, last, group, part, clock)]
        if day.kind == "date" and not day.yearless:
            found = [replace(read, year_said=True) for read in found]
        return self.asked(found)

    def asked(self, readings: list[Time]) -> list[Time]:
        """The first reading, with all of them as alternatives if there are several."""
        different = list(dict.fromkeys(readings))
        if len(different) < 2:
            return different[:1]
        return [replace(different[0], ambiguous=tuple(different))]

    def shape(
        self, first: date, last: date, group: Group, part: DayPart | None, clock: Clock | None
    ) -> Iterable[Time]:
        if group.last is not None:
            for _, end in self.place(group.last, group, None, None, after=first):
                yield self.days_between(first, end)
        elif first != last:
            yield self.days_between(first, last)
        elif clock:
            yield from self.at(first, clock, part)
        elif part:
            yield Time("part", day=first, part=part)
        else:
            yield Time("day", day=first)

    def days_between(self, first: date, last: date) -> Time:
        if last < first:
            return Impossible(why="date")
        return Time("range", day=first, last=last) if first != last else Time("day", day=first)

    def at(self, day: date, clock: Clock, part: DayPart | None) -> list[Time]:
        readings = self.dial(clock, part)
        if day == self.today and len(readings) > 1:
            current = minutes_of(self.now)
            readings = [m for m in readings if m > current] or readings
        found = []
        for minutes in readings:
            until = moment(day, self.end(clock.end, minutes), self.now) if clock.end else None
            limit: Limit | None = clock.limit
            found.append(Time("moment", at=moment(day, minutes, self.now), until=until, limit=limit))
        return found

    def dial(self, clock: Clock, part: str | None) -> list[int]:
        """The minutes of the day that are meant; two where a person should be asked."""
        base, half = clock.minutes % 720, clock.half or part
        if clock.sure:
            return [clock.minutes]
        if clock.half:
            return [base if half == "morning" else base + 720]
        if half == "morning":
            odd = self.words.shifted_clock and 60 <= base < 300 and not clock.digital
            return [base + 360, base] if odd else [base or 720]
        if half == "afternoon":
            return [base if base >= 600 else base + 720]
        if half == "evening":
            return [1440 if base == 0 else base if base < 240 else base + 720]
        if base in (EARLY, LATE - 720):
            return [base] if clock.digital or self.words.hours24 else [base, base + 720]
        if clock.digital and 360 <= base < EARLY:
            return [base] if self.words.hours24 else [base, base + 720]
        return [base if EARLY < base < 720 else base + 720]

    def end(self, clock: Clock, start: int) -> int:
        if clock.sure:
            return clock.minutes
        base = clock.minutes % 720
        if clock.half:
            return base if clock.half == "morning" and base > start else base + 720
        return next((m for m in (base, base + 720) if m > start), 1440)

    def dayless(self, group: Group) -> list[Time]:
        """A week, or hours without a day: the next time the clock shows them."""
        if group.week is not None:
            first = self.monday + timedelta(weeks=group.week)
            begin = self.today if group.week == 0 else first
            return [Time("range", day=begin, last=first + timedelta(days=6))]
        if group.clock is None:
            return []
        found = []
        for minutes in self.dial(group.clock, group.part):
            late = minutes <= minutes_of(self.now)
            day = self.today + timedelta(days=int(late))
            found += self.at(day, replace(group.clock, minutes=minutes, sure=True), group.part)
        return self.asked(sorted(found, key=lambda read: read.at.timestamp() if read.at else 0))

    def place(
        self, day: Day, group: Group, part: DayPart | None, clock: Clock | None, after: date | None = None
    ) -> list[DayOrRange]:
        """First and last day, in all readings; ``after``: the day that a stretch begins with."""
        value = day.value
        if day.on:
            return [(day.on, day.on)]
        if day.kind == "weekday":
            return [(d, d) for d in self.weekday(day, group, part, clock, after)]
        if day.kind == "date":
            return [(d, d) for d in self.dates(day, group, after)]
        if day.kind == "dates":
            return [(self.dated(value[0], after), self.dated(value[1], self.dated(value[0], after)))]
        if day.kind.startswith(("week", "month")) and day.kind != "month_day":
            return [self.stretch(day, group, after or self.today)]
        at = self.counted(day, group, after)
        return [(self.today, at)] if day.kind == "within" else [(at, at)]

    def stretch(self, day: Day, group: Group, after: date) -> DayOrRange:
        """First and last day of a week, weekend or month; a month without a year lies after that day."""
        value, whole = day.value, timedelta(weeks=1)
        match day.kind:
            case "week":
                monday = self.monday + whole * value
                return monday, monday + timedelta(days=6)
            case "weekend":
                saturday = self.monday + whole * value + timedelta(days=5)
                return (max(saturday, self.today) if value == 0 else saturday), saturday + timedelta(days=1)
            case "week_point":
                first, last = POINTS[value[1]]
                start = self.monday + whole * value[0]
                return start + timedelta(days=first), start + timedelta(days=last)
            case "week_number":
                return self.numbered_week(value, group)
            case "month_of":
                month = months_on(self.today.replace(day=1), value)
                begin, end = month_range(month.year, month.month)
                return (self.today if value == 0 else begin), end
            case _:
                month, point, year = value
                return month_range(year or after.year + (month < after.month), month, point)

    def counted(self, day: Day, group: Group, after: date | None) -> date:
        """Days counted from now, and days of the month that was not named."""
        if day.kind == "offset":
            return self.today + timedelta(days=day.value)
        if day.kind == "month_day":
            return self.month_day(day.value, after or self.today)
        size, unit = day.value
        weekdays = [d for d in group.days if d.kind == "weekday"]
        start = self.weekday(weekdays[0], group, None, None, None)[0] if weekdays else self.today
        if unit == "m":
            return months_on(start, size)
        return start + timedelta(days=size * {"w": 7, "d": 1}.get(unit, 0))

    def weekday(
        self, day: Day, group: Group, part: DayPart | None, clock: Clock | None, after: date | None
    ) -> list[date]:
        number, ahead = day.value, timedelta(days=(day.value - self.today.weekday()) % 7)
        week = timedelta(weeks=1)
        if after is not None:
            return [after + timedelta(days=(number - after.weekday()) % 7)]
        if group.week is not None:
            return [self.monday + week * group.week + timedelta(days=number)]
        if day.mod == "last":
            return [self.today + ahead - week]
        following = self.monday + week + timedelta(days=number)
        if day.mod == "next":
            near = self.today + ahead
            return [following] if near in (following, self.today) else [following, near]
        over = False
        if part and not clock:
            over = minutes_of(self.now) >= PART_ENDS[part]
        if clock:
            over = max(self.dial(clock, part)) <= minutes_of(self.now)
        if not ahead and (over or day.mod == "coming"):
            ahead = week
        return [self.today + ahead]

    def dates(self, day: Day, group: Group, after: date | None) -> list[date]:
        found = [self.dated(said, after) for said in day.dates]
        if after is None and day.yearless and group.last and group.last.kind == "date":
            year, month, number = group.last.value
            if year:
                found = [self.before(said, date(year, month, number)) for said in day.dates]
        weekdays = [d for d in group.days if d.kind == "weekday"]
        if weekdays and found[0].weekday() != weekdays[0].value and not day.value[0]:
            matching = [d for d in found if d.weekday() == weekdays[0].value]
            return matching or [found[0], *self.weekday(weekdays[0], group, None, None, after)]
        offsets = [d for d in group.days if d.kind == "offset" and not self.falls_on(d, found[0])]
        if offsets and day.yearless:
            return [found[0], self.counted(offsets[0], group, after)]
        return found[:1] if day.swapped and not self.words.month_first else found

    def before(self, said: Date, last: date) -> date:
        """A date without a year: the latest that is not after the last day, which has one."""
        _, month, day = said
        years = [year for year in range(last.year - 8, last.year + 1) if exists(year, month, day)]
        return max((at for year in years if (at := date(year, month, day)) <= last), default=last)

    def dated(self, said: Date, after: date | None = None) -> date:
        """A date; without a year this year's, or next year's if that is more than half a year ago."""
        year, month, day = said
        for candidate in range(year or self.today.year, (year or self.today.year) + 9):
            if day > calendar.monthrange(candidate, month)[1]:
                continue
            at = date(candidate, month, day)
            late = at < after if after else (self.today - at).days > HALF_YEAR
            if year or not late:
                return at
        return self.today

    def month_day(self, number: int, start: date) -> date:
        for months in range(3):
            at = months_on(start.replace(day=1), months) + timedelta(days=number - 1)
            if at.day == number and at >= start:
                return at
        return start

    def numbered_week(self, number: int, group: Group) -> DayOrRange:
        year = self.today.isocalendar().year
        weeks = [date(y, 12, 28).isocalendar().week for y in (year, year + 1)]
        monday = date.fromisocalendar(year, min(number, weeks[0]), 1)
        if (self.today - monday).days > HALF_YEAR:
            monday = date.fromisocalendar(year + 1, min(number, weeks[1]), 1)
        for day in group.days:
            if day.kind == "weekday":
                return (monday + timedelta(days=day.value),) * 2
        return monday, monday + timedelta(days=6)
