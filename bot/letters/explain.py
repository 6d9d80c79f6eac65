"""A letter explained: the phrases of one message that fits a phone, in whatever language they are said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from bot.content import Organisation, Text
from bot.domain.words import Joined, Phrase, Words
from bot.letters.appointments import Appointment
from bot.letters.kinds import LetterKind, Saying, kinds, sayings
from bot.letters.letter import Letter
from bot.letters.terms import Deadline

MOST_SUMS, MOST_WORDS = 2, 4
FEWEST = 30
"""Words of the shortest letter that has no date."""
LEGAL = ("object", "appeal")
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
    only the days that are left; ``saying``: also what to say on the phone."""
    kind = letter.known
    if kind is None and not looks_like_one(letter):
        return [Phrase("letter.none")]
    lines = [heading(letter, kind)]
    if kind is None:
        lines.append(Phrase("letter.unknown"))
    elif not letter.sure:
        lines.append(Phrase("letter.unsure", kinds=nearest(letter)))
    if kind:
        lines.append(Phrase("same", it=words_of(kind, "meaning")))
    lines += [Phrase("letter.gap"), *when(letter, today), *sums(letter)]
    if kind:
        lines += [
            Phrase("letter.gap"),
            *(Phrase("letter.step", step=step.args["it"]) for step in steps(letter)),
        ]
        lines.append(Phrase("letter.otherwise", it=words_of(kind, "otherwise")))
        lines += [Phrase("letter.gap"), *words_in(letter, kind)]
        lines += [to_say(kind.say[0])] if saying and kind.say else []
        lines.append(whom or whom_to_ask(organisations[kind.ask]))
    if letter.reference:
        lines.append(Phrase("letter.reference", reference=dead(letter.reference)))
    return [*lines, Phrase("letter.sure")] if kind and letter.sure else lines


def words_in(letter: Letter, kind: LetterKind) -> list[Phrase]:
    """The clerk's words that stand in this letter, with what they mean."""
    there = letter.text.casefold()
    return [
        Phrase("letter.word", dutch=word.dutch, means=words_of(kind, f"words.{number}"))
        for number, word in enumerate(kind.words)
        if word.dutch.casefold() in there
    ][:MOST_WORDS]


def looks_like_one(letter: Letter) -> bool:
    """Whether a text of no known kind is a letter at all: dated, from somebody, or long enough."""
    return bool(letter.date or letter.deadlines or letter.appointments) or len(letter.text.split()) >= FEWEST


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


def whom_to_ask(organisation: Organisation) -> Phrase:
    name = Words(f"organisation.{organisation.key}", both(organisation.name))
    return Phrase("letter.ask", organisation=name)


def heading(letter: Letter, kind: LetterKind | None) -> Phrase:
    name = words_of(kind, "name") if kind else Phrase("letter.other")
    if letter.kind == "phishing" or not letter.sender:
        return Phrase("letter.heading", kind=name)
    return Phrase("letter.heading_from", kind=name, sender=dead(letter.sender))


def nearest(letter: Letter) -> Joined:
    """The kinds that fit best, where the bot is not sure."""
    known = kinds()
    keys = [key for key in (letter.kind, *letter.others) if key in known][:2]
    return Joined(tuple(words_of(known[key], "name") for key in keys), " · ")


def when(letter: Letter, today: date) -> list[Phrase]:
    """The last days and appointments in order of time; that none was found is said, never made up."""
    dated: list[tuple[date, Phrase]] = []
    for one in letter.deadlines:
        dated += [(one.date, phrase) for phrase in last_day(one, letter, today)]
    for meeting in letter.appointments:
        dated.append((meeting.start.date(), appointment(meeting, today)))
    if dated:
        return [phrase for _, phrase in sorted(dated, key=lambda pair: pair[0])]
    if letter.kind == "phishing":
        return []
    return [Phrase("letter.no_date" if letter.date else "letter.no_date_at_all")]


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
    helps = [Phrase("letter.past_helps")] if left < 0 and one.what in LEGAL else []
    return [said, rests, *faint, *helps]


def appointment(one: Appointment, today: date) -> Phrase:
    key = "letter.was_expected" if one.start.date() < today else "letter.expected"
    place = Phrase("letter.place", place=dead(one.place)) if one.place else Phrase("letter.no_place")
    return Phrase(key, day=one.start.date(), hour=f"{one.start:%H:%M}", place=place)


def sums(letter: Letter) -> list[Phrase]:
    """The one or two sums that matter. Where a letter has many, a wrong one would do more harm than none."""
    found = [amount for amount in letter.amounts if amount.direction != "info"]
    if len(found) > MOST_SUMS:
        return []
    return [Phrase(f"letter.{amount.direction}", sum=f"€ {euros(str(amount.euro))}") for amount in found]


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
