"""Evenly lit: black letters on white paper, whatever lamp, shadow or grain there was, where it is needed."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageFilter, ImageStat

from bot.letters.reader.upright import closed, thumbnail

THUMB = 500
"""Pixels of the longer side on which the light is measured: shadows are larger than letters."""

UNEVEN = 1.4
"""How many times as much light on the brightest places as on the darkest from which on Tesseract, which has
one threshold for the whole page, silently leaves out what is in the shade."""

SHADE = 0.22
"""The part of the paper's light below which a place is no paper in the shade any more, but the table. Rather
low: what is taken for a table is lost without a trace, what is taken for paper gives some dirt."""

DEEP = 0.3
"""The part of the paper's light up to which a shadow is lightened wholly; what is darker stays somewhat grey,
or the grain of a dark table would be drawn in black and white."""

DARKEST = 8
"""Levels below this are all the same black; between it and 255 the logarithm has 1.4 % a step."""

GRAINY, VERY_GRAINY = 9.0, 22.0
"""Mean difference, in levels of 255, between a pixel and the median around it: from the first on the picture
is softened, from the second on it is worth a median filter, which takes a quarter of the time of reading."""

DARK, CLEAR, SHEET = 110, 60, 0.1
"""Up to which level of 255 most of a picture is dark; how much lighter the letters on it are; and the part of
it from which on what is light is no letters, but paper on a dark table."""

SPAN = math.log(255 / DARKEST)
LOG = [round(255 * math.log(max(level, DARKEST) / DARKEST) / SPAN) for level in range(256)]


def positive(grey: Image.Image) -> Image.Image:
    """Dark letters on light paper, also of a screenshot in the dark: where most is dark, and all that is
    light is thin."""
    counts = grey.histogram()
    ground, letters = _quantile(counts, 0.5), _quantile(counts, 0.995)
    if ground > DARK or letters < ground + CLEAR:
        return grey
    wide = closed(ImageChops.invert(thumbnail(grey, THUMB)), 4).histogram()
    paper = sum(wide[: 255 - (ground + letters) // 2])
    return ImageChops.invert(grey) if paper < SHEET * sum(wide) else grey


def even(grey: Image.Image) -> Image.Image:
    """Smoothed and evenly lit, as far as the picture needs it."""
    grey = _smooth(grey)
    light = closed(thumbnail(grey, THUMB).filter(ImageFilter.MedianFilter(3)), 4)
    dark, paper = _range(light)
    return _divided(grey, light, paper) if paper > UNEVEN * dark else grey


def _range(light: Image.Image) -> tuple[float, float]:
    """The light of the darkest and of the brightest twentieth, without the edges of the picture."""
    dx, dy = light.width // 10, light.height // 10
    counts = light.crop((dx, dy, light.width - dx, light.height - dy)).histogram()
    return max(1, _quantile(counts, 0.05)), _quantile(counts, 0.95)


def _quantile(counts: list[int], part: float) -> int:
    rest = part * sum(counts)
    for level, count in enumerate(counts):
        rest -= count
        if rest < 0:
            return level
    return 255


def _divided(grey: Image.Image, light: Image.Image, paper: float) -> Image.Image:
    """Divided by the light that falls on each place, the table white, stretched from the ink to the paper.

    Division is subtraction of logarithms, which Pillow does in bytes: 30 ms for four megapixels.
    """
    table = light.point([255 if level < SHADE * paper else 0 for level in range(256)])
    lifted = light.point([max(level, round(DEEP * paper)) for level in range(256)])
    soft = lifted.filter(ImageFilter.BoxBlur(6)).resize(grey.size, Image.Resampling.BILINEAR)
    ratio = ImageChops.subtract(grey.point(LOG), soft.point(LOG), 1, 255)
    ratio.paste(255, mask=table.resize(grey.size, Image.Resampling.NEAREST))
    return ratio.point(_stretch(ratio.histogram()))


def _stretch(counts: list[int]) -> list[int]:
    """From the histogram of logarithms to levels: the darkest two thousandths become black, paper white."""
    dark = math.exp((min(_quantile(counts, 0.002), 235) - 255) / 255 * SPAN)
    levels = (math.exp((step - 255) / 255 * SPAN) for step in range(256))
    return [max(0, min(255, round(255 * (level - dark) / (0.97 - dark)))) for level in levels]


def _smooth(grey: Image.Image) -> Image.Image:
    x, y = grey.width // 2, grey.height // 2
    part = grey.crop((max(0, x - 200), max(0, y - 200), x + 200, y + 200))
    grain = ImageStat.Stat(ImageChops.difference(part, part.filter(ImageFilter.MedianFilter(3)))).mean[0]
    if grain > VERY_GRAINY:
        return grey.filter(ImageFilter.MedianFilter(3))
    return grey.filter(ImageFilter.GaussianBlur(0.8)) if grain > GRAINY else grey
