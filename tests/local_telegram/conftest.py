"""A local Telegram with a clock of the test's own, a bot's way of asking it, and a group of two people. A
module that needs another Telegram says so by a fixture ``limits`` or ``supergroup`` of its own."""

from __future__ import annotations

import pytest

from bot.demo.telegram import Account, Chat, Limits, LocalTelegram
from tests.botapi.checked import Checked, Time


@pytest.fixture
def limits() -> Limits:
    """As many messages as the real one takes."""
    return Limits()


@pytest.fixture
def supergroup() -> bool:
    """A basic group."""
    return False


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def telegram(time: Time, limits: Limits) -> LocalTelegram:
    return LocalTelegram(time.now, monotonic=time.monotonic, limits=limits)


@pytest.fixture
def api(telegram: LocalTelegram) -> Checked:
    return Checked(telegram)


@pytest.fixture
def anna(telegram: LocalTelegram) -> Account:
    """Somebody who has started the bot and whose /start was read."""
    anna = telegram.person("Anna", "nl-NL", last_name="Bos")
    telegram.say(anna, None, "/start")
    telegram.updates.drop()
    return anna


@pytest.fixture
def bas(telegram: LocalTelegram) -> Account:
    return telegram.person("Bas")


@pytest.fixture
def group(telegram: LocalTelegram, anna: Account, bas: Account, supergroup: bool) -> Chat:
    """A group with the bot in it."""
    group = telegram.group("Welkom", anna, [bas], supergroup=supergroup, with_bot=True)
    telegram.updates.drop()
    return group
