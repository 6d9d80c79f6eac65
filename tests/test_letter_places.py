"""Where somebody is expected: what a letter says of it, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.letters.appointments import appointments
from bot.letters.text import Body, even

SENT = date(2026, 11, 10)
WHEN = "dinsdag 8 december 2026 om 10.00 uur"


def where(words: str) -> str | None:
    (one,) = appointments(Body(even(words.format(when=WHEN))), SENT)
    return one.place


@pytest.mark.parametrize(
    "words, wanted",
    [
        ("Kom op {when} naar kamer 3.12, Stadhuis Neude.", "kamer 3.12, Stadhuis Neude"),
        ("Kom op {when} op het Stadskantoor, Lindelaan 1. U krijgt koffie.", "Stadskantoor, Lindelaan 1"),
        ("{when}\nWaar: Werkplein Venlo, kamer 3\n", "Werkplein Venlo, kamer 3"),
        ("Examen: {when}. Locatie: Examencentrum Ede, Volmerlaan 1.", "Examencentrum Ede, Volmerlaan 1"),
        ("Kom op {when} op de poli psychiatrie, route 12, bij dr. Klaassen.", "poli psychiatrie, route 12"),
        ("U bent in het wijkcentrum De Schakel welkom op {when}. Neem uw pas mee.", "wijkcentrum De Schakel"),
        ("Kom op {when} in de aula, de directeur vertelt daar alles.", "aula"),
        ("Wij komen op {when} bij u thuis.", "bij u thuis"),
    ],
)
def test_the_place_is_told_as_far_as_it_goes(words: str, wanted: str) -> None:
    assert where(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "De monteur komt op {when} bij u. Is dit niet mogelijk? Bel dan vóór 1-12-2026 met 030 123 45 67",
        "Wij verwachten u op {when} bij ons. Neem uw pas mee.",
        "Op {when} belt een medewerker u aan de telefoon.",
        "U bent verplicht om op {when} te komen. Komt u niet, dan stopt uw uitkering.",
        "Uw gesprek is op {when}. Bij de eerste afspraak is een tolk Arabisch.",
        "{when}     Duur 45 minuten",
        "{when}     bedrag te betalen.",
        "{when}     Workshop 2",
        "Kom op {when} om uw bedrijf in te schrijven.",
    ],
)
def test_words_that_are_no_place_are_not_told_as_one(words: str) -> None:
    assert where(words) is None
