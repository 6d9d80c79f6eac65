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


LEAD = "Gemeente Tiel\nLeerplicht\n\nTiel, 25 januari 2027\n\n"


@pytest.mark.parametrize(
    "words",
    [
        "U wordt gebeld op 06 0000 9954.",
        "Controle, telefonisch   29 december 2026   u wordt gebeld op 06 0000 9954",
        "U wordt dinsdag tussen 9.00 en 12.00 uur teruggebeld op 06 0000 9954.",
        "Je wordt door de arts gebeld via 06 0000 9954.",
        "Wij bellen dan 06 0000 9954.",
        "Je hebt hierover al een sms gekregen op 06 0000 9954.",
        "Wij bellen u op 06 0000 9954.",
        "Uw nummer 06 0000 9954 is bij ons bekend.",
        "Adres             : Kronenhof 402\nPostcode/plaats   : 6831 ZW Arnhem\nTelefoon          : 06 0000 9954",
        "Woonplaats: 6831 ZW Arnhem\nTelefoon: 026 000 9954",
    ],
)
def test_where_the_reader_is_called_is_hidden(words: str) -> None:
    assert "9954" not in masked(
        f"{LEAD}Aan               : de heer R. Zahir\n{words}\n\nGeachte heer Zahir,\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Hebt u ons al gebeld? Dat kan op 088 000 9954.",
        "U bent niet gebeld. Bel ons op 088 000 9954.",
        "Wij bellen u vanaf 088 000 9954.",
        "Geen tijd als wij bellen? Bel ons op 088 000 9954.",
    ],
)
def test_where_the_sender_is_called_stays(words: str) -> None:
    assert words in masked(f"{LEAD}Geachte heer Zahir,\n\n{words}\n")


@pytest.mark.parametrize(
    "what", "Ophaal Afhaal Bezoekers Deur Kluis Reserverings Tenaamstellings Wifi- Upload Wasruimte".split()
)
def test_a_code_that_opens_something_is_hidden(what: str) -> None:
    assert "7F-4418" not in masked(f"Neem dit briefje mee. {what}code: 7F-4418. Iemand anders mag ook komen.")


@pytest.mark.parametrize("what", ["Postcode: 3512 AB.", "Streepjescode 3SABC12345678.", "Kleurcode 4418."])
def test_a_code_that_opens_nothing_stays(what: str) -> None:
    assert what in masked(f"Uw pakket ligt klaar. {what}")


@pytest.mark.parametrize(
    "words",
    [
        "U bent op 12 februari 2027 verhuisd van Hoge Kade 8. Wij hebben de stand.",
        "U bent van Hoge Kade 8 naar Lage Kade 8 verhuisd.",
        "U verhuist van de Hoge Kade 8 naar Lage Kade 8 in Almelo.",
        "Uw verhuizing van 3 mei van Hoge Kade 8 te Tiel is verwerkt.",
        "Uw vorige adres Hoge Kade 8 vervalt.",
        "dat u sinds 1 november niet meer op\nHoge Kade 8 woont.",
        "Volgens ons bent u op Hoge Kade 8-B te Tiel woonachtig.",
        "U staat op Hoge Kade 8 ingeschreven.",
    ],
)
def test_where_the_reader_lived_is_hidden(words: str) -> None:
    assert "Kade 8" not in masked(f"{LEAD}Geachte heer,\n\n{words}\n")


def test_where_the_sender_moves_stays() -> None:
    words = "Onze praktijk verhuist op 3 mei van Hoge Kade 8 en is dan dicht."
    assert words in masked(f"{LEAD}Geachte heer,\n\n{words}\n")


@pytest.mark.parametrize(
    "words",
    [
        "Betreft: voorlopige aanslag 2027 van R. Demir",
        "Onderwerp: premie voor R. Demir",
        "Onderwerp: uw uitkering R. Demir",
        "Nota griffierecht voor R. Demir",
        "Zorgtoeslag 2027 - R. Demir",
        "Zorgtoeslag 2027 / R.A. van der Demir",
        "Aan R. Demir",
        "Aan Rana Demir",
        "R. Demir                Bedrag € 201,30       Vervaldatum 30-04-2027",
        "inzake\n       Rana Demir,\n       geboren op 30 december 1990,",
        "Rana Demir,\ngeboren op 30 december 1990,",
    ],
)
def test_whom_a_letter_is_about_is_hidden(words: str) -> None:
    assert "Demir" not in masked(f"{LEAD}{words}\n\nGeachte heer, mevrouw,\n")


@pytest.mark.parametrize(
    "words",
    [
        "Behandeld door R. Demir",
        "Contactpersoon\nR. Demir",
        "Team Schulden - R. Demir",
        "Betreft: gesprek met R. Demir",
        "Praktijk van R. Demir",
        "Aan Alle Bewoners",
        "Eiser\n     Rana Demir",
    ],
)
def test_whom_to_call_stays_in_the_head(words: str) -> None:
    assert words in masked(f"{LEAD}{words}\n\nGeachte heer, mevrouw,\n")


@pytest.mark.parametrize(
    "words",
    [
        "Aline wordt op 2 april zestien. Dan kijken wij verder.",
        "Aline wordt binnenkort 18 jaar.",
        "De school van Aline meldt dat zij uren heeft gemist.",
        "De mentor van Aline belt u.",
        "Aline is deze week drie uur afwezig geweest.",
        "Aline woonde sinds mei bij haar vader.",
        "Voor Aline krijgt u € 300 kinderbijslag.",
    ],
)
def test_a_child_is_hidden_by_what_is_said_of_it(words: str) -> None:
    assert "Aline" not in masked(f"{LEAD}Geachte mevrouw Habimana,\n\n{words}\n")


@pytest.mark.parametrize(
    "words",
    [
        "Tiel is twaalf jaar een stad.",
        "Het Schakelcollege heeft gezegd dat hij niet op school was.",
        "De school van de toekomst is er.",
        "Niemand was te laat.",
    ],
)
def test_what_is_said_of_others_stays(words: str) -> None:
    assert words in masked(f"{LEAD}Geachte mevrouw Habimana,\n\n{words}\n")


@pytest.mark.parametrize(
    "code",
    [
        "R4VB-8WTJ-3",
        "R 4VB-8WTJ -3",
        "R4VB - 8WTJ - 3",
        "R 4 V B-8 W T J-3",
        "R4VB8WTJ3",
        "R 4 V B - 8 W T J - 3",
    ],
)
def test_a_code_in_a_row_of_its_own_is_hidden_though_nothing_calls_it_so(code: str) -> None:
    letter = f"U vroeg een DigiD aan. Met de negen\ntekens hieronder zet u die aan.\n\n        {code}\n\nTyp ze in de app."
    assert code not in masked(letter)
