# ruff: noqa: E501  # what belongs together stands on one line
"""Personal data in rare forms and bad pictures: the reader's number where others call, law's way with names,
homes known by where they stand, codes sign by sign; and what is like them and stays."""

from __future__ import annotations

import re

import pytest

from bot.letters.masking.repeat import alike
from bot.letters.masking.text import masked
from bot.letters.text import even


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


@pytest.mark.parametrize(
    "words, personal",
    [
        ("Lukt het niet, dan belt de arts je om 14:30 op 06 0000 91 04.", ["06 0000 91 04"]),
        ("Onze tolk belt u dinsdag tussen 9 en 10 uur op nummer 06-00009104.", ["06-00009104"]),
        ("Een adviseur belt u. Zorg dat u bereikbaar bent op\n06 0000 17 62.", ["06 0000 17 62"]),
        ("Zorg dat je bereikbaar bent op 0612000041.", ["0612000041"]),
        ("Maandag spreekt de consulent u via 030 000 41 17.", ["030 000 41 17"]),
        ("de heer DEMIR, Yusuf, geboren te Izmir op 3 mei 1985", ["DEMIR", "Yusuf"]),
        ("heb ik gedagvaard mevrouw EL-AMRANI, Naima, wonende te Breda", ["EL-AMRANI", "Naima"]),
        ("de heer Van Osta, Karim, geboren te Fez op 3 mei 1985", ["Osta", "Karim"]),
        ("Aan het nieuwe lid Karim Osta-Benali en zijn ouders\nLindeplein 10, 8102 AN Raalte",
         ["Karim", "Osta-Benali", "Lindeplein 10", "8102 AN"]),
        ("Aan onze cursist Naima Osman\nGerbrandypad 4\n8102 AN Raalte", ["Naima Osman", "Gerbrandypad 4", "8102 AN"]),
        ("De huur van mei voor Prinsenbolwerk 77 is niet binnen.", ["Prinsenbolwerk 77"]),
        ("Er is een huurachterstand voor de woning Scheepmakerswerf 8-2.", ["Scheepmakerswerf 8-2"]),
        ("Mevrouw B. Osman-Ali\n\nLage Witsiepaan 77\n\n5C42 DA Tilburg\n", ["Osman", "Witsiepaan", "5C42 DA"]),
        ("Dhr. K. Semere\nTroelstrataan 26\nYhO2 GV Hoogezand\n", ["Semere", "Troelstrataan 26", "YhO2 GV"]),
        ("De heer A. Rahimi\nKorte Noodkade 4 b\n32l AB Tiel\n", ["Rahimi", "Korte Noodkade 4 b"]),
        ("Uw code\n\n        R 4 V B - 8 W T J - 3\n\nTyp die in.", ["R4VB8WTJ3"]),
        ("Uw code:\n\n  7 K · 2 M · Q 9 · X 4\n", ["7K2MQ9X4"]),
        ("Geb.datum 68-05-1968", ["68-05-1968"]),
        ("Geboortedatum: 31-19-1974", ["31-19-1974"]),
        ("De heer T. Gebrezgahher\nKerkpad 3\n4332 CB Goes\n\nDe heer Gebrezgabher komt.", ["Gebrezgabher"]),
        ("Geaehte mevrouw Kidanemariarn,", ["Kidanemariarn"]),
    ],
)  # fmt: skip
def test_what_is_personal_goes(words: str, personal: list[str]) -> None:
    shown = masked(even(words))
    assert [secret for secret in personal if squeezed(secret) in squeezed(shown)] == []
    assert masked(shown) == shown


@pytest.mark.parametrize(
    "words",
    [
        "Belt u ons als u koorts krijgt, op 030 000 41 17.",
        "Bel de huisarts als u pijn heeft: 030 000 41 17.",
        "U belt de praktijk op 030 000 41 17.",
        "Wij zijn bereikbaar op 06 0000 91 04.",
        "VOORSTEL HUUR PER 1 JULI 2026",
        "Huur Januari 2027: € 600,00",
        "Huur van Oktober 2026",
        "Gemeente Tilburg\nStadhuisplein 130\n5O38 TC Tilburg",
        "Paleis van Justitie, Walburgstraat 2, Arnhem",
        "Werkgebied: Etten-Leur, Halderberge, Moerdijk, Roosendaal, Rucphen en Zundert",
        "van 1 - 2 - 3 - 4 - 5 - 6 tot en met 7",
    ],
)
def test_what_is_only_like_it_stays(words: str) -> None:
    assert masked(words) == words


@pytest.mark.parametrize(
    "word, name", [("gebrezgabher", "gebrezgahher"), ("okonjo", "okonyo"), ("adeyerml", "adeyem")]
)
def test_a_misread_name_is_like_it(word: str, name: str) -> None:
    assert alike(word, name)


@pytest.mark.parametrize(
    "word, name",
    [
        ("bakken", "bakkerij"),
        ("jurldlsch", "jurldlsche"),
        ("haile", "halle"),
        ("utrecht", "osmanll"),
        ("wonlng", "konlnk"),
    ],
)
def test_another_word_is_not(word: str, name: str) -> None:
    assert not alike(word, name)


@pytest.mark.parametrize("frame", ["_{}", "{}_", "__{}__", "|_{}_|"])
def test_a_stroke_of_a_frame_beside_a_code_hides_nothing_of_it(frame: str) -> None:
    assert "K7PM2XQD9" not in masked(f"Uw herstelcode:    {frame.format('K7PM2XQD9')}\n")


@pytest.mark.parametrize(
    "words",
    [
        "Bent u later, bel Dirk even, hij heeft van u het nummer 06 0000 9954.",
        "De mentor belt de ouders; van Yonas hebben wij nummer 06 0000 9954 genoteerd.",
        "Wij bellen u op uw mobiele nummer 06 0000 9954.",
        "U krijgt een sms op het mobiele nummer dat bij ons bekend is: 06 0000 9954",
    ],
)
def test_a_number_that_the_writer_has_of_the_reader_is_hidden(words: str) -> None:
    assert "9954" not in masked(f"Geachte heer Zahir,\n\n{words}\n")


@pytest.mark.parametrize("line", ["Bewoner(s) / M. Zahir", "Bewoners", "De bewoner(s) van", "Aan: M. Zahir"])
def test_who_lives_somewhere_is_hidden_with_the_home(line: str) -> None:
    shown = masked(
        f"Lagelandwater  |  drinkwater\n\n{line}\nKaapseplein 156\n2572 PD Den Haag\n\nGeachte klant,\n"
    )
    assert not [piece for piece in ("Zahir", "Kaapseplein", "2572") if piece in shown]


@pytest.mark.parametrize(
    "words",
    [
        "Verhuurder verhuurt aan huurder de eengezinswoning Ravelijn 412 te 9404 ZL Assen, met berging.",
        "Mevrouw SENAIT MEHARI\nwonende te 9404 ZL Assen\naan de Ravelijn 412\n",
    ],
)
def test_a_home_is_hidden_in_a_deed(words: str) -> None:
    assert not [piece for piece in ("Ravelijn", "9404") if piece in masked(f"Geachte huurder,\n\n{words}")]


def test_children_are_hidden_by_the_year_beside_them() -> None:
    shown = masked(
        "Geachte mevrouw,\n\nU krijgt geld voor drie kinderen: Rayan (2013), Salma (2016) en Anas (2019)."
    )
    assert not [name for name in ("Rayan", "Salma", "Anas") if name in shown]


@pytest.mark.parametrize("number", ["2930 612 447", "293 061 2447", "293 06 12 447", "2930612447"])
def test_each_of_several_v_numbers_is_hidden(number: str) -> None:
    shown = masked(
        f"Kenmerk     VDB/26/551209\nV-nummers   2812 345 678 en {number}\n\nGeachte heer en mevrouw,\n"
    )
    assert number not in shown
    assert "2812 345 678" not in shown


def test_an_address_below_the_greeting_is_hidden() -> None:
    shown = masked(
        "Kanaalbank\n\nGeachte heer, mevrouw T. Haidari\nSchaepmanlaan-Oost 6, 8021 ZK Zwolle\n\nU heeft een pas.\n"
    )
    assert not [piece for piece in ("Haidari", "Schaepmanlaan", "8021") if piece in shown]


@pytest.mark.parametrize(
    "words",
    [
        "Uw activeringscode:\n\n| A | B | 3 | D | 5 | F | G | 8 | H |",
        "Uw activeringscode\n\n[A] [B] [3] [D] [5] [F] [G] [8] [H]",
        "Uw activeringscode\n\n|A|B|3|D|5|F|G|8|H|",
    ],
)
def test_a_code_in_boxes_is_hidden(words: str) -> None:
    assert "AB3D5FG8H" not in re.sub(r"\W", "", masked(words))


@pytest.mark.parametrize("words", ["De controlecode uit de sms is 482915.", "Uw controlecode sms 482915"])
def test_a_code_from_a_message_is_hidden(words: str) -> None:
    assert "482915" not in masked(words)
