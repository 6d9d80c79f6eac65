"""Names of the reader and the family, where a Dutch letter gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from bot.letters.masking.page import Cell, Page
from bot.letters.masking.words import fold, loose, mask_words
from bot.letters.misread import unlike

Span = tuple[int, int]

BLANK = "\u25a1"
"""Stands where something is masked already."""

MISREAD = 2.0
"""How unlike "geachte" a word before a title may be and still be that."""
INITIALS = r"(?:[^\W\d_]{1,2}\.[ -]?){1,5}"
TOKEN = re.compile(r"(?:[^\W\d_]{1,2}\.)+|[^\W_]+(?:['’`][^\W_]+)*")
_firm = re.compile(r"(?:[BN]\.?V|V\.?O\.?F|C\.?V|U\.?A|INC|LTD)\b\.?", re.IGNORECASE)
"""How a name ends that is a firm's."""
_inside = re.compile(r" {1,2}| ?[-–] ?|[.]?(?<=[^\W\d_]\.) ?|")
"""What may stand between two words of one name."""


def name_in(text: str, start: int, end: int, *, strict: bool = True) -> list[Span]:
    """The words of a person's name at the beginning of a stretch, without titles; empty if it is none.

    ``strict`` wants capitals and no word of an organisation; without it a title has vouched for the name.
    """
    people, found, last = mask_words().people, list[Span](), start
    for token in TOKEN.finditer(text, start, end):
        word, known = token[0], fold(token[0])
        if not found and known in people.skipped and not is_initials(word):
            last = token.end()
            continue
        if found and not _inside.fullmatch(text, last, token.start()):
            break
        if not any(char.isalpha() for char in word) or len(found) > 6:
            break
        if strict and found and _firm.match(text, token.start()):
            return []
        if known in people.strangers and not is_initials(word):
            found = _so_far(text, found) if strict and word[0].isupper() else found
            break
        if strict and not (word[0].isupper() or (known in people.small and not word[0].isdigit())):
            break
        found.append(token.span())
        last = token.end()
    return found if any(_full(text[a:b]) for a, b in found) else []


def _so_far(text: str, found: list[Span]) -> list[Span]:
    """Before a word of an organisation only initials and a surname are believed."""
    return found if found and is_initials(text[slice(*found[0])]) else []


def _full(word: str) -> bool:
    return len(fold(word)) > 1 and not is_initials(word) and fold(word) not in mask_words().people.small


def is_initials(word: str) -> bool:
    """ "T.G.", "Th." or "T"; no title."""
    if not word[0].isupper():
        return False
    short = word.replace(".", "")
    return len(short) == 1 or (word.endswith(".") and fold(word) not in mask_words().people.skipped)


@cache
def salutation_cue() -> re.Pattern[str]:
    return re.compile(
        rf"^[ \t>|]*{loose(mask_words().people.salutations)}[ \t]+", re.IGNORECASE | re.MULTILINE
    )


_greeted = re.compile(
    r"(?:(?:de )?(?:heer|meneer|dhr\.?|mevrouw|mw\.?) ?[,/] ?)?[^\n,!:]{1,70}", re.IGNORECASE
)


_titled_behind = re.compile(
    r",\s+(?:(?:zeer )?(?:geachte|beste) )?(?:de )?"
    r"(?:heer|meneer|dhr\.?|mevrouw|mw\.?|mevr\.?|familie|fam\.?) (?P<name>[^\n,!:]{2,50})",
    re.IGNORECASE,
)
"""A name behind what the reader is called first: "Geachte bewoner, mevrouw Abdi,"; or behind another."""
_like_greeting = re.compile(
    r"^[ \t>|]{0,40}(?P<word>[A-Z][^\W\d_]{4,8})[ .\-]{1,2}(?=(?:heer|meneer|mevrouw|mijnheer|familie)\b)",
    re.MULTILINE,
)
_greeting = "geachte"


def names_greeted(text: str) -> Iterator[list[Span]]:
    """The names of "Geachte heer X," and "Beste Y en Z,", also where a picture changed the first word."""
    misread = (
        match
        for match in _like_greeting.finditer(text)
        if unlike(match["word"].lower(), _greeting) <= MISREAD
    )
    for match in (*salutation_cue().finditer(text), *misread):
        line = _greeted.match(text, match.end())
        if line:
            yield several(text, match.end(), line.end())
            behind = _titled_behind.match(text, line.end())
            yield name_in(text, *behind.span("name"), strict=False) if behind else []


def several(text: str, start: int, end: int, *, commas: bool = False) -> list[Span]:
    """Names in a list: "Espoir, Merveille en Dieudonné"; commas count where "en" follows."""
    found: list[Span] = []
    commas = commas or " en " in text[start:end]
    part_of = re.compile(
        r"(?:(?! en | and | & |/|, ).)+" if commas else r"(?:(?! en | and | & |/).)+", re.DOTALL
    )
    for part in part_of.finditer(text, start, end):
        begin = part.start() + past(_joint, part[0], 0)
        names = name_in(text, begin, part.end())
        if not names and found:
            break
        found += names
    return found


@cache
def _label_cue() -> re.Pattern[str]:
    return re.compile(loose(mask_words().people.labels), re.IGNORECASE)


@cache
def _label_end() -> re.Pattern[str]:
    """What parts a label from a name: a colon, the column's end, or a title."""
    titles = loose(mask_words().people.address)
    return re.compile(
        rf"(?:\(s\))?[ ]?[:=]\s{{0,40}}|\(?s?\)?$|[. ]{{1,3}}(?=(?:de )?{titles})", re.IGNORECASE
    )


_run_together = re.compile(
    r"(?:^|(?<=[ \n]))[Nn]aam[ :]{1,3}(?P<name>[A-Z][^\n:,\d]{2,50}?)"
    r" (?=(?:(?:[Ww]oon)?[Aa]dres|BSN|[Gg]eb|[Gg]eboren|[Gg]eboortedatum|[Ss]traat|[Pp]ostcode|[Ww]oonplaats"
    r"|[Tt]elefoon|[Kk]lantn\w+)\b)",
    re.MULTILINE,
)
"""A row of a table of which a picture's reader lost the columns: "Naam A. Demir Adres Kade 7"."""
_colon = re.compile(r"[:= ]+")
_joint = re.compile(r" en | and | & |/|, ")


def past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a text goes on behind what may stand there first."""
    found = pattern.match(text, at)
    return found.end() if found else at


def names_labelled(page: Page) -> Iterator[list[Span]]:
    """Names in tables and lines: "Naam: X", "Naam   X", or below the head of a column."""
    for row in _run_together.finditer(page.text):
        yield name_in(page.text, *row.span("name"))
    for cell in page.cells:
        label = _label_cue().match(page.text, cell.start, cell.end)
        if not label:
            continue
        rest = _label_end().match(page.text, label.end(), cell.end)
        beside = page.beside(cell) if rest and rest.end() == cell.end else None
        if rest and page.text.startswith(BLANK, beside.start if beside else rest.end()):
            continue
        if beside and BLANK in page.words(beside):
            continue
        if rest and rest.end() < cell.end:
            named = several(page.text, rest.end(), cell.end, commas=True)
            yield [] if _subject.match(label[0]) and _goes_on(page.text, named) else named
        elif rest:
            start = past(_colon, page.text, beside.start) if beside else 0
            named = several(page.text, start, beside.end, commas=True) if beside else []
            yield [] if _subject.match(label[0]) and _goes_on(page.text, named) else named
            if not named:
                yield from _column(page, cell)
                yield _indented(page, cell, comma=bool(_subject.match(label[0])))


_subject = re.compile(r"betreft|betreffende|inzake", re.IGNORECASE)


def _goes_on(text: str, named: list[Span]) -> bool:
    """Whether what looks like a name is the first word of a subject: "Betreft: Voorschot zorgtoeslag"."""
    return len(named) == 1 and bool(
        re.match(r" (?!(?:en|van|de|der|den|el|al)\b)[a-z]|-[a-z]", text[named[0][1] :][:12])
    )


def _column(page: Page, head: Cell) -> Iterator[list[Span]]:
    for cell in page.along(head, 1, 12):
        names = name_in(page.text, cell.start, cell.end)
        if not names or not _alone.fullmatch(page.text, names[-1][1], cell.end):
            return
        if _label_cue().fullmatch(page.text, cell.start, cell.end):
            return
        yield names


def _indented(page: Page, label: Cell, *, comma: bool) -> list[Span]:
    """The name that stands alone in the next row, further to the right, as in law; ``comma``: with one."""
    row = next((row for row in page.rows[label.row + 1 : label.row + 3] if row), [])
    if len(page.rows[label.row]) > 1 or len(row) != 1 or row[0].column <= label.right:
        return []
    names = name_in(page.text, row[0].start, row[0].end)
    rest = page.text[names[-1][1] : row[0].end] if len(names) > 1 else "?"
    return names if rest.startswith(",") or (not comma and rest in {"", "."}) else []


_alone = re.compile(r"[\s.]*(?:[,(][^\n]*)?")


@cache
def _kin_cue() -> re.Pattern[str]:
    kin = loose(mask_words().people.kin)
    return re.compile(kin + r"(?:\(s\))?[:,]?\s{1,3}\(?(?=[^\W\d_])", re.IGNORECASE)


_sentence = re.compile(r"(?:[^\n.;:(]|(?<=[ .\n][^\W\d_])\.){1,80}")


def names_of_kin(text: str) -> Iterator[list[Span]]:
    """Names of the family inside a sentence: "uw zoon X", "de ouders van Y"."""
    for match in _kin_cue().finditer(text):
        stretch = _sentence.match(text, match.end())
        if stretch:
            yield several(text, match.end(), stretch.end())


@cache
def _after_cue() -> re.Pattern[str]:
    return re.compile(rf",? ?\(?{loose(mask_words().people.after)}", re.IGNORECASE)


def spoken_of(text: str) -> list[int]:
    """Where words begin before which a person's name stands: "X, wonende te", "X (moeder)"."""
    return [match.start() for match in _after_cue().finditer(text)]


def name_before_birth(page: Page, at: int) -> list[Span]:
    """The name that stands before the words about a birth: "X, geboren", "X (geboren", a row of a table."""
    cell, text = page.at(at), page.text
    first = page.rows[cell.row][0] if cell and cell.start == at else None
    if cell and first and first.start < at:
        dated = any(char.isdigit() for char in page.words(cell))
        return name_in(text, first.start, first.end) if dated else []
    if first and not text[:at].rstrip(" ").removesuffix("\n").rstrip(" ").endswith(","):
        return []
    people, kept, last = mask_words().people, list[Span](), at
    for token in reversed(list(TOKEN.finditer(text, max(0, at - 90), at))):
        gap, known = text[token.end() : last], fold(token[0])
        surname = gap == ", " and _surname_first(text, token)
        if (kept and not (_inside.fullmatch(gap) or gap == "\n" or surname)) or BLANK in gap:
            break
        if known in people.titles or known in people.strangers or not _like_name(token[0], known):
            titled = known in people.titles
            return kept if titled or len(kept) > 1 or re.search(r"[(,:*]\s*$", text[:at][-4:]) else []
        kept.insert(0, token.span())
        last = token.start()
    return kept if any(_full(text[a:b]) for a, b in kept) else []


@cache
def _titled() -> re.Pattern[str]:
    people = mask_words().people
    return re.compile(rf"{loose(people.address)}\.? (?:{loose(people.particles)} ){{0,3}}$", re.IGNORECASE)


def _surname_first(text: str, token: re.Match[str]) -> bool:
    """Whether a word before a comma is a surname, as in law: "de heer DEMIR, Yusuf, geboren"."""
    capitals = token[0].isupper() and len(token[0]) > 2
    return capitals or bool(_titled().search(text[max(0, token.start() - 40) : token.start()]))


def _like_name(word: str, known: str) -> bool:
    return word[0].isupper() or known in mask_words().people.small
