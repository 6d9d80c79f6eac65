"""What the measured bot finds in its database: groups with their plans, and reminders that wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.clock import SystemClock
from bot.content import load_content
from bot.settings import Settings, load_settings
from bot.store import rows, schema
from bot.store.programme import Programme
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.store import Store, key_from
from bot.store.tables import Pending, Person

SIZE = 4
"""Members of one group."""


def furnish(settings: dict[str, str], people: list[int], do: Callable[..., Any]) -> list[tuple[int, int]]:
    """Groups of four with a whole plan each, in the database and on the local Telegram; gives a member
    and the chat of each."""
    given = load_settings(data_dir=Path(settings["SAMENBOT_DATA_DIR"]), database="")
    schema.prepare(given.database_url)
    store = Store(given.database_url, key_from("", given.key_file))
    store.check_key()
    chats = []
    for first in range(0, len(people), SIZE):
        members = people[first : first + SIZE]
        group = do("/control/group", title="Bench", creator=members[0], members=members[1:], with_bot=True)
        furnish_one(store, given, members, group["id"])
        chats.append((members[0], group["id"]))
    store.close()
    return chats


def furnish_one(store: Store, settings: Settings, members: list[int], chat: int) -> None:
    now = SystemClock().now()
    content = load_content()
    with store.begin() as session:
        people = [
            Person(telegram=number, name=f"Person {number}", language="nl", reachable=True, created=now)
            for number in members
        ]
        programme = Programme(Given(session, content, store, now, settings.zone), people[0])
        programme.keep()
        room: Room = programme.new_room(
            variant="resettlement",
            municipality="Utrecht",
            newcomer_name="Yusuf",
            languages=["ar"],
            arrival=(now + timedelta(days=7)).date(),
            chat=chat,
            state="active",
        )
        for person in people:
            room.add_member(person, "sponsor")
        room.begin_plan()


class Waiting:
    """A database in which so many reminders wait for later days."""

    def __init__(self, file: Path, number: int) -> None:
        url = f"sqlite:///{file}"
        schema.prepare(url)
        self._store = Store(url, key_from("", file.with_suffix(".key")))
        self._now = SystemClock().now()
        payload = self._store.seal({"due": "task.soon", "args": {"task": 1}, "at": self._now.isoformat()})
        waiting = [
            {
                "lane": -1000 - number % 500,
                "room_id": number % 500,
                "subject": f"task:{number}:soon",
                "due": self._now + timedelta(hours=1, minutes=number % 100_000),
                "payload": payload,
            }
            for number in range(number)
        ]
        with self._store.begin() as session:
            session.execute(insert(Pending), waiting)

    def tick(self) -> None:
        with self._store.begin() as session:
            assert not rows.pick_due(session, self._now, frozenset(), 4)

    def close(self) -> None:
        self._store.close()
