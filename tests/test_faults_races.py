"""Two people press one button at the same instant: one wins, always. In one process, and in two."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.clock import SystemClock
from bot.domain.words import Refusal
from bot.store import schema
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.store import Store
from bot.store.tables import Person, RoomRow
from tests.process import ROOT
from tests.story import Welcome
from tests.world import content

TASKS = 60
ROUNDS = 12
ZONE = ZoneInfo("Europe/Amsterdam")


async def test_two_people_press_one_button_in_the_group(agreed: Welcome) -> None:
    """Both presses wait before either is answered: one has the task, the other reads who has it."""
    anna, bram = agreed.people["Anna"], agreed.people["Bram"]
    for number in range(ROUNDS):
        words = f"Lamp {number} ophangen"
        await agreed.says(anna, f"/task {words}", group=True)
        message, label = agreed.button(agreed.group, "button.claim")
        first, second = (anna, bram) if number % 2 else (bram, anna)
        agreed.mark(agreed.group)
        presses = [agreed.telegram.press(who, agreed.group, message, label) for who in (first, second)]
        for press in presses:
            await press
        await agreed.settle()
        assert agreed.task(words)["who"] == [first.first_name]
        assert agreed.told(agreed.group, "task.taken", who=first.first_name)
        assert sum(agreed.told([text], "task.claimed") for text in agreed.heard(agreed.group)) == 1


async def test_two_claim_one_task_in_two_private_chats(agreed: Welcome) -> None:
    """Rows of different chats are answered side by side."""
    anna, bram = agreed.people["Anna"], agreed.people["Bram"]
    words = [f"Lamp {number} ophangen" for number in range(ROUNDS)]
    for each in words:
        await agreed.says(anna, f"/task {each}")
    for number in [agreed.number(each) for each in words]:
        for who in (anna, bram):
            agreed.telegram.say(who, None, f"/claim {number}")
    await agreed.settle()
    assert [len(agreed.task(each)["who"]) for each in words] == [1] * ROUNDS


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
        programme = Programme(Given(session, content(), store, now, ZONE), anna)
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
        room = Room(Given(session, content(), store, SystemClock().now(), ZONE), row)
        member = next(m for m in room.members if m.person and m.person.telegram == telegram)
        try:
            room.task(number).claim(member)
        except Refusal:
            session.rollback()
            return False
    return True


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
