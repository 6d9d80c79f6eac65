"""The newcomer agrees first: each adult separately, in their own language. Silence is no."""

from __future__ import annotations

from datetime import time, timedelta

from bot.domain import consent
from bot.domain.words import Ask, Button, Phrase, Refusal, Say
from bot.routes import due, heard, press
from bot.store.finding import folded
from bot.store.room import WARN_BEFORE, Room
from bot.store.tables import Member
from bot.texts import COMPLETE
from handlers.leaving import stops

ASK_AT = time(10, 0)
CHOICES = ("yes", "group_only", "neither", "later")


@press("consent", free=True)
def show(ask: Ask, room: Room) -> Say:
    if ask.member is None or not ask.member.newcomer:
        raise Refusal("only.newcomer")
    if ask.member.consent == "unasked":
        ask.member.consent = "asked"
    return question(room, ask.member)


def question(room: Room, member: Member, *, again: bool = False) -> Say:
    """``again``: the same question after arrival, with the reason why it comes once more."""
    buttons = [[Button(Phrase(f"button.consent_{choice}"), "cons", (choice,))] for choice in CHOICES]
    to, words = room.privately(member), Phrase("consent.question")
    if again:
        return Say("consent.again", to=to, lines=[words], buttons=buttons)
    return Say(words.key, to=to, buttons=buttons)


@press("cons", free=True)
def choose(ask: Ask, room: Room) -> list[Say]:
    """A choice. A yes read in a language that no native speaker has checked still needs a person."""
    assert ask.press
    member, choice = ask.member, ask.press.word(0)
    if member is None or not member.newcomer or choice not in CHOICES:
        raise Refusal("only.newcomer")
    language = (member.person.language if member.person else None) or "nl"
    if choice == "yes" and language not in COMPLETE:
        room.ask(ask.person, "explained")
        return [who_explained(room, member)]
    if choice in consent.REFUSED and member.confirmed:
        return [really(room, member, choice)]
    return decide(room, member, choice, language, explained_by=None)


def really(room: Room, member: Member, choice: str) -> Say:
    """A no erases, and erasing cannot be undone: it is asked once whether that was meant."""
    ends = ends_all(room, member)
    buttons = [
        [Button(Phrase("button.erase"), "sure", (choice, int(ends)))],
        [Button(Phrase("button.erase_not"), "unsure")],
    ]
    return Say("consent.ends" if ends else "consent.erases", to=room.privately(member), buttons=buttons)


def ends_all(room: Room, member: Member) -> bool:
    """Whether this newcomer's no ends the group's work with the bot: no other adult said yes."""
    return not any(other is not member and other.agreed for other in room.newcomers)


@press("sure", free=True)
def sure(ask: Ask, room: Room) -> list[Say]:
    """Where more would be erased by now than was asked about, it is asked again."""
    assert ask.press
    member, choice = ask.member, ask.press.word(0)
    if member is None or not member.newcomer or choice not in consent.REFUSED:
        raise Refusal("button.old")
    if ends_all(room, member) and ask.press.word(1) != "1":
        return [really(room, member, choice)]
    language = (member.person.language if member.person else None) or "nl"
    return decide(room, member, choice, language, explained_by=None)


@press("unsure", free=True)
def unsure(ask: Ask, room: Room) -> list[Say]:
    """Nothing is erased; who has not chosen yet reads the question again."""
    if ask.member is None or not ask.member.newcomer:
        raise Refusal("button.old")
    kept = Say("consent.kept", to=room.privately(ask.member))
    return [kept] if ask.member.agreed else [kept, question(room, ask.member)]


def who_explained(room: Room, member: Member) -> Say:
    buttons = [[Button(m.name, "expl", (m.id or 0,))] for m in explainers(room, member)[:8]]
    return Say(
        "consent.who_explained", buttons=[*buttons, [Button(Phrase("button.nobody_yet"), "expl", (0,))]]
    )


def explainers(room: Room, member: Member) -> list[Member]:
    return [m for m in room.members if m is not member and m.name and not m.newcomer]


@heard("explained", free=True)
def explainer_named(ask: Ask, room: Room) -> list[Say]:
    """A name instead of a tap; other words bring the question up again."""
    member = ask.member
    if member is None or not member.newcomer:
        raise Refusal("only.newcomer")
    named = [m for m in explainers(room, member) if folded(m.name) == folded(ask.words)]
    return said_yes(ask, room, member, named[0]) if len(named) == 1 else [who_explained(room, member)]


@press("expl", free=True)
def explained(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    member = ask.member
    if member is None or not member.newcomer:
        raise Refusal("only.newcomer")
    return said_yes(ask, room, member, room.member(ask.press.number(0)))


def said_yes(ask: Ask, room: Room, member: Member, explainer: Member | None) -> list[Say]:
    """A yes counts once a person explained what was read; None: nobody did yet."""
    room.settle_questions(ask.person, "explained")
    if explainer is None:
        said = [Say("consent.wait_for_person")]
        if to := room.coordinator_chat:
            said.append(Say("consent.please_explain", name=member.name, to=to))
        return said
    language = (member.person.language if member.person else None) or "nl"
    return decide(room, member, "yes", language, explained_by=explainer)


def decide(
    room: Room, member: Member, choice: str, language: str, *, explained_by: Member | None
) -> list[Say]:
    """Record a choice and what follows from it."""
    first = not room.agreed
    room.forget_reminder(f"refusal:{member.id}")
    member.consent = consent.yes_on(room.today, room.row.arrival) if choice == "yes" else choice
    member.consent_on, member.consent_language = room.today, language
    member.explained_by = explained_by.id if explained_by else None
    if choice in consent.REFUSED:
        return refused(room, member)
    room.resume()
    here = room.privately(member)
    said = [Say(f"consent.{choice}", to=here)] if here else []
    if choice == "yes":
        ask_later(room, member)
        if first and room.chat:
            said.append(Say("consent.group_yes", name=member.name, to=room.chat))
    return said


def ask_later(room: Room, member: Member) -> None:
    """What follows a yes: the same question again after arrival, or after that the household's facts."""
    if member.consent == "yes_before" and room.row.arrival:
        remind_again(room, member)
    elif member.consent == "yes" and room.row.household is None:
        moment = room.at(room.household_day, ASK_AT)
        room.remind(f"household:{member.id}", moment, "household.ask", member=member.id)


def arrival_changed(room: Room) -> None:
    """Another arrival: which yes it was, and what is asked next, follow it."""
    for member in room.newcomers:
        member.consent = consent.yes_with(member.consent, member.consent_on, room.row.arrival)
        room.forget_reminder(f"consent:{member.id}")
        room.forget_reminder(f"household:{member.id}")
        if member.agreed:
            ask_later(room, member)


def refused(room: Room, member: Member) -> list[Say]:
    """A no. Of an account that was vouched for it is carried out; of another it stops everything, and
    is carried out when the coordinator says who it was, or after a day."""
    if member.confirmed or member.person is None:
        return carried_out(room, member)
    room.forget_letters(member)
    if not room.agreed:
        room.pause()
    moment = room.now + consent.ERASED_AFTER
    room.remind(f"refusal:{member.id}", moment, "consent.refusal", member=member.id)
    said = [Say("consent.stopping", to=room.privately(member))]
    if to := room.coordinator_chat:
        number = (member.id or 0,)
        buttons = [
            [Button(Phrase("button.was_newcomer"), "known", number)],
            [Button(Phrase("button.undo_join"), "out", number)],
        ]
        who = member.person.name
        said.append(Say("consent.refused_by", who=who, name=room.row.newcomer_name, to=to, buttons=buttons))
    return said


@press("known", who=("coordinator",))
def known(ask: Ask, room: Room) -> list[Say]:
    """The coordinator says that this account is the newcomer's. A no that waited erases: asked first."""
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(ask.press.number(0))
    if member is None or not member.newcomer or member.person is None:
        raise Refusal("button.old")
    if member.consent in consent.REFUSED:
        return [really_theirs(room, member)]
    member.confirmed = True
    return [Say("joined.confirmed", who=member.person.name)]


def really_theirs(room: Room, member: Member) -> Say:
    ends, number = ends_all(room, member), member.id or 0
    buttons = [
        [Button(Phrase("button.erase"), "theirno", (number, int(ends)))],
        [Button(Phrase("button.undo_join"), "out", (number,))],
    ]
    return Say("consent.paper_ends" if ends else "consent.paper_erases", name=member.name, buttons=buttons)


@press("theirno", who=("coordinator",))
def their_no(ask: Ask, room: Room) -> list[Say]:
    """The coordinator is sure that it was the newcomer who refused: the no is carried out now."""
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(ask.press.number(0))
    if member is None or member.person is None or member.consent not in consent.REFUSED:
        raise Refusal("button.old")
    if ends_all(room, member) and ask.press.word(1) != "1":
        return [really_theirs(room, member)]
    member.confirmed = True
    return carried_out(room, member)


@due("consent.refusal")
def refusal_due(ask: Ask, room: Room) -> list[Say]:
    """Nobody said that it was somebody else."""
    assert ask.due
    member = room.member(ask.due.args["member"])
    if member is None or member.person is None or member.consent not in consent.REFUSED:
        return []
    return carried_out(room, member)


def carried_out(room: Room, member: Member) -> list[Say]:
    """What is known of them is erased; the bot stops unless another adult agreed."""
    name, to, chat, here = room.row.newcomer_name, room.coordinator_chat, room.chat, room.privately(member)
    said = [Say(f"consent.{member.consent}", to=here)] if here else []
    if not ends_all(room, member):
        return [*said, *without(room, member)]
    if chat:
        said += [*closed_board(room), Say("consent.group_stop", to=chat, leave=True)]
    if to:
        said.append(Say("consent.refused_told", name=name, to=to))
    room.erase()
    return said


def without(room: Room, member: Member) -> list[Say]:
    """One adult of several refused: the group goes on without them; the coordinator alone hears so."""
    choice, day = member.consent, member.consent_on
    said = stops(room, member)
    member.consent, member.consent_on = choice, day
    return said


def remind_again(room: Room, member: Member, *, last: bool = False) -> None:
    assert room.row.arrival
    tomorrow = room.today + timedelta(days=1)
    day = room.today + consent.ASK_ONCE_MORE_AFTER if last else consent.asks_again_on(room.row.arrival)
    again = room.at(max(day, tomorrow), ASK_AT)
    room.remind(f"consent:{member.id}", again, "consent.again", member=member.id, last=last)


@due("consent.again", unasked=True)
def ask_again(ask: Ask, room: Room) -> Say | None:
    """After arrival things look different: the yes from before departure is asked again, and once more
    where there is no answer. It holds until it is answered."""
    assert ask.due
    member, last = room.member(ask.due.args["member"]), bool(ask.due.args.get("last"))
    if member is None or member.left or member.consent != "yes_before" or room.row.arrival is None:
        return None
    if consent.asks_again_on(room.row.arrival) > room.today:
        remind_again(room, member)
        return None
    if not last:
        remind_again(room, member, last=True)
    if member.person is None:
        return ask_on_paper_again(room, member)
    return question(room, member, again=True)


def ask_on_paper_again(room: Room, member: Member) -> Say | None:
    button = Button(Phrase("button.on_paper"), "paper", (member.id or 0,))
    to = room.coordinator_chat
    return Say("consent.paper_again", name=member.name, to=to, buttons=[[button]]) if to else None


# the end of a room


def closed_board(room: Room) -> list[Say]:
    """The board's last words, in its place."""
    return [Say("board.closed", to=room.chat, slot="board")] if room.slot("board") else []


@due("room.warn", unasked=True)
def warn(ask: Ask, room: Room) -> list[Say]:
    """Two weeks before everything is erased: each member reads it in private."""
    if room.end_day - room.today > WARN_BEFORE:
        room.plan_end()
        return []
    own = [(m, room.privately(m)) for m in room.members if m.reachable]
    runs = room.coordinator_chat
    to = [chat for member, chat in own if member.person_id != room.row.coordinator_id]
    name = room.row.newcomer_name
    return [
        Say("room.ends", name=name, day=room.end_day, to=chat)
        for chat in (*to, *([runs] if runs else []))
        if chat
    ]


@due("room.end")
def end(ask: Ask, room: Room) -> list[Say]:
    """A month after its year the room is closed and erased."""
    if room.end_day > room.today:
        room.plan_end()
        return []
    said = [*closed_board(room), Say("room.ended", to=room.chat, leave=True)] if room.chat else []
    if to := room.coordinator_chat:
        said.append(Say("room.ended_told", name=room.row.newcomer_name, to=to))
    room.erase()
    return said
