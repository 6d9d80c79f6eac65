"""Files made to cost more than a letter is worth: a clear answer, in bounded time and memory."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.letters.reader.child import MEMORY
from bot.letters.reader.reading import ReaderProcess, Reading
from tests.test_reader import sheet, wrong

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("browser")]

SECONDS = 15.0
"""How long one reading may take here: a third of what ends a reader."""


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess(deadline=SECONDS) as process:
        yield process


def peak(reader: ReaderProcess) -> int:
    """Bytes of memory that the child ever held."""
    status = Path(f"/proc/{reader.pid}/status").read_text()
    return 1024 * int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0])


def document(page: str, *objects: bytes) -> bytes:
    """A PDF of one page, with the further objects that it speaks of, from 4 on."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        page.encode(),
        *objects,
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n" % (len(parts) + 1)


def stream(content: bytes, more: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<</Filter/FlateDecode/Length {len(packed)}{more}>>stream\n".encode()
    return head + packed + b"\nendstream"


def nested(size: int) -> bytes:
    """Zeros packed twice: a kilobyte for each gigabyte."""
    packer, packed = zlib.compressobj(9), bytearray()
    for _ in range(size // 1_000_000):
        packed += packer.compress(bytes(1_000_000))
    twice = zlib.compress(bytes(packed + packer.flush()), 9)
    head = f"<</Filter[/FlateDecode/FlateDecode]/Length {len(twice)}>>stream\n".encode()
    return head + twice + b"\nendstream"


PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R{more}>>"
WORDS = b"BT /F1 12 Tf 72 700 Td (Geachte mevrouw, dit is een brief.) Tj ET\n"
TEXT = "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
EMBEDDED = (
    "/Resources<</Font<</F1<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 32/LastChar 33/Widths[500 500]"
    "/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 32/FontFile2 5 0 R>>>>>>>>"
)
WIDE = PAGE.replace("0 0 595 842", "0 0 2834646 842")
"""A kilometre."""

BOMBS: dict[str, Callable[[], bytes]] = {
    "stream-of-gigabytes": lambda: document(PAGE.format(more=""), nested(1_000_000_000)),
    "objects-in-gigabytes": lambda: document(
        PAGE.format(more=""), stream(WORDS), stream(bytes(600_000_000), "/Type/ObjStm/N 1000000/First 10")
    ),
    "font-of-gigabytes": lambda: document(PAGE.format(more=EMBEDDED), stream(WORDS), nested(1_000_000_000)),
    "font-of-noise": lambda: document(
        PAGE.format(more=EMBEDDED), stream(WORDS), stream(b"\0\1\0\0" + bytes(range(256)) * 4000)
    ),
    "page-of-a-kilometre": lambda: document(WIDE.format(more=TEXT), stream(WORDS)),
    "empty-page-of-a-kilometre": lambda: document(WIDE.format(more=""), stream(b"0 0 m 9 9 l S\n")),
    "line-of-a-kilometre": lambda: document(
        WIDE.format(more="/UserUnit 75000").replace("842", "0.001"), stream(b"0 0 m 9 9 l S\n")
    ),
    "strokes-without-end": lambda: document(PAGE.format(more=TEXT), stream(b"0 0 m 500 800 l S\n" * 300_000)),
    "form-in-itself": lambda: document(
        PAGE.format(more="/Resources<</XObject<</A 5 0 R>>>>"),
        stream(b"/A Do\n" * 50),
        stream(b"/A Do\n" * 50, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"),
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_pdf_that_swells_is_answered_within_bounds(reader: ReaderProcess, name: str) -> None:
    content = BOMBS[name]()
    reader.read(b"Begin.")
    begun = time.monotonic()
    reading = reader.read(content)
    assert time.monotonic() - begun < SECONDS + 1
    assert reading.unreadable or reading.text
    assert reader.pid is None or peak(reader) <= MEMORY
    assert reader.read(b"Verder.").text == "Verder."


def test_a_letter_on_a_page_of_a_kilometre_is_read_all_the_same(reader: ReaderProcess) -> None:
    assert "dit is een brief" in reader.read(BOMBS["page-of-a-kilometre"]()).text


def saved(picture: Image.Image, kind: str) -> bytes:
    raw = BytesIO()
    picture.save(raw, kind)
    return raw.getvalue()


LARGE = (5472, 7296)
"""40 million pixels; those of HEIC are measured by ``samenbot bench``."""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_forty_megapixels_are_read_in_bounded_memory_or_told_to_be_too_many(kind: str) -> None:
    content = saved(sheet().resize(LARGE, Image.Resampling.NEAREST), kind)
    with ReaderProcess() as reader:
        reading = reader.read(content)
        assert peak(reader) <= MEMORY
    assert reading == Reading((), "too-heavy") or wrong(reading) <= 0.02
    assert kind == "WEBP" or not reading.unreadable
