"""Dates, reminders and quiet hours: plain values and Hypothesis."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import LegalTerm, Text
from bot.domain import calendar
from bot.domain.consent import asks_again_on, yes_on
from bot.domain.plan import phase_of, spans, suits_household, week_of
from bot.domain.reminders import (
    OVERDUE,
    UNRAISED,
    Look,
    begins_anew,
    look,
    may_nudge,
    overview_due,
    term_is_raised,
    to_decide,
)
from bot.store.tables import Task
from tests.domain import CONTENT, MEMBERS, NOW, TODAY, ZONE, days, moments, spec, task

# dates


@pytest.mark.parametrize("plan", CONTENT.plans.values(), ids=CONTENT.plans)
@given(data=st.data(), arrival=days, begun_before=st.integers(-200, 200))
@settings(max_examples=60)
def test_the_dates_of_a_plan(plan: Any, data: st.DataObject, arrival: date, begun_before: int) -> None:
    """Nothing before what it needs, nothing in the past, and a term of law never moves."""
    begun = arrival - timedelta(days=begun_before)
    keys = data.draw(st.lists(st.sampled_from(sorted(plan.by_key)), max_size=5, unique=True))
    facts = {key: begun + timedelta(days=data.draw(st.integers(0, 300))) for key in keys}
    found = spans(plan.by_key, arrival, facts, begun)
    for key, span in found.items():
        entry = plan.by_key[key]
        assert span.start <= span.due, key
        if entry.legal:
            assert span.due == arrival + timedelta(days=entry.due)
            continue
        assert span.due >= begun - timedelta(days=30)
        for needed in entry.needs:
            ready = facts.get(needed) or (found[needed].due if needed in found else None)
            assert ready is None or span.due >= ready, (key, needed)


@pytest.mark.parametrize("plan", CONTENT.plans.values(), ids=CONTENT.plans)
@given(arrival=days)
@settings(max_examples=30)
def test_a_later_arrival_moves_everything_alike(plan: Any, arrival: date) -> None:
    long_before = arrival - timedelta(days=120)
    here = spans(plan.by_key, arrival, {}, long_before)
    later = spans(plan.by_key, arrival + timedelta(days=9), {}, long_before)
    assert all(later[key].due - here[key].due == timedelta(days=9) for key in here)
    assert here.keys() == later.keys() == plan.by_key.keys()


def test_without_an_arrival_only_what_hangs_on_facts_has_dates() -> None:
    specs = {"aa": spec("aa"), "bb": spec("bb", after="aa", start=3, due=10)}
    assert spans(specs, None, {}) == {}
    found = spans(specs, None, {"aa": TODAY})
    assert found["bb"].due == TODAY + timedelta(days=10)
    assert "aa" not in found


def test_what_waits_says_for_what() -> None:
    specs = {"bsn": spec("bsn"), "bank": spec("bank", needs=("bsn",))}
    late = TODAY + timedelta(days=60)
    found = spans(specs, TODAY, {"bsn": late}, TODAY)
    assert found["bank"].because == "bsn"
    assert found["bank"].due >= late


def test_phases_and_weeks() -> None:
    phases = CONTENT.plans["resettlement"].phases
    assert phase_of(phases, None, TODAY).key == "before"
    for day, key in (
        (-1, "before"),
        (0, "first-week"),
        (6, "first-week"),
        (7, "first-months"),
        (90, "first-months"),
        (91, "months-4-6"),
        (183, "months-7-12"),
        (5000, "months-7-12"),
    ):
        assert phase_of(phases, TODAY, TODAY + timedelta(days=day)).key == key
    assert [week_of(TODAY + timedelta(days=n), TODAY) for n in (-1, 0, 6, 7)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    "ages, suits", [(None, False), ([], False), ([3], False), ([4], True), ([17, 40], True)]
)
def test_tasks_for_children(ages: list[int] | None, suits: bool) -> None:
    assert suits_household(spec(children=(4, 17)), ages) is suits
    assert suits_household(spec(), ages)


# reminders


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.booleans()), max_size=8), st.integers(30, 90))
def test_each_step_of_asking_is_taken_once(made: list[tuple[int, bool, bool]], span: int) -> None:
    """Day by day for weeks: unclaimed, last call and overdue, each at most once, and in that order."""
    tasks = [
        task(n, due=TODAY + timedelta(days=due), quiet=quiet, holders=MEMBERS[:1] if taken else [])
        for n, (due, taken, quiet) in enumerate(made, 1)
    ]
    steps: dict[int, list[str]] = {}
    for day in range(span):
        found = look(
            tasks, today=TODAY + timedelta(days=day), arrival=TODAY, permit=None, waiting=frozenset()
        )
        for step, raised in (("unclaimed", 1), ("last_calls", 2), ("overdue", 3)):
            for raised_task in getattr(found, step):
                steps.setdefault(raised_task.number, []).append(step)
                raised_task.raised = raised
    for one in tasks:
        taken = steps.get(one.number, [])
        assert len(taken) == len(set(taken))
        assert taken == sorted(taken, key=["unclaimed", "last_calls", "overdue"].index)
        assert not (one.quiet and taken)
        assert ("overdue" in taken) <= bool(one.holders)
        assert not (one.holders and {"unclaimed", "last_calls"} & set(taken))


def test_what_waits_is_followed_or_planned_is_not_raised() -> None:
    soon = TODAY + timedelta(days=2)
    raised = task(1, due=soon)
    silent = [
        task(2, due=soon),
        task(3, due=soon, at=NOW, holders=MEMBERS[:1]),
        task(4, due=soon, company="alone"),
        task(5, due=soon, private=True),
        task(6, spec(responsible="municipality"), due=soon),
        task(7, due=soon, state="done"),
        task(8),
    ]
    found: Look[Task] = look(
        [raised, *silent], today=TODAY, arrival=TODAY, permit=None, waiting=frozenset({2})
    )
    assert found.last_calls == [raised]
    assert not found.unclaimed
    assert not found.overdue


def test_terms_are_raised_in_their_weeks_and_at_the_end() -> None:
    last = TODAY + timedelta(days=91)
    raised = [
        n for n in range(-10, 120) if term_is_raised(TODAY + timedelta(days=n), TODAY, last, (1, 4, 8, 11))
    ]
    assert raised == sorted({0, 21, 49, 70, 84, 88, 91})


def test_a_right_that_lapses_is_found_even_when_private_and_waiting() -> None:
    entry = spec(
        legal=LegalTerm(days=91, raise_weeks=(1,)),
        source="IND",
        checked=TODAY,
        private=True,
        neutral=Text(nl="Iets", en="Something"),
    )
    term = task(1, entry, due=TODAY, private=True)
    found = look([term], today=TODAY + timedelta(days=89), arrival=TODAY, permit=None, waiting=frozenset({1}))
    assert found.lapsing == [term]
    sooner = look(
        [term],
        today=TODAY + timedelta(days=59),
        arrival=TODAY,
        permit=TODAY - timedelta(days=30),
        waiting=frozenset(),
    )
    assert sooner.lapsing == [term]


@given(last=days, today=days, arrival=st.none() | days)
def test_the_budget(last: date, today: date, arrival: date | None) -> None:
    assert may_nudge(None, today=today, arrival=arrival)
    late = arrival is not None and (today - arrival).days > 91
    week, last_week = today.isocalendar()[:2], last.isocalendar()[:2]
    assert may_nudge(last, today=today, arrival=arrival) == (week > last_week if late else today > last)


def test_overviews() -> None:
    monday = date(2026, 11, 23)
    seen = [
        overview_due(today=monday + timedelta(days=n), phase="a", last_phase=p)
        for n, p in ((0, "a"), (1, "a"), (1, "b"), (0, None))
    ]
    assert seen == ["week", "", "phase", "phase"]


# quiet hours


@given(moments)
def test_what_is_moved_out_of_quiet_hours_is_spoken_in_the_day(moment: datetime) -> None:
    """Also in the nights in which the clock changes."""
    moved = calendar.out_of_quiet(moment, ZONE)
    there = moved.astimezone(ZONE)
    assert calendar.QUIET_UNTIL <= there.time() < calendar.QUIET_FROM
    assert moved <= moment
    assert moment - moved < timedelta(hours=13, minutes=30)
    assert calendar.out_of_quiet(moved, ZONE) == moved


@given(moments)
def test_reminders_of_an_appointment(at: datetime) -> None:
    found = calendar.appointment_moments(at, ZONE)
    assert "eve" in found
    for moment in found.values():
        assert moment < at
        assert calendar.QUIET_UNTIL <= moment.astimezone(ZONE).time() < calendar.QUIET_FROM
    day = at.astimezone(ZONE).date()
    assert found["eve"].astimezone(ZONE).date() == day - timedelta(days=1)
    if "soon" in found:
        assert at - found["soon"] >= timedelta(hours=2)
        assert found["soon"].astimezone(ZONE).date() == day


@pytest.mark.parametrize(
    "at, eve, soon",
    [
        ("2027-03-28T12:00+02:00", "2027-03-27T19:00+01:00", "2027-03-28T10:00+02:00"),
        ("2026-10-25T11:00+01:00", "2026-10-24T19:00+02:00", "2026-10-25T09:00+01:00"),
        ("2026-11-26T09:00+01:00", "2026-11-25T20:30+01:00", None),
        ("2026-11-26T10:00+01:00", "2026-11-25T19:00+01:00", "2026-11-26T08:00+01:00"),
    ],
)
def test_clock_changes_and_early_hours(at: str, eve: str, soon: str | None) -> None:
    found = calendar.appointment_moments(datetime.fromisoformat(at), ZONE)
    wanted = {"eve": datetime.fromisoformat(eve)} | ({"soon": datetime.fromisoformat(soon)} if soon else {})
    assert found == wanted


def test_days_of_rest() -> None:
    rest = [
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2026, 11, 29),
    ]
    assert all(calendar.day_of_rest(day) for day in rest)
    assert not any(calendar.day_of_rest(day) for day in (TODAY, date(2026, 12, 24), date(2026, 12, 5)))


@given(moment=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(ZONE)))  # noqa: DTZ001  # hypothesis wants bounds without a zone
def test_nobody_is_spoken_to_in_the_night_or_on_a_day_of_rest(moment: datetime) -> None:
    then = calendar.when_to_speak(moment, ZONE).astimezone(ZONE)
    assert then >= moment
    assert not calendar.quiet(then, ZONE)
    assert not calendar.day_of_rest(then.date())
    assert then - moment < timedelta(days=5)
    assert calendar.when_to_speak(then, ZONE) == then


@given(today=days, arrival=st.none() | days)
def test_which_yes(today: date, arrival: date | None) -> None:
    assert yes_on(today, arrival) == ("yes" if arrival and today >= arrival else "yes_before")
    assert asks_again_on(today) > today


# what the daily look finds


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
    for step, n, anew in ((OVERDUE, 0, True), (OVERDUE, -1, False), (2, 8, True), (2, 7, False)):
        assert begins_anew(task(due=TODAY + timedelta(days=n), raised=step), TODAY, ZONE) == anew
    assert UNRAISED == 0


def test_the_weeks_overview_comes_once_and_not_on_a_day_of_rest() -> None:
    def due(day: date, looked_on: date | None) -> str:
        return overview_due(today=day, phase="a", last_phase="a", looked_on=looked_on)

    easter = date(2027, 3, 29)
    assert not due(easter, easter - timedelta(days=1))
    assert due(easter + timedelta(days=1), easter) == "week"
    assert due(easter + timedelta(days=3), easter - timedelta(days=2)) == "week"
    assert not due(easter + timedelta(days=2), easter + timedelta(days=1))


def test_the_newcomer_is_not_asked_of_what_others_do_or_what_is_past() -> None:
    begun, soon = TODAY - timedelta(days=2), TODAY + timedelta(days=2)
    assert to_decide(task(1, spec(), start=begun, due=soon), TODAY)
    assert to_decide(task(1, spec(), start=begun, due=TODAY), TODAY)
    assert not to_decide(task(1, spec(), start=begun, due=TODAY - timedelta(days=1)), TODAY)
    assert not to_decide(task(1, spec(responsible="municipality"), start=begun, due=soon), TODAY)
