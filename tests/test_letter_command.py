"""``samenbot letter``: what it prints of files that are many letters, none, or not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.letters.reader.reading import MAX_BYTES
from tests.test_letter_chat import HOSPITAL, WATER
from tests.test_reader import typeset

LISTS = ("deadlines", "appointments", "amounts", "actions")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["letter", "--today", "2027-04-15", *map(str, words)])


@pytest.fixture
def water(tmp_path: Path) -> Path:
    file = tmp_path / "water.txt"
    file.write_text(WATER, "utf-8")
    return file


def test_a_file_that_cannot_be_understood_is_an_answer_with_empty_lists(tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    file.write_bytes(b" ")
    done = run(file, "--json")
    said = json.loads(done.stdout)
    assert done.exit_code == 0
    assert said["unreadable"] == "empty"
    assert [said[name] for name in LISTS] == [[], [], [], []]
    assert said["kind"] is None


def test_files_that_are_not_there_are_told_apart_and_the_others_explained(water: Path) -> None:
    gone = [water.parent / name for name in ("gone.pdf", "away.pdf")]
    done = run(gone[0], water, gone[1], water, "--json")
    assert done.exit_code == 1
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["water-bill"] * 2
    assert [str(file) in line for file, line in zip(gone, done.stderr.splitlines(), strict=True)] == [
        True
    ] * 2


def test_a_file_of_more_than_20_mb_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "film.pdf"
    with file.open("wb") as film:
        film.truncate(1000 * MAX_BYTES)
    assert json.loads(run(file, "--json").stdout)["unreadable"] == "too-large"


def test_letters_in_one_pdf_are_told_one_by_one(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(typeset([WATER, HOSPITAL]))
    (line,) = run(file, "--json").stdout.splitlines()
    first = json.loads(line)
    said = [first, *first.pop("more")]
    assert [one["kind"] for one in said] == ["water-bill", "hospital-appointment"]
    assert {one["file"] for one in said} == {str(file)}
    assert run(file).stdout.count("== ") == 0
    assert [len(one["appointments"]) for one in said] == [0, 1]


def test_pages_that_may_be_several_letters_say_so(tmp_path: Path) -> None:
    head, greeting, rest = WATER.partition("Geachte")
    file = tmp_path / "scan.pdf"
    file.write_bytes(typeset([head, greeting + rest]))
    done = run(file, "--lang", "en")
    assert "more than one letter" in done.stdout
    assert "more than one letter" not in run(tmp_path / "none.pdf", "--lang", "en").stdout
