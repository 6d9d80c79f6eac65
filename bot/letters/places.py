"""Where somebody is expected: the words for a place around a day and its hour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.letters.cues import cue
from bot.letters.text import COLUMN

NEAR = 320
"""Characters behind an hour in which a line that is headed as a place is its place."""
REST = 240
"""Characters behind an hour in which sentences name its place."""
LEAD = 160
"""Characters before a day in which its own sentence does."""
PROSE = 60
"""Characters of a line from which on it is one of a paragraph, and a place may go on from the one before."""

_label = re.compile(
    r"(?:^\s*|(?<=[ \t]{3})|(?<=\|\s))(?:plaats|waar|locatie|adres|(?:bij|balie|zaal)(?=\s*:))\b\s*[:?]?\s*"
    r"(?P<place>\S.{3,120})$",
    re.IGNORECASE | re.MULTILINE,
)
_behind = re.compile(
    r"[\s,(|]*(?:(?:-|–|tot|en)\s?[\d.:]+(?:\s?u(?:ur)?\b)?)?[\s,|)]*(?P<place>[^\n]{3,120})"
)
_led = re.compile(
    r"\b(?:in|op|bij|naar|aan|te|ter (?:terecht)?zitting van|adres is|[Aa]dres:|[Ll]ocatie:|[Pp]laats:)\s+"
    r"(?:(?:het|de|ons|onze|een|adres|locatie)\s+){0,3}(?P<place>[^\n]{3,110}(?:\n(?!\s*\n)[^\n]{1,110})?)",
)
_over = re.compile(
    r"(?<!\b[A-Z])(?<!\b[DdSMm][rt])(?<!\bir)(?<!\bds)(?<!\bBurg)(?<!\bProf)(?<!\bPres)[.](?=\s|$)"
    r"|\.(?=\s+(?:Wij|We|U|Uw|Er|De|Het|Een|Je|Meld|Neem|Kom|Dit|Dat|Als)\s)|[!?;:](?=\s|$)|\n[ \t]*\n"
)
_word = re.compile(r"\([^()\n]{2,60}\)|[,/–-]|[^\s,()]+|[()]")
_leading = re.compile(r"^(?:(?:in|op|bij|aan|te|naar|de|het|ons|onze|een)\s+)+")
_trailing = re.compile(
    r"(?:^|\s)(?:van|der|den|de|het|te|in|op|aan|bij|achter|naast|tegenover|vlak|en|ons|onze|uw|je)$"
)
_ward = re.compile(r"(?:poli(?:kliniek)?|afdeling)", re.IGNORECASE)
"""What is named by a word that begins without a capital."""
_house = re.compile(r"[1-9]\d{0,4}(?:-\d+)?[a-z]?")


def place(text: str, begin: int, after: int, end: int) -> str | None:
    """Where, as the letter says it: a line near that is headed so, or the words around. ``begin``: where the
    day stands; ``after``: behind its hour; ``end``: where the next day begins. None where nothing there is
    surely a place."""
    for label in _label.finditer(text[after : after + NEAR]):
        if found := place_in(label["place"], labelled=True):
            return found
    rest = text[after : min(end, after + REST)]
    lead = _over.split(text[max(0, begin - LEAD) : begin])[-1]
    found_all = [*beside(rest), *led(rest), *led(lead)]
    named = (one for one in found_all if re.search(r"[A-Z\d]", one))
    return next(named, found_all[0] if found_all else None)


def beside(rest: str) -> Iterator[str]:
    """The places right behind an hour: in the cells of its line, or, where that ends, on the next."""
    own_line, following = (*rest.split("\n"), "", "")[:2]
    cells = COLUMN.split(found["place"]) if (found := _behind.match(own_line)) else []
    if len(cells) == 1 and len(following) >= PROSE and not COLUMN.search(following):
        cells = [f"{cells[0]} {following}"]
    cells += [following] if not re.search(r"[a-z]{4,}", own_line) else []
    for cell in cells:
        if words := place_in(cell):
            yield words


def led(words: str) -> Iterator[str]:
    """The places to which a preposition leads."""
    if home := cue("appointments", "your_home").search(words):
        yield tidy(home[0])
    at = 0
    while found := _led.search(words, at):
        where = place_in(found["place"])
        if where:
            yield where
        at = found.start("place") + len(where or "")


def place_in(words: str, *, labelled: bool = False) -> str | None:
    """The place with which words begin; None where there is none. ``labelled``: they are headed as one."""
    words = _leading.sub("", tidy(_over.split(words, maxsplit=1)[0]))
    kept: list[str] = []
    sure = labelled and bool(re.search(r"[^\W\d_]{3}", words))
    for word in _word.findall(words):
        ward = bool(kept and _ward.fullmatch(kept[-1]))
        if not (labelled or ward or fits(word)) or cue("appointments", "beyond_places").match(word):
            break
        street = bool(_house.fullmatch(word)) and len(word) > 1 and bool(kept) and kept[-1][0].isupper()
        sure = sure or street or bool(_noun().fullmatch(word))
        kept.append(word)
    found = tidy(" ".join(kept).replace(" ,", ","))
    while between := _trailing.search(found):
        found = tidy(found[: between.start()])
    sure = sure and found[:1].isalpha() and not cue("appointments", "no_place").match(found)
    return found if sure else None


def fits(word: str) -> bool:
    """Whether a word may stand in the name of a place: a name, a number, a word for one, or one between."""
    name = word[0].isupper() or word[0] in "(,/–-'’" or any(map(str.isdigit, word))
    return name or bool(_noun().fullmatch(word) or _small().fullmatch(word))


def _noun() -> re.Pattern[str]:
    return cue("appointments", "places")


def _small() -> re.Pattern[str]:
    return cue("appointments", "within_places")


def tidy(words: str) -> str:
    return " ".join(words.split()).strip(" ,;.:|/–-")
