"""The database's shape: migrations say the same as the tables, and odd databases are refused unchanged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet
from sqlalchemy import create_engine

from bot.store import schema, tables
from bot.store.copy import copy_to
from bot.store.store import Store, StoreFault


def test_the_migrations_make_what_the_tables_say(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite'}"
    assert schema.prepare(url) == "new"
    with create_engine(url).connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), tables.SHAPE)
    assert differences == []


def test_the_newest_shape_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def test_a_current_database_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kept.sqlite'}"
    schema.prepare(url)
    before = (tmp_path / "kept.sqlite").read_bytes()
    assert schema.prepare(url) == "current"
    assert (tmp_path / "kept.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TABLE recipe (id INTEGER)"],
        ["CREATE TABLE pending (id INTEGER)"],
        [
            "CREATE TABLE pending (id INTEGER)",
            "CREATE TABLE alembic_version (version_num VARCHAR(32))",
            "INSERT INTO alembic_version VALUES ('9999')",
        ],
    ],
    ids=["foreign", "half", "newer"],
)
def test_odd_databases_are_refused_and_not_touched(tmp_path: Path, statements: list[str]) -> None:
    file = tmp_path / "odd.sqlite"
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    before = file.read_bytes()
    with pytest.raises(StoreFault):
        schema.prepare(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "letter.sqlite"
    file.write_text("Geachte heer, " * 400, encoding="utf-8")
    with pytest.raises(StoreFault):
        schema.prepare(f"sqlite:///{file}")
    assert file.read_text(encoding="utf-8").startswith("Geachte")


def test_another_key_is_told_and_nothing_changes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'locked.sqlite'}"
    schema.prepare(url)
    first = Store(url, Fernet.generate_key().decode())
    first.check_key()
    first.close()
    second = Store(url, Fernet.generate_key().decode())
    with pytest.raises(StoreFault):
        second.check_key()
    second.close()


def test_what_is_kept_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "samenbot.sqlite"
    schema.prepare(f"sqlite:///{file}")
    store = Store(f"sqlite:///{file}", Fernet.generate_key().decode())
    store.check_key()
    assert file.parent.stat().st_mode & 0o077 == 0
    assert {found.stat().st_mode & 0o077 for found in file.parent.iterdir()} == {0}
    store.close()


def test_what_was_erased_is_not_left_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "kept.sqlite"
    schema.prepare(f"sqlite:///{file}")
    store = Store(f"sqlite:///{file}", Fernet.generate_key().decode())
    with store.begin() as session:
        session.add(tables.Meta(name="note", value="Geheimpje " * 50))
    with store.begin() as session:
        session.delete(session.get(tables.Meta, "note"))
    store.close()  # the last connection folds the log into the file
    assert b"Geheimpje" not in file.read_bytes()


def test_an_older_shape_is_copied_whole_before_it_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what still stands in the write-ahead log alone; and an earlier copy is never written over."""
    file = tmp_path / "old.sqlite"
    url = f"sqlite:///{file}"
    schema.prepare(url)
    upgraded: list[str] = []
    monkeypatch.setattr(schema, "HEAD", "0002")
    monkeypatch.setattr(schema, "migrate", lambda where: upgraded.append(where.database))
    with closing(sqlite3.connect(file)) as open_still:
        open_still.execute("PRAGMA journal_mode=WAL")
        open_still.execute("INSERT INTO meta (name, value) VALUES ('in the log', 'x')")
        open_still.commit()
        assert schema.prepare(url) == "upgraded"
        assert schema.prepare(url) == "upgraded"
    assert upgraded == [str(file)] * 2
    for name in ("old.sqlite.before-0002", "old.sqlite.before-0002.2"):
        with closing(sqlite3.connect(tmp_path / name)) as copy:
            assert copy.execute("SELECT value FROM meta WHERE name = 'in the log'").fetchone() == ("x",)
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_postgresql_without_its_driver_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(StoreFault, match=r"samenbot\[postgres\]"):
        schema.prepare("postgresql://localhost/samenbot")


def test_a_damaged_database_makes_no_copy(tmp_path: Path) -> None:
    file, target = tmp_path / "letter.sqlite", tmp_path / "copy.sqlite"
    file.write_text("Geachte heer, " * 400, encoding="utf-8")
    with pytest.raises(StoreFault):
        copy_to(file, target)
    assert not target.exists()
    target.write_text("already here", encoding="utf-8")
    with pytest.raises(StoreFault):
        copy_to(file, target)
    assert target.read_text(encoding="utf-8") == "already here"
