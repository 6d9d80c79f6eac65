"""Numbers that can harm somebody who is known by them: BSN, IBAN, V-number, DigiD codes.

They are never kept or repeated, not even with consent (BSN: UAVG art. 46).
"""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.nl import bsn

_digits = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_nine = re.compile(r"(?<!\d)(?:\d[ .\-]?){8}\d(?!\d)")
_abroad = re.compile(r"(?:\+|\b00)\d{2}[ .\-]?(?:\(?0?\)?[ .\-]?)(?:\d[ .\-]?){8}\d(?!\d)")
_iban = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b", re.IGNORECASE)
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
    found += [match.span() for match in _iban.finditer(plain) if iban.is_valid(match[0], check_country=False)]
    found += [match.span() for match in _v_number.finditer(plain)]
    found += [match.span(1) for match in _code.finditer(plain) if any(c.isdigit() for c in match[1])]
    return sorted(found)
