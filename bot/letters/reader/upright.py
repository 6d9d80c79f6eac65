"""How a page lies in its photo: which way its lines run, and how far they lean."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from PIL import Image, ImageChops, ImageStat

THUMB = 900
"""Pixels of the longer side of the thumbnail on which everything is measured."""

MARGIN = 0.06
"""The part of each side that is not looked at: table tops and edges of paper have lines of their own."""

LEAN = 15
"""Degrees to either side that are tried."""

SQUEEZE = 4
"""Columns taken as one while leaning: a row's sum stays the same, in a quarter of the time."""

Pick = Callable[[Image.Image, Image.Image], Image.Image]


@dataclass(frozen=True, slots=True)
class Lie:
    """``sideways``: the lines run up or down, the page is to be turned by 90 degrees first. ``lean``: degrees
    by which they then fall to the right. ``sure``: how much more the picture consists of lines that way than
    the other. ``striped``: how much more along those lines than across any others; near 1 there are none."""

    sideways: bool
    lean: float
    sure: float
    striped: float


def lie(grey: Image.Image) -> Lie:
    """Measured on the thin dark strokes of a thumbnail, in some 80 ms."""
    ink = strokes(grey)
    level, across = _leaning(ink), _leaning(ink.transpose(Image.Transpose.ROTATE_90))
    sideways = across[1] > level[1]
    (lean, most, striped), other = (across, level[1]) if sideways else (level, across[1])
    return Lie(sideways, lean, most / max(other, 1e-9), striped)


def straightened(grey: Image.Image, lean: float) -> Image.Image:
    """Turned back by ``lean`` degrees; nothing is cut off, what is new has the colour of the paper."""
    paper = round(ImageStat.Stat(grey).median[0])
    return grey.rotate(lean, Image.Resampling.BICUBIC, expand=True, fillcolor=paper)


def strokes(grey: Image.Image) -> Image.Image:
    """What is thin and darker than what is around it, bright on black: letters stay, shadows and the edges
    of tables go (a black-hat filter)."""
    small = thumbnail(grey, THUMB)
    ink = ImageChops.subtract(closed(small, 3), small)
    dx, dy = round(ink.width * MARGIN), round(ink.height * MARGIN)
    ink = ink.crop((dx, dy, ink.width - dx, ink.height - dy))
    # The grain of the paper and of the camera is left out, or it drowns pale letters.
    floor = ImageStat.Stat(ink).mean[0] * 1.5 + 3
    return ink.point([max(0, min(255, round((level - floor) * 4))) for level in range(256)])


def thumbnail(grey: Image.Image, long: int) -> Image.Image:
    """A copy whose longer side has ``long`` pixels."""
    factor = long / max(grey.size)
    size = (max(16, round(grey.width * factor)), max(16, round(grey.height * factor)))
    return grey.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def closed(picture: Image.Image, doublings: int) -> Image.Image:
    """Without anything dark that is thinner than 2 ** ``doublings`` pixels. Pillow's own MaxFilter gives the
    same and takes twenty times as long."""
    steps = [1 << n for n in range(doublings)]
    lighter = _spread(picture, ImageChops.lighter, steps)
    return _spread(lighter, ImageChops.darker, [-step for step in steps])


def _spread(picture: Image.Image, pick: Pick, steps: Iterable[int]) -> Image.Image:
    for step in steps:
        picture = pick(picture, ImageChops.offset(picture, step, 0))
        picture = pick(picture, ImageChops.offset(picture, 0, step))
    return picture


def _leaning(ink: Image.Image) -> tuple[float, float, float]:
    """The lean of the lines that run from left to right in degrees, how sharply they stand apart (0 and up,
    whatever the amount of ink), and how many times as sharply as at the median of all leans."""
    narrow = ink.resize((max(1, ink.width // SQUEEZE), ink.height), Image.Resampling.BOX).convert("F")
    tried = {float(degrees): _sharpness(narrow, degrees) for degrees in range(-LEAN, LEAN + 1)}
    usual = median(tried.values())
    for step in (0.5, 0.2, 0.1):
        best = max(tried, key=lambda degrees: tried[degrees])
        for degrees in (best - step, best + step):
            tried[degrees] = _sharpness(narrow, degrees)
    best = max(tried, key=lambda degrees: tried[degrees])
    return best, tried[best], tried[best] / max(usual, 1e-9)


def _sharpness(narrow: Image.Image, degrees: float) -> float:
    """How much the sums of neighbouring rows differ once the picture is sheared by ``degrees``."""
    slope = math.tan(math.radians(degrees)) * SQUEEZE
    sheared = narrow.transform(
        narrow.size,
        Image.Transform.AFFINE,
        (1, 0, 0, slope, 1, -slope * narrow.width / 2),
        Image.Resampling.BILINEAR,
    )
    rows = array("f", sheared.resize((1, narrow.height), Image.Resampling.BOX).tobytes())
    total = sum(rows)
    if total <= 0:
        return 0.0
    return sum((a - b) ** 2 for a, b in pairwise(rows)) * len(rows) / total**2
