"""``samenbot letter``: letters read and explained on the command line, without any network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import load_content
from bot.domain.words import LANGUAGES, Audience, Phrase
from bot.letters.explain import explained, steps
from bot.letters.letter import Letter, as_json, read_letter
from bot.letters.reader.reading import ReaderProcess, Reading
from bot.texts import Texts

STDIN = "-"
NOBODY = 1
"""The chat of an explanation that goes to a terminal."""


class LetterFault(Exception):
    """A file or language that cannot be used; the message is one line for the operator."""


class Explainer:
    """Reads and explains letters in one language; the models and the reader are loaded once."""

    def __init__(self, language: str, today: date, zone: ZoneInfo) -> None:
        if language not in LANGUAGES:
            raise LetterFault(f"--lang {language}: one of {', '.join(LANGUAGES)}")
        self.texts = Texts(zone=zone)
        self.language, self.today = language, today
        self.organisations = load_content().organisations
        self.reader = ReaderProcess()

    def close(self) -> None:
        self.reader.close()

    def answer(self, content: bytes) -> tuple[Reading, Letter | None]:
        """What was read, and the letter that it is; None where it cannot be read."""
        reading = self.reader.read(content)
        return reading, None if reading.unreadable else read_letter(reading.text, reading.faint)

    def words(self, reading: Reading, letter: Letter | None) -> str:
        """The explanation, or why there is none, as plain text."""
        if letter is None:
            return self.say([Phrase(f"letter.unreadable.{reading.unreadable}")])
        lost = [
            Phrase("letter.page_lost", page=page, why=Phrase(f"letter.unreadable.{why}"))
            for page, why in reading.lost
        ]
        return self.say([*lost, *explained(letter, self.today, self.organisations)])

    def say(self, phrases: Sequence[Phrase]) -> str:
        """Phrases as plain lines, in the language asked for; else said so, in simple Dutch and English."""
        audience = Audience(NOBODY, (self.language,), private=True)
        languages = self.texts.reading(audience, tuple(phrases), whole=True)
        blocks = ["\n".join(self.texts.plain(phrase, code) for phrase in phrases) for code in languages]
        if self.language not in languages:
            blocks.insert(0, self.texts.plain(Phrase("letter.no_language"), self.language))
        return "\n\n".join(blocks)

    def json(self, name: str, reading: Reading, letter: Letter | None) -> dict[str, Any]:
        """The keys that letters are measured by, and what was said."""
        found = as_json(letter) if letter else dict.fromkeys(as_json(NOTHING))
        actions = [self.say([step]) for step in steps(letter)] if letter and letter.certain else []
        return {"file": name, **found, "explanation": self.words(reading, letter), "actions": actions,
                "unreadable": reading.unreadable or None}  # fmt: skip


NOTHING = Letter("other", 0.0, (), "", "other", None, None, (), (), (), 1, "")


def explain_files(
    files: Sequence[str], stdin: bytes, *, language: str, today: date, zone: ZoneInfo, as_lines: bool
) -> Iterator[str]:
    """One explanation (or line of JSON) for each file. Raises LetterFault, ContentFault; a file that cannot
    be opened raises before any is read."""
    contents = [(name, stdin if name == STDIN else opened(name)) for name in files]
    explainer = Explainer(language, today, zone)
    try:
        for name, content in contents:
            reading, letter = explainer.answer(content)
            if as_lines:
                yield json.dumps(explainer.json(name, reading, letter), ensure_ascii=False)
            else:
                title = [f"== {name}"] if len(contents) > 1 else []
                yield "\n".join([*title, explainer.words(reading, letter)])
    finally:
        explainer.close()


def opened(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise LetterFault(f"{name}: {error.strerror}") from None
