"""``samenbot check``: settings, content and locales as a whole, without starting anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.messages.pofile import read_po

from bot.app import shown_commands
from bot.catalogues import LocaleFault, phrase_faults
from bot.content import ROOT, ContentFault, load_content
from bot.demo.content import load_demo
from bot.document.paper import pages
from bot.domain.words import LANGUAGES
from bot.letters.cues import letter_words
from bot.letters.kinds import kinds, sayings
from bot.letters.masking.words import mask_words
from bot.letters.messages import message_words
from bot.letters.piles import page_words
from bot.letters.replies import replies
from bot.letters.senders import senders
from bot.letters.translated import to_translate
from bot.letters.tricks import tricks
from bot.settings import SettingsFault, load_settings
from bot.texts import COMPLETE, Texts
from bot.understanding.ages import age_words
from bot.understanding.danger import danger_words
from bot.understanding.times_words import time_words

ZONE = ZoneInfo("Europe/Amsterdam")
MORE: tuple[Callable[[], Any], ...] = (
    time_words,
    age_words,
    danger_words,
    pages,
    load_demo,
    kinds,
    sayings,
    replies,
    senders,
    tricks,
    letter_words,
    message_words,
    page_words,
    mask_words,
)
"""What is read beside the plans: words for times, ages and danger, the plan document's pages, the demo, and
all of letters."""


def faults() -> list[str]:
    """Everything that is wrong, a line each with its address."""
    found: list[str] = []
    try:
        load_settings()
    except SettingsFault as fault:
        found += fault.faults
    for load in MORE:
        try:
            load()
        except ContentFault as fault:
            found += fault.faults
    commands = shown_commands()
    critical: tuple[str, ...] = ()
    try:
        phrases = load_content().phrases
        critical = phrases.critical
        for name in sorted(commands.keys() ^ set(phrases.menu)):
            found.append(f"content/phrases.toml: menu: {name} must stand there exactly if it is a command")
    except ContentFault as fault:
        found += fault.faults
    texts = Texts(critical=critical, zone=ZONE)
    if not found:
        found += translation_faults(ROOT / "locales" / "letters")
    return found + list(locale_faults(texts, frozenset(f"command.{name}" for name in commands)))


def locale_faults(texts: Texts, wanted: frozenset[str]) -> Iterator[str]:
    """What is wrong with the locales: missing phrases, other arguments than Dutch has, bad markup."""
    for language in LANGUAGES:
        if language not in texts.languages:
            yield f"locales/{language}.po: is missing"
    if "nl" not in texts.languages:
        return
    dutch = texts.catalogue("nl").phrases
    for language in texts.languages:
        try:
            catalogue = texts.catalogue(language)
        except LocaleFault as error:
            yield from (f"locales/{fault}" for fault in error.faults)
            continue
        asked_of_all = {key for key in dutch if not key.startswith("alias.")}
        required = wanted | asked_of_all if language in COMPLETE else texts.critical | {"draft.note"}
        for key in sorted(required - catalogue.phrases.keys()):
            yield f"locales/{language}.po: {key} is missing"
        for key, forms in catalogue.phrases.items():
            yield from (
                f"locales/{language}.po: {key}: {fault}" for fault in phrase_faults(forms, dutch.get(key))
            )


def translation_faults(folder: Path) -> Iterator[str]:
    """What is wrong with the translations of what content says of letters: each has above it the words it was
    made from, so that none stays when they change. One that is marked fuzzy is not used."""
    wanted = to_translate()
    for file in sorted(folder.glob("*.po")):
        with file.open("rb") as source:
            try:
                messages = [one for one in read_po(source, abort_invalid=True) if one.id and not one.fuzzy]
            except ValueError as error:
                yield f"locales/letters/{file.name}: {error}"
                continue
        for message in messages:
            text, said = wanted.get(str(message.id)), str(message.string)
            if text is None:
                fault = "nothing of that name is said of letters"
            elif message.auto_comments != [text.nl, text.en]:
                fault = "was made from other words: translate it anew, or mark it fuzzy"
            elif not said or said != said.strip() or "<" in said or "{" in said:
                fault = "is empty, or has something in it that is no plain text"
            else:
                continue
            yield f"locales/letters/{file.name}: {message.id}: {fault}"


def what_there_is() -> str:
    """One line for the operator: how much was checked."""
    content = load_content()
    tasks = sum(len(plan.tasks) for plan in content.plans.values())
    languages = len(Texts(zone=ZONE).languages)
    plans, letters = len(content.plans), len(kinds())
    return f"all well: {plans} plans, {tasks} tasks, {letters} kinds of letters, {languages} languages"
