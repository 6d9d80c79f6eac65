"""A letter's one message: what it says, whom to ask, and what its owner may do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.words import Ask, Audience, Button, Phrase, Refusal, Say, Words
from bot.letters.explain import explained, foreign, looks_like_one, nearest, organisation_of, words_of
from bot.letters.kinds import kinds
from bot.letters.letter import Letter
from bot.store.explained import slot_of
from bot.store.letters import Known
from bot.store.programme import Own
from bot.store.room import Room
from handlers.asking import acting


def explanation(own: Own, one: Known) -> Say:
    """The one message about a letter, with what may be done about it."""
    slot = slot_of(one.id)  # by which all that was said of it can be taken out of the chat
    if foreign(one.letter):
        photo = [button("keep", one), button("erase", one)]
        return Say(
            "letter.not_dutch", to=here(own), buttons=[[button("wrong", one)], photo], slot=slot, fresh=True
        )
    first, *lines = said(own, one.letter)
    return Say(
        first.key,
        to=here(own),
        lines=lines,
        buttons=actions(own, one),
        whole="letter.no_language",
        slot=slot,
        fresh=True,
        **first.args,
    )


def said(own: Own, letter: Letter) -> list[Phrase]:
    """The explanation's lines; whom to ask is the room's own contact person where their card is filled in."""
    today = own.now.astimezone(own.zone).date()
    them = whom(own.rooms(), letter)
    return explained(letter, today, own.content.organisations, them, saying=False)


def said_in(room: Room, letter: Letter) -> list[Phrase]:
    """The same, for others of the room."""
    them = whom([room], letter)
    return explained(letter, room.today, room.content.organisations, them, saying=False)


def whom(rooms: Sequence[Room], letter: Letter) -> Phrase | None:
    """The contact person whom a letter leads to: by its organisation, else by what it is about; where it
    leads nowhere, who is asked about any letter."""
    wanted, kind = organisation_of(letter), letter.certain
    named = [card for room in rooms for card in room.cards if card.name]
    cards = [card for card in named if card.organisation == wanted]
    cards = cards or [card for card in named if kind and kind.area in card.areas]
    if not named or not (cards or not wanted):
        return None
    known = rooms[0].content.organisations
    if not cards:
        cards = [card for card in named if known[card.organisation].letters]
        cards.sort(key=lambda card: known[card.organisation].letters)
    if not cards:
        return None
    organisation = known[cards[0].organisation]
    name = Words(f"organisation.{organisation.key}", {"nl": organisation.name.nl, "en": organisation.name.en})
    reached = cards[0].phone or cards[0].mail
    key = "letter.ask_person" if reached else "letter.ask_name"
    return Phrase(key, name=cards[0].name, organisation=name, **({"reached": reached} if reached else {}))


def here(own: Own) -> Audience:
    """Their own chat; the buttons carry their room, where they are in one."""
    chat, rooms = own.chat, own.rooms()
    return replace(chat, room=rooms[0].id) if len(rooms) == 1 else chat


def actions(own: Own, one: Known) -> list[list[Button]]:
    """What its owner may do: nothing at all happens by itself. Where the kind is not sure, first say it."""
    letter = one.letter
    photo = [button("keep", one), button("erase", one)]
    if letter.kind == "phishing" or not (letter.known or looks_like_one(letter)):
        return [[button("wrong", one)], photo]
    newcomer = "newcomer" in own.roles()
    says = letter.certain is not None and bool(letter.certain.say)
    return [
        *([kind_button(one.id, kind.key, "button.letter_is")] for kind in nearest(letter)),
        [button("mine", one), button("task", one)],
        [*([button("along", one)] if newcomer else []), button("share", one), button("with", one)],
        [*([button("say", one)] if says else []), button("wrong", one)],
        photo,
    ]


def button(what: str, one: Known) -> Button:
    return Button(Phrase(f"button.letter_{what}"), f"l{what}", (one.id,))


def kind_button(letter: int, key: str, phrase: str = "same") -> Button:
    """Says what a letter is; ``phrase`` has the kind's name in ``it``."""
    return Button(Phrase(phrase, it=words_of(kinds()[key], "name")), "lkind", (letter, key))


def photo_buttons(errand: int) -> list[list[Button]]:
    """What may be done with what was sent where no letter came of it."""
    return kept_or_erased("lkeepsent", "lerasesent", errand)


def unread_buttons(name: str) -> list[list[Button]]:
    """The same of what was not read at all."""
    return kept_or_erased("lkeepunread", "leraseunread", name)


def kept_or_erased(keep: str, erase: str, which: int | str) -> list[list[Button]]:
    return [
        [
            Button(Phrase("button.letter_keep"), keep, (which,)),
            Button(Phrase("button.letter_erase"), erase, (which,)),
        ]
    ]


def name(letter: Letter) -> Words | Phrase:
    """What a letter is called in a list; "perhaps" where that is not sure."""
    if letter.known is None:
        return Phrase("letter.other")
    words = words_of(letter.known, "name")
    return words if letter.certain else Phrase("letter.perhaps", letter=words)


def number(ask: Ask) -> int:
    """The letter of the pressed button."""
    if ask.press is None:
        raise Refusal("button.old")
    return ask.press.number(0)


def sent_by(ask: Ask, room: Room) -> Known:
    """The letter of the pressed button. Refusal ``letter.gone``."""
    acting(ask)
    return room.letters(ask.person).letter(number(ask))
