"""From the bytes of a photo to a grey picture of bounded size, the right way up as far as the camera knew."""

from __future__ import annotations

import io
import warnings

import pillow_heif
from PIL import Image, ImageOps

MAX_PIXELS = 50_000_000
"""What a file may claim to be, looked at before anything is decoded: above it no phone takes pictures."""

LONG_SIDE = 2400
"""Pixels of the longer side that is read: 200 to an inch of an A4 page, where more only takes longer."""

SHORT_PHOTO = 1700
"""Below this many pixels letters are too small to be told apart, and it is enlarged (Telegram sends 1280)."""

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


class TooLarge(Exception):
    """The picture claims more pixels than MAX_PIXELS."""


class Broken(Exception):
    """It begins as a file of its kind and cannot be decoded."""


pillow_heif.options.THUMBNAILS = False
pillow_heif.options.AUX_IMAGES = False
pillow_heif.options.DEPTH_IMAGES = False
pillow_heif.options.DECODE_THREADS = 1
pillow_heif.register_heif_opener()


def decode(content: bytes) -> Image.Image:
    """The grey picture (mode L), its longer side at most LONG_SIDE pixels. Raises TooLarge, Broken."""
    try:
        with warnings.catch_warnings(action="ignore"):
            picture = Image.open(io.BytesIO(content), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise TooLarge
            # A JPEG is decoded at a half or a quarter where that is enough: a twelfth of the memory.
            picture.draft("L", (LONG_SIDE, LONG_SIDE))
            turned = picture.getexif().get(0x0112, 1)
            grey = fit(_on_paper(picture))
            return _as_held(grey, turned)
    except (TooLarge, MemoryError):
        raise
    except Image.DecompressionBombError as e:
        raise TooLarge from e
    except Exception as e:  # decoders raise whatever they like about a broken file
        raise Broken from e


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
