"""Sample letters for the demo, photographed: invented ones, set on paper and laid on a table."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import typst
from babel.dates import format_date
from PIL import Image, ImageChops

from bot.content import ROOT
from bot.domain.calendar import day_of_rest

FOLDER = ROOT / "content" / "demo"
PPI = 150
TABLE = (96, 70, 50)


_day = re.compile(r"\{(?P<how>day|weekday)(?P<days>[+-]\d{1,3})\}")
HOW = {"day": "d MMMM y", "weekday": "EEEE d MMMM y"}


def samples(today: date, folder: Path = FOLDER / "letters") -> dict[str, str]:
    """The sample letters by name. Their days are so many from ``today``: ``{day+12}``, ``{weekday+9}``; on a
    weekend or holiday no office expects anybody, so that these move on."""

    def spelled(found: re.Match[str]) -> str:
        day = today + timedelta(days=int(found["days"]))
        while day.weekday() == 5 or day_of_rest(day):
            day += timedelta(days=1)
        return format_date(day, HOW[found["how"]], locale="nl")

    texts = {file.stem: file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))}
    return {name: _day.sub(spelled, text) for name, text in texts.items()}


@lru_cache(maxsize=8)
def photo_of(text: str) -> bytes:
    """A letter as a phone sees it, as JPEG: leaning a little on a table, in falling light, with grain."""
    page = Image.open(io.BytesIO(_set(text))).convert("RGB")
    photo = Image.new("RGB", (page.width + 120, page.height + 120), TABLE)
    mask = Image.new("L", page.size, 255).rotate(1, expand=True)
    photo.paste(page.rotate(1, Image.Resampling.BICUBIC, expand=True), (50, 50), mask)
    light = Image.linear_gradient("L").resize(photo.size).point(lambda level: 190 + level // 4)
    lit = ImageChops.multiply(photo, Image.merge("RGB", (light, light, light)))
    grain = Image.effect_noise(photo.size, 10).convert("RGB")
    taken = io.BytesIO()
    ImageChops.add(lit, grain, 1, -128).save(taken, "JPEG", quality=85)
    return taken.getvalue()


def _set(text: str) -> bytes:
    made: bytes = typst.compile(str(FOLDER / "letter.typ"), sys_inputs={"text": text}, format="png", ppi=PPI)
    return made
