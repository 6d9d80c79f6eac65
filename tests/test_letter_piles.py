"""Letters beside understanding them: kept for a day, piles taken apart, letters to send back."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from bot.letters.explain import JOINER, dead
from bot.letters.keeping import from_kept, kept
from bot.letters.kinds import Saying, kinds
from bot.letters.letter import read_letter
from bot.letters.piles import Pile, begins_letter, piled, unseen
from bot.letters.replies import BLANK, as_text, paragraphs, replies
from tests.letter_scores import FOLDER

LETTERS = sorted(FOLDER.rglob("[0-9]*.txt"))
SOME = LETTERS[::7]


def test_a_day_on_a_line_that_was_hard_to_read_says_so() -> None:
    line = "Wilt u het bedrag uiterlijk 3 mei 2027 betalen?"
    letter = read_letter(f"Waterbedrijf\n\nGeachte heer,\n\n{line}\n", [line])
    assert [one.faint for one in letter.deadlines] == [True]
    assert from_kept(kept(letter)) == letter
    clear = read_letter(f"Waterbedrijf\n\nGeachte heer,\n\n{line}\n", ["Een andere regel"])
    assert [one.faint for one in clear.deadlines] == [False]


@pytest.mark.parametrize("file", SOME, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_letter_is_the_same_after_it_was_kept(file: Path) -> None:
    letter = read_letter(file.read_text("utf-8"))
    assert from_kept(json.loads(json.dumps(kept(letter)))) == letter


def test_whole_letters_in_a_pile_stay_apart_or_are_asked_about() -> None:
    """Taking two letters for one hides a day. So no pile of whole letters may surely be one."""
    pages = [file.read_text("utf-8") for file in LETTERS]
    together = [
        (first, second)
        for first, second in pairwise(pages)
        if (pile := piled([first, second])).sure and len(pile.letters) == 1
    ]
    assert len(together) <= 0.02 * len(pages), together[:2]


def test_the_second_page_of_a_letter_goes_with_the_first() -> None:
    """What follows on a next page has neither head nor greeting."""
    halves = [halved(file.read_text("utf-8")) for file in LETTERS]
    piles = [piled(pages) for pages in halves if pages]
    surely_two = [pile for pile in piles if pile.sure and len(pile.letters) == 2]
    assert len(piles) > 100
    assert len(surely_two) <= 0.02 * len(piles)


def halved(text: str) -> list[str]:
    """A letter as two pages; [] for one that is too short for two."""
    lines = text.splitlines()
    return ["\n".join(lines[:22]), "\n".join(lines[22:])] if len(lines) > 30 else []


@pytest.mark.parametrize(
    "page,begins",
    [
        ("Gemeente Utrecht\nDatum  3 maart 2027\nBetreft: uw aanvraag\n\nGeachte heer,\nWij", 1.0),
        ("Gemeente Utrecht\nGeachte heer,\nWij hebben besloten\n\npagina 2 van 3", 0.0),
        ("blad 1/2\nGemeente Utrecht", 1.0),
        ("en betaalt u niet, dan volgen kosten.\n\nMet vriendelijke groet,", 0.0),
        ("Bijlage: uw rechten en plichten\nDatum 3 maart\nKenmerk 4", 0.0),
    ],
)
def test_a_page_tells_whether_it_begins_a_letter(page: str, begins: float) -> None:
    assert begins_letter(page) == begins


HEAD = "Gemeente Utrecht\nDatum  3 maart 2027\nOns kenmerk: {mark}\n\n"
FIRST = HEAD + "Geachte heer,\n\nWij hebben besloten.\n\nMet vriendelijke groet,\nDe gemeente"
OPEN = FIRST.partition("Met vriendelijke")[0]
OTHER = FIRST.replace("Utrecht", "Assen")
NEXT = HEAD + "Op de volgende regels staat waarop ons besluit rust."


@pytest.mark.parametrize(
    "pages, letters, sure",
    [
        (["Het tweede deel.\npagina 2 van 2", FIRST + "\npagina 1 van 2"], ((1, 0),), True),
        ([OPEN, "2/2\nHet tweede deel."], ((0, 1),), True),
        ([FIRST, "2/2\nHet tweede deel."], ((0, 1),), False),
        ([FIRST + "\npagina 1 van 2", OTHER, "Het tweede deel.\npagina 2 van 2"], ((0, 2), (1,)), True),
        ([FIRST + "\npagina 1 van 2"] * 2 + ["Het tweede deel.\npagina 2 van 2"], ((0,), (1, 2)), False),
        (["- 2 -\nHet tweede deel.", FIRST.replace("Utrecht", "Assen")], ((0,), (1,)), False),
        ([FIRST, "pagina 2\nVan de ene.", "pagina 2\nVan de andere."], ((0, 1, 2),), False),
        ([FIRST.format(mark="AB-12"), NEXT.format(mark="AB-12")], ((0, 1),), True),
        ([FIRST.format(mark="AB-12"), NEXT.format(mark="AB-99")], ((0,), (1,)), False),
        ([FIRST.format(mark="AB-12"), FIRST.format(mark="AB-12")], ((0,), (1,)), True),
    ],
    ids=[
        "turned-round",
        "number-alone",
        "second-after-an-end",
        "another-between",
        "two-firsts",
        "without-its-first",
        "two-seconds",
        "head-repeated",
        "other-head",
        "two",
    ],
)
def test_pages_are_put_together_by_their_numbers_and_heads(
    pages: list[str], letters: tuple[tuple[int, ...], ...], sure: bool
) -> None:
    assert piled(pages) == Pile(letters, sure)


@pytest.mark.parametrize(
    "text, missing",
    [
        (OPEN + "\npagina 1 van 2", (2, 2)),
        ("Het tweede deel.\nBlad               2 van 2", (1, 2)),
        (OPEN + "\npagina 1 van 2\n\nHet tweede deel.\npagina 2 van 2", None),
        (OPEN + "\npagina 1 van 1", None),
        (OPEN + "\npagina 1\nlees verder op pagina 2", None),
        (FIRST, None),
    ],
    ids=["front", "back", "whole", "one", "no-total", "no-number"],
)
def test_a_page_that_the_letter_names_and_nobody_sent_is_known(
    text: str, missing: tuple[int, int] | None
) -> None:
    assert unseen(text) == missing


@pytest.mark.parametrize("key", sorted(replies().replies))
def test_a_letter_to_send_back_has_blanks_and_no_facts(key: str) -> None:
    written = replies().replies[key]
    assert key in get_args(Saying)
    assert any(key in kind.say for kind in kinds().values())
    assert any(BLANK in paragraph for paragraph in paragraphs(written))
    assert "{" not in as_text(written)


@pytest.mark.parametrize(
    "words",
    [
        "https://betaal.example/x",
        "www.digid.nl",
        "mail naar a@b.example",
        "/leave",
        "@samenbot",
        "ga naar cjib.nl",
    ],
)
def test_nothing_in_the_words_of_a_letter_can_be_tapped(words: str) -> None:
    shown = dead(f"uiterlijk 3 mei 2027 om 10.30 uur, {words}")
    assert "10.30 uur" in shown
    assert not re.search(r"https?://|\w@\w|(?<!\S)[/@]\w|\w\.[a-z]{2}", shown)
    assert shown.replace(JOINER, "").endswith(words)
