"""HTML as the Bot API reads it ("HTML style"): a small language of its own, strict about closing.

Positions in errors are bytes of UTF-8, as the real service counts them; spans are in characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bot.demo.telegram.wire import bad_request

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot))(;?)")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"([^\s=>]*)\s*(=?)\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


class Span(NamedTuple):
    """A stretch of text, ``start`` to ``end`` in characters, its entity type and further fields."""

    start: int
    end: int
    kind: str
    more: dict[str, Any]


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    at: int
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse_html(html: str) -> tuple[str, list[Span]]:
    """The text and its spans, empty ones left out. Raises ApiError 400 "can't parse entities: …"."""
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self._html = html
        self._out: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._spans: list[Span] = []

    def read(self) -> tuple[str, list[Span]]:
        html, at = self._html, 0
        while at < len(html):
            stop = min((i for i in (html.find("<", at), html.find("&", at)) if i >= 0), default=len(html))
            self._add(html[at:stop])
            if stop == len(html):
                break
            if html[stop] == "&":
                at = self._reference(stop)
            elif html.startswith("</", stop):
                at = self._end(stop)
            else:
                at = self._start(stop)
        if self._open:
            raise self._fault(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return "".join(self._out), self._spans

    def _fault(self, what: str, at: int | None = None) -> Exception:
        where = (
            "" if at is None else f" at byte offset {len(self._html[:at].encode('utf-8', 'surrogatepass'))}"
        )
        return bad_request(f"can't parse entities: {what}{where}")

    def _add(self, text: str) -> None:
        self._out.append(text)
        self._length += len(text)

    def _reference(self, at: int) -> int:
        text, after = decode_reference(self._html, at)
        self._add(text)
        return after

    def _start(self, begin: int) -> int:
        html = self._html
        name = _TAG_NAME.match(html, begin + 1)
        at = name.end() if name else begin + 1
        if at >= len(html):
            raise self._fault("Unclosed start tag", begin)
        tag = html[begin + 1 : at].lower()
        if tag not in KINDS:
            raise self._fault(f'Unsupported start tag "{tag}"', begin)
        opened = _Open(tag, begin, self._length)
        at = self._attributes(opened, at)
        if tag == "span" and opened.attributes.get("class") != "tg-spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(opened)
        return at

    def _attributes(self, opened: _Open, at: int) -> int:
        """Reads up to and over the ``>``."""
        html = self._html
        while True:
            while at < len(html) and html[at].isspace():
                at += 1
            if at >= len(html):
                raise self._fault("Unclosed start tag", opened.at)
            if html[at] == ">":
                return at + 1
            match = _ATTRIBUTE.match(html, at)
            assert match is not None  # the pattern matches the empty string too
            if not match[1]:
                raise self._fault(f'Empty attribute name in the tag "{opened.tag}"', opened.at)
            if not match[2]:
                opened.attributes[match[1].lower()] = ""
                at += len(match[1])
                continue
            at = match.end()
            if at >= len(html):
                raise self._fault(f'Unclosed start tag "{opened.tag}"', opened.at)
            opened.attributes[match[1].lower()], at = self._value(opened, at)

    def _value(self, opened: _Open, at: int) -> tuple[str, int]:
        html = self._html
        if html[at] not in "'\"":
            token = _TOKEN.match(html, at)
            end = token.end() if token else at
            if end >= len(html) or not (html[end].isspace() or html[end] == ">"):
                raise self._fault("Unexpected end of name token", at)
            return html[at:end].lower(), end
        end = html.find(html[at], at + 1)
        if end < 0 or end + 1 >= len(html):
            raise self._fault("Unclosed start tag", opened.at)
        return decode_references(html[at + 1 : end]), end + 1

    def _end(self, begin: int) -> int:
        html = self._html
        if not self._open:
            raise self._fault("Unexpected end tag", begin)
        close = html.find(">", begin)
        if close < 0 or html[begin + 2 : close].strip() != html[begin + 2 : close].rstrip():
            raise self._fault("Unclosed end tag", begin)
        tag = html[begin + 2 : close].strip().lower()
        opened = self._open.pop()
        if tag and tag != opened.tag:
            where = len(html[:begin].encode("utf-8", "surrogatepass"))
            raise self._fault(
                f'Unmatched end tag at byte offset {where}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self._length > opened.start:
            self._close(opened)
        return close + 1

    def _close(self, opened: _Open) -> None:
        start, end = opened.start, self._length
        kind, more = KINDS[opened.tag], dict[str, Any]()
        if opened.tag == "a":
            target = link(opened.attributes.get("href") or "".join(self._out)[start:end])
            if target is None:
                return  # as the real service: the words stay, the link goes
            more["url"] = target
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            kind = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            if not opened.attributes.get("emoji-id", "").isdecimal():
                raise self._fault("Invalid custom emoji identifier specified", opened.at)
            more["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            more["language"] = opened.attributes["class"].removeprefix("language-")
        elif opened.tag == "pre":
            self._pre_with_language(start, end, more)
        if opened.tag == "code" and not (self._open and self._open[-1].tag == "pre"):
            more.pop("language", None)
        self._spans.append(Span(start, end, kind, more))

    def _pre_with_language(self, start: int, end: int, more: dict[str, Any]) -> None:
        """``<pre><code class="language-x">`` around the same words is one entity."""
        inner = next((s for s in self._spans if s[:3] == (start, end, "code") and "language" in s.more), None)
        if inner is not None:
            self._spans.remove(inner)
            more.update(inner.more)


def decode_reference(html: str, at: int) -> tuple[str, int]:
    """The character that ``&…`` at ``at`` stands for, and where it ends; ``&`` itself if it is none."""
    match = _REFERENCE.match(html, at)
    if match is None:
        return "&", at + 1
    if match[3]:
        return _NAMED[match[3]], match.end()
    code = int(match[1], 16) if match[1] else int(match[2])
    if not 0 < code < 0x10FFFF:
        return "&", at + 1
    if 0xD800 <= code <= 0xDFFF:
        raise bad_request(
            "can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code), match.end()


def decode_references(text: str) -> str:
    """All character references of an attribute's value, decoded."""
    out, at = [], 0
    while (stop := text.find("&", at)) >= 0:
        out.append(text[at:stop])
        char, at = decode_reference(text, stop)
        out.append(char)
    return "".join(out) + text[at:]


def link(url: str) -> str | None:
    """A link as Telegram keeps it, or None if it is none: http, https, tg and ton; bare hosts get http."""
    url = url.strip()
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return None
    if parts.scheme == "tg":
        return url
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https", "ton"} or "." not in host.strip(".") or " " in url:
        return None
    whole = url if "://" in url else f"http://{url}"
    return whole if parts.path or parts.query or parts.fragment else whole + "/"
