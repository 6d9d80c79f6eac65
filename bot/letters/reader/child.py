"""The process that reads: files on standard input, readings on standard output, nothing else anywhere.

It holds itself to limits before it looks at the first byte of a file, writes no file (a write of one byte is
refused by the system), and has no network address, token or key in its environment to give away.
"""

from __future__ import annotations

import math
import resource
import signal
import sys
import time
from typing import BinaryIO

from bot.letters.reader import image, ocr, page, pdf, plain
from bot.letters.reader.reading import MAX_BYTES, SIZE, Reading, packed

MEMORY = 460 * 1024 * 1024
"""Bytes of address space, of which some 400 MB can be in use: enough for HEIC of 40 megapixels, JPEG of any
size that is read, and not for WebP of 40. Tesseract, which takes 60 MB, gets as much for itself."""

PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

HEIC = {b"ftyp" + brand.encode() for brand in "heic heix heim heis hevc hevx mif1 msf1".split()}

HEADS = (
    "504b0304 504b0506 504b0708 4d5a90 7f454c46 d0cf11e0 47494638 49492a00 4d4d002a 52617221 377abcaf 1f8b"
)

OTHERS = tuple(bytes.fromhex(head) for head in HEADS.split())
"""Beginnings of archives, programs, office files, and pictures that no phone takes; more are told by bytes
that no text has."""


def main() -> None:
    deadline = float(sys.argv[1]) if len(sys.argv) > 1 else 45.0
    _limit()
    files, answers = sys.stdin.buffer, sys.stdout.buffer
    while (content := _next(files)) is not None:
        # Should the bot itself be gone, nobody else ends a reading that hangs.
        signal.alarm(math.ceil(deadline) + 5)
        _allow_seconds(deadline)
        answer = packed(read(content, time.monotonic() + deadline * 0.85))
        signal.alarm(0)
        answers.write(len(answer).to_bytes(SIZE, "big") + answer)
        answers.flush()


def read(content: bytes, until: float) -> Reading:
    """``until``: monotonic seconds after which no further page is begun."""
    try:
        return _by_kind(content, until)
    except (image.TooLarge, MemoryError):
        return Reading((), "too-heavy")
    except image.Broken:
        return Reading((), "broken")
    except ocr.Failed as e:
        return Reading((), "took-too-long" if e.slow else "broken")
    except Exception:  # noqa: BLE001 (whatever a file makes a library do: the next file is not to suffer)
        return Reading((), "broken")


def _by_kind(content: bytes, until: float) -> Reading:
    """What kind of file it is its first bytes say, never a name."""
    if not content:
        return Reading((), "empty")
    if content.startswith(PICTURES) or content[:4] + content[8:12] == b"RIFFWEBP" or content[4:12] in HEIC:
        found = page.all_of(image.decode(content), until)
        return Reading(found.pages, found.unreadable)
    if b"%PDF-" in content[:1024]:
        return pdf.read(content, until)
    if content.startswith(OTHERS) or content[4:8] == b"ftyp":
        return Reading((), "unsupported")
    return plain.read(content)


def _next(files: BinaryIO) -> bytes | None:
    head = files.read(SIZE)
    if len(head) < SIZE:
        return None
    size = int.from_bytes(head, "big")
    if size > MAX_BYTES:
        return None
    content = files.read(size)
    return content if len(content) == size else None


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _lower(resource.RLIMIT_AS, MEMORY)
    _lower(resource.RLIMIT_NOFILE, 64)


def _lower(what: int, limit: int) -> None:
    """Not above what the machine allows; where the system has no such limit (macOS), the deadline remains."""
    try:
        hard = resource.getrlimit(what)[1]
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (most, most))
    except (OSError, ValueError):
        return


def _allow_seconds(seconds: float) -> None:
    """Processor time for one more file: the limit counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    more = math.ceil(used.ru_utime + used.ru_stime + seconds) + 5
    resource.setrlimit(
        resource.RLIMIT_CPU, (more if hard == resource.RLIM_INFINITY else min(more, hard), hard)
    )


if __name__ == "__main__":
    main()
