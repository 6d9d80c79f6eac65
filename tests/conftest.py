from __future__ import annotations

import re
import signal
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from tests.story import Welcome

GROUP = re.compile(r"^pytestmark\b[^\n]*xdist_group\(\"(\w+)\"\)", re.MULTILINE)

settings.register_profile("patient", deadline=None)  # a busy machine is no fault
settings.load_profile("patient")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that runs the tests in the background has Ctrl-C ignored, and every process inherits that:
    # those that the tests end by it would go on for ever.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Groups(LoadScopeScheduling):
    """Files that name an ``xdist_group`` stay on one worker each group, all other tests go where there
    is room. (xdist's own loadgroup marks items in a way that pytest 9.2 no longer sees.)"""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@cache
def group_of(file: str) -> str:
    path = Path(__file__).parent.parent / file
    found = GROUP.search(path.read_text(encoding="utf-8")) if path.is_file() else None
    return found[1] if found else ""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups:
    return Groups(config, log)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[Welcome]:
    """A running bot, nobody in it yet. Whatever a test did: nothing failed, nothing private leaked."""
    place = Welcome(tmp_path)
    await place.start()
    yield place
    await place.stop()
    assert not place.faults()
    assert not place.leaks()


@pytest.fixture
async def group(world: Welcome) -> Welcome:
    """The group in Utrecht, Yusuf has not said anything yet; he arrives on 1 December."""
    await world.with_group()
    return world


@pytest.fixture
async def agreed(world: Welcome) -> Welcome:
    """The same after Yusuf's yes, which he gave in English."""
    await world.with_newcomer()
    return world
