"""``python -m bot.demo.telegram --port N --token T [--no-limits]``: a process of its own, on 127.0.0.1 only.

Prints one line with its address once it listens; port 0 takes a free one.
"""

from __future__ import annotations

import argparse
import sys

import uvicorn

from bot.clock import SetClock, SystemClock
from bot.demo.telegram.control import Control
from bot.demo.telegram.http import application, listen
from bot.demo.telegram.limits import Limits
from bot.demo.telegram.service import LocalTelegram
from bot.demo.telegram.state import DEFAULT_TOKEN


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.demo.telegram", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=DEFAULT_TOKEN)
    parser.add_argument("--username", default="samenbot")
    parser.add_argument("--no-limits", action="store_true", help="lift Telegram's limits on sending")
    chosen = parser.parse_args()

    clock = SetClock(SystemClock().now(), running=True)
    limits = Limits.none() if chosen.no_limits else Limits()
    telegram = LocalTelegram(clock.now, token=chosen.token, username=chosen.username, limits=limits)
    app = application(telegram, more=(Control(telegram, clock.set).route(),))

    listening = listen(chosen.port)
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
