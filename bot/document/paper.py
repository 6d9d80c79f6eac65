"""Papers: what a document says, before it has a language; and the same, told in one.

A paper is nested dicts and lists. Its leaves are what ``Texts`` can tell (phrases, ``Words``, dates),
strings (what people typed), ``Mark`` (for the template's eyes only), numbers and None. Told in a
language it holds strings and numbers only, so that it can travel as JSON: nothing in it is ever
read as markup.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval

from bot.content import ROOT, Area, ContentFault, Part, Slug, read_file
from bot.domain.words import RIGHT_TO_LEFT, Joined, Link, Phrase, Words
from bot.texts import FSI, PDI, Texts, region

FOLDER = ROOT / "content" / "documents"
_tags = re.compile(r"<[^>]+>")
_joiners = "\u200c\u200d"
"""Of the formatting characters only these may be typed: Persian and emoji need them."""
LRI = "\u2066"


class Mark(str):
    """A word for the template, not for people: it stays as it is."""

    __slots__ = ()


@dataclass(frozen=True)
class Title:
    """Something that stands at the head of a part: its first letter is a capital."""

    it: Any


@dataclass(frozen=True)
class Day:
    """A day as a document writes it: "26 nov", or with ``full`` "26 november 2026"."""

    day: date
    full: bool = False


@dataclass(frozen=True)
class Stretch:
    """From a day to a day, both inclusive, with years."""

    first: date
    last: date


class Section(Part):
    """A part of the plan that the group itself writes; ``area`` where it is about one area."""

    key: Slug
    area: Area | None = None


class PlanPages(Part):
    """What ``content/documents/plan.toml`` says: sections in order, and words that ask for a form."""

    sections: tuple[Section, ...]
    words: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def pages() -> PlanPages:
    """The plan document's own settings. Raises ContentFault."""
    faults: list[str] = []
    read = read_file(FOLDER / "plan.toml", PlanPages, faults)
    if read is None:
        raise ContentFault(faults)
    return read


@lru_cache(maxsize=4)
def texts_in(zone: ZoneInfo) -> Texts:
    """The phrases, read once: a handler has no Texts, and a document needs all its words at once."""
    return Texts(zone=zone)


def languages_of(texts: Texts, wanted: tuple[str, ...], key: str) -> tuple[str, ...]:
    """The languages something is told in: those that know phrase ``key``, English for the others."""
    return tuple(dict.fromkeys(language if texts.has(key, language) else "en" for language in wanted))


def told(value: Any, texts: Texts, language: str) -> Any:
    """A paper, or a part of one, as strings and numbers in that language."""
    if isinstance(value, dict):
        return {key: told(item, texts, language) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [told(item, texts, language) for item in value]
    if isinstance(value, Mark):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    words = visible(said(value, texts, language))
    if knows(value, texts, language):
        return words
    return "\n".join(turned(line, language) for line in words.split("\n"))


def said(value: Any, texts: Texts, language: str) -> str:
    """One leaf as words, without markup. Raises KeyError for a phrase that exists nowhere."""
    if isinstance(value, Title):
        words = said(value.it, texts, language)
        return words[:1].upper() + words[1:]
    if isinstance(value, Day):
        shape = "d MMMM y" if value.full else "d MMM"
        return format_date(value.day, shape, locale=region(language)).replace(".", "")
    if isinstance(value, Stretch):
        words = str(format_interval(value.first, value.last, "yMMMd", locale=region(language)))
        return " ".join(words.split()).replace(".", "")
    if isinstance(value, Phrase):
        own = {
            name: said(arg, texts, language) if isinstance(arg, Day | Stretch | Title) else arg
            for name, arg in value.args.items()
        }
        return texts.plain(Phrase(value.key, **own), language)
    if isinstance(value, Words):
        return texts.words(value, language)
    if isinstance(value, Joined | Link | date | datetime):
        return html.unescape(_tags.sub("", texts.value(value, "", language)))
    return "".join(c for c in str(value) if c in _joiners or unicodedata.category(c) != "Cf")


def knows(value: Any, texts: Texts, language: str) -> bool:
    """Whether a leaf's words are in the language that was asked for, and so run with its page."""
    match value:
        case Title():
            return knows(value.it, texts, language)
        case Words():
            return language in value.texts or texts.has(value.key, language)
        case Phrase():
            return texts.has(value.key, language)
        case _:
            return not isinstance(value, str)


def visible(text: str) -> str:
    """Text without the characters that no page can show: control codes, halves of pairs, private ones."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Co"))


def turned(text: str, language: str) -> str:
    """Text that may run against its page is isolated: its stops and brackets stay where they belong.

    What has no letters (a telephone number) runs from left to right everywhere.
    """
    page = language in RIGHT_TO_LEFT
    runs = runs_right(text)
    if runs is None and page and any(c.isdigit() for c in text):
        return f"{LRI}{text}{PDI}"
    return text if runs in (page, None) else f"{FSI}{text}{PDI}"


def runs_right(text: str) -> bool | None:
    """Whether a text's first letter runs from right to left; None where it has no letter."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return False
            case "R" | "AL":
                return True
    return None
