"""Text that was typed: which encoding, and nothing in it but text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from bot.letters.reader.reading import Line, Reading

MAX_LETTERS = 60_000
"""Characters of the longest text: thirty pages."""

BYTE_ORDER = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that no text has: what has them is some other kind of file."""

OTHER = re.compile(r"\A\s*(?:\{\\rtf|<\?xml|<!doctype|<html|<svg|%!PS)", re.IGNORECASE)
"""Files of letters and digits that are programs or documents of other programs all the same."""


TYPED = "€\u2018\u2019\u201c\u201d–\u2014…•°§«»½²\u00b4"
"""What Windows-1252 has beyond letters that people do type."""


def read(content: bytes) -> Reading:
    if len(content) > 4 * MAX_LETTERS:
        return Reading((), "too-long" if _decoded(content[: 4 * MAX_LETTERS]) is not None else "unsupported")
    text = _decoded(content)
    if text is None or OTHER.match(text):
        return Reading((), "unsupported")
    if len(text) > MAX_LETTERS:
        return Reading((), "too-long")
    pages = tuple(lines(page) for page in text.split("\f") if page.strip())
    return Reading(pages) if pages else Reading((), "empty")


def lines(text: str) -> tuple[Line, ...]:
    """Every line as it was typed, indented as it was; without empty ones at the beginning and the end."""
    put = [clean(line) for line in text.splitlines()]
    while put and not put[0].strip():
        del put[0]
    while put and not put[-1].strip():
        del put[-1]
    return tuple(Line(line, 1.0) for line in put)


def clean(text: str) -> str:
    """One line without signs that cannot be seen: they hide words from whoever recognises, or turn the
    direction of what is shown around them."""
    text = unicodedata.normalize("NFC", text.expandtabs(4))
    shown = (" " if unicodedata.category(c) == "Zs" else c for c in text if unicodedata.category(c)[0] != "C")
    return "".join(shown).rstrip()


def _decoded(content: bytes) -> str | None:
    """None where it is no text."""
    for mark, encoding in BYTE_ORDER:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    if content and content.count(0) > len(content) // 4:
        return _wide(content)
    if CONTROLS.search(content):
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as e:
        if e.start > len(content) - 4 and e.reason == "unexpected end of data":
            return content[: e.start].decode("utf-8")
    text = content.decode("cp1252", "replace")
    strange = sum(not (c.isascii() or c.isalpha() or c in TYPED) for c in text)
    foreign = sum(not c.isascii() for c in text)
    return None if strange > len(text) / 100 or foreign > len(text) / 5 else text


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: Dutch has its zeros in every other byte."""
    encoding = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    printable = sum(c.isprintable() or c in "\r\n\t\f" for c in text)
    ascii_only = sum(c.isascii() for c in text)
    return text if printable == len(text) and ascii_only > len(text) * 0.8 else None
