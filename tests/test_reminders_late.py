"""What comes by itself after a failure, a night or days without the bot: once, and at a decent hour."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.store.tables import Invite, Meta, Person, Question
from handlers import reminders
from tests.story import ARRIVAL, Welcome
from tests.test_reminders import THURSDAY, appointment, count, listen


def looks_waiting(world: Welcome) -> list[datetime]:
    waiting = world.rows("select due from pending where subject = 'room:day' and state = 'waiting'")
    return [datetime.fromisoformat(row["due"]).replace(tzinfo=UTC) for row in waiting]


async def down_until(world: Welcome, moment: datetime) -> None:
    """The bot is down from now on, and begins again at that moment."""
    await world.app.stop()
    world.clock.set(moment)
    world.app = world._app()
    await world.start()
    await world.settle()


# what failed or was lost


async def test_a_failing_look_is_tried_again_later_and_comes_again_the_next_day(
    group: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[datetime] = []

    def fails(*_: Any, **__: Any) -> Any:
        tried.append(group.clock.now())
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(reminders, "look", fails)
    nine = group.at(date(2026, 11, 25), "09:00")
    await group.until(nine)
    assert len(tried) == 1
    await group.until(nine + timedelta(minutes=30))
    assert len(tried) == 3
    assert [after - before for before, after in itertools.pairwise(tried)] == [
        timedelta(minutes=1),
        timedelta(minutes=2),
    ]
    assert looks_waiting(group) == [group.at(date(2026, 11, 26), "09:00")]
    group.rows("update pending set state = 'done' where state = 'aside'")
    monkeypatch.undo()
    group.mark(group.group)
    await group.wait(days=1)
    assert group.heard(group.group)


async def test_a_lost_look_is_written_down_at_the_start(group: Welcome) -> None:
    group.rows("delete from pending where subject = 'room:day'")
    assert not looks_waiting(group)
    await group.restart()
    assert looks_waiting(group) == [group.at(date(2026, 11, 25), "09:00")]


async def test_the_sweep_comes_once_a_day_at_any_hour(group: Welcome) -> None:
    app = group.app
    with app.store.begin() as session:
        person = session.exec(select(Person).limit(1)).one()
        old, now = group.clock.now() - timedelta(days=31), group.clock.now()
        session.add_all(
            [
                Question(person_id=person.id or 0, topic="old", asked=old),
                Question(person_id=person.id or 0, topic="new", asked=now),
                Invite(code_hash="old", kind="coordinator", expires=old),
                Invite(code_hash="new", kind="coordinator", expires=now + timedelta(days=40)),
            ]
        )
        session.merge(Meta(name="last_sweep", value="2026-11-23"))
    app._note_tick(group.at(date(2026, 11, 24), "17:13") + timedelta(seconds=7))
    assert not group.rows("select * from question where topic = 'old'")
    assert group.rows("select * from question where topic = 'new'")
    assert not group.rows("select * from invite where code_hash = 'old'")
    assert group.rows("select * from invite where code_hash = 'new'")
    assert group.rows("select value from meta where name = 'last_sweep'")[0]["value"] == "2026-11-24"


# late, and at night


async def test_on_the_day_itself_nobody_reads_tomorrow(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    listen(group)
    await down_until(group, group.at(THURSDAY, "12:30"))
    assert not count(group, anna, "remind.eve")
    assert not count(group, anna, "remind.today")
    assert count(group, anna, "remind.soon") == 1


@pytest.mark.parametrize("hour", ["07:00", "08:00", "09:00"])
async def test_a_reminder_does_not_wait_for_a_morning_that_is_too_late(group: Welcome, hour: str) -> None:
    """A disturbed evening is better than an appointment that nobody was reminded of."""
    anna, eve = group.people["Anna"], THURSDAY - timedelta(days=1)
    await appointment(group, "Anna", "vog", THURSDAY, hour)
    listen(group)
    await group.until(group.at(eve, "20:00"))
    await down_until(group, group.at(eve, "21:30"))
    assert count(group, anna, "remind.eve", at=group.at(THURSDAY, hour)) == 1
    assert group.told(anna, "remind.late")
    await group.until(group.at(THURSDAY, "12:00"))
    assert len(group.heard(anna)) == 1


async def test_a_reminder_that_was_missed_waits_for_the_morning(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    listen(group)
    await down_until(group, group.at(THURSDAY, "03:00"))
    await group.until(group.at(THURSDAY, "07:59"))
    for where in (group.group, *group.people.values()):
        assert not group.heard(where)
    await group.until(group.at(THURSDAY, "08:00"))
    assert count(group, anna, "remind.today") == 1
    assert group.told(anna, "remind.late")


@pytest.mark.parametrize("hour", ["03:00", "08:20"])
async def test_a_look_that_was_missed_waits_for_its_hour(group: Welcome, hour: str) -> None:
    listen(group)
    await down_until(group, group.at(date(2026, 11, 27), hour))
    for where in (group.group, *group.people.values()):
        assert not group.heard(where)
    assert looks_waiting(group) == [group.at(date(2026, 11, 27), "09:00")]


# days that were missed


async def test_what_was_missed_comes_once_and_marked_late(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    listen(group)
    await down_until(group, group.at(THURSDAY, "09:00"))
    assert count(group, anna, "remind.today") == 1
    assert group.told(anna, "remind.late")
    await group.until(group.at(THURSDAY, "13:00"))
    assert count(group, anna, "remind.today") == 1
    assert not count(group, anna, "remind.eve")
    assert count(group, anna, "remind.soon") == 1


async def test_what_no_longer_matters_does_not_come(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    listen(group)
    await down_until(group, group.at(THURSDAY + timedelta(days=2), "12:00"))
    assert not count(group, anna, "remind.eve")
    assert not count(group, anna, "remind.soon")


async def test_days_missed_are_not_made_up_for(group: Welcome) -> None:
    """A week without the bot: one daily look, not seven; and the next one comes on its day."""
    listen(group)
    await down_until(group, group.at(date(2026, 12, 3), "12:00"))
    raised = [text for text in group.heard(group.group) if not group.told([text], "moved.title")]
    assert len(raised) <= 1
    looks = group.rows("select due from pending where subject = 'room:day' and state = 'waiting'")
    assert len(looks) == 1


async def test_a_term_is_told_though_its_day_was_missed(agreed: Welcome) -> None:
    yusuf, week_four = agreed.people["Yusuf"], ARRIVAL + timedelta(days=21)
    await agreed.until(agreed.at(week_four - timedelta(days=1), "12:00"))
    agreed.mark(yusuf)
    await down_until(agreed, agreed.at(week_four + timedelta(days=1), "12:00"))
    told = [t for t in agreed.heard(yusuf) if agreed.told([t], "term.coming", task=agreed.title("nareis"))]
    assert len(told) == 1
    assert agreed.told(told, "remind.late")
    agreed.mark(yusuf)
    await agreed.wait(days=2)
    assert not count(agreed, yusuf, "term.coming")
