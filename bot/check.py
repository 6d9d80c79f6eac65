"""``samenbot check``: settings, content and locales as a whole, without starting anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import shown_commands
from bot.content import ContentFault, load_content
from bot.demo.content import load_demo
from bot.document.paper import pages
from bot.letters.cues import letter_words
from bot.letters.kinds import kinds, sayings
from bot.letters.masking.words import mask_words
from bot.letters.senders import senders
from bot.letters.tricks import tricks
from bot.settings import SettingsFault, load_settings
from bot.texts import Texts
from bot.texts import faults as locale_faults
from bot.understanding.ages import age_words
from bot.understanding.times_words import time_words

ZONE = ZoneInfo("Europe/Amsterdam")
LETTERS: tuple[Callable[[], Any], ...] = (kinds, sayings, senders, tricks, letter_words, mask_words)
MORE: tuple[Callable[[], Any], ...] = (
    time_words,
    age_words,
    pages,
    load_demo,
    kinds,
    sayings,
    senders,
    tricks,
    mask_words,
)
"""What is read beside the plans: words for times and ages, the plan document's pages, the demo, letters."""


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
    return found + list(locale_faults(texts, frozenset(f"command.{name}" for name in commands)))


def what_there_is() -> str:
    """One line for the operator: how much was checked."""
    content = load_content()
    tasks = sum(len(plan.tasks) for plan in content.plans.values())
    languages = len(Texts(zone=ZONE).languages)
    plans, letters = len(content.plans), len(kinds())
    return f"all well: {plans} plans, {tasks} tasks, {letters} kinds of letters, {languages} languages"
