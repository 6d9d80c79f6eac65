"""What a task's words say about coming back that no one interval holds, beside the times in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from bot.understanding.times_lexer import Lexicon, Tags, Token, language_of, lexicon, tokens_of

WEEKDAYS = frozenset({"weekday", "weekday_short", "weekday_plural", "weekday_part"})
DAYS = WEEKDAYS | {"day", "month", "weekend", "weekly"}
OFTEN = frozenset({"every", "repeat", "weekly"})
FORTNIGHT = 2


class Said:
    """The tokens of a text, and all that the words from each on may mean."""

    def __init__(self, words: str, language: str | None) -> None:
        tokens = tokens_of(words)
        known: Lexicon = lexicon(language_of(tokens, language))
        self.tokens: list[Token] = [part for token in tokens for part in known.split(token)]
        self.meant: list[Tags] = [known.tags(self.tokens, i) for i in range(len(self.tokens))]

    def places(self, tag: str) -> Iterator[tuple[int, int]]:
        """Where a tag begins, and the token behind it."""
        yield from ((i, tags[tag][1]) for i, tags in enumerate(self.meant) if tag in tags)

    def at(self, i: int) -> Tags:
        return self.meant[i] if 0 <= i < len(self.meant) else {}

    @property
    def often(self) -> bool:
        return any(OFTEN & tags.keys() for tags in self.meant)

    @property
    def counted(self) -> bool:
        """Whether a weekday is counted within its month: "the second Tuesday". "Every second Tuesday" is
        every other one."""
        steps = [(i, tags["every"]) for i, tags in enumerate(self.meant) if "every" in tags]
        other = {at for i, (step, behind) in steps if step == FORTNIGHT for at in range(i, behind)}
        return any(WEEKDAYS & self.at(behind).keys() and i not in other for i, behind in self.places("nth"))

    @property
    def of_month(self) -> bool:
        """Whether a weekday is said beside "of the month", or "every month"."""
        monthly = any(tags["repeat"][0][1] == "m" for tags in self.meant if "repeat" in tags)
        weekday = any(WEEKDAYS & tags.keys() for tags in self.meant)
        return weekday and (monthly or any(True for _ in self.places("of_month")))

    @property
    def excepted(self) -> bool:
        """Whether a day is left out: "except Sunday", or in Turkish behind the day."""
        before = (behind for _, behind in self.places("except"))
        after = (i - 1 for i, _ in self.places("except_post"))
        near = (self.at(place).keys() | self.at(place + 1).keys() for place in before)
        return any(map(self.is_day, near)) or any(self.is_day(self.at(place).keys()) for place in after)

    @staticmethod
    def is_day(tags: Collection[str]) -> bool:
        return not DAYS.isdisjoint(tags)

    @property
    def no_interval(self) -> bool:
        """Whether it comes back, on days that no one interval holds."""
        return self.often and (self.counted or self.of_month or self.excepted)

    @property
    def years(self) -> int:
        """How many years ahead: "in three years"; 0 where none are said."""
        for _, behind in self.places("in_time"):
            if found := self.years_at(behind):
                return found
        later = (i for i, _ in self.places("later"))
        return next((found for i in later if (found := self.years_at(i - 2)) and self.is_year(i - 1)), 0)

    def years_at(self, i: int) -> int:
        """The number of years that are counted from a token on; "a year" is one."""
        if self.is_year(i):
            return 1
        number = self.at(i).get("number")
        if number and self.is_year(number[1]):
            return int(number[0])
        digits = 0 <= i < len(self.tokens) and self.tokens[i].kind == "num"
        return int(self.tokens[i].text) if digits and self.is_year(i + 1) else 0

    def is_year(self, i: int) -> bool:
        return "year" in self.at(i)
