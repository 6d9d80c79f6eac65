"""The week of arrival as people give it: weeks to tap, a day in words, and the day read back to them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.domain.words import Button, Phrase, Refusal, Say
from bot.understanding.dates import day_of, first_time

AHEAD = 6
"""How many weeks are offered as buttons."""
LONGEST_AGO = timedelta(days=366)
FARTHEST = 2 * LONGEST_AGO

Rows = list[list[Button]]


def weeks(today: date, press: str, *args: str | int) -> Rows:
    """The coming weeks as buttons, and "not known yet"."""
    monday = today + timedelta(days=7 - today.weekday())
    days = [monday + timedelta(weeks=i) for i in range(AHEAD)]
    row = [Button(Phrase("newgroup.week", day=day), press, (*args, day.isoformat())) for day in days]
    unknown = Button(Phrase("button.not_known"), press, (*args, "unknown"))
    return [*(row[i : i + 2] for i in range(0, AHEAD, 2)), [unknown]]


def tapped_day(word: str) -> date | None:
    """The Monday that a button of ``weeks`` carries; None for "not known yet"."""
    if word == "unknown":
        return None
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Refusal("button.old") from None


def arrival_in(words: str, now: datetime, language: str | None, rows: Rows) -> tuple[date, bool]:
    """The day of arrival, and whether it was said roughly (a week, the end of a month). Refusals, each
    with the weeks to tap: no day at all, longer than a year ago, or years away."""
    try:
        time = first_time(words, now, language)
    except Refusal:
        raise Refusal("arrival.impossible", buttons=rows) from None
    day = day_of(time) if time else None
    if time is None or day is None:
        raise Refusal("arrival.unclear", buttons=rows)
    if day < now.date() - LONGEST_AGO:
        raise Refusal("arrival.long_past", day=day, year=str(day.year), buttons=rows)
    if day > now.date() + FARTHEST:
        raise Refusal("arrival.far", day=day, year=str(day.year), buttons=rows)
    return day, time.last is not None and time.last != day


def read_back(room: int, day: date, today: date, *, roughly: bool) -> Say:
    """The day as it was understood, with its year: a slip is seen at once, and put right by the button."""
    key = "arrival.was" if day < today else "arrival.roughly" if roughly else "arrival.noted"
    button = Button(Phrase("button.change_arrival"), "arrival", (room,))
    return Say(key, day=day, year=str(day.year), buttons=[[button]])
