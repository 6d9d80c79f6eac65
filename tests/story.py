"""Pieces of the story that many tests begin with."""

from __future__ import annotations

import io
import pickle
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import date
from typing import Any

from bot.demo.telegram import Account, Chat
from tests.world import OWNER_CODE, World

SPONSORS = ("Anna", "Bram", "Dina", "Emre")
ARRIVAL = date(2026, 12, 1)


class Apart(pickle.Pickler):
    """Puts away without the things in ``outside``, which have a name there."""

    def __init__(self, into: io.BytesIO, outside: dict[str, object]) -> None:
        super().__init__(into)
        self._names = {id(thing): name for name, thing in outside.items()}

    def persistent_id(self, thing: object) -> str | None:
        return self._names.get(id(thing))


class Together(pickle.Unpickler):
    """Takes up again with others in the places of what was left out."""

    def __init__(self, told: io.BytesIO, outside: dict[str, object]) -> None:
        super().__init__(told)
        self._outside = outside

    def persistent_load(self, name: str) -> object:
        return self._outside[name]


def outside(world: World) -> dict[str, object]:
    return {"world": world, "clock": world.clock, "updates": world.telegram.updates}


class Kept:
    """A world put away: Telegram, database and key, so that the same beginning is played once."""

    def __init__(self, world: World) -> None:
        into = io.BytesIO()
        Apart(into, outside(world)).dump((world.telegram, world.people, world.group))
        self.told = into.getvalue()
        self.updates = vars(world.telegram.updates)["_next"]
        with closing(sqlite3.connect(world.folder / "world.sqlite")) as database:
            self.database = database.serialize()
        self.key, self.moment = world.key, world.clock.now()

    def put_into(self, world: World) -> None:
        # A place of its own: SQLite knows files by their inode, and a file that is put in the place of
        # another mostly gets that one's.
        world.folder /= "kept"
        world.folder.mkdir()
        (world.folder / "world.sqlite").write_bytes(self.database)
        queue = world.telegram.updates
        queue._next, world.key = self.updates, self.key
        world.clock.set(self.moment)
        told = Together(io.BytesIO(self.told), outside(world))
        world.telegram, world.people, world.group = told.load()


class Welcome(World):
    """A group in Utrecht: coordinator Carla, sponsors Anna, Bram, Dina, Emre, and the newcomer Yusuf."""

    kept: dict[tuple[str, ...], Kept] = {}

    async def begun(self, name: tuple[str, ...], tell: Callable[[], Awaitable[Any]]) -> None:
        """A beginning that many tests share: told once, then taken up where it ended."""
        if self.people or not self.database.startswith("sqlite"):
            await tell()
            return
        if name not in self.kept:
            await tell()
            await self.settle()
            await self.app.stop()
            self.kept[name] = Kept(self)
        else:
            await self.app.stop()
            self.kept[name].put_into(self)
        self.app = self._app()
        await self.start()

    async def with_owner(self) -> Account:
        owner = self.person("Olga")
        await self.opens(owner, f"https://t.me/samenbot?start=owner-{OWNER_CODE}")
        return owner

    async def invited(self, name: str) -> Account:
        """The owner makes a link and somebody opens it."""
        owner = self.people["Olga"]
        await self.says(owner, "/start")
        await self.taps(owner, "button.invite_coordinator")
        link = self.link_in(self.heard(owner))
        coordinator = self.person(name)
        await self.opens(coordinator, link)
        return coordinator

    async def with_coordinator(self) -> Account:
        await self.with_owner()
        return await self.invited("Carla")

    async def makes_room(
        self,
        coordinator: Account,
        name: str = "Yusuf",
        arrival: str = "1 december 2026",
        language: str = "ar",
        variant: str = "resettlement",
    ) -> str:
        """A coordinator answers the questions; returns the link that adds the bot to the group."""
        await self.makes_room_until_arrival(coordinator, name, language, variant)
        if arrival:
            return self.link_in(await self.says(coordinator, arrival))
        await self.taps(coordinator, "button.not_known")
        return self.link_in(self.heard(coordinator))

    async def makes_room_until_arrival(
        self,
        coordinator: Account,
        name: str = "Yusuf",
        language: str = "ar",
        variant: str = "resettlement",
    ) -> None:
        await self.says(coordinator, "/newgroup")
        await self.presses(coordinator, self.content.plans[variant].title.nl)
        await self.says(coordinator, "Utrecht")
        await self.says(coordinator, name)
        await self.taps(coordinator, f"language.{language}")
        await self.taps(coordinator, "button.ready")

    async def joins(self, who: Account, role: str, language: str | None = "nl") -> None:
        """Taps who they are, follows the link to the private chat, and chooses a language there."""
        await self.taps(who, f"button.role_{role}", group=True)
        if language:
            await self.taps(who, f"language.{language}")

    async def with_group(self, *, arrival: str = "1 december 2026", language: str = "ar") -> None:
        """The bot is in the group's chat, and the four sponsors have joined."""
        await self.begun(("group", arrival, language), lambda: self._group(arrival, language))

    async def _group(self, arrival: str, language: str) -> None:
        carla = await self.with_coordinator()
        link = await self.makes_room(carla, arrival=arrival, language=language)
        members = [self.person(name) for name in SPONSORS]
        yusuf = self.person("Yusuf", "ar")
        self.group = self.telegram.group("Welkom Yusuf", carla, [*members, yusuf])
        await self.opens(carla, link)
        for member in members:
            await self.joins(member, "sponsor")

    async def with_newcomer(self, language: str = "en", *, arrival: str = "1 december 2026") -> Account:
        """Yusuf joins, chooses a language, reads, and says yes."""
        await self.begun(("newcomer", arrival, language), lambda: self._newcomer(language, arrival))
        return self.people["Yusuf"]

    async def _newcomer(self, language: str, arrival: str) -> None:
        if not self.people:
            await self._group(arrival, "ar")
        await self.agrees(self.people["Yusuf"], language)

    async def agrees(self, newcomer: Account, language: str = "en", choice: str = "yes") -> None:
        """Taps that they are the newcomer, reads, and chooses; in a draft language Anna explained."""
        await self.joins(newcomer, "newcomer", language)
        await self.chooses(newcomer, choice)

    async def chooses(self, newcomer: Account, choice: str, explained_by: str = "Anna") -> None:
        await self.taps(newcomer, "button.consent")
        await self.taps(newcomer, f"button.consent_{choice}")
        if self.told(newcomer, "consent.who_explained"):
            await self.presses(newcomer, explained_by)
        if self.told(newcomer, "consent.ends") or self.told(newcomer, "consent.erases"):
            await self.taps(newcomer, "button.erase")

    async def chooses_instead(self, newcomer: Account, choice: str) -> None:
        """Under /privacy another choice than before; what it would erase is asked first."""
        await self.says(newcomer, "/privacy")
        await self.taps(newcomer, "button.change_choice")
        await self.taps(newcomer, f"button.consent_{choice}")

    async def second_group(self, *members: str) -> Chat:
        """Carla has another group, of Mariam; the members named tap sponsor in it too."""
        first, carla = self.group, self.people["Carla"]
        people = [self.person(name) for name in members]
        link = await self.makes_room(carla, name="Mariam", language="fa")
        self.group = self.telegram.group("Welkom Mariam", carla, people)
        await self.opens(carla, link)
        for person in people:
            await self.joins(person, "sponsor")
        second, self.group = self.group, first
        return second

    async def second_adult(self, choice: str) -> Account:
        """Mariam, Yusuf's wife, who reads English, joins and chooses."""
        mariam = await self.comes("Mariam", "ar")
        await self.taps(mariam, "button.role_newcomer", group=True)
        await self.taps(self.people["Carla"], "button.right")
        await self.says(mariam, "/start")
        await self.taps(mariam, "language.en")
        await self.chooses(mariam, choice)
        return mariam

    async def plans(self, who: Account, task: str, words: str) -> list[str]:
        """``/when`` in the group, for a task by its plan key."""
        return await self.says(who, f"/when {self.number(task)} {words}", group=True)

    async def comes(self, name: str, language: str = "nl") -> Account:
        """Somebody is added to the group's chat."""
        account = self.person(name, language)
        self.telegram.add_member(self.group, account)
        await self.settle()
        return account

    async def menu(self) -> Account:
        """Carla opens what she can do for the group."""
        carla = self.people["Carla"]
        await self.says(carla, "/start")
        await self.presses(carla, "Yusuf")
        return carla

    async def new_arrival(self, words: str) -> None:
        """Carla says another day of arrival."""
        carla = await self.menu()
        await self.taps(carla, "button.arrival")
        await self.says(carla, words)
