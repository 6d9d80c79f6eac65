"""Phrase + language → words on a screen. The only place where phrases become sentences.

``locales/XX.po`` holds the phrases: msgid is the key, msgstr the sentence with ``{arguments}`` and
the few HTML tags that Telegram knows. ``locales/letters/XX.po`` translates what content says of letters
and is read when first needed. Arguments are escaped here, so nothing a person typed is ever markup; in
right-to-left text, and where their own direction differs, they are isolated (FSI … PDI).
"""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.catalogues import TAGS, Catalogue, read_catalogue
from bot.content import ROOT
from bot.domain.words import LANGUAGES, RIGHT_TO_LEFT, Audience, Joined, Link, Phrase, Words

LABEL = 60
"""Characters of a button; a phone shows few more."""

FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"
COMPLETE = ("nl", "en")
"""The languages in which every phrase exists; the others may fall back to both of these."""

REGION = {"fa": "fa_AF", "en": "en_GB"}
"""Where a language's dates follow a region: Dari has other names of months than Iran, and in Europe's
English days stand before their months."""

DAY_PATTERN = {"ti": "EEEE d MMMM"}
"""Tigrinya's short names are cut to two letters, and then July looks like Thursday."""

_right_to_left_letters = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_stop_after_stop = re.compile(rf"([?!…؟](?:</\w+>|{PDI})*)\.(?!\.)")
"""A full stop behind a title that asks something itself."""
_begins_on_the_right = re.compile(r"(?:<[^>]*>|\s)*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_strong_left = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff\u1200-\u137f]")


class Texts:
    """All languages; catalogues are read when first needed."""

    def __init__(
        self, folder: Path = ROOT / "locales", *, critical: tuple[str, ...] = (), zone: ZoneInfo
    ) -> None:
        self._folder = folder
        self._read: dict[str, Catalogue] = {}
        self._of_letters: dict[str, Catalogue | None] = {}
        self.critical = frozenset(critical)
        self.username = "samenbot"
        self.zone = zone

    def catalogue(self, language: str) -> Catalogue:
        if language not in self._read:
            self._read[language] = read_catalogue(self._folder / f"{language}.po")
        return self._read[language]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(code for code in LANGUAGES if (self._folder / f"{code}.po").exists())

    @cached_property
    def _aliases(self) -> dict[str, str]:
        found = {}
        for language in self.languages:
            for key, forms in self.catalogue(language).phrases.items():
                if key.startswith("alias."):
                    found.update({word: key.removeprefix("alias.") for word in forms[0].split()})
        return found

    def command(self, word: str) -> str:
        """The command that somebody means by an alias of any language, such as /ikdoe."""
        return self._aliases.get(word, word)

    def description(self, command: str, language: str) -> str:
        """A command's line in the menu."""
        return self.plain(Phrase(f"command.{command}"), language)

    # what a chat reads

    def message(self, audience: Audience, phrases: tuple[Phrase, ...], whole: str = "") -> str:
        """Phrases, a line each, as HTML in the audience's languages, one block per language.

        A private reader gets one block. Where a critical phrase has not been reviewed in the
        reader's language the block says so, and Dutch and English follow beneath; where what must be
        ``whole`` is not, the phrase of that key says so above them.
        """
        languages = self.reading(audience, phrases, whole=bool(whole))
        blocks = [
            self.block((*phrases, *(self.unreviewed(language) if whole else ())), language)
            for language in languages
        ]
        if whole and audience.private and audience.languages[0] not in languages:
            blocks.insert(0, self.html(Phrase(whole), audience.languages[0]))
        return "\n\n".join(dict.fromkeys(blocks))

    def reading(self, audience: Audience, phrases: tuple[Phrase, ...], *, whole: bool = False) -> list[str]:
        """The languages of the blocks. ``whole``: a language counts only with content's words as well."""
        there = self.has_all if whole else self.has_key
        wanted: list[str] = []
        for language in audience.languages:
            if all(there(phrase, language) for phrase in phrases):
                wanted.append(language)
                if self.is_draft(phrases, language):
                    wanted += ["draft:" + language, *COMPLETE]
            else:
                wanted += COMPLETE[::-1] if audience.private else COMPLETE
        return list(dict.fromkeys(wanted))

    def block(self, phrases: tuple[Phrase, ...], language: str) -> str:
        if language.startswith("draft:"):
            return self.html(Phrase("draft.note"), language.removeprefix("draft:"))
        text = "\n".join(self.html(phrase, language) for phrase in phrases)
        return from_the_right(text) if language in RIGHT_TO_LEFT else text

    def unreviewed(self, language: str) -> tuple[Phrase, ...]:
        """What is told under words of content that nobody reviewed in that language."""
        parts = (self.catalogue(language), self.of_letters(language))
        if language in COMPLETE or all(part.reviewed for part in parts if part):
            return ()
        return (Phrase("letter.gap"), Phrase("letter.draft"))

    def is_draft(self, phrases: tuple[Phrase, ...], language: str) -> bool:
        critical = any(phrase.key in self.critical for phrase in phrases)
        return critical and language not in COMPLETE and not self.catalogue(language).reviewed

    def has(self, key: str, language: str) -> bool:
        return language in self.languages and key in self.catalogue(language).phrases

    def has_key(self, phrase: Phrase, language: str) -> bool:
        return self.has(phrase.key, language)

    def has_all(self, value: Any, language: str) -> bool:
        """Whether a language has a phrase and everything that stands in it."""
        if isinstance(value, Phrase):
            inside = all(self.has_all(part, language) for part in value.args.values())
            return self.has(value.key, language) and inside
        if isinstance(value, Joined):
            return all(self.has_all(item, language) for item in value.items)
        return not isinstance(value, Words) or self.said(value, language) is not None

    def label(self, phrase: Phrase | str, audience: Audience) -> str:
        """A button's words: one language in private, both (short) in a group."""
        if isinstance(phrase, str):
            return cut(phrase, LABEL)
        words = list(dict.fromkeys(self.plain(phrase, language) for language in audience.languages))
        return " · ".join(cut(text, (LABEL - 3 * (len(words) - 1)) // len(words)) for text in words)

    def plain(self, phrase: Phrase, language: str) -> str:
        """A phrase without markup: for buttons, short answers, file names and copied text."""
        return html.unescape(TAGS.sub("", self.html(phrase, language)))

    def html(self, phrase: Phrase, language: str) -> str:
        """One phrase in one language; English, then Dutch, stand in where it is missing there."""
        for code in dict.fromkeys((language, "en", "nl")):
            if self.has(phrase.key, code):
                pattern = self.catalogue(code).pattern(phrase.key, phrase.args)
                if pattern is not None:
                    filled = _Filled(self, code).vformat(pattern, (), phrase.args)
                    return _stop_after_stop.sub(r"\1", filled)
        raise KeyError(phrase.key)

    # what arguments look like

    def value(self, value: Any, spec: str, language: str) -> str:
        """One argument as safe HTML in that language."""
        if isinstance(value, Phrase):
            return self.html(value, language)
        if isinstance(value, Words):
            return isolated(html.escape(self.words(value, language), quote=False), language)
        if isinstance(value, Joined):
            separator = comma(language) if value.separator == ", " else value.separator
            return separator.join(self.value(item, spec, language) for item in value.items)
        if isinstance(value, Link):
            return isolated(html.escape(self.link(value.start)), language)
        if isinstance(value, datetime):
            return isolated(self.moment(value, language), language)
        if isinstance(value, date):
            return isolated(self.day(value, language), language)
        return isolated(html.escape(str(value), quote=False), language)

    def link(self, start: str) -> str:
        kind, _, word = start.partition(":")
        asked = f"startgroup={word}" if kind == "group" and word else f"start={start}"
        return f"https://t.me/{self.username}?{asked}"

    def words(self, words: Words, language: str) -> str:
        said = self.said(words, language)
        return said or words.texts.get("en") or next(iter(words.texts.values()))

    def said(self, words: Words, language: str) -> str | None:
        """Words of content in a language, where they are translated."""
        if language in words.texts or language not in self.languages:
            return words.texts.get(language)
        phrases = self.catalogue(language).phrases
        forms = phrases.get(words.key)
        if not forms and (letters := self.of_letters(language)):
            forms = letters.phrases.get(words.key)
        return forms[0] if forms else None

    def of_letters(self, language: str) -> Catalogue | None:
        """What content says of letters in a language; None where nobody translated it yet."""
        if language not in self._of_letters:
            file = self._folder / "letters" / f"{language}.po"
            self._of_letters[language] = read_catalogue(file) if file.exists() else None
        return self._of_letters[language]

    def names(self, words: Words, spoken: str | None = None) -> tuple[list[str], list[str]]:
        """All that these words are called: in Dutch, English and the language ``spoken``, then elsewhere."""
        near = [code for code in self.languages if code in (*COMPLETE, spoken)]
        far = [code for code in self.languages if code not in near and self.said(words, code)]
        return [self.words(words, code) for code in near], [self.words(words, code) for code in far]

    def day(self, day: date, language: str) -> str:
        """A day with its weekday, such as "do 26 nov"."""
        pattern = DAY_PATTERN.get(language, "EEE d MMM")
        return format_date(day, pattern, locale=region(language)).replace(".", "")

    def moment(self, moment: datetime, language: str) -> str:
        """A day and an hour in the room's zone, such as "do 26 nov, 14:00"."""
        local = moment.astimezone(self.zone)
        return f"{self.day(local.date(), language)}{comma(language)}{local:%H:%M}"


class _Filled(Formatter):
    """Fills ``{name}`` by name only: no attribute, index or conversion reaches an argument."""

    def __init__(self, texts: Texts, language: str) -> None:
        self._texts = texts
        self._language = language

    def get_field(self, field_name: str, _args: Any, kwargs: Any) -> Any:
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        return self._texts.value(value, format_spec, self._language)


def region(language: str) -> str:
    """The locale by which a language's dates are written."""
    return REGION.get(language, language)


def comma(language: str) -> str:
    return {"ar": "، ", "fa": "، ", "ti": "፣ "}.get(language, ", ")


def isolated(text: str, language: str) -> str:
    """Keep an inserted text's own direction from turning the sentence around it."""
    if language in RIGHT_TO_LEFT:
        needed = bool(_strong_left.search(text)) or any(c.isdigit() for c in text)
    else:
        needed = bool(_right_to_left_letters.search(text))
    return f"{FSI}{text}{PDI}" if needed else text


def cut(text: str, most: int) -> str:
    """At most so many characters; what was isolated in it stays closed."""
    if len(text) <= most:
        return text
    short = text[: most - 1].rstrip() + "…"
    return short + PDI * (short.count(FSI) - short.count(PDI))


def from_the_right(text: str) -> str:
    """Lines that begin with a command, a number or a name from elsewhere begin on the right all the same:
    a client that takes a line's direction from its first letter would turn them around."""
    return "\n".join(
        line if not line.strip() or _begins_on_the_right.match(line) else RLM + line
        for line in text.split("\n")
    )
