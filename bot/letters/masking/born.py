"""Birth dates in a Dutch letter, in every form in which they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.masking.page import Page
from bot.letters.masking.people import BLANK
from bot.letters.masking.words import fold, loose, mask_words

Span = tuple[int, int]

_d = "[0-9OoIl|]"
_year = rf"[12lI|](?:[9g]|[0Oo]){_d}{_d}"
_masked_behind = re.compile(rf"[^.?!;\d{BLANK}]{{0,60}}{BLANK}")
_words_between = re.compile(r"[^\W\d_]+")


@cache
def _date() -> re.Pattern[str]:
    """A date as people and scans write it."""
    dates = mask_words().dates
    months, centuries = (
        "|".join(sorted(words, key=len, reverse=True)) for words in (dates.months, dates.centuries)
    )
    day = rf"(?:[0-3OolI|]?{_d})"
    forms = [
        rf"{day}(?:e|ste|de)?[ \t]?[-./]?\s{{0,3}}(?:{months})\.?[ \t]?[-./]?\s{{0,3}}"
        rf"'?(?:{_year}|{_d}{{2}}(?![^\W_]))",
        rf"(?:19|20)[0-9]{{2}}[-/.](?:[01]?{_d})[-/.]{day}",
        rf"{day} ?[-–./ ] ?(?:[01OolI|]?{_d}) ?[-–./ ] ?(?:{_year}|{_d}{{2}}(?![^\W_]))",
        rf"{_d}{{2}}[-/.]{_d}{{2}}[-/.](?:19|20)[0-9]{{2}}",
        rf"(?:{months}) {day},? {_year}",
        rf"{day}[-. /](?:VI{{0,3}}|I{{1,3}}|IV|IX|XI{{0,2}})[-. /]{_year}",
        r"(?:19|20)[0-9]{6}|[0-3][0-9][01][0-9](?:19|20)[0-9]{2}",
        rf"[^\W\d_]{{3,20}} (?:{months}) (?:{centuries})[^\W\d_]{{0,30}}",
        rf"(?:{months}) {_year}",
        r"(?:19|20)[0-9]{2}",
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])", re.IGNORECASE)


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(loose(mask_words().cues.born) + r"[.]?", re.IGNORECASE)


@cache
def _allowed() -> frozenset[str]:
    return frozenset(map(fold, mask_words().cues.born_between))


def births(page: Page) -> Iterator[tuple[Span, int]]:
    """Each birth date, with where the words about it begin: there the name stands before."""
    for cue in _cue().finditer(page.text):
        if _masked_behind.match(page.text, cue.end()):
            continue
        date = _behind(page.text, cue.end())
        if date:
            yield date, cue.start()
            for second in _date().finditer(page.text, date[1], _sentence_end(page.text, date[1])):
                if _digit_count(second[0]) > 4 and _long_ago(second[0]):
                    yield second.span(), second.start()
            if "\n" not in page.text[cue.end() : date[0]]:
                continue
        if not date and (before := _birth_before(page.text, cue.start())):
            yield before, cue.start()
            continue
        if not date and (between := _within(page.text, cue.start())):
            yield between, cue.start()
            continue
        cell = page.at(cue.start())
        for below in page.along(cell, 1, 15) if cell else ():
            hit = _date().match(page.text, below.start, below.end)
            if not hit:
                break
            yield hit.span(), below.start


_child = re.compile(r"(?:uw|je|jouw|de) (?:zoon|dochter|kind|baby|tweeling)\b[^.?!;\d]{0,50}$", re.IGNORECASE)
_birth = re.compile(
    r"\b(?:geboorte van|bevallen van|geboorte|bevallen)(?=[ \n])"
    r"(?: (?:van )?(?:(?:uw|je|jullie|een|de) )?(?:(?:eerste|tweede|derde|pasgeboren) )?"
    r"(?:zoon|zoontje|dochter|dochtertje|kind|kindje|baby|meisje|jongen|tweeling))?"
    r"(?:,? ?(?-i:[A-Z])[^\W\d_]+(?:[ '’\-](?-i:[A-Z])[^\W\d_]+){0,3})?(?:,? en (?-i:[A-Z])[^\W\d_]+)?"
    r",?\s\(?(?:op |d\.d\. |van )?(?=\d)",
    re.IGNORECASE,
)
"""The words of a birth before its day: "de geboorte van uw dochter Layla op"."""
_delivered = re.compile(r"\bop $", re.IGNORECASE)


def newborns(text: str) -> Iterator[tuple[Span, int]]:
    """The days of births that no "geboren" tells: "de geboorte van uw dochter Layla op 2 november 2026", "u
    bent op 2 november 2026 bevallen"; each with where its words begin."""
    flat = text.replace("\n", " ")
    for birth in _birth.finditer(flat):
        if day := _date().match(text, birth.end()):
            yield day.span(), birth.start()
    for day in _date().finditer(text):
        if _digit_count(day[0]) > 4 and flat.startswith(" bevallen", day.end()):
            yield day.span(), day.start()


def _within(text: str, born: int) -> Span | None:
    """The date in "your daughter Sara was on 3 May born": between the child and the word, behind "op"."""
    begin = max(0, born - 110)
    days = [hit for hit in _date().finditer(text[begin:born]) if not text[begin + hit.end() : born].strip()]
    lead = text[begin : begin + days[-1].start()].replace("\n", " ") if days else ""
    named = _child.search(lead) or re.search(r"[A-Z][^\W\d_]+ (?:is|werd) op $", lead)
    if not days or not named or not _delivered.search(lead):
        return None
    return begin + days[-1].start(), begin + days[-1].end()


def _birth_before(text: str, born: int) -> Span | None:
    """The date in "on 3 May your daughter Sara was born": before the child, and behind nothing else."""
    begin = max(0, born - 110)
    child = _child.search(text[begin:born])
    if not child:
        return None
    lead = text[begin : begin + child.start()]
    days = [hit for hit in _date().finditer(lead) if lead[hit.end() :].strip(" ,\n") in {"", "is", "werd"}]
    return (begin + days[-1].start(), begin + days[-1].end()) if days else None


def _sentence_end(text: str, start: int) -> int:
    end = re.compile(r"[^.?!;]{0,160}").match(text, start)
    return end.end() if end else start


def is_date(words: str) -> bool:
    """Whether a day stands in this, with its year in full or its month as a word."""
    days = [hit[0] for hit in _date().finditer(words)]
    return any(re.search(r"[^\W\d_]{3}|[0-9]{4}", day) and len(day) > 5 for day in days)


def _behind(text: str, start: int) -> Span | None:
    """The date that belongs to a word for birth just before it."""
    hit = _date().search(text, start, min(len(text), start + 110))
    if not hit:
        return None
    between = text[start : hit.start()]
    if re.search(r"[.?!;|\d]|\n\s*\n", between):
        return None
    words = _words_between.findall(between)
    fine = all(word[0].isupper() or fold(word) in _allowed() for word in words)
    return hit.span() if fine and len(words) <= 8 else None


def dates_after(text: str, names: list[Span]) -> Iterator[Span]:
    """Dates of long ago straight behind a name: "(01-01-1985)"."""
    for _, end in names:
        gap = re.compile(r"[\s(,|:*°\-–]{1,40}").match(text, end)
        hit = _date().match(text, gap.end()) if gap else None
        enclosed = gap and gap[0].strip() == "(" and text[hit.end() : hit.end() + 1] == ")" if hit else False
        if hit and _digit_count(hit[0]) > 4 and (_long_ago(hit[0]) or enclosed):
            yield hit.span()


def _long_ago(date: str) -> bool:
    years = re.findall(r"(?:19|20)[0-9]{2}", date)
    return bool(years) and int(years[0]) <= 2021


def _digit_count(date: str) -> int:
    return sum(char.isdigit() for char in date)
