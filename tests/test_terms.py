"""A right that lapses: the last day is never too late, says what it rests on, and counts from a date that
stands on paper and can be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import LegalTerm, PlanTask, load_content
from bot.domain.plan import months_on, spans
from bot.domain.reminders import term_ends
from bot.domain.words import LANGUAGES, Phrase, Refusal
from bot.texts import FSI, PDI, Texts
from bot.understanding.exact import exact_day
from tests.story import ARRIVAL, Welcome

CONTENT = load_content()
LEGAL = [task for plan in CONTENT.plans.values() for task in plan.tasks if task.legal]
THREE_MONTHS = LegalTerm(months=3, raise_weeks=(1,))
NOW = datetime(2026, 11, 22, 16, tzinfo=ZoneInfo("Europe/Amsterdam"))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def on(year: int, month: int, day: int) -> Phrase:
    """A day as a term's words give it, with its year."""
    return Phrase("term.day", day=date(year, month, day), year=year)


# the last day


@given(days, st.integers(1, 24))
def test_months_are_those_of_the_calendar(day: date, months: int) -> None:
    found = months_on(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


@given(days)
def test_a_term_of_three_months_never_ends_later_than_they_do(begins: date) -> None:
    last = term_ends(begins, THREE_MONTHS)
    assert last < months_on(begins, 3)
    assert last - begins >= timedelta(days=87)


@pytest.mark.parametrize(
    "begins, last",
    [
        (date(2026, 11, 30), date(2027, 2, 27)),
        (date(2026, 12, 1), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 28)),
        (date(2027, 5, 31), date(2027, 8, 30)),
    ],
)
def test_the_last_day(begins: date, last: date) -> None:
    assert term_ends(begins, THREE_MONTHS) == last


def test_a_term_is_counted_in_one_measure() -> None:
    for given_as in ({}, {"days": 91, "months": 3}):
        with pytest.raises(ValueError, match="in days or in months"):
            LegalTerm(raise_weeks=(1,), **given_as)


def test_family_reunification_is_three_months() -> None:
    assert [(task.key, task.legal and task.legal.months) for task in LEGAL] == [("nareis", 3)]


@pytest.mark.parametrize("task", LEGAL, ids=lambda task: task.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_term_asks_is_in_every_language(task: PlanTask, language: str) -> None:
    """The key sentence of the warning, in the reader's own language."""
    texts = Texts(critical=(), zone=NOW.tzinfo)
    note = f"plan.{task.key}.note"
    assert language in ("nl", "en") or texts.has(note, language)


# the warning


async def test_the_warning_says_what_the_day_rests_on(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL, "12:00"))
    said = [text for text in agreed.words(yusuf) if agreed.told([text], "term.coming", last=on(2027, 2, 28))]
    assert len(said) == 1
    assert agreed.told(said, "term.from_arrival")
    assert "2027" in said[0]
    source = said[0].splitlines()[-1]
    assert source == agreed.phrase("term.source", "en", source="ind.nl", checked=on(2026, 11, 22))
    await agreed.taps(yusuf, "button.permit_date")
    await agreed.says(yusuf, "15 November 2026")
    agreed.mark(yusuf)
    await agreed.until(agreed.at(ARRIVAL + timedelta(weeks=3), "12:00"))
    assert agreed.told(yusuf, "term.coming", last=on(2027, 2, 14))
    assert agreed.told(yusuf, "term.from_permit", day=on(2026, 11, 15))
    assert not agreed.told(yusuf, "term.from_arrival")
    assert agreed.has_button(yusuf, "button.permit_change")


async def test_an_arab_reader_reads_it_all_in_arabic(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.agrees(yusuf, "ar")
    await group.until(group.at(ARRIVAL, "12:00"))
    said = next(text for text in group.words(yusuf) if group.told([text], "term.coming"))
    for phrase in ("term.from_arrival", "plan.nareis.note"):
        assert group.phrase(phrase, "ar") in said
    assert "officielebekendmakingen" not in said
    source = Phrase("term.source", source="ind.nl", checked=on(2026, 11, 22))
    assert said.splitlines()[-1] == group.phrase("term.source", "ar", **source.args)
    html = group.app.texts.html(source, "ar")
    assert f"{FSI}ind.nl{PDI}" in html
    assert html.count(FSI) == html.count(PDI)


async def test_a_term_of_somebody_who_did_not_agree_is_told_to_nobody(group: Welcome) -> None:
    carla = group.people["Carla"]
    group.mark(carla)
    await group.until(group.at(ARRIVAL + timedelta(days=92), "12:00"))
    assert not group.told(carla, "term.in_person")


# the date on the decision


@pytest.mark.parametrize(
    "words, language, day",
    [
        ("3 november 2026", "nl", date(2026, 11, 3)),
        ("3 november", "nl", date(2026, 11, 3)),
        ("25 november", "nl", date(2025, 11, 25)),
        ("22 november", "nl", date(2026, 11, 22)),
        ("3-11-2026", "nl", date(2026, 11, 3)),
        ("3-11-26", "nl", date(2026, 11, 3)),
        ("3/11", "nl", date(2026, 11, 3)),
        ("29 februari 2024", "nl", date(2024, 2, 29)),
        ("3 november 2027", "nl", date(2027, 11, 3)),
        ("٣ نوفمبر ٢٠٢٦", "ar", date(2026, 11, 3)),
        ("3 نومبر", "fa", date(2026, 11, 3)),
        ("3 ሕዳር 2026", "ti", date(2026, 11, 3)),
        ("3 Kasım 2026", "tr", date(2026, 11, 3)),
        ("le 3 novembre 2025", "fr", date(2025, 11, 3)),
        ("3 листопада", "uk", date(2026, 11, 3)),
        ("3 november vorig jaar", "nl", date(2025, 11, 3)),
        ("vorig jaar kreeg ik hem op 3 november", "nl", date(2025, 11, 3)),
        ("25 december dit jaar", "nl", date(2026, 12, 25)),
        ("3 November last year", "en", date(2025, 11, 3)),
        ("٣ تشرين الثاني السنة الماضية", "ar", date(2025, 11, 3)),
        ("۳ نوامبر سال گذشته", "fa", date(2025, 11, 3)),
        ("ዝሓለፈ ዓመት 3 ሕዳር", "ti", date(2025, 11, 3)),
        ("geçen yıl 3 Kasım", "tr", date(2025, 11, 3)),
        ("le 3 novembre de l'année dernière", "fr", date(2025, 11, 3)),
        ("3 листопада минулого року", "uk", date(2025, 11, 3)),
    ],
)
def test_a_date_as_it_stands_on_paper(words: str, language: str, day: date) -> None:
    assert exact_day(words, now=NOW, language=language) == day


@pytest.mark.parametrize(
    "words, language",
    [
        ("قبل شهرين", "ar"),
        ("أمس", "ar"),
        ("دو ماه پیش", "fa"),
        ("iki ay önce", "tr"),
        ("il y a deux mois", "fr"),
        ("два місяці тому", "uk"),
        ("2 maanden geleden", "nl"),
        ("vandaag", "nl"),
        ("dinsdag", "nl"),
        ("de 3e", "nl"),
        ("begin november", "nl"),
        ("november 2026", "nl"),
        ("vóór 3 november", "nl"),
        ("tussen 3 en 5 november", "nl"),
        ("29 februari", "nl"),
        ("vorig jaar", "nl"),
        ("dank u", "nl"),
    ],
)
def test_what_is_vague_or_counted_from_today_is_no_date(words: str, language: str) -> None:
    with pytest.raises(Refusal, match=r"term\.exact"):
        exact_day(words, now=NOW, language=language)


def test_a_date_that_does_not_exist_is_said_so() -> None:
    with pytest.raises(Refusal, match=r"when\.impossible"):
        exact_day("31 november 2026", now=NOW)


@given(st.integers(0, 365))
def test_without_a_year_it_lies_in_the_past_twelve_months(back: int) -> None:
    day = NOW.date() - timedelta(days=back)
    if (day.month, day.day) != (NOW.month, NOW.day):
        assert exact_day(f"{day.day}-{day.month:02}", now=NOW, language="nl") == day


async def asked_for_the_date(world: Welcome) -> Welcome:
    await world.until(world.at(ARRIVAL, "12:00"))
    await world.taps(world.people["Yusuf"], "button.permit_date")
    return world


async def test_two_months_ago_is_no_legal_date(agreed: Welcome) -> None:
    yusuf = (await asked_for_the_date(agreed)).people["Yusuf"]
    for words in ("two months ago", "قبل شهرين"):
        assert agreed.told(await agreed.says(yusuf, words), "term.exact")
    assert agreed.room_row()["permit"] is None
    await agreed.says(yusuf, "3 November 2026")
    assert agreed.room_row()["permit"] == "2026-11-03"


async def test_the_date_is_read_back_with_the_new_last_day(agreed: Welcome) -> None:
    yusuf = (await asked_for_the_date(agreed)).people["Yusuf"]
    agreed.mark(agreed.group)
    said = await agreed.says(yusuf, "15 November")
    assert agreed.told(said, "term.noted", day=on(2026, 11, 15))
    assert agreed.told(said, "term.now_last", task=agreed.title("nareis"), last=on(2027, 2, 14))
    assert not agreed.told(said, "term.over")
    assert not agreed.heard(agreed.group)


async def test_another_date_corrects_it(agreed: Welcome) -> None:
    yusuf = (await asked_for_the_date(agreed)).people["Yusuf"]
    await agreed.says(yusuf, "5 November 2026")
    assert agreed.told(await agreed.says(yusuf, "15 November 2026"), "term.noted", day=on(2026, 11, 15))
    assert agreed.told(await agreed.says(yusuf, "last month"), "term.exact")
    assert agreed.told(await agreed.says(yusuf, "no"), "term.ask_permit")
    assert agreed.room_row()["permit"] == "2026-11-15"
    await agreed.says(yusuf, "16 November 2026")
    assert agreed.told(await agreed.says(yusuf, "thank you"), "private.hint")
    assert not agreed.told(await agreed.says(yusuf, "17 November 2026"), "term.noted")
    assert agreed.room_row()["permit"] == "2026-11-16"
    await agreed.taps(yusuf, "button.permit_change")
    await agreed.says(yusuf, "18 November 2026")
    assert agreed.room_row()["permit"] == "2026-11-18"


async def test_the_plans_own_day_is_never_after_the_last(agreed: Welcome) -> None:
    yusuf = (await asked_for_the_date(agreed)).people["Yusuf"]
    planned = agreed.task("nareis")["due"]
    await agreed.says(yusuf, "20 September 2026")
    await agreed.wait(days=1)
    assert agreed.task("nareis")["due"] == date(2026, 12, 19)
    await agreed.says(yusuf, "20 November 2026")
    assert agreed.task("nareis")["due"] == planned


async def test_a_term_that_is_over_is_said_at_once(agreed: Welcome) -> None:
    yusuf = (await asked_for_the_date(agreed)).people["Yusuf"]
    said = await agreed.says(yusuf, "3 August 2026")
    assert agreed.told(said, "term.now_last", last=on(2026, 11, 2))
    assert agreed.told(said, "term.over")


async def test_who_does_not_want_to_say_it_need_not(agreed: Welcome) -> None:
    yusuf = (await asked_for_the_date(agreed)).people["Yusuf"]
    assert agreed.told(await agreed.says(yusuf, "no"), "asking.left")
    await agreed.says(yusuf, "3 November 2026")
    assert agreed.room_row()["permit"] is None


async def test_a_right_of_the_group_that_lapses_is_said_to_the_group_and_the_community_builder(
    agreed: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody took it: the community builder is asked unasked, once, and the group is told so."""
    plan = agreed.content.plans["resettlement"]
    tasks = [
        task.model_copy(update={"legal": LegalTerm(months=1, raise_weeks=(1,))})
        if task.key == "health-insurance"
        else task
        for task in plan.tasks
    ]
    lapses = plan.model_copy(update={"tasks": tuple(tasks)})
    lapses.__dict__.pop("by_key", None)
    changed = replace(agreed.content, plans={**agreed.content.plans, "resettlement": lapses})
    monkeypatch.setattr(type(agreed), "content", property(lambda _world: changed))
    await agreed.restart()
    carla = agreed.people["Carla"]
    for where in (agreed.group, carla):
        agreed.mark(where)
    await agreed.until(agreed.at(date(2027, 1, 2), "23:00"))
    for where, key in ((agreed.group, "lapsing.told"), (carla, "lapsing.asked")):
        said = [text for text in agreed.heard(where) if agreed.told([text], key)]
        assert len(said) == 1, key
        assert agreed.title("health-insurance").texts["nl"] in said[0]


def test_what_moves_with_another_task_says_which() -> None:
    """The BSN comes late: the bank account moves along, and the reason that is told is the BSN."""
    plan = CONTENT.plans["resettlement"]
    late = ARRIVAL + timedelta(days=38)
    before, after = (spans(plan.by_key, ARRIVAL, facts)["bank"] for facts in ({}, {"bsn": late}))
    assert after.due > before.due
    assert after.because == "bsn"
