"""Files that were sent: kept in memory, handed out again by getFile (Bot API, "File").

Sizes are in bytes, pictures in pixels. Nothing is scaled or converted: what was sent comes back,
except that a picture's smaller size is a grey rectangle, so that a bot which reads the first
size instead of the last one learns nothing.
"""

from __future__ import annotations

import struct
import zlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
THUMBNAIL_SIDE = 90
MEMORY_LIMIT = 512 * 1024 * 1024


@dataclass(frozen=True)
class UploadedFile:
    """A file as it arrives in a multipart form or leaves a phone."""

    filename: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True)
class StoredFile:
    """A file the service keeps; ``path`` is what getFile calls ``file_path``."""

    file_id: str
    unique_id: str
    path: str
    name: str
    media_type: str
    content: bytes
    declared_size: int

    def reference(self) -> dict[str, Any]:
        """The fields that every file object of the Bot API has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.declared_size}


class FileStore:
    """All files; the oldest go first when more than ``limit`` bytes are held."""

    def __init__(self, limit: int = MEMORY_LIMIT) -> None:
        self._limit = limit
        self._held = 0
        self._count = 0
        self._by_id: OrderedDict[str, StoredFile] = OrderedDict()
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, file: UploadedFile, folder: str, size: int | None = None) -> StoredFile:
        """Keeps a file. ``size`` pretends another size than the content has (large files in tests)."""
        self._count += 1
        ending = file.filename.rsplit(".", 1)[-1] if "." in file.filename else "bin"
        ending = "".join(c for c in ending if c.isascii() and c.isalnum())[:8] or "bin"
        stored = StoredFile(
            file_id=f"BQAC{self._count:08d}{zlib.crc32(file.content):08x}AgAD",
            unique_id=f"AgAD{self._count:08d}",
            path=f"{folder}/file_{self._count}.{ending}",
            name=file.filename,
            media_type=file.media_type,
            content=file.content,
            declared_size=len(file.content) if size is None else size,
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        self._held += len(stored.content)
        while self._held > self._limit and len(self._by_id) > 1:
            _, oldest = self._by_id.popitem(last=False)
            del self._by_path[oldest.path]
            self._held -= len(oldest.content)
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def photo_sizes(store: FileStore, file: UploadedFile) -> list[dict[str, Any]]:
    """PhotoSize objects, smallest first. Raises ValueError where the bytes are no PNG, JPEG, GIF or WebP."""
    width, height = picture_size(file.content)
    full = store.keep(file, "photos")
    scale = THUMBNAIL_SIDE / max(width, height)
    small_width, small_height = max(1, round(width * scale)), max(1, round(height * scale))
    small = store.keep(UploadedFile("s.png", grey_png(small_width, small_height), "image/png"), "photos")
    return [
        {**small.reference(), "width": small_width, "height": small_height},
        {**full.reference(), "width": width, "height": height},
    ]


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, read from the file's own header. Raises ValueError if there is none."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
    elif content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
    elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        width, height = _webp_size(content)
    elif content.startswith(b"\xff\xd8"):
        width, height = _jpeg_size(content)
    else:
        raise ValueError("not a picture")
    if not (0 < width <= 10_000 and 0 < height <= 10_000):
        raise ValueError("not a picture's size")
    return int(width), int(height)


def _webp_size(content: bytes) -> tuple[int, int]:
    kind, at = content[12:16], content[20:30].ljust(10, b"\0")
    if kind == b"VP8X":
        return 1 + int.from_bytes(at[4:7], "little"), 1 + int.from_bytes(at[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(at[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(at[6:8], "little") & 0x3FFF, int.from_bytes(at[8:10], "little") & 0x3FFF


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            at += 1
            continue
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a start-of-frame segment
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        alone = marker in (0x01, 0xFF) or 0xD0 <= marker <= 0xD8
        at += (1 if marker == 0xFF else 2) if alone else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise ValueError("a JPEG without a frame")


def grey_png(width: int, height: int) -> bytes:
    """A grey picture of that size, 8 bits a pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + b"\x80" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
