"""The rows of letters in the bench; those of traffic take minutes and are not tried here."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bench import letters
from bot.bench.table import Figure, table, verdict

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("browser")]

ROWS = [letters.TEXT, *(name for name, _ in letters.TIMES), letters.MEMORY]


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One round with the letters that are shipped, and a smaller picture for the memory."""
    monkeypatch.setattr(letters, "ROUNDS", 1)
    monkeypatch.setattr(letters, "LABELLED", tmp_path / "none")
    monkeypatch.setattr(letters, "LARGE", letters.PAGE)


@pytest.mark.slow
def test_letters_have_their_rows(tmp_path: Path) -> None:
    figures = letters.figures(tmp_path, lambda _: None)
    assert [figure.name for figure in figures] == ROWS
    assert all(figure.met is not None for figure in figures), table(figures)
    assert all(any(map(str.isdigit, figure.whole)) for figure in figures)


def test_a_missing_tesseract_is_told_and_the_rest_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    text, *others = letters.figures(tmp_path, lambda _: None)
    assert text.met is not None
    assert [figure.name for figure in others] == ROWS[1:]
    assert {(figure.result, verdict(figure)) for figure in others} == {("no tesseract", "not measured")}
    assert "no tesseract" in table(others)


def test_a_photo_that_is_not_read_is_no_quick_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_: object) -> list[Figure]:
        raise letters.Unread("the photo was not read: blurred")

    monkeypatch.setattr(letters, "tesseract_lacks", lambda: "")
    monkeypatch.setattr(letters, "reading", unread)
    assert {figure.met for figure in letters.photos(tmp_path, lambda _: None)} == {None}
