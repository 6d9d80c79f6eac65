"""How much somebody wants to hear, and where help is."""

from __future__ import annotations

from bot.domain.people import REMINDERS
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import command, heard, press
from bot.store.programme import Own, Programme
from handlers.asking import means
from handlers.start import CHANGE, at_home, choosing, hint_buttons
from handlers.unanswered import MEANT, asked_again


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
    """Words in private that answer no question: a "no" to what was asked unasked; what a newcomer was
    asked by buttons, once more; else what can be done from here."""
    if programme.person.id is None:
        return at_home(programme)
    if means(ask.words, programme.content.phrases.no) and stops_asking(programme):
        return [Say("asking.stopped")]
    return asked_again(ask, programme) or [Say("private.hint", buttons=hint_buttons(programme))]


def stops_asking(own: Own) -> bool:
    """The task that this person was last asked about is not raised again. False where nothing was."""
    person = own.person
    if person.nudged_task is None:
        return False
    for room in own.rooms():
        lately = person.nudged_on is not None and room.today - person.nudged_on <= MEANT
        task = next((t for t in room.open_tasks if t.id == person.nudged_task), None)
        if task and lately:
            task.quiet, person.nudged_task = True, None
            return True
    return False
