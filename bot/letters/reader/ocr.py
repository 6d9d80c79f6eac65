"""Tesseract, asked through pipes: a grey page on its standard input, words with places on its output."""

from __future__ import annotations

import io
import subprocess
from itertools import groupby

from PIL import Image

from bot.letters.reader.layout import Row, Word

SECONDS = 25
"""After which one page is given up; a full one takes one or two on an ordinary machine."""

COMMAND = ("tesseract", "stdin", "stdout", "-l", "nld", "--oem", "1", "--dpi", "200")

FAINT = 0.3
"""Signs without a letter or digit that are less certain than this are grain of wood, folds and edges."""


class Failed(Exception):
    """Tesseract is not there, ended with a fault, or took too long (``slow``)."""

    def __init__(self, reason: str, *, slow: bool = False) -> None:
        super().__init__(reason)
        self.slow = slow


def words(page: Image.Image, mode: int = 3) -> list[Row]:
    """The lines of words that Tesseract sees, in no certain order. ``mode``: its page segmentation mode."""
    raw = io.BytesIO()
    page.save(raw, "PPM")
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command; what was sent in goes to its standard input)
            [*COMMAND, "--psm", str(mode), "tsv"],
            input=raw.getbuffer(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as e:
        raise Failed("slow", slow=True) from e
    except (OSError, subprocess.CalledProcessError) as e:
        raise Failed(str(e)) from e
    return _runs(done.stdout.decode("utf-8", "replace"))


def _runs(tsv: str) -> list[Row]:
    """Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    cells = [row.split("\t", 11) for row in tsv.splitlines()[1:]]
    named = [row for row in cells if len(row) == 12 and row[0] == "5"]
    runs = [[_word(row) for row in run] for _, run in groupby(named, key=lambda row: row[2:5])]
    return [kept for run in runs if (kept := [word for word in run if _counts(word)])]


def _word(row: list[str]) -> Word:
    left, top, width, height, sure = (float(cell) for cell in row[6:11])
    return Word(left, top, width, height, max(0.0, sure / 100), row[11].strip())


def _counts(word: Word) -> bool:
    return bool(word.text) and (word.confidence >= FAINT or any(map(str.isalnum, word.text)))
