# ruff: noqa: E501  # a letter is one string, and reads best so
"""Days and hours that stand in a table, that are for other houses, or at which nobody has to be anywhere."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.appointments import appointments
from bot.letters.text import Body, even

SENT = date(2026, 11, 10)
DAY = "dinsdag 8 december 2026"


def moments(words: str) -> str:
    """The hours of the appointments in words, by day."""
    found = appointments(Body(even(words)), SENT)
    return " ".join(one.start.strftime("%d.%H%M") for one in found)


TWO = """
               voorbereiding             operatie
  datum        di 1 december 2026        di 8 december 2026
  tijd         {first}                   {second}
  waar         poli C1                   afdeling B2
"""
THREE = """
           afspraak 1      afspraak 2      afspraak 3
  dag      01-12-2026      03-12-2026      08-12-2026
  hoe laat 9.20 uur        10.00 uur       half twee
"""


@pytest.mark.parametrize(
    "words, wanted",
    [
        (TWO.format(first="09.20 uur", second="07.30 uur"), "01.0920 08.0730"),
        (TWO.format(first="9.00-12.00 uur", second="13 tot 15 uur"), "01.0900 08.1300"),
        (TWO.format(first="om 9.20 uur", second="om 7.30 uur"), "01.0920 08.0730"),
        (TWO.format(first="volgt", second="        07.30 uur"), "08.0730"),
        (THREE, "01.0920 03.1000 08.1330"),
        ("| datum | 1 december | 8 december |\n| tijd | 9.20 uur | 7.30 uur |\n", "01.0920 08.0730"),
    ],
)
def test_each_day_beside_others_has_the_hour_below_it(words: str, wanted: str) -> None:
    assert moments(words) == wanted


def test_the_place_is_that_below_the_day_too() -> None:
    found = appointments(Body(even(TWO.format(first="09.20 uur", second="07.30 uur"))), SENT)
    assert [one.place for one in found] == ["poli C1", "afdeling B2"]


def test_days_beside_each_other_in_a_sentence_are_no_columns() -> None:
    words = "De lessen zijn op 1 december en 8 december 2026\n  om 9.00 uur       in lokaal 4."
    assert moments(words) == "08.0900"


@pytest.mark.parametrize(
    "words",
    [
        "Taalles: start op 8 december 2026, 15 uur per week.",
        "Taalles: start op 8 december 2026, 10-12 uur in de week.",
        "U begint op 8 december 2026, 6 uur per dag.",
        "Vanaf die dag, 8 december 2026, werkt u 16 uur/week.",
        "De stage begint op 8 december 2026, 20 uur stage per week.",
        "De stage begint op 8 december 2026: gemiddeld 20 uur.",
        "Op 8 december 2026 krijgt u een prik. Kom 2 uur van tevoren nuchter.",
        "De cursus start in de week van 7 december 2026, 15 uur.",
        "De cursus start in de week van maandag 7 december 2026 om 9.00 uur.",
    ],
)
def test_hours_that_are_counted_are_none_of_a_day(words: str) -> None:
    assert moments(words) == ""


def test_an_hour_in_a_week_is_still_one() -> None:
    assert moments(f"Uw les is {DAY} om 9 uur in de week van de toets.") != ""


@pytest.mark.parametrize(
    "words",
    [
        "Vóór vrijdagavond 4 december 18.00 uur willen we weten of je dat doet.",
        "Uiterlijk om 12.00 uur op vrijdag 4 december moet het geld er zijn.",
        "Lever het op vrijdag 4 december in, uiterlijk om 12.00 uur.",
        "Op vrijdag 4 december, niet later dan 12.00 uur, moet het formulier er zijn.",
        "Reageer tot vrijdagmiddag 4 december 17.00 uur.",
        "Uiterste inleverdatum: vrijdag 4 december 2026, 17.00 uur.",
        "De brief moet vrijdag 4 december om 12.00 uur ingeleverd zijn.",
        "Wij willen vrijdag 4 december om 12.00 uur van u weten of u komt.",
        "Op vrijdag 4 december zijn alle lessen om 12.00 uur afgelopen.",
        "Op vrijdag 4 december is iedereen om 12 uur vrij.",
        "Op vrijdag 4 december gaat groep 5 om 12 uur uit.",
    ],
)
def test_an_hour_by_which_something_is_done_or_over_is_no_appointment(words: str) -> None:
    assert moments(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        f"De avond begint {DAY} om 19.30 uur en is om 21.00 uur afgelopen.",
        f"De bus vertrekt {DAY} om 19.30 uur uit Ede.",
    ],
)
def test_what_ends_later_begins_first(words: str) -> None:
    assert moments(words) == "08.1930"


@pytest.mark.parametrize(
    "words",
    [
        f"Het werk staat gepland op {DAY} tussen 8.00 en 12.00 uur. Er moet dan iemand van 18 jaar of ouder thuis zijn.",
        f"De werkzaamheden zijn op {DAY} tussen 8.00 en 12.00 uur. Zorg dat u thuis bent.",
        f"Op {DAY} tussen 8.00 en 12.00 uur is de stroom afgesloten. Er moet een volwassene aanwezig zijn.",
        f"Onderhoud aan de installatie: {DAY}, van 8.00 tot 12.00 uur. Wij hebben toegang tot uw woning nodig.",
        f"De werkzaamheden doen wij op {DAY} van 8.00 tot 12.00 uur. Wij moeten in uw woning zijn.",
    ],
)
def test_somebody_who_must_be_at_home_has_an_appointment(words: str) -> None:
    assert moments(words) == "08.0800"


@pytest.mark.parametrize(
    "words",
    [
        f"Op {DAY} tussen 8.00 en 12.00 uur is de stroom afgesloten. U hoeft niet thuis te zijn.",
        f"De werkzaamheden zijn op {DAY} tussen 8.00 en 12.00 uur. Er hoeft niemand thuis te zijn.",
        f"Op {DAY} van 8.00 tot 12.00 uur werken wij aan de straat. U moet rekening houden met lawaai.",
    ],
)
def test_work_for_which_nobody_must_be_at_home_is_none(words: str) -> None:
    assert moments(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        f"Doet u niets, dan sluiten wij de aansluiting af. Onze monteur komt op {DAY} tussen 8 en 12 uur.",
        f"Betaalt u niet, dan wordt uw stroom afgesloten. De netbeheerder komt {DAY} om 9.00 uur.",
        f"Heeft u dan nog niet betaald, dan stoppen wij de levering. Dat gebeurt op {DAY} om 9.00 uur.",
        f"Doet u niets, dan draait de monteur op {DAY} tussen 8 en 12 uur de kraan dicht.",
        f"De kast wordt {DAY} tussen 9.00 en 12.00 uur bezorgd. Bent u niet thuis, dan staat hij bij de buren.",
        f"Wij brengen het pakket {DAY} om 15.00 uur. Past het niet in de brievenbus, dan komt het bij het pakketpunt.",
        f"Die week zijn wij alleen open op {DAY}, van 10.00 tot 17.00 uur.",
        f"De balie is alleen open op {DAY} van 10.00 tot 12.00 uur.",
    ],
)
def test_what_waits_for_nobody_is_no_appointment(words: str) -> None:
    assert moments(words) == ""


@pytest.mark.parametrize(
    "words, wanted",
    [
        (f"Onze monteur komt op {DAY} tussen 8 en 12 uur. Doet u niet open, dan komt hij terug.", "08.0800"),
        (f"Betaalt u niet, dan sluiten wij u af. Praten? Kom op {DAY} om 9.00 uur naar ons kantoor.", "08.0900"),
        (f"Wij leveren uw koelkast {DAY} om 9.00 uur. Zorg dat u thuis bent.", "08.0900"),
        (f"De open dag is op {DAY} om 10.00 uur.", "08.1000"),
        (f"Doet u niets, dan sluiten wij u af. Onze monteur komt op {DAY} om 9.00 uur. Zorg dat u thuis bent.", "08.0900"),
    ],
)  # fmt: skip
def test_where_somebody_must_be_there_it_is_one(words: str, wanted: str) -> None:
    assert moments(words) == wanted


def test_a_row_of_a_list_of_days_says_nothing_of_the_next() -> None:
    words = (
        "  wo 2 december     studiedag, alle kinderen vrij\n  di 8 december     schoolreis, bus 8.20 uur\n"
    )
    assert moments(words) == "08.0820"


HOUSES = """
Aan de bewoner van
Vlierstraat {number}
6533 ZB Nijmegen

Beste bewoner,

  huisnummers       dag                       tijd
  {rows[0]}         1 december 2026           8.00 uur
  {rows[1]}         8 december 2026           9.00 uur
"""
RANGES = ("16 t/m 28", "30 t/m 42")


@pytest.mark.parametrize(
    "number, rows, wanted",
    [
        ("34", RANGES, "08.0900"),
        ("16", RANGES, "01.0800"),
        ("28-2", RANGES, "01.0800"),
        ("20 A", ("16-28", "30-42"), "01.0800"),
        ("30", ("16, 18 en 20", "24, 28 en 30"), "08.0900"),
        ("17", ("2-40 even", "1-39 oneven"), "08.0900"),
        ("34", ("Esstraat 30 t/m 42", "Vlierstraat 30 t/m 42"), "08.0900"),
        ("60", RANGES, "01.0800 08.0900"),
        ("1 t/m 48", RANGES, "01.0800 08.0900"),
    ],
)
def test_the_row_of_the_reader_s_own_house_is_theirs(number: str, rows: tuple[str, str], wanted: str) -> None:
    assert moments(HOUSES.format(number=number, rows=rows)) == wanted


def test_a_sentence_may_say_for_which_houses_a_day_is() -> None:
    head = "De heer A. Saleh\nVlierstraat 34, 6533 ZB Nijmegen\n\nBeste heer Saleh,\n\n"
    words = "Nummers 16 t/m 28: 1 december 2026, 8.00 uur. Nummers 30 t/m 42: 8 december 2026, 9.00 uur."
    assert moments(head + words) == "08.0900"


def test_the_sender_s_house_is_not_the_reader_s() -> None:
    words = HOUSES.format(number=34, rows=RANGES).replace("Aan de bewoner van", "Woonstichting De Hof")
    assert moments(words) == "01.0800 08.0900"


@pytest.mark.parametrize(
    "words, wanted",
    [
        (
            f"U wordt allebei verwacht op:\n\n  {DAY}\n  Almaz Demir     11.05 uur\n  Yonas Demir     11.20 uur\n",
            "08.1105 08.1120",
        ),
        (
            f"     {DAY}\n     19.10 uur   juf Marijke, groep 3\n     19.30 uur   meester Ruud, groep 6\n",
            "08.1910 08.1930",
        ),
        (f"     {DAY}\n     aankomst    19.10 uur\n     gesprek     19.30 uur\n", "08.1910"),
        (f"Op {DAY}\nkomt Yonas van 8.30 tot 10.30 uur om te wennen.", "08.0830"),
        (f"U wordt opgenomen op {DAY}. Wij verwachten u om\n7.15 uur op de afdeling.", "08.0715"),
    ],
)
def test_hours_below_a_day_or_in_the_next_line_are_of_that_day(words: str, wanted: str) -> None:
    assert moments(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        f"Tussen kerst en nieuwjaar is het stadhuis open op {DAY}, van 9.00 tot 12.30 uur.",
        f"Op {DAY} is het water in de straat afgesloten van 9.00 tot 12.00 uur.",
        f"Op {DAY} is er tussen 9.00 en 12.00 uur geen warm water.",
        f"{DAY}   sinterklaas, school uit om 12.00 uur",
        f"Als u het bedrag niet betaalt, komt onze monteur op {DAY}\ntussen 8 en 12 uur het water afsluiten.",
    ],
)
def test_when_something_is_open_or_off_is_no_appointment(words: str) -> None:
    assert moments(words) == ""
