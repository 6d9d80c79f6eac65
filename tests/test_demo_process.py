"""``samenbot demo`` as a process: how it starts, how it fails, how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bot.content import ROOT
from tests.demo import demo

pytestmark = [pytest.mark.process, pytest.mark.slow]


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = demo("--port", str(taken.getsockname()[1]))
        said, errors = process.communicate(timeout=30)
    assert (process.returncode, said) == (1, "")
    assert re.fullmatch(r"\S+: port \d+ is in use; choose another with --port\n", errors)


def test_without_its_packages_the_demo_says_what_to_install() -> None:
    hidden = "import sys; sys.modules['uvicorn'] = None; from bot.cli import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", hidden, "demo"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr == "samenbot: the demo needs uvicorn: pip install 'samenbot[demo]'\n"


@pytest.mark.parametrize(
    "name,seconds", [("SIGINT", None), ("SIGTERM", None), ("SIGINT", 0.1), ("SIGTERM", 2.5)]
)
def test_ending_the_demo_erases_what_it_kept(tmp_path: Path, name: str, seconds: float | None) -> None:
    """At rest, and so many seconds into the story, while a stage is struck, set, or played on."""
    given = {**os.environ, "TMPDIR": str(tmp_path), "HTTP_PROXY": "http://127.0.0.1:9"}
    process = demo("--port", "0", env=given)
    assert process.stdout
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found
    assert list(tmp_path.glob("samenbot-demo-*"))
    if seconds is not None:
        body, kind = json.dumps({"pace": 0}).encode(), {"Content-Type": "application/json"}
        # S310: the address is our own.
        urllib.request.urlopen(urllib.request.Request(f"{found[0]}/do/tell", body, kind)).close()  # noqa: S310  # our own demo, on this machine
        time.sleep(seconds)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert not list(tmp_path.glob("samenbot-demo-*"))
