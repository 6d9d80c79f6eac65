"""Two people press one button at the same instant: one wins, always. In one process, and in two."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.clock import SystemClock
from bot.content import load_content
from bot.domain.words import Refusal
from bot.settings import Settings
from bot.store import schema
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.store import Store
from bot.store.tables import Person, RoomRow
from tests.process import ROOT
from tests.story import Welcome

TASKS = 60


async def test_two_presses_at_once_in_two_private_chats(agreed: Welcome) -> None:
    """Through the whole bot: rows of different chats are answered side by side."""
    anna, bram = agreed.people["Anna"], agreed.people["Bram"]
    free = agreed.rows("select id, number from task where company = 'open' and due is not null limit 25")
    for who in (anna, bram):
        await agreed.says(who, "/tasks")
    for task in free:
        presses = [claim(agreed, who, task["number"]) for who in (anna, bram)]
        await asyncio.gather(*presses)
    await agreed.settle()
    for task in free:
        assert len(agreed.rows("select * from holder where task_id = ?", task["id"])) <= 1
    assert len(agreed.rows("select * from holder")) >= 10


async def claim(world: Welcome, who: object, number: int) -> None:
    world.telegram.say(who, None, f"/claim {number}")  # type: ignore[arg-type]
    await asyncio.sleep(0)


# two connections: the room's own rules, on one file


@pytest.fixture
def database(tmp_path: Path) -> tuple[str, str]:
    """A room with many open tasks and two sponsors; its URL and key."""
    url, key = f"sqlite:///{tmp_path / 'race.sqlite'}", Fernet.generate_key().decode()
    schema.prepare(url)
    store = Store(url, key)
    now = SystemClock().now()
    with store.begin() as session:
        anna, bram = (Person(telegram=i, name=f"P{i}", created=now) for i in (1, 2))
        given = {"content": load_content(), "sealer": store, "now": now, "zone": Settings().zone}
        programme = Programme(session, anna, **given)  # type: ignore[arg-type]
        programme.keep()
        room = programme.new_room(
            variant="resettlement", municipality="Utrecht", newcomer_name="Y", languages=["ar"]
        )
        for person in (anna, bram):
            room.add_member(person, "sponsor")
        for number in range(TASKS):
            room.add_task(area="social", words=f"Task {number}", due=room.today + timedelta(days=1))
    store.close()
    return url, key


def grab(store: Store, telegram: int, number: int) -> bool:
    """One sponsor tries to claim one task, as the handler does; whether they have it."""
    with store.begin() as session:
        row = session.exec(select(RoomRow)).one()
        room = Room(
            session,
            row,
            content=load_content_once(),
            sealer=store,
            now=SystemClock().now(),
            zone=Settings().zone,
        )
        member = next(m for m in room.members if m.person and m.person.telegram == telegram)
        try:
            room.task(number).claim(member)
        except Refusal:
            session.rollback()
            return False
    return True


_content = load_content()


def load_content_once() -> object:
    return _content


def race(url: str, key: str, telegram: int, meet: threading.Barrier) -> list[int]:
    """One of two with a connection of their own; the tasks they won."""
    store = Store(url, key)
    won = []
    for number in range(1, TASKS + 1):
        meet.wait(30)
        if grab(store, telegram, number):
            won.append(number)
    store.close()
    return won


def test_two_connections_in_two_threads(database: tuple[str, str]) -> None:
    meet = threading.Barrier(2)
    won: dict[int, list[int]] = {}
    threads = [
        threading.Thread(target=lambda who=who: won.update({who: race(*database, who, meet)}))
        for who in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won[1] + won[2]) == list(range(1, TASKS + 1)), "each task has one winner"


RACER = """
import sys
from tests.test_faults_races import Store, TASKS, grab
store = Store(sys.argv[1], sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    print(int(grab(store, int(sys.argv[3]), int(line))), flush=True)
"""


@pytest.mark.process
@pytest.mark.slow
def test_two_connections_in_two_processes(database: tuple[str, str]) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, *database, str(who)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for who in (1, 2)
    ]
    for racer in racers:
        assert racer.stdout
        assert racer.stdout.readline() == "ready\n"
    for number in range(1, TASKS + 1):
        for racer in racers:
            assert racer.stdin
            racer.stdin.write(f"{number}\n")
        won = [int(racer.stdout.readline()) for racer in racers if racer.stdout]
        assert sum(won) == 1, f"task {number}"
    for racer in racers:
        racer.communicate()
