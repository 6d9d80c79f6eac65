"""The local Telegram with its limits raised, which plays the traffic and measures it at its own door.

``python -m bot.bench.service TOKEN`` prints its address. ``/bench/rate``, ``/bench/latency`` and
``/bench/poll`` measure; ``/control`` works as ever.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.clock import SystemClock
from bot.demo.telegram.control import Control
from bot.demo.telegram.http import application, listen
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.service import LocalTelegram

PATIENCE = 120.0


class Bench:
    """Plays and measures. Everything happens in one event loop, so arrivals are seen as they come."""

    def __init__(self, token: str) -> None:
        self.telegram = LocalTelegram(
            SystemClock().now, token=token, limits=Limits.none(), observer=self._observe
        )
        self._sent = 0
        self._wanted = 0
        self._done = asyncio.Event()
        self._polled = asyncio.Event()

    def routes(self) -> tuple[Route, ...]:
        verbs = {"rate": self.rate, "latency": self.latency, "poll": self.poll}
        return tuple(
            Route(f"/bench/{name}", self._page(verb), methods=["POST"]) for name, verb in verbs.items()
        )

    def _page(self, verb: Any) -> Any:
        async def page(request: Request) -> JSONResponse:
            return JSONResponse({"result": await verb(**await request.json())})

        return page

    def _observe(self, method: str, _params: dict[str, Any]) -> None:
        if method == "sendMessage":
            self._sent += 1
            if self._sent >= self._wanted:
                self._done.set()
        elif method == "getUpdates":
            self._polled.set()

    async def _answers(self, number: int) -> None:
        """Waits for so many more messages."""
        self._wanted = self._sent + number
        self._done.clear()

    async def rate(self, chats: list[tuple[int, int]], text: str, each: int) -> float:
        """Everybody (account and chat) says the text so many times, all at once; seconds until the last
        answer came in."""
        await self._answers(len(chats) * each)
        begun = time.perf_counter()
        for _ in range(each):
            for account, chat in chats:
                self.telegram.say(self.telegram.accounts[account], chat, text)
        await asyncio.wait_for(self._done.wait(), PATIENCE)
        return time.perf_counter() - begun

    async def latency(self, chats: list[tuple[int, int]], text: str, each: int) -> list[float]:
        """One at a time; the seconds that each answer took."""
        taken = []
        for _ in range(each):
            for account, chat in chats:
                await self._answers(1)
                begun = time.perf_counter()
                self.telegram.say(self.telegram.accounts[account], chat, text)
                await asyncio.wait_for(self._done.wait(), PATIENCE)
                taken.append(time.perf_counter() - begun)
                await asyncio.sleep(0.01)  # the bot settles the answer and polls again
        return taken

    async def poll(self) -> bool:
        """Returns at the next call of getUpdates."""
        self._polled.clear()
        await asyncio.wait_for(self._polled.wait(), PATIENCE)
        return True


def main(token: str) -> None:
    bench = Bench(token)
    app = application(bench.telegram, more=(*bench.routes(), Control(bench.telegram).route()))
    listening = listen(0)
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
