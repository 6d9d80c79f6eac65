"""Where sums stand in a letter: each with the words around it, in a sentence or in a table's row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice, pairwise

from bot.letters.text import COLUMN

_whole = r"\d{1,3}(?:\.\d{3})+|\d{1,6}"
SUM = re.compile(
    rf"(?:€|\beur\b|\beuro\b)\s*(?P<a>\d{{1,3}}(?:\s\d{{3}})+(?=,\d{{2}}(?!\d))|{_whole})"
    r"(?:,\s?(?P<ac>\d{2}|-{1,2})(?!\d)|\.(?P<ad>\d{2})(?![\d./-]))?(?!\d)(?!,\d)"
    rf"|(?<![\d.,])(?P<b>{_whole})(?:,(?P<bc>\d{{2}}|-{{1,2}}))?\s*(?:euro|eur)\b"
    rf"|(?<![\d.,/\-])(?P<c>{_whole}),(?P<cc>\d{{2}})(?![\d%]|\s?%)",
    re.IGNORECASE,
)

_gap = re.compile(r"(?:\S\s{2,}|\t|\|)\s*(?:[€+–-]\s*){0,2}$")
_begin = re.compile(r"\s*(?:[€+–-]\s*){0,2}$")
_open = re.compile(r"\s*$|\s{2,}\S")
_item = re.compile(r"\s*(?:[-–•✓*>o]{1,2}|\(?[a-z\d]{1,2}[).])\s", re.IGNORECASE)
_stop = re.compile(r"[.!;](?=\s+[^\sa-z])|\?(?=\s+[^\sa-z€])|;\s")
_short = re.compile(r"\s*[A-Z][^.?!;,]{2,60}$")
_minus = re.compile(r"(?:^|\s{2,}|[a-z)]\s)[–-]\s?(?:€\s*)?[–-]?\s?$")
_less = re.compile(r"^\s?(?:-/-|[–-](?!\d))(?=\s|$)")
_letter = re.compile(r"[a-z]", re.IGNORECASE)
_cell = re.compile(r"\S+(?: \S+)*")
_rule = re.compile(r"[\s|+=_–—-]*$")
BEFORE, AFTER = 240, 160
"""Characters of a sentence around a sum that may tell what it is."""
MANY, ROWS = 300, 30
"""More sums than any letter has; more rows than any bill adds up."""
TABLE = 14
"""Lines above a row among which the headings of its columns stand."""


@dataclass(frozen=True)
class Mention:
    """A sum where it stands. ``words``: the sentence or row, with ``@`` for it and ``#`` for every other sum;
    ``then``: the sentence after it; ``head``: its column's heading. ``less``: a row that is taken off;
    ``line``: the number of the row's line, -1 in a sentence. ``part`` of a sum below it, or the ``total``
    of those above it."""

    euro: Decimal
    words: str
    then: str = ""
    head: str = ""
    line: int = -1
    less: bool = False
    part: bool = False
    total: bool = False


def value(match: re.Match[str]) -> Decimal:
    whole = re.sub(r"[.\s]", "", match["a"] or match["b"] or match["c"])
    cents = match["ac"] or match["ad"] or match["bc"] or match["cc"] or "00"
    return Decimal(f"{whole}.{cents if cents.isdecimal() else '00'}")


def mentions(lines: list[str]) -> list[Mention]:
    """The sums of a letter, in order, ``MANY`` at most; bare figures only where they stand in a column."""
    return added_up(list(islice(all_mentions(lines), MANY)))


def all_mentions(lines: list[str]) -> Iterator[Mention]:
    """Those of each paragraph, list's item and row."""
    named = [bool(SUM.search(line)) for line in lines]
    rows = [has and is_row(lines, number) for number, has in enumerate(named)]
    block: list[int] = []
    for number, line in enumerate([*lines, ""]):
        prose = number < len(lines) and line.strip() and not rows[number]
        if prose and not _item.match(line):
            block.append(number)
            continue
        if any(named[one] for one in block):
            yield from told(" ".join(lines[one].strip() for one in block))
        block = [number] if prose else []
        if number < len(lines) and rows[number]:
            yield from row(lines, number, named)


def is_row(lines: list[str], number: int) -> bool:
    """Whether a sum stands in a column, or alone behind a few words that begin their line."""
    line = lines[number]
    for match in SUM.finditer(line):
        left, right = line[: match.start()], line[match.end() :]
        if _gap.search(left) or (_begin.match(left) and _open.match(right)):
            return True
    last = list(SUM.finditer(line))[-1]
    after = next((one.strip() for one in lines[number + 1 :] if one.strip()), "")
    alone = not line[last.end() :].strip(" -–.") and not after[:1].islower()
    return alone and bool(_short.match(SUM.sub("#", line[: last.start()])))


def told(text: str) -> Iterator[Mention]:
    """The sums of a paragraph."""
    ends = [0, *(stop.end() for stop in _stop.finditer(text)), len(text)]
    parts = [text[begin:end] for begin, end in pairwise(ends)]
    bare = "euro" in text.lower()
    for place, part in enumerate(parts):
        then = parts[place + 1] if place + 1 < len(parts) else ""
        for match, words in marked(part):
            if bare or not match["c"]:
                yield Mention(value(match), words, then=SUM.sub("#", then[:AFTER]))


def row(lines: list[str], number: int, named: list[bool]) -> Iterator[Mention]:
    """The sums of a table's row; one without a word beside it belongs to what announces it above."""
    line = lines[number]
    for match, marks in marked(line):
        if match["c"] and not in_column(lines, number):
            continue
        left = line[: match.start()]
        bare = not _letter.search(SUM.sub("", left))
        words = f"{announced(lines, number)} {marks}" if bare else marks
        head = heading(lines, number, match, named)
        less = bool(_minus.search(left) or _less.match(line[match.end() :]))
        yield Mention(value(match), own_cell(words), head=head, line=number, less=less)


def own_cell(words: str) -> str:
    """The cell in which a sum stands, of a row whose cells are drawn; where it is alone there, the row."""
    own = next(cell for cell in words.split("|") if "@" in cell)
    return own.strip() if _letter.search(own) else words.replace("|", " ").strip()


def announced(lines: list[str], number: int) -> str:
    """The words above a line that end in a colon, and so tell what stands on it; "" where none do."""
    above = [one.strip() for one in lines[max(0, number - 3) : number] if one.strip()][-2:]
    return SUM.sub("#", " ".join(above)) if above and above[-1].endswith(":") else ""


def marked(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each sum in a text, with the text in which it is marked."""
    for one in SUM.finditer(text):
        left = SUM.sub("#", text[max(0, one.start() - BEFORE) : one.start()])
        right = SUM.sub("#", text[one.end() : one.end() + AFTER])
        yield one, " ".join(f"{left}@{right}".split())


def in_column(lines: list[str], number: int) -> bool:
    """Whether a bare sum stands in a column of sums."""
    return (
        bool(COLUMN.search(lines[number].strip()))
        or "euro" in " ".join(lines[max(0, number - 3) : number + 4]).lower()
    )


def heading(lines: list[str], number: int, match: re.Match[str], named: list[bool]) -> str:
    """What stands over the column of a sum: in the nearest line above without a sum that has columns."""
    blank = 0
    for above in range(number - 1, max(-1, number - TABLE), -1):
        line = lines[above]
        blank += not line.strip()
        if blank > 1:
            return ""
        if named[above] or _rule.match(line):
            continue
        if "|" in line and "|" not in lines[number]:
            return ""
        cells = list(_cell.finditer(line))
        over = (
            cell[0] for cell in cells if cell.start() - 2 < match.end() and cell.end() + 2 > match.start()
        )
        return next(over, "").strip("| ") if len(cells) > 1 else ""
    return ""


def added_up(found: list[Mention]) -> list[Mention]:
    """The same, those marked that are the sum of the rows right above them, and these as its parts."""
    last = {one.line: place for place, one in enumerate(found) if one.line >= 0}
    lines, kept = sorted(last), list(found)
    begin = 0
    for at, line in enumerate(lines):
        if at and line - lines[at - 1] > 3:
            begin = at
        own = found[last[line]]
        parts = parts_of(own, found, [last[one] for one in lines[max(begin, at - ROWS) : at]])
        for one in parts:
            kept[one] = replace(kept[one], part=True)
        if parts:
            kept[last[line]] = replace(own, total=True)
            begin = at + 1
    return kept


def parts_of(own: Mention, found: list[Mention], above: list[int]) -> list[int]:
    """Those last of the rows above a sum that make it up, two or more; none where they do not."""
    rest = own.euro
    for at in range(len(above) - 1, -1, -1):
        one = found[above[at]]
        rest += one.euro if one.less else -one.euro
        if not rest and own.euro and at < len(above) - 1:
            return above[at:]
    return []
