"""Letters: taken in privately, read beside everything else, explained to whoever sent them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.words import Ask, Button, Joined, Phrase, Refusal, Say
from bot.letters.letter import Letter
from bot.letters.messages import addresses_reader, is_chat, says_enough, without_stamp
from bot.redaction import secrets_in
from bot.routes import command, due, heard, press
from bot.store.explained import pile_slot
from bot.store.letters import Known
from bot.store.programme import Own, Programme
from bot.understanding.danger import in_danger
from handlers.explanations import explanation, here, name, number, photo_buttons, unread_buttons
from handlers.letterdates import forget_asked

WEEK = timedelta(days=7)
URGENT = 3


@command("letter", masks=True)
def letter(ask: Ask, own: Own) -> list[Say]:
    """How to send one; with words, they are one. In a group no letter is read: others see it there."""
    if not ask.private:
        return [not_here(ask)]
    if not (ask.file or ask.words.strip()):
        allowed(own)
        return [Say("letter.send")]
    if not (ask.file or says_enough(ask.words) or in_danger(ask.words)):
        return [Say("letter.none")]
    return answered(ask, own)


@heard("letter", masks=True)
def sent(ask: Ask, own: Own) -> list[Say]:
    """A photo, a document, a text that reads like a letter, or something forwarded."""
    return answered(ask, own) if ask.private else [not_here(ask)]


def answered(ask: Ask, own: Own) -> list[Say]:
    """Whoever writes that they are in danger, be it under a picture, reads first where help is, and nothing
    else unless there is a letter to read."""
    warned = [Say("help.danger")] if in_danger(ask.words) else []
    if warned and not (ask.file or addresses_reader(ask.words)):
        return warned
    secret = [Say("words.secret")] if ask.file and secrets_in(ask.words) else []
    return [*warned, *secret, *taken(ask, own)]


def not_here(ask: Ask) -> Say:
    """In a group a letter is neither read nor kept: others see it there."""
    private = Button(Phrase("button.private"), url="do-letter")
    return Say("letter.group_text" if ask.words and not ask.file else "letter.group", buttons=[[private]])


def allowed(own: Own) -> None:
    """Letters are read for whoever is in a group; for a newcomer once they said yes to the bot. Refusals
    ``room.none``, ``consent.first``."""
    rooms = own.rooms()
    if not rooms:
        raise Refusal("room.none")
    members = [member for room in rooms if (member := room.member_of(own.person.id))]
    if members and not any(member.agreed for member in members):
        raise Refusal("consent.first", buttons=[[Button(Phrase("button.consent"), "consent")]])


def taken(ask: Ask, own: Own) -> list[Say]:
    """Written down, and answered at once: reading takes a while. An album is answered once."""
    assert ask.message is not None
    try:
        allowed(own)
        if not ask.file and is_chat(ask.words):
            raise Refusal("letter.chat")
        words = "" if ask.file else without_stamp(ask.words)
        errand, new = own.letters.take(ask.message, ask.file, words)
    except Refusal as why:
        return [unread(ask, own, why)]
    return [Say("letter.reading", slot=slot(errand))] if new else []


def unread(ask: Ask, own: Own, why: Refusal) -> Say:
    """Said, not raised: what was sent goes out of the chat as what was read does."""
    assert ask.message is not None
    album = ask.file.album if ask.file else ""
    photo = unread_buttons(own.letters.drop_unread(ask.message, album))
    return Say(
        why.phrase.key,
        lines=[Phrase("letter.unread")],
        buttons=[*why.buttons, *photo],
        slot=f"letters-{album}" if album else "",
        **why.phrase.args,
    )


def slot(errand: int) -> str:
    return f"letter-{errand}"


# what comes back


@due("letter.read")
def read(ask: Ask, own: Own) -> list[Say]:
    """What was sent has been read: one letter is explained, several become a list."""
    assert ask.due
    told, letters = ask.due.args, own.letters
    known = [one for one in letters.sent_together(told["errand"]) if one.id in told["letters"]]
    lost = lost_pages(told["lost"], len(known), photo_buttons(told["errand"]))
    said = [Say("letter.reading", slot=slot(told["errand"]), clear=True), *lost]
    if len(known) > 1:
        return [*said, pile(own, known)]
    return [*said, *(explanation(own, one) for one in known)]


@due("letter.failed")
def failed(ask: Ask, own: Own) -> list[Say]:
    assert ask.due
    errand = ask.due.args["errand"]
    return [Say("letter.failed", mark=ask.due.args["mark"], slot=slot(errand), buttons=photo_buttons(errand))]


def lost_pages(
    lost: Sequence[Sequence[int | str]], read_too: int, photo: Sequence[Sequence[Button]] = ()
) -> list[Say]:
    """What could not be read, and what would help; where nothing was, what may be done with the photo."""
    if len(lost) == 1 and not read_too:
        return [Say(f"letter.unreadable.{lost[0][1]}", buttons=photo)]
    last = len(lost) - 1
    return [
        lost_page(*one, photo=() if read_too or place < last else photo) for place, one in enumerate(lost)
    ]


def lost_page(
    page: int | str, why: int | str, inside: int | str = "", *, photo: Sequence[Sequence[Button]] = ()
) -> Say:
    """One page of an album or a file; or, where several files were sent, a page ``inside`` one of them."""
    reason = Phrase(f"letter.unreadable.{why}")
    if inside:
        return Say("letter.page_lost_in", file=page, page=inside, why=reason, buttons=photo)
    return Say("letter.page_lost", page=page, why=reason, buttons=photo)


# a pile


def pile(own: Own, known: Sequence[Known]) -> Say:
    """Several letters as one list: what is for this week, by date, what is only to keep."""
    today = own.now.astimezone(own.zone).date()
    dated = [(next_day(one.letter, today), one) for one in known]
    soon = sorted((pair for pair in dated if this_week(*pair, today)), key=by_day)
    later = sorted((pair for pair in dated if pair[0] and pair[0] > today + WEEK), key=by_day)
    parts = {"week": soon, "dated": later, "keep": [pair for pair in dated if pair not in soon + later]}
    order = [one for group in parts.values() for _, one in group]
    lines = []
    for part, group in parts.items():
        lines += [Phrase(f"letter.pile_{part}")] if group else []
        lines += [pile_line(order.index(one) + 1, day, one, today) for day, one in group]
    buttons = [
        [Button(Phrase("button.letter_n", number=n, letter=name(one.letter)), "lshow", (one.id,))]
        for n, one in enumerate(order, 1)
    ]
    slot = pile_slot(known[0].errand)
    return Say("letter.pile", n=len(known), lines=lines, buttons=buttons, to=here(own), slot=slot)


def by_day(pair: tuple[date | None, Known]) -> date:
    return pair[0] or date.max


def this_week(day: date | None, one: Known, today: date) -> bool:
    """Whether a letter cannot wait: its day is near or missed, or it is urgent without saying by when."""
    return day <= today + WEEK if day else one.letter.urgency >= URGENT


def pile_line(number: int, day: date | None, one: Known, today: date) -> Phrase:
    if day is None:
        return Phrase("letter.pile_line", number=number, letter=name(one.letter))
    key = "letter.pile_line_missed" if day < today else "letter.pile_line_on"
    return Phrase(key, number=number, letter=name(one.letter), day=day)


def next_day(letter: Letter, today: date) -> date | None:
    """The next day that asks something; where none is to come, the last day that was missed."""
    days = [one.date for one in letter.deadlines] + [one.start.date() for one in letter.appointments]
    missed = [one.date for one in letter.deadlines if one.date < today and letter.urgency > 1]
    return min((day for day in days if day >= today), default=max(missed, default=None))


@press("lshow")
def shown(ask: Ask, own: Own) -> Say:
    return explanation(own, own.letters.letter(number(ask)))


@due("letter.which")
def which_pages(ask: Ask, own: Own) -> list[Say]:
    """Where pages could be one letter or several, whoever sent them is asked."""
    assert ask.due
    told = ask.due.args
    count, groups = own.letters.pages(told["letter"])
    listed = Joined(tuple(spelled(group) for group in groups))
    as_seen = Phrase("button.letter_groups", n=len(groups), pages=listed)
    ways = [("one", Phrase("button.letter_one")), ("each", Phrase("button.letter_each"))]
    if 1 < len(groups) < count:
        ways.insert(1, ("seen", as_seen))
    buttons = [[Button(label, "lapart", (told["letter"], way))] for way, label in ways]
    return [
        Say("letter.reading", slot=slot(told["errand"]), clear=True),
        Say("letter.which", n=count, buttons=buttons, to=here(own)),
    ]


def spelled(group: Sequence[int]) -> str:
    """Pages as people count them: "1", "2–3"."""
    first, last = group[0] + 1, group[-1] + 1
    return str(first) if first == last else f"{first}–{last}"


@press("lapart")
def taken_apart(ask: Ask, own: Own) -> Say:
    assert ask.press
    letter, way = number(ask), ask.press.word(1)
    count, groups = own.letters.pages(letter)
    pages = list(range(count))
    chosen = {"one": [pages], "each": [[page] for page in pages]}.get(way, groups)
    return Say("letter.reading", slot=slot(own.letters.take_apart(letter, chosen)))


@due("letter.drop")
def dropped(ask: Ask, programme: Programme) -> list[Say]:
    """A day later nothing of it stays here, nor in the chat what its owner did not keep; also where the
    owner has been erased since."""
    assert ask.due
    told = ask.due.args
    gone = programme.letters.forget(told["errand"], [] if told.get("kept") else told["messages"])
    forget_asked(programme)
    return [Say("letter.erased", erase=gone)] if gone else []


@due("erase.unanswered")
def still_there(ask: Ask, programme: Programme) -> None:
    """Nobody knows whether a photo went out of the chat: it is tried again, until there is an answer."""
    assert ask.due
    programme.letters.drop_again(ask.chat, ask.due.args["messages"])
