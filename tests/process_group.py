"""A group that works, set up over HTTP by the phrases that people read."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from bot.catalogues import read_catalogue
from bot.content import load_content
from tests.process import OWNER_CODE, ROOT, Street, plain, until


@cache
def dutch() -> dict[str, tuple[str, ...]]:
    return read_catalogue(ROOT / "locales" / "nl.po").phrases


def literal(key: str) -> str:
    """The longest part of a Dutch phrase that has no arguments: by it one knows the phrase on a screen."""
    (form,) = dutch()[key]
    return max((plain(words).strip() for words, *_ in Formatter().parse(form)), key=len)


def plan_title(key: str) -> str:
    return load_content().plans[key].title.nl


class Group:
    """A group that works: coordinator Carla, sponsors Anna, Bram, Dina and Emre, newcomer Yusuf."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.carla = street.person("Carla")
        self.sponsors = [street.person(name) for name in ("Anna", "Bram", "Dina", "Emre")]
        self.yusuf = street.person("Yusuf", "ar")
        self.chat = 0

    def set_up(self) -> None:
        street, carla = self.street, self.carla
        street.do("open_link", account=carla, url=f"https://t.me/samenbot?start=owner-{OWNER_CODE}")
        street.press(carla, literal("button.coordinate_myself"))
        street.hears(carla, literal("coordinator.welcome"))
        street.say(carla, "/newgroup")
        street.press(carla, plan_title("status-holder"))
        for words in ("Utrecht", "Yusuf"):
            before = len(street.heard(carla))
            street.say(carla, words)
            until(lambda before=before: len(street.heard(carla)) > before)
        street.press(carla, literal("language.ar"))
        street.press(carla, literal("button.ready"))
        street.press(carla, literal("button.not_known"))
        link = re.findall(r"https://t\.me/\S+startgroup=\S+", street.hears(carla, "startgroup"))[-1]
        everybody = [*self.sponsors, self.yusuf]
        self.chat = int(street.do("group", title="Welkom", creator=carla, members=everybody)["id"])
        street.do("open_link", account=carla, url=link, group=self.chat)
        for sponsor in self.sponsors:
            street.press(sponsor, literal("button.role_sponsor"), self.chat)
            street.press(sponsor, literal("language.nl"))
