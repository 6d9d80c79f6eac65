"""Files of phrases in one language, as translators write them: reading one, and what is wrong with it."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.pofile import read_po

TAGS = re.compile(r"</?(?:b|i|u|s|code|pre|a|blockquote)(?: [^>]*)?>")
"""The markup that Telegram knows."""


class LocaleFault(Exception):
    """Locales that cannot be used; ``faults`` holds one line per fault with language and key."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Catalogue:
    """One language's phrases: key → one form, or the forms for each plural."""

    language: str
    phrases: dict[str, tuple[str, ...]]
    plural: Callable[[int], int]
    reviewed: bool

    def pattern(self, key: str, args: dict[str, Any]) -> str | None:
        forms = self.phrases.get(key)
        if not forms:
            return None
        number = args.get("n")
        return forms[self.plural(number)] if isinstance(number, int) and len(forms) > 1 else forms[0]


def read_catalogue(file: Path) -> Catalogue:
    """Read one .po file; raises OSError where it is missing, LocaleFault where it is broken."""
    with file.open("rb") as source:
        try:
            catalogue = read_po(source, abort_invalid=True)
        except ValueError as error:
            raise LocaleFault([f"{file.name}: {error}"]) from None
    phrases: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id or "fuzzy" in message.flags:
            continue
        key = message.id[0] if isinstance(message.id, list | tuple) else message.id
        said = message.string if isinstance(message.string, list | tuple) else (message.string,)
        forms = tuple(form for form in said if form)
        if len(forms) == len(said):
            phrases[key] = forms
    reviewer = dict(catalogue.mime_headers).get("X-Reviewed-By", "")
    return Catalogue(file.stem, phrases, gettext.c2py(catalogue.plural_expr), bool(reviewer.strip()))


def arguments(pattern: str) -> frozenset[str]:
    """The names a pattern wants; raises ValueError for a pattern that cannot be filled."""
    return frozenset(name for _, name, _, _ in Formatter().parse(pattern) if name is not None)


def phrase_faults(forms: tuple[str, ...], dutch: tuple[str, ...] | None) -> Iterator[str]:
    for form in forms:
        try:
            wanted = arguments(form)
        except ValueError as error:
            yield f"cannot be filled: {error}"
            continue
        if "" in wanted or any(name.isdigit() for name in wanted):
            yield "has an argument without a name"
        if dutch and not wanted <= frozenset().union(*(arguments(d) for d in dutch)):
            yield "has other arguments than Dutch"
        if dutch and len(forms) == 1 and frozenset().union(*(arguments(d) for d in dutch)) - wanted:
            yield "lacks an argument that Dutch has"
        if "<" in TAGS.sub("", form):
            yield "has a tag that Telegram does not know"
