"""The real process over HTTP: it starts, answers, stops; and what stops it says so in one line."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.demo.samples import samples
from tests.process import ROOT, Flat, Running, Stable, Street, running, until
from tests.process_group import Group

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("process")]
LETTERS = "abcdefghijkl"


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    place = Street()
    yield place
    place.close()


@pytest.fixture
def flat(street: Street, tmp_path: Path) -> Flat:
    street.do("reset_faults")
    return Flat(tmp_path, street.url)


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder, with what is in them."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def refuses(flat: Flat, *words: str, **settings: str) -> str:
    """``samenbot run`` ends at once with one clear line; gives the line."""
    ended = flat.samenbot("run", **settings)
    lines = ended.stderr.splitlines()
    assert ended.returncode not in (0, None), ended
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("samenbot: ")
    assert all(word in lines[0] for word in words), lines[0]
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    return lines[0]


@pytest.mark.slow
def test_a_group_is_set_up_and_lives_over_http(street: Street, flat: Flat, tmp_path: Path) -> None:
    """Owner link, group, commands; a backup while it runs; a clean stop that loses nothing."""
    with running(flat, street) as bot:
        link = until(bot.out.read_text)
        assert link.count("https://t.me/samenbot?start=owner-") == 1
        group = Group(street)
        group.set_up()
        anna = group.sponsors[0]
        street.say(anna, "/task@samenbot Gordijnen ophangen", group.chat)
        street.hears(group.chat, "Gordijnen ophangen")
        street.say(anna, "/help")
        street.hears(anna, "112")
        backup_opens_and_tells_nothing(flat, tmp_path / "copy.sqlite")

        # Asked to stop with words still to send: it stops in time, and the words come after the next start.
        for number in range(12):
            street.say(anna, f"/claim Lampvoet {LETTERS[number]}")
        until(lambda: street.do("counters")["waiting"] == 0)
        begun = time.monotonic()
        bot.signal(signal.SIGTERM)
        assert bot.ended() == 0
        assert time.monotonic() - begun < 10
    with running(flat, street) as bot:
        assert "owner-" not in bot.out.read_text(), "there is an owner already"
        for letter in LETTERS:
            street.hears(anna, f"Lampvoet {letter}”", 40)
        said = [text for text in street.heard(anna) if "Lampvoet" in text]
        doubted = bot.err.read_text().count("no answer came")
        assert len(said) <= len(LETTERS) + doubted, "nothing came twice that had been answered"
        bot.signal(signal.SIGINT)
        assert bot.ended() == 0
    assert "Traceback" not in bot.err.read_text()


@pytest.mark.slow
def test_a_letter_outlives_a_process_that_is_killed_while_it_reads(street: Street, flat: Flat) -> None:
    """Begun again from its row, told once; and nobody who finds the database reads any of it."""
    letter = samples(date(2026, 12, 7))["water"]
    database = flat.data / "samenbot.sqlite"
    with running(flat, street) as bot:
        group = Group(street)
        group.set_up()
        anna = group.sponsors[1]
        street.say(anna, letter)
        until(lambda: begun(database))
        bot.kill()
    assert b"Haddad" not in b"".join(everything(flat.data).values())
    with running(flat, street) as bot:
        street.hears(anna, "55,46", 60)
        assert len([words for words in street.heard(anna) if "55,46" in words]) == 1
        bot.signal(signal.SIGTERM)
        assert bot.ended() == 0


def begun(database: Path) -> bool:
    """Whether reading a letter was begun."""
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute("select 1 from errand where attempts = 1").fetchone() is not None


def backup_opens_and_tells_nothing(flat: Flat, copy: Path) -> None:
    made = flat.samenbot("backup", str(copy))
    assert made.returncode == 0, made.stderr
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        assert database.execute("select count(*) from room").fetchone() == (1,)
        sealed = [
            payload
            for table in ("pending", "outgoing")
            for (payload,) in database.execute(f"select payload from {table}")
        ]
    assert all(payload == b"" or payload.startswith(b"gAAAA") for payload in sealed)
    key = (flat.data / "samenbot.key").read_bytes().strip()
    assert key not in copy.read_bytes()
    again = flat.samenbot("backup", str(copy))
    assert again.returncode == 1
    assert again.stderr == f"samenbot: {copy} exists already\n"


def test_a_database_of_something_else_is_not_copied(flat: Flat, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("create table notes (words text)")
        database.commit()
    made = flat.samenbot("backup", str(tmp_path / "copy"), database=f"sqlite:///{other}")
    assert made.returncode == 1
    assert "something else" in made.stderr
    assert not (tmp_path / "copy").exists()
    none = flat.samenbot("backup", str(tmp_path / "copy"), database=f"sqlite:///{tmp_path / 'none'}")
    assert (none.returncode, (tmp_path / "none").exists()) == (1, False)


def test_a_wrong_token(flat: Flat) -> None:
    refuses(flat, "token", token="123456:another")
    refuses(flat, "SAMENBOT_TOKEN", token="nonsense")
    refuses(flat, "SAMENBOT_TOKEN", token="")
    assert not flat.data.exists(), "nothing is written before the token is known to be right"


def test_the_api_cannot_be_reached(flat: Flat) -> None:
    refuses(flat, "http://127.0.0.1:9", api_url="http://127.0.0.1:9")
    refuses(flat, "SAMENBOT_API_URL", api_url="127.0.0.1")
    assert not flat.data.exists()


@pytest.mark.parametrize(
    "name, value",
    [
        ("key", "nonsense"),
        ("database", "sqlite://"),
        ("database", "sqlite+foo:///x"),
        ("database", "mysql://x"),
        ("owner_code", "éééééééé"),
        ("owner_code", "short"),
        ("timezone", "Mars/Olympus"),
    ],
)
def test_a_wrong_setting_is_named_by_run_and_by_check(flat: Flat, name: str, value: str) -> None:
    refuses(flat, f"SAMENBOT_{name.upper()}", **{name: value})
    assert not flat.data.exists()
    checked = flat.samenbot("check", **{name: value})
    assert checked.returncode == 1
    assert f"SAMENBOT_{name.upper()}" in checked.stderr


def test_a_key_file_that_holds_something_else(flat: Flat) -> None:
    flat.data.mkdir(parents=True)
    (flat.data / "samenbot.key").write_bytes(b"\xff\xfe\x00\x01")
    refuses(flat, "samenbot.key")
    asked = flat.samenbot("doctor")
    assert asked.returncode == 1
    assert "Traceback" not in asked.stderr


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where even root may not write")
def test_a_place_that_cannot_be_written(flat: Flat) -> None:
    refuses(flat, "/proc/self/samenbot", data_dir="/proc/self/samenbot")


def test_a_database_that_is_something_else(flat: Flat) -> None:
    flat.data.mkdir(parents=True)
    with closing(sqlite3.connect(flat.database)) as database, database:
        database.execute("create table cookies (recipe text)")
        database.execute("insert into cookies values ('butter')")
    before = everything(flat.data)
    refuses(flat, "SAMENBOT_DATABASE")
    assert everything(flat.data) == before
    flat.database.write_bytes(b"not a database at all, but long enough to be read as one" * 50)
    before = everything(flat.data)
    refuses(flat, "database")
    assert everything(flat.data) == before


@pytest.mark.slow
def test_newer_shapes_and_lost_keys(street: Street, flat: Flat) -> None:
    with running(flat, street) as bot:
        assert bot.stop() == 0
    key = flat.data / "samenbot.key"
    kept = key.read_bytes()

    key.unlink()
    before = everything(flat.data)
    refuses(flat, "key")
    assert everything(flat.data) == before, "a lost key is not replaced by a new one"
    refuses(flat, "SAMENBOT_KEY", key="A" * 43 + "=")
    refuses(flat, "SAMENBOT_KEY", key="short")
    key.write_bytes(kept)

    with closing(sqlite3.connect(flat.database)) as database, database:
        database.execute("update alembic_version set version_num = '9999'")
    before = everything(flat.data)
    refuses(flat, "newer")
    assert everything(flat.data) == before


@pytest.mark.slow
def test_broken_content_and_missing_locales(street: Street, flat: Flat, tmp_path: Path) -> None:
    """The same program, run from a copy of its tree in which a file is broken."""
    tree = tmp_path / "tree"
    for part in ("bot", "handlers", "content", "locales"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    flat.settings["PYTHONPATH"] = str(tree)
    plan = next((tree / "content" / "plans").glob("*.toml"))
    whole = plan.read_text(encoding="utf-8")
    plan.write_text(whole + "\n[[tasks]\n", encoding="utf-8")
    refuses(flat, plan.name)
    checked = flat.samenbot("check")
    assert checked.returncode == 1
    assert plan.name in checked.stderr
    plan.write_text(whole, encoding="utf-8")
    (tree / "locales" / "nl.po").unlink()
    refuses(flat, "nl.po")
    assert not flat.data.exists(), "nothing was written down"


@pytest.mark.slow
def test_killed_while_it_makes_its_database(street: Street, flat: Flat) -> None:
    """Whenever the first start is cut off, the next one goes on."""
    with closing(Stable(flat)) as stable:
        for delay in (0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3):
            bot = stable.start()
            time.sleep(delay)
            bot.kill()
        before = street.polls
        bot = stable.start()
        until(lambda: street.polls > before, 20)
        with pytest.raises(subprocess.TimeoutExpired):
            bot.ended(0.1)
        assert bot.stop() == 0


def test_asked_to_stop_while_it_starts(street: Street, flat: Flat) -> None:
    """It waits for its first answer, which does not come yet."""
    street.do("latency", seconds=30)
    before = asked(street, "getMe")
    bot = Running(flat)
    try:
        until(lambda: asked(street, "getMe") > before)
        bot.signal(signal.SIGTERM)
        assert bot.ended(10) == 0
    finally:
        bot.kill()
        street.do("reset_faults")
    assert "Traceback" not in bot.err.read_text()


def asked(street: Street, method: str) -> int:
    return int(street.do("counters")["calls"].get(method, 0))


BEGINS_ONE = """
import sys, time
from pathlib import Path
from tests.process import Flat, Running
print(Running(Flat(Path(sys.argv[1]), sys.argv[2])).pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_what_the_tests_began_ends_when_they_are_killed(street: Street, flat: Flat) -> None:
    before = street.polls
    command = [sys.executable, "-c", BEGINS_ONE, str(flat.folder), street.url]
    tests = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert tests.stdout
    number = tests.stdout.readline().strip()
    until(lambda: street.polls > before)
    tests.kill()
    tests.communicate()
    until(lambda: not lives(number))


def lives(number: str) -> bool:
    """Whether a process runs; one that ended and that nobody asked about does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
