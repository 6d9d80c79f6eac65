"""A plan told in a language → plain text, for whoever reads it in a mail, a text message or aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SIGNS = {"done": "x", "private": "-"}
"""What stands between the brackets before a task; all others are open."""


def plain_plan(parts: list[dict[str, Any]]) -> str:
    """All parts (see ``bot.document.pdf.parts_of``), one after the other; lines end with a newline."""
    return "\n\n".join("\n".join(lines_of(part)) for part in parts) + "\n"


def lines_of(part: dict[str, Any]) -> Iterator[str]:
    yield f"{part['title']}: {' · '.join(part['subtitle'])}"
    yield from (f"{fact['label']}: {fact['value']}" for fact in part["facts"])
    yield part["fresh"]
    yield from headed(part["who"]["title"])
    yield from (f"{group['role']}: {', '.join(group['names'])}" for group in part["who"]["roles"])
    yield from cards(part["cards"])
    yield from headed(part["year"]["title"])
    yield from year(part["year"]["phases"])
    yield from headed(part["own"]["title"])
    for section in part["own"]["sections"]:
        if section["text"]:
            yield f"{section['title']}: {section['text']}"
    for phase in part["tasks"]["phases"]:
        if phase["areas"]:
            yield from headed(f"{part['tasks']['title']} · {phase['title']} · {phase['progress']}")
            yield from tasks(phase["areas"])
    if part["rules"]["items"]:
        yield from headed(part["rules"]["title"])
        yield part["rules"]["note"]
        for rule in part["rules"]["items"]:
            yield " ".join(filter(None, (f"{rule['number']}. {rule['title']}.", rule["text"], rule["ask"])))
            yield f"   ({rule['source']})"


def headed(title: str) -> Iterator[str]:
    yield ""
    yield title.upper()


def cards(cards: dict[str, Any]) -> Iterator[str]:
    if not cards["rows"] and not cards["missing"]:
        return
    yield from headed(cards["title"])
    for card in cards["rows"]:
        reach = " · ".join(filter(None, (*card["reach"], card["backup"])))
        areas = f" ({card['areas']})" if card["areas"] else ""
        yield f"{card['organisation']}: {card['name']}{areas} · {reach}".rstrip(" ·")
    if cards["missing"]:
        yield cards["missing"]


def year(phases: list[dict[str, Any]]) -> Iterator[str]:
    for phase in phases:
        when = f" ({phase['when']})" if phase["when"] else ""
        yield f"{phase['title']}{when}: {phase['progress']}"
        for plan in phase["planned"]:
            who = f" — {plan['who']}" if plan["who"] else ""
            yield f"   {plan['when']}: {plan['task']}{who}"


def tasks(areas: list[dict[str, Any]]) -> Iterator[str]:
    for area in areas:
        yield f"{area['title']}:"
        for row in area["rows"]:
            rest = " · ".join(filter(None, (row["who"], row["when"], row["small"])))
            sign = SIGNS.get(row["state"], " ")
            yield f"[{sign}] {row['number']}. {row['title']}" + (f" — {rest}" if rest else "")
