"""``samenbot demo``: one process with the local Telegram, the bot that speaks HTTP to it, and the page."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import webbrowser
from collections.abc import Callable, Iterator

import uvicorn

from bot.demo.content import load_demo
from bot.demo.telegram.http import HOST, listen
from bot.demo.theatre import Theatre
from bot.demo.web import Web


class DemoFault(Exception):
    """The demo cannot start; the message is one line."""


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: a signal ends the demo, which then ends the server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(port: int, said: Callable[[str], None], *, show: bool = False) -> None:
    """Serve until cancelled; ``said`` hears the address once it all works, ``show`` opens a browser.

    Raises DemoFault, ContentFault, and what the bot raises where it cannot start.
    """
    content = load_demo()
    stay_on_this_machine()
    with listening(port) as socket_:
        address = f"http://{HOST}:{socket_.getsockname()[1]}"
        theatre = Theatre(content, f"{address}/telegram")
        server = _Server(
            uvicorn.Config(
                Web(theatre).application(),
                log_level="critical",
                access_log=False,
                lifespan="off",
                timeout_keep_alive=75,
                timeout_graceful_shutdown=1,
            )
        )
        ended_by_signal()
        serving = asyncio.create_task(server.serve([socket_]))
        try:
            await theatre.open()
            said(address)
            if show:
                await asyncio.to_thread(webbrowser.open, address)
            await serving
        finally:
            await theatre.close()
            server.should_exit = True
            await asyncio.wait([serving], timeout=5)


def listening(port: int) -> socket.socket:
    """The port, taken. Raises DemoFault where somebody else has it, or it is not for us."""
    try:
        return listen(port)
    except OSError as error:
        reasons = {errno.EADDRINUSE: "is in use", errno.EACCES: "may not be used by you"}
        if reason := reasons.get(error.errno or 0):
            raise DemoFault(f"port {port} {reason}; choose another with --port") from None
        raise DemoFault(f"port {port} cannot be opened: {error.strerror}") from None
    except OverflowError:
        raise DemoFault(f"port {port} does not exist") from None


def stay_on_this_machine() -> None:
    """The bot's requests to this machine go there, also where the environment names a proxy."""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name), HOST]))


def ended_by_signal() -> None:
    """SIGTERM ends the demo as Ctrl-C does, so that its data goes."""
    task = asyncio.current_task()
    if task is not None:
        with contextlib.suppress(NotImplementedError):  # Windows' event loop has no signal handlers
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
