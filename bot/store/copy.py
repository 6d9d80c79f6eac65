"""Consistent copies of an SQLite file, also while the bot writes to it, for its owner's eyes only."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.store.store import StoreFault

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def make_file(file: Path) -> None:
    """An empty file, and the folders it lies in. Raises OSError; FileExistsError where it is there."""
    file.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))


def copy_to(source: Path, target: Path) -> None:
    """Copy a database page by page and try whether the copy is whole. Raises StoreFault; a copy that
    failed is not left behind, and a file that was there is not touched."""
    try:
        make_file(target)
    except FileExistsError:
        raise StoreFault(f"{target} exists already") from None
    except OSError as error:
        raise StoreFault(f"cannot write {target}: {error.strerror}") from None
    try:
        copy_pages(source, target)
    except BaseException:  # also an interruption: half a copy would stand in the way of the next
        target.unlink(missing_ok=True)
        raise


def copy_pages(source: Path, target: Path) -> None:
    """Raises StoreFault where the source is missing or damaged, or the copy is."""
    # Read only: a source that is not there is not made. Its log is read all the same.
    read_only = f"{source.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(read_only, uri=True)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
            (found,) = there.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise StoreFault(f"the copy failed: {error}") from None
    if found != "ok":
        raise StoreFault(f"the database is damaged: {found}")
