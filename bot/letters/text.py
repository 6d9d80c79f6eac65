"""A letter's text made even: broken words joined, columns apart, misread digits put right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.letters.misread import mended
from bot.understanding.times_lexer import plain

SALUTATION = re.compile(
    r"^[ \t]*(?:zeer )?(?:(?:gea[ce]hte|beste|dag|hallo|hoi|goedendag|lieve|hooggeachte|waarde)\b(?!@)"
    r"|weledel\w*\b|l\.s\.|(?:mevrouw|mijnheer|meneer|mijne heren),[ \t]*$)",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"^\s*(?:onderwerp|betreft|inzake|0nderwerp|subject)\s*:?\s*(?P<words>.*)$", re.IGNORECASE
)
"""A line that says what a letter is about."""
COLUMN = re.compile(r"[ \t]{2,}[-–·•][ \t]{2,}|[ \t]{3,}|\t|[ \t]+\|[ \t]*")
"""What parts two columns of one line."""

_hyphen = re.compile(r"(?<=[a-zë])-[ \t]*\n[ \t]*(?=[a-zë])")
_digits = re.compile(r"(?<![^\W\d_])[\dOoIl]*\d[\dOoIl]*(?![^\W\d_])|(?<![^\W_])[lIO][\dOoIl]*\d(?![^\W\d_])")
RESTS_ON = ("uiterlijk", "binnen", "dagtekening", "verzending", "verzonden", "bezwaarschrift", "werkdagen",
            "maanden", "vervaldatum", "betaaldatum", "factuurdatum", "notadatum", "termijn", "bezwaar",
            "beroep", "januari", "februari", "maart", "april", "augustus", "september", "oktober", "november",
            "december")  # fmt: skip
READ_SURELY = frozenset(RESTS_ON) | frozenset(
    "mei juni juli maandag dinsdag woensdag donderdag vrijdag zaterdag zondag week weken maand dag dagen"
    " datum om op voor afspraak uur".split()
)
_before_month = re.compile(
    r"(?<![\w|])[lI|]{1,2}(?=\s(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november"
    r"|december)\b)"
)
"""A day of which a picture left strokes: "ll december"."""
_hour = re.compile(r"(?<=\d[.:])[Oo0]{2}(?=\s?u)")
_mixed = re.compile(r"(?<![\w|])[A-Za-z01|]*(?:[A-Za-z][01|]|[01|][A-Za-z]|rn|cl|vv|ii)[A-Za-z01|]*(?![\w|])")
_before = re.compile(r"\bv(?!oor\b)[oóòöôõ06]{2}r\b", re.IGNORECASE)
_torn = re.compile("|".join(rf"\b{' ?'.join(word)}\b" for word in RESTS_ON), re.IGNORECASE)
"""Words on which a term rests, torn apart by a bad picture."""
LONGEST, WIDEST = 60_000, 240
"""Characters that are looked at: a letter of twenty full pages; what stands on one line of paper, and more.
So that nothing that anybody sends is looked at for long; whoever has more must tell what stays unread."""
PORTION = 12_000
"""Characters of a letter in which days are looked for at a time: what is looked up around each of them would
take as long as the square of it. The first also tells who wrote, and what kind of letter it is."""
_wide = re.compile(rf".{{1,{WIDEST}}}(?:\s|$)|.{{{WIDEST}}}")
_misread = str.maketrans("OoIl", "0011")
_confused = str.maketrans("01568", "oiseb")


def even(text: str) -> str:
    """The same text tidied, with misread words put right on which a day rests; no line longer than WIDEST."""
    text = mended(tidied(text))
    return "\n".join(line if len(line) <= WIDEST else folded(line) for line in text.split("\n"))


def tidied(text: str) -> str:
    """The same text with words joined that a line's end broke, and digits where a reader of pictures saw
    letters in a number ("l2 februari 2O27"): what is sure; no longer than LONGEST."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\xa0", " ").replace("\u00ad", "")
    text = _before.sub(lambda found: "Vóór" if found[0][0] == "V" else "vóór", text)
    text = _hyphen.sub("", text)
    text = _torn.sub(lambda found: found[0].replace(" ", ""), text)
    text = _hour.sub("00", text)
    text = _mixed.sub(lambda found: reread(found[0]), text)
    text = _before_month.sub(lambda found: "1" * len(found[0]), text)
    return _digits.sub(lambda found: found[0].translate(_misread), text)


def cut(text: str, most: int) -> list[str]:
    """A text in pieces of at most ``most`` characters; between paragraphs, else lines, else words."""
    pieces = []
    while len(text) > most:
        ends = (text.rfind(mark, most // 2, most) for mark in ("\n\n", "\n", " "))
        at = next((end for end in ends if end > 0), most)
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text]


def folded(line: str) -> str:
    """A line as wide as nobody prints it, on several."""
    return "\n".join(part.rstrip() for part in _wide.findall(line))


def reread(word: str) -> str:
    """A word with figures or letters in it that were misread, and that is one on which a term or day rests
    ("n0vember", "apri1", "decernber")."""
    for wrong, right in (("", ""), ("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "n"), ("ii", "u")):
        for one in "li":
            guess = word.replace("0", "o").replace("1", one).replace("|", one).replace(wrong or "\0", right)
            if guess.lower() in READ_SURELY:
                return guess
    return word


def squeezed(text: str) -> str:
    """Letters only, folded, with what is easily misread made one: spaces that came or went do not count."""
    return re.sub(r"[^a-z]", "", plain(text).translate(_confused).replace("l", "i"))


_sentence_end = re.compile(
    r"(?<![A-Z])(?<!\b[a-z]\.[a-z])(?<!\ba\.s)(?<!\bjl)(?:[.?!](?=\s+[A-Z(\-•*€'\n])"
    r"|(?<!\b\d)(?<!\b\d\d)[.?!](?=\s+\d)|:(?=\s+[A-Z(\-•*€'\n])(?!\s+(?:\w+dag )?\d{1,2}[ /\-.]))"
    r"|(?<!lijk)(?<!lijk op)(?<!lijk:)(?<!lijk op:)(?<!vóór)(?<!vóór:)\n[ \t]*\n|$"
)
"""Where a sentence ends; not between a last day and what announces it ("uiterlijk op:")."""
_heading = re.compile(
    r"\s*[A-Z][^\n.,:;?!]{2,40}(?<!lijk)(?<!\bv[óo][óo]r)(?<!\b(?:op|om|in|en|of|te|de))(?<!\b(?:tot|met|van|het|bij|aan))\n"
    r"(?=(?:Wij|We|U|Ik|Je|De|Het|Betaal|Stuur|Bel|Maak)\s)"
)
"""A heading right above what it is over, with no stop between."""
HEAD = 12
"""How many written lines are the head of a letter without a salutation."""
SENTENCE = 1200
"""Characters of the longest sentence: those of the law are long, and what is longer is none."""


@dataclass(frozen=True)
class Body:
    """A letter in parts. ``text`` is even; ``head`` are its lines before the salutation (or the first
    ``HEAD`` that are not empty), ``body`` the rest. ``goes_on``: it is a later portion of a letter, and
    has no head."""

    text: str
    goes_on: bool = False

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def salutation(self) -> int:
        """The number of the line with which the writer begins to speak."""
        if self.goes_on:
            return 0
        for number, line in enumerate(self.lines):
            if SALUTATION.match(line):
                return number
        written = [number for number, line in enumerate(self.lines) if line.strip()]
        return written[HEAD] if len(written) > HEAD else len(self.lines)

    @cached_property
    def head(self) -> list[str]:
        return self.lines[: self.salutation]

    @cached_property
    def body(self) -> str:
        return "\n".join(self.lines[self.salutation :])

    @cached_property
    def portions(self) -> list[Body]:
        """All of it, as one after the other of at most PORTION characters."""
        first, *others = cut(self.text, PORTION)
        return [Body(first) if others else self, *(Body(text, goes_on=True) for text in others)]

    @cached_property
    def squeezed(self) -> str:
        return squeezed(self.text)

    @cached_property
    def words(self) -> list[str]:
        """All words, folded and with what is misread made one, in order."""
        return re.findall(r"[a-z]+", plain(self.text).translate(_confused).replace("l", "i"))

    @cached_property
    def sentences(self) -> list[tuple[int, str]]:
        """Sentences with where they begin: at a full stop, a blank line, or the end of what stands alone."""
        found, begin = [], 0
        for end in _sentence_end.finditer(self.text):
            piece = self.text[begin : end.end()]
            if above := _heading.match(piece):
                found.append((begin, above[0]))
                begin, piece = begin + above.end(), piece[above.end() :]
            found += [(begin + at, piece[at : at + SENTENCE]) for at in range(0, len(piece), SENTENCE)]
            begin = end.end()
        return [(begin, piece) for begin, piece in found if piece.strip()]
