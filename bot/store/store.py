"""The database: one transaction at a time per writer, payloads sealed with a key kept outside it."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, create_engine

from bot.store.tables import Meta

BUSY_SECONDS = 10
"""How long a writer waits for another process (a backup, a doctor) before it gives up."""


OUT_OF_REACH = (OperationalError, InterfaceError, InternalError, PoolTimeout)
"""What is the database's trouble and passes, unlike a row that can never be written."""


class StoreFault(Exception):
    """A database or key that cannot be used; the message is one line for the operator."""


class Queue:
    """One at a time; who goes first waits for the one under way, not for those that wait as well."""

    def __init__(self) -> None:
        self._others, self._next, self._under_way = (threading.Lock() for _ in range(3))

    @contextmanager
    def turn(self, *, first: bool) -> Iterator[None]:
        with nullcontext() if first else self._others:
            with self._next:
                self._under_way.acquire()
            try:
                yield
            finally:
                self._under_way.release()


class Store:
    """Opens transactions and seals payloads.

    On SQLite every transaction is ``BEGIN IMMEDIATE`` in WAL mode, queued by a lock within the
    process: SQLAlchemy's default lets two threads both win one compare-and-set. ``durable``
    transactions reach the disk before they return; the others may be lost with the power, never
    with the process, and what was lost then is handled again from the durable row it began with.
    """

    def __init__(self, url: str, key: str) -> None:
        self.url = make_url(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        try:
            self._seal = Fernet(key)
        except ValueError:
            raise StoreFault("SAMENBOT_KEY is not a key (44 characters of base64)") from None
        self._queue = Queue() if self.sqlite else None
        self._engine = self._connect(synchronous="NORMAL", size=8)
        self._durable = self._connect(synchronous="FULL", size=1) if self.sqlite else self._engine

    def _connect(self, *, synchronous: str, size: int) -> Engine:
        if not self.sqlite:
            return create_engine(
                self.url.set(drivername="postgresql+psycopg"),
                pool_size=size,
                pool_pre_ping=True,
                hide_parameters=True,
            )
        engine = create_engine(
            self.url,
            pool_size=size,
            hide_parameters=True,  # parameters are people's words, and errors are logged
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "isolation_level": None},
        )

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            # What is erased is overwritten, not only unlinked: somebody may have asked to be forgotten.
            wanted = ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "secure_delete=ON")
            for pragma in wanted:
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def begin(self, *, durable: bool = False, brief: bool = False) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises.

        ``brief`` ones, which write down what already happened outside, go before others that wait.
        """
        engine = self._durable if durable else self._engine
        turn = self._queue.turn(first=brief or durable) if self._queue else nullcontext()
        with turn, Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self._engine.dispose()
        self._durable.dispose()

    def seal(self, payload: Any) -> bytes:
        """Any JSON value → bytes that only the key opens."""
        words = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        # What a person sends may hold half of a character, which nothing could send or store again.
        return self._seal.encrypt(words.encode("utf-8", "replace"))

    def unseal(self, sealed: bytes) -> Any:
        """The JSON value again; raises StoreFault where the key is not the one it was sealed with."""
        try:
            return json.loads(self._seal.decrypt(sealed))
        except InvalidToken:
            raise StoreFault("the key does not open this database's rows (SAMENBOT_KEY)") from None

    def check_key(self) -> None:
        """Raise StoreFault when the database was begun with another key; remember this one at first."""
        try:
            sealed = self._begun_with()
        except IntegrityError:  # another process that starts on it was a moment faster
            sealed = self._begun_with()
        try:
            self.unseal(sealed)
        except StoreFault:
            raise StoreFault(
                "this database was begun with another key: put the old one back (SAMENBOT_KEY or key file)"
            ) from None

    def _begun_with(self) -> bytes:
        """What the database's key sealed; at first that is this one."""
        with self.begin() as session:
            known = session.get(Meta, "key")
            if known is None:
                known = Meta(name="key", value=self.seal("samenbot").decode())
                session.add(known)
        return known.value.encode()


def key_from(given: str, file: Path, *, begun: bool = False) -> str:
    """The key: the one given, else the key file's, else a new one written to that file (mode 600).

    Raises StoreFault where the file can be neither read nor written, holds no key, or is gone although
    a database was ``begun`` with it: a new key would open nothing of it.
    """
    if given:
        return given
    try:
        if not file.exists():
            if begun:
                raise StoreFault(f"the key is lost: put back {file}, or set SAMENBOT_KEY")
            make_key(file)
        key = file.read_text(encoding="ascii").strip()
        Fernet(key)
        return key
    except ValueError:  # also for what is no ASCII
        raise StoreFault(f"{file} holds no key: put the right file back, or set SAMENBOT_KEY") from None
    except OSError as error:
        raise StoreFault(f"cannot read or write the key file {file}: {error.strerror}") from None


def make_key(file: Path) -> None:
    """Write a new key: the file is there with a whole key in it or not at all, whenever this is cut off,
    and of two processes that do this at once one makes it. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)  # for its owner's eyes only
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(Fernet.generate_key() + b"\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            file.hardlink_to(made)
    finally:
        made.unlink()
