"""Numbers that can harm somebody who is known by them: BSN, IBAN, V-number, DigiD codes.

They are never kept or repeated, not even with consent (BSN: UAVG art. 46).
"""

from __future__ import annotations

import re
from itertools import islice

from stdnum import iban
from stdnum.nl import bsn

_digits = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_nine = re.compile(r"(?<!\d)(?:\d[ .\-]?){8}\d(?!\d)")
_abroad = re.compile(r"(?:\+|\b00)\d{2}[ .\-]?(?:\(?0?\)?[ .\-]?)(?:\d[ .\-]?){8}\d(?!\d)")
_iban = re.compile(r"\b(?=([A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}))", re.IGNORECASE)
_v_number = re.compile(r"\bv[- ]?(?:nummer|number|nr)?\W{0,3}(?:\d[ .]?){9,10}\b", re.IGNORECASE)
_code = re.compile(
    r"(?:\bdigid\b[^\d:]{0,25}?(?:\bis\b|\bcode\b|[:=])"
    r"|\b(?:activeringscode|activation code|pin(?:code)?)\b(?:[^\d:]{0,25}?(?:\bis\b|[:=]))?)"
    r"\s*([A-Z0-9]{4,12})\b",
    re.IGNORECASE,
)


def secrets_in(text: str) -> list[tuple[int, int]]:
    """Where in a text such numbers stand, as (start, end); empty when there are none."""
    plain = text.translate(_digits)
    phones = [match.span() for match in _abroad.finditer(plain)]
    nines = [match for match in _nine.finditer(plain) if bsn.is_valid(re.sub(r"[ .\-]", "", match[0]))]
    found = [
        match.span() for match in nines if not any(a < match.end() and match.start() < b for a, b in phones)
    ]
    found += [span for match in _iban.finditer(plain) for span in _account(match)]
    found += [match.span() for match in _v_number.finditer(plain)]
    found += [match.span(1) for match in _code.finditer(plain) if any(c.isdigit() for c in match[1])]
    return sorted(found)


def _account(match: re.Match[str]) -> list[tuple[int, int]]:
    """The account number at a place, if it is one: without the words that follow it ("… 77 met")."""
    signs = match[1]
    ends = (end for end in range(len(signs), 14, -1) if signs[end - 1] != " ")
    valid = (end for end in ends if iban.is_valid(signs[:end], check_country=False))
    return [(match.start(), match.start() + end) for end in islice(valid, 1)]
