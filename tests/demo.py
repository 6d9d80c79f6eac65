"""The demo for tests: a stage in memory, the real process, and somebody at its page.

Buttons and answers are found by the keys of their phrases, because wording changes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from playwright.async_api import TimeoutError as PlaywrightTimeout

from bot.content import ROOT, load_content
from bot.demo.content import load_demo
from bot.demo.stage import ZONE, Stage
from bot.texts import Texts
from tests.memory_request import MemoryRequest
from tests.process import WATCHED, lifeline

BEGIN = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
PICTURES = ROOT / "docs" / "pictures" if os.environ.get("SAMENBOT_PICTURES") == "1" else None
PATIENCE = 45_000
"""Milliseconds in which something must appear on the page."""

TEXTS = Texts(zone=ZONE)
CONTENT = load_content()


@asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    """A stage whose bot speaks to its Telegram in memory."""
    made = Stage(load_demo().page, BEGIN)
    try:
        yield await made.open("http://local", request=lambda: MemoryRequest(made.telegram))
    finally:
        await made.close()
    assert not made.folder.exists()


def demo(*arguments: str, **how: Any) -> subprocess.Popen[str]:
    """``samenbot demo``, which ends with the tests. ``how`` is for Popen; its output comes through pipes."""
    command = [sys.executable, "-c", WATCHED, "demo", *arguments]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.Popen(command, stdin=lifeline(), text=True, cwd=ROOT, **given)


class Player:
    """Somebody at the page. On a phone one chat is seen at a time, and the list leads to the other."""

    def __init__(self, page: Any, *, phone: bool) -> None:
        self.page = page
        self.phone = phone
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.faults.append(said.text))

    async def open(self, address: str) -> Player:
        await self.page.goto(address)
        await self.page.locator(".person").first.wait_for(timeout=PATIENCE)
        return self

    async def play(self, who: str) -> None:
        """Become that person."""
        await self.list()
        await self.page.locator(f".person[data-person={who}]").click()
        await self.page.locator(f".person[data-person={who}][aria-pressed=true]").wait_for(state="attached")

    async def list(self) -> None:
        while self.phone and await self.page.locator("body").get_attribute("data-view") == "chat":
            # The view may change under the finger: a link that was followed just now leads elsewhere.
            with suppress(PlaywrightTimeout):
                await self.page.locator(".pane:visible .back").click(timeout=3000)

    async def look(self, pane: str) -> Any:
        """Have the ``group`` or ``private`` chat on the screen."""
        here = self.page.locator(f"#{pane}")
        if self.phone and not await here.is_visible():
            await self.list()
            row = self.page.locator(f".chat[data-kind={pane}]")
            # A link that was followed just now may lead there by itself.
            await row.or_(here).locator("visible=true").first.wait_for(timeout=PATIENCE)
            if not await here.is_visible():
                await row.click()
        await here.wait_for(timeout=PATIENCE)
        return here

    async def press(self, key: str, pane: str = "private") -> str:
        """Press the newest button that reads so; gives its words."""
        here = await self.look(pane)
        button = here.locator(".key").filter(has_text=reads(key, whole=True)).last
        await button.wait_for(timeout=PATIENCE)
        words: str = await button.inner_text()
        await button.click()
        return words

    async def joins(self, role: str) -> None:
        """Tap who one is; the short answer's link opens the private chat."""
        await self.press(f"button.role_{role}", "group")
        await self.page.locator("#private").wait_for(timeout=PATIENCE)

    async def say(self, words: str, pane: str = "private") -> None:
        here = await self.look(pane)
        await here.locator("textarea").fill(words)
        await here.locator(".send").click()

    async def hears(self, key: str, pane: str = "private") -> Any:
        """Wait until the bot has said that phrase there."""
        here = await self.look(pane)
        heard = here.locator(".message:not(.mine) .text").filter(has_text=reads(key)).last
        await heard.wait_for(timeout=PATIENCE)
        return heard

    async def moves(self, by: str) -> str:
        """Move the clock; gives what it shows then."""
        before = await self.now()
        await self.page.locator(f"[data-move={by}]").click()
        await self.page.wait_for_function(
            "before => document.getElementById('now').textContent !== before"
            " && document.getElementById('progress').hidden",
            arg=before,
            timeout=60_000,
        )
        return await self.now()

    async def now(self) -> str:
        return str(await self.page.locator("#now").inner_text())

    async def at_end(self, pane: str = "private") -> None:
        """The newest message is in sight, or comes there by itself."""
        here = await self.look(pane)
        ends = "log => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
        log = await here.locator(".log").element_handle()
        await self.page.wait_for_function(ends, arg=log, timeout=PATIENCE)

    async def fits(self) -> None:
        """Nothing lies outside the screen, and nothing went wrong in the page."""
        wider = "document.documentElement.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth"
        assert not await self.page.evaluate(wider)
        out = """[...document.querySelectorAll('.pane, .bubble, .key, #bar button')].filter(node => {
            const box = node.getBoundingClientRect();
            return box.width && (box.left < -1 || box.right > innerWidth + 1);
        }).map(node => node.textContent.slice(0, 40))"""
        assert await self.page.evaluate(out) == []
        assert self.faults == []

    async def picture(self, name: str, at: Any = None) -> None:
        """A picture for the README, scrolled so that ``at`` begins on top."""
        if not PICTURES:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        await self.page.wait_for_timeout(800)  # until the chat has scrolled by itself
        if at is not None:
            await at.evaluate("node => node.closest('.message').scrollIntoView({ block: 'start' })")
        await self.page.evaluate("document.getElementById('snackbar').style.visibility = 'hidden'")
        await self.page.wait_for_timeout(400)
        await self.page.screenshot(path=PICTURES / f"{name}.png")


def reads(key: str, *, whole: bool = False) -> re.Pattern[str]:
    """How a phrase may read in any language, with anything in the place of its arguments."""
    forms = [
        form
        for code in TEXTS.languages
        if TEXTS.has(key, code)
        for form in TEXTS.catalogue(code).phrases[key]
    ]
    if key.removeprefix("plan.") in CONTENT.plans:
        forms = [CONTENT.plans[key.removeprefix("plan.")].title.nl]
    assert forms, key
    patterns = []
    for form in forms:
        bare = re.sub(r"</?[a-z]+[^>]*>|[\u2066-\u2069]", "", form)
        parts = [re.escape(part) for part in re.split(r"\{\w+\}", bare)]
        # Lines are blocks of their own, between which the browser counts no space; an Arabic one may
        # begin with a mark of direction.
        patterns.append(re.sub(r"(?:\\\s|\s)+", "[\\\\s\u200f]*", ".+?".join(parts)))
    begin = "^(✓ )?" if whole else ""
    return re.compile(f"{begin}(?:{'|'.join(patterns)})", re.DOTALL)
