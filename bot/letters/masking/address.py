"""How a Dutch address is written: the street with its number, the postcode, the town."""

from __future__ import annotations

import re

from bot.letters.masking.words import fold, mask_words

Span = tuple[int, int]

_figure = "[0-9OoIlSBZ]"
POSTCODE = re.compile(
    r"(?<![^\W_])(?=[^\W_]? ?[^\W_]? ?[0-9] ?[0-9OoIl]|[0-9] ?[0-9])"
    rf"[1-9lISBZ] ?{_figure} ?{_figure} ?{_figure}"
    r"(?:\s{0,2}|[.,])(?:[A-Z] ?[A-Z]|0[A-Z]|[A-Z]0)(?![^\W_])"
)
"""Four figures and two capitals, also where a scan made letters of figures or tore them apart."""
LIKE_POSTCODE = re.compile(
    r"(?:^|(?<=[ ]{2})|(?<=\n))(?=[^\W_]{0,4}[0-9])[^\W_]{3,5} "
    r"(?:[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z])(?= [A-Z][^\W\d_])"
)
"""What stands in a postcode's place where a bad picture left little of it."""
_town = re.compile(r"[ \t]{1,3}(?:'[sS][- ])?[^\W\d_][^\W\d_'’\-]*(?:[ -][^\W\d_][^\W\d_'’]+){0,3}")
_town_word = re.compile(r"[^\W\d_'’]+(?:['’\-][^\W\d_]+)*")
_number = (
    r"(?=[lIO]{0,3}[0-9]|[lIO]{1,4}(?![^\W_]))[0-9lIO]{1,4}(?![0-9])"
    r"(?:[ ]?[-/][ ]?[0-9A-Za-z]{1,4}|[ ]?[A-Za-z](?![^\W_])|[ ](?:bis|hs|[IV]{1,3})(?![^\W_])){0,3}"
)
_capital = r"(?:'[st][- ]?|[0-9]{1,2}e )?[^\W\d_a-zß-ÿ][^\W\d_]*"
_link = r"van|de|der|den|het|la|op|aan|ten|ter|en|te|in|'[st]"
STREET = re.compile(
    rf"{_capital}(?:(?:[ \-'’]|(?<=[^\W\d_]{{2}})\. ){{1,2}}(?:{_capital}|(?:{_link})(?![^\W_]))){{0,6}}"
    rf"[ ]{{1,2}}{_number}"
)
ENDS_IN_STREET = re.compile(rf"[^\W\d_] {_number}$")


def town_end(text: str, end: int) -> int:
    """Where the town behind a postcode ends."""
    town, last = _town.match(text, end), end
    strangers = mask_words().people.strangers
    for word in _town_word.finditer(text, end, town.end()) if town else ():
        if fold(word[0]) in strangers and word[0].lower() not in {"den", "de", "aan", "op", "bij", "s"}:
            break
        if not (word[0][0].isupper() or word[0] in {"aan", "den", "de", "op", "bij", "s"}):
            break
        last = word.end()
    return last
