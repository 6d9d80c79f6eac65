"""From the bytes of a photo to a grey picture of bounded size, the right way up as far as the camera knew."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageChops, ImageFilter, ImageOps

MAX_PIXELS = 50_000_000
"""What a file may claim to be, looked at before anything is decoded: above it no phone takes pictures."""

LONG_SIDE = 2400
"""Pixels of the longer side that is read: 200 to an inch of an A4 page, where more only takes longer."""

TALL = 2.4
"""How many times as high as wide a picture is that is no page but a long screenshot, read in pieces."""

PIECE, REACH = 1.45, 0.12
"""The height of such a piece, in widths, and how far up a gap between lines is looked for to cut in."""

MOST_PIECES, NARROW = 12, 300
"""How many there may be, and how narrow a strip is in which nobody reads a letter, in pixels."""

SHORT_PHOTO = 1700
"""Below this many pixels letters are too small to be told apart, and it is enlarged (Telegram sends 1280)."""

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


HEAVY = 20_000_000
"""Pixels from which on what a decoder without a name for it complains of is that there is no more memory."""


class TooLarge(Exception):
    """The picture claims more pixels than MAX_PIXELS, or than there is memory for."""


class Broken(Exception):
    """It begins as a file of its kind and cannot be decoded."""


pillow_heif.options.THUMBNAILS = False
pillow_heif.options.AUX_IMAGES = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.DECODE_THREADS = 1
pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grey picture (mode L), no side above LONG_SIDE; ``scale`` times as large as it came."""

    grey: Image.Image
    scale: float


def decode(content: bytes) -> list[Sheet]:
    """The picture; a long screenshot in several, from above. Raises TooLarge, Broken."""
    pixels = 0
    try:
        with warnings.catch_warnings(action="ignore"):
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            pixels = picture.width * picture.height
            if pixels > MAX_PIXELS:
                raise TooLarge
            # A JPEG is decoded at a half or a quarter where that is enough: a twelfth of the memory.
            picture.draft("L", (LONG_SIDE, LONG_SIDE))
            turned = picture.getexif().get(0x0112, 1)
            if max(picture.size) > TALL * min(picture.size):
                held = _as_held(_on_paper(picture), turned)
                return [_sheet(piece) for piece in _pieces(held)]
            sheet = _sheet(_on_paper(picture))
            return [Sheet(_as_held(sheet.grey, turned), sheet.scale)]
    except (TooLarge, MemoryError):
        raise
    except Image.DecompressionBombError as e:
        raise TooLarge from e
    except Exception as e:  # decoders raise whatever they like about a broken file
        if pixels > HEAVY and content[8:12] == b"WEBP":
            raise TooLarge from e
        raise Broken from e


def _sheet(grey: Image.Image) -> Sheet:
    fitted = fit(grey)
    return Sheet(fitted, max(fitted.size) / max(grey.size))


def _pieces(grey: Image.Image) -> list[Image.Image]:
    """A picture that is much higher than wide, cut between its lines. Raises TooLarge."""
    high, pieces, top = round(PIECE * grey.width), [], 0
    if grey.width < NARROW:
        return [grey]
    if grey.height > MOST_PIECES * high:
        raise TooLarge
    while grey.height - top > high * (1 + REACH):
        below = _gap(grey, top + round(high * (1 - REACH)), top + high)
        pieces.append(grey.crop((0, top, grey.width, below)))
        top = below
    return [*pieces, grey.crop((0, top, grey.width, grey.height))]


def _gap(grey: Image.Image, first: int, last: int) -> int:
    """The lowest of the rows in which least is written."""
    part = grey.crop((0, first, grey.width, last))
    written = ImageChops.difference(part, part.filter(ImageFilter.BoxBlur(8)))
    rows = written.resize((1, part.height), Image.Resampling.BOX).filter(ImageFilter.BoxBlur(2)).tobytes()
    return last - 1 - min(range(len(rows)), key=lambda up: rows[len(rows) - 1 - up])


def _on_paper(picture: Image.Image) -> Image.Image:
    """In grey; what is transparent becomes paper, for a screenshot of black letters on nothing is black."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        alpha = picture.convert("RGBA")
        paper = Image.new("L", alpha.size, 255)
        paper.paste(alpha.convert("L"), mask=alpha.getchannel("A"))
        return paper
    if picture.mode.startswith("I"):  # 16 bits a pixel: `convert` would cut them off at 255
        return picture.convert("I").point(lambda level: level / 256).convert("L")
    return picture.convert("L")


def fit(grey: Image.Image) -> Image.Image:
    """Scaled so that letters have the size at which they are read best, in the least time."""
    long = max(grey.size)
    if long > LONG_SIDE:
        factor = LONG_SIDE / long
        size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
        return grey.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    if long < SHORT_PHOTO:
        factor = min(3.0, LONG_SIDE / long)
        size = (round(grey.width * factor), round(grey.height * factor))
        return grey.resize(size, Image.Resampling.BICUBIC)
    return grey


def _as_held(grey: Image.Image, orientation: int) -> Image.Image:
    """Turned as the EXIF tag 0x0112 says; ``upright.py`` finds out where it is wrong or missing."""
    if orientation in range(2, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        grey.info.clear()
        grey.getexif().update(exif)
        return ImageOps.exif_transpose(grey)
    return grey
