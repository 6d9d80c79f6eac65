"""The demo's content: who one can play, the page's own words, and the story (content/demo/*.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from bot.content import ROOT, ContentFault, Line, Part, Slug, Text, read_file


class Player(Part):
    """Somebody to play. ``language`` is the one their app runs in; ``first`` says how they begin."""

    key: Slug
    name: Line
    language: str
    role: Text
    first: Text
    in_group: bool = False
    newcomer: bool = False


class Sample(Part):
    """A letter to send: ``content/demo/letters/KEY.txt``."""

    key: Slug
    title: Text


class Page(Part):
    """Who there is, the letters they can send, and every word on the page that is not the bot's or the
    people's."""

    group_title: Line
    people: tuple[Player, ...]
    samples: tuple[Sample, ...]
    phrases: dict[str, Text]

    @model_validator(mode="after")
    def whole(self) -> Page:
        if sum(player.newcomer for player in self.people) != 1:
            raise ValueError("one of the people is the newcomer")
        return self

    @property
    def title(self) -> str:
        """What the group's chat is called."""
        newcomer = next(player for player in self.people if player.newcomer)
        return self.group_title.replace("{name}", newcomer.name)


class Step(Part):
    """One thing somebody does in the story, or time that passes.

    ``say`` are words; ``press`` is the phrase key of a button's words (or
    ``plan.KEY``, ``organisation.KEY``, ``person.KEY``: what that is called);
    ``open`` is whose private chat holds the link that is opened (``owner``: the owner's link);
    ``pin`` is the phrase a message begins with that is
    pinned; ``until`` moves the clock: days after the first, and an hour. ``heard`` is the phrase that is then
    read ``by`` somebody in private, or in the group; without it nothing is awaited.

    In ``say`` the words ``{task}`` stand for the title of the plan's task ``task``, ``{number}`` for the
    number on the button that was pressed last, ``{day+3}`` for a date so many days after the first.
    """

    caption: Text | None = None
    who: str = ""
    where: Literal["private", "group"] = "private"
    say: str = ""
    press: str = ""
    open: str = ""
    pin: str = ""
    until: tuple[int, str] | None = None
    task: str = ""
    heard: str = ""
    by: str = ""

    @model_validator(mode="after")
    def one_thing(self) -> Step:
        if sum(map(bool, (self.say, self.press, self.open, self.pin, self.until))) != 1:
            raise ValueError("a step is one of say, press, open, pin, until")
        if not self.who and not self.until:
            raise ValueError("somebody must do it")
        return self

    @property
    def act(self) -> str:
        """The step in a few words, for whoever looks for a fault."""
        return f"{self.who or 'time'}: {self.say or self.press or self.open or self.pin or self.until}"


class Story(Part):
    """A first fortnight. ``plan`` is the plan whose tasks it names."""

    plan: Slug
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class DemoContent:
    page: Page
    story: Story


def load_demo(root: Path = ROOT / "content" / "demo") -> DemoContent:
    """Read and check it. Raises ContentFault with every fault."""
    faults: list[str] = []
    page = read_file(root / "page.toml", Page, faults)
    story = read_file(root / "story.toml", Story, faults)
    if page and story:
        known = {player.key for player in page.people} | {"", "owner"}
        named = {name for step in story.steps for name in (step.who, step.open, step.by)}
        faults += [f"demo/story.toml: nobody is called {name}" for name in sorted(named - known)]
    if faults or page is None or story is None:
        raise ContentFault(faults)
    return DemoContent(page, story)
