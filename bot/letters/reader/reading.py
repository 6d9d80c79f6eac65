"""What was read in a file, and the process that reads it."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, Any, Literal

Unreadable = Literal[
    "",
    "too-large",
    "too-heavy",
    "too-long",
    "too-many-pages",
    "encrypted",
    "broken",
    "unsupported",
    "empty",
    "no-text",
    "blurred",
    "took-too-long",
]
"""Why a file gave no text. ``too-large``: more bytes than Telegram gives; ``too-heavy``: more pixels or
memory than is spent on one file; ``too-long``: more text than is looked at. ``empty``: a file without text;
``no-text``: a picture of no letter at all. ``blurred``: a letter that cannot be read; closer, flat and more
light may help. With ``blurred`` there may be lines all the same."""

MAX_BYTES = 20 * 1024 * 1024
"""What Telegram lets a bot fetch."""

MAX_ANSWER = 8 * 1024 * 1024
"""Twelve pages are a hundredth of that: more is not an answer of ours."""

FAINT = 0.6
"""Confidence below which a line is shown as hard to read."""

SIZE = 8
"""Bytes of a length, highest first, before each file and each answer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on the page. ``confidence``: 0 to 1, 1.0 for what was typed. Columns are apart by
    three spaces or more; a line without text is a gap between paragraphs."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of the pages that could be read; ``lost`` are the others of a file of which some could, as
    people count them, with why."""

    pages: tuple[tuple[Line, ...], ...]
    unreadable: Unreadable = ""
    lost: tuple[tuple[int, Unreadable], ...] = ()

    @property
    def faint(self) -> tuple[str, ...]:
        """The lines of which hardly half is sure."""
        return tuple(
            line.text for page in self.pages for line in page if line.text and line.confidence < FAINT
        )

    @property
    def each(self) -> tuple[Reading, ...]:
        """Every page that could be read as a reading of its own."""
        return tuple(Reading((page,)) for page in self.pages)

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(line.text for line in page) for page in self.pages)


def packed(reading: Reading) -> bytes:
    """As it travels from the child, without its length."""
    pages = [[[line.text, line.confidence] for line in page] for page in reading.pages]
    told = {"pages": pages, "unreadable": reading.unreadable, "lost": reading.lost}
    return json.dumps(told).encode()


def unpacked(raw: bytes) -> Reading:
    told: dict[str, Any] = json.loads(raw)
    pages = tuple(tuple(Line(str(text), float(sure)) for text, sure in page) for page in told["pages"])
    return Reading(pages, told["unreadable"], tuple((int(page), why) for page, why in told["lost"]))


class _Gone(Exception):
    """The child has ended, or says what it should not."""


class ReaderProcess:
    """Reads files in a process of its own, which a file may bring down without harm to the bot.

    The process is started at the first file, lives for many, and is started anew after it has died, has used
    up its memory, or has taken longer than ``deadline`` seconds over one file. Threads take turns.
    """

    def __init__(self, deadline: float = 45.0) -> None:
        self._deadline = deadline
        self._turn = Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReaderProcess:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def read(self, content: bytes) -> Reading:
        """Blocks until it is read. Never raises for what a file contains."""
        if len(content) > MAX_BYTES:
            return Reading((), "too-large")
        with self._turn:
            child = self._running()
            until = time.monotonic() + self._deadline
            try:
                return unpacked(_exchange(child, content, until))
            except TimeoutError:
                self._kill()
                return Reading((), "took-too-long")
            except (_Gone, OSError, ValueError, KeyError, TypeError):
                self._kill()
                return Reading((), "broken")
            except BaseException:
                self._kill()  # interrupted in the middle of an answer, which must not be taken for the next
                raise

    def close(self) -> None:
        with self._turn:
            self._kill()

    @property
    def pid(self) -> int | None:
        """The process id of the child while there is one."""
        return self._child.pid if self._child else None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._kill()
        self._child = subprocess.Popen(  # noqa: S603 (our own module, with our own arguments)
            [sys.executable, "-B", "-m", "bot.letters.reader.child", str(self._deadline)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's complaint may quote the letter
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
            cwd=Path(__file__).parents[3],
            start_new_session=True,  # so that its Tesseract dies with it
        )
        for pipe in (self._child.stdin, self._child.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
        return self._child

    def _kill(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        if child.returncode is None:  # else its number may be somebody else's by now
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


def _exchange(child: subprocess.Popen[bytes], content: bytes, until: float) -> bytes:
    """Sends a file, returns the answer. ``until``: monotonic seconds. Raises TimeoutError, _Gone, OSError."""
    assert child.stdin is not None
    assert child.stdout is not None
    rest = memoryview(len(content).to_bytes(SIZE, "big") + content)
    while rest:
        _wait(child.stdin, selectors.EVENT_WRITE, until)
        rest = rest[os.write(child.stdin.fileno(), rest) :]
    size = int.from_bytes(_take(child.stdout, SIZE, until), "big")
    if size > MAX_ANSWER:
        raise _Gone
    return _take(child.stdout, size, until)


def _take(pipe: IO[bytes], size: int, until: float) -> bytes:
    taken = bytearray()
    while len(taken) < size:
        _wait(pipe, selectors.EVENT_READ, until)
        part = os.read(pipe.fileno(), size - len(taken))
        if not part:
            raise _Gone
        taken += part
    return bytes(taken)


def _wait(pipe: IO[bytes], event: int, until: float) -> None:
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, event)
        if not ready.select(max(0.0, until - time.monotonic())):
            raise TimeoutError
