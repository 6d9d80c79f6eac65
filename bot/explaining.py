"""``samenbot letter``: letters read and explained on the command line, without any network."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import load_content
from bot.domain.words import LANGUAGES, Audience, Phrase
from bot.letters.explain import explained, steps
from bot.letters.letter import Letter, as_json, read_letter
from bot.letters.piles import parted, piled
from bot.letters.reader.reading import MAX_BYTES, ReaderProcess, Reading
from bot.texts import Texts

STDIN = "-"
NOBODY = 1
"""The chat of an explanation that goes to a terminal."""


class LetterFault(Exception):
    """Files or a language that cannot be used: ``faults`` are lines for the operator."""

    def __init__(self, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.faults = list(faults)


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
        reading = parted(self.reader.read(content))
        return reading, None if reading.unreadable else self.understood(reading)

    def understood(self, reading: Reading) -> Letter:
        return read_letter(reading.text, reading.faint, today=self.today)

    def answers(self, content: bytes) -> list[tuple[Reading, Letter | None]]:
        """The same for each letter in a file, where its pages are surely several; what of it was lost is told
        with the first."""
        whole, letter = self.answer(content)
        pile = piled([page.text for page in whole.each])
        if letter is None or not pile.sure or len(pile.letters) == 1:
            return [(whole, letter)]
        apart = [Reading(tuple(whole.pages[place] for place in group)) for group in pile.letters]
        apart[0] = replace(apart[0], lost=whole.lost)
        return [(each, self.understood(each)) for each in apart]

    def words(self, reading: Reading, letter: Letter | None) -> str:
        """The explanation, or why there is none, as plain text."""
        if letter is None:
            return self.say([Phrase(f"letter.unreadable.{reading.unreadable}")])
        lost = [
            Phrase("letter.page_lost", page=page, why=Phrase(f"letter.unreadable.{why}"))
            for page, why in reading.lost
        ]
        lost += [] if piled([page.text for page in reading.each]).sure else [Phrase("letter.perhaps_several")]
        return self.say([*lost, *explained(letter, self.today, self.organisations)], noted=True)

    def say(self, phrases: Sequence[Phrase], *, noted: bool = False) -> str:
        """Phrases as plain lines, in the language asked for; else said so, in simple Dutch and English.
        ``noted``: a translation that nobody reviewed says so below."""
        audience = Audience(NOBODY, (self.language,), private=True)
        languages = self.texts.reading(audience, tuple(phrases), whole=True)
        notes = {code: self.texts.unreviewed(code) if noted else () for code in languages}
        blocks = [
            "\n".join(self.texts.plain(phrase, code) for phrase in (*phrases, *notes[code]))
            for code in languages
        ]
        if self.language not in languages:
            blocks.insert(0, self.texts.plain(Phrase("letter.no_language"), self.language))
        return "\n\n".join(blocks)

    def json(self, name: str, reading: Reading, letter: Letter | None) -> dict[str, Any]:
        """The keys that letters are measured by, and what was said."""
        found = as_json(letter) if letter else as_json(NOTHING) | dict.fromkeys(UNKNOWN)
        actions = [self.say([step]) for step in steps(letter)] if letter and letter.certain else []
        return {"file": name, **found, "explanation": self.words(reading, letter), "actions": actions,
                "unreadable": reading.unreadable or None}  # fmt: skip


NOTHING = Letter("other", 0.0, (), "", "other", None, None, (), (), (), 1, "")
UNKNOWN = ("kind", "confidence", "sender", "sender_type", "urgency", "redacted_text")
"""What has no value of a file that cannot be read; of what there may be several there are none."""


def explain_files(
    files: Sequence[str], stdin: bytes, *, language: str, today: date, zone: ZoneInfo, as_lines: bool
) -> Iterator[str]:
    """One explanation for each letter, file by file: each has one, unless a file is surely several letters.
    As JSON each file is one line, with its other letters under ``more``. One that cannot be understood has
    an answer too. Raises LetterFault and ContentFault before any is read; LetterFault after the others where
    files could not be opened."""
    explainer = Explainer(language, today, zone)
    faults = []
    try:
        for name in files:
            try:
                content = stdin if name == STDIN else opened(name)
            except LetterFault as fault:
                faults += fault.faults
                continue
            title = [f"== {name}"] if len(files) > 1 else []
            answers = explainer.answers(content)
            if as_lines:
                first, *more = [explainer.json(name, *answer) for answer in answers]
                yield json.dumps(first | ({"more": more} if more else {}), ensure_ascii=False)
            else:
                yield from ("\n".join([*title, explainer.words(*answer)]) for answer in answers)
    finally:
        explainer.close()
    if faults:
        raise LetterFault(*faults)


def opened(name: str) -> bytes:
    """What is in a file, or just so much of it that it is known to be too large. Raises LetterFault."""
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LetterFault(f"{name}: {error.strerror}") from None
