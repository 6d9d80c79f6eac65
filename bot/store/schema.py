"""The database's shape over time: new, older, newer or foreign, and what may be done about each."""

from __future__ import annotations

import importlib.util
import sqlite3
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from bot.store.copy import copy_to, make_file
from bot.store.store import StoreFault

HEAD = "0005"
"""The newest migration; kept here so that a start at the newest shape need not load Alembic."""

MIGRATIONS = Path(__file__).with_name("migrations")


def address(url: str) -> URL:
    """The URL with the driver that the project uses. Raises StoreFault where that is not installed."""
    found = make_url(url)
    if found.get_backend_name() == "sqlite":
        return found
    if importlib.util.find_spec("psycopg") is None:
        raise StoreFault("PostgreSQL needs psycopg: pip install 'samenbot[postgres]'")
    return found.set(drivername="postgresql+psycopg")


def prepare(url: str, *, upgrade: bool = False) -> str:
    """Bring a database to the newest shape; returns what was done: ``new``, ``current`` or ``upgraded``.

    An SQLite file is copied beside itself before it is upgraded. PostgreSQL is upgraded only where
    ``upgrade`` says so. Raises StoreFault (one line) for what cannot be opened, is newer than this
    version, or is not Samenbot's.
    """
    where = address(url)
    shape = shape_of(where)
    if shape == HEAD:
        return "current"
    if shape is not None and not upgrade and where.get_backend_name() != "sqlite":
        raise StoreFault(
            "the database has an older shape: back it up (pg_dump), then: samenbot run --upgrade"
        )
    if shape is not None and where.database and where.get_backend_name() == "sqlite":
        copy_to(Path(where.database), unused(Path(f"{where.database}.before-{HEAD}")))
    migrate(where)
    return "new" if shape is None else "upgraded"


def shape_of(where: URL, *, make: bool = True) -> str | None:
    """The migration a database is at; None for an empty one, whose file is made ready unless ``make`` is
    False. Raises StoreFault."""
    known = {path.name.split("_")[0] for path in MIGRATIONS.glob("versions/[0-9]*.py")}
    file = where.database if where.get_backend_name() == "sqlite" else None
    if file and not Path(file).exists():
        if make:
            make_room_for(Path(file))
        return None
    engine = create_engine(where)
    try:
        with engine.connect() as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return None
            if "alembic_version" not in tables or "pending" not in tables:
                raise StoreFault("this database holds something else; name another one in SAMENBOT_DATABASE")
            shape = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    except OperationalError as error:
        raise StoreFault(f"cannot open the database: {first_line(error)}") from None
    except (DatabaseError, SQLAlchemyError) as error:
        raise StoreFault(f"this is not a database that can be used: {first_line(error)}") from None
    finally:
        engine.dispose()
    if shape not in known:
        raise StoreFault("this database was made by a newer version of Samenbot: install that version")
    return shape


def has_key(url: str) -> bool:
    """Whether a database of the newest shape was begun with a key, whichever."""
    engine = create_engine(address(url))
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT 1 FROM meta WHERE name = 'key'")).first() is not None
    finally:
        engine.dispose()


def unused(file: Path) -> Path:
    """That name, or the first of NAME.2, NAME.3 … which is free: an earlier copy is never written over."""
    names = (file, *(file.with_name(f"{file.name}.{number}") for number in range(2, 1000)))
    return next(name for name in names if not name.exists())


def make_room_for(file: Path) -> None:
    try:
        make_file(file)
        sqlite3.connect(file).close()
    except (OSError, sqlite3.Error) as error:
        raise StoreFault(f"cannot write the database {file}: {error}") from None


def migrate(where: URL) -> None:
    """Run the migrations up to the newest. Raises StoreFault."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = where
    try:
        command.upgrade(config, HEAD)
    except SQLAlchemyError as error:
        raise StoreFault(f"cannot write the database: {first_line(error)}") from None


def first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
