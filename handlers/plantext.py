"""The plan in words: as text for whoever is not on Telegram, and the parts that the group writes itself."""

from __future__ import annotations

from datetime import timedelta

from bot.document.paper import languages_of, pages, texts_in
from bot.domain.tasks import names
from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Toast
from bot.routes import heard, press
from bot.store.room import Room
from handlers.asking import picked
from handlers.lists import bring, listed, where_we_are
from handlers.people import card_line
from handlers.safety import harmless

AHEAD = timedelta(days=14)
MOST_LINES = 12
LONGEST = 1000
"""Characters of one part; longer is not read, and one message holds it with what stands around it."""


# as text


@press("plantext")
def text_pressed(ask: Ask, room: Room) -> list[Say]:
    return as_text(ask, room)


def as_text(ask: Ask, room: Room) -> list[Say]:
    """The coming two weeks and whom to call, a message in each of the room's languages to pass on."""
    said = []
    for language in languages_of(texts_in(room.zone), room.languages, "plantext.title"):
        to = Audience(ask.chat, (language,), ask.private, room.id)
        said.append(
            Say(
                "plantext.title",
                name=room.row.newcomer_name,
                municipality=room.row.municipality,
                day=room.today,
                lines=coming(room),
                to=to,
            )
        )
    return [*said, Say("plantext.hint", buttons=[[Button(Phrase("button.as_file"), "planfile")]])]


@press("tasktext")
def appointment_pressed(ask: Ask, room: Room) -> list[Say]:
    """One appointment to pass on: what, when, who goes and what to bring, in each of the room's languages."""
    task = picked(ask, room)
    reader = ask.member if ask.private else None
    if task.at is None or task.hidden_from(reader):
        raise Refusal("button.old")
    lines = [Phrase("when.go", who=names(task.who))] if task.who else []
    if task.spec and task.spec.bring.nl:
        lines.append(Phrase("task.bring", things=bring(task)))
    languages = languages_of(texts_in(room.zone), room.languages, "plantext.appointment")
    return [
        Say(
            "plantext.appointment",
            task=task.title_for(reader),
            at=task.at,
            lines=lines,
            to=Audience(ask.chat, (language,), ask.private, room.id),
        )
        for language in languages
    ]


def coming(room: Room) -> list[Phrase]:
    """What is planned, taken and free in two weeks, as the group may read it, and the contact cards."""
    tasks = [task for task in room.upcoming(ahead=AHEAD) if not (task.private and not task.shared)]
    planned = [task for task in tasks if task.at]
    taken = [task for task in tasks if task.who and task not in planned]
    rest = [task for task in tasks if task not in planned and task not in taken and not task.followed]
    free = [task for task in rest if not room.waits_for(task) and not task.theirs_alone]
    lines: list[Phrase] = [where_we_are(room)]
    for key, its in (("planned", planned), ("taken", taken), ("free", free)):
        if its:
            lines += [Phrase(f"plantext.{key}"), *listed(room, its[:MOST_LINES], None)]
            if len(its) > MOST_LINES:
                lines.append(Phrase("board.more", n=len(its) - MOST_LINES))
    filled = [card for card in room.cards if card.name]
    if filled:
        lines += [Phrase("plantext.cards"), *(card_line(room, card) for card in filled)]
    return lines


# the parts that the group writes


@press("planedit")
def edit_pressed(ask: Ask, room: Room) -> Say:
    return sections(room)


def sections(room: Room) -> Say:
    """The parts as buttons, those with words in them ticked."""
    row = []
    for section in pages().sections:
        title = Phrase(f"section.{section.key}.title")
        label = Phrase("button.chosen", it=title) if room.row.agreements.get(section.key) else title
        row.append(Button(label, "section", (section.key,)))
    return Say("section.list", buttons=[row[i : i + 2] for i in range(0, len(row), 2)])


@press("section")
def one_section(ask: Ask, room: Room) -> Say | list[Say | Toast]:
    """What a part says now; the next words in private become what it says."""
    assert ask.press
    key = known(ask.press.word(0))
    own = Audience(ask.person.telegram, ask.person.chat.languages, private=True, room=room.id)
    if not ask.private and not ask.person.reachable:
        return [Toast("section.open_private", link="hello")]
    room.ask(ask.person, "section", section=key)
    now = room.row.agreements.get(key)
    buttons = [Button(Phrase("button.section_keep"), "sectkeep")]
    if now:
        buttons.append(Button(Phrase("button.section_empty"), "sectempty", (key,)))
    said = Say(
        "section.head",
        section=title_of(key),
        lines=[
            *([Phrase("section.now", words=now)] if now else []),
            Phrase("section.write", ask=Phrase(f"section.{key}.ask")),
        ],
        buttons=[buttons],
        to=own,
    )
    return said if ask.private else [Toast("section.in_private"), said]


@heard("section")
def written(ask: Ask, room: Room) -> list[Say]:
    """New words for a part. Refusals of ``harmless``; the question then stays open."""
    key = known(room.answers(ask.person, "section").get("section"))
    harmless(ask.words, LONGEST)
    # The check reads one line; what is kept has the writer's own lines.
    words = "\n".join(" ".join(line.split()) for line in ask.words.strip().splitlines() if line.strip())
    return changed(ask, room, key, words)


@press("sectempty")
def emptied(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    return changed(ask, room, known(ask.press.word(0)), "")


@press("sectkeep")
def kept(ask: Ask, room: Room) -> Say:
    room.settle_questions(ask.person, "section")
    return sections(room)


def changed(ask: Ask, room: Room, key: str, words: str) -> list[Say]:
    """Keep the words of a part, and tell the group who changed it."""
    room.settle_questions(ask.person, "section")
    more = [[Button(Phrase("button.section_more"), "planedit"), Button(Phrase("button.pdf"), "planpdf")]]
    if words == room.row.agreements.get(key, ""):
        return [Say("section.same", buttons=more)]
    rest = {name: text for name, text in room.row.agreements.items() if name != key}
    # A new dict: SQLAlchemy does not see into the old one.
    room.row.agreements = {**rest, key: words} if words else rest
    if words:
        said = [Say("section.kept", section=title_of(key), words=words, buttons=more)]
    else:
        said = [Say("section.emptied", section=title_of(key), buttons=more)]
    if room.chat:
        who = ask.member.name if ask.member else ask.person.name
        said.append(Say("section.changed", who=who, section=title_of(key), to=room.chat))
    return said


def title_of(key: str) -> Phrase:
    return Phrase(f"section.{key}.title")


def known(key: object) -> str:
    """A part that the plan still has. Refusal ``button.old`` for any other."""
    if key not in [section.key for section in pages().sections]:
        raise Refusal("button.old")
    return str(key)
