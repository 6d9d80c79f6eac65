"""A group's resettlement plan as a paper: everything a wall, a folder or an office may read.

Private tasks stand in it with their neutral title alone: no day, no name, no state, no source.
"""

from __future__ import annotations

from typing import Any

from bot.document.paper import Day, Mark, Title, pages
from bot.document.tasks import (
    STATES,
    hidden,
    last_turns,
    organisation,
    phase_of,
    phase_title,
    phased,
    progress,
    rules,
    stretch,
)
from bot.domain import plan as dating
from bot.domain.tasks import names
from bot.domain.words import Joined, Phrase
from bot.store.room import Room
from bot.store.tables import Card, Task

ROLES = ("newcomer", "sponsor", "coordinator", "contact")
MOST_PLANNED = 8
"""Appointments in one phase of the timeline at most; the tables have them all."""


def plan_paper(room: Room) -> dict[str, Any]:
    """The plan of a room, in no language yet; see ``content/documents/plan.typ`` for who reads what."""
    shown = [task for task in last_turns(room.known_to(None)) if task.state != "dropped"]
    by_phase = phased(room, shown)
    return {
        "title": Phrase("doc.title"),
        "subtitle": [room.row.newcomer_name, room.row.municipality],
        "facts": facts(room),
        "fresh": Phrase("doc.fresh"),
        "who": {"title": Phrase("doc.who"), "roles": roles(room)},
        "cards": {
            "title": Phrase("doc.cards"),
            "rows": [card_of(room, card) for card in room.cards if card.name],
            "missing": missing(room),
        },
        "year": {"title": Phrase("doc.year"), **timeline(room, by_phase)},
        "own": {
            "title": Phrase("doc.own"),
            "note": Phrase("doc.own_note"),
            "areas_title": Phrase("doc.own_areas"),
            "sections": [section_of(room, section.key, section.area) for section in pages().sections],
        },
        "tasks": {
            "title": Phrase("doc.tasks"),
            "legend": [{"state": Mark(state), "words": Phrase(f"doc.state.{state}")} for state in STATES],
            "columns": [Phrase(f"doc.column.{name}") for name in ("task", "responsible", "who", "when")],
            "phases": [phase_of(room, phase, by_phase[phase.key]) for phase in room.plan.phases],
        },
        "rules": {
            "title": Phrase("doc.rules"),
            "note": Phrase("doc.rules_note"),
            "items": rules(shown, room),
        },
        "footer": Joined((Phrase("doc.title"), room.row.newcomer_name, room.row.municipality), " · "),
    }


# who


def roles(room: Room) -> list[dict[str, Any]]:
    found = []
    for role in ROLES:
        people = list(dict.fromkeys(member.name for member in room.in_role(role) if member.name))
        if role == "coordinator" and room.coordinator and room.coordinator.name not in people:
            people.append(room.coordinator.name)
        if people:
            found.append({"role": Phrase(f"doc.role.{role}", n=len(people)), "names": people})
    return found


def card_of(room: Room, card: Card) -> dict[str, Any]:
    return {
        "organisation": organisation(room, card.organisation),
        "name": card.name,
        "areas": Joined(tuple(Phrase(f"area.{area}") for area in card.areas)) if card.areas else None,
        "reach": [part for part in (card.phone, card.mail, card.hours) if part],
        "backup": Phrase("card.stands_in", who=card.backup) if card.backup else None,
    }


def missing(room: Room) -> Phrase | None:
    keys = room.missing_cards
    return (
        Phrase("people.missing", organisations=Joined(tuple(organisation(room, key) for key in keys)))
        if keys
        else None
    )


# the head and the year


def facts(room: Room) -> list[dict[str, Any]]:
    arrival = room.row.arrival
    phase: Any = phase_title(room.phase)
    if arrival and (week := dating.week_of(room.today, arrival)) > 0:
        phase = Joined((phase, Phrase("doc.week", week=week)), ", ")
    counted = [task for task in room.known_to(None) if task.state != "dropped"]
    done = sum(task.state == "done" for task in counted)
    values = (
        ("arrival", Day(arrival, full=True) if arrival else Phrase("doc.unknown")),
        ("phase", phase),
        ("progress", Phrase("doc.done_of", done=done, all=len(counted))),
        ("date", Day(room.today, full=True)),
    )
    return [{"label": Phrase(f"doc.fact.{key}"), "value": value} for key, value in values]


def timeline(room: Room, by_phase: dict[str, list[Task]]) -> dict[str, Any]:
    """The year as a bar (days of each phase, and where today is, 0–1) and the phases one by one."""
    phases = room.plan.phases
    arrival, first, last = room.row.arrival, phases[0].first_day, phases[-1].last_day
    today = (room.today - arrival).days if arrival else None
    rows = []
    for phase in phases:
        tasks = by_phase[phase.key]
        dated = [(t.at, t.number, t) for t in tasks if t.at and t.open and not hidden(t)]
        planned = [task for _, _, task in sorted(dated, key=lambda it: it[:2])]
        rows.append(
            {
                "title": phase_title(phase),
                "when": stretch(room, phase),
                "days": phase.last_day - phase.first_day + 1,
                "now": phase.key == room.phase.key,
                "done": sum(task.state == "done" for task in tasks),
                "all": len(tasks),
                "progress": progress(tasks),
                "planned": [
                    {
                        "when": task.at,
                        "task": task.title_for(None),
                        "who": names(task.who) if task.who else None,
                    }
                    for task in planned[:MOST_PLANNED]
                ],
            }
        )
    inside = today is not None and first <= today <= last
    return {
        "phases": rows,
        "today": (today - first) / (last - first) if inside and today is not None else None,
        "today_word": Phrase("doc.today"),
    }


# what the group writes itself


def section_of(room: Room, key: str, area: str | None) -> dict[str, Any]:
    return {
        "area": area is not None,
        "title": Title(Phrase(f"section.{key}.title")),
        "text": room.row.agreements.get(key) or None,
        "empty": Phrase(f"section.{key}.ask"),
    }
