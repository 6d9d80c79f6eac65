# ruff: noqa: E501  # a letter is one string, and reads best so
"""More ways in which letters say by when: threats, parts, terms counted back, and whose a term is."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.deadline import Deadline
from bot.letters.explain import days_beside, when
from bot.letters.head import letter_date
from bot.letters.letter import read_letter
from bot.letters.recognise import OTHER
from bot.letters.terms import deadlines
from bot.letters.text import Body, even

SENT = date(2026, 11, 16)
"""A Monday."""


def found(words: str) -> list[Deadline]:
    return deadlines(Body(even(words)), SENT, public=False)


def last_days(words: str) -> list[str]:
    return [one.date.isoformat() for one in found(words)]


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Als wij op 27 november 2026 nog geen geld hebben, sluiten wij uw water af.", "2026-11-27"),
        ("Hebben wij op 1 december 2026 niets ontvangen, dan stoppen wij uw uitkering.", "2026-12-01"),
        ("Is het bedrag op 1 december 2026 niet bijgeschreven, dan volgt een aanmaning.", "2026-12-01"),
        ("Heeft u ook dat bedrag op 01-12-26 niet betaald, dan dragen wij de zaak over.", "2026-12-01"),
        ("Zonder reactie op 1 december 2026 stopt uw uitkering.", "2026-12-01"),
        ("U hebt hiervoor nog tot aanstaande vrijdag 27 november.", "2026-11-27"),
        ("U hebt tot vrijdag 27 november 17.00 uur.", "2026-11-27"),
        ("Lever de papieren in bij de balie; dat kan tot 4 december 12 uur.", "2026-12-04"),
        ("De papieren moeten er 4 december zijn.", "2026-12-04"),
        ("Upload uw diploma voor 1 december.", "2026-11-30"),
        ("Wij moeten uw bezwaarschrift op 24 december 2026 in huis hebben.", "2026-12-24"),
        (
            "Het bedrag moet uiterlijk op de laatste werkdag van januari 2027 bij ons binnen zijn.",
            "2027-01-29",
        ),
        ("Vraag verlenging aan uiterlijk 3 maanden voor 3 juni 2027.", "2027-03-03"),
        ("Reageer uiterlijk drie dagen voor de afspraak van 10 december 2026.", "2026-12-07"),
    ],
)
def test_a_last_day_is_found_where_something_follows_on_it(words: str, wanted: str) -> None:
    assert last_days(words) == [wanted]


def test_parts_of_one_payment_in_a_row_have_each_their_day() -> None:
    words = (
        "Betaal in 3 termijnen: € 50 op 1 december 2026, € 50 op 1 januari 2027 en € 50 op 1 februari 2027."
    )
    assert last_days(words) == ["2026-12-01", "2027-01-01", "2027-02-01"]


@pytest.mark.parametrize(
    "words",
    [
        "Wij moeten uiterlijk 3 december 2026 beslissen.",
        "Daarna leggen wij de zaak binnen zes weken na 1 december aan de Huurcommissie voor.",
        "Na de intake maken we binnen tien weken een plan.",
        "Opzegtermijn                      één maand\n\nStuur één exemplaar terug na de datum van deze brief.",
        "                       t/m 30 november 2026       per 1 december 2026\nNetto huur      € 598,05               € 620,78\n",
        "Is het kind op 1 december 2026 nog niet thuis.",
    ],
)
def test_what_others_do_or_what_only_ends_is_no_last_day(words: str) -> None:
    assert last_days(words) == []


def test_a_writ_that_serves_a_judgment_begins_the_term_itself() -> None:
    deed = "Heden, de zestiende november, heb ik BETEKEND: een vonnis van 19 oktober 2026.\n\n"
    term = "Verzet moet worden gedaan binnen vier weken na de betekening van het vonnis aan u in persoon."
    assert [(one.date.isoformat(), one.what) for one in found(deed + term)] == [("2026-12-14", "appeal")]
    assert found(term) == []


def test_before_the_due_date_is_the_day_before_the_one_in_the_table() -> None:
    table = "Notadatum        16-11-2026\nVervaldatum      16-12-2026\n\n"
    assert last_days(f"{table}Betaal het bedrag.") == ["2026-12-16"]
    assert last_days(f"{table}Betaal het bedrag vóór de vervaldatum.") == ["2026-12-15"]
    assert last_days(f"{table}Betaal het bedrag vóór of op de vervaldatum.") == ["2026-12-16"]


def test_a_sum_on_the_account_of_the_court_is_to_be_paid() -> None:
    words = "U heeft beroep ingesteld.\nDit bedrag moet binnen vier weken na de dagtekening van deze brief op de rekening van de rechtbank staan."
    assert [one.what for one in found(words)] == ["pay"]


def test_the_letters_date_is_found_below_a_long_head_without_a_greeting() -> None:
    head = "Immigratie- en Naturalisatiedienst\nMinisterie van Asiel\n\nDirectie Asiel\nPostbus 16275\n\nAANGETEKEND\n\n"
    reader = "Mevrouw X. Y\np/a AZC Ede\nWeg 8\n4331 ZA  EDE\n\nDatum            16 november 2026\nZaaknummer       Z2-1\n\n"
    assert letter_date(Body(even(f"{head}{reader}Het beroepschrift moet zijn ingediend."))) == SENT


def test_the_day_of_a_bill_that_is_owed_is_not_the_letters() -> None:
    claim = "Incasso BV\n\nMevrouw,\n\nHoofdsom nota's d.d. 12-01-2026 en 09-02-2026    € 188,35\n\n"
    assert (
        letter_date(Body(even(f"{claim}Hoogachtend,\nE. Korver\n\nDeventer, 16 november 2026   K.v.K. 1")))
        == SENT
    )


def test_days_that_are_taken_for_nothing_are_shown_where_none_was_found() -> None:
    today = date(2026, 11, 20)
    letter = read_letter(
        "Gemeente Ede\n\n16 november 2026\n\nBeste bewoner,\n\nOp 5 december 2026 is er geen markt, op 17 november was die er wel.\n"
    )
    assert days_beside(letter, today) == (date(2026, 12, 5),)
    assert [phrase.key for phrase in when(letter, today)] == ["letter.no_date", "letter.other_days"]
    due = read_letter(
        "Gemeente Ede\n\n16 november 2026\n\nBetaal vóór 5 december 2026. Op 12 december is er markt.\n"
    )
    assert "letter.other_days" not in [phrase.key for phrase in when(due, today)]


NONE_OF_OURS = [
    "Raad voor Rechtsbijstand\nDatum: 19 november 2026\n\nOnderwerp: Verzoek om aanvullende informatie\n\nGeachte heer,\n\nIk verzoek u binnen 10 werkdagen de ontbrekende bewijsstukken te overleggen.",
    "Gemeente Tiel\nTeam Schulddienstverlening\n9 november 2026\nBetreft: uw aanmelding voor schuldhulp\n\nGeachte mevrouw,\n\nU heeft hulp gevraagd bij uw schulden. Wij nodigen u uit voor een gesprek op 24 november 2026 om 9.00 uur in het stadhuis. Neem uw bankafschriften mee.",
    "Arbodienst De Zorg\nOproep spreekuur bedrijfsarts\nTiel, 9 november 2026\n\nBeste heer,\n\nUw werkgever heeft u ziek gemeld. Wij verwachten u op 23 november 2026 om 11.30 uur bij de bedrijfsarts.",
]


@pytest.mark.parametrize("text", NONE_OF_OURS)
def test_what_offices_send_beside_ours_is_never_surely_one_of_ours(text: str) -> None:
    read = read_letter(text)
    assert read.kind == OTHER or not read.sure


def test_a_trade_in_the_name_of_an_office_does_not_hide_the_office() -> None:
    fine = "Centraal Justitieel Incassobureau\n\nDatum 2 juni 2026\n\nVERKEERSBOETE\n\nGeachte heer,\n\nU krijgt een boete omdat u te hard reed.\nBetaal via www.cjib-betalen.example of scan de code.\n"
    read = read_letter(fine)
    assert (read.sender, read.sender_type, read.kind) == ("CJIB", "cjib", "traffic-fine")


def test_who_is_only_named_in_the_subject_did_not_write() -> None:
    read = read_letter(
        "Zilveren Kruis\nPostbus 444\n\n10 november 2026\n\nBetreft: aanmelding bij het CAK\n\nGeachte heer,\n\nU heeft zes maanden uw zorgpremie niet betaald.\n"
    )
    assert read.sender_type != "cak"
