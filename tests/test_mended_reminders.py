"""What once went wrong with what comes by itself: failures, nights, missed days, and being told the truth."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from bot.domain.reminders import OVERDUE, UNRAISED, begins_anew, look, overview_due, to_decide
from bot.store.tables import Invite, Meta, Person, Question
from handlers import reminders
from tests.story import ARRIVAL, Welcome
from tests.test_domain_dates import MEMBERS, NOW, TODAY, ZONE, spec, task
from tests.test_reminders import THURSDAY, appointment, count, listen, overdue, own_task

BROKEN = RuntimeError("broken on purpose")


def broken(*_: Any, **__: Any) -> Any:
    raise BROKEN


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


# failures


async def test_a_failing_look_is_tried_again_later_and_comes_again_the_next_day(
    group: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[datetime] = []

    def fails(*_: Any, **__: Any) -> Any:
        tried.append(group.clock.now())
        raise BROKEN

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


async def test_one_bad_update_stops_nothing(group: Welcome, caplog: pytest.LogCaptureFixture) -> None:
    app, chat = group.app, {"id": 4711, "type": "private"}
    sender = {"id": 4711, "is_bot": False, "first_name": "Zed"}
    good = {"message_id": 1, "date": 0, "chat": chat, "from": sender, "text": "/help"}
    app.intake.write_down(
        [
            {"update_id": 900_001, "message": good},
            {"update_id": 900_002, "message": {**good, "chat": {"type": "private"}}},
            {"update_id": 900_003, "message": {**good, "chat": {"id": 2**70, "type": "private"}}},
            {"update_id": 900_004, "message": good},
        ]
    )
    await group.settle()
    kept = group.rows("select update_id from pending where update_id between 900001 and 900004 order by 1")
    assert [row["update_id"] for row in kept] == [900_001, 900_004]
    assert "900002" in caplog.text
    assert "900003" in caplog.text


async def test_the_loops_outlive_what_nobody_thought_of(
    group: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, anna = group.app, group.people["Anna"]
    for where, name in ((app.outbox.pace, "free"), (app.line, "take"), (app.desk, "_pick")):
        kept, fails = getattr(where, name), iter([True])

        def once(*given: Any, kept: Any = kept, fails: Any = fails, **more: Any) -> Any:
            if next(fails, False):
                raise BROKEN
            return kept(*given, **more)

        monkeypatch.setattr(where, name, once)
    assert group.told(await group.says(anna, "/settings"), "settings.title")


async def test_what_cannot_be_settled_holds_up_no_other(
    group: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, anna = group.app.outbox, group.people["Anna"]
    settle = outbox._settle

    def picky(session: Session, row: Any, outcome: Any) -> Any:
        return broken() if row.slot == "settings" else settle(session, row, outcome)

    monkeypatch.setattr(outbox, "_settle", picky)
    await group.says(anna, "/settings")
    assert [row["fault"] for row in group.rows("select * from outgoing where state = 'aside'")] == [
        "unsettled"
    ]
    assert await group.says(anna, "/mine")
    group.rows("update outgoing set state = 'sent' where state = 'aside'")


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


async def test_a_reminder_that_was_missed_waits_for_the_morning(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    await appointment(group, "Bram", "daytime", THURSDAY, "07:00")
    listen(group)
    await down_until(group, group.at(THURSDAY, "03:00"))
    await group.until(group.at(THURSDAY, "07:59"))
    for where in (group.group, *group.people.values()):
        assert not group.heard(where)
    await group.until(group.at(THURSDAY, "08:00"))
    assert count(group, anna, "remind.today") == 1
    assert group.told(anna, "remind.late")
    assert not group.heard(group.people["Bram"])


@pytest.mark.parametrize("hour", ["03:00", "08:20"])
async def test_a_look_that_was_missed_waits_for_its_hour(group: Welcome, hour: str) -> None:
    listen(group)
    await down_until(group, group.at(date(2026, 11, 27), hour))
    for where in (group.group, *group.people.values()):
        assert not group.heard(where)
    assert looks_waiting(group) == [group.at(date(2026, 11, 27), "09:00")]


async def test_the_board_is_of_today(group: Welcome) -> None:
    """On a Sunday, when nothing is raised and nothing changes, a task that is late now is late there too."""
    saturday = date(2026, 11, 28)
    await own_task(group, (saturday - group.today).days)
    await group.until(group.at(saturday, "12:00"))
    in_time = group.phrase("state.free_due", due=saturday)
    assert in_time in group.board
    await group.until(group.at(saturday + timedelta(days=1), "09:00"))
    assert in_time not in group.board


async def test_an_appointment_that_is_past_is_asked_after(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    listen(group)
    await group.until(group.at(THURSDAY + timedelta(days=1), "09:00"))
    assert group.told(anna, "remind.how_was_it", at=group.at(THURSDAY, "14:00"))
    await group.taps(anna, "button.move")
    wanted = group.today + timedelta(days=3)
    await group.taps(anna, "same", it=wanted)
    assert (group.task("vog")["at"], group.task("vog")["due"]) == (None, wanted)
    group.mark(anna)
    await group.until(group.at(wanted, "12:00"))
    assert not group.told(anna, "remind.overdue")
    await group.until(group.at(wanted + timedelta(days=2), "12:00"))
    assert count(group, anna, "remind.overdue") == 1


def raised(*tasks: Any, today: date = TODAY, **given: Any) -> Any:
    return look(tasks, today=today, arrival=TODAY, permit=None, waiting=frozenset({9}), zone=ZONE, **given)


def test_an_appointments_day_counts_not_the_tasks() -> None:
    yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(days=1)
    anna = MEMBERS[:1]
    past = task(1, at=yesterday, due=TODAY + timedelta(days=5), holders=anna)
    coming = task(2, at=tomorrow, due=TODAY - timedelta(days=5), holders=anna)
    nobodys = task(3, at=tomorrow)
    in_a_week = task(4, at=NOW + timedelta(days=7))
    organisation = task(5, spec(responsible="municipality"), at=yesterday, holders=anna)
    held_up = task(9, at=yesterday, holders=anna)
    found = raised(past, coming, nobodys, in_a_week, organisation, held_up)
    assert found.overdue == [past, organisation, held_up]
    assert found.last_calls == [nobodys]
    assert found.unclaimed == [in_a_week]


def test_another_day_begins_the_asking_anew() -> None:
    for step, days, anew in ((OVERDUE, 0, True), (OVERDUE, -1, False), (2, 8, True), (2, 7, False)):
        assert begins_anew(task(due=TODAY + timedelta(days=days), raised=step), TODAY, ZONE) == anew
    assert UNRAISED == 0


# days that were missed


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


def test_the_weeks_overview_comes_once_and_not_on_a_day_of_rest() -> None:
    def due(day: date, looked_on: date | None) -> str:
        return overview_due(today=day, phase="a", last_phase="a", looked_on=looked_on)

    easter = date(2027, 3, 29)
    assert not due(easter, easter - timedelta(days=1))
    assert due(easter + timedelta(days=1), easter) == "week"
    assert due(easter + timedelta(days=3), easter - timedelta(days=2)) == "week"
    assert not due(easter + timedelta(days=2), easter + timedelta(days=1))


async def test_a_proposal_whose_moment_is_past_is_gone(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    await agreed.says(anna, f"/claim {agreed.number('phone-and-mail')}", group=True)
    await agreed.plans(anna, "phone-and-mail", f"{THURSDAY:%d-%m-%Y} 14:00")
    assert agreed.task("phone-and-mail")["proposed"]
    await agreed.until(agreed.at(THURSDAY, "20:00"))
    assert agreed.task("phone-and-mail")["proposed"]
    await agreed.until(agreed.at(THURSDAY + timedelta(days=1), "09:00"))
    assert not agreed.task("phone-and-mail")["proposed"]
    assert not agreed.task("phone-and-mail")["proposed_by"]


# who is asked what


def test_the_newcomer_is_not_asked_of_what_others_do_or_what_is_past() -> None:
    begun, soon = TODAY - timedelta(days=2), TODAY + timedelta(days=2)
    assert to_decide(task(1, spec(), start=begun, due=soon), TODAY)
    assert to_decide(task(1, spec(), start=begun, due=TODAY), TODAY)
    assert not to_decide(task(1, spec(), start=begun, due=TODAY - timedelta(days=1)), TODAY)
    assert not to_decide(task(1, spec(responsible="municipality"), start=begun, due=soon), TODAY)


async def test_a_term_of_somebody_who_did_not_agree_is_told_to_nobody(group: Welcome) -> None:
    carla = group.people["Carla"]
    group.mark(carla)
    await group.until(group.at(ARRIVAL + timedelta(days=92), "12:00"))
    assert not group.told(carla, "term.in_person")


@pytest.mark.parametrize("words", ["nee", "No.", "لا"])
async def test_a_no_in_private_stops_the_asking(group: Welcome, words: str) -> None:
    anna = group.people["Anna"]
    await overdue(group)
    assert not group.task("sleutels ophalen")["quiet"]
    assert group.told(await group.says(anna, words), "asking.stopped")
    assert group.task("sleutels ophalen")["quiet"]
    assert group.told(await group.says(anna, words), "private.hint")


async def test_a_no_days_later_means_nothing(group: Welcome) -> None:
    await overdue(group)
    await group.wait(days=4)
    assert group.told(await group.says(group.people["Anna"], "nee"), "private.hint")
    assert not group.task("sleutels ophalen")["quiet"]


async def test_the_settings_promise_what_there_is(group: Welcome) -> None:
    """Nobody hears in private what is still free, so no choice may say so."""
    words = {language: group.phrase("settings.all", language) for language in group.languages("settings.all")}
    assert len(words) == 8
    for language, telling in words.items():
        assert len(telling) <= 60, language
    assert "vrij" not in words["nl"]
    assert "free" not in words["en"]
