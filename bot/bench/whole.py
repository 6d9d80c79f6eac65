"""The whole bot with its own sending limits raised, for measuring alone: ``python -m bot.bench.whole``.

``samenbot run`` has no such setting: Telegram's limits are there to be held.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from bot.app import App
from bot.outbox import Limits
from bot.settings import load_settings

RAISED = Limits(per_second=100_000, group_per_minute=100_000, chat_gap=0.0, burst=100_000)


async def work() -> None:
    app = App(load_settings(), limits=RAISED)
    await app.start()
    await app.wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(work())
