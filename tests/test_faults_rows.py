"""What nothing can be done with, updates and rows: each fails alone, and somebody is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from bot.store import rows
from bot.store.tables import Pending
from tests.story import Welcome
from tests.test_faults import times

BROKEN = RuntimeError("broken on purpose")


@pytest.fixture
async def rough(tmp_path: Path) -> AsyncIterator[Welcome]:
    """The group in Utrecht; what a test sets aside on purpose may stay there."""
    place = Welcome(tmp_path)
    await place.start()
    await place.with_newcomer()
    yield place
    await place.stop()


async def test_a_row_that_cannot_be_handled_is_set_aside_and_said(rough: Welcome) -> None:
    """Three attempts, one honest sentence with an id, and the next row goes on."""
    anna = rough.people["Anna"]
    rough.mark(anna)
    write(rough, anna.id, {"message": {"nonsense": True}}, update_id=1)
    await rough.says(anna, "/help")
    row = rough.rows("select state, attempts, payload from pending where update_id = 1")[0]
    assert (row["state"], row["attempts"], row["payload"]) == ("aside", 3, b"")
    assert rough.told(anna, "fault.ours")
    assert times(rough, anna, "112") == 1


async def test_a_row_that_ends_the_process_is_set_aside_in_the_end(rough: Welcome) -> None:
    """Begun again and again, never finished: it does not stop the bot for ever, and others go on."""
    anna, bram = rough.people["Anna"], rough.people["Bram"]
    rough.mark(anna)
    rough.mark(bram)
    raw = {"message": {"message_id": 1, "date": 1, "chat": {"id": anna.id, "type": "private"}, "text": "x"}}
    write(rough, anna.id, raw, update_id=1, attempts=rows.MOST_BEGUN)
    await rough.says(bram, "/help")
    assert rough.rows("select state from pending where update_id = 1")[0]["state"] == "aside"
    assert rough.told(anna, "fault.ours")
    assert times(rough, bram, "112") == 1


async def test_a_row_that_a_killed_process_began_is_taken_alone(rough: Welcome) -> None:
    """As soon as nothing else is under way, and before anything else is begun."""
    now, lanes = rough.clock.now() - timedelta(days=1), (-11, -12, -13)
    for lane in lanes:
        write(rough, lane, {}, update_id=-lane, attempts=int(lane == -12), due=now)
    with rough.app.store.begin() as session:
        assert rows.pick_due(session, now, {-99}, 4) == []
        assert [row.lane for row in rows.pick_due(session, now, (), 4)] == [-12]
        session.rollback()


async def test_one_bad_update_stops_nothing(group: Welcome, caplog: pytest.LogCaptureFixture) -> None:
    app, chat = group.app, {"id": 4711, "type": "private"}
    sender = {"id": 4711, "is_bot": False, "first_name": "Zed"}
    good = {"message_id": 1, "date": 0, "chat": chat, "from": sender, "text": "/help"}
    app.intake.write_down(
        [
            {"update_id": 900_001, "message": good},
            {"update_id": 900_002, "message": {**good, "chat": {"type": "private"}}},
            {"update_id": 900_003, "message": {**good, "chat": {"id": 2**70, "type": "private"}}},
            {"update_id": 900_004, "message": good},
        ]
    )
    await group.settle()
    kept = group.rows("select update_id from pending where update_id between 900001 and 900004 order by 1")
    assert [row["update_id"] for row in kept] == [900_001, 900_004]
    assert "900002" in caplog.text
    assert "900003" in caplog.text


async def test_the_loops_outlive_what_nobody_thought_of(
    group: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, anna = group.app, group.people["Anna"]
    for where, name in ((app.outbox.pace, "free"), (app.line, "take"), (app.desk, "_pick")):
        kept, fails = getattr(where, name), iter([True])

        def once(*given: Any, kept: Any = kept, fails: Any = fails, **more: Any) -> Any:
            if next(fails, False):
                raise BROKEN
            return kept(*given, **more)

        monkeypatch.setattr(where, name, once)
    assert group.told(await group.says(anna, "/settings"), "settings.title")


async def test_what_cannot_be_settled_holds_up_no_other(
    group: Welcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox, anna = group.app.outbox, group.people["Anna"]
    settle = outbox._settle

    def picky(session: Session, row: Any, outcome: Any) -> Any:
        if row.slot == "settings":
            raise BROKEN
        return settle(session, row, outcome)

    monkeypatch.setattr(outbox, "_settle", picky)
    await group.says(anna, "/settings")
    assert [row["fault"] for row in group.rows("select * from outgoing where state = 'aside'")] == [
        "unsettled"
    ]
    assert await group.says(anna, "/mine")
    group.rows("update outgoing set state = 'sent' where state = 'aside'")


def write(
    world: Welcome,
    lane: int,
    raw: object,
    *,
    update_id: int,
    attempts: int = 0,
    due: datetime | None = None,
) -> None:
    """An update as if it had come in earlier."""
    store = world.app.store
    with store.begin() as session:
        due = due or world.clock.now() - timedelta(hours=1)
        row = Pending(lane=lane, update_id=update_id, due=due)
        row.payload, row.attempts = store.seal(raw), attempts
        session.add(row)
