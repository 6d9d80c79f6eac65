"""PDF: the text that is in it, or pictures of its pages, read as photos are."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from bot.letters.reader import image, layout, page, plain
from bot.letters.reader.layout import Row, Word
from bot.letters.reader.page import Page
from bot.letters.reader.reading import Line, Reading, Unreadable

MAX_PAGES = 12

MAX_LETTERS = 20_000
"""Characters of one page; the fullest page of small print has a third of that."""

ENOUGH = 200
"""Letters of a text layer from which on it is the letter; with fewer, on a page that has a picture, it may be
a scanner's stamp, and the page is looked at."""

FEW = 8
"""Letters below which there is no text layer to speak of."""


def read(content: bytes, until: float) -> Reading:
    """``until``: monotonic seconds after which no further page is begun."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as e:
        locked = e.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        return Reading((), "encrypted" if locked else "broken")
    with document:
        if len(document) > MAX_PAGES:
            return Reading((), "too-many-pages")
        if not len(document):
            return Reading((), "broken")
        return _pages(document, until)


def _pages(document: pypdfium2.PdfDocument, until: float) -> Reading:
    pages: list[tuple[Line, ...]] = []
    lost: list[tuple[int, Unreadable]] = []
    for number in range(len(document)):
        if time.monotonic() > until:
            return Reading(tuple(pages), "took-too-long")
        found = _page(document[number])
        if found.unreadable == "blurred":  # what was guessed of it is worth nothing; empty backs are no fault
            lost.append((number + 1, found.unreadable))
        elif not found.unreadable:
            pages.append(found.lines)
        if sum(len(line.text) for lines in pages for line in lines) > plain.MAX_LETTERS:
            return Reading((), "too-large")
    if not pages:
        return Reading((), "blurred" if lost else "no-text")
    return Reading(tuple(pages), lost=tuple(lost))


def _page(sheet: pypdfium2.PdfPage) -> Page:
    typed = _typed(sheet)
    letters = sum(c.isalnum() for line in typed for c in line.text)
    if letters >= ENOUGH or (letters >= FEW and not _pictured(sheet)):
        return Page(typed)
    seen = page.read(_picture(sheet))
    return Page(typed) if seen.unreadable == "no-text" and letters >= FEW else seen


def _typed(sheet: pypdfium2.PdfPage) -> tuple[Line, ...]:
    """The text layer; nothing where its letters have no meaning (fonts without a table of characters)."""
    layer = sheet.get_textpage()
    count = min(layer.count_chars(), MAX_LETTERS)
    text = layer.get_text_range(0, count) if count > 0 else ""
    strange = sum(
        c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (ord(c) < 32 and not c.isspace()) for c in text
    )
    if not text.strip() or strange > len(text) / 10:
        return ()
    if any(pdfium.FPDFText_GetCharAngle(layer, n) > 0.02 for n in range(0, count, max(1, count // 20))):
        return plain.lines(text)  # written up or down the page: its places say nothing about rows
    found = layout.lines(_runs(layer, count, sheet.get_height()))
    return tuple(Line(plain.clean(line.text), 1.0) for line in found)


def _runs(layer: pypdfium2.PdfTextPage, count: int, height: float) -> Iterator[Row]:
    """Each word as a run of its own: PDFium knows words, rows are seen by ``layout``."""
    box = [ctypes.c_double() for _ in range(4)]
    word: list[tuple[str, float, float, float, float]] = []
    for n in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(layer, n))
        if letter.isspace() or not letter.isprintable() or not pdfium.FPDFText_GetCharBox(layer, n, *box):
            yield from _word(word, height)
            word = []
            continue
        left, right, bottom, top = (side.value for side in box)
        word.append((letter, left, right, bottom, top))
    yield from _word(word, height)


def _word(letters: list[tuple[str, float, float, float, float]], height: float) -> Iterator[Row]:
    if letters:
        text = "".join(letter for letter, *_ in letters)
        left, right = min(row[1] for row in letters), max(row[2] for row in letters)
        bottom, top = min(row[3] for row in letters), max(row[4] for row in letters)
        yield [Word(left, height - top, right - left, top - bottom, 1.0, text)]


def _pictured(sheet: pypdfium2.PdfPage) -> bool:
    return any(True for _ in sheet.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _picture(sheet: pypdfium2.PdfPage) -> Image.Image:
    """In grey, as large as a photo is read, whatever size the page claims."""
    scale = image.LONG_SIDE / max(1.0, *sheet.get_size())
    bitmap = sheet.render(scale=scale, grayscale=True, may_draw_forms=False)
    return image.fit(bitmap.to_pil().convert("L"))
