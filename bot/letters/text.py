"""A letter's text made even: broken words joined, columns apart, misread digits put right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.understanding.times_lexer import fold

SALUTATION = re.compile(
    r"^[ \t]*(?:zeer )?(?:geachte|beste|dag|hallo|hoi|goedendag|lieve|aan de bewoner|l\.s\.)\b", re.IGNORECASE
)
COLUMN = re.compile(r"[ \t]{2,}[-–·•][ \t]{2,}|[ \t]{3,}|\t|[ \t]+\|[ \t]*")
"""What parts two columns of one line."""

_hyphen = re.compile(r"(?<=[a-zë])-[ \t]*\n[ \t]*(?=[a-zë])")
_digits = re.compile(r"(?<![^\W\d_])[\dOoIl]*\d[\dOoIl]*(?![^\W\d_])|(?<![^\W_])[lIO][\dOoIl]*\d(?![^\W\d_])")
RESTS_ON = ("uiterlijk", "binnen", "dagtekening", "verzending", "verzonden", "bezwaarschrift", "werkdagen",
            "maanden", "vervaldatum", "betaaldatum", "termijn", "bezwaar", "beroep")  # fmt: skip
_torn = re.compile("|".join(rf"\b{' ?'.join(word)}\b" for word in RESTS_ON), re.IGNORECASE)
"""Words on which a term rests, torn apart by a bad picture."""
_misread = str.maketrans("OoIl", "0011")
_confused = str.maketrans("01568", "oiseb")


def even(text: str) -> str:
    """The same text with words joined that a line's end broke, and digits where a reader of pictures saw
    letters in a number ("l2 februari 2O27")."""
    text = text.replace("\r\n", "\n").replace("\xa0", " ").replace("\u00ad", "")
    text = (
        text.replace("v6ór", "vóór").replace("v66r", "vóór").replace("vó6r", "vóór").replace("voór", "vóór")
    )
    text = _hyphen.sub("", text)
    text = _torn.sub(lambda found: found[0].replace(" ", ""), text)
    return _digits.sub(lambda found: found[0].translate(_misread), text)


def squeezed(text: str) -> str:
    """Letters only, folded, with what is easily misread made one: spaces that came or went do not count."""
    plain, _ = fold(text)
    return re.sub(r"[^a-z]", "", plain.translate(_confused).replace("l", "i"))


@dataclass(frozen=True)
class Body:
    """A letter in parts. ``text`` is even; ``head`` are its lines before the salutation (or the first
    twelve), ``body`` the rest."""

    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def salutation(self) -> int:
        """The number of the line with which the writer begins to speak."""
        for number, line in enumerate(self.lines):
            if SALUTATION.match(line):
                return number
        return min(12, len(self.lines))

    @cached_property
    def head(self) -> list[str]:
        return self.lines[: self.salutation]

    @cached_property
    def body(self) -> str:
        return "\n".join(self.lines[self.salutation :])

    @cached_property
    def squeezed(self) -> str:
        return squeezed(self.text)

    @cached_property
    def words(self) -> list[str]:
        """All words, folded and with what is misread made one, in order."""
        plain, _ = fold(self.text)
        return re.findall(r"[a-z]+", plain.translate(_confused).replace("l", "i"))

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Sentences with where they begin: at a full stop, a blank line, or the end of what stands alone."""
        found, begin = [], 0
        ends = re.finditer(
            r"(?<![A-Z])(?<!\b\d)(?<!\b\d\d)(?<!\b[a-z]\.[a-z])[.?!:](?=\s+[A-Z(\-•*€'\d\n])|\n[ \t]*\n|$",
            self.text,
        )
        for end in ends:
            piece = self.text[begin : end.end()]
            if piece.strip():
                found.append((begin, piece))
            begin = end.end()
        return found
