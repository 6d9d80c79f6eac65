"""The plan: phase, areas, progress, and what waits for what; and the whole of it on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.document.paper import languages_of, pages, texts_in
from bot.document.pdf import parts_of
from bot.document.plain import plain_plan
from bot.document.plan import plan_paper
from bot.domain.words import Ask, Button, Document, Phrase, Refusal, Say
from bot.routes import command, due, press
from bot.store.room import Room
from bot.store.tables import Member
from handlers.lists import ON_PAGE, listed, where_we_are
from handlers.plantext import as_text, sections

AREAS = ("group", "housing", "income", "language", "health", "work", "social")


@command("plan")
def plan(ask: Ask, room: Room) -> Say | list[Say]:
    """``/plan``, ``/plan pdf``, ``/plan text`` or ``/plan edit``."""
    wanted = ask.words.strip().casefold()
    for form, words in pages().words.items():
        if wanted in words:
            return FORMS[form](ask, room)
    return overview(ask, room)


@press("plan")
def plan_pressed(ask: Ask, room: Room) -> Say:
    return overview(ask, room)


def overview(ask: Ask, room: Room) -> Say:
    """Progress by area, and a button for each, of what the reader may know of."""
    known = room.known_to(reader_of(ask))
    lines = [where_we_are(room)]
    row = []
    for area in AREAS:
        tasks = [task for task in known if task.area == area and task.state != "dropped"]
        if tasks:
            done = sum(task.state == "done" for task in tasks)
            lines.append(Phrase("plan.area", area=Phrase(f"area.{area}"), done=done, all=len(tasks)))
            row.append(Button(Phrase(f"area.{area}"), "area", (area, 0)))
    buttons = [row[i : i + 2] for i in range(0, len(row), 2)]
    buttons.append([Button(Phrase("button.pdf"), "planpdf"), Button(Phrase("button.as_text"), "plantext")])
    buttons.append([Button(Phrase("button.plan_edit"), "planedit")])
    return Say("plan.title", lines=lines, buttons=buttons)


@press("planpdf")
def pdf_pressed(ask: Ask, room: Room) -> Say:
    return on_paper(ask, room)


def on_paper(ask: Ask, room: Room) -> Say:
    """The plan as a PDF in the room's languages, one after the other."""
    recipe = {"parts": told_plan(room), "template": "plan", "date": int(ask.now.timestamp())}
    document = Document(f"plan-{room.today}.pdf", "application/pdf", recipe=recipe)
    return Say("plan.pdf", name=room.row.newcomer_name, day=room.today, document=document)


@due("document.unmade")
def no_document(ask: Ask, room: Room) -> Say:
    """It could not be made: the text is there all the same."""
    return Say("plan.no_pdf", buttons=[[Button(Phrase("button.as_text"), "plantext")]])


@press("planfile")
def file_pressed(ask: Ask, room: Room) -> Say:
    """The whole plan as a text file: small, readable everywhere, and to be read aloud."""
    # With the mark in front, old programs too read it as Unicode.
    content = plain_plan(told_plan(room)).encode("utf-8-sig")
    document = Document(f"plan-{room.today}.txt", "text/plain", content)
    return Say("plan.file", day=room.today, document=document)


def told_plan(room: Room) -> list[dict[str, Any]]:
    texts = texts_in(room.zone)
    return parts_of(plan_paper(room), texts, languages_of(texts, room.languages, "doc.title"))


@press("area")
def one_area(ask: Ask, room: Room) -> Say:
    """An area's open tasks in order, a page at a time, with what they wait for."""
    assert ask.press
    area, page = ask.press.word(0), ask.press.number(1)
    if area not in AREAS:
        raise Refusal("button.old")
    reader = reader_of(ask)
    tasks = [task for task in room.upcoming(ahead=None) if task.area == area and not task.unknown_to(reader)]
    shown = tasks[page * ON_PAGE : (page + 1) * ON_PAGE] or tasks[:ON_PAGE]
    row = [Button(str(task.number), "task", (task.id or 0,)) for task in shown]
    buttons = [row[i : i + 5] for i in range(0, len(row), 5)]
    if len(tasks) > ON_PAGE:
        buttons.append(
            [
                Button(
                    Phrase("button.more"),
                    "area",
                    (area, page + 1 if (page + 1) * ON_PAGE < len(tasks) else 0),
                )
            ]
        )
    return Say(
        "plan.in_area",
        area=Phrase(f"area.{area}"),
        n=len(tasks),
        lines=listed(room, shown, reader),
        buttons=buttons,
    )


def reader_of(ask: Ask) -> Member | None:
    """For whom the plan is told; in the group for everybody."""
    return ask.member if ask.private else None


FORMS: dict[str, Callable[[Ask, Room], Say | list[Say]]] = {
    "pdf": on_paper,
    "text": as_text,
    "edit": lambda _ask, room: sections(room),
}
"""What may stand behind ``/plan``; ``content/documents/plan.toml`` has the words that mean it."""
