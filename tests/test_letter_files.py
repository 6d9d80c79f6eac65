"""Files of many pages and long texts in the private chat: no page, letter or line is passed over silently."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.letters.letter import read_letter
from bot.letters.reader.reading import Line, Reading
from bot.letters.sent import grouped, lost, pages_of, pasted, within
from bot.letters.text import LONGEST, PORTION
from bot.store.letterintake import PIECE
from tests.story import Welcome
from tests.test_letter_chat import HOSPITAL, INTERVIEW, LAST_DAY, WATER, letters
from tests.test_reader import typeset

FILLING = "Een regel van de toelichting bij deze brief, waarin niets staat dat iemand moet doen.\n"
LATE = "\nBetaal het bedrag uiterlijk 4 mei 2027.\n"


async def sends_pdf(world: Welcome, *pages: str) -> list[str]:
    yusuf = world.people["Yusuf"]
    world.mark(yusuf)
    world.telegram.send_file(yusuf, None, "scan.pdf", typeset(list(pages)), "application/pdf")
    await world.settle()
    return world.heard(yusuf)


def reading(*texts: str) -> Reading:
    return Reading(tuple((Line(text, 1.0),) for text in texts))


async def test_letters_in_one_pdf_are_kept_apart_as_photos_are(agreed: Welcome) -> None:
    said = await sends_pdf(agreed, WATER, INTERVIEW, HOSPITAL)
    assert agreed.told(said, "letter.pile", n=3)
    assert len(letters(agreed)) == 3


async def test_pages_of_a_pdf_of_which_nobody_can_tell_are_asked_about(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    head, greeting, rest = WATER.partition("Geachte")
    said = await sends_pdf(agreed, head, greeting + rest)
    assert agreed.told(said, "letter.which", n=2)
    agreed.mark(yusuf)
    await agreed.taps(yusuf, "button.letter_one")
    assert agreed.told(yusuf, "letter.by", day=LAST_DAY, year="2027")


async def test_a_long_text_is_one_letter_and_read_to_its_end(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    body = FILLING * ((LONGEST - len(WATER) - 2 * PIECE) // len(FILLING))
    agreed.mark(yusuf)
    agreed.telegram.say(yusuf, None, WATER + "\n" + body + LATE)
    await agreed.settle()
    await agreed.wait(seconds=5)
    assert len(letters(agreed)) == 1
    assert agreed.told(yusuf, "letter.printed", quote="uiterlijk 4 mei 2027")


async def test_a_text_longer_than_any_letter_is_told_so_once(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    agreed.telegram.say(yusuf, None, WATER + FILLING * (2 * LONGEST // len(FILLING)))
    await agreed.settle()
    await agreed.wait(seconds=5)
    said = agreed.heard(yusuf)
    too_long = [words for words in said if agreed.told([words], "letter.unreadable.too-long")]
    assert len(too_long) == 1
    assert letters(agreed) == []


@pytest.mark.parametrize("filling", [FILLING, "x" * 80 + " ", "x"])
def test_a_day_on_the_last_page_is_told_however_long_the_letter(filling: str) -> None:
    text = WATER + "\n" + filling * ((3 * PORTION) // len(filling)) + LATE
    assert [one.date for one in read_letter(text).deadlines] == [LAST_DAY, LAST_DAY + timedelta(days=7)]


def test_pages_that_make_a_letter_too_long_are_told() -> None:
    half = "x" * (LONGEST // 2 - 1)
    pages = [page for n in (1, 2, 3) for page in pages_of(n, reading(half))]
    groups, sure = grouped([[0, 1, 2]], pages)
    assert sure
    read = within(pages, groups)
    assert [page.text for page in read] == [half, half, ""]
    assert lost(read) == [[3, "too-long"]]
    assert pasted("x" * (LONGEST + 1)).unreadable == "too-long"


def test_a_page_of_which_nobody_spoke_goes_with_a_letter() -> None:
    pages = pages_of(1, reading("a", "b", "c"))
    assert grouped([[0], [1]], pages) == ([[0], [1, 2]], True)
    assert grouped([[7]], pages) == ([[0, 1, 2]], True)


async def test_readers_end_once_nobody_sends_letters(
    agreed: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    yusuf, work = agreed.people["Yusuf"], agreed.app.errands
    agreed.telegram.send_file(yusuf, None, "brief.txt", WATER.encode(), "text/plain")
    await agreed.settle()
    assert any(reader.pid for reader in work.readers)
    monkeypatch.setattr("bot.errands.IDLE_SECONDS", 0.0)
    work.wake.set()
    await agreed.settle()
    assert not any(reader.pid for reader in work.readers)
