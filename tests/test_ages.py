"""Children's ages as people write them, in eight languages, and the household's one question."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import ROOT, ContentFault
from bot.demo.telegram import Account
from bot.domain.words import LANGUAGES
from bot.understanding.ages import age_words, puts_off, read_ages
from bot.understanding.times_words import time_words
from tests.story import ARRIVAL, Welcome
from tests.test_consent import newcomer, paper, vouched
from tests.test_newcomer import waiting

SAID = [
    ("nl", "4 en 11", [4, 11]),
    ("nl", "2 kinderen, 4 en 11", [4, 11]),
    ("nl", "twee: 4 en 11", [4, 11]),
    ("nl", "vier en elf", [4, 11]),
    ("nl", "4 jaar en 8 maanden", [0, 4]),
    ("nl", "4 jaar 8 maanden", [4]),
    ("nl", "4jr, 8mnd", [0, 4]),
    ("nl", "een van 4 en een baby", [0, 4]),
    ("nl", "één jaar en drie", [1, 3]),
    ("nl", "een jongen van 4, twee meisjes van 6 en 8", [4, 6, 8]),
    ("en", "3 children", None),
    ("en", "one son on the way", None),
    ("en", "one of 4 and a baby of 8 months", [0, 4]),
    ("en", "2 babies and a girl, 18 months", [0, 0, 1]),
    ("en", "vier en elf", [4, 11]),
    ("ar", "٤ و ١١", [4, 11]),
    ("ar", "طفلان: أربعة وأحد عشر", [4, 11]),
    ("ar", "٣ أطفال، ٤ و٦ و٨", [4, 6, 8]),
    ("ar", "أربع سنوات وثمانية أشهر", [0, 4]),
    ("fa", "دو فرزند، چهار و یازده", [4, 11]),
    ("fa", "یک نوزاد و یک پسر ۴ ساله", [0, 4]),
    ("ti", "ክልተ ቆልዑ፣ 4ን 11ን", [4, 11]),
    ("ti", "ኣርባዕተን ዓሰርተ ሓደን", [4, 11]),
    ("tr", "2 çocuk, dört ve on bir", [4, 11]),
    ("tr", "8 aylık bebek ve 4 yaşında", [0, 4]),
    ("fr", "deux enfants, quatre et dix-sept ans", [4, 17]),
    ("fr", "un bébé et un garçon de 4 ans", [0, 4]),
    ("uk", "дві дитини, чотири та одинадцять", [4, 11]),
    ("uk", "немовля 8 місяців і син 4 роки", [0, 4]),
    ("nl", "we hebben geen kinderen", []),
    ("nl", "0 kinderen", []),
    ("nl", "nee, geen", []),
    ("nl", "we hebben er geen", []),
    ("en", "we don't have kids", []),
    ("fr", "je n'en ai pas", []),
    ("ar", "ليس عندنا أولاد", []),
    ("fa", "نه، نداریم", []),
    ("fa", "نه، ندارم", []),
    ("fa", "نه ما بچه نداریم", []),
    ("fa", "نه و یازده", [9, 11]),
    ("fa", "شش ماهه", [0]),
    ("fa", "۸ ماهه", [0]),
    ("fa", "سه تا: ۴، ۶، ۸", [4, 6, 8]),
    ("fa", "دو تا بچه ۵ و ۷", [5, 7]),
    ("tr", "2 tane, 5 ve 7", [5, 7]),
    ("nl", "2 (4 en 11)", [4, 11]),
    ("nl", "een zoon (4) en een dochter (11)", [4, 11]),
    ("nl", "1. Amina 4\n2. Omar 11", [4, 11]),
    ("nl", "1) 4 2) 11", [4, 11]),
    ("nl", "kind 1: 4, kind 2: 11", [4, 11]),
    ("nl", "1. 2. 3.", [1, 2, 3]),
    ("ti", "ክልተ፡ 4ን 11ን", [4, 11]),
    ("nl", "geen baby, wel een zoon van 8", [8]),
    ("nl", "ik heb er 3: 4,6 en 8", [4, 6, 8]),
    ("en", "1.5 years", [1]),
    ("nl", "1,5 jaar", [1]),
    ("ar", "١٫٥", [1]),
    ("nl", "4.5", None),
    ("nl", "0", None),
    ("nl", "0 jaar", [0]),
    ("nl", "twee van 3", None),
    ("en", "2 aged 4 and 11", [4, 11]),
    ("nl", "twee: 4, 6 en 11", None),
    ("nl", "een baby op komst", None),
    ("en", "4, and we are expecting", None),
    ("fa", "خانمم حامله است", None),
    ("tr", "eşim hamile, bir bebek", None),
    ("nl", "geen idee", None),
    ("nl", "dat weet ik niet", None),
]


@pytest.mark.parametrize("language, words, ages", SAID)
def test_ages_as_they_are_written(language: str, words: str, ages: list[int] | None) -> None:
    assert read_ages(words, language) == ages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_numbers_and_its_none(language: str) -> None:
    """One to seventeen; "one" by itself or with years behind it."""
    words = age_words()[language]
    for number in range(1, 18):
        spelled = words.numbers.get(number) or time_words()[language].numbers[number]
        assert read_ages(spelled[0], language) == [number], spelled
    for none in words.none:
        assert read_ages(none, language) == [], none
    for counted in words.children:
        assert read_ages(f"2 {counted}: 4, 11", language) == [4, 11], counted
    for baby in words.babies:
        assert read_ages(baby, language) == [0], baby
    for year in words.years:
        assert read_ages(f"4 {year}, 1 {year}", language) == [1, 4], year
    for counter in words.counters:
        assert read_ages(f"2 {counter}: 4, 11", language) == [4, 11], counter
    for coming in words.coming:
        assert read_ages(f"4, {coming}", language) is None, coming
    for later in words.later:
        assert puts_off(later), later


several = st.lists(st.integers(0, 17), min_size=1, max_size=9).filter(lambda ages: ages != [0])


@given(ages=several, language=st.sampled_from(LANGUAGES))
def test_bare_ages_are_read_whatever_stands_between(ages: list[int], language: str) -> None:
    joined = time_words()[language].words["and"][0]
    for between in (", ", "\n", " ", f" {joined} "):
        assert read_ages(between.join(map(str, ages)), language) == sorted(ages)


@given(words=st.text(max_size=80), language=st.sampled_from([*LANGUAGES, None]))
def test_no_text_is_too_strange(words: str, language: str | None) -> None:
    found = read_ages(words, language)
    assert found is None or found == sorted(found)


def test_a_language_that_lacks_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "ages.toml"
    broken.write_text(
        (ROOT / "content" / "ages.toml").read_text("utf-8").replace("languages.uk", "languages.xx")
    )
    with pytest.raises(ContentFault, match="uk"):
        age_words(broken)


# the question itself


def children_tasks(world: Welcome) -> set[str]:
    """The plan's tasks that are there for some ages only."""
    keys = {task.key for task in world.content.plans["resettlement"].tasks if task.children}
    return keys & {row["key"] for row in world.rows("select key from task")}


def wanted(world: Welcome, *ages: int) -> set[str]:
    tasks = [task for task in world.content.plans["resettlement"].tasks if task.children]
    return {t.key for t in tasks if t.children and any(t.children[0] <= a <= t.children[1] for a in ages)}


async def is_asked(world: Welcome) -> None:
    """Yusuf said yes again after the arrival, and is asked about the household."""
    yusuf = world.people["Yusuf"]
    await world.until(world.at(ARRIVAL + timedelta(days=3), "20:00"))
    await world.taps(yusuf, "button.consent_yes")
    if world.told(yusuf, "consent.who_explained"):
        await world.presses(yusuf, "Anna")
    await world.wait(days=1)
    assert world.told(world.words(yusuf), "household.children")


async def test_what_was_understood_is_read_back_and_can_be_corrected(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await is_asked(agreed)
    await agreed.taps(yusuf, "button.children")
    agreed.mark(agreed.group)
    said = await agreed.says(yusuf, "a baby and 4")
    assert agreed.told(said, "household.read_ages", ages="0, 4")
    assert children_tasks(agreed) == wanted(agreed, 0, 4)
    gone = sorted(wanted(agreed, 0, 4) - wanted(agreed, 11, 16))
    assert len(gone) > 1
    kept = gone[0]
    await agreed.says(yusuf, f"/claim {agreed.number(kept)}")
    await agreed.taps(yusuf, "button.other_answer")
    assert agreed.told(yusuf, "household.children")
    await agreed.taps(yusuf, "button.children")
    said = await agreed.says(yusuf, "eleven and sixteen")
    assert agreed.told(said, "household.read_ages", ages="11, 16")
    assert children_tasks(agreed) == wanted(agreed, 11, 16) | {kept}  # what somebody took on stays
    assert not any("16" in text for text in agreed.heard(agreed.group))
    await agreed.taps(yusuf, "button.other_answer")
    await agreed.taps(yusuf, "button.children_none")
    assert agreed.told(yusuf, "household.no_children")
    assert (agreed.room_row()["household"], children_tasks(agreed)) == ('{"ages": []}', {kept})


@pytest.mark.parametrize("words", ["no", "2 children", "born in 2020"])
async def test_what_gives_no_age_is_asked_again(agreed: Welcome, words: str) -> None:
    yusuf = agreed.people["Yusuf"]
    await is_asked(agreed)
    await agreed.taps(yusuf, "button.children")
    assert agreed.told(await agreed.says(yusuf, words), "household.ages")
    assert agreed.room_row()["household"] == "null"
    assert agreed.told(await agreed.says(yusuf, "no children"), "household.no_children")


@pytest.mark.parametrize("words", ["never mind", "later", "laat maar"])
async def test_the_question_for_the_ages_can_be_left(agreed: Welcome, words: str) -> None:
    """What is said after that is no answer to it; its button still works."""
    yusuf = agreed.people["Yusuf"]
    await is_asked(agreed)
    await agreed.taps(yusuf, "button.children")
    assert agreed.told(await agreed.says(yusuf, words), "asking.left")
    await agreed.says(yusuf, "4")
    assert agreed.room_row()["household"] == "null"
    await agreed.taps(yusuf, "button.children")
    assert agreed.told(await agreed.says(yusuf, "4"), "household.read_ages", ages="4")


async def test_a_no_in_persian_is_not_nine(world: Welcome) -> None:
    """The same word; a child of nine can be written with a digit, or with the word for years."""
    yusuf = await world.with_newcomer("fa")
    await is_asked(world)
    await world.taps(yusuf, "button.children")
    assert world.told(await world.says(yusuf, "نه"), "household.ages")
    assert world.told(await world.says(yusuf, "نه ساله"), "household.read_ages", ages="9")
    await world.taps(yusuf, "button.other_answer")
    await world.taps(yusuf, "button.children")
    assert world.told(await world.says(yusuf, "نه، ندارم"), "household.no_children")


async def opens_family(group: Welcome) -> Account:
    """The coordinator, after the newcomer's arrival and yes on paper, asks about the children."""
    carla = group.people["Carla"]
    await group.until(group.at(ARRIVAL + timedelta(days=1), "12:00"))
    await paper(group, "yes")
    await group.menu()
    await group.taps(carla, "button.family")
    return carla


async def test_the_coordinator_reads_it_back_too(group: Welcome) -> None:
    carla = await opens_family(group)
    await group.taps(carla, "button.children")
    assert group.told(await group.says(carla, "2 kinderen: 4 en 11"), "household.read_ages", ages="4, 11")
    await group.taps(carla, "button.other_answer")
    assert group.told(carla, "household.paper", name="Yusuf")
    await group.taps(carla, "button.children_none")
    assert group.room_row()["household"] == '{"ages": []}'


async def test_the_household_on_paper(group: Welcome) -> None:
    carla = await opens_family(group)
    await group.taps(carla, "button.children")
    await group.says(carla, "4 en 11")
    assert group.room_row()["household"] == '{"ages": [4, 11]}'


async def test_the_household_is_asked_only_after_the_second_yes(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL + timedelta(days=3), "20:00"))
    assert agreed.told(agreed.words(yusuf), "consent.question")
    assert not agreed.told(agreed.words(yusuf), "household.children")
    await agreed.taps(yusuf, "button.consent_yes")
    agreed.mark(yusuf)
    await agreed.wait(days=1)
    assert agreed.told(yusuf, "household.children")


@pytest.mark.parametrize("told_before", [True, False])
async def test_a_household_is_asked_once(group: Welcome, told_before: bool) -> None:
    """Yusuf tells of the children; Mariam, who says yes after that or just before it, is not asked again."""
    yusuf = group.people["Yusuf"]
    await group.until(group.at(ARRIVAL + timedelta(days=1), "12:00"))
    await vouched(group, "yes")
    mariam = await group.second_adult("later")
    await group.wait(days=2)
    assert group.told(group.words(yusuf), "household.children")
    if told_before:
        await group.taps(yusuf, "button.children_none")
    await group.chooses(mariam, "yes")
    assert newcomer(group, "Mariam")["consent"] == "yes"
    assert bool(waiting(group, "household:%")) is not told_before
    if not told_before:
        await group.taps(yusuf, "button.children_none")
    await group.wait(days=7)
    assert not group.told(group.words(mariam), "household.children")
    assert not group.told(group.words(group.people["Carla"]), "household.paper")


async def test_the_coordinator_is_not_offered_what_is_known(group: Welcome) -> None:
    carla = group.people["Carla"]
    await group.until(group.at(ARRIVAL + timedelta(days=1), "12:00"))
    await paper(group, "yes")
    await group.menu()
    assert group.has_button(carla, "button.family")
    await group.taps(carla, "button.family")
    await group.taps(carla, "button.children_none")
    await group.menu()
    assert not group.has_button(carla, "button.family")
