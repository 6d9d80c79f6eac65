"""The real process and a Telegram of its own, for end-to-end tests: everything over HTTP, as people do it.

``python -m tests.process stable`` keeps warm processes: it imports the bot once, and forks a process
for each start that then runs the whole ``samenbot run``. It saves two seconds a start, no more: the
database, the connections and the loop are each process's own, and each can be killed by its number.

What is started here ends with the tests, also when they are killed: it reads its input to the end.
"""

from __future__ import annotations

import html
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "123456:the-process-tests"
OWNER_CODE = "first-start-code"
Object = dict[str, Any]

WATCHED = """
import os, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
from bot.cli import main
main()
"""
"""``samenbot``, which ends when its input does: see ``lifeline``."""


@cache
def lifeline() -> int:
    """The input for what is started: nothing comes, and it ends with this process, also with ``kill -9``."""
    readable, _held = os.pipe()
    return readable


def until(true: Callable[[], Any], patience: float = 20, pause: float = 0.02) -> Any:
    """The first true value; AssertionError when none came in ``patience`` seconds."""
    last = time.monotonic() + patience
    while not (value := true()):
        assert time.monotonic() < last, f"waited {patience} s for {getattr(true, '__name__', true)}"
        time.sleep(pause)
    return value


def plain(text: str) -> str:
    """Words without markup and isolating marks."""
    return html.unescape(re.sub(r"<[^>]+>|[\u200f\u2066-\u2069]", "", text))


class Street:
    """People on a local Telegram in a process of its own, played over its ``/control`` address."""

    def __init__(self, *, limits: bool = True) -> None:
        command = [sys.executable, "-m", "tests.process", "telegram", "--port", "0", "--token", TOKEN]
        self._process = subprocess.Popen(
            command + ([] if limits else ["--no-limits"]),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.url = self._process.stdout.readline().strip()
        self._http = httpx.Client(base_url=self.url, timeout=30)

    def close(self) -> None:
        self._http.close()
        self._process.kill()
        self._process.communicate()

    def do(self, verb: str, **asked: Any) -> Any:
        answer = self._http.post(f"/control/{verb}", json=asked).json()
        assert "error" not in answer, f"{verb}: {answer['error']}"
        return answer["result"]

    def person(self, name: str, language: str = "nl") -> int:
        return int(self.do("person", first_name=name, language=language)["id"])

    def say(self, who: int, text: str, chat: int | None = None) -> None:
        self.do("say", account=who, chat=chat or who, text=text)

    def history(self, chat: int) -> list[Object]:
        return list(self.do("history", chat=chat))

    def heard(self, chat: int) -> list[str]:
        """What the bot said there, oldest first."""
        return [
            plain(m.get("text") or m.get("caption") or "")
            for m in self.history(chat)
            if m.get("from", {}).get("is_bot") and (m.get("text") or m.get("caption"))
        ]

    def hears(self, chat: int, words: str, patience: float = 20) -> str:
        """Waits for the bot's words there."""

        def heard() -> str:
            return next((text for text in reversed(self.heard(chat)) if words in text), "")

        return str(until(heard, patience))

    def press(self, who: int, words: str, chat: int | None = None, patience: float = 20) -> None:
        """Presses the newest button with these words, as soon as there is one, and follows its link."""
        place = chat or who

        def button() -> tuple[int, str] | None:
            for message in reversed(self.history(place)):
                for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                    for each in row:
                        if words in plain(each["text"]):
                            return message["message_id"], each["text"]
            return None

        number, text = until(button, patience)
        toast = self.do("press", account=who, chat=place, message_id=number, row=text)
        if toast and "start=" in toast["url"]:
            self.do("open_link", account=who, url=toast["url"])

    @property
    def polls(self) -> int:
        return int(self.do("counters")["polls"])


class Flat:
    """Where one bot lives: its own home, data and settings; and the commands one gives there."""

    def __init__(self, folder: Path, api_url: str, **settings: str) -> None:
        self.data = folder / "data"
        self.database = self.data / "samenbot.sqlite"
        self.folder = folder
        home = folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        self.settings = kept | {
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "SAMENBOT_TOKEN": TOKEN,
            "SAMENBOT_API_URL": api_url,
            "SAMENBOT_DATA_DIR": str(self.data),
            "SAMENBOT_OWNER_CODE": OWNER_CODE,
        }
        self.settings |= {f"SAMENBOT_{name.upper()}": value for name, value in settings.items()}

    def samenbot(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """One command from beginning to end."""
        given = self.settings | {f"SAMENBOT_{name.upper()}": value for name, value in settings.items()}
        return subprocess.run(
            [sys.executable, "-c", WATCHED, *words],
            env=given,
            cwd=self.folder,
            stdin=lifeline(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


class Running:
    """``samenbot run``, begun as anybody begins it."""

    def __init__(self, flat: Flat) -> None:
        self.out, self.err = flat.folder / "out.txt", flat.folder / "err.txt"
        with self.out.open("wb") as out, self.err.open("ab") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-c", WATCHED, "run"],
                env=flat.settings,
                cwd=flat.folder,
                stdin=lifeline(),
                stdout=out,
                stderr=err,
            )
        self.pid = self._process.pid

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def ended(self, patience: float = 20) -> int:
        """Waits for its end; gives the exit code (minus the signal's number, if one killed it)."""
        return self._process.wait(patience)

    def kill(self) -> None:
        """``kill -9``."""
        self.signal(signal.SIGKILL)
        self.ended()

    def stop(self) -> int:
        self.signal(signal.SIGTERM)
        return self.ended()


class Stable:
    """Warm processes; see this module."""

    def __init__(self, flat: Flat) -> None:
        self._flat = flat
        self._keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.process", "stable"],
            env=flat.settings,
            cwd=flat.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **what: Any) -> int | None:
        assert self._keeper.stdin
        assert self._keeper.stdout
        self._keeper.stdin.write(json.dumps(what) + "\n")
        self._keeper.stdin.flush()
        answer: int | None = json.loads(self._keeper.stdout.readline())
        return answer

    def start(self) -> Warm:
        return Warm(self, self._flat)

    def close(self) -> None:
        assert self._keeper.stdin
        assert self._keeper.stdout
        self._keeper.stdin.close()
        self._keeper.stdout.close()
        self._keeper.wait(10)


class Warm(Running):
    """``samenbot run`` in a process that has its imports behind it."""

    def __init__(self, stable: Stable, flat: Flat) -> None:
        self.out, self.err = flat.folder / "out.txt", flat.folder / "err.txt"
        self._stable = stable
        number = stable.ask(out=str(self.out), err=str(self.err))
        assert number
        self.pid = number

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def ended(self, patience: float = 20) -> int:
        code = self._stable.ask(wait=self.pid, patience=patience)
        if code is None:
            raise subprocess.TimeoutExpired(f"warm process {self.pid}", patience)
        return code


@contextmanager
def running(flat: Flat, street: Street) -> Iterator[Running]:
    """A bot that polls; ended at the end, if it has not ended by then."""
    before = street.polls
    bot = Running(flat)
    try:
        until(lambda: street.polls > before, 40)
        yield bot
    finally:
        if bot._process.poll() is None:
            bot.kill()


def keep_a_stable() -> None:
    """The keeper's loop: a line of JSON in, a number (or null) out. At the end of its input nobody is left
    alive."""
    import bot.app  # noqa: PLC0415  # importing is what this process is for
    import bot.cli  # noqa: PLC0415  # and this

    alive: set[int] = set()
    answer: int | None
    for line in sys.stdin:
        asked = json.loads(line)
        if number := asked.get("wait"):
            answer = code_of(number, asked["patience"])
            alive -= set() if answer is None else {number}
        elif (answer := os.fork()) == 0:
            for number, name, how in ((1, "out", os.O_TRUNC), (2, "err", os.O_APPEND)):
                os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | how, 0o600), number)
            sys.argv = ["samenbot", "run"]
            bot.cli.main()
        else:
            alive.add(answer)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    for number in alive:
        os.kill(number, signal.SIGKILL)


def code_of(number: int, patience: float) -> int | None:
    """The exit code of a child, as soon as it has one; None when it still lives after that time."""
    last = time.monotonic() + patience
    while True:
        found, status = os.waitpid(number, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > last:
            return None
        time.sleep(0.005)


def be_telegram() -> None:
    """The local Telegram, until the input ends."""
    from bot.demo.telegram.__main__ import main  # noqa: PLC0415  # only where it is asked for

    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    main()


if __name__ == "__main__":
    {"stable": keep_a_stable, "telegram": be_telegram}[sys.argv.pop(1)]()
