"""A day, a plan's task and a group's members: the plain values with which the tests of the domain begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from bot.content import PlanTask, Text, load_content
from bot.store.tables import Member, Task

ZONE = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
CONTENT = load_content()
MEMBERS = [
    Member(id=n, room_id=1, role=role, called=role + str(n), joined=NOW)
    for n, role in enumerate(("sponsor", "sponsor", "sponsor", "newcomer"), 1)
]
days = st.integers(-400, 800).map(lambda n: date(2026, 12, 1) + timedelta(days=n))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda m: m.replace(tzinfo=UTC))  # noqa: DTZ001  # hypothesis wants bounds without a zone


def spec(key: str = "xx", **given: Any) -> PlanTask:
    text = Text(nl="iets", en="something")
    return PlanTask(
        **{
            "key": key,
            "area": "work",
            "title": text,
            "why": text,
            "start": 0,
            "due": 7,
            "responsible": "group",
            "minutes": 30,
            **given,
        }
    )


def task(number: int = 1, entry: PlanTask | None = None, **given: Any) -> Task:
    made = Task(id=number, room_id=1, number=number, area="work", words="iets", **given)
    made.bind(entry)
    return made
