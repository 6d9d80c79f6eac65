"""The words that pass through the house: what came in, what goes out, and why not.

Nothing here knows Telegram, a database or a language. Moments are aware datetimes in UTC,
days are calendar dates in the room's zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LANGUAGES = ("nl", "en", "ar", "fa", "ti", "tr", "fr", "uk")
"""ISO 639-1 codes of the interface, Dutch first; ``fa`` covers Dari."""

RIGHT_TO_LEFT = frozenset({"ar", "fa"})


@dataclass(frozen=True)
class Words:
    """A text that content knows in several languages, such as a task's title.

    ``key`` is the phrase key under which locales may hold further languages.
    """

    key: str
    texts: Mapping[str, str]


class Phrase:
    """A phrase key and its arguments; arguments may be phrases, ``Words``, dates, numbers, strings."""

    def __init__(self, key: str, /, **args: Any) -> None:
        self.key = key
        self.args = args

    def __repr__(self) -> str:
        inside = "".join(f", {name}={value!r}" for name, value in self.args.items())
        return f"{type(self).__name__}({self.key!r}{inside})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and (self.key, self.args) == (other.key, other.args)

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class Joined:
    """Several arguments in one place, put together by ``separator`` in the reader's language."""

    items: tuple[Any, ...]
    separator: str = ", "


@dataclass(frozen=True)
class Link:
    """A link that opens a chat with the bot carrying ``start``; ``group:WORD`` adds it to a group."""

    start: str


@dataclass(frozen=True)
class Audience:
    """Who reads: one chat, and the languages it reads, first language first.

    ``private`` is True for one person's own chat with the bot, where ``chat`` is their Telegram id.
    """

    chat: int
    languages: tuple[str, ...]
    private: bool
    room: int | None = None


@dataclass(frozen=True)
class Button:
    """One button: its words, and what pressing it asks for (or the link it opens).

    ``only`` is the Telegram id of the one person who may press it; None: anybody in the chat.
    ``args`` hold short strings and whole numbers, because the wire has 64 bytes for all of it.
    """

    label: Phrase | str
    press: str = ""
    args: tuple[str | int, ...] = ()
    url: str = ""
    only: int | None = None


@dataclass(frozen=True)
class Document:
    """A file that goes out: name, media type and bytes; or a ``recipe`` (plain JSON) by which the
    bytes are made only when it leaves, so that no transaction waits for them."""

    name: str
    media_type: str
    content: bytes = b""
    recipe: Mapping[str, Any] | None = None


class Say(Phrase):
    """What goes out: a phrase to an audience, with further lines, buttons, a file, or a slot.

    ``to`` None answers where the Ask came from. A ``slot`` names the one message in that chat
    that this text replaces (board, question); without one a new message is sent. ``fresh`` sends a
    new one all the same, and the slot follows it: somebody asked to see it now. ``pin`` keeps it in
    sight where the bot may; ``leave`` takes the bot out of the chat after these words.
    ``look_for`` says nothing at all, but asks whether that account is still in the chat; nor does
    ``erase``, which takes messages of theirs out of a private chat, or ``clear``, which takes out the one
    that its slot shows.
    ``critical`` phrases carry a draft mark and Dutch and English beneath where a translation
    has not been reviewed by a native speaker.
    What is ``whole`` is never partly in another language: where a reader's has not all of its words, those
    that content brings included, the phrase of that key says so and Dutch and English follow.
    """

    def __init__(
        self,
        key: str,
        /,
        *,
        to: Audience | None = None,
        lines: Sequence[Phrase] = (),
        buttons: Sequence[Sequence[Button]] = (),
        document: Document | None = None,
        slot: str = "",
        fresh: bool = False,
        pin: bool = False,
        leave: bool = False,
        look_for: int | None = None,
        erase: Sequence[int] = (),
        clear: bool = False,
        whole: str = "",
        **args: Any,
    ) -> None:
        super().__init__(key, **args)
        self.to = to
        self.whole = whole
        self.leave = leave
        self.look_for = look_for
        self.erase = tuple(erase)
        self.clear = clear
        self.lines = tuple(lines)
        self.buttons = tuple(tuple(row) for row in buttons)
        self.document = document
        self.slot = slot
        self.fresh = fresh
        self.pin = pin


class Toast(Phrase):
    """The short answer to a button press: at most 200 characters, shown once, never sent again.

    ``link`` opens a chat with the bot instead, carrying that start word.
    """

    def __init__(self, key: str, /, *, link: str = "", **args: Any) -> None:
        super().__init__(key, **args)
        self.link = link


class Refusal(Exception):
    """Why not: a phrase key and its arguments; the Desk turns it into words for the asker.

    With a ``link`` a press opens the private chat with that start word instead of a message.
    """

    def __init__(
        self, key: str, /, *, buttons: Sequence[Sequence[Button]] = (), link: str = "", **args: Any
    ) -> None:
        super().__init__(key)
        self.phrase = Phrase(key, **args)
        self.buttons = tuple(tuple(row) for row in buttons)
        self.link = link


@dataclass(frozen=True)
class Sender:
    """A Telegram account: id, the name it shows, and the language its app runs in (may be None)."""

    id: int
    name: str
    language: str | None = None


@dataclass(frozen=True)
class Press:
    """A button that was pressed: its name, its arguments, and the query to answer."""

    name: str
    args: tuple[str, ...]
    query: str

    def word(self, place: int) -> str:
        """An argument; Refusal ``button.old`` where an older version's button has none there."""
        if place >= len(self.args):
            raise Refusal("button.old")
        return self.args[place]

    def number(self, place: int) -> int:
        """An argument that is a whole number; Refusal ``button.old`` where it is none."""
        if not self.word(place).isdecimal():
            raise Refusal("button.old")
        return int(self.word(place))


@dataclass(frozen=True)
class Event:
    """Something that happened in a chat: ``joined``, ``left``, ``bot_added``, ``bot_removed``,
    ``moved`` (args: the new chat id), ``blocked`` or ``unblocked`` (a private chat)."""

    name: str
    people: tuple[Sender, ...] = ()
    chat: int | None = None


@dataclass(frozen=True)
class Due:
    """A moment that was written down earlier and has come: what it is about, and its arguments."""

    what: str
    args: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True)
class File:
    """A picture or document that somebody sent: how Telegram finds it again, what it is called, its bytes.
    ``album`` is the same for all that were sent together; "" for one sent alone."""

    id: str
    name: str
    size: int
    album: str = ""


@dataclass(frozen=True)
class Ask:
    """What came in. Exactly one of command, press, event, due is set, or none of them for plain words.

    ``chat`` is the chat it came from (for a Due: the chat it is for), ``message`` the message's id,
    ``reply_to`` the id of the bot's message it replies to. ``sent`` is the message's own date,
    ``now`` the moment it is handled; both aware, UTC. ``member`` and ``person`` are filled in by
    the Desk from the scope. ``file`` comes with its caption as words; ``forwarded`` words are somebody
    else's.
    """

    chat: int
    private: bool
    sent: datetime
    now: datetime
    sender: Sender | None = None
    message: int | None = None
    reply_to: int | None = None
    command: str | None = None
    words: str = ""
    press: Press | None = None
    event: Event | None = None
    due: Due | None = None
    file: File | None = None
    forwarded: bool = False
    person: Any = None
    member: Any = None
