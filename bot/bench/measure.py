"""Starts what is compared, in turn, and puts the figures side by side.

The machine may be busy with other things, so nothing is compared but what ran in turns (A B A B), and
medians are taken. What ran how is said with each figure.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.bench import letters, rooms
from bot.bench.table import Figure

TOKEN = "123456:bench"  # noqa: S105  # it opens the local Telegram only
ROUNDS = 5
CHATS = 40
EACH = 10
"""Private chats that write, and how often each writes in one round."""
LATENCY_EACH = 2
STARTS = 5


class Local:
    """A local Telegram in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "bot.bench.service", TOKEN], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()
        self._http = httpx.Client(base_url=self.url, timeout=180)

    def do(self, path: str, **asked: Any) -> Any:
        answer = self._http.post(path, json=asked).json()
        if "error" in answer:
            raise RuntimeError(f"{path}: {answer['error']}")
        return answer["result"]

    def close(self) -> None:
        self._http.close()
        self._process.kill()
        self._process.wait()


@dataclass
class Side:
    """One of the two: its Telegram, its process, and what was measured of it."""

    name: str
    telegram: Local
    command: list[str]
    settings: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    chats: list[tuple[int, int]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    memory: float = 0.0

    def start(self) -> float:
        """Starts the process; gives the seconds until its first poll."""
        begun = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603  # our own module
            self.command, env={**os.environ, **self.settings}, stdout=subprocess.DEVNULL
        )
        self.telegram.do("/bench/poll")
        return time.perf_counter() - begun

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def megabytes(self) -> float:
        """Resident memory now."""
        assert self.process
        shown = subprocess.run(  # noqa: S603  # a fixed command and a number
            ["ps", "-o", "rss=", "-p", str(self.process.pid)],  # noqa: S607  # wherever ps is on this machine
            capture_output=True,
            text=True,
            check=True,
        )
        return int(shown.stdout) / 1024


@contextmanager
def two_sides(folder: Path) -> Iterator[tuple[Side, Side, list[tuple[int, int]]]]:
    """The echo and the whole bot, each running on a Telegram of its own; and the chats of groups."""
    with ExitStack() as stack:
        sides = []
        for name in ("echo", "whole"):
            telegram = Local()
            stack.callback(telegram.close)
            settings = {
                "SAMENBOT_TOKEN": TOKEN,
                "SAMENBOT_API_URL": telegram.url,
                "SAMENBOT_DATA_DIR": str(folder / name),
                "SAMENBOT_DATABASE": "",
            }
            arguments = [telegram.url, TOKEN] if name == "echo" else []
            side = Side(name, telegram, [sys.executable, "-m", f"bot.bench.{name}", *arguments], settings)
            for number in range(CHATS):
                person = telegram.do("/control/person", first_name=f"Person {number}", language="nl")
                side.chats.append((person["id"], person["id"]))
            sides.append(side)
        groups = rooms.furnish(
            sides[1].settings, [person for person, _ in sides[1].chats], sides[1].telegram.do
        )
        for side in sides:
            side.start()
            stack.callback(side.stop)
        yield sides[0], sides[1], groups


def compare(say: Callable[[str], None]) -> list[Figure]:
    """All figures. ``say`` hears what is being done."""
    with tempfile.TemporaryDirectory(prefix="samenbot-bench-") as place:
        folder = Path(place)
        with two_sides(folder) as (echo, whole, groups):
            figures = traffic(echo, whole, groups, say)
        say("starting each in turn")
        with_starts(echo, whole)
        figures.insert(-1, starts(echo, whole))
        say("a tick with 100 and with 100,000 reminders waiting")
        return [*figures, tick(folder), *letters.figures(folder, say)]


def traffic(
    echo: Side, whole: Side, groups: list[tuple[int, int]], say: Callable[[str], None]
) -> list[Figure]:
    in_groups: list[float] = []
    for side in (echo, whole):
        side.telegram.do("/bench/rate", chats=side.chats, text="/help", each=2)  # warm
    for number in range(ROUNDS):
        say(f"round {number + 1} of {ROUNDS}")
        for side in (echo, whole):
            taken = side.telegram.do("/bench/rate", chats=side.chats, text="/help", each=EACH)
            side.rates.append(CHATS * EACH / taken)
        taken = whole.telegram.do("/bench/rate", chats=groups, text="/next@samenbot", each=5)
        in_groups.append(len(groups) * 5 / taken)
        for side in (echo, whole):
            side.delays += side.telegram.do(
                "/bench/latency", chats=side.chats, text="/help", each=LATENCY_EACH
            )
    echo.memory, whole.memory = echo.megabytes(), whole.megabytes()
    a, b = statistics.median(echo.rates), statistics.median(whole.rates)
    ratio = statistics.median(mine / theirs for theirs, mine in zip(echo.rates, whole.rates, strict=True))
    slow, fast = 1000 * statistics.median(whole.delays), 1000 * statistics.median(echo.delays)
    groups_rate = statistics.median(in_groups)
    more = whole.memory - echo.memory
    return [
        Figure(
            "updates a second, /help in private",
            f"{b:.0f}",
            f"{a:.0f}",
            f"{ratio:.2f} ×",
            "≥ 0.5 ×",
            ratio >= 0.5,
        ),
        Figure(
            "updates a second, /next in groups",
            f"{groups_rate:.0f}",
            f"{a:.0f}",
            f"{groups_rate / a:.2f} ×",
            "",
            met=True,
        ),
        Figure(
            "answer to one /help, median ms",
            f"{slow:.1f}",
            f"{fast:.1f}",
            f"+ {slow - fast:.1f} ms",
            "≤ 15 ms",
            slow - fast <= 15,
        ),
        Figure(
            "resident memory after it, MB",
            f"{whole.memory:.0f}",
            f"{echo.memory:.0f}",
            f"+ {more:.0f} MB",
            "≤ 100 MB",
            more <= 100,
        ),
    ]


def with_starts(echo: Side, whole: Side) -> None:
    """Starts both in turn, the whole one as ``samenbot run`` on the database it has."""
    with ExitStack() as stack:
        for side in (echo, whole):
            side.telegram = Local()
            stack.callback(side.telegram.close)
            side.settings["SAMENBOT_API_URL"] = side.telegram.url
        echo.command = [sys.executable, "-m", "bot.bench.echo", echo.telegram.url, TOKEN]
        whole.command = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
        for _ in range(STARTS):
            for side in (echo, whole):
                side.starts.append(side.start())
                side.stop()


def starts(echo: Side, whole: Side) -> Figure:
    a, b = statistics.median(echo.starts), statistics.median(whole.starts)
    more = statistics.median(mine - theirs for theirs, mine in zip(echo.starts, whole.starts, strict=True))
    return Figure(
        "seconds to the first poll", f"{b:.2f}", f"{a:.2f}", f"+ {more:.2f} s", "≤ 1.5 s", more <= 1.5
    )


def tick(folder: Path) -> Figure:
    """What the tick asks of the database, nothing being due yet."""
    few, many = (rooms.Waiting(folder / f"{number}.sqlite", number) for number in (100, 100_000))
    taken: dict[rooms.Waiting, list[float]] = {few: [], many: []}
    for _ in range(300):
        for store in (few, many):
            begun = time.perf_counter()
            store.tick()
            taken[store].append(time.perf_counter() - begun)
    a, b = (1e6 * statistics.median(taken[store]) for store in (few, many))
    few.close()
    many.close()
    return Figure(
        "a tick, µs: 100,000 waiting and 100",
        f"{b:.0f}",
        f"{a:.0f}",
        f"{b / a:.2f} ×",
        "≤ 1.5 ×",
        b / a <= 1.5,
    )
