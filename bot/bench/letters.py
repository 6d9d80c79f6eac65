"""Letters: how long understanding one takes, reading a photo against bare Tesseract, and the reader's memory.

The letters are invented, the photo is drawn from one of them when it is wanted. Bare Tesseract uses all
cores and may lose by that more than it wins, so that it is also held to one thread, as the reader holds its.
"""

from __future__ import annotations

import io
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pillow_heif
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bot.bench.table import Figure
from bot.content import ROOT
from bot.demo.samples import samples
from bot.doctor import tesseract_lacks
from bot.explaining import Explainer
from bot.letters.reader.reading import ReaderProcess

LABELLED = ROOT / "tests" / "letters"
"""Where they lie beside, as in a checkout."""
WRITTEN = date(2027, 1, 4)
"""The day on which the invented letters came."""
PHOTO_OF = "interview"

ROUNDS = 3
PAGE = (1654, 2339)
"""Pixels of the photo that is timed: A4 at 200 to an inch."""
LARGE = (5472, 7296)
"""Pixels of the photo that costs the most memory of those that are read: 40 million, as HEIC."""

TEXT = "a text letter explained, median ms"
UPRIGHT = "an upright photo read, s"
TURNED = "turned by 90°, the slower way, s"
ONE_THREAD = "; bare on one thread"
MEMORY = "reader's peak, 40-megapixel HEIC, MB"

TIMES = ((UPRIGHT, 3), (TURNED, 6), (UPRIGHT + ONE_THREAD, 3), (TURNED + ONE_THREAD, 6))
"""The rows of photos and how many times the bare command's time they may take."""
MEGABYTES = 400


class Unread(Exception):
    """A photo that was not read as what stands in it: its time says nothing."""


def figures(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    """All rows of letters. ``folder`` takes what is read; ``say`` hears what is being done."""
    say("letters as text")
    return [understanding(texts()), *photos(folder, say)]


def photos(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    """The rows that need Tesseract, which say so where it is not as it should be."""
    if lacks := tesseract_lacks():
        return missing(lacks)
    text = samples(WRITTEN)[PHOTO_OF]
    try:
        return [*reading(photo(sheet(text, PAGE)), text, folder, say), memory(text, say)]
    except Unread as unread:
        return missing(str(unread))


def missing(why: str) -> list[Figure]:
    rows = [*((name, f"≤ {most} ×") for name, most in TIMES), (MEMORY, f"≤ {MEGABYTES} MB")]
    return [Figure(name, "–", "–", why, aim, met=None) for name, aim in rows]


def texts() -> list[bytes]:
    """The labelled letters where they are, else those that come with the program."""
    if labelled := sorted(LABELLED.glob("*.txt")):
        return [file.read_bytes() for file in labelled]
    return [text.encode() for text in samples(WRITTEN).values()]


def understanding(letters: Sequence[bytes]) -> Figure:
    """From a letter's bytes to the words of its explanation, once everything is loaded."""
    taken = []
    explainer = Explainer("nl", WRITTEN, ZoneInfo("Europe/Amsterdam"))
    try:
        explainer.words(*explainer.answer(letters[0]))
        for _ in range(ROUNDS):
            for letter in letters:
                begun = time.perf_counter()
                explainer.words(*explainer.answer(letter))
                taken.append(1000 * (time.perf_counter() - begun))
    finally:
        explainer.close()
    most = median(taken)
    return Figure(TEXT, f"{most:.1f}", "–", f"{most:.1f} ms", "≤ 50 ms", most <= 50)


def reading(upright: Image.Image, text: str, folder: Path, say: Callable[[str], None]) -> list[Figure]:
    """The reader, on the photo as it is and turned either way, in turns with the bare command."""
    ways = [saved(way) for way in (upright, *(upright.transpose(turn) for turn in TURNS))]
    file = folder / "upright.jpg"
    file.write_bytes(ways[0])
    bare: list[float] = []
    alone: list[float] = []
    ours: list[list[float]] = [[] for _ in ways]
    with ReaderProcess() as reader:
        seconds(reader, ways[0], text)  # starts it
        for number in range(ROUNDS):
            say(f"photos, round {number + 1} of {ROUNDS}")
            bare.append(tesseract(file))
            for taken, way in zip(ours, ways, strict=True):
                taken.append(seconds(reader, way, text))
            alone.append(tesseract(file, OMP_THREAD_LIMIT="1"))
    turned = max(ours[1:], key=median)
    pairs = ((ours[0], bare), (turned, bare), (ours[0], alone), (turned, alone))
    return [times(*row, *pair) for row, pair in zip(TIMES, pairs, strict=True)]


TURNS = (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)


def times(name: str, most: int, mine: list[float], theirs: list[float]) -> Figure:
    ratio = median(a / b for a, b in zip(mine, theirs, strict=True))
    return Figure(
        name, f"{median(mine):.2f}", f"{median(theirs):.2f}", f"{ratio:.2f} ×", f"≤ {most} ×", ratio <= most
    )


def memory(text: str, say: Callable[[str], None]) -> Figure:
    """What the reader's process had in memory at its peak, as Linux counts it; its Tesseract is another."""
    say("a sheet of 40 megapixels, drawn first")
    with ReaderProcess() as reader:
        seconds(reader, saved(sheet(text, LARGE), "HEIF"), text)
        peak = peak_of(reader.pid)
    aim = f"≤ {MEGABYTES} MB"
    if peak is None:
        return Figure(MEMORY, "–", "–", "told on Linux only", aim, met=None)
    return Figure(MEMORY, f"{peak:.0f}", "–", f"{peak:.0f} MB", aim, peak <= MEGABYTES)


def peak_of(process: int | None) -> float | None:
    """Megabytes; None where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    kilobytes = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(kilobytes[0]) / 1024 if kilobytes else None


def seconds(reader: ReaderProcess, content: bytes, text: str) -> float:
    """How long reading took. Raises Unread where it was not read, or wrongly."""
    begun = time.perf_counter()
    read = reader.read(content)
    taken = time.perf_counter() - begun
    if read.unreadable:
        raise Unread(f"the photo was not read: {read.unreadable}")
    if part_of(text, read.text) < 0.9:
        raise Unread("the photo was read wrongly")
    return taken


def part_of(text: str, read: str) -> float:
    """Which part of a text's words was read."""
    words, found = text.split(), set(read.split())
    return sum(word in found for word in words) / len(words)


def tesseract(file: Path, **settings: str) -> float:
    """How long the bare command takes, with its start."""
    begun = time.perf_counter()
    subprocess.run(  # noqa: S603  # a fixed command and our own file
        ["tesseract", str(file), "stdout", "-l", "nld"],  # noqa: S607  # as the reader asks it: by PATH
        env={**os.environ, **settings},
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - begun


def sheet(text: str, size: tuple[int, int]) -> Image.Image:
    """A letter in black on grey paper, without any font of the system."""
    width, height = size
    page = Image.new("L", size, 240)
    draw, font = ImageDraw.Draw(page), ImageFont.load_default(height / 75)
    for number, line in enumerate(text.splitlines()):
        draw.text((width / 9, height / 16 + number * height / 50), line, 30, font)
    return page


def photo(page: Image.Image) -> Image.Image:
    """A sheet as a phone sees it: leaning a little on a table, in falling light, with grain."""
    leaning = page.rotate(1, Image.Resampling.BICUBIC, fillcolor=80)
    light = Image.linear_gradient("L").resize(page.size).point(lambda level: 190 + level // 4)
    lit = ImageChops.multiply(leaning, light)
    return ImageChops.add(lit, Image.effect_noise(page.size, 10), 1, -128)


def saved(picture: Image.Image, kind: str = "JPEG") -> bytes:
    raw = io.BytesIO()
    pillow_heif.register_heif_opener()
    picture.convert("RGB").save(raw, kind, quality=85)
    return raw.getvalue()
