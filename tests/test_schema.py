"""The database's shape: migrations say the same as the tables, and odd databases are refused unchanged."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet
from sqlalchemy import create_engine

from bot.store import schema, tables
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
