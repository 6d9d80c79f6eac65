"""Names of persons and of who writes, told apart where no title vouches for them."""

from __future__ import annotations

import re
from functools import cache

from bot.letters.masking.people import TOKEN
from bot.letters.masking.words import fold, loose, mask_words

Span = tuple[int, int]

_between = re.compile(r" {1,2}| ?[-–] ?|, ?|\.? ?\(?|\) ?| ?[&+/] ?")
"""What may stand between two words of the names of one line: "Haddad, Y.A.", "Y. Haddad e/o M. Al-Khatib"."""
_and = frozenset({"en", "e", "o", "of", "eo", "and"})
_most = 9
"""Words of one line with names; more are a sentence."""
_domain = re.compile(r"(?:@|\bwww\.|//)([\w.\-]{3,80})|\b([\w\-]{3,60})\.(?:nl|nu|com|org|eu|net|example)\b")
_signature = 6
"""Lines behind a letter's closing words that say who writes."""


def persons_in(text: str, start: int, end: int) -> list[Span]:
    """The words of a stretch that holds names of persons and nothing else, two words or more; empty if it
    does not. "De Linde" is a house, "De Vries, J." is somebody."""
    found, last, initials = list[Span](), start, False
    tokens = list(TOKEN.finditer(text, start, end))
    if not 1 < len(tokens) <= _most or tokens[0].start() != start:
        return []
    for token in tokens:
        word, gap = token[0], text[last : token.start()]
        if (found and not _between.fullmatch(gap)) or not _of_person(word, first=not found):
            return []
        if found and fold(word) in _and and (word.islower() or (len(word) > 1 and word[-1] != ".")):
            last = token.end()
            continue
        initials = initials or _initials(word)
        found.append(token.span())
        last = token.end()
    rest = text[last:end]
    article = fold(tokens[0][0]) in {"de", "het", "den"} and not initials
    full = sum(len(fold(text[a:b])) > 1 for a, b in found) + initials
    return found if full > 1 and rest in {"", "."} and not article else []


def initialled(text: str, names: list[Span]) -> bool:
    """Whether initials stand among the words of a name."""
    return any(_initials(text[start:end]) for start, end in names)


def _initials(word: str) -> bool:
    return word[0].isupper() and (word.endswith(".") or len(word) == 1)


def _of_person(word: str, *, first: bool) -> bool:
    """Whether a word may stand in a person's name: a capital, and nothing of an organisation."""
    people, known = mask_words().people, fold(word)
    if known in people.titles and word.count(".") < 2:
        return False
    if known in people.small or known in _and:
        return True
    if _initials(word) and (first or len(known) < 2 or known not in people.strangers):
        return True
    stranger = known in people.strangers or known.endswith(people.trades)
    return word[0].isupper() and not stranger and sum(map(str.isdigit, word)) < 2


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(loose(mask_words().cues.closing), re.IGNORECASE)


def closing(text: str) -> int:
    """Where the words begin with which a letter closes; its end if there are none."""
    found = _closing().search(text)
    return found.start() if found else len(text)


def writes(text: str, names: list[Span]) -> bool:
    """Whether these are names of the sender: they sign the letter, or its address on the web bears them."""
    words = {fold(text[start:end]) for start, end in names if end - start > 3}
    if not words:
        return False
    domains = [fold(found[1] or found[2]) for found in _domain.finditer(text)]
    if any(word in domain for word in words for domain in domains):
        return True
    lines = [line for line in text[closing(text) :].split("\n")[1:] if line.strip()][:_signature]
    signed = " ".join(line for line in lines if ":" not in line and len(line) < 80)
    return bool(words & set(map(fold, TOKEN.findall(signed))))


@cache
def office_cue() -> re.Pattern[str]:
    """Words before an address that is the sender's: "Bezoekadres"."""
    return re.compile(loose(mask_words().cues.office), re.IGNORECASE)


@cache
def reach_cue() -> re.Pattern[str]:
    """How a line begins that tells how an office is reached: a letterhead goes on so behind its address."""
    return re.compile(rf"{loose(mask_words().cues.reach)}|\S+@|www\.", re.IGNORECASE)
