"""How a task's words say that it comes back, in eight languages: what no one interval holds is no date."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.domain.words import LANGUAGES, Refusal
from bot.understanding.dates import Rhythm, recurring_in
from bot.understanding.times_words import time_words
from tests.story import Welcome
from tests.world import AMSTERDAM

NOW = datetime(2026, 11, 24, 10, tzinfo=AMSTERDAM)
"""A Tuesday."""
FIRST = date(2027, 1, 5)
"""A Tuesday too."""

BEGINS = [
    ("nl", "elke dinsdag vanaf 5 januari fietsen", "fietsen"),
    ("nl", "vanaf 5 januari elke dinsdag fietsen", "fietsen"),
    ("nl", "elke week vanaf 5 januari fietsen", "fietsen"),
    ("nl", "elke dinsdag vanaf 1 januari fietsen", "fietsen"),
    ("en", "every Tuesday from 5 January cycling", "cycling"),
    ("ar", "كل ثلاثاء من 5 يناير دراجة", "دراجة"),
    ("fa", "هر سه‌شنبه از ۵ جنوری دوچرخه", "دوچرخه"),
    ("ti", "ኩሉ ሰሉስ ካብ 5 ጥሪ ብሽክለታ", "ብሽክለታ"),
    ("tr", "her salı 5 Ocak bisiklet", "bisiklet"),
    ("fr", "tous les mardis à partir du 5 janvier vélo", "vélo"),
    ("uk", "щовівторка з 5 січня велосипед", "велосипед"),
]


@pytest.mark.parametrize("language, words, rest", BEGINS)
def test_a_series_begins_on_the_day_that_was_said(language: str, words: str, rest: str) -> None:
    assert recurring_in(words, now=NOW, language=language) == (rest, Rhythm(7, FIRST))


@pytest.mark.parametrize(
    "words", ["elke dinsdag tot 1 maart zwemmen", "every Tuesday until 1 March swimming"]
)
def test_an_end_stays_in_the_words(words: str) -> None:
    assert recurring_in(words, now=NOW, language="nl") == (words, Rhythm(7, NOW.date()))


SEVERAL = [
    ("nl", "dinsdag of donderdag 15:00 met Yusuf"),
    ("nl", "morgen of overmorgen bellen"),
    ("nl", "morgen 15:00 of 17:00 bellen"),
    ("nl", "tweede dinsdag van de maand borrel"),
    ("nl", "over een jaar 15:00 koffie"),
    ("en", "Tuesday or Thursday 15:00 with Yusuf"),
    ("ar", "الثلاثاء أو الخميس 15:00 قهوة"),
    ("fa", "سه‌شنبه یا پنجشنبه ساعت ۱۵:۰۰ چای"),
    ("ti", "ሰሉስ ወይ ሓሙስ 15:00 ቡን"),
    ("tr", "salı veya perşembe 15:00 kahve"),
    ("fr", "mardi ou jeudi 15:00 café"),
    ("uk", "вівторок або четвер 15:00 кава"),
]


@pytest.mark.parametrize("language, words", SEVERAL)
def test_of_several_days_none_is_taken(language: str, words: str) -> None:
    assert recurring_in(words, now=NOW, language=language) == (words, Rhythm())


def test_a_day_within_a_stretch_is_no_other_day() -> None:
    _, rhythm = recurring_in("deze week, liefst donderdag bellen", now=NOW, language="nl")
    assert rhythm.due is not None


NO_INTERVAL = [
    ("nl", "iedere tweede dinsdag van de maand borrel"),
    ("nl", "elke eerste dinsdag borrel"),
    ("nl", "elke maand op de eerste dinsdag eten"),
    ("nl", "elke dag behalve zondag lezen"),
    ("en", "every second Tuesday of the month drinks"),
    ("en", "the first Monday of every month rent"),
    ("en", "every day except Sunday reading"),
    ("ar", "ثاني ثلاثاء من كل شهر قهوة"),
    ("ar", "كل يوم ما عدا الأحد قراءة"),
    ("fa", "دومین سه‌شنبه هر ماه چای"),
    ("fa", "هر روز به جز یکشنبه خواندن"),
    ("ti", "ኩሉ ካልኣይ ሰሉስ ናይ ወርሒ ቡን"),
    ("ti", "ኩሉ መዓልቲ ብዘይካ ሰንበት ምንባብ"),
    ("tr", "her ayın ikinci salısı kahve"),
    ("tr", "pazar hariç her gün oku"),
    ("fr", "le deuxième mardi de chaque mois apéro"),
    ("fr", "tous les jours sauf le dimanche lire"),
    ("uk", "кожен другий вівторок місяця кава"),
    ("uk", "щодня крім неділі читати"),
]


@pytest.mark.parametrize("language, words", NO_INTERVAL)
def test_days_that_no_interval_holds_are_refused(language: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        recurring_in(words, now=NOW, language=language)
    assert refused.value.phrase.key == "when.one_rhythm"


YEARS = [
    ("nl", "over 3 jaar 15:00 met Yusuf"),
    ("nl", "over drie jaar koffie"),
    ("en", "in 3 years 15:00 coffee"),
    ("ar", "بعد 3 سنوات 15:00 قهوة"),
    ("fa", "۳ سال بعد ساعت ۱۵:۰۰ چای"),
    ("ti", "ድሕሪ 3 ዓመት 15:00 ቡን"),
    ("tr", "3 yıl sonra 15:00 kahve"),
    ("fr", "dans 3 ans 15:00 café"),
    ("uk", "через 3 роки 15:00 кава"),
]


@pytest.mark.parametrize("language, words", YEARS)
def test_years_ahead_are_too_far_and_not_today(language: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        recurring_in(words, now=NOW, language=language)
    assert refused.value.phrase.key == "when.too_far"


@pytest.mark.parametrize("words", ["every second Tuesday chess", "every other Tuesday chess"])
def test_every_second_is_every_other(words: str) -> None:
    assert recurring_in(words, now=NOW, language="en") == ("chess", Rhythm(14, NOW.date()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_words_for_what_no_interval_holds(language: str) -> None:
    words = time_words()[language].words
    assert words["nth"]
    assert words["of_month"]
    assert words["year"]
    assert words.get("except") or words.get("except_post")


async def test_what_was_not_taken_is_read_back_whole(group: Welcome) -> None:
    anna, words = group.people["Anna"], "dinsdag of donderdag 15:00 koffie"
    await group.says(anna, f"/task {words}", group=True)
    task = group.task(words)
    assert (task["due"], task["at"], task["proposed"]) == (None, None, None)
