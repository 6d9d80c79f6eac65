"""Masking of personal data in letters: nothing that opens something survives, and deadlines stay."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from bot.letters.masking.text import masked, personal_in
from bot.letters.masking.words import mask_words
from bot.letters.text import even
from bot.redaction import secrets_in

SAMPLES = tomllib.loads((Path(__file__).parent / "masking_letters.toml").read_text("utf-8"))
LETTERS, FRAGMENTS = SAMPLES["letters"], SAMPLES["fragments"]

ADDRESS = "De heer T.G. Woldemichael\nKiekendiefstraat 41-C\n3083 ZR ROTTERDAM\n\n"


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def kinds(text: str) -> set[str]:
    return {mask.what for mask in personal_in(text)}


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_in_many_layouts(letter: dict[str, Any]) -> None:
    shown = masked(letter["text"])
    assert [secret for secret in letter["personal"] if squeezed(secret) in squeezed(shown)] == []
    assert [words for words in letter["stays"] if words not in shown] == []


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_what_is_personal_goes_from_any_corner(fragment: dict[str, Any]) -> None:
    shown = masked(even(fragment["text"]))
    assert [secret for secret in fragment["personal"] if squeezed(secret) in squeezed(shown)] == []
    assert masked(shown) == shown


@pytest.mark.parametrize("letter", LETTERS)
def test_masking_twice_changes_nothing_and_offsets_are_right(letter: dict[str, Any]) -> None:
    once = masked(letter["text"])
    assert masked(once) == once
    _offsets_right(letter["text"])


@pytest.mark.parametrize(
    "text, what",
    [
        ("Uw BSN: 123456782", "bsn"),
        ("BSN1234.56.782", "bsn"),
        ("Burgerservicenummer (BSN)   l2345678O", "bsn"),
        ("burgerservice nummer: 1234 5678 9", "bsn"),
        ("sofinummer 12345.67.89", "bsn"),
        ("Datum            Burgerservicenummer\n3 mei 2027       1S345678Z", "bsn"),
        ("op rekening NL20 INGB 0001 2345 67 met kenmerk", "iban"),
        ("nl20ingb0001234567", "iban"),
        ("IBAN NL2O lNGB OOO1 2345 67", "iban"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("V-nummer                 2931048775", "v-number"),
        ("V-nummer  Zaak\n293l04877S  Z1-1", "v-number"),
        ("Uw code is: ABCD-1234", "code"),
        ("UW ACTIVERINGSCODE\n\n     KX7M 4TQ2 P\n\nGa naar digid.nl", "code"),
        ("Uw activeringscode vindt u hieronder.\n\n   K X 7 M 4 T\n", "code"),
        ("Uw pincode is 1987.", "code"),
        ("Inlogcode: 12 10 22", "code"),
        ("Tijdelijk wachtwoord: Welkom!2026", "code"),
        ("Gebruikersnaam: y.rahimi84", "login"),
        ("geboren op 2 mei 1990", "born"),
        ("Geb.datum   02/05/90", "born"),
        ("geboren te Deir ez-Zor, 2-V-1990", "born"),
        ("Geboortedatum\n02-05-1990", "born"),
        ("GEBOREN: 2 MEI I99O", "born"),
        ("geboren 1990-05-02", "born"),
        ("uw telefoonnummer is 06-12345678", "phone"),
        ("uw e-mailadres is x.y@post.example", "mail"),
        ("Uw zoon Mustafa gaat naar school", "name"),
        ("Wij horen dat u woont aan de Lindelaan 4 in Almere", "address"),
    ],
)
def test_each_kind(text: str, what: str) -> None:
    assert what in kinds(text), masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Betaal € 179,00 vóór 11 mei 2027 onder vermelding van CJIB-nummer 2190 4471 0836 5520.",
        "Is uw kind geboren? Geef dat vóór 3 mei 2027 door.",
        "De code is geldig tot 28 oktober 2026. Daarna is de code niet meer geldig.",
        "UW CODE VERVALT: 28 OKTOBER 2026",
        "Bel ons op 088 000 40 10 of app naar 06 0000 4410.",
        "Met vriendelijke groet,\n\ndrs. P.A. Verhulst\nteammanager Inkomen",
        "Klantmanager    mevrouw J. Ouwerkerk",
        "Postbus 10240, 3000 XA Rotterdam",
        "Stadskantoor, Grote Voort 9, kamer 2.14",
        "Geachte heer/mevrouw,\n\nBeste bewoner,\n\nBeste klant,",
        "Ons kenmerk  PW-2026-448117, dossier 22704118, klantnummer 70 442 918",
        "U kunt van 01-01-2027 tot 31-12-2027 5 keer komen.",
    ],
)
def test_what_one_needs_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize(
    "again",
    [
        "WOLDEMICHAEL",
        "Wolde-\nmichael",
        "dhr. T.G. Woldemichael",
        "W0ldemichael",
        "t.woldemichael@post.example",
    ],
)
def test_a_name_goes_wherever_it_stands(again: str) -> None:
    shown = masked(ADDRESS + f"Bij ons staat {again} te boek, aan de Kiekendiefstraat 41-C.")
    assert squeezed(again) not in squeezed(shown)
    assert "Kiekendief" not in shown


def test_the_sender_beside_the_reader_stays() -> None:
    text = (
        "                                       Korte Nieuwstraat 600\n"
        "De heer O. Al-Hamdan                   6511 ZP Nijmegen\n"
        "Hatertse Veldweg-West 77               T 14 000\n"
        "6532 ZT Nijmegen\n"
    )
    assert masked(text) == (
        "                                       Korte Nieuwstraat 600\n"
        "De heer [naam]                   6511 ZP Nijmegen\n"
        "[adres]               T 14 000\n"
        "[postcode]\n"
    )


def _offsets_right(text: str) -> None:
    last = 0
    for mask in personal_in(text):
        assert last <= mask.start < mask.end <= len(text)
        assert mask.what in mask_words().marks
        last = mask.end


def _bsn(seed: int) -> str:
    return next(number for n in range(seed, seed + 200) if bsn.is_valid(number := f"{n:09}"))


letters = st.text(max_size=60) | st.sampled_from(
    [
        "BSN ",
        "Naam: ",
        "geboren op ",
        "De heer A. Rahimi\n",
        "Lindelaan 4\n",
        "3011 AB Rotterdam",
        "Geachte heer ",
    ]
)
texts = st.lists(letters, max_size=8).map("".join)
no_digits = st.text(st.characters(exclude_categories=["Nd", "No", "Nl", "Cs"]), max_size=40)


@given(texts)
@settings(deadline=None, max_examples=150)
def test_nothing_raises_and_offsets_are_right(text: str) -> None:
    _offsets_right(text)
    once = masked(text)
    assert masked(once) == once


@given(no_digits, st.integers(10_000_000, 999_999_000), st.sampled_from(["", ".", " ", "-"]), no_digits)
@settings(deadline=None, max_examples=150)
def test_no_valid_bsn_survives(before: str, seed: int, between: str, behind: str) -> None:
    number = _bsn(seed)
    written = between.join((number[:4], number[4:6], number[6:]))
    shown = masked(f"{before} {written} {behind}")
    assert number not in squeezed(shown)
    assert [shown[a:b] for a, b in secrets_in(shown) if shown[a:b].strip()[0].isdigit()] == []


@given(
    no_digits,
    st.integers(0, 9_999_999_999),
    st.sampled_from(["", " "]),
    st.sampled_from(["", " met", " o.v.v. 1"]),
)
@settings(deadline=None, max_examples=150)
def test_no_valid_iban_survives(before: str, account: int, between: str, behind: str) -> None:
    bban = f"INGB{account:010}"
    check = 98 - int("".join(str(int(char, 36)) for char in bban + "NL00")) % 97
    whole = f"NL{check:02}{bban}"
    written = between.join(whole[n : n + 4] for n in range(0, 18, 4))
    assert whole.lower() not in squeezed(masked(f"{before} {written}{behind}"))


def test_a_short_word_behind_an_iban_hides_it_from_nobody() -> None:
    text = "Maak over op NL39 DEUT 0000 0646 77 met vermelding van"
    assert [text[a:b] for a, b in secrets_in(text)] == ["NL39 DEUT 0000 0646 77"]


@pytest.mark.parametrize(
    "junk",
    [
        "a",
        "1 ",
        "A.",
        "Aa ",
        "Aa-",
        "geboren ",
        "Naam: Xyz\n",
        "1234 AB ",
        "Dhr. X\nStr 1\n1234 AB\n",
        "NL20 ING",
        "a@a.",
        "u wordt gebeld op ",
        "verhuisd van Aa 1 ",
        "Aa Aa Aa 1 woont\n",
        "Betreft: voor A. Aa - A. Aa\n",
        "Aa is op 3 mei ",
    ],
)
def test_junk_takes_time_in_proportion(junk: str) -> None:
    started = time.monotonic()
    personal_in((junk * 60_000)[:60_000])
    assert time.monotonic() - started < 8
