"""A local Telegram over real HTTP, in the test's own event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from bot.demo.telegram import LocalTelegram, application
from bot.demo.telegram.control import Control
from bot.demo.telegram.http import listen


@asynccontextmanager
async def served(local: LocalTelegram) -> AsyncIterator[str]:
    """Its address, on a free port."""
    app = application(local, more=(Control(local).route(),))
    config = uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with listen(0) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
