"""A whole year: the budget of unasked words, days of rest, terms of law, phases, and nothing that fails."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from bot.domain.calendar import dutch_holidays, first_working_day
from bot.domain.words import Phrase
from tests.story import ARRIVAL, Welcome
from tests.world import AMSTERDAM

pytestmark = pytest.mark.xdist_group("year")
UNASKED = ("day.open", "day.week", "day.phase")
"""What the group hears without having asked; dates that move, appointments and answers do not count."""


def said_on(world: Welcome, where: object) -> list[tuple[datetime, str]]:
    """What the bot said there and when, oldest first."""
    chat = world._chat(where)
    return [(datetime.fromtimestamp(m["date"], AMSTERDAM), world._text(m)) for m in world._own(chat)]


def unasked(world: Welcome, where: object, keys: tuple[str, ...]) -> list[date]:
    """The days of messages that begin with one of these phrases."""
    said = [(when, text.splitlines()[:1]) for when, text in said_on(world, where)]
    return [when.date() for when, first in said if any(world.told(first, key) for key in keys)]


@pytest.fixture
async def year(world: Welcome) -> Welcome:
    """366 days with a group in which nobody does much: the worst case for a bot that must be quiet."""
    await world.begun(("year",), lambda: a_year(world))
    return world


async def a_year(world: Welcome) -> None:
    await world._newcomer("en", "1 december 2026")
    anna, yusuf = world.people["Anna"], world.people["Yusuf"]
    await world.says(anna, "/claim vog", group=True)
    await world.says(anna, f"/claim {world.number('daytime')}", group=True)
    await world.plans(yusuf, "each-others-feasts", "25-12-2026 14:00")
    for month in range(12):
        await world.wait(days=30)
        await world.says(anna, f"/done {world.number('weekly-meeting')}", group=True)
        await world.says(anna, "/task elke dinsdag iets", group=True) if month == 1 else None
    await world.wait(days=6)


@pytest.mark.slow
async def test_a_year_passes_and_nothing_fails(year: Welcome) -> None:
    assert not year.faults()
    assert year.today > ARRIVAL + timedelta(days=350)
    assert len(said_on(year, year.group)) < 200


@pytest.mark.slow
async def test_the_group_hears_one_unasked_message_a_day_and_later_one_a_week(year: Welcome) -> None:
    days = unasked(year, year.group, UNASKED)
    assert days
    assert max(Counter(days).values()) == 1
    late = [day for day in days if day - ARRIVAL > timedelta(days=91)]
    assert max(Counter(day.isocalendar()[:2] for day in late).values()) == 1
    assert len(late) > 10


@pytest.mark.slow
async def test_every_week_has_its_overview_on_its_first_working_day(year: Welcome) -> None:
    heard = unasked(year, year.group, ("day.week", "day.phase"))
    monday = ARRIVAL - timedelta(days=ARRIVAL.weekday())
    for week in range(1, 50):
        assert first_working_day(monday + timedelta(weeks=week)) in heard


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Yusuf", "Anna", "Bram"])
async def test_so_does_each_person(year: Welcome, name: str) -> None:
    days = unasked(year, year.people[name], ("decide.question", "remind.overdue"))
    assert max(Counter(days).values(), default=0) <= 1
    late = [day for day in days if day - ARRIVAL > timedelta(days=91)]
    assert max(Counter(day.isocalendar()[:2] for day in late).values(), default=0) <= 1


@pytest.mark.slow
async def test_nobody_is_nudged_on_a_sunday_or_holiday(year: Welcome) -> None:
    for who in (year.group, *year.people.values()):
        for day in unasked(year, who, (*UNASKED, "decide.question", "remind.overdue")):
            assert day.weekday() != 6
            assert day not in dutch_holidays(day.year)


@pytest.mark.slow
async def test_an_appointment_on_christmas_day_is_still_reminded_of(year: Welcome) -> None:
    christmas = date(2026, 12, 25)
    told = [when for when, text in said_on(year, year.people["Yusuf"]) if year.told([text], "remind.soon")]
    assert datetime(2026, 12, 25, 12, 0, tzinfo=AMSTERDAM) in told
    assert christmas in dutch_holidays(2026)


@pytest.mark.slow
async def test_each_phase_gets_one_overview(year: Welcome) -> None:
    overviews = [text for _, text in said_on(year, year.group) if year.told([text], "day.phase")]
    titles = [phase.title.nl for phase in year.content.plans["resettlement"].phases]
    for title in titles:
        assert sum(title in text for text in overviews) == 1, title


@pytest.mark.slow
async def test_the_term_of_law_is_the_newcomers_alone(year: Welcome) -> None:
    """In weeks 1, 4, 8 and 11, a week and three days before, and on the last day; never to anybody else."""
    term = year.title("nareis")
    coming = [
        when.date()
        for when, text in said_on(year, year.people["Yusuf"])
        if year.told([text], "term.coming", task=term)
    ]
    last = date(2027, 2, 28)
    weeks = [ARRIVAL + timedelta(weeks=week - 1) for week in (1, 4, 8, 11)]
    assert coming == sorted({*weeks, *(last - timedelta(days=days) for days in (7, 3, 0))})
    for who in (year.group, *(year.people[name] for name in ("Anna", "Bram", "Dina", "Emre", "Carla"))):
        for _, text in said_on(year, who):
            assert not any(title in text for title in (term.texts["nl"], term.texts["en"]))


async def test_the_coordinator_hears_of_a_term_on_the_newcomers_tap(agreed: Welcome) -> None:
    carla, yusuf = agreed.people["Carla"], agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL, "12:00"))
    assert agreed.told(agreed.words(yusuf), "term.coming", task=agreed.title("nareis"))
    agreed.mark(carla)
    agreed.mark(agreed.group)
    await agreed.taps(yusuf, "button.tell_contact")
    assert agreed.told(carla, "term.please_help", name="Yusuf", task=agreed.title("nareis"))
    assert not agreed.heard(agreed.group)


async def test_the_permits_date_moves_the_last_day(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL, "12:00"))
    await agreed.taps(yusuf, "button.permit_date")
    assert agreed.told(await agreed.says(yusuf, "1 januari 2027"), "term.not_yet")
    await agreed.says(yusuf, "1 november 2026")
    agreed.mark(yusuf)
    await agreed.wait(days=22)
    assert agreed.told(yusuf, "term.coming", last=Phrase("term.day", day=date(2027, 1, 31), year=2027))


async def test_a_term_that_is_done_or_not_theirs_is_silent(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL, "12:00"))
    await agreed.taps(yusuf, "button.not_for_me")
    agreed.mark(yusuf)
    await agreed.wait(days=30)
    assert not agreed.told(yusuf, "term.coming")


async def test_a_term_nobody_can_be_told_of_reaches_the_coordinator_without_its_name(group: Welcome) -> None:
    """The newcomer is not on Telegram: in the last days the coordinator hears that a term runs, not which."""
    carla = group.people["Carla"]
    await group.says(carla, "/start")
    await group.presses(carla, "Yusuf")
    await group.taps(carla, "button.on_paper")
    await group.taps(carla, "button.paper_yes")
    group.mark(carla)
    await group.wait(days=100)
    told = [text for text in group.heard(carla) if group.told([text], "term.in_person", name="Yusuf")]
    assert len(told) == 1
    assert group.title("nareis").texts["nl"] not in told[0]


async def test_the_coordinator_writes_the_permits_date_down_for_who_has_no_telegram(group: Welcome) -> None:
    """The newcomer says it; the coordinator reads the date back, and no term by its name."""
    carla = group.people["Carla"]
    await group.says(carla, "/start")
    await group.presses(carla, "Yusuf")
    await group.taps(carla, "button.on_paper")
    await group.taps(carla, "button.paper_yes")
    await group.presses(carla, "Yusuf")
    before = group.task("nareis")["due"]
    await group.taps(carla, "button.permit_date")
    assert group.told(carla, "term.ask_permit_of", name="Yusuf")
    said = await group.says(carla, "3 oktober 2026")
    assert group.told(said, "term.noted")
    assert group.title("nareis").texts["nl"] not in said[0]
    assert group.room_row()["permit"] == "2026-10-03"
    assert group.task("nareis")["due"] < before
    await group.taps(carla, "button.permit_change")
    assert group.told(await group.says(carla, "3 oktober 2027"), "term.not_yet")


async def test_whose_newcomer_has_telegram_writes_no_permit_down(agreed: Welcome) -> None:
    carla, yusuf = agreed.people["Carla"], agreed.rows("select id from member where role = 'newcomer'")
    data = agreed.app.reader.seal.close("ppermit", (1, 0, yusuf[0]["id"]), carla.id)
    toast = await agreed.telegram.forge(carla, None, agreed.telegram.history(carla)[-1], data)
    await agreed.settle()
    assert toast.text == agreed.phrase("button.old")
