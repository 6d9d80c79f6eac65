"""The real application with an in-memory Telegram and a clock of its own, told as a story."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.app import App
from bot.catalogues import read_catalogue
from bot.clock import SetClock
from bot.content import Content, load_content
from bot.demo.telegram import Account, LocalTelegram
from bot.demo.telegram import Limits as TelegramLimits
from bot.demo.telegram.chats import Chat
from bot.domain.tasks import words_of
from bot.domain.words import Phrase, Words
from bot.outbox import Limits
from bot.settings import Settings
from tests.botapi import faults as request_faults
from tests.leaks import Request, leaks, plain
from tests.memory_request import MemoryRequest

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=AMSTERDAM)
"""A Tuesday morning."""
UNLIMITED = Limits(per_second=100_000, group_per_minute=100_000, chat_gap=0.0, burst=100_000)
OWNER_CODE = "first-start-code"


content, catalogue = cache(load_content), cache(read_catalogue)
"""Read once for all worlds."""


BUSY = 60.0
"""Seconds that an answer may take where other tests keep the machine busy."""


class World:
    """Everybody in it uses the bot as people do: words, buttons, links. ``settle`` waits until it rests."""

    def __init__(self, folder: Path, *, begin: datetime = BEGIN, limits: Limits = UNLIMITED) -> None:
        self.folder = folder
        self.clock = SetClock(begin)
        self.limits = limits
        self.requests: list[Request] = []
        self.wrong: list[str] = []
        self.telegram = LocalTelegram(
            self.clock.now, limits=TelegramLimits.none(), observer=self._observe, press_lifetime=3600
        )
        self.key = Fernet.generate_key().decode()
        self.app = self._app()
        self._seen: dict[int, int] = {}
        self.shared: set[str] = set()
        self.people: dict[str, Account] = {}
        self.group: Chat | None = None

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'world.sqlite'}"

    def _app(self) -> App:
        settings = Settings.model_construct(
            token=SecretStr(self.telegram.token),
            database=self.database,
            data_dir=self.folder,
            key=SecretStr(self.key),
            owner_code=SecretStr(OWNER_CODE),
        )
        with patch("bot.texts.read_catalogue", catalogue):
            return App(
                settings,
                clock=self.clock,
                request=lambda: MemoryRequest(self.telegram),
                limits=self.limits,
                content=self.content,
                toast_seconds=BUSY,
            )

    @property
    def content(self) -> Content:
        return content()

    def _observe(self, method: str, params: dict[str, Any]) -> None:
        # Kept until the end: raised here, it would come to the bot as a fault of the network.
        self.wrong += [f"{method}: {fault}" for fault in request_faults(method, params)]
        self.requests.append((method, params))

    async def start(self) -> World:
        await self.app.start()
        self.app.store._durable = self.app.store._engine  # nobody pulls the plug here, and every fsync costs
        self.app.owner_link()
        return self

    async def stop(self) -> None:
        await self.app.stop()

    async def restart(self) -> None:
        """The process ends and another begins on the same database."""
        await self.app.stop()
        self.app = self._app()
        await self.start()

    async def settle(self, patience: float = 60) -> None:
        """Until every update was taken, every due row answered, and every word sent."""
        async with asyncio.timeout(patience):
            calm = 0
            while calm < 2:
                await self.telegram.consumed(patience)
                calm = calm + 1 if self.telegram.waiting == 0 and await self.app.at_rest() else 0
                self.app.desk.wake.set()
                self.app.outbox.wake.set()
                await asyncio.sleep(0.002)

    async def wait(self, **passed: float) -> None:
        """Time passes (days, hours, minutes), visiting every due moment in order."""
        await self.until(self.clock.now() + timedelta(**passed))

    async def until(self, moment: datetime) -> None:
        await self.settle()
        while (due := await self.app.next_due()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            await self.settle()
        self.clock.set(moment)
        await self.settle()

    # people

    def person(self, name: str, language: str = "nl") -> Account:
        return self.people.setdefault(name, self.telegram.person(name, language=language))

    async def says(self, who: Account, words: str, *, group: bool = False, reply_to: Any = None) -> list[str]:
        """Somebody writes, in private or in the group; returns what the bot then says there."""
        chat = self.group if group else None
        self.mark(chat or who)
        self.telegram.say(who, chat, words, reply_to=reply_to)
        await self.settle()
        return self.heard(chat or who)

    async def taps(self, who: Account, key: str, *, group: bool = False, **args: Any) -> str:
        """Presses the newest button that carries this phrase, in whatever language; the short answer."""
        chat = self.group if group else None
        message, label = self.button(chat or who, key, **args)
        self.mark(chat or who)
        press = self.telegram.press(who, chat, message, label, patience=BUSY)
        if press.answer and press.answer.url:
            await self.opens(who, press.answer.url)
            return ""
        toast = await press
        await self.settle()
        if toast and "start=" in toast.url:
            await self.opens(who, toast.url)
        return toast.text if toast else ""

    async def opens(self, who: Account, url: str) -> list[str]:
        self.mark(who)
        self.telegram.open_link(who, url, self.group)
        await self.settle()
        return self.heard(who)

    async def presses(self, who: Account, button: str, *, group: bool = False) -> str:
        """Presses the newest button whose words contain these; returns the short answer."""
        chat = self.group if group else None
        message, words = self.find_button(chat or who, button)
        self.mark(chat or who)
        toast = await self.telegram.press(who, chat, message, words, patience=BUSY)
        await self.settle()
        if toast and toast.url and "start=" in toast.url and group:
            await self.opens(who, toast.url)
        return toast.text if toast else ""

    def find_button(self, where: Any, words: str) -> tuple[dict[str, Any], str]:
        for message in reversed(self.telegram.history(self._chat(where))):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if words in plain(button["text"]):
                        return message, button["text"]
        raise AssertionError(f"no button {words!r}; last words: {self.words(where)[-3:]}")

    def button(self, where: Any, key: str, **args: Any) -> tuple[dict[str, Any], str]:
        """The newest button with a phrase, whatever its language: its message and its words."""
        wanted = {self.phrase(key, language, **args)[:60] for language in self.languages(key)}
        for message, label in self.labels(where):
            shown = plain(label).removeprefix("✓ ")
            if shown in wanted or wanted & {part.strip() for part in shown.split(" · ")}:
                return message, label
        raise AssertionError(f"no button {key} {args}; there are {[w for _, w in self.labels(where)][:20]}")

    def has_button(self, where: Any, key: str, **args: Any) -> bool:
        """Whether the newest message with buttons has this one."""
        newest = next((m for m, _ in self.labels(where)), None)
        try:
            return newest is not None and self.button(where, key, **args)[0] == newest
        except AssertionError:
            return False

    def labels(self, where: Any) -> Iterator[tuple[dict[str, Any], str]]:
        """All buttons of a chat, newest message first."""
        for message in reversed(self.telegram.history(self._chat(where))):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    yield message, button["text"]

    def _chat(self, where: Any) -> Any:
        return self.telegram.chat_of(where) if isinstance(where, Account) else where

    # what is heard

    def mark(self, where: Any) -> None:
        """From here on ``heard`` counts."""
        chat = self._chat(where)
        history = self.telegram.history(chat)
        self._seen[chat.id] = history[-1]["message_id"] if history else 0

    def heard(self, where: Any) -> list[str]:
        """What the bot newly said there since the last mark."""
        chat = self._chat(where)
        return [self._text(m) for m in self._own(chat) if m["message_id"] > self._seen.get(chat.id, 0)]

    def words(self, where: Any) -> list[str]:
        """All of the bot's words there, as they read now."""
        return [self._text(m) for m in self._own(self._chat(where))]

    def _own(self, chat: Any) -> list[dict[str, Any]]:
        history = self.telegram.history(chat)
        return [
            m for m in history if m.get("from", {}).get("is_bot") and (m.get("text") or m.get("document"))
        ]

    @staticmethod
    def _text(message: dict[str, Any]) -> str:
        return plain(message.get("text") or message.get("caption") or message["document"]["file_name"])

    def link_in(self, words: list[str]) -> str:
        """The link to the bot in what was said."""
        found = re.findall(r"https://t\.me/\S+", "\n".join(words))
        assert found, words
        return found[-1]

    @property
    def board(self) -> str:
        """The group's pinned or first board, as it reads now."""
        assert self.group
        boards = [w for w in self.words(self.group) if "Bord van deze week" in w]
        assert boards, self.words(self.group)
        return boards[-1]

    # phrases, so that no test repeats a sentence

    def languages(self, key: str) -> list[str]:
        return [code for code in self.app.texts.languages if self.app.texts.has(key, code)]

    def phrase(self, key: str, language: str = "nl", /, **args: Any) -> str:
        """A phrase as a person reads it."""
        return plain(self.app.texts.html(Phrase(key, **args), language))

    def told(self, where: Any, key: str, **args: Any) -> bool:
        """Whether a phrase is among words (a list, or what was heard there since the last mark), in any
        language. Arguments that are not given may be anything."""
        words = where if isinstance(where, list) else self.heard(where)
        wanted = [p for code in self.languages(key) for p in self._patterns(key, code, args)]
        return any(re.search(pattern, text) for pattern in wanted for text in words)

    def _patterns(self, key: str, language: str, args: dict[str, Any]) -> Iterator[str]:
        texts = self.app.texts
        for form in texts.catalogue(language).phrases[key]:
            pattern = ""
            for literal, name, _, _ in Formatter().parse(form):
                pattern += re.escape(plain(literal))
                if name in args:
                    pattern += re.escape(plain(texts.value(args[name], "", language)))
                elif name:
                    pattern += "[^\n]*?"
            yield f"(?m:{pattern}$)" if pattern.endswith("?") else pattern

    def title(self, key: str, part: str = "title") -> Words:
        """The title (or ``neutral``, ``why``) of a task of either plan, to stand in a phrase."""
        spec = next(plan.by_key[key] for plan in self.content.plans.values() if key in plan.by_key)
        return words_of(spec, part, key)

    # what is kept

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Rows of the database file, read beside the bot."""
        with sqlite3.connect(self.folder / "world.sqlite") as connection:
            connection.row_factory = sqlite3.Row
            found = [dict(row) for row in connection.execute(query, values)]
        connection.close()
        return found

    def task(self, key: str, room: int = 1) -> dict[str, Any]:
        """A task's row by its plan key (the last turn) or its own words, with the names of who has it."""
        found = self.rows(
            "select * from task where room_id = ? and (key = ? or words = ?) order by number", room, key, key
        )
        assert found, f"no task {key}"
        task = found[-1]
        who = self.rows(
            "select coalesce(m.called, p.name) name from holder h join member m on m.id = h.member_id"
            " left join person p on p.id = m.person_id where h.task_id = ? order by h.rowid",
            task["id"],
        )
        at = datetime.fromisoformat(task["at"]).replace(tzinfo=UTC) if task["at"] else None
        due = date.fromisoformat(task["due"]) if task["due"] else None
        return {**task, "due": due, "at": at, "who": [row["name"] for row in who]}

    def number(self, key: str) -> int:
        return int(self.task(key)["number"])

    def room_row(self, room: int = 1) -> dict[str, Any]:
        return self.rows("select * from room where id = ?", room)[0]

    def raw(self) -> bytes:
        """Every byte of the database's files, as a thief would have them."""
        with sqlite3.connect(self.folder / "world.sqlite") as connection:
            connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()
        return b"".join(file.read_bytes() for file in self.folder.glob("world.sqlite*"))

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(AMSTERDAM).date()

    def at(self, day: date, hour: str = "00:00") -> datetime:
        """An hour of a day in Amsterdam."""
        return datetime.combine(day, time.fromisoformat(hour), AMSTERDAM)

    def faults(self) -> list[str]:
        """What no test may leave behind: requests that are not the Bot API's, rows set aside, sends that
        were ours to get right."""
        aside = [
            f"{table} row aside: {row}"
            for table in ("pending", "outgoing")
            for row in self.rows("select * from " + table + " where state = 'aside'")
        ]
        said = [m for chat in self.telegram.chats.values() for m in self._own(chat) if m.get("text")]
        return (
            self.wrong + aside + [plain(m["text"]) for m in said if self.told([self._text(m)], "fault.ours")]
        )

    def leaks(self) -> list[str]:
        """Titles of private matters that a group read, in any language, also where they were cut."""
        return leaks(self.requests, self.content, self.app.texts, self.shared)
