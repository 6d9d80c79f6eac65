# ruff: noqa: E501  # a letter is one string, and reads best so
"""Old-fashioned heads, payments in parts, and what should have been done: days told by what is around them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.head import letter_date
from bot.letters.terms import deadlines
from bot.letters.text import Body, even

SENT = date(2026, 11, 16)
"""A Monday."""


def last_days(words: str) -> set[str]:
    return {one.date.isoformat() for one in deadlines(Body(even(words)), SENT, public=True)}


@pytest.mark.parametrize(
    "words",
    [
        "GGD Zwolle\n\nVoor: Yusuf Demir, Dorpsweg 3, 8011 AB Zwolle\n3 maart 2026\nTB/26-1\n\nBeste heer,",
        "GGD Zwolle\n\nAan: mevrouw Y. Demir, kamer 4\n3 maart 2026\n\nBeste mevrouw,",
        "Gemeente Zwolle\n\nUw verzoek d.d.    9 februari 2026\nOns nummer    12\nVerzonden    3 maart 2026\n\nWeledele heer,",
        "Gemeente Zwolle\n\nUw brief van: 9 februari 2026\nDatum: 3 maart 2026\n\nMevrouw,\n\nTekst.",
        "Gemeente Zwolle\n\nUw bezwaar d.d. 9 februari 2026   Verzonden 3 maart 2026\n\nMijnheer,\n\nTekst.",
        "Uw schrijven d.d.\n9 februari 2026\n\nDagtekening\n3 maart 2026\n\nWeledelgeboren vrouwe,",
        "Uw kenmerk   Uw brief van       Ons kenmerk   Datum\nAB/1         9 februari 2026    CD/2          3 maart 2026\n\nL.S.,",
    ],
)
def test_what_the_reader_sent_does_not_hide_the_letters_date(words: str) -> None:
    assert letter_date(Body(even(words))) == date(2026, 3, 3)


@pytest.mark.parametrize(
    "words",
    [
        "Uw verzoek d.d.     3 maart 2026\n\nBeste X,",
        "Uw aanvraag van:\n3 maart 2026\n\nBeste X,",
        "Gemeente X\nUw bezwaarschrift gedateerd 3 maart 2026\n\nBeste X,",
        "Je melding van 3 maart 2026\n\nHoi X,",
    ],
)
def test_the_day_of_what_the_reader_sent_is_not_the_letters(words: str) -> None:
    assert letter_date(Body(even(words))) is None


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("  termijn   bedrag     op onze rekening uiterlijk\n  1         € 30,00    30 november 2026\n  2         € 30,00    30 mei 2027\n",
         "2026-11-30 2027-05-30"),
        ("  deel   betaald vóór           som\n  1      1 december 2026        € 30,00\n  2      1 mei 2027             € 30,00\n",
         "2026-11-30 2027-04-30"),
        ("U betaalt in drie termijnen. Het geld moet er zijn op:\n  1e termijn 30 november 2026   2e termijn 31 december 2026   3e termijn 31 januari 2027\n",
         "2026-11-30 2026-12-31 2027-01-31"),
        ("U betaalt zo:\neerste termijn: € 50,00 op 30 november 2026\ntweede termijn: € 50,00 op 31 december\n",
         "2026-11-30 2026-12-31"),
        ("Te betalen in delen.\nTermijn 1   € 50,00   30 november 2026\nTermijn 2   € 50,00   31 december 2026",
         "2026-11-30 2026-12-31"),
        ("U betaalt in drie delen: uiterlijk 30 november, 31 december en 31 januari 2027.",
         "2026-11-30 2026-12-31 2027-01-31"),
        ("De termijnen vervallen op 30 november 2026, 31 december 2026 en 31 januari 2027.",
         "2026-11-30 2026-12-31 2027-01-31"),
        ("Betaal uiterlijk 30 november 2026, op 15 december is het feest.", "2026-11-30"),
        ("Maak bezwaar binnen zes weken na dagtekening (laatste dag: 24 december 2026).", "2026-12-24"),
    ],
)  # fmt: skip
def test_each_part_of_a_payment_has_its_last_day(words: str, wanted: str) -> None:
    assert last_days(words) == set(wanted.split())


def test_a_part_of_a_payment_is_quoted_without_the_rows_above_it() -> None:
    rows = "".join(f"  {n}    € 30,00    30 {month} 2027\n" for n, month in enumerate(("april", "juni"), 1))
    found = deadlines(Body(f"  termijn    bedrag     te betalen uiterlijk\n{rows}"), SENT, public=True)
    assert [(one.what, one.quote.count("30 ")) for one in found] == [("pay", 1), ("pay", 1)]


@pytest.mark.parametrize(
    "words",
    [
        "U zei dat u niet wist dat u het binnen twee weken had moeten melden.",
        "U had dit binnen vier weken na de datum van onze vorige brief moeten doorgeven.",
        "U moest uw loonstroken binnen acht dagen inleveren.",
        "Deze stukken dienden binnen twee weken te zijn ingeleverd.",
        "Wij schrijven het bedrag in delen af: 1e termijn 30 november 2026, 2e termijn 31 december 2026.",
        "U krijgt het geld in twee delen. Eerste deel: 30 november 2026. Tweede deel: 31 december 2026.",
        "Automatische incasso. Te betalen:\n1e termijn 27 november 2026   2e termijn 27 december 2026\n",
    ],
)
def test_what_is_past_or_done_by_others_has_no_last_day(words: str) -> None:
    assert last_days(words) == set()


@pytest.mark.parametrize(
    "words",
    [
        "Bekendgemaakt door toezending op 3 maart 2026\nZaak 12\n\nGeachte heer,",
        "Bekendmaking: 3 maart 2026\nZaak 12\n\nGeachte heer,",
        "Toegezonden op 3 maart 2026\n\nGeachte heer,",
        "Datum toezending: 3 maart 2026\n\nGeachte heer,",
        "Wonen Zuid\nBergen op Zoom, 3 maart 2026\nHV 1\n\nGeachte heer,",
        "Wonen Zuid\nCapelle aan den IJssel, 3 maart 2026\n\nGeachte heer,",
        "Wonen Zuid\nBerg en Dal, 3 maart 2026\n\nGeachte heer,",
        "Wonen Zuid\nWijk bij Duurstede 3 maart 2026\n\nGeachte heer,",
        "Beste heer,\n\nTekst.\n\nGroet,\nA. de Boer\n\n't Harde, 3 maart 2026",
        "Bieb, Hoofdstraat 3\n\nDhr. Y. Demir, Plein 7, 7902 ZD Tiel             3-3-2026, pas 2 0551 0038\n\nHallo,",
        "Zorg Zuid\n3 maart 2026\nNota 1\n\nVerzekerde: N. Demir, 18-06-1990\n\nGeachte mevrouw,",
        "Verzekerde: N. Demir, 18-06-2019\nZorg Zuid\n3 maart 2026\n\nGeachte mevrouw,",
        "Op drie maart tweeduizendzesentwintig (3 maart 2026) heb ik, Anna de Boer,\ngerechtsdeurwaarder te Tiel, betekend",
        "Op 3 maart 2026 verscheen voor mij, mr. Anna de Boer, notaris te Tiel, de heer",
        "GGD\n\nU wordt verwacht op\n\n   vrijdag 20 maart 2026          11:05 uur\n   GGD, Plein 9\n\nTekst.\n\n      's-Hertogenbosch, 3 maart 2026",
        "GGD\n\n   20 maart 2026   om 11.05 uur\n   GGD, Plein 9\n\nTekst.\n\nTiel, 3 maart 2026",
        "Hallo meneer Demir,\n\nGetekend op     2 maart 2026\nStart           1 april 2026\n\nGroet,\nZonnedauw\n\nTiel, 3 maart 2026",
        "Aldus getekend te Tiel op 3 maart 2026",
        "Beste heer,\n\nTekst.\n\nHoogachtend,\nA. de Boer\n\nTiel, de 3e maart 2026",
        "Wonen Zuid\n\nTiel, den 3e maart 2026\n\nGeachte heer,",
        "Beste ouders,\n\nTekst.\n\nAnna de Boer\n\nTiel, 3 maart 2026 - brief nr. P/26/2 - bijlage: regels",
        "Tandartsen, Plein 9 (T 088 000 34 60)\n3 maart 2026 - Dhr. Y. Demir, Plein 8, 4191 CL Tiel\n\nGeachte heer,",
        "Specificatie\nAanmaakdatum: 3 maart 2026\nBetaaldatum: 5 maart 2026",
        "Taalpunt                   Student    Nuri Demir\nPlein 8                    Brief van  3 maart 2026\n\nBeste Nuri,",
        "Factuurzorg\n\nTiel/Hoevelaken, dinsdag 3 maart 2026\n\nGeachte heer,",
        "Lichtpunt\nEindnota F26-77120\n\n3 maart 2026\n\nBeste mevrouw Demir,",
        "Deurwaarders\n\nDossier 8\n\nOp 3 maart 2026 heb ik op verzoek van Zorg Zuid gedagvaard:\nL. Demir",
    ],
)
def test_the_letters_own_day_is_found_where_it_stands(words: str) -> None:
    assert letter_date(Body(even(words))) == date(2026, 3, 3)


@pytest.mark.parametrize(
    "words",
    [
        "GGD\n\nU wordt verwacht op\n   vrijdag 20 maart 2026          11:05 uur\n\nTekst.",
        "GGD\n\n   20 maart 2026     11:05\n\nTekst.",
        "GGD\n\n   11.05 uur     20 maart 2026\n\nTekst.",
        "GGD\n\nWij zien u graag op\n\n   20 maart 2026\n   Plein 9\n\nTekst.",
        "GGD\n\n   20 maart 2026\n   11.05 uur\n\nTekst.",
        "Zorg Zuid\nVerzekerde: N. Demir, 18-06-1990\n\nGeachte mevrouw,",
        "Naam: Noor Demir, 18-06-2019\n\nBeste ouder,",
        "School\nN. Demir (18-06-2019)\n\nBeste ouder,",
        "Op 20 maart 2026 heb ik, zoals u weet, uw huis bezocht.",
    ],
)
def test_a_day_of_something_else_is_not_the_letters(words: str) -> None:
    assert letter_date(Body(even(words))) is None
