"""Numbers, codes and birth dates of the reader in a Dutch letter, also as a scan leaves them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import takewhile

from stdnum import iban
from stdnum.nl import bsn

from bot.letters.masking.born import is_date
from bot.letters.masking.page import Page
from bot.letters.masking.people import BLANK
from bot.letters.masking.words import What, loose, mask_words

Span = tuple[int, int]
Found = tuple[int, int, What]

_D = "[0-9OoQIl|SsBZz]"
"""A digit, or what a scan makes of it."""
_noisy = str.maketrans("OoQIl|SsBZz", "00011155822")

_nine = re.compile(r"(?<![0-9])(?=([0-9](?:[ \t]{0,2}[.\-/–]?[ \t]{0,2}[0-9]){8})(?![0-9]))")
_abroad = re.compile(r"(?:\+|\b00)[0-9]{2}[ .\-]?(?:\(?0?\)?[ .\-]?)(?:[0-9][ .\-]?){8}[0-9](?![0-9])")
_day = re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:19|20)[0-9]{2}(?![0-9])")
_sum = re.compile(r",[0-9]{2}(?![0-9])")
_account = re.compile(r"(?<![^\W_])(?=([A-Za-z]{2}[ ]?[0-9]{2}(?:[ .:\-]{0,2}[A-Za-z0-9]){11,30}))")
_apart = r"[ .,:;_\-–\n]{0,2}"
"""What a reader of pictures sees in the spaces of a number."""
_dutch = re.compile(
    rf"(?<![^\W_])N[Ll1I|][ ]?{_D}[ ]?{_D}(?:{_apart}[A-Za-z0158]){{4}}(?:{_apart}{_D}){{10}}(?![0-9])"
)
_beginning = re.compile(
    rf"(?<![^\W_])N[Ll1I|][ ]?{_D}[ ]?{_D}{_apart}[A-Z]{{4}}(?:[ .:\-]{{0,2}}{_D}){{1,9}}(?![^\W_])"
)
"""What a bad picture left of a Dutch account number."""
_more = r"(?:[ \-]?[0-9])"
_telephone = rf"0(?:[0-9][ \-]{_more}{{8}}|[0-9]{{2}}[ \-]{_more}{{7}}|[0-9]{{3}}[ \-]{_more}{{6}})(?![^\W_])"
_bsn_noisy = re.compile(rf"(?!{_telephone}){_D}(?:[ ]{{0,2}}[.\-/]?[ ]{{0,2}}{_D}){{7,8}}(?![^\W_])")
_disturbed = re.compile(
    rf"(?!{_telephone})[0-9](?:[ ]?[.,:\-/]?[ ]?[0-9]){{6,11}}(?![^\W_]|,[0-9]{{2}}(?![0-9]))"
)
"""A number straight behind its word of which a picture lost a figure, or to which it added some."""
_card = re.compile(r"[3-6][0-9]{3}(?:[ .\-]{0,2}[0-9]{4}){3}(?![0-9])")
_v_noisy = re.compile(rf"{_D}(?:[ ]?[.\-]?[ ]?{_D}){{8,9}}(?![^\W_])")
_any_account = re.compile(r"[A-Za-z]{2}[ ]?[0-9OoIl]{2}(?:[ .\-]?[A-Z0-9]){8,30}(?![^\W_])")
_v_bare = re.compile(r"(?<![^\W_])[Vv][ \-.:]{0,2}[12][0-9]{9}(?![0-9])")
_group = r"[A-Z0-9]{1,16}"
_code = re.compile(rf"{_group}(?:(?:[ ]|[ ]?[.\-–][ ]?){_group}){{0,8}}(?![^\W_])")
_torn_code = re.compile(
    r"(?<![^\s|\[(])(?:[A-Z0-9](?: (?:[-–.·] )?|[ ]{0,3}(?:\||\][ ]{0,3}\[)[ ]{0,3})){5,15}[A-Z0-9]"
    r"(?![^\s|\]).,;])"
)
"""A code of which every sign stands apart, or in a box of its own, so that it can be copied."""
_plain_code = re.compile(r"(?:(?<=[:=])|(?<=[:=\n ][ \n])|(?<=is ))[A-Z]{5,12}(?![^\W_])")
_code_any = re.compile(r"(?=[^\s]{0,15}[0-9])[^\W_][\w\-#!@$%&*+.]{3,30}(?<![.])")
_word = re.compile(r"[^\s|,;]{3,60}(?<![.:])")
_filler = re.compile(
    rf"[^\w\n{BLANK}]{{0,60}}(?:(?:is|luidt|nummer|nr|van|uw|heeft|u|als|volgt|hier|hieronder|dit|onze|wordt|bekend|als|uit|de|sms)\b"
    rf"[^\w\n{BLANK}]{{1,30}}){{0,4}}(?:[ \t]*\n){{0,3}}[^\w\n{BLANK}]{{0,80}}",
    re.IGNORECASE,
)
_named_for = re.compile(rf"[^\n:.;0-9{BLANK}]{{1,40}}:[^\w\n{BLANK}]{{0,30}}")
_on_its_own = re.compile(rf"[\W_]*({_group}(?:[ ]?[.\-– ][ ]?{_group}){{0,15}})[\W_]*")


def personal_numbers(text: str, page: Page) -> list[Found]:
    """Every number, code and login in a text."""
    cues = {name: list(cue.finditer(page.text)) for name, cue in _cues().items()}
    found: list[Found] = [(*span, "bsn") for span in _valid_bsn(text)]
    found += [(*span, "iban") for span in _accounts(text)]
    found += [(*span, "bsn") for span in _beside(page, cues["bsn"], _bsn_noisy, _like_number)]
    found += [(*span, "iban") for span in _beside(page, cues["iban"], _any_account, _two_digits)]
    found += [(*span, "v-number") for span in _beside(page, cues["v-number"], _v_noisy, _mostly_digits)]
    for what in ("bsn", "v-number"):
        found += [(*span, what) for span in _behind_person(page.text, cues[what])]
    if _card.search(text):
        found += [(*span, "card") for span in _beside(page, cues["card"], _card, bool)]
    found += [(*match.span(), "v-number") for match in _v_bare.finditer(text)]
    found += [(*span, "code") for span in _beside(page, cues["code"], _code, _is_code)]
    found += [(*span, "code") for span in _beside(page, cues["code"], _code_any, _is_mixed)]
    found += [(*span, "code") for span in _beside(page, cues["code"], _plain_code, bool)]
    found += [(*span, "code") for span in _lonely_codes(page, [*cues["code"], *cues["code_near"]])]
    found += [(*span, "code") for span in _codes_in_rows(page, cues["code"])]
    found += [(*hit.span(), "code") for hit in _torn_code.finditer(page.text) if _is_mixed(hit[0])]
    found += [(*span, "code") for span in _beside(page, cues["password"], _word, _is_login)]
    found += [(*span, "login") for span in _beside(page, cues["login"], _word, _is_login)]
    return found


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    words = mask_words().cues
    kinds = {
        "bsn": words.bsn, "iban": words.iban, "v-number": words.v_number, "code": words.code,
        "code_near": words.code_near, "login": words.login, "password": words.password, "card": words.card,
    }  # fmt: skip
    patterns = {name: loose(phrases) for name, phrases in kinds.items()}
    none = "|".join(map(re.escape, words.no_code))
    patterns["code"] += rf"|(?<![^\W_])(?!(?:{none})\b)[^\W\d_]{{3,24}}c[o0]de(?![^\W_])"
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


def _valid_bsn(text: str) -> Iterator[Span]:
    """Nine digits that pass the eleven-test, unless they are a day, a sum or a number abroad."""
    abroad = [match.span() for match in _abroad.finditer(text)]
    for match in _nine.finditer(text):
        start, end = match.span(1)
        if not bsn.is_valid(re.sub(r"[^0-9]", "", match[1])) or _sum.match(text, end):
            continue
        around = text[max(0, start - 6) : end + 6]
        if any(_covers(day, match[1]) for day in _day.findall(around)):
            continue
        if not any(a < end and start < b for a, b in abroad):
            yield start, end


def _covers(day: str, number: str) -> bool:
    """Whether nine digits are a day with a number before or behind it ("12-11-2026 3")."""
    return number.startswith(day) or number.endswith(day)


def _accounts(text: str) -> Iterator[Span]:
    """All account numbers: those that pass the check, and what is Dutch in form."""
    yield from (match.span() for match in _dutch.finditer(text))
    yield from (match.span() for match in _beginning.finditer(text))
    for match in _account.finditer(text):
        ends = [n + 1 for n, char in enumerate(match[1]) if char.isalnum()]
        for end in reversed(ends[14:]):
            if _adds_up(match[1][:end]) and iban.is_valid(
                re.sub(r"[^A-Za-z0-9]", "", match[1][:end]), check_country=False
            ):
                yield match.start(), match.start() + end
                break


def _adds_up(account: str) -> bool:
    """Whether an account number passes its check; told before the slower rules of its country."""
    plain = "".join(char for char in account if char.isascii() and char.isalnum())
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _beside(
    page: Page, cues: Iterable[re.Match[str]], value: re.Pattern[str], right: Callable[[str], bool]
) -> Iterator[Span]:
    """Values behind a word, or in the column below it, that satisfy ``right``; none where the word's own is
    masked already."""
    for match in cues:
        behind = _filler.match(page.text, match.end())
        further = _named_for.match(page.text, match.end())
        for gap in (behind, further):
            hit = value.match(page.text, gap.end()) if gap else None
            if hit and right(hit[0]):
                yield hit.span()
                break
            if gap and page.text.startswith(BLANK, gap.end()):
                break
        else:
            yield from _below(page, match.start(), value, right)


@cache
def _whose() -> re.Pattern[str]:
    """What stands between a word for a number and the number: nothing but marks, or whose it is."""
    people = mask_words().people
    whose = rf"(?:(?:van|de|het|uw|je|mijn)\s){{0,3}}{loose(people.labels + people.kin)}(?:\(s\))?"
    filler = rf"(?:\s(?:is|luidt|nr|nummer)\b)?[^\w\n{BLANK}]{{0,60}}"
    return re.compile(rf"(?:[^\w\n{BLANK}]{{1,3}}{whose})?{filler}", re.IGNORECASE)


def _behind_person(text: str, cues: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Numbers straight behind their word, or behind whose they are, of any length that a bad picture leaves:
    "BSN partner 1112.22.3333"."""
    for match in cues:
        gap = _whose().match(text, match.end())
        hit = _disturbed.match(text, gap.end()) if gap else None
        if hit and not is_date(hit[0]):
            yield hit.span()


def _below(page: Page, offset: int, value: re.Pattern[str], right: Callable[[str], bool]) -> Iterator[Span]:
    cell = page.at(offset)
    for other in page.along(cell, 1, 15) if cell else ():
        hit = value.match(page.text, other.start, other.end)
        if not hit or not right(hit[0]):
            return
        yield hit.span()


def _lonely_codes(page: Page, cues: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Codes that have a row for themselves, at most eight rows below a word for a code."""
    near: set[int] = set()
    for match in cues:
        if cell := page.at(match.start()):
            near.update(range(cell.row, cell.row + 9))
    for row in sorted(near & set(range(len(page.rows)))):
        cells = page.rows[row]
        if cells and cells[-1].end - cells[0].start <= 60:
            line = page.text[cells[0].start : cells[-1].end]
            whole = _on_its_own.fullmatch(re.sub(r"\s", " ", line))
            spaced = re.fullmatch(r"[A-Z0-9](?:\s{1,6}[A-Z0-9]){4,15}", line)
            if (whole and _is_mixed(whole[1])) or (spaced and len(cells) > 1):
                yield cells[0].start, cells[-1].end


def _codes_in_rows(page: Page, cues: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Codes of which each group has a row for itself, straight below a word for a code."""
    for match in cues:
        cell = page.at(match.start())
        rows = page.rows[cell.row + 1 : cell.row + 11] if cell else []
        groups = [row for row in rows if row]
        groups = list(takewhile(lambda row: len(row) == 1 and _group_alone(page.words(row[0])), groups))
        if len(groups) > 1 and _is_mixed("".join(page.words(row[0]) for row in groups)):
            yield from ((row[0].start, row[0].end) for row in groups)


def _group_alone(words: str) -> bool:
    return bool(re.fullmatch(r"[A-Z0-9]{1,6}", words.strip("-–.[]")))


def _digits(found: str) -> int:
    return sum("0" <= char <= "9" for char in found)


def _two_digits(found: str) -> bool:
    return _digits(found) >= 5


def _mostly_digits(found: str) -> bool:
    return _digits(found) >= 5 and _digits(found) * 2 > sum(char.isalnum() for char in found)


def _like_number(found: str) -> bool:
    return _mostly_digits(found) and not is_date(found)


def _is_code(found: str) -> bool:
    """Four signs or more with a digit in them; no day and no telephone."""
    signs = re.sub(r"[^A-Z0-9]", "", found)
    if not 4 <= len(signs) <= 24 or is_date(found) or re.match(r"0[0-9]{2} ?[0-9]{3}", found):
        return False
    return _digits(signs) > 0


def _is_mixed(found: str) -> bool:
    """Letters and digits, as in a code that nothing else is."""
    signs = re.sub(r"[^A-Za-z0-9]", "", found)
    letters = sum(char.isalpha() for char in signs)
    return 5 <= len(signs) <= 24 and 0 < letters < len(signs) and not is_date(found) and "://" not in found


def _is_login(found: str) -> bool:
    """A made-up word: with a digit, a dot or a sign inside, not a word of the sentence."""
    inner = found.strip("\"'()[]«»")
    made_up = _digits(inner) or re.search(r"[._@#!$%&*\-]", inner[1:])
    return len(inner) >= 4 and bool(made_up) and "www." not in inner and "://" not in inner
