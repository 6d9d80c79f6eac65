"""What a last day is for that a letter gives no day for: its owner named the day."""

from __future__ import annotations

from datetime import date

from bot.letters.deadline import What
from bot.letters.letter import Letter, purpose
from bot.letters.terms import deadlines
from bot.letters.text import Body, even


def purposes(letter: Letter, today: date) -> tuple[What, ...]:
    """By the letter's own terms that no day is known of, for all that can be, in order of time; by its kind
    where it has none (a bill is to be paid); empty where nothing tells. ``today`` stands in for the day of a
    letter that names none: only how its terms are worded counts."""
    kind, known = letter.certain, {one.what for one in letter.deadlines}
    terms = deadlines(Body(even(letter.text)), letter.date or today, public=False)
    open_still = [what for one in terms if (what := purpose(one, kind)) not in {*known, "act"}]
    if open_still:
        return tuple(dict.fromkeys(open_still))
    return ("pay",) if kind and kind.sums == "pay" and "pay" not in known else ()
