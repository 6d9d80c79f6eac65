"""What a bad picture does to months, years and words of terms is put right; what is honest is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.dates import MONTHS
from bot.letters.head import letter_date
from bot.letters.letter import read_letter
from bot.letters.misread import mended, unlike
from bot.letters.terms import deadlines
from bot.letters.text import Body, even, tidied

LETTERS = sorted((Path(__file__).parent / "letters").glob("[0-9]*.txt"))
"""Clean texts of which no word is misread."""


@pytest.mark.parametrize(
    "seen, meant",
    [
        ("22 jum 2026", "22 juni 2026"),
        ("4 yeni 2026", "4 juni 2026"),
        ("18 jun: 2026", "18 jun 2026"),
        ("15 jut 2026", "15 juli 2026"),
        ("1 aktober 2026", "1 oktober 2026"),
        ("9 septembor 2026", "9 september 2026"),
        ("9 septenber 2026", "9 september 2026"),
        ("30 novembar 2026", "30 november 2026"),
        ("7 decembet 2026", "7 december 2026"),
        ("3 maarl 2026", "3 maart 2026"),
        ("3 apnl 2026", "3 april 2026"),
        ("12 augustis 2026", "12 augustus 2026"),
        ("8 fehruari 2026", "8 februari 2026"),
        ("5 januan 2026", "5 januari 2026"),
        ("14 nei 2026", "14 mei 2026"),
        ("1Ì oktober 2026", "11 oktober 2026"),
        ("3Ï januari 2026", "31 januari 2026"),
        ("2S maart 2026", "25 maart 2026"),
        ("3 maart 2O2G", "3 maart 2026"),
        ("3 maart 20Z6", "3 maart 2026"),
        ("3 maart 202ó", "3 maart 2026"),
        ("vrijdag om lO,4S uur", "vrijdag om 10.45 uur"),
        ("vrijdag om 10;45 uur", "vrijdag om 10.45 uur"),
        ("vrijdag om 9.30 uur", "vrijdag om 9.30 uur"),
        ("vrijdag 19 jumi om 10.00 uur", "vrijdag 19 juni om 10.00 uur"),
    ],
)
def test_a_misread_day_is_the_one_it_can_only_be(seen: str, meant: str) -> None:
    assert even(f"Kom op {seen}.") == f"Kom op {meant}."


@pytest.mark.parametrize(
    "seen, meant",
    [
        ("25 oktober 2825", "25 oktober 2025"),
        ("1 aktober 2823", "1 oktober 2023"),
        ("3 mei 2426", "3 mei 2026"),
        ("03-05-2826", "03-05-2026"),
        ("3 mei 3026", "3 mei 2026"),
    ],
)
def test_a_year_that_cannot_be_is_one_of_the_letters(seen: str, meant: str) -> None:
    assert even(f"Datum: 9 oktober 2025\n\n{seen}\n") == f"Datum: 9 oktober 2025\n\n{meant}\n"


@pytest.mark.parametrize(
    "words",
    [
        "in 3 keer 2026 stappen",
        "12 weken 2026",
        "blad 2 jaar 2026",
        "2 personen 2026",
        "Wijk 3 noord 2026",
        "maandag 16 maar niet dinsdag",
        "vrijdag 5 jaar geleden",
        "3 mei 1926",
        "groep B mei 2026",
        "contract tot 1 mei 2099",
        "polis 4471 2823",
        "een boete van 12,50 uur later",
        "om 10,45 te betalen",
        "binnen 3 werkdagen, binnen 2 uur, binnen 5 minuten, binnen twee wegen",
        "uiterlijke betaaldatum, uiterlijks, innerlijk, kinderlijk",
        "bezwaarschriften en dagtekeningen",
        "over zes weken, bijna twee weken, eerste zes weken",
    ],
)
def test_honest_words_stay(words: str) -> None:
    text = f"Brief van 9 oktober 2025\n{words}"
    assert mended(text) == text


def test_what_may_be_one_of_two_months_stays() -> None:
    assert mended("22 juh 2026") == "22 juh 2026"


def test_a_year_without_another_beside_it_stays() -> None:
    assert mended("Zaak 12 mei 2823") == "Zaak 12 mei 2823"


@pytest.mark.parametrize("file", LETTERS, ids=lambda file: file.stem)
def test_a_clean_letter_is_not_changed(file: Path) -> None:
    text = tidied(file.read_text("utf-8"))
    assert mended(text) == text


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Betaal dit bedrag viterlijk 22 juli 2026.", "2026-07-22"),
        ("Betaal uiterhjk 22 jull 2026.", "2026-07-22"),
        ("Wij ontvangen dit graag uiterlyk 22 juli 2026.", "2026-07-22"),
        ("Maak bezwaar bumen zes weken na dagtekening.", "2026-07-14"),
        ("Maak bezwaar binren zes weken na dagtekenmg.", "2026-07-14"),
        ("Betaal hinnen 14 dagen na dagtekening.", "2026-06-16"),
        ("Betaal binen twee weken na dagtekening.", "2026-06-16"),
        ("Betaal binnen twee wcken na dagtekening.", "2026-06-16"),
        ("Reageer tot en rnet 22 juli 2026.", "2026-07-22"),
        ("Reageer t/rn 22 juli 2026.", "2026-07-22"),
    ],
)
def test_a_term_is_understood_though_its_words_are_misread(words: str, wanted: str) -> None:
    found = deadlines(Body(even(words)), date(2026, 6, 2), public=False)
    assert [one.date.isoformat() for one in found] == wanted.split()


def test_what_rests_on_a_mended_word_is_marked() -> None:
    words = "Gemeente Tiel\n\nTiel, 2 juni 2026\n\nGeachte heer,\n\nBetaal {} 22 juli 2026 de boete.\n"
    (sure,), (mended_one,) = (
        read_letter(words.format(edge)).deadlines for edge in ("uiterlijk", "viterlijk")
    )
    assert (sure.faint, mended_one.faint) == (False, True)
    assert sure.date == mended_one.date


def test_a_misread_date_is_the_letters_own() -> None:
    assert letter_date(Body(even("Gemeente X\n\nDatum: 4 yuni 2026\n\nGeachte heer,"))) == date(2026, 6, 4)


@given(st.sampled_from(MONTHS), st.integers(1, 28), st.integers(2000, 2039))
def test_a_day_that_is_right_is_never_changed(month: str, day: int, year: int) -> None:
    assert mended(f"op {day} {month} {year}.") == f"op {day} {month} {year}."


@given(st.text("abeijlmnortu", max_size=9), st.text("abeijlmnortu", max_size=9))
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert unlike(one, other) == unlike(other, one)
    assert (unlike(one, other) == 0) == (one == other)
