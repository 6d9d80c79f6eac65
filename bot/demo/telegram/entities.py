"""Text with entities: HTML as bots write it, commands and links as people write them.

Bot API, "Formatting options" and "MessageEntity". Offsets and lengths are in UTF-16 code units.
Errors are worded as the real service words them, with offsets in bytes of UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.demo.telegram.markup import Span, link, parse_html
from bot.demo.telegram.wire import Params, bad_request, word

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_PATTERNS = (
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:https?://[^\s<>\"«»]+|tg://[^\s<>\"«»]+"
            r"|(?:[a-z0-9-]+\.)+(?:com|org|net|nl|me|eu|info|io)\b(?:/[^\s<>\"«»]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#/])#\w*[^\W\d]\w*")),
)
_KINDS = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_KINDS |= {"blockquote", "expandable_blockquote"}
_KINDS |= {"code", "pre", "text_link", "custom_emoji", "mention", "hashtag", "cashtag", "url"}
_KINDS |= {"bot_command", "email", "phone_number", "date_time"}

_OPAQUE = frozenset({"text_link", "text_mention", "code", "pre", "custom_emoji"})
"""Kinds of entity in which nothing further is found."""


class Formatted(NamedTuple):
    """A text as it is shown, and its MessageEntity objects."""

    text: str
    entities: list[dict[str, Any]]


@dataclass(frozen=True)
class Rule:
    """Which parameters hold a text, how long it may be, and what too much or too little is called."""

    name: str = "text"
    entities: str = "entities"
    limit: int = TEXT_LIMIT
    too_long: str = "message is too long"


TEXT = Rule()
EDITED_TEXT = Rule(too_long="MESSAGE_TOO_LONG")
CAPTION = Rule("caption", "caption_entities", CAPTION_LIMIT, "message caption is too long")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(params: Params, rule: Rule) -> Formatted:
    """The text of a request. Raises ApiError 400: unreadable markup, too long; may be empty."""
    raw = _clean(params.text(rule.name))
    mode = params.text("parse_mode").lower()
    if mode == "html":
        text, spans = parse_html(raw)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        text, spans = raw, _given(raw, params.array(rule.entities) or [])
    shown = text.strip()
    if units(shown) > rule.limit:
        raise bad_request(rule.too_long)
    if not shown:
        return Formatted("", [])
    if shown is not text:
        spans = _moved(spans, len(text) - len(text.lstrip()), len(shown))
    return Formatted(shown, _objects(shown, spans + _found(shown, spans)))


def written(text: str) -> Formatted:
    """The text of a person's message: trimmed, with what the service finds in it."""
    shown = _clean(text).strip()
    return Formatted(shown, _objects(shown, _found(shown, [])))


def pieces(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """A long text cut as Telegram's apps cut it before sending: at a line or a space where possible."""
    rest, out = text.strip(), []
    while units(rest) > limit:
        cut = limit
        while units(rest[:cut]) > limit:
            cut -= max(1, (units(rest[:cut]) - limit) // 2)
        at = max(rest.rfind("\n", 0, cut), rest.rfind(" ", 0, cut))
        cut = at if at > cut // 2 else cut
        out.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*out, rest] if rest else out


def _clean(text: str) -> str:
    """Control characters become spaces, carriage returns go, as the service does on receipt."""
    if text.isprintable():
        return text
    return "".join(" " if c < " " and c != "\n" else c for c in text if c != "\r")


def _moved(spans: list[Span], left: int, length: int) -> list[Span]:
    """Spans after ``left`` characters were cut off in front, kept within ``length``."""
    moved = (Span(max(0, s.start - left), min(length, s.end - left), s.kind, s.more) for s in spans)
    return [span for span in moved if span.start < span.end]


def _found(text: str, spans: list[Span]) -> list[Span]:
    """What the service finds by itself: commands, links, mentions, addresses, hashtags."""
    if not any(c in text for c in "/@.#"):
        return []
    taken = [(s.start, s.end) for s in spans if s.kind in _OPAQUE]
    found = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "url":
                end = start + len(match[0].rstrip(".,:;!?)'"))
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                found.append(Span(start, end, kind, {}))
    return found


def _objects(text: str, spans: list[Span]) -> list[dict[str, Any]]:
    """MessageEntity objects: outer ones first, offsets in UTF-16."""
    ordered = sorted(spans, key=lambda s: (s.start, -s.end))
    if text.isascii():
        return [{"type": s.kind, "offset": s.start, "length": s.end - s.start, **s.more} for s in ordered]
    return [
        {"type": s.kind, "offset": units(text[: s.start]), "length": units(text[s.start : s.end]), **s.more}
        for s in ordered
    ]


def _given(text: str, entities: list[Any]) -> list[Span]:
    """Entities that the bot wrote down itself."""
    wide = text.encode("utf-16-le", "surrogatepass")
    spans = []
    for entity in entities:
        if not isinstance(entity, dict) or word(entity.get("type")) not in _KINDS:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        try:
            offset, length = int(entity["offset"]), int(entity["length"])
        except (KeyError, TypeError, ValueError):
            raise bad_request("can't parse MessageEntity: Can't find field") from None
        start = len(wide[: 2 * offset].decode("utf-16-le", "replace"))
        end = start + len(wide[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace"))
        more = _more(entity)
        if start < end and more is not None:
            spans.append(Span(start, end, entity["type"], more))
    return spans


def _more(entity: dict[str, Any]) -> dict[str, Any] | None:
    """The further fields of an entity; None where it lacks what its type needs, so that it is left out."""
    kind = entity["type"]
    if kind == "text_link":
        target = link(word(entity.get("url")))
        return None if target is None else {"url": target}
    if kind == "custom_emoji":
        number = word(entity.get("custom_emoji_id"))
        return {"custom_emoji_id": number} if number.isdecimal() else None
    language = word(entity.get("language")) if kind == "pre" else ""
    return {"language": language} if language else {}
