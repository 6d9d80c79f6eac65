"""A letter explained: the phrases of one message that fits a phone, in whatever language they are said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache

from bot.content import Organisation, Text
from bot.domain.words import Joined, Phrase, Words
from bot.letters.amounts import sums_in
from bot.letters.appointments import Appointment, of_several_hours
from bot.letters.dates import days_in
from bot.letters.deadline import Deadline
from bot.letters.head import reminds
from bot.letters.kinds import LetterKind, Saying, kinds, sayings
from bot.letters.letter import Letter, on_one_of
from bot.letters.messages import is_foreign
from bot.letters.piles import unseen

MOST_SUMS, MOST_WORDS, MOST_DAYS = 2, 4, 3
FEWEST = 30
"""Words of the shortest letter that has no date."""
HARD = 0.1
"""The share of a letter's characters on lines that could hardly be read, above which that is told."""
NOBODY = ("other", "phishing")
"""Sorts of sender that lead to nobody."""
JOINER = "\u2060"
"""A word joiner: nobody sees it, and no app takes what it stands in for an address."""
_live = re.compile(r"(?<=[^\W\d_])\.(?=[^\W_])|(?<=\w)\.(?=[^\W\d_])|[/@#:](?=[\w/])")


def explained(
    letter: Letter,
    today: date,
    organisations: Mapping[str, Organisation],
    whom: Phrase | None = None,
    *,
    saying: bool = True,
) -> list[Phrase]:
    """What to say about a letter, most needed first: what it is, by when and on which words that rests, what
    to do, what happens otherwise, whom to ask (``whom``: a person, where one is known). ``today`` counts
    only the days that are left; ``saying``: also what to say on the phone. Of a kind that is not sure nothing
    is told as if it were."""
    kind = letter.certain
    if foreign(letter):
        return [Phrase("letter.not_dutch")]
    if letter.known is None and not looks_like_one(letter):
        return [Phrase("letter.none")]
    lines = [heading(letter, kind), what_it_is(letter)]
    lines += [Phrase("letter.gap"), *when(letter, today), *sums(letter), *pages_missing(letter)]
    lines += [Phrase("letter.gap"), *to_do(letter)] if letter.known else []
    lines += [Phrase("letter.gap"), *words_in(letter)]
    lines += [to_say(kind.say[0])] if saying and kind and kind.say else []
    lines.append(whom or whom_to_ask(organisations.get(organisation_of(letter))))
    if letter.reference:
        lines.append(Phrase("letter.reference", reference=dead(letter.reference)))
    if hard_to_read(letter):
        return [*lines, Phrase("letter.hard")]
    return [*lines, Phrase("letter.sure")] if kind else lines


def hard_to_read(letter: Letter) -> bool:
    """Whether so much of a picture could hardly be read that something may have been missed."""
    return sum(map(len, letter.faint)) > HARD * len(letter.text)


def pages_missing(letter: Letter) -> list[Phrase]:
    """That the letter's own numbers name a page that was not sent with it."""
    missing = unseen(letter.text)
    return [Phrase("letter.pages_missing", page=missing[0], n=missing[1])] if missing else []


def what_it_is(letter: Letter) -> Phrase:
    """Its core in a sentence; or that the kind is not known, or not sure and what it looks like."""
    if letter.certain:
        return Phrase("same", it=words_of(letter.certain, "meaning"))
    if letter.known:
        return Phrase(
            "letter.unsure", kinds=Joined(tuple(words_of(kind, "name") for kind in nearest(letter)), " · ")
        )
    return Phrase("letter.unknown")


def to_do(letter: Letter) -> list[Phrase]:
    """The steps, and what happens otherwise; of a kind that is not sure, after "if it is that"."""
    kind = letter.known
    if kind is None:
        return []
    lines = [Phrase("letter.step", step=step.args["it"]) for step in steps(letter)]
    reminded = kind.bill and reminds(letter.text)
    otherwise = Phrase("letter.reminded") if reminded else words_of(kind, "otherwise")
    lines.append(Phrase("letter.otherwise", it=otherwise))
    if letter.certain:
        return lines
    perhaps = Phrase("letter.if_it_is", kind=words_of(kind, "name"), meaning=words_of(kind, "meaning"))
    return [perhaps, *lines]


def words_in(letter: Letter) -> list[Phrase]:
    """The clerk's words that stand in this letter, with what they mean: those of its kind; where that is not
    sure, those of the kinds that fit best and then those that most letters have."""
    there = " ".join(letter.text.casefold().split())
    if letter.certain:
        found = [one for one in terms_of(letter.certain) if one[0].casefold() in there]
    else:
        likely = [one for kind in nearest(letter) for one in terms_of(kind)]
        found = [one for one in (*likely, *common_terms()) if stands(one[0], there)]
    means: dict[str, tuple[str, Words]] = {}
    for dutch, words in found:
        means.setdefault(dutch.casefold(), (dutch, words))
    return [Phrase("letter.word", dutch=dutch, means=words) for dutch, words in means.values()][:MOST_WORDS]


def terms_of(kind: LetterKind) -> list[tuple[str, Words]]:
    return [(word.dutch, words_of(kind, f"words.{number}")) for number, word in enumerate(kind.words)]


@cache
def common_terms() -> tuple[tuple[str, Words], ...]:
    """The words of all kinds, those that most of them have first."""
    every = [one for kind in kinds().values() for one in terms_of(kind)]
    often = Counter(dutch.casefold() for dutch, _ in every)
    return tuple(sorted(every, key=lambda one: -often[one[0].casefold()]))


def stands(dutch: str, there: str) -> bool:
    """Whether a word stands in a text as a word of its own, perhaps with an ending."""
    return bool(re.search(rf"(?<!\w){re.escape(dutch.casefold())}(?:e|en|s|'s)?(?!\w)", there))


def looks_like_one(letter: Letter) -> bool:
    """Whether a text of no known kind is a letter at all: dated, from somebody, or long enough; or its owner
    said that it is."""
    dated = letter.date or letter.deadlines or letter.appointments or letter.sure
    return bool(dated) or len(letter.text.split()) >= FEWEST


def foreign(letter: Letter) -> bool:
    """Whether nothing came of a letter because it is not in Dutch."""
    understood = letter.certain or letter.deadlines or letter.appointments
    return not understood and is_foreign(letter.text)


def steps(letter: Letter) -> list[Phrase]:
    """What to do, in order; empty for a kind that content does not know."""
    kind = letter.known
    return [Phrase("same", it=words_of(kind, f"steps.{n}")) for n in range(len(kind.steps))] if kind else []


def to_say(saying: Saying) -> Phrase:
    """A Dutch sentence for the phone, with what it means."""
    said = sayings()[saying]
    return Phrase(
        "letter.say", dutch=said.dutch, means=Words(f"saying.{saying}", {"nl": said.nl, "en": said.en})
    )


def whom_to_ask(organisation: Organisation | None) -> Phrase:
    if organisation is None:
        return Phrase("letter.ask_anybody")
    name = Words(f"organisation.{organisation.key}", both(organisation.name))
    return Phrase("letter.ask", organisation=name)


def organisation_of(letter: Letter) -> str:
    """Who knows about a letter: whom its kind names; where that is not sure, whom most letters of this sort
    of sender name. "" where that leads nowhere."""
    return letter.certain.ask if letter.certain else asked_about().get(letter.sender_type, "")


@cache
def asked_about() -> dict[str, str]:
    """For each sort of sender the organisation that most of its letters name."""
    asked: dict[str, Counter[str]] = {}
    for kind in kinds().values():
        for sender in kind.senders:
            asked.setdefault(sender, Counter())[kind.ask] += 1
    return {sender: most.most_common(1)[0][0] for sender, most in asked.items() if sender not in NOBODY}


def heading(letter: Letter, kind: LetterKind | None) -> Phrase:
    name = words_of(kind, "name") if kind else Phrase("letter.other")
    if letter.kind == "phishing" or not letter.sender:
        return Phrase("letter.heading", kind=name)
    return Phrase("letter.heading_from", kind=name, sender=dead(letter.sender))


def nearest(letter: Letter) -> list[LetterKind]:
    """The two kinds that fit best, where the bot is not sure; none where it knows none."""
    if letter.certain or letter.known is None:
        return []
    known = kinds()
    return [known[key] for key in (letter.kind, *letter.others) if key in known][:2]


def when(letter: Letter, today: date) -> list[Phrase]:
    """The last days and appointments in order of time, those that are off as such; that none was found is
    said, never made up."""
    dated: list[tuple[date, Phrase]] = []
    for one in letter.deadlines:
        dated += [(one.date, phrase) for phrase in last_day(one, letter, today)]
    for meeting in letter.appointments:
        dated += [(meeting.start.date(), phrase) for phrase in appointment(meeting, letter, today)]
    dated += [(off.start.date(), called_off(off)) for off in letter.called_off]
    if dated:
        guessed = [Phrase("letter.guessed_year")] if letter.guessed_year else []
        return [*(phrase for _, phrase in sorted(dated, key=lambda pair: pair[0])), *guessed]
    if letter.kind == "phishing":
        return []
    none = Phrase("letter.no_date" if letter.date else "letter.no_date_at_all")
    others = days_beside(letter, today)
    return [none, Phrase("letter.other_days", days=Joined(others))] if others else [none]


def days_beside(letter: Letter, today: date) -> tuple[date, ...]:
    """Days to come that stand in a letter and are taken for nothing: whoever reads it should look at them."""
    named = {one.day for one in days_in(letter.text, letter.date or today)}
    return tuple(sorted(day for day in named if day >= today and day != letter.date))[:MOST_DAYS]


def last_day(one: Deadline, letter: Letter, today: date) -> list[Phrase]:
    left = (one.date - today).days
    key = "letter.past" if left < 0 else "letter.today" if left == 0 else "letter.by"
    said = Phrase(
        key, what=Phrase(f"letter.what.{one.what}"), day=one.date, year=str(one.date.year), n=max(left, 0)
    )
    if not one.quote:
        rests = Phrase("letter.told")
    elif one.basis == "computed" and letter.date:
        rests = Phrase("letter.counted", quote=dead(one.quote), day=letter.date, year=str(letter.date.year))
    else:
        rests = Phrase("letter.printed", quote=dead(one.quote))
    faint = [Phrase("letter.faint")] if one.faint else []
    if one.basis == "computed" and letter.date and faint_day(letter.date, letter.faint):
        faint.append(Phrase("letter.faint_date"))
    faint += [Phrase("letter.differs", day=one.differs)] if one.differs else []
    helps = [Phrase(f"letter.past_helps.{one.what}")] if left < 0 else []
    return [said, rests, *faint, *helps]


def appointment(one: Appointment, letter: Letter, today: date) -> list[Phrase]:
    key = "letter.was_expected" if one.start.date() < today else "letter.expected"
    place = Phrase("letter.place", place=dead(one.place)) if one.place else Phrase("letter.no_place")
    said = Phrase(key, day=one.start.date(), hour=f"{one.start:%H:%M}", place=place)
    if not one.quote:
        return [said, Phrase("letter.told")]
    more = [Phrase("letter.printed", quote=dead(one.quote))] if of_several_hours(one.quote) else []
    return [said, *more, *([Phrase("letter.faint_meeting")] if on_one_of(one.quote, letter.faint) else [])]


def called_off(one: Appointment) -> Phrase:
    return Phrase("letter.called_off", day=one.start.date(), hour=f"{one.start:%H:%M}")


def faint_day(day: date, lines: Collection[str]) -> bool:
    """Whether a day stands on one of these lines."""
    return any(named.day == day for line in lines for named in days_in(line, day))


def sums(letter: Letter) -> list[Phrase]:
    """The one or two sums that matter. Where a letter has many, a wrong one would do more harm than none.
    Whether a sum is paid or received hangs on the kind: where that is not sure, only that it is there."""
    found = [amount for amount in letter.amounts if amount.direction != "info"]
    if len(found) > MOST_SUMS:
        return []
    lines = []
    for amount in found:
        way = "sum" if nearest(letter) else amount.direction
        lines.append(Phrase(f"letter.{way}", sum=f"€ {euros(str(amount.euro))}"))
        if any(amount.euro in sums_in(line) for line in letter.faint):
            lines.append(Phrase("letter.faint_sum"))
    return lines


def dead(words: str) -> str:
    """Words of a letter in which an app finds nothing to tap: no link, command or name of an account."""
    return _live.sub(lambda found: found[0] + JOINER, words)


def euros(plain: str) -> str:
    """A sum as it is written in the Netherlands: 1.234,50."""
    whole, _, cents = plain.partition(".")
    return f"{int(whole):,}".replace(",", ".") + f",{cents or '00'}"


def words_of(kind: LetterKind, part: str) -> Words:
    """A text of a kind as Words; locales may translate it under ``letter.KIND.PART``."""
    name, _, number = part.partition(".")
    text = getattr(kind, name)
    text = text[int(number)] if number else text
    return Words(f"letter.{kind.key}.{part}", both(text))


def both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
