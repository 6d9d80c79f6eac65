# ruff: noqa: E501  # what belongs together stands on one line
"""Personal data that a bad picture, the layout or a cut disturbed; and that nothing else is taken for it, also
where a masked letter is read again."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.keeping import kept
from bot.letters.letter import read_letter
from bot.letters.masking.hide import hider
from bot.letters.masking.text import masked, personal_in
from bot.letters.text import even

TODAY = date(2026, 11, 24)
LETTER = """Gemeente Zwolle

De heer Y. Haddad
Notenlaan 7
3511 XX Utrecht

12 november 2026

Geachte heer Haddad,

{words}

Hoogachtend,
P. de Boer
"""
TERM = "Betaal dit binnen zes weken na de dag van verzending van dit besluit"
SECRETS = {
    "NL91ABNA0417164300": "vanaf uw bankrekening met nummer {}",
    "NL91 ABNA 0417 1643 00": "vanaf uw eigen bankrekening {}",
    "111222333": "met het burgerservicenummer {}",
    "K7PM2XQD9": "met uw eigen activeringscode {}",
    "Y. Haddad": "door of namens de heer {}",
    "Notenlaan 7": "aan het adres {}",
}


def squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


# cut


@pytest.mark.parametrize("lead", range(0, 60, 3))
@pytest.mark.parametrize("secret", SECRETS)
def test_no_part_of_what_is_personal_is_left_where_a_quote_is_cut(secret: str, lead: int) -> None:
    filling = ("en zonder enige korting of verrekening van welke aard dan ook " * 2)[:lead].strip()
    sentence = f"{TERM} {filling} {SECRETS[secret].format(secret)} aan ons terug."
    letter = read_letter(LETTER.format(words=sentence), today=TODAY)
    quotes = [one.quote for one in letter.deadlines]
    assert quotes
    parts = {secret[: n + 1] for n in range(3, len(secret))}
    assert not [part for part in parts for quote in quotes if part in quote]
    assert secret not in str(kept(letter))


def test_a_cut_quote_ends_with_a_whole_word() -> None:
    words = (
        f"{TERM} en zonder enige korting of verrekening van welke aard dan ook aan ons op de rekening terug"
    )
    (one,) = read_letter(LETTER.format(words=f"{words}."), today=TODAY).deadlines
    assert re.search(rf"{re.escape(one.quote)}(?!\w)", words)


@given(st.data())
@settings(deadline=None, max_examples=200)
def test_words_from_anywhere_to_anywhere_show_nothing_personal(data: st.DataObject) -> None:
    text = even(LETTER.format(words=f"{TERM}\nop NL91 ABNA 0417 1643 00,  burgerservicenummer 111222333."))
    masks, flat = personal_in(text), " ".join(text.split())
    hide = hider(text, masks)
    begin = data.draw(st.integers(0, len(flat) - 12))
    words = flat[begin : data.draw(st.integers(begin + 12, len(flat)))]
    shown = hide(words)
    assert not re.search(r"\d{4}|ABNA|Notenlaan \d|Hadd", shown.replace("2026", "").replace("3511", ""))
    around = [(text[a.end : b.start]) for a, b in pairwise(masks)]
    assert all(hide(" ".join(plain.split())) == " ".join(plain.split()) for plain in around)


# disturbed


@pytest.mark.parametrize(
    "words, personal",
    [
        ("Uw code:\n    H4TQ\n    9WXK\n    2P\n\nVragen? Bel 088 123 65 55.", ["H4TQ", "9WXK", "2P"]),
        ("Uw herstelcode is\n|  A  |  B  |  7  |  9  |  X  |  Q  |\n", ["AB79XQ"]),
        ("Uw herstelcode:\n[ A ]  [ B ]  [ 7 ]  [ 9 ]  [ X ]  [ Q ]", ["AB79XQ"]),
        ("Activeer met deze code: zie hier (7 Q 8 H K L 9)\nof typ 7q8hkl9 in de app.", ["7q8hkl9"]),
        ("Uw burgerservicenummer is 1112223333.", ["1112223333"]),
        ("Uw BSN: 11122233", ["11122233"]),
        ("Burgerservicenummer  1112.22.33", ["1112.22.33"]),
        ("BSN partner 1112.22.3335 is bekend", ["1112.22.3335"]),
        ("op rekening:NL91-ABNA:0417-1643 00 onder", ["NL91ABNA0417164300"]),
        ("op rekening NL91 ABNA 0 onder", ["NL91ABNA0"]),
        ("Kaartnummer 5355 1234 5678 9012.", ["5355123456789012"]),
        ("Uw creditcard: 4111-1111-1111-1111", ["4111111111111111"]),
        ("V-nummer referent 2930.66.1874", ["2930.66.1874"]),
        ("V-nummers 2812 345 678 en 2930 66 18 74", ["2812 345 678", "2930 66 18 74"]),
        ("NL91 ABNA 0417 1643 00 t.n.v. Y Haddad e/o R Khalil.", ["Haddad", "Khalil"]),
        ("Betaald van uw rekening op naam van J de Vries", ["Vries"]),
        ("V-nummers: mvv voor Selam Ghebru (2987008671) en Abel (2987008672)", ["Selam", "Ghebru", "2987008671"]),
        ("Herinnering. Fatima E. (06-09-2015) heeft een afspraak.", ["Fatima E"]),
        ("Geathte heer Haddad,\n\nU komt, zegt Haddad.", ["Haddad"]),
        ("Gaachte-mevrouw Haddad,\n\nU komt.", ["Haddad"]),
        ("Aan de heer Y, Haddad\nNotenlaan 7\n3511 XX Utrecht", ["Haddad", "Notenlaan", "3511"]),
        ("Bureau\n\nY, Haddad\nNotenlaan 7\n3511.XX Utrecht\n\nDatum", ["Haddad", "Notenlaan", "3511"]),
        ("Wij leveren stroom en gas op Oude Noten-Zuid 17,\n3511 XX Utrecht.", ["Noten", "3511 XX"]),
        ("De monteur komt op het adres Notenlaan 7, 3511 XX Utrecht.", ["Notenlaan", "3511 XX"]),
        ("Geachte heer Haddad,\nAdres: Notenlaan 7-2, 3511XX Utrecht, tel. 06-12345678", ["0612345678"]),
    ],
)  # fmt: skip
def test_what_is_disturbed_goes(words: str, personal: list[str]) -> None:
    shown = masked(even(words))
    assert [secret for secret in personal if squeezed(secret) in squeezed(shown)] == []
    assert masked(shown) == shown


@pytest.mark.parametrize(
    "words",
    [
        "Houd uw BSN bij de hand: 088 123 65 55.",
        "BSN of klantnummer: zie boven\nKlantnummer 1234567",
        "Betalingskenmerk 5355 1234 5678 9012",
        "CJIB-nummer 4111 1111 1111 1111",
        "Onder vermelding van t.n.v. GGN Mastering Credit",
        "Maak het over t.n.v. SV Voorwaarts Utrecht",
        "t.n.v. Noordlijn B.V. Vermeld het nummer",
        "op naam van CJIB te Leeuwarden",
        "Inzake: Telvari B.V. / uw abonnement",
        "Betreft: Voorschot zorgtoeslag\n\nDit is een voorschot.",
        "Betreft: uw WW-uitkering",
        "Het adres is Postbus 8, 5340 ZA Oss.",
        "Adres: Stadhuisplein 1, kamer 2, tel. 015-1234567",
        "Huur                   Woonstichting IJdelta",
        "Onze code\n\nDUO\nCAK\n",
        "Bij heer Bommel en namens mevrouw De Boer",
        "Vitamine C, D en kruiden\nPlan B, Amersfoort komt",
        "Zaaknummer 2026 0441 9921 33",
        "U wordt op 3 maart verwacht op het adres Stationsplein 4, 3511 ED Utrecht.",
        "Mevrouw De Boer (088 123 65 55) belt Den Haag (070 123 45 67)",
        "Uw afspraak\nWaar: gemeentehuis\nAdres: Stadhuisplein 1, 3511 AB Utrecht",
        "Vanaf 14 december leveren wij gas op Maandag 3 uur",
    ],
)
def test_what_is_only_like_it_stays(words: str) -> None:
    assert masked(even(words)) == even(words)


# masked already


@pytest.mark.parametrize(
    "words",
    [
        "De heer Y. Haddad           Uw BSN          999775261\n"
        "Laan van Veldzicht 9   Doorkiesnummer  088 000 70 14\n2548 ZV Den Haag",
        "Geb.datum     03-04-1988                     Periode        01-01-2027 t/m 31-01-2027",
        "De heer Y. Haddad, geboren 03-04-1988                     Datum 11 maart 2027",
        "Uw zoon Omar (geboren 03-04-2019) mag per\n18 december 2026 naar school.",
        "Naam          Y. Haddad\nGeb.datum     03-04-1988\nDossier         INB/PIP/2027/0219",
    ],
)
def test_no_day_or_number_is_hidden_because_its_neighbour_was(words: str) -> None:
    shown = masked(even(words))
    stays = (
        "088 000 70 14",
        "31-01-2027",
        "01-01-2027",
        "11 maart 2027",
        "18 december 2026",
        "PIP/2027/0219",
    )
    assert [piece for piece in stays if piece in words and piece not in shown] == []
    assert not re.search(r"Haddad|999775261|03-04", shown)
