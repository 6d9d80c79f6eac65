"""A date of a letter was read wrong: its owner says which, and the right one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.letters.letter import Letter
from bot.routes import heard, press
from bot.store.letters import Known
from bot.store.programme import Own
from bot.understanding.dates import day_in, day_of, moments_in, near_enough
from bot.understanding.times import cut_times, read_times
from handlers.asking import leaves, spoken
from handlers.explanations import here, number
from handlers.letterright import DAY, MOMENT, Right, Which, corrected, dates_of, stamp

MEANT = timedelta(hours=1)
"""How long after "this is wrong" words are taken as the right date."""
SHORT = 3
"""Letters that may stand beside a date which is all that was said ("the 9th of December")."""
PAST = timedelta(days=366)
"""A day longer ago is no letter's that somebody still asks about."""


@press("ldate")
def date_wrong(ask: Ask, own: Own) -> Say:
    """Which of several dates is wrong is asked first."""
    known = own.letters.letter(number(ask))
    own.ask("letterdate", letter=known.id)
    there = dates_of(known.letter)
    return which_one(own, known) if len(there) > 1 else right_one(own, known, [*there, (DAY, 0)][0])


@press("lwhich")
def date_chosen(ask: Ask, own: Own) -> Say | list[Say]:
    """The date that is wrong; what is right may have been said before."""
    assert ask.press
    known, which = own.letters.letter(number(ask)), (ask.press.word(1), ask.press.number(2))
    if which[0] not in (DAY, MOMENT) or ask.press.word(3) != stamp(known.letter, which):
        raise Refusal("button.old")
    waiting = own.answers("letterdate") or {}
    if waiting.get("letter") == known.id and "said" in waiting:
        right = understood(waiting["said"], known.letter, which, said_at(ask, own), spoken(ask))
        return corrected(own, known, which, right, ask)
    return right_one(own, known, which)


def which_one(own: Own, known: Known) -> Say:
    """A button for each date, and one for a last day that was not found."""
    labels = [label(own, known.letter, which) for which in dates_of(known.letter)]
    there = [*dates_of(known.letter), (DAY, len(known.letter.deadlines))]
    labels.append(Phrase("button.letter_new_day"))
    buttons = [
        [Button(text, "lwhich", (known.id, *which, stamp(known.letter, which)))]
        for text, which in zip(labels, there, strict=True)
    ]
    return Say("letter.which_wrong", buttons=buttons, to=here(own))


def label(own: Own, letter: Letter, which: Which) -> Phrase:
    sort, place = which
    if sort == MOMENT:
        return Phrase("button.letter_moment", at=letter.appointments[place].start.replace(tzinfo=own.zone))
    day = letter.deadlines[place]
    return Phrase("button.letter_day", what=Phrase(f"letter.what.{day.what}"), day=day.date)


def right_one(own: Own, known: Known, which: Which) -> Say:
    """What is right is asked; or the date is none at all."""
    now = stamp(known.letter, which)
    own.ask("letterdate", letter=known.id, which=list(which), now=now)
    none = [[Button(Phrase("button.letter_not"), "lnot", (known.id, *which, now))]] if now != "0" else []
    key = "letter.which_date" if which[0] == DAY else "letter.which_moment"
    return Say(key, buttons=none, to=here(own))


@heard("letterdate", within=MEANT)
def date_said(ask: Ask, own: Own) -> Say | list[Say]:
    """A date as its owner reads it. What is no more than a date is taken, and may be taken back; of words
    with a day in them it is asked first. Refusals where they name no day, or one that no letter means."""
    asked = own.answers("letterdate")
    if asked is None:
        raise Refusal("button.old")
    if leaves(ask, own.content):
        own.settle("letterdate")
        return [Say("asking.left")]
    known = own.letters.letter(asked["letter"])
    which, now = which_asked(known, asked), said_at(ask, own)
    said, alone = times_in(ask.words, now=now, language=spoken(ask))
    right = understood(said, known.letter, which or (DAY, 0), now, spoken(ask))
    if alone and which:
        return corrected(own, known, which, right, ask)
    place: dict[str, Any] = {"which": list(which), "now": stamp(known.letter, which)} if which else {}
    own.ask("letterdate", letter=known.id, said=said, right=right.isoformat(), **place)
    if alone:
        return which_one(own, known)
    return Say("letter.is_it", buttons=[[Button(right_label(right), "lright", (known.id,))]], to=here(own))


def which_asked(known: Known, asked: Mapping[str, Any]) -> Which | None:
    """The date that words are about; None where there are several. Refusal ``button.old`` for one that is
    another by now."""
    if "which" in asked:
        which = (str(asked["which"][0]), int(asked["which"][1]))
        if asked["now"] != stamp(known.letter, which):
            raise Refusal("button.old")
        return which
    there = dates_of(known.letter)
    return [*there, (DAY, 0)][0] if len(there) < 2 else None


def times_in(words: str, *, now: datetime, language: str | None) -> tuple[str, bool]:
    """The pieces of words that say when, and whether those are one day and nothing else was said."""
    times = read_times(words, now=now, language=language)
    said = " ".join(
        words[begin:end] for begin, end in sorted({span for time in times for span in time.spans})
    )
    rest = "".join(filter(str.isalnum, cut_times(words, times)))
    return said, len(rest) <= SHORT and len({day_of(time) for time in times}) == 1


def right_label(right: Right) -> Phrase:
    if isinstance(right, datetime):
        return Phrase("button.letter_right_moment", at=right)
    return Phrase("button.letter_right", day=right, year=str(right.year))


@press("lright")
def date_meant(ask: Ask, own: Own) -> Say | list[Say]:
    """Yes, the day in what was said is the right one; which date it is put in place of may still be asked."""
    asked = own.answers("letterdate") or {}
    if asked.get("letter") != number(ask) or "right" not in asked:
        raise Refusal("button.old")
    known = own.letters.letter(asked["letter"])
    which = which_asked(known, asked)
    if which is None:
        return which_one(own, known)
    kept = asked["right"]
    moment = datetime.fromisoformat(kept) if "T" in kept else None
    right = moment.astimezone(own.zone) if moment else date.fromisoformat(kept)
    return corrected(own, known, which, right, ask)


def understood(words: str, letter: Letter, which: Which, now: datetime, language: str | None) -> Right:
    """The day or moment that is meant. Refusals ``when.unclear``, ``when.impossible``, ``when.too_far``,
    ``letter.which_moment``, and ``letter.long_past`` for what no letter means any more."""
    if which[0] == DAY:
        right: Right = near_enough(day_in(words, now=now, language=language), now)
    else:
        before = letter.appointments[which[1]].start.replace(tzinfo=now.tzinfo)
        right = moment_said(words, before, now, language)
    day = right.date() if isinstance(right, datetime) else right
    if day < now.date() - PAST:
        raise Refusal("letter.long_past", day=day, year=str(day.year))
    return right


def forget_asked(own: Own) -> None:
    """What was asked about a letter, and answered in words, goes with the letter."""
    asked = own.answers("letterdate")
    if asked is None:
        return
    try:
        own.letters.letter(asked["letter"])
    except Refusal:
        own.settle("letterdate")


def said_at(ask: Ask, own: Own) -> datetime:
    """The moment by which words such as "tomorrow" are meant."""
    return (ask.now if ask.press else ask.sent).astimezone(own.zone)


def moment_said(words: str, before: datetime, now: datetime, language: str | None) -> datetime:
    """The moment that is meant: with an hour alone the day stays, with a day alone the hour. Refusals
    ``letter.which_moment``, ``when.unclear``, ``when.impossible``, ``when.too_far``."""
    that_day = datetime.combine(before.date(), time(), before.tzinfo)
    found = moments_in(words, now=that_day, language=language)
    if not (found.at and found.at.date() == before.date()):
        found = moments_in(words, now=now, language=language)
    if found.at:
        return found.at
    if found.day is None or found.choices:
        raise Refusal("letter.which_moment")
    return datetime.combine(found.day, before.time(), before.tzinfo)
