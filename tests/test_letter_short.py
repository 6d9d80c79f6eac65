# ruff: noqa: E501  # a letter is one string, and reads best so
"""Messages of a sentence or two, as they come on a phone: tricks among them, and honest ones."""

from __future__ import annotations

import pytest

from bot.letters.letter import read_letter

MESSAGES = [
    ("trick", "Uw DigiD verloopt vandaag. Bevestig direct uw gegevens via https://digid-check.example/nl"),
    (
        "trick",
        "Uw pakket kon niet worden bezorgd. Betaal 1,99 euro via https://postnl-bezorg.example/b2 om het vandaag te ontvangen.",
    ),
    (
        "trick",
        "Mam dit is mijn nieuwe nummer, oude telefoon is kapot. Kan je snel 850 euro overmaken? Tikkie: https://tikkie-pay.example/a1",
    ),
    (
        "trick",
        "CJIB: U heeft een openstaande boete van € 45. Betaal vandaag nog om verhoging te voorkomen: www.cjib-betalen.example",
    ),
    (
        "trick",
        "Belastingdienst: u heeft recht op een teruggave van 312,40 euro. Vul uw bankgegevens in op http://belasting-terug.example",
    ),
    ("trick", "ING: uw betaalpas wordt geblokkeerd. Vraag direct een nieuwe aan via ing-nieuwepas.example"),
    (
        "honest",
        "U heeft een afspraak bij Huisartsenpraktijk De Linde op donderdag 3 december om 10.20 uur. Kunt u niet? Bel 030 000 00 00.",
    ),
    (
        "honest",
        "Je pakket wordt vandaag tussen 12.00 en 14.00 bezorgd. Volg het via https://postnl.nl/volgen",
    ),
    (
        "honest",
        "Herinnering: uw afspraak bij het ziekenhuis is morgen om 9.40 uur. Neem uw pas mee. Meer informatie: www.ziekenhuis.example",
    ),
    (
        "honest",
        "De bibliotheek: uw boeken moeten uiterlijk 3 december terug. Verlengen kan via www.bibliotheek.example",
    ),
    ("honest", "Beste ouders, morgen is er studiedag. Graag uw kind ophalen om 12 uur. Groet, juf Els"),
    (
        "honest",
        "DUO: er staat een nieuw bericht voor u klaar in Mijn DUO. Log zelf in via duo.nl. Wij sturen nooit een link.",
    ),
]


@pytest.mark.parametrize("sort,text", MESSAGES, ids=[text[:24] for _, text in MESSAGES])
def test_a_message_on_a_phone_is_a_trick_or_is_not(sort: str, text: str) -> None:
    assert (read_letter(text).kind == "phishing") == (sort == "trick")
