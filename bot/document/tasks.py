"""The tasks of a plan on paper: a table for each phase, and the amounts and terms with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.document.paper import Day, Mark, Stretch, Title
from bot.domain import plan as dating
from bot.domain.tasks import names, words_of
from bot.domain.words import Joined, Phrase, Words
from bot.store.room import Room
from bot.store.tables import Task

AREAS = ("group", "housing", "income", "language", "health", "work", "social")
STATES = ("done", "planned", "taken", "free", "waits", "office", "private")
"""How a task stands; the template has a drawing for each."""


def organisation(room: Room, key: str) -> Words:
    name = room.content.organisations[key].name
    return Words(f"organisation.{key}", {"nl": name.nl, "en": name.en})


def phase_title(phase: Any) -> Words:
    return Words(f"phase.{phase.key}", {"nl": phase.title.nl, "en": phase.title.en})


def stretch(room: Room, phase: Any) -> Stretch | None:
    arrival = room.row.arrival
    if arrival is None:
        return None
    return Stretch(arrival + timedelta(days=phase.first_day), arrival + timedelta(days=phase.last_day))


def progress(tasks: Sequence[Task]) -> Phrase:
    return Phrase("doc.done_of", done=sum(task.state == "done" for task in tasks), all=len(tasks))


def last_turns(tasks: Sequence[Task]) -> list[Task]:
    """Tasks without the finished turns of what recurs: fifty Tuesdays are one line."""
    latest: dict[object, int] = {}
    for task in tasks:
        if task.repeat_days:
            latest[task.key or task.words] = max(task.turn, latest.get(task.key or task.words, 0))
    return [t for t in tasks if not t.repeat_days or t.turn == latest[t.key or t.words] or t.state == "open"]


def phased(room: Room, tasks: Sequence[Task]) -> dict[str, list[Task]]:
    """Tasks by the phase their day falls in, in order; without a day, the phase the plan means."""
    arrival = room.row.arrival or room.today
    specs = {task.key: task.spec for task in tasks if task.key and task.spec}
    meant = dating.spans(specs, arrival, {})
    found: dict[str, list[Task]] = {phase.key: [] for phase in room.plan.phases}

    def day(task: Task) -> Any:
        own = room.day_of(task) if room.row.arrival or not task.spec else None
        return own or task.done_on or (meant[task.key].due if task.key in meant else room.today)

    for task in sorted(tasks, key=lambda t: (day(t), t.number)):
        found[dating.phase_of(room.plan.phases, arrival, day(task)).key].append(task)
    return found


def phase_of(room: Room, phase: Any, tasks: Sequence[Task]) -> dict[str, Any]:
    areas = [(area, [task for task in tasks if task.area == area]) for area in AREAS]
    return {
        "title": phase_title(phase),
        "when": stretch(room, phase),
        "progress": progress(tasks),
        "areas": [
            {"title": Title(Phrase(f"area.{area}")), "rows": [row(room, task) for task in its]}
            for area, its in areas
            if its
        ],
    }


def hidden(task: Task) -> bool:
    """Whether a task's matter is the newcomer's own."""
    return task.private and not task.shared


def row(room: Room, task: Task) -> dict[str, Any]:
    """One line of a table. Of what is private the neutral title is all."""
    line = {"number": str(task.number), "title": task.title_for(None), "small": None}
    if hidden(task):
        return {**line, "state": Mark("private"), "responsible": None, "who": None, "when": None}
    waits = room.waits_for(task) if task.open else []
    return {
        **line,
        "small": small(task, waits),
        "state": Mark(state(task, waits)),
        "responsible": responsible(room, task),
        "who": Phrase("doc.alone") if task.theirs_alone else names(task.who) if task.who else None,
        "when": when(task),
    }


def state(task: Task, waits: Sequence[Task]) -> str:
    """One of STATES; what has a day or a person says so, whatever else is true of it."""
    if task.state == "done":
        return "done"
    if task.at:
        return "planned"
    if task.who or task.theirs_alone:
        return "taken"
    if waits:
        return "waits"
    return "office" if task.followed else "free"


def small(task: Task, waits: Sequence[Task]) -> Joined | None:
    """What stands beneath a title in small print."""
    parts = []
    if waits:
        parts.append(Phrase("doc.waits", tasks=Joined(tuple(other.number for other in waits))))
    if task.repeat_days:
        parts.append(Phrase("doc.every", n=task.repeat_days))
        if task.turn > 1 and task.open:
            parts.append(Phrase("doc.turns", n=task.turn - 1))
    return Joined(tuple(parts), " · ") if parts else None


def responsible(room: Room, task: Task) -> Any:
    key = task.spec.responsible if task.spec else "group"
    if key in room.content.organisations:
        return organisation(room, key)
    return room.row.newcomer_name if key == "newcomer" else Phrase("area.group")


def when(task: Task) -> Any:
    if task.state == "done":
        return Phrase("doc.done_on", day=Day(task.done_on)) if task.done_on else None
    return task.at or (Phrase("doc.by", day=Day(task.due)) if task.due else None)


# amounts and terms


def rules(tasks: Sequence[Task], room: Room) -> list[dict[str, Any]]:
    """Amounts and terms among the tasks, with where they were found and when that was checked."""
    found, seen = [], set()
    for task in tasks:
        spec = task.spec
        if hidden(task) or spec is None or not spec.source or not spec.note or task.key in seen:
            continue
        if not any(c.isdigit() for c in spec.note.nl):
            continue
        seen.add(task.key)
        found.append(
            {
                "number": str(task.number),
                "title": task.title,
                "text": words_of(spec, "note", task.key),
                "ask": Phrase("doc.ask", ask=organisation(room, spec.ask))
                if spec.uncertain and spec.ask
                else None,
                "source": Phrase("doc.source", source=spec.source, day=Day(spec.checked, full=True))
                if spec.checked
                else spec.source,
            }
        )
    return found
