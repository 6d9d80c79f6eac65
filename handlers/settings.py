"""How much somebody wants to hear, and where help is."""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.people import REMINDERS
from bot.domain.reminders import asked_no_more
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import command, heard, press
from bot.store.programme import Own, Programme
from bot.store.replied import asked_in
from handlers.asking import means
from handlers.start import CHANGE, at_home, choosing, hint_buttons
from handlers.unanswered import MEANT, asked_again, of_moment


@command("settings", where="private", free=True)
def settings(ask: Ask, own: Own) -> Say:
    return shown(own, fresh=True)


def shown(own: Own, *, fresh: bool = False) -> Say:
    buttons = [[Button(chosen(level, own.person.reminders), "hear", (level,))] for level in REMINDERS]
    return Say("settings.title", buttons=buttons, slot="settings", fresh=fresh)


def chosen(level: str, now: str) -> Phrase:
    words = Phrase(f"settings.{level}")
    return Phrase("button.chosen", it=words) if level == now else words


@press("hear", free=True)
def choose(ask: Ask, own: Own) -> Say:
    assert ask.press
    if ask.press.word(0) not in REMINDERS or own.person.id is None:
        raise Refusal("button.old")
    own.person.reminders = ask.press.word(0)
    return shown(own)


@command("privacy", free=True)
def privacy(ask: Ask, own: Own) -> Say:
    to = choosing(own) if ask.private else None
    return Say("privacy.kept", lines=[Phrase("privacy.letters")], to=to, buttons=[CHANGE] if to else [])


@command("help", where="private", free=True)
def help_(ask: Ask, own: Own) -> Say:
    return helped(own)


@press("help", free=True)
def help_pressed(ask: Ask, own: Own) -> Say:
    return helped(own)


def helped(own: Own) -> Say:
    """What this person can do, in each of their roles, and what to do in danger."""
    roles = own.roles()
    has = {
        "owner": own.person.owner,
        "coordinator": own.person.coordinator,
        "newcomer": "newcomer" in roles,
        "member": bool(roles - {"newcomer"}),
    }
    first, *others = [role for role, held in has.items() if held] or ["stranger"]
    more = [f"help.{role}" for role in others] + (["help.letter"] if roles else [])
    return Say(f"help.{first}", lines=[*map(Phrase, more), Phrase("help.danger")])


@heard("", free=True)
def unasked_words(ask: Ask, programme: Programme) -> list[Say]:
    """Words in private that answer no question: a plain yes or no to a moment; a "no" to what was asked
    unasked; what a newcomer was asked by buttons, once more; else what can be done from here. A "no" to one
    question answers no other, and one that replies to nothing answers what was asked last."""
    person = programme.person
    if person.id is None:
        return at_home(programme)
    if said := of_moment(ask, programme):
        return said
    hint = Say("private.hint", buttons=hint_buttons(programme))
    if not means(ask.words, programme.content.phrases.no):
        return asked_again(ask, programme) or [hint]
    about = asked_in(person, ask.chat, ask.reply_to)
    if about.tasks and not about.moment:
        return [Say("asking.stopped") if stops_asking(programme, about.tasks) else hint]
    if ask.reply_to is None and lately_asked(programme) and stops_asking(programme, {person.nudged_task}):
        return [Say("asking.stopped")]
    return asked_again(ask, programme) or [hint]


def lately_asked(own: Own) -> bool:
    """Whether words may still be about what this person was asked last."""
    asked = own.person.nudged_on
    return asked is not None and own.now.astimezone(own.zone).date() - asked <= MEANT


def stops_asking(own: Own, about: Collection[int | None]) -> bool:
    """What this person was asked about these tasks is not asked again. False where none of it was open."""
    ended = [
        asked_no_more(task, member)
        for room in own.rooms()
        if (member := room.member_of(own.person.id))
        for task in room.open_tasks
        if task.id in about
    ]
    if own.person.nudged_task in about:
        own.person.nudged_task = None
    return any(ended)
