"""PDF: the text that is in it, or pictures of its pages, read as photos are."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from bot.letters.reader import image, layers, layout, ocr, page, plain
from bot.letters.reader.layers import Box
from bot.letters.reader.layout import Row, Word
from bot.letters.reader.page import Page
from bot.letters.reader.reading import Line, Reading, Unreadable

MAX_PAGES = 12

MAX_LETTERS = 20_000
"""Characters of one page; the fullest page of small print has a third of that."""

ENOUGH = 200
"""Letters of a text layer from which on it is the letter, unless most of the page is a picture beside it;
with fewer, on a page that has any picture, it may be a scanner's stamp, and the page is looked at."""

MOST_PICTURES = 200
"""Pictures of a page whose places are looked up; scans come in strips, backgrounds in thousands of tiles."""

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
        found = Page((), "took-too-long") if time.monotonic() > until else _numbered(document, number)
        if not found.unreadable and _long(*pages, *found.pages):
            found = Page((), "too-long")
        if not found.unreadable:
            pages += found.pages
        elif found.unreadable != "no-text":  # what was guessed is worth nothing; empty backs are no fault
            lost.append((number + 1, found.unreadable))
    if not pages:
        return Reading((), lost[0][1] if lost else "empty")
    return Reading(tuple(pages), lost=tuple(lost))


def _long(*pages: tuple[Line, ...]) -> bool:
    """Whether pages together are more than is looked at of any text."""
    return sum(len(line.text) + 1 for lines in pages for line in lines) + len(pages) > plain.MAX_LETTERS


def _numbered(document: pypdfium2.PdfDocument, number: int) -> Page:
    """One page, from 0; what goes wrong with it does not harm the others."""
    try:
        return _page(document[number])
    except pypdfium2.PdfiumError:
        return Page((), "broken")
    except ocr.Failed as e:
        return Page((), "took-too-long" if e.slow else "broken")


def _page(sheet: pypdfium2.PdfPage) -> Page:
    layer = sheet.get_textpage()
    if layer.count_chars() > MAX_LETTERS:
        return Page((), "too-long")
    typed = _typed(layer)
    letters = sum(c.isalnum() for line in typed for c in line.text)
    if letters >= FEW and not _to_look_at(sheet, layer, letters):
        return Page(typed)
    seen = page.read(_picture(sheet), alone=letters >= FEW)
    if letters < FEW or seen.unreadable == "blurred":
        return seen
    if seen.unreadable:
        return Page(typed)
    return Page(layers.merged(typed, seen.lines, hidden=_hidden(sheet)))


def _to_look_at(sheet: pypdfium2.PdfPage, layer: pypdfium2.PdfTextPage, letters: int) -> bool:
    """Whether the text layer of a page may be less than what a picture on it shows."""
    pictures = _pictures(sheet)
    if letters < ENOUGH or not pictures:
        return bool(pictures)
    return layers.untold(sheet.get_bbox(), pictures, list(_runs(layer, layer.count_chars())))


def _typed(layer: pypdfium2.PdfTextPage) -> tuple[Line, ...]:
    """The text layer; nothing where its letters have no meaning (fonts without a table of characters)."""
    count = layer.count_chars()
    text = layer.get_text_range(0, count) if count > 0 else ""
    strange = sum(
        c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (ord(c) < 32 and not c.isspace()) for c in text
    )
    if not text.strip() or strange > len(text) / 10:
        return ()
    if any(pdfium.FPDFText_GetCharAngle(layer, n) > 0.02 for n in range(0, count, max(1, count // 20))):
        return plain.lines(text)  # written up or down the page: its places say nothing about rows
    found = layout.lines([_downwards(run) for run in _runs(layer, count)])
    return tuple(Line(plain.clean(line.text), 1.0) for line in found)


def _downwards(run: Row) -> Row:
    return [replace(word, top=-word.top - word.height) for word in run]


def _runs(layer: pypdfium2.PdfTextPage, count: int) -> Iterator[Row]:
    """Each word as a run of its own: PDFium knows words, rows are seen by ``layout``. Heights are counted
    upwards, as a PDF does: ``top`` is the word's foot."""
    box = [ctypes.c_double() for _ in range(4)]
    word: list[tuple[str, float, float, float, float]] = []
    for n in range(count):
        letter = chr(pdfium.FPDFText_GetUnicode(layer, n))
        if letter.isspace() or not letter.isprintable() or not pdfium.FPDFText_GetCharBox(layer, n, *box):
            yield from _word(word)
            word = []
            continue
        left, right, bottom, top = (side.value for side in box)
        word.append((letter, left, right, bottom, top))
    yield from _word(word)


def _word(letters: list[tuple[str, float, float, float, float]]) -> Iterator[Row]:
    if letters:
        text = "".join(letter for letter, *_ in letters)
        left, right = min(row[1] for row in letters), max(row[2] for row in letters)
        bottom, top = min(row[3] for row in letters), max(row[4] for row in letters)
        yield [Word(left, bottom, right - left, top - bottom, 1.0, text)]


def _pictures(sheet: pypdfium2.PdfPage) -> list[Box]:
    """Where pictures stand on a page; of one within a form where the form stands."""
    found = islice(sheet.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3), MOST_PICTURES)
    return [_outermost(one).get_bounds() for one in found]


def _outermost(one: pypdfium2.PdfObject) -> pypdfium2.PdfObject:
    while one.container is not None:
        one = one.container
    return one


def _hidden(sheet: pypdfium2.PdfPage) -> bool:
    """Whether there is text that nobody sees, as scanners put theirs behind the picture."""
    typed = islice(sheet.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=3), MOST_PICTURES)
    return any(
        pdfium.FPDFTextObj_GetTextRenderMode(one) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE for one in typed
    )


def _picture(sheet: pypdfium2.PdfPage) -> Image.Image:
    """In grey, as large as a photo is read, whatever size the page claims."""
    scale = image.LONG_SIDE / max(1.0, *sheet.get_size())
    bitmap = sheet.render(scale=scale, grayscale=True, may_draw_forms=False)
    return image.fit(bitmap.to_pil().convert("L"))
