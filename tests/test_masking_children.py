# ruff: noqa: E501  # what belongs together stands on one line
"""Children by their given name alone, and homes by their street alone; and what is like them and stays."""

from __future__ import annotations

import pytest

from bot.letters.masking.text import masked
from bot.letters.text import even

LETTER = "Stichting Merel\n\nTiel, 25 januari 2027\n\nBeste mevrouw Habimana,\n\n{}\n\nMet vriendelijke groet,\nJoke\n"


def shown(words: str) -> str:
    return masked(even(LETTER.format(words)))


@pytest.mark.parametrize(
    "words",
    [
        "Dit is de rekening voor de opvang van Zilvin in februari.",
        "Er is vanaf 1 maart een plek voor Zilvin op maandag.",
        "Er is plaats voor Zilvin in lesgroep 2.",
        "Zilvin mag vrijdag afzwemmen, kom kijken.",
        "Komt Zilvin niet naar de les?",
        "De juf van Zilvin en Morna belt u.",
        "Zilvin's mentor wil u spreken.",
        "Het gaat goed met Zilvin.",
        "Met Zilvin gaat het goed in de groep.",
        "Wij zien dat Zilvin uit groep 5 vaak moe is.",
        "Voor Zilvin krijgt u recht op kinderbijslag.",
        "Beste papa en mama van Zilvin, morgen is er les.",
        "Uw oudste, Zilvin, komt in groep 3.",
        "Op school zagen wij dat Setara hoest.",
        "Wilt u Omid morgen om 9 uur naar school brengen?",
        "Onze groep gaat naar het bos. Omid kan mee.",
    ],
)
def test_a_child_is_hidden_by_its_given_name(words: str) -> None:
    assert not [name for name in ("Zilvin", "Morna", "Setara", "Omid") if name in shown(words)]


@pytest.mark.parametrize(
    "words",
    [
        "De school belt u. Vraag naar Amira van de groep.",
        "Juf Amira is op school.",
        "Amira, praktijkassistente, helpt de kinderen.",
        "De opvang van Merel is dicht.",
        "Basisschool Elias heeft een open dag voor ouders.",
        "De school is aan de Omar 12.",
        "De inschrijving voor Nederlands begint op school.",
        "De groep van Tiel is vol.",
        "Lieve ouders en kinderen, tot morgen.",
        "  maandag     9.15 - 12.00     lezen     Samira\n  dinsdag     9.15 - 12.00     school     Ria",
    ],
)
def test_who_works_with_children_stays(words: str) -> None:
    assert even(words).strip() in shown(words)


def test_children_in_a_row_below_their_mother_are_hidden() -> None:
    text = shown("     08.50 uur    mevrouw F. Habimana\n     09.05 uur    Zilvin\n     09.15 uur    Morna")
    assert not [name for name in ("Zilvin", "Morna") if name in text]


@pytest.mark.parametrize(
    "words",
    [
        "Onze monteur komt bij u aan de Hoge Kade 8 op dinsdag.",
        "De nota voor het waterverbruik aan de Lange Nering 8 over april.",
        "Maandag zetten wij glasvezel aan op\nHoge Kade 8.",
        "Inzake: kamer Akerkade 8 bis",
        "Wij hebben een woning voor u en uw gezin:\n\n      Hogekade 8, 7603 ZA Almelo\n      3 slaapkamers",
        "Het is een eengezinswoning met drie slaapkamers:\n\n      De Wiken-Zuid 8, 7603 ZA Almelo",
        "Z. Habimana, wonende te 7603 ZA Almelo, Hogekade 8",
        "Aan  mevrouw Z. Habimana    Hogekade 8-A    7603 ZA Almelo",
        "Mevrouw Z. Habimana\nHogekade 8 II\nAlmelo",
        "Naam Z. Habimana Adres Hogekade 8 7603 ZA Almelo\n\nHeffing Hogekade 8 3 personen",
    ],
)
def test_a_home_is_hidden_by_its_street(words: str) -> None:
    assert not [
        piece for piece in ("Kade 8", "kade 8", "Nering 8", "Zuid 8", "7603") if piece in shown(words)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "De sleutel van uw kamer kunt u ophalen aan de Hoge Kade 8.",
        "Wij bezorgen de meter niet; kom naar ons kantoor aan de Hoge Kade 8.",
        "De aansluiting werkt niet op Windows 11.",
        "Uw huur van Oktober 2026 is betaald.",
        "Storing? Ons servicepunt is op Hogekade 8.",
    ],
)
def test_where_one_goes_stays(words: str) -> None:
    assert words in shown(words)


def test_a_reader_named_behind_a_home_is_hidden() -> None:
    assert "Abdi" not in masked(
        "Netbeheer\n\nGeachte bewoner van Hogekade 3, mevrouw Abdi,\n\nU krijgt een meter.\n"
    )


def test_the_town_below_whom_it_is_sent_to_is_no_name() -> None:
    words = "Incasso\n\nAan  de heer I.K. Zahir    Hogekade 8    3316 ZM Tiel\n\nAmersfoort, 20 oktober 2026\n\nGeachte heer Zahir,\n"
    assert "Amersfoort" in masked(words)


@pytest.mark.parametrize("behind", ["Adres Hogekade 8 3817 ZS Tiel", "Geboren 3 mei 1990", "BSN 999026161"])
def test_a_name_in_a_row_run_together_is_hidden(behind: str) -> None:
    words = masked(
        f"Gemeente Tiel\n\nDagtekening 26-02-2027\nNaam A. Zahir {behind}\n\nHeffing 3 personen 284,40\n"
    )
    assert "Zahir" not in words
