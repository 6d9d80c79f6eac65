"""The doctor looks, names what mends, and changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlmodel import delete

from bot.clock import SystemClock
from bot.doctor import Finding, database, letters, same_time, telegram
from bot.settings import Settings
from bot.store.tables import Outgoing, Pending
from tests.served import served
from tests.story import Welcome


def settings_of(world: Welcome, **other: object) -> Settings:
    given = {
        "token": SecretStr(world.telegram.token),
        "database": world.database,
        "data_dir": world.folder,
        "key": SecretStr(world.key),
        **other,
    }
    return Settings.model_construct(**given)


def wrong(findings: list[Finding]) -> set[str]:
    return {finding.what for finding in findings if not finding.well}


async def test_a_bot_that_runs_is_well(world: Welcome) -> None:
    found = database(settings_of(world), world.clock)
    assert wrong(found) <= {"last tick"}


async def test_stuck_and_lost_rows_are_named(world: Welcome) -> None:
    long_ago = world.clock.now() - timedelta(hours=5)
    with world.app.store.begin() as session:
        session.add(Pending(lane=1, due=long_ago, state="aside"))
        session.add(Outgoing(chat=1, created=long_ago, state="unknown"))
        session.add(Outgoing(chat=1, created=long_ago, state="aside"))
    found = database(settings_of(world), world.clock)
    assert {"messages in set aside", "messages out set aside"} <= wrong(found)
    assert any("1 (sent twice" in finding.found for finding in found)
    with world.app.store.begin() as session:
        for table in (Pending, Outgoing):
            session.execute(delete(table))


async def test_another_key_is_named(world: Welcome) -> None:
    found = database(settings_of(world, key=SecretStr(Fernet.generate_key().decode())), world.clock)
    assert wrong(found) == {"key"}


def test_no_database_yet_is_told_and_none_is_made(tmp_path: Path) -> None:

    settings = Settings.model_construct(database=f"sqlite:///{tmp_path / 'none.sqlite'}", data_dir=tmp_path)
    assert wrong(database(settings, SystemClock())) == {"database"}
    assert not list(tmp_path.iterdir())


async def test_the_clock_is_held_against_telegrams(world: Welcome) -> None:
    now = SystemClock().now()
    assert not wrong(list(same_time(now - timedelta(seconds=5), now)))
    assert wrong(list(same_time(now + timedelta(minutes=3), now))) == {"clock"}
    async with served(world.telegram) as url:
        found = await telegram(settings_of(world, api_url=url), SystemClock())
    assert {finding.what: finding.well for finding in found}["clock"]


def test_tesseract_without_dutch_or_none_at_all_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert letters().well
    monkeypatch.setenv("PATH", str(tmp_path))
    assert letters().found == "no tesseract"
    assert "tesseract-ocr tesseract-ocr-nld" in letters().mend
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\n", encoding="utf-8")
    program.chmod(0o755)
    assert letters().found == "tesseract knows no Dutch"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert letters().found == "tesseract does not run"
    assert not letters().well
