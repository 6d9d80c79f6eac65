# ruff: noqa: E501  # a letter is one string, and reads best so
"""Whose a last day is: the reader's, or somebody's else who does something by then."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.letter import read_letter
from bot.letters.terms import deadlines
from bot.letters.text import Body, even

SENT = date(2026, 11, 16)
"""A Monday."""


def last_days(words: str) -> list[str]:
    return [one.date.isoformat() for one in deadlines(Body(even(words)), SENT, public=False)]


@pytest.mark.parametrize(
    "words",
    [
        "De logopedist belt u vóór dinsdag 1 december.",
        "Hoort de mentor niets, dan meldt hij u binnen een week af bij de inspectie.",
        "Die neemt binnen twee weken contact met u op.",
        "Uw werkgever moet zijn deel uiterlijk 4 december opsturen.",
        "De gemeente moet binnen veertien weken, dus vóór 22 februari 2027, een huis voor u vinden.",
        "De basisschool stuurt je dossier vóór 1 december door.",
        "Verzekeraars melden nieuwe klanten binnen een week bij ons.",
        "DUO geeft ons die gegevens, uiterlijk op 4 december 2026.",
        "Uw uitkering loopt door, en de huisbaas moet dan binnen twee weken opgeven wat u betaalt.",
        "De vader van Noor krijgt het geld uiterlijk 4 december.",
        "Het nieuwe dak is uiterlijk 4 december klaar; de werkzaamheden zijn dan afgerond.",
        "De aanleg begint op 20 november en moet uiterlijk 11 december klaar zijn.",
        "De definitieve berekening volgt vóór eind december 2026.",
        "De jaaropgave valt uiterlijk 4 december bij u in de bus.",
        "Daarna beslis ik binnen zes maanden, in elk geval vóór 1 juni 2027.",
        "Wie in Nederland woont, moet binnen vier maanden verzekerd zijn.",
        "Bij ziekte stuurt u binnen twee weken een verklaring op.",
        "Het bedrag wordt binnen tien werkdagen overgemaakt.",
        "Hoe lang   5 maanden, tot en met 2 april 2027",
        "21 dec. t/m 1 jan.      kerstvakantie",
        "U weet vóór 4 december waar u aan toe bent.",
        "Het rapport van de firma krijgen wij vóór 1 december.",
        "Betrokkene ontvangt binnen drie weken een uitnodiging om het document op te halen.",
        "Staat er op 4 december nog niets op uw rekening, dan is uw bank vertraagd.",
        "De oude pas werkt tot en met 31 december 2026.",
        "De prijzen gelden tot en met 31 december 2026.",
        "We bieden je graag nog zes maanden erbij, tot en met 31 mei 2027.",
        "Heeft u binnen twee weken klachten, meld ze dan via onze site.",
        "Tegen dat besluit kunt u dan binnen zes weken bezwaar maken.",
        "Klopt het niet, dan kunt u het binnen acht weken nadat wij het hebben gedaan laten terugdraaien.",
        "Bespreken wij het niet, dan vragen wij vóór 4 december een oordeel aan de commissie.",
    ],
)
def test_what_somebody_else_does_by_a_day_is_no_last_day(words: str) -> None:
    assert last_days(words) == []


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Laat het de assistente dan weten vóór 4 december 2026.", "2026-12-03"),
        ("Uw bezwaar moet binnen twee weken na dagtekening door het college zijn ontvangen.", "2026-11-30"),
        ("Dat moet UWV hebben binnen twee weken na de dag waarop wij deze brief verzonden.", "2026-11-30"),
        ("De school moet uiterlijk 4 december weten of uw kind komt.", "2026-12-04"),
        (
            "U kunt alleen op afspraak komen, en die afspraak moet uiterlijk 4 december gemaakt zijn.",
            "2026-12-04",
        ),
        (
            "Indien deze niet binnen twee weken na dagtekening in ons bezit zijn, wijzen wij het af.",
            "2026-11-30",
        ),
        ("Wij nemen het mee als het uiterlijk vrijdag 4 december bij ons binnen is.", "2026-12-04"),
        ("Wij nemen het in behandeling, mits dat tot en met 4 december schriftelijk gebeurt.", "2026-12-04"),
        ("Wij willen de antwoorden uiterlijk 4 december hebben, anders kunnen wij niets doen.", "2026-12-04"),
        ("U moet uw kamer hebben verlaten op vrijdag 4 december 2026.", "2026-12-04"),
        ("Wij schrijven u omdat uw inburgeringstermijn eindigt op 14 september 2027.", "2027-09-14"),
        (
            "U kiest zelf een tijd. De planner gaat open op 20 november en sluit op vrijdag 4 december.",
            "2026-12-04",
        ),
        ("Zorg dat het hele bedrag vóór 5 december 2026 op onze rekening staat.", "2026-12-04"),
        ("U kunt in één keer betalen: de laatste betaaldag is 4 december 2026.", "2026-12-04"),
        ("U kunt zonder kosten van dit contract af tot en met 4 december 2026.", "2026-12-04"),
        ("De kledingbon is geldig tot en met 31 januari 2027.", "2027-01-31"),
        ("Uw termijn begint nu. U moet klaar zijn op 14 september 2029.", "2029-09-14"),
        ("Geef de standen door van 20 november tot en met 4 december 2026.", "2026-12-04"),
        ("Geef ons de standen door. Dat kan van 20 november tot en met 4 december 2026.", "2026-12-04"),
        ("Vraag de overkomst aan binnen drie maanden na 10 november 2026.", "2027-02-10"),
        ("Uw pas blijft geldig tot 14 augustus 2027. Vraag een nieuwe aan vóór die datum.", "2027-08-13"),
        (
            "Uw pas blijft geldig tot 14 augustus 2027. Vraag een nieuwe aan uiterlijk op die dag.",
            "2027-08-14",
        ),
    ],
)
def test_what_the_reader_does_by_a_day_stays_the_readers(words: str, wanted: str) -> None:
    assert last_days(words) == [wanted]


def test_the_days_of_payments_below_each_other_are_all_last_days() -> None:
    days = "   4 december 2026\n   4 januari 2027\n   4 februari 2027\n"
    assert last_days(f"U betaalt in drie delen van € 25,00, telkens uiterlijk op:\n{days}") == [
        "2026-12-04",
        "2027-01-04",
        "2027-02-04",
    ]


def test_the_clerk_of_a_court_signs_for_a_public_body() -> None:
    words = (
        "Rechtbank Den Haag\nDatum: 4 december 2026\n\nGeachte heer,\n\nHet griffierecht van € 54,00 moet binnen "
        "vier weken na de dag van verzending van deze brief zijn betaald.\n\nHoogachtend,\nde griffier\n"
    )
    assert [one.date.isoformat() for one in read_letter(words, today=SENT).deadlines] == ["2027-01-04"]


def test_of_a_term_that_changed_the_old_end_is_no_last_day() -> None:
    rows = "                        Oud             Nieuw\nEinde inburgeringstermijn   27 mei 2027     16 september 2027\n"
    assert last_days(f"U krijgt meer tijd voor uw inburgeringsplicht.\n\n{rows}") == ["2027-09-16"]
