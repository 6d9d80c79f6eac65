"""The reader: photos, scans, PDF and text become lines; whatever a file does, the bot gets an answer."""

from __future__ import annotations

import io
import os
import random
import re
import signal
import struct
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pillow_heif
import pytest
import typst
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from bot.letters.reader.pdf import ENOUGH, MAX_PAGES
from bot.letters.reader.plain import MAX_LETTERS
from bot.letters.reader.reading import Line, ReaderProcess, Reading, packed, unpacked

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("browser")]

LETTER = """Gemeente Eikendam
Postbus 100, 3500 AB Eikendam

Mevrouw S. Karimi                   Datum         3 maart 2027
Lindelaan 12                        Kenmerk       EK-2027-0417

Onderwerp: uw aanvraag voor bijzondere bijstand

Geachte mevrouw Karimi,

Wij hebben uw aanvraag ontvangen. Voor een besluit hebben wij
nog papieren van u nodig. Stuur ons vóór 24 maart 2027 een kopie
van uw huurcontract en van uw bankafschriften.

Wij betalen u eenmalig € 245,50. Hebt u vragen? Bel ons gerust."""


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype("NotoSans-Regular.ttf", size)


def sheet(text: str = LETTER) -> Image.Image:
    """A page of 1240 × 1754 pixels: A4 at 150 to an inch."""
    page = Image.new("RGB", (1240, 1754), (244, 243, 238))
    draw = ImageDraw.Draw(page)
    for n, line in enumerate(text.splitlines()):
        for column in re.finditer(r"\S+(?: \S+)*", line):
            draw.text((110 + 14 * column.start(), 130 + 42 * n), column[0], (25, 25, 30), font(24))
    return page


def on_table(page: Image.Image, degrees: float = 0.0, grain: float = 12) -> Image.Image:
    """Photographed on a brown table, with the grain of a camera."""
    photo = Image.new("RGB", (1440, 1960), (92, 64, 44))
    mask = Image.new("L", page.size, 255).rotate(degrees, expand=True)
    photo.paste(page.rotate(degrees, Image.Resampling.BICUBIC, expand=True), (60, 60), mask)
    return ImageChops.add(photo, Image.effect_noise(photo.size, grain).convert("RGB"), 1, -128)


def shaded(page: Image.Image) -> Image.Image:
    """Half of it in the shadow of a head."""
    light = Image.new("L", page.size, 255)
    ImageDraw.Draw(light).polygon([(0, 300), (900, 0), (900, 1754), (300, 1754)], fill=115)
    return ImageChops.multiply(page, light.filter(ImageFilter.GaussianBlur(15)).convert("RGB"))


def pale(page: Image.Image) -> Image.Image:
    return page.point(lambda level: 110 + level * 70 // 255)


def saved(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    raw = io.BytesIO()
    picture.save(raw, kind, **options)
    return raw.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


def wrong(reading: Reading, text: str = LETTER) -> float:
    """Character error rate, whatever the spaces."""
    read, meant = flat(reading.text), flat(text)
    row = list(range(len(meant) + 1))
    for n, letter in enumerate(read, 1):
        before, row[0] = row[:], n
        for m, other in enumerate(meant, 1):
            row[m] = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != other))
    return row[-1] / len(meant)


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess() as process:
        yield process


# --- photos ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "turned",
    [0, 3.5, -9, 90, 180, 266],
    ids=["upright", "leaning", "leaning-far", "left", "head", "right-leaning"],
)
def test_a_photo_is_read_however_it_was_held(reader: ReaderProcess, turned: float) -> None:
    quarters, lean = round(turned / 90), turned - round(turned / 90) * 90
    photo = on_table(sheet(), lean).rotate(quarters * 90, expand=True)
    reading = reader.read(saved(photo, quality=85))
    assert reading.unreadable == ""
    assert wrong(reading) <= 0.02


@pytest.mark.parametrize("spoilt", [shaded, pale], ids=["shaded", "pale"])
def test_shadows_and_pale_ink_lose_no_line(
    reader: ReaderProcess, spoilt: Callable[[Image.Image], Image.Image]
) -> None:
    assert wrong(reader.read(saved(on_table(spoilt(sheet()), 2, grain=4)))) <= 0.03


def test_what_the_camera_noted_about_turning_is_believed_only_where_it_is_true(reader: ReaderProcess) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = sheet().rotate(90, expand=True)
    assert wrong(reader.read(saved(turned, exif=exif))) <= 0.02
    assert wrong(reader.read(saved(sheet(), exif=exif))) <= 0.02


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_every_kind_of_picture_that_phones_make(reader: ReaderProcess, kind: str) -> None:
    pillow_heif.register_heif_opener()
    assert wrong(reader.read(saved(sheet(), kind))) <= 0.02


def test_letters_on_a_transparent_ground_are_letters_on_paper(reader: ReaderProcess) -> None:
    ink = sheet().convert("L").point(lambda level: 255 if level < 128 else 0)
    picture = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), mask=ink)
    assert wrong(reader.read(saved(picture, "PNG"))) <= 0.02


def test_columns_stay_apart_paragraphs_too_and_every_line_says_how_sure(reader: ReaderProcess) -> None:
    (page,) = reader.read(saved(sheet())).pages
    texts = [line.text for line in page]
    assert any(re.fullmatch(r"Mevrouw S. Karimi {3,}Datum {3,}3 maart 2027", text) for text in texts)
    assert texts[texts.index("Geachte mevrouw Karimi,") + 1] == ""
    assert all(0.5 < line.confidence <= 1 for line in page)


def test_twelve_megapixels_fit_in_memory(reader: ReaderProcess) -> None:
    photo = on_table(sheet()).resize((3000, 4083), Image.Resampling.BICUBIC)
    with ReaderProcess() as fresh:
        assert wrong(fresh.read(saved(photo, quality=80))) <= 0.02
        status = Path(f"/proc/{fresh.pid}/status").read_text()
    most = int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0])
    assert most <= 400 * 1024


@pytest.mark.parametrize("ground, ink", [((18, 18, 18), (232, 232, 232)), ((40, 44, 52), (200, 200, 200))])
def test_light_letters_on_a_dark_screen_are_read(
    reader: ReaderProcess, ground: tuple[int, int, int], ink: tuple[int, int, int]
) -> None:
    paper, letters = Image.new("RGB", (1240, 1754), ground), Image.new("RGB", (1240, 1754), ink)
    paper.paste(letters, mask=ImageChops.invert(sheet().convert("L")).point(lambda level: max(0, level - 16)))
    assert wrong(reader.read(saved(paper, "PNG"))) <= 0.02


def test_a_letter_far_away_is_not_guessed_at(reader: ReaderProcess) -> None:
    """Small letters are taken for others without looking doubtful: 10.30 became 16.30."""
    small = sheet().resize((280, 396), Image.Resampling.BICUBIC)
    assert reader.read(saved(small, quality=80)).unreadable == "blurred"


def test_a_long_screenshot_is_read_from_above_to_below(reader: ReaderProcess) -> None:
    long = Image.new("RGB", (1240, 8000), (244, 243, 238))
    for place in range(5):
        long.paste(sheet().crop((0, 80, 1240, 900)), (0, 30 + 900 * place))
    reading = reader.read(saved(long, "PNG"))
    assert wrong(reading, " ".join([LETTER] * 5)) <= 0.02


def test_a_blurred_letter_and_a_picture_that_is_none(reader: ReaderProcess) -> None:
    blurred = on_table(sheet()).filter(ImageFilter.GaussianBlur(6))
    assert reader.read(saved(blurred)).unreadable == "blurred"
    sky = Image.effect_noise((60, 90), 90).resize((1200, 1800), Image.Resampling.BICUBIC)
    assert reader.read(saved(sky)) == Reading((), "no-text")
    assert reader.read(saved(Image.new("RGB", (900, 900), "white"))) == Reading((), "no-text")


# --- PDF ---------------------------------------------------------------------------------------------------


def typeset(pages: list[str]) -> bytes:
    blocks = [
        "".join(f'#place(dy: {14 * n}pt, text("{row}"))' for n, row in enumerate(text.splitlines()) if row)
        for text in pages
    ]
    source = '#set page("a4")\n#set text(10pt, font: "DejaVu Sans Mono")\n' + "#pagebreak()\n".join(blocks)
    return typst.compile(source.encode(), format="pdf")


def test_the_text_of_a_pdf_is_taken_as_it_was_typed(reader: ReaderProcess) -> None:
    reading = reader.read(typeset([LETTER, "Bijlage: de papieren die wij van u nodig hebben."]))
    assert reading.unreadable == ""
    assert len(reading.pages) == 2
    assert wrong(reading, LETTER + " Bijlage: de papieren die wij van u nodig hebben.") <= 0.002
    assert {line.confidence for page in reading.pages for line in page} == {1.0}
    assert any(re.match(r"Mevrouw S. Karimi {3,}Datum", line.text) for line in reading.pages[0])


def test_scanned_pages_are_looked_at_between_typed_ones_empty_backs_are_not_missed(
    reader: ReaderProcess,
) -> None:
    scan = saved(
        sheet(), "PDF", resolution=150, save_all=True, append_images=[Image.new("RGB", (1240, 1754), "white")]
    )
    reading = reader.read(scan)
    assert reading.unreadable == ""
    assert len(reading.pages) == 1
    assert wrong(reading) <= 0.02


def test_a_page_that_cannot_be_read_is_named_and_nothing_of_it_is_guessed(reader: ReaderProcess) -> None:
    blurred = on_table(sheet(LETTER.replace("245,50", "999,99"))).filter(ImageFilter.GaussianBlur(6))
    pages = [blurred, Image.new("RGB", (1240, 1754), "white"), on_table(sheet())]
    scan = saved(sheet(), "PDF", resolution=150, save_all=True, append_images=pages)
    reading = reader.read(scan)
    assert (reading.unreadable, reading.lost) == ("", ((2, "blurred"),))
    assert len(reading.pages) == 2
    assert wrong(reading, f"{LETTER} {LETTER}") <= 0.02
    alone = reader.read(saved(blurred, "PDF", resolution=150))
    assert alone == Reading((), "blurred")


FOOTER = (
    "Gescand met de gratis versie van de app. Wilt u deze regel niet meer zien? Koop dan de volledige versie"
    " in de winkel van uw telefoon. Deze app bewaart uw scans veilig en werkt ook zonder internet. Kijk voor"
    " meer informatie op de site van de maker. Uw scans blijven op uw telefoon staan."
)


def over(picture: Image.Image, markup: str, high: str = "27cm") -> bytes:
    """A page with a picture of that height across it, and typed text below or on it."""
    raw = ",".join(map(str, saved(picture, "JPEG", quality=85)))
    source = f"""#set page("a4", margin: 0cm)
#image(bytes(({raw})), width: 100%, height: {high})
{markup}"""
    return typst.compile(source.encode(), format="pdf")


def test_a_scan_under_a_scanners_words_is_read_and_its_words_too(reader: ReaderProcess) -> None:
    assert sum(map(str.isalnum, FOOTER)) > ENOUGH
    reading = reader.read(over(sheet(), f"#text(7pt)[{FOOTER}]"))
    assert wrong(reading, f"{LETTER} {FOOTER}") <= 0.03
    assert flat(FOOTER) in flat(reading.text)  # as it was typed


def test_a_typed_letter_over_a_picture_of_its_paper_stays_as_it_was_typed(reader: ReaderProcess) -> None:
    lines = "".join(
        f'#place(top, dx: 2cm, dy: {60 + 20 * n}pt, text(10pt, "{row}"))'
        for n, row in enumerate((LETTER + "\n" + LETTER).splitlines())
        if row
    )
    reading = reader.read(over(Image.new("RGB", (600, 800), (250, 250, 245)), lines, "29cm"))
    assert {line.confidence for page in reading.pages for line in page} == {1.0}
    assert wrong(reading, f"{LETTER} {LETTER}") <= 0.002


def test_pages_beyond_what_is_looked_at_are_told_not_dropped(reader: ReaderProcess) -> None:
    full = "\n".join(
        f"Regel {n} van een heel lange toelichting bij dit besluit in uw zaak." for n in range(90)
    )
    pages = MAX_PAGES
    reading = reader.read(dense([full] * pages))
    assert reading.unreadable == ""
    assert len(reading.text) <= MAX_LETTERS
    assert [(n, "too-long") for n in range(len(reading.pages) + 1, pages + 1)] == list(reading.lost)
    assert reading.lost


def dense(pages: list[str]) -> bytes:
    rows = [text.replace("\n", "\\n") for text in pages]
    blocks = "#pagebreak()\n".join(f'#raw("{row}", block: true)\n' for row in rows)
    return typst.compile(f'#set page("a4", margin: 1cm)\n#set text(7pt)\n{blocks}'.encode(), format="pdf")


def document(pages: int, trailer: str = "") -> bytes:
    """A PDF by hand: that many empty pages."""
    kids = " ".join(f"{n + 3} 0 R" for n in range(pages))
    parts = [
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        f"2 0 obj<</Type/Pages/Count {pages}/Kids[{kids}]>>endobj\n",
        *(f"{n + 3} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n" for n in range(pages)),
        f"trailer<</Root 1 0 R/Size {pages + 3}{trailer}>>\n%%EOF\n",
    ]
    return "".join(parts).encode()


LOCK = (
    f"/ID[<{'00' * 16}><{'00' * 16}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"
)


# --- text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_the_encodings_that_letters_come_in(reader: ReaderProcess, encoding: str) -> None:
    reading = reader.read(LETTER.encode(encoding))
    assert reading.text == LETTER
    assert reading.pages[0][0] == Line("Gemeente Eikendam", 1.0)


def test_signs_that_nobody_sees_are_left_out(reader: ReaderProcess) -> None:
    assert reader.read("\u202eBetaal\u200b nu\u00a0€ 5\u2066".encode()).text == "Betaal nu € 5"


# --- what is not read --------------------------------------------------------------------------------------


def bomb(width: int, height: int) -> bytes:
    """A PNG whose head promises that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def zipped() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("brief.jpg", bytes(5000))
    return raw.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "only-spaces": (lambda: b"  \n\t\n ", "empty"),
    "random": (lambda: random.Random(5).randbytes(50_000), "unsupported"),
    "zip": (zipped, "unsupported"),
    "program": (lambda: b"\x7fELF" + bytes(500), "unsupported"),
    "office": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), "unsupported"),
    "rich-text": (lambda: b"{\\rtf1\\ansi Geachte mevrouw}", "unsupported"),
    "page-of-the-web": (lambda: b"<!DOCTYPE html><p>Geachte mevrouw", "unsupported"),
    "bomb": (lambda: bomb(30_000, 30_000), "too-heavy"),
    "63-megapixels": (lambda: saved(Image.new("L", (9000, 7000), 255), "PNG"), "too-heavy"),
    "endless-screenshot": (lambda: saved(Image.new("L", (400, 30_000), 255), "PNG"), "too-heavy"),
    "promises-too-much": (lambda: bomb(5_000, 5_000), "broken"),
    "cut-off-photo": (lambda: saved(sheet())[:20_000], "broken"),
    "photo-of-noise": (lambda: b"\xff\xd8\xff\xe0" + random.Random(6).randbytes(5000), "broken"),
    "heic-of-noise": (lambda: b"\0\0\0\x18ftypheic" + random.Random(7).randbytes(5000), "broken"),
    "long-text": (lambda: b"Geachte mevrouw, " * 4000, "too-long"),
    "huge-text": (lambda: b"Geachte mevrouw, " * 100_000, "too-long"),
    "over-20-mb": (lambda: b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "too-large"),
    "empty-pdf": (lambda: b"%PDF-1.7\n", "broken"),
    "cut-off-pdf": (lambda: typeset([LETTER])[:3000], "broken"),
    "10000-pages": (lambda: document(10_000), "too-many-pages"),
    "locked": (lambda: document(1, LOCK), "encrypted"),
    "blank-pdf": (lambda: document(2), "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_says_why(reader: ReaderProcess, name: str) -> None:
    make, why = HOSTILE[name]
    child = reader.pid
    assert reader.read(make()) == Reading((), why)
    assert reader.pid == child  # answered, not died of
    assert reader.read(b"Geachte mevrouw Karimi,").text == "Geachte mevrouw Karimi,"


@pytest.mark.parametrize("seed", range(4))
def test_files_with_flipped_bytes_get_an_answer(reader: ReaderProcess, seed: int) -> None:
    dice = random.Random(seed)
    whole = saved(sheet("Kort"), "PNG" if seed % 2 else "WEBP") if seed < 2 else typeset([LETTER])
    raw = bytearray(whole)
    for _ in range(30):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    assert isinstance(reader.read(bytes(raw)), Reading)
    assert reader.read(b"Goed.").text == "Goed."


# --- the process -------------------------------------------------------------------------------------------


def test_a_file_that_kills_the_reader_is_broken_and_the_next_is_read() -> None:
    with ReaderProcess() as reader:
        reader.read(b"Begin.")
        first = reader.pid
        assert first is not None
        answers: list[Reading] = []
        photo = saved(on_table(sheet()))
        thread = threading.Thread(target=lambda: answers.append(reader.read(photo)))
        os.kill(first, signal.SIGSTOP)  # so that it is certainly not done before it is killed
        thread.start()
        time.sleep(0.2)
        os.kill(first, signal.SIGKILL)
        thread.join(20)
        assert answers == [Reading((), "broken")]
        assert reader.read(b"Verder.").text == "Verder."
        assert reader.pid != first


def test_a_reader_that_died_between_two_files_is_not_missed() -> None:
    with ReaderProcess() as reader:
        reader.read(b"Begin.")
        assert reader.pid is not None
        os.kill(reader.pid, signal.SIGKILL)
        os.waitid(os.P_PID, reader.pid, os.WEXITED | os.WNOWAIT)
        assert reader.read(b"Verder.").text == "Verder."


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with ReaderProcess(deadline=4) as reader:
        reader.read(b"Begin.")
        first = reader.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        begun = time.monotonic()
        assert reader.read(saved(sheet())) == Reading((), "took-too-long")
        assert 3.5 < time.monotonic() - begun < 8
        assert reader.pid is None
        assert not Path(f"/proc/{first}").exists()
        assert reader.read(b"Verder.").text == "Verder."


def test_too_much_memory_is_answered_and_the_next_file_is_read() -> None:
    with ReaderProcess() as reader:
        wide = Image.new("L", (7000, 7100))
        assert reader.read(saved(wide, "PNG")) == Reading((), "no-text")
        assert reader.read(b"Verder.").text == "Verder."


def test_two_readers_work_side_by_side(reader: ReaderProcess) -> None:
    pages = [saved(sheet()), saved(sheet("Kort briefje voor de buren van nummer 14 en 16."))]
    answers: dict[int, Reading] = {}
    with ReaderProcess() as other:
        threads = [
            threading.Thread(target=lambda n=n, r=r: answers.update({n: r.read(pages[n])}))
            for n, r in enumerate([reader, other])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(40)
        assert other.pid != reader.pid
    assert wrong(answers[0]) <= 0.02
    assert "Kort briefje voor de buren" in answers[1].text


def test_threads_take_turns_at_one_reader(reader: ReaderProcess) -> None:
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: answers.append(reader.read(f"Brief {n}".encode()).text))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(answers) == sorted(f"Brief {n}" for n in range(12))


def test_the_reader_can_write_no_file_and_has_no_secret(
    monkeypatch: pytest.MonkeyPatch, reader: ReaderProcess
) -> None:
    monkeypatch.setenv("SAMENBOT_KEY", "secret")
    with ReaderProcess() as fresh:
        fresh.read(b"Begin.")
        limits = Path(f"/proc/{fresh.pid}/limits").read_text()
        kept = Path(f"/proc/{fresh.pid}/environ").read_bytes().split(b"\0")
    assert re.search(r"Max file size\s+0\s+0\s", limits)
    assert re.search(r"Max core file size\s+0\s+0\s", limits)
    assert not re.search(r"Max address space\s+unlimited", limits)
    names = {entry.partition(b"=")[0] for entry in kept if entry}
    assert names == {b"PATH", b"LANG", b"OMP_THREAD_LIMIT"}


def test_reading_leaves_no_file_behind(reader: ReaderProcess) -> None:
    root = Path(__file__).parent.parent

    def files() -> set[Path]:
        return {path for folder in (Path("/tmp"), root) for path in folder.iterdir() if path.is_file()}  # noqa: S108  # only looked into

    contents = [saved(sheet()), saved(sheet(), "PDF", resolution=150), LETTER.encode()]
    for _ in range(3):  # others on this machine may leave files at the same moment, but not every time
        before = files()
        for content in contents:
            assert reader.read(content).text
        if not files() - before:
            return
    pytest.fail("files were left behind")


def test_a_reading_travels_unchanged() -> None:
    reading = Reading(((Line("vóór € 5", 0.93), Line("", 1.0)), (Line("2", 1.0),)), lost=((3, "blurred"),))
    assert unpacked(packed(reading)) == reading
    assert reading.text == "vóór € 5\n\n\n2"
