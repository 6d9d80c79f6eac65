# ruff: noqa: E501  # what belongs together stands on one line
"""The reader's address where no title or greeting tells whose it is, the sender's that stays, newborn children,
and who is told as the sender."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.letter import read_letter
from bot.letters.masking.text import masked
from bot.letters.senders import sender_of
from bot.letters.text import Body, even

BODY = """

20 november 2026

Betreft: bijdrage

{greeting}

Betaal € 412,40 uiterlijk 31 december 2026.

Met vriendelijke groet,
{signed}
"""
NAMES = (
    "Y. Haddad", "Y HADDAD", "Yusuf Haddad", "YUSUF HADDAD", "Haddad, Y.A.", "Haddad Y.A.", "Haddad Y A",
    "HADDAD, YUSUF", "Haddad-Osman, Y.", "van der Haddad, Y.", "Yusuf al Haddad", "Y.A. (Yusuf) Haddad",
    "Y. Haddad e/o Y. Osman", "Yusuf Haddad & Yara Osman", "Y. Haddad\nY. Osman", "Fam. Haddad", "Haddad Y.A. e.o.",
    "De bewoner(s) van", "Aan de ouder(s)/verzorger(s) van\nYara Haddad", "Yusuf Haddad\np/a AZC Oost\nKamer 14",
)  # fmt: skip
HOMES = ("Beukenhof 12\n3512 AB Utrecht", "BEUKENHOF 12-B\n3512AB  UTRECHT\nNEDERLAND")
HEADS = (
    "", "CJIB\n\n", "Gemeente Utrecht\n", "Orionis Walcheren\n\n", "> Retouradres Postbus 1 3500 AA Utrecht\n",
    "Taalcentrum De Brug\nSpoorhaven 700, 2651 ZV Berkel\nTel. 088 000 11 22\n\n",
)  # fmt: skip
GREETINGS = ("Geachte heer/mevrouw,", "Geachte heer Haddad,", "L.S.,", "")
PERSONAL = re.compile(r"haddad|yusuf|yara|osman|beukenhof|3512", re.IGNORECASE)


@given(
    st.sampled_from(HEADS), st.sampled_from(NAMES), st.sampled_from(HOMES), st.sampled_from(GREETINGS),
    st.sampled_from(["", " " * 40]),
)  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_an_address_without_title_is_the_readers(
    head: str, name: str, home: str, greeting: str, by: str
) -> None:
    block = "\n".join(by + line for line in f"{name}\n{home}".split("\n"))
    shown = masked(head + block + BODY.format(greeting=greeting, signed="A. de Vries"))
    assert PERSONAL.findall(shown) == []
    assert head in shown
    assert "A. de Vries" in shown
    assert "uiterlijk 31 december 2026" in shown


@pytest.mark.parametrize(
    "head",
    [
        "Basisschool De Vlinder\nKerkplein 3\n7411 AB Deventer\n",
        "Schildersbedrijf Jansen\nKerkplein 3\n7411 AB Deventer\nTel. 0570 000 111\n",
        "Orionis Walcheren\nKerkplein 3, 4380 AB Vlissingen\n",
        "Wereldhuis Deventer, Kerkplein 3, 7411 AB Deventer\n",
        "Rode Kruis\nKerkplein 3\n7411 AB Deventer\nwww.voorbeeld.example\n",
        "Jansen Loodgieters B.V.\nKerkplein 3\n7411 AB Deventer\n",
        "Bezoekadres\nMeander Noord\nKerkplein 3\n7411 AB Deventer\n",
    ],
)
@pytest.mark.parametrize("reader", ["", "\nY. Haddad\nBeukenhof 12\n3512 AB Utrecht\n"])
def test_the_senders_address_stays(head: str, reader: str) -> None:
    shown = masked(head + reader + BODY.format(greeting="Geachte heer/mevrouw,", signed="A. de Vries"))
    assert head in shown
    assert PERSONAL.findall(shown) == []


def test_who_signs_is_the_sender_wherever_the_address_stands() -> None:
    head = "Mondriaan Zonnestraal\nKerkplein 3\n7411 AB Deventer\n"
    letter = head + BODY.format(greeting="Geachte heer/mevrouw,", signed="Mondriaan Zonnestraal")
    assert masked(letter) == letter


def test_a_senders_postcode_stays_above_the_subject() -> None:
    letter = "Gemeente Utrecht\nKerkplein 3\n7411 AB Deventer" + BODY.format(
        greeting="Beste,", signed="A. Vos"
    )
    assert masked(letter) == letter


@pytest.mark.parametrize(
    "words",
    [
        "Gefeliciteerd met de geboorte van uw dochter Layla op 2 november 2026.",
        "Na de geboorte van Layla op 2 november 2026 krijgt u kinderbijslag.",
        "Uw dochter Layla is op 2 november 2026 geboren.",
        "Op 2 november 2026 is uw dochter Layla geboren.",
        "U bent op 2 november 2026 bevallen van uw dochter Layla.",
        "de geboorte van uw dochter Layla (2 november 2026)",
        "na de geboorte van uw tweede kind\nop 2 november 2026",
    ],
)
def test_a_newborn_child_is_hidden(words: str) -> None:
    shown = masked(words)
    assert "Layla" not in shown
    assert "2 november 2026" not in shown


@pytest.mark.parametrize(
    "words",
    [
        "Doe aangifte van de geboorte vóór 5 november 2026.",
        "Doe aangifte van geboorte uiterlijk 5 november 2026.",
        "De geboorte moet binnen 3 dagen worden aangegeven.",
        "Wij bellen u na de geboorte. Bel ons op 3 december 2026.",
    ],
)
def test_a_day_to_tell_of_a_birth_stays(words: str) -> None:
    assert masked(words) == words


@pytest.mark.parametrize("name", [name for name in NAMES if "\n" not in name])
def test_the_reader_is_never_told_as_the_sender(name: str) -> None:
    letter = f"{name}\n{HOMES[0]}" + BODY.format(greeting="Geachte heer/mevrouw,", signed="het bestuur")
    assert read_letter(letter).sender == ""


@pytest.mark.parametrize(
    "head, sender",
    [
        ("Utrecht, 20 november 2026\n\n", ""),
        ("Hallo Yusuf!\n", ""),
        ("donderdag 20 november 2026\nKenmerk: 12-3\n", ""),
        ("De heer Y. Haddad\nBeukenhof 12\n3512 AB Utrecht\n\nSportclub De Valken\n", "Sportclub De Valken"),
        ("Van: Sportclub De Valken\nAan: Y. Haddad\n", "Sportclub De Valken"),
        ("Van:      Sportclub De Valken\n", "Sportclub De Valken"),
        ("Sportclub De Valken           20 november 2026\n", "Sportclub De Valken"),
        (
            "Sportclub De Valken: u speelt op 17 december om 9.40 uur, neem uw pas mee.\n",
            "Sportclub De Valken",
        ),
        ("U speelt op 17 december om 9.40 uur en neemt uw pas mee.\n", ""),
        ("V A L K E N U\n", "VALKENU"),
    ],
)
def test_who_is_told_as_the_sender(head: str, sender: str) -> None:
    assert sender_of(Body(even(f"{head}\nBeste Yusuf,\n\nKom je?\n"))).name == sender
