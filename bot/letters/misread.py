"""Words and years that a bad picture changed, put right where a day or term rests on them and only one thing
can be meant: "22 jum 2026", "1 aktober 2823", "viterlijk"."""

from __future__ import annotations

import re
from functools import lru_cache
from statistics import median

from bot.letters.dates import MONTHS, NUMBERS, SHORT, WEEKDAYS

_alike = ("iljtfr", "nmruh", "uvwny", "bhlk", "eocau", "yjg", "sz")
"""Letters that a reader of pictures takes for each other."""
THIN = frozenset("iljtr")
"""Letters that it overlooks, or sees in the edge of another."""
TERMS = ("uiterlijk", "dagtekening", "bezwaarschrift", "vervaldatum", "betaaldatum", "factuurdatum",
         "verzenddatum")  # fmt: skip
"""Long words on which a term rests, and to which no other Dutch word comes near."""
NEAR_YEARS = 3
"""How far a year that was put right may lie from the others of its letter."""
_strokes = str.maketrans({"m": "iii", "n": "ii", "u": "ii", "h": "ii"} | dict.fromkeys("rljt", "i"))

_stroke = "lI|ÌÍÎÏìíîï"
_digit_like = str.maketrans(_stroke + "OoSZBGó", "1" * len(_stroke) + "0052866")
_long_word = re.compile(r"(?<![^\W_])[^\W\d_]{8,15}(?![^\W_])")
_month_word = re.compile(
    rf"(?P<weekday>\b(?:{'|'.join(WEEKDAYS)}),? )?"
    rf"(?<![\w.,/\-€])(?P<day>[{_stroke}]{{1,2}}|\d[\d{_stroke}OoSZB]?|[{_stroke}OZ]\d)(?P<gap>\.? ?|-)"
    r"(?P<word>[^\W\d_]{3,10})(?![^\W\d_])(?P<mark>[.:;,']?)"
    r"(?:(?P<space> ?|-)(?P<year>\d{4}|[2Z][0Oo][\dOoSZB][\dOoSZBGó])(?![\d.,]\d|\w))?",
    re.IGNORECASE,
)
_figures = re.compile(r"(?<![\d.,/\-])(\d{1,2}([-/.])\d{1,2}\2)(\d{4})(?![\d/\-])")
_within = re.compile(
    rf"\b(?P<word>[bhlk][a-z]{{3,6}})(?=\s(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,3}})"
    r"\s(?:werk)?(?:dagen|weken|maanden|week)\b)",
    re.IGNORECASE,
)
_time = re.compile(
    r"\b(?P<lead>(?:om|orn|am|vanaf)\s)(?P<hour>[0-2IlO]?[\dOIlSZB])(?P<mark>[.:;,])(?P<minute>[0-5OSl][\dOSBl])"
    r"(?=\s?(?:uur|vur|sur|uut)\b)"
)
_unit = re.compile(
    rf"\b(?P<lead>binnen\s(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|\d{{1,3}})\s)"
    r"(?P<word>[^\W\d_]{4,8})(?![^\W\d_])",
    re.IGNORECASE,
)
UNITS = ("dagen", "weken", "maanden")
_until = re.compile(
    r"\b(?P<lead>tot\s+en\s+)(?:rnet|nnet|inet|mct|mel)\b|\bt/(?:rn|nn|in)(?=\s)", re.IGNORECASE
)
_year = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")


def mended(text: str) -> str:
    """A text with its misread months, years and words of terms put right."""
    years = [int(year) for year in _year.findall(text)]
    text = _month_word.sub(lambda found: day_meant(found, years), text)
    text = _figures.sub(lambda found: found[1] + year_meant(found[3], years), text)
    text = _within.sub(lambda found: within_meant(found["word"]), text)
    text = _unit.sub(lambda found: found["lead"] + unit_meant(found["word"]), text)
    text = _until.sub(lambda found: f"{found['lead']}met" if found["lead"] else "t/m", text)
    text = _time.sub(time_meant, text)
    return _long_word.sub(lambda found: term_meant(found[0]), text)


def day_meant(found: re.Match[str], years: list[int]) -> str:
    """A day with its month's name as it was printed; as it stands where it is none."""
    word, year, weekday = found["word"], found["year"], found["weekday"] or ""
    month = word if known(word) else month_meant(word, alone=not year)
    day = found["day"].translate(_digit_like)
    sure = year or weekday or known(word)
    if not (month and sure and 1 <= int(day) <= 31):
        return found[0]
    kept = found["mark"] if not year or (known(word) and found["mark"] not in ":;") else ""
    rest = (found["space"] or " ") + year_meant(year.translate(_digit_like), years) if year else ""
    return f"{weekday}{day}{found['gap']}{month}{kept}{rest}"


def known(word: str) -> bool:
    return word.lower() in MONTHS or word.lower() in SHORT


@lru_cache(maxsize=1024)
def month_meant(word: str, *, alone: bool) -> str | None:
    """The one month whose name is like this word; ``alone``: no year stands behind it, so that it must be
    liker."""
    word = word.lower()
    if alone and (len(word) < 4 or word == "maar"):
        return None
    near = sorted(
        (min(unlike(word, name) for name in (MONTHS[number], *shorts(number + 1))), MONTHS[number])
        for number in range(12)
    )
    most = 0.5 if alone or len(word) < 4 else 1.0 if len(word) < 5 else 1.5
    return near[0][1] if near[0][0] <= most and near[1][0] - near[0][0] >= 0.5 else None


def shorts(number: int) -> list[str]:
    return [name for name, month in SHORT.items() if month == number]


def year_meant(year: str, years: list[int]) -> str:
    """A year of which one figure was misread, by the letter's others; as it stands where it may be right."""
    if not years or year[:2] in ("19", "20"):
        return year
    usual = median(years)
    guesses = [n for n in range(2000, 2040) if sum(a != b for a, b in zip(str(n), year, strict=True)) == 1]
    best = min(guesses, key=lambda n: abs(n - usual), default=None)
    return str(best) if best and abs(best - usual) <= NEAR_YEARS else year


def within_meant(word: str) -> str:
    """ "binnen" before a term, where a picture left its strokes ("bumen zes weken")."""
    plain = word.lower()
    most = 1.0 if plain.startswith("bi") else 0.5
    same = plain.translate(_strokes) == "binnen".translate(_strokes) or unlike(plain, "binnen") <= most
    return cased("binnen", word) if same and plain != "binnen" else word


def unit_meant(word: str) -> str:
    """What a term is counted in, by a word that is like it."""
    plain = word.lower()
    return next((unit for unit in UNITS if unlike(plain, unit) == 0.5), word)


def time_meant(found: re.Match[str]) -> str:
    """An hour in figures, with letters in it that are figures and with the mark that stands in one."""
    hour, minute = (found[part].translate(_digit_like) for part in ("hour", "minute"))
    if int(hour) > 23 or int(minute) > 59:
        return found[0]
    return f"{found['lead']}{hour}{'.' if found['mark'] in ',;' else found['mark']}{minute}"


def term_meant(word: str) -> str:
    """The word on which a term rests that this one is like; forms and compounds of those stay as they are."""
    meant = like_term(word.lower())
    return cased(meant, word) if meant else word


def cased(meant: str, word: str) -> str:
    """A word with the capitals of the one in whose place it stands."""
    return meant.upper() if word.isupper() else meant.capitalize() if word[0].isupper() else meant


@lru_cache(maxsize=4096)
def like_term(word: str) -> str | None:
    for term in TERMS:
        near = word[:3] == term[:3] or word[-2:] == term[-2:]
        if near and abs(len(word) - len(term)) <= 1 and term not in word and unlike(word, term) <= 1.0:
            return term
    return None


@lru_cache(maxsize=4096)
def unlike(word: str, name: str) -> float:
    """How much a picture must have changed a name for it to be read as this word: 1 for each letter that
    came, went or is another, half for one that is easily taken for another or overlooked."""
    row = [0.0]
    for letter in name:
        row.append(row[-1] + slight(letter))
    for seen in word:
        last, row = row, [row[0] + slight(seen)]
        for number, letter in enumerate(name):
            gone, came = row[-1] + slight(letter), last[number + 1] + slight(seen)
            row.append(min(last[number] + swap(seen, letter), came, gone))
    return row[-1]


def slight(letter: str) -> float:
    return 0.5 if letter in THIN else 1.0


def swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 0.5 if any(one in group and other in group for group in _alike) else 1.0
