"""The database's shape: migrations say the same as the tables, and odd databases are refused unchanged."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from unittest.mock import patch

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet
from sqlalchemy import create_engine

from bot.content import ROOT
from bot.store import schema, tables
from bot.store.copy import copy_to
from bot.store.store import Store, StoreFault, key_from


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


KILLED_BEFORE = """
import os, sys
from pathlib import Path
from bot.store.store import key_from
setattr(os, sys.argv[2], lambda *given, **named: os._exit(9))
key_from("", Path(sys.argv[1]))
"""


@pytest.mark.parametrize("step", ["fdopen", "fsync", "link", "unlink"])
def test_a_first_start_that_is_killed_leaves_a_whole_key_or_none(tmp_path: Path, step: str) -> None:
    file = tmp_path / "data" / "samenbot.key"
    command = [sys.executable, "-c", KILLED_BEFORE, str(file), step]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 9
    assert file.exists() == (step == "unlink")
    key = key_from("", file)
    Fernet(key)
    assert key_from("", file, begun=True) == key
    assert file.stat().st_mode & 0o077 == 0


def test_of_two_first_starts_one_makes_the_key(tmp_path: Path) -> None:
    for number in range(20):
        file, meet = tmp_path / str(number) / "samenbot.key", Barrier(4)
        with ThreadPoolExecutor(4) as pool:
            keys = list(
                pool.map(lambda _, file=file, meet=meet: (meet.wait(), key_from("", file))[1], range(4))
            )
        assert len(set(keys)) == 1
        assert [found.name for found in file.parent.iterdir()] == ["samenbot.key"]


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff\xfe\x00\x01", b"A" * 45])
def test_a_key_file_without_a_key_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "samenbot.key"
    file.write_bytes(content)
    with pytest.raises(StoreFault, match=re.escape(str(file))):
        key_from("", file)
    assert file.read_bytes() == content


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


def test_the_first_shape_is_upgraded_with_everything_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members still point at their person, and no number of an erased row comes back."""
    file = tmp_path / "first.sqlite"
    url, newest = f"sqlite:///{file}", schema.HEAD
    monkeypatch.setattr(schema, "HEAD", "0001")
    assert schema.prepare(url) == "new"
    with closing(sqlite3.connect(file)) as first, first:
        first.execute(
            "INSERT INTO person (id, telegram, name, owner, coordinator, reachable, reminders, created)"
            " VALUES (7, 70, 'Anna', 0, 0, 1, 'all', '2026-11-24 09:00:00')"
        )
        first.execute(
            "INSERT INTO room (id, variant, municipality, newcomer_name, languages, state, agreements,"
            " created) VALUES (1, 'resettlement', 'Utrecht', 'Yusuf', '[]', 'new', '{}',"
            " '2026-11-24 09:00:00')"
        )
        first.execute(
            "INSERT INTO member (id, room_id, person_id, role, confirmed, consent, joined)"
            " VALUES (3, 1, 7, 'sponsor', 0, 'unasked', '2026-11-24 09:00:00')"
        )
    monkeypatch.setattr(schema, "HEAD", newest)
    assert schema.prepare(url) == "upgraded"
    with create_engine(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.SHAPE) == []
    with closing(sqlite3.connect(file)) as now, now:
        joined = "SELECT p.name FROM member m JOIN person p ON p.id = m.person_id"
        assert now.execute(joined).fetchall() == [("Anna",)]
        assert now.execute("PRAGMA foreign_key_check").fetchall() == []
        now.execute("DELETE FROM member")
        now.execute("DELETE FROM person")
        now.execute(
            "INSERT INTO person (telegram, name, owner, coordinator, reachable, reminders, created)"
            " VALUES (71, 'Bram', 0, 0, 1, 'all', '2026-11-24 09:00:00')"
        )
        assert now.execute("SELECT id FROM person").fetchall() == [(8,)]


def test_an_older_shape_is_copied_whole_before_it_is_upgraded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what still stands in the write-ahead log alone; and an earlier copy is never written over."""
    file = tmp_path / "old.sqlite"
    url = f"sqlite:///{file}"
    schema.prepare(url)
    upgraded: list[str] = []
    monkeypatch.setattr(schema, "HEAD", "newer")
    monkeypatch.setattr(schema, "migrate", lambda where: upgraded.append(where.database))
    with closing(sqlite3.connect(file)) as open_still:
        open_still.execute("PRAGMA journal_mode=WAL")
        open_still.execute("INSERT INTO meta (name, value) VALUES ('in the log', 'x')")
        open_still.commit()
        assert schema.prepare(url) == "upgraded"
        assert schema.prepare(url) == "upgraded"
    assert upgraded == [str(file)] * 2
    for name in ("old.sqlite.before-newer", "old.sqlite.before-newer.2"):
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


def test_an_interrupted_copy_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    """Ctrl-C, or a disk that is full: the next try begins anew."""
    file, target = tmp_path / "kept.sqlite", tmp_path / "copy.sqlite"
    schema.prepare(f"sqlite:///{file}")
    for fault in (KeyboardInterrupt, MemoryError):
        with patch("bot.store.copy.sqlite3.connect", side_effect=fault), pytest.raises(fault):
            copy_to(file, target)
        assert not target.exists()
    copy_to(file, target)
    assert target.exists()


def test_a_missing_database_is_not_made_by_copying_it(tmp_path: Path) -> None:
    file, target = tmp_path / "n#n?e %20.sqlite", tmp_path / "copy.sqlite"
    with pytest.raises(StoreFault):
        copy_to(file, target)
    assert not list(tmp_path.iterdir())
    schema.prepare(f"sqlite:///{tmp_path / 'kept.sqlite'}")
    (tmp_path / "kept.sqlite").rename(file)
    copy_to(file, target)
