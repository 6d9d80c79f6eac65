"""From text to tokens that know their place in it, and from words to what they may mean for a time."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.understanding.times_types import WEEKDAYS, Span
from bot.understanding.times_words import MONTHS, TimeWords, time_words

Tags = dict[str, tuple[Any, int]]
"""What a token may mean: tag → (value, number of the token behind the phrase)."""

APOSTROPHES = frozenset("'’‘ʼ`´′＇")
SAME = {
    **dict(zip("ıکیىةھہےøłđ،؛؟۔፡።፣፤", "iكييههههold,;?. .,;", strict=True)),
    **dict.fromkeys("ـ\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufe0f\u00ad", ""),
    **dict.fromkeys("–—−‐‑‒", "-"), **{chr(0x1220 + n): chr(0x1230 + n) for n in range(8)},
    **{chr(0x1340 + n): chr(0x1338 + n) for n in range(7)}, "አ": "ኣ", "ዐ": "ዓ", "ƙ": "k", "ß": "ss",
}  # fmt: skip
"""Letters that people write for one another (Arabic and Persian forms, Ethiopic series), and marks."""

TOKEN = re.compile(
    r"""
    (?P<iso>(?<![0-9/.-])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])(?:t[0-9]{1,2}:[0-9]{2}(?![0-9]))?)
    |(?P<dmy>[0-9]{1,2}(?P<sep>\ ?[-/.]\ ?)[0-9]{1,2}(?P=sep)(?:(?:19|20)[0-9]{2}|[0-9]{2})
        (?![0-9]|[-/:.][0-9]))
    |(?P<stop>https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+
        |(?:\+|\b00)[0-9][0-9\ ()-]{7,}[0-9]|\b0[0-9](?:[\ -]?[0-9]){8}(?![0-9])
        |[0-9]+(?:[.,][0-9]{3})+(?:,[0-9]{2})?(?![0-9])|[0-9]+,[0-9-]+|[0-9]{5,}|[a-z]+[0-9][a-z0-9]*)
    |(?P<hm>[0-9]{1,2}[:hu][0-9]{2}(?![0-9]))
    |(?P<pair>[0-9]{1,2}\ ?[-/]\ ?[0-9]{1,2}(?![0-9]|[-/:.][0-9]))
    |(?P<dot>[0-9]{1,2}\.[0-9]{2}(?![0-9]|[-/:.][0-9]))
    |(?P<num>[0-9]{1,4}(?![0-9]))
    |(?P<word>[^\W0-9_]+)
    |(?P<punct>\n|\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A piece of folded text; ``start`` and ``end`` are its place in the text as it was written."""

    text: str
    kind: str
    start: int
    end: int
    glued: bool = False

    def numbers(self) -> list[int]:
        return [int(n) for n in re.findall("[0-9]+", self.text)]


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """A letter as it is compared: lower case, without accents, digits of every script as 0-9."""
    if letter in SAME:
        return SAME[letter]
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if unicodedata.category(letter) in ("No", "Nl", "So"):
        return " " if unicodedata.category(letter) != "So" else letter
    plain = (c for c in unicodedata.normalize("NFKD", letter.lower()) if not unicodedata.combining(c))
    return "".join(SAME.get(c, c) for c in plain)


def fold(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters the place in ``text`` it came from."""
    out: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter in APOSTROPHES:
            inside = 0 < place < len(text) - 1 and text[place - 1].isalpha() and text[place + 1].isalpha()
            folded = "" if inside else " "
        else:
            folded = fold_letter(letter)
        out.append(folded)
        places += [place] * len(folded)
    return "".join(out), places


class Alike(dict[int, str]):
    """For ``str.translate``: each letter as it is compared; the first few thousand are kept."""

    def __missing__(self, code: int) -> str:
        letter = fold_letter(chr(code))
        if len(self) < 4096:
            self[code] = letter
        return letter


_alike = Alike()
_apostrophe = re.compile(f"[{''.join(sorted(APOSTROPHES))}]")


def plain(text: str) -> str:
    """The text as it is compared, without the places: faster than ``fold``, and the same."""

    def apostrophe(found: re.Match[str]) -> str:
        around = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        return "" if all(letter.isalpha() for letter in around) else " "

    return _apostrophe.sub(apostrophe, text).translate(_alike)


def tokens_of(text: str) -> list[Token]:
    folded, places = fold(text)
    found = []
    for match in TOKEN.finditer(folded):
        start, end = match.span()
        glued = start > 0 and not folded[start - 1].isspace()
        kind = match.lastgroup if match.lastgroup != "sep" else "dmy"
        found.append(Token(match[0], str(kind), places[start], places[end - 1] + 1, glued))
    return found


def within_one_edit(left: str, right: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour makes left into right."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b or a == b[1:]


def meanings(words: TimeWords) -> Iterator[tuple[str, Any, str]]:
    """Every phrase of a language as (tag, value, phrase)."""
    plain: list[tuple[str, Mapping[Any, Iterable[str]]]] = [
        ("part", words.parts), ("part_plural", words.parts_plural), ("day", words.days),
        ("week", words.weeks), ("weekend", words.weekends), ("month_of", words.months_from_now),
        ("year_of", words.years_from_now),
        ("every", words.every), ("number", words.numbers), ("unit", words.time_units),
        ("before_hour", words.before_hour), ("after_hour", words.after_hour),
        ("minute_past", words.minute_past), ("minute_to", words.minute_to),
        ("day_part", {(int(k.split("/")[0]), k.split("/")[1]): v for k, v in words.day_parts.items()}),
        ("week_point", {(int(k.split("/")[0]), k.split("/")[1]): v for k, v in words.week_points.items()}),
        ("fixed", {int(k[:2]) * 60 + int(k[3:]): v for k, v in words.fixed.items()}),
        ("repeat", {(int(k.split()[0]), k.split()[1]): v for k, v in words.repeat.items()}),
        ("amount", {(int(k.split()[0]), k.split()[1]): v for k, v in words.amounts.items()}),
        ("weekly", {tuple(WEEKDAYS.index(d) for d in k.split(",")): v for k, v in words.weekly.items()}),
        ("month", {MONTHS.index(k) + 1: v for k, v in words.months.items()}),
    ]  # fmt: skip
    for tag, table in (("weekday", words.weekdays), ("weekday_short", words.weekdays_short),
                       ("weekday_plural", words.weekdays_plural)):  # fmt: skip
        plain.append((tag, {WEEKDAYS.index(k): v for k, v in table.items()}))
    plain += [(role, {True: phrases}) for role, phrases in words.words.items()]
    for tag, by_value in plain:
        for value, phrases in by_value.items():
            yield from ((tag, value, phrase) for phrase in phrases)
    for plural, table_of_parts in ((False, words.compound_parts), (True, words.compound_plural)):
        for part, ends in table_of_parts.items():
            for end in ends:
                for key, names in words.weekdays.items():
                    yield from (("weekday_part", (WEEKDAYS.index(key), part, plural), n + end) for n in names)
                for offset, names in {} if plural else words.days.items():
                    yield from (("day_part", (offset, part), name + end) for name in names)


ABROAD = frozenset({"weekday", "weekday_part", "day", "day_part", "month"})


class Lexicon:
    """What words mean in one language, with the unmistakable ones of all others (people mix languages)."""

    def __init__(self, words: TimeWords, others: Iterable[TimeWords] = ()) -> None:
        self.words = words
        table: dict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)
        for tag, value, phrase in meanings(words):
            table[tuple(t.text for t in tokens_of(phrase))].setdefault(tag, value)
        self.own = frozenset(key[0] for key in table if key)
        self.hints = frozenset(fold(hint)[0] for hint in words.hints)
        known = self.own | self.hints
        self.typos = {key[0]: dict(tags) for key, tags in table.items() if words.typos and len(key) == 1
                      and len(key[0]) >= 6 and tags.keys() & {"weekday", "weekday_part"}}  # fmt: skip
        for other in others:
            for tag, value, phrase in meanings(other):
                key = tuple(t.text for t in tokens_of(phrase))
                if tag in ABROAD and len(key) == 1 and len(key[0]) >= 5 and key[0] not in known:
                    table[key].setdefault(tag, value)
        self.by_first: dict[str, list[tuple[tuple[str, ...], dict[str, Any]]]] = defaultdict(list)
        for key, tags in sorted(table.items(), key=lambda item: -len(item[0])):
            if key:
                self.by_first[key[0]].append((key, tags))
        self.units = {fold(unit)[0] for unit in words.units}
        self.inside = {part for key in table for part in key}
        self.prefixes = sorted((fold(p)[0] for p in words.prefixes), key=len)
        self.suffixes = sorted((fold(s)[0] for s in words.suffixes), key=len, reverse=True)

    def split(self, token: Token) -> list[Token]:
        """The token, or its prefix and the known word behind it, or the known word before a suffix."""
        text = token.text
        if token.kind != "word" or text in self.inside or text in self.units:
            return [token]
        for prefix in self.prefixes:
            rest = text[len(prefix):]  # fmt: skip
            if text.startswith(prefix) and (rest in self.by_first or self._stem(rest) != rest):
                cut = min(token.start + len(prefix), token.end)
                return [replace(token, text=prefix, end=cut),
                        *self.split(replace(token, text=rest, start=cut, glued=True))]  # fmt: skip
        return [replace(token, text=self._stem(text))]

    def _stem(self, text: str) -> str:
        for suffix in self.suffixes:
            stem = text.removesuffix(suffix)
            if len(stem) > 2 and stem != text and stem in self.by_first:
                return stem
        return text

    def tags(self, tokens: Sequence[Token], i: int) -> Tags:
        """All that the words from token i on may mean; the longest phrase of each tag counts."""
        found: Tags = {}
        text = tokens[i].text
        for key, tags in self.by_first.get(text, ()):
            size = len(key)
            if size == 1 or tuple(t.text for t in tokens[i : i + size]) == key:
                for tag, value in tags.items():
                    found.setdefault(tag, (value, i + size))
        if not found and tokens[i].kind == "word" and len(text) >= 5 and text not in self.units:
            for word, tags in self.typos.items():
                if within_one_edit(text, word):
                    return {tag: (value, i + 1) for tag, value in tags.items()}
        return found


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The lexicon of a shipped language; raises KeyError for an unknown one, ContentFault for bad data."""
    languages = time_words()
    return Lexicon(languages[language], [w for code, w in languages.items() if code != language])


@lru_cache(maxsize=1)
def owners() -> dict[str, tuple[str, ...]]:
    """For every word of time and every frequent word the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in time_words().items():
        for word in lexicon(code).own | {fold(hint)[0] for hint in words.hints}:
            found[word] = (*found.get(word, ()), code)
    return found


def script_of(text: str) -> str:
    counts = {"latin": 0, "arabic": 0, "cyrillic": 0, "ethiopic": 0}
    for letter in text:
        if "a" <= letter <= "z":
            counts["latin"] += 1
        elif letter >= "\u0370":
            name = ("cyrillic" if letter < "\u0530" else "arabic" if "\u0600" <= letter < "\u0780"
                    else "ethiopic" if "\u1200" <= letter < "\u13a0" else "")  # fmt: skip
            if name:
                counts[name] += 2
    return max(counts, key=lambda name: counts[name]) if any(counts.values()) else ""


def language_of(tokens: Sequence[Token], preferred: str | None) -> str:
    """The language whose words are used, judged by script and words; ``preferred`` counts a little."""
    languages = time_words()
    seen = {t.text for t in tokens if t.kind == "word"}
    script = script_of("".join(seen))
    scores = {code: 1.0 if code == preferred else 0.0 for code in languages}
    for code, words in languages.items():
        scores[code] -= 100 * (script not in ("", words.script) and words.script != "other")
    for word in seen:
        codes = owners().get(word, ())
        for code in codes:
            scores[code] += 2 / len(codes)
    order = list(dict.fromkeys([*([preferred] if preferred in languages else []), "nl", "en", *languages]))
    return max((code for code in order if code in languages), key=lambda code: scores[code])


def place(tokens: Sequence[Token], first: int, behind: int) -> Span:
    return tokens[first].start, tokens[behind - 1].end
