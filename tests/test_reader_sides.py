"""Pages that lie beside or below each other in one picture: two are never read straight across as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image

from bot.letters.piles import parted, piled
from bot.letters.reader.layout import Word
from bot.letters.reader.page import LINED, STRIPED, _verdict
from bot.letters.reader.reading import ReaderProcess, Reading
from bot.letters.reader.upright import Lie
from tests.test_reader import LETTER, on_table, saved, sheet, wrong

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("browser")]

OTHER = """Incassobureau Van Veen
Postbus 10, 3500 AA Utrecht

Datum: 5 maart 2027
Betreft: sommatie, dossier 55123

Geachte mevrouw Karimi,

U bent nog steeds € 412,00 schuldig aan de sportschool in uw buurt.
Wij sommeren u om dit bedrag uiterlijk 26 maart 2027 te betalen op
onze rekening. Doet u dat niet, dan geven wij deze zaak uit handen.
Alle kosten die wij daarvoor moeten maken, komen dan voor uw rekening.

Kent u deze schuld niet, stuur ons dan binnen een week een brief of
bel met een van onze medewerkers. Wij zijn elke dag bereikbaar.

Met vriendelijke groet,
P. de Graaf"""
SECOND = """Wat kunt u doen als u het bedrag niet kunt betalen?

Bel ons dan zo snel mogelijk, dan zoeken wij samen naar een
oplossing. U kunt in delen betalen, of een paar weken wachten.
Ook kunt u hulp vragen bij de gemeente waar u woont. Daar
werken mensen die u gratis helpen met uw schulden."""
LINES = 12
FORM = """Gemeente Eikendam

Wilt u ons een paar dingen over u vertellen?
Vul het formulier in met een blauwe of zwarte pen.

Wat is uw naam                           Karimi
Wat is uw adres                          Lindelaan 12
Hoeveel kinderen wonen er bij u          drie
Hoe hoog is uw huur per maand            712 euro
Werkt u op dit moment ergens             nee
Volgt u een cursus Nederlands            ja
Sinds wanneer woont u hier               maart 2027"""


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


def beside(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages on a table, one a little lower than the other."""
    both = Image.new("RGB", (left.width + right.width + 60, left.height + 40), (92, 64, 44))
    both.paste(left, (20, 10))
    both.paste(right, (left.width + 40, 30))
    return both


def pages(reading: Reading) -> list[Reading]:
    assert reading.unreadable == ""
    return list(reading.each)


def test_two_letters_side_by_side_are_two(reader: ReaderProcess) -> None:
    left, right = pages(reader.read(saved(beside(sheet(OTHER), sheet()))))
    assert wrong(left, OTHER) <= 0.02
    assert wrong(right, LETTER) <= 0.02
    pile = piled([left.text, right.text])
    assert (pile.letters, pile.sure) == (((0,), (1,)), True)


def test_two_pages_of_one_letter_side_by_side_are_one(reader: ReaderProcess) -> None:
    two = (OTHER + "\n\npagina 1 van 2", SECOND + "\n\npagina 2 van 2")
    left, right = pages(reader.read(saved(beside(*map(sheet, two)).rotate(180))))
    assert wrong(right, two[1]) <= 0.02
    pile = piled([left.text, right.text])
    assert (pile.letters, pile.sure) == (((0, 1),), True)
    assert "Incassobureau" in left.text


@pytest.mark.parametrize("text", [LETTER, OTHER, FORM], ids=["two-columned-head", "prose", "form"])
def test_one_page_is_never_cut(reader: ReaderProcess, text: str) -> None:
    (page,) = pages(reader.read(saved(on_table(sheet(text), 2))))
    assert wrong(page, text) <= 0.03


def test_a_letter_below_another_is_another(reader: ReaderProcess) -> None:
    both = Image.new("RGB", (1240, 2 * 1754), (244, 243, 238))
    both.paste(sheet(OTHER), (0, 0))
    both.paste(sheet(), (0, 1754))
    above, below = pages(parted(reader.read(saved(both))))
    assert wrong(above, OTHER) <= 0.02
    assert wrong(below, LETTER) <= 0.02


def test_letters_without_any_word_among_them_are_not_guessed_at() -> None:
    """As a mirror's picture is read: some of the letters surely, in lines that are short."""
    words = [Word(0, 0, 90, 20, 0.6, "Incass"), Word(100, 0, 90, 20, 0.3, "nsVaaa")]
    lined = Lie(sideways=False, lean=0, sure=LINED, striped=STRIPED)
    assert _verdict([words] * LINES, lined, 1) == "blurred"
    dutch = [replace(words[0], text="worden"), words[1]]
    assert _verdict([dutch] * LINES, lined, 1) == ""
