"""Which sums of a letter are told, and in which direction; a wrong one would be worse than none."""

from decimal import Decimal

import pytest

from bot.letters.amounts import amounts
from bot.letters.kinds import Sums, kinds
from bot.letters.letter import read_letter
from bot.letters.text import Body, even


def told(words: str, sums: Sums) -> dict[str, str]:
    """The sums that are told of such words in a letter of such a kind, with their directions."""
    found = amounts(Body(even(f"Geachte heer Haddad,\n\n{words}\n")), sums)
    return {str(one.euro): one.direction for one in found if one.direction != "info"}


PAID = [
    (
        "U heeft uw boete van € 75,00 niet op tijd betaald. U betaalt nu € 112,50 + administratiekosten.",
        "112.50",
    ),
    (
        "U heeft uw boete van € 75,00 niet betaald. U moet nu € 112,50 betalen vóór 3 december 2026.",
        "112.50",
    ),
    (
        "Uw boete was € 75,00. Omdat u niet betaalde, is deze verhoogd naar € 112,50. Betaal op tijd.",
        "112.50",
    ),
    ("Uw boete van € 75,00 is verhoogd tot € 112,50.", "112.50"),
    (
        "Oorspronkelijk bedrag € 75,00\n"
        "Verhoging € 37,50\n"
        "Nog te betalen € 112,50\n"
        "Betaal vóór 3 december 2026.",
        "112.50",
    ),
    ("Vanaf 1 juli 2027 betaalt u € 735,40 in plaats van € 712,33.", "735.40"),
    ("Uw huur gaat omhoog. U betaalde € 712,33. Vanaf juli betaalt u € 735,40 per maand.", "735.40"),
    ("Uw maandbedrag gaat van € 98,00 naar € 131,00.", "131.00"),
    (
        "Uw huur van € 712,33 is niet ontvangen. Uw achterstand is nu € 1.424,66. Betaal dit snel.",
        "1424.66",
    ),
    ("Uw achterstand was € 900,00. U betaalde € 300,00. U moet nog € 600,00 betalen.", "600.00"),
    (
        "U heeft nog € 211,45 van uw eigen risico van € 385,00 over. Betaal € 173,55 vóór 5 december.",
        "173.55",
    ),
    (
        "Hoofdsom          € 100,00\n"
        "Rente             €   2,00\n"
        "Incassokosten     €  40,00\n"
        "\n"
        "Totaal            € 142,00",
        "142.00",
    ),
    (
        "boete volgens de wet      €  50,00\n"
        "ritprijs                  €  11,40\n"
        "                          --------\n"
        "                          €  61,40",
        "61.40",
    ),
    (
        "huur maart            € 588,14\nontvangen op 9 april  - € 200,00\nnog te betalen        € 388,14",
        "388.14",
    ),
    ("Te voldoen: € 1 234,50 vóór 1 december.", "1234.50"),
    ("Betaal € 34.20 binnen 14 dagen.", "34.20"),
    (
        "| Nummer      | Te betalen      | Uiterlijk        |\n"
        "+-------------+-----------------+------------------+\n"
        "| 7103 3386   | EUR 84,00       | 1 december 2026  |\n\nbedrag sanctie      EUR 75,00",
        "84.00",
    ),
    ("Betaal EUR 34,20 binnen 14 dagen.", "34.20"),
    ("Betaal € 80,- binnen 14 dagen.", "80.00"),
    ("Betaal 84,20 euro binnen 30 dagen. De premie is 12,00 euro.", "84.20"),
    ("Wij konden € 34,20 niet afschrijven. Betaal binnen 14 dagen.", "34.20"),
    ("De rekening is € 60,00. Maak dit bedrag over vóór 3 december.", "60.00"),
    ("Betaal € 54,00. Betaalt u later, dan komt er € 15,00 bij.", "54.00"),
    ("Betaal € 54,00. Betaalt u niet? Dan wordt het € 69,00.", "54.00"),
    ("U moet € 300,00 betalen. U mag ook betalen in zes termijnen van € 50,00.", "300.00"),
    ("Uw uitkering is € 1.300,00 per maand. U moet € 300,00 betalen vóór 3 december.", "300.00"),
    (
        "om aan mij te voldoen een bedrag van € 103,77, en € 94,14 wegens kosten, tezamen € 197,91;",
        "197.91",
    ),
    (
        "Premie is € 191,13 per maand.\nMaak € 181,06 over binnen 4 weken.",
        "181.06",
    ),
    ("Zorg dat € 174,00 uiterlijk 2 februari op onze rekening staat. De boete was € 110,00.", "174.00"),
    ("Wij schrijven € 86,14 rond 22 maart af van uw rekening.", "86.14"),
    ("Afsluiten en weer aansluiten kost samen € 178,00. Betaal nu € 528,19.", "528.19"),
    ("Gevraagd: 3 x € 40,00. In totaal betaalt u € 120,00.", "120.00"),
]


@pytest.mark.parametrize("words, euro", PAID)
def test_of_all_sums_of_a_bill_that_which_is_due_is_told(words: str, euro: str) -> None:
    assert told(words, "pay") == {euro: "pay"}


BOTH: list[tuple[str, dict[str, str]]] = [
    ("U had recht op € 2.400,00. U kreeg € 2.890,00. U moet € 490,00 terugbetalen.", {"490.00": "pay"}),
    ("U had recht op € 2.890,00. U kreeg € 2.400,00. U krijgt nog € 490,00.", {"490.00": "receive"}),
    (
        "U heeft € 1.440,00 aan termijnbedragen betaald. Uw verbruik kostte € 1.612,45. "
        "U moet nog € 172,45 bijbetalen.",
        {"172.45": "pay"},
    ),
    (
        "U heeft € 1.440,00 aan termijnbedragen betaald. Uw verbruik kostte € 1.312,45. "
        "U krijgt € 127,55 terug.",
        {"127.55": "receive"},
    ),
    (
        "Definitief recht      € 1.023\nAl ontvangen          €   836\nNog te ontvangen      €   187",
        {"187.00": "receive"},
    ),
    ("U heeft recht op € 812. U ontving al € 984. U betaalt € 172 terug.", {"172.00": "pay"}),
    (
        "Verschuldigde belasting   € 3.367\n"
        "Al ingehouden           - € 3.755\n"
        "U krijgt terug            €   388",
        {"388.00": "receive"},
    ),
    (
        "Totaal            € 1.989,24\nAl betaald        € 1.656,00\nBij te betalen    €   333,24",
        {"333.24": "pay"},
    ),
    (
        "Wij betalen u € 114,00 uit vóór 18 december. Bij het voorschot gingen wij uit van € 24.000.",
        {"114.00": "receive"},
    ),
]


@pytest.mark.parametrize("words, sums", BOTH)
def test_what_comes_back_is_received_and_what_is_too_much_paid_back(words: str, sums: dict[str, str]) -> None:
    assert told(words, "both") == sums


RECEIVED = [
    (
        "U krijgt een uitkering van € 1.345,00 per maand. U betaalt daarvan zelf uw huur van € 612,00.",
        "1345.00",
    ),
    ("Uw uitkering was € 1.331,43 en wordt € 951,02 netto per maand.", "951.02"),
    (
        "Norm per maand      1.331,43\nInhouding huur        598,10\nNetto uitbetaald      733,33",
        "733.33",
    ),
    ("Wij betalen € 1.806,94 rond de 22e. In november kreeg u een voorschot van € 700,00.", "1806.94"),
    ("Wij maken aan u over: € 1.084,00", "1084.00"),
    (
        "Zorgtoeslag     € 129\nHuurtoeslag     € 361\nSamen           € 490",
        "490.00",
    ),
]


@pytest.mark.parametrize("words, euro", RECEIVED)
def test_what_is_received_is_told_without_what_goes_off(words: str, euro: str) -> None:
    assert told(words, "receive") == {euro: "receive"}


SILENT = [
    (
        "Wij hebben € 350,00 te veel betaald. "
        "Dit bedrag houden wij in 7 maanden van € 50,00 in. U hoeft niets over te maken."
    ),
    "U heeft uw rekening van € 75,00 niet betaald. Het bedrag is verhoogd.",
    "Betaalt u niet op tijd, dan krijgt u een boete van € 45,00.",
    "U hoeft de € 45,00 niet te betalen.",
    "U heeft € 45,00 betaald. Dank u wel.",
]


@pytest.mark.parametrize("words", SILENT)
def test_what_is_withheld_paid_or_only_threatened_is_not_to_be_paid(words: str) -> None:
    assert told(words, "pay") == {}


def test_a_loan_is_received_and_what_is_paid_back_on_it_paid() -> None:
    words = (
        "U krijgt € 2.400,00 als lening zonder rente.\nU lost vanaf januari € 45,00 per maand af.\n"
        "Bedden     € 900,00\nVloer      € 1.500,00\nTotaal     € 2.400,00"
    )
    assert told(words, kinds()["furnishing-loan"].sums) == {"2400.00": "receive", "45.00": "pay"}


def test_a_letter_that_only_informs_has_no_sum_to_pay() -> None:
    assert told("Betaal € 80,00 vóór 3 december.", "info") == {}


def test_paying_back_by_a_day_is_paying() -> None:
    letter = read_letter(
        "Belastingdienst/Toeslagen\nDagtekening 12 november 2026\nDefinitieve berekening huurtoeslag 2025\n\n"
        "U kreeg € 2.890,00. U moet € 490,00 terugbetalen vóór 24 december 2026."
    )
    assert [one.what for one in letter.deadlines] == ["pay"]
    assert [one.euro for one in letter.amounts if one.direction == "pay"] == [Decimal(490)]


def test_costs_that_come_to_a_bill_are_paid_too_unless_they_are_in_its_total() -> None:
    reminded = "U hebt de heffing van € 187,40 nog niet betaald. Betaal het bedrag plus € 9,00 kosten."
    assert told(reminded, "pay") == {"187.40": "pay", "9.00": "pay"}
    assert told(f"{reminded} U betaalt in totaal € 196,40.", "pay") == {"196.40": "pay"}
