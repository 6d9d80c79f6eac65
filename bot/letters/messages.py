"""What somebody typed or pasted, before it is read: a sender's short message, a chat, another language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.content import ROOT, Part, the_file
from bot.letters.cues import Ways
from bot.letters.text import SALUTATION

FEWEST, LINES = 5, 2
"""Words of the shortest message that says anything; lines of a chat from which on it is one."""
ENOUGH = 15
"""Words of which the language can be told."""
FACTS = 2
"""How much must be in a message by which nobody is addressed formally."""

_day = r"\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}"
_hour = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[ \u202f]?[apAP]\.?[mM]\.?)?"
_chat_line = re.compile(
    rf"^[\u200e\u200f\ufeff]*(?:"
    rf"\[(?:{_day},? ?)?{_hour}(?:,? {_day})?\] ?(?P<a>[^:\n]{{1,40}}):"
    rf"|{_day},? {_hour} [-–] (?P<b>[^:\n]{{1,40}}):"
    rf"|(?P<c>[^,\n]{{1,40}}), \[{_day},? {_hour}\]:?"
    r")[ \t]*",
    re.MULTILINE,
)
"""How a message begins in a chat that was copied or exported: WhatsApp on an iPhone, on Android, Telegram."""


class Sender(Part):
    formal: Ways
    named: Ways
    matter: Ways
    fact: Ways
    own: Ways
    bait: Ways


class Mention(Part):
    letter: Ways


class Language(Part):
    dutch: Ways
    other: Ways


class MessageWords(Part):
    """By section, as ``content/letter-messages.toml`` describes them."""

    sender: Sender
    mention: Mention
    language: Language


@cache
def message_words(file: Path = ROOT / "content" / "letter-messages.toml") -> MessageWords:
    """Raises ContentFault."""
    return the_file(file, MessageWords)


@cache
def _pattern(way: str) -> re.Pattern[str]:
    return re.compile(way, re.IGNORECASE)


def _found(ways: Ways, text: str) -> int:
    """How many of these ways are there."""
    return sum(bool(_pattern(way).search(text)) for way in ways.root)


# a short message


def is_message(text: str) -> bool:
    """Whether a short text is what an office, a shop or a trickster sent to somebody, and not what somebody
    writes to the bot: it speaks formally or names itself, and holds what one must do or know."""
    words = message_words().sender
    if len(text.split()) < FEWEST:
        return False
    facts, matters, own = (_found(ways, text) for ways in (words.fact, words.matter, words.own))
    formal = _found(words.formal, text) + _found(words.named, text)
    baited = _found(words.bait, text) and facts + matters >= FACTS
    return bool(baited or (formal and facts and matters and (not own or formal >= FACTS)))


def perhaps_message(text: str) -> bool:
    """Whether a short text may be out of a letter or a message: it says what must be done, and speaks
    formally or names a day or a sum; but whoever writes it does not speak of themselves."""
    words = message_words().sender
    if len(text.split()) < FEWEST or not _found(words.matter, text) or _found(words.own, text):
        return False
    return bool(_found(words.formal, text) or _found(words.fact, text))


def about_letter(text: str) -> bool:
    """Whether typed words mention a letter, in any language that we know, or may be out of one."""
    return bool(_found(message_words().mention.letter, text)) or perhaps_message(text)


def says_enough(text: str) -> bool:
    """Whether a text holds more than a greeting: so little is no letter, whatever it looks like."""
    words = message_words().sender
    return len(text.split()) >= 2 * FEWEST or (len(text.split()) >= FEWEST and bool(_found(words.fact, text)))


def addresses_reader(text: str) -> bool:
    """Whether somebody speaks in it to a reader, formally or with a salutation."""
    return bool(_found(message_words().sender.formal, text)) or any(map(SALUTATION.match, text.splitlines()))


# a chat


def is_chat(text: str) -> bool:
    """Whether a text is a chat that was copied or exported: several lines begin with a moment and a name."""
    return len(_chat_line.findall(text)) >= LINES


def without_stamp(text: str) -> str:
    """One message of a chat without its moment and who wrote it: what an office sent may be in it."""
    return _chat_line.sub("", text, count=1) if _chat_line.match(text) else text


# another language


def is_foreign(text: str) -> bool:
    """Whether a text is surely not Dutch: written in another script, or with another language's words."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(text.split()) < ENOUGH or not letters:
        return False
    latin = sum(sign < "\u0250" or "\u1e00" <= sign < "\u1f00" for sign in letters)
    if 2 * latin < len(letters):
        return True
    words = message_words().language
    dutch = sum(len(_pattern(way).findall(text)) for way in words.dutch.root)
    other = max(len(_pattern(way).findall(text)) for way in words.other.root)
    return other >= FEWEST and other > 2 * dutch
