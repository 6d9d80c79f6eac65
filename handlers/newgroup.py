"""Making a group: a few questions in private, then a link that adds the bot to the group's chat."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.words import LANGUAGES, Ask, Button, Joined, Link, Phrase, Refusal, Say, Words
from bot.routes import ROUTES, command, due, event, heard, press
from bot.store.programme import Programme
from bot.store.room import Room
from handlers.asking import leaves
from handlers.safety import harmless, is_name
from handlers.weeks import arrival_in, read_back, tapped_day, weeks

STEPS = ("variant", "municipality", "name", "languages", "arrival")
EXPLAIN_AFTER = timedelta(seconds=20)
LEAVE_AFTER = timedelta(minutes=10)


@command("newgroup", where="private")
def newgroup(ask: Ask, programme: Programme) -> Say:
    return begin(programme)


@press("newgroup")
def newgroup_pressed(ask: Ask, programme: Programme) -> Say:
    return begin(programme)


def begin(programme: Programme) -> Say:
    """The first question, or the one where somebody left off. The owner may become a coordinator first."""
    if not programme.person.coordinator:
        myself = [[Button(Phrase("button.coordinate_myself"), "coordinate")]]
        raise Refusal("only.coordinator", buttons=myself if programme.person.owner else [])
    known = programme.answers("newgroup")
    if known is None:
        programme.ask("newgroup")
    return question(programme, known or {})


@heard("newgroup")
def typed(ask: Ask, programme: Programme) -> list[Say]:
    """An answer in words: the municipality, the name, or the arrival."""
    answers = programme.answers("newgroup") or {}
    step = next_step(answers)
    words = harmless(ask.words)
    if leaves(ask, programme.content):
        programme.settle("newgroup")
        return [Say("asking.left")]
    if step == "name" and not is_name(words, programme.content.phrases.no):
        raise Refusal("newgroup.no_name")
    if step in ("municipality", "name"):
        if not 2 <= len(words) <= 40:
            raise Refusal("newgroup.short", most=40)
        answers[step] = words
    elif step == "arrival":
        now = ask.now.astimezone(programme.zone)
        day, roughly = arrival_in(words, now, programme.person.language, arrival_weeks(programme))
        answers |= {"arrival": day.isoformat(), "roughly": roughly}
    else:
        return [question(programme, answers)]
    return go_on(programme, answers)


@press("ng")
def tapped(ask: Ask, programme: Programme) -> list[Say]:
    """An answer by button. A button of a step that was answered already changes that answer."""
    assert ask.press
    answers = programme.answers("newgroup")
    if answers is None:
        raise Refusal("button.old")
    field, value = ask.press.word(0), ask.press.word(1)
    match field:
        case "again":
            answers = {}
        case "variant" if value in programme.content.plans:
            answers["variant"] = value
        case "lang" if value in LANGUAGES:
            chosen = answers.setdefault("choosing", [])
            answers["choosing"] = (
                [c for c in chosen if c != value] if value in chosen else [*chosen, value][-1:]
            )
        case "langs":
            answers["languages"] = ["nl", *answers.pop("choosing", [])]
        case "arrival":
            tapped_day(value)
            answers |= {"arrival": value, "roughly": True}
        case _:
            raise Refusal("button.old")
    return go_on(programme, answers, fresh=field != "lang")


def next_step(answers: dict[str, Any]) -> str | None:
    return next((step for step in STEPS if step not in answers), None)


def go_on(programme: Programme, answers: dict[str, Any], *, fresh: bool = True) -> list[Say]:
    if next_step(answers):
        programme.ask("newgroup", **answers)
        return [question(programme, answers, fresh=fresh)]
    programme.settle("newgroup")
    return finish(programme, answers)


def question(programme: Programme, answers: dict[str, Any], *, fresh: bool = True) -> Say:
    """The next question. Choosing languages ticks them in one message (``fresh`` False)."""
    step = next_step(answers) or "arrival"
    buttons: list[list[Button]] = []
    if step == "variant":
        for plan in programme.content.plans.values():
            title = Words(f"plan.{plan.key}.title", {"nl": plan.title.nl, "en": plan.title.en})
            buttons.append([Button(Phrase("same", it=title), "ng", ("variant", plan.key))])
    elif step == "languages":
        chosen = answers.get("choosing", [])
        row = [language_button(code, code in chosen) for code in LANGUAGES if code != "nl"]
        buttons = [row[i : i + 2] for i in range(0, len(row), 2)]
        buttons.append([Button(Phrase("button.ready"), "ng", ("langs", "ok"))])
    elif step == "arrival":
        buttons = arrival_weeks(programme)
    if answers:
        buttons.append([Button(Phrase("button.start_again"), "ng", ("again", "ok"))])
    slot = f"newgroup-{step}" if step == "languages" else ""
    return Say(f"newgroup.{step}", buttons=buttons, slot=slot, fresh=fresh and bool(slot))


def language_button(code: str, chosen: bool) -> Button:
    return Button(
        Phrase("button.chosen" if chosen else "same", it=Phrase(f"language.{code}")), "ng", ("lang", code)
    )


def arrival_weeks(programme: Programme) -> list[list[Button]]:
    return weeks(programme.now.astimezone(programme.zone).date(), "ng", "arrival")


def finish(programme: Programme, answers: dict[str, Any]) -> list[Say]:
    arrival = tapped_day(answers["arrival"])
    room = programme.new_room(
        variant=answers["variant"],
        municipality=answers["municipality"],
        newcomer_name=answers["name"],
        languages=answers["languages"],
        arrival=arrival,
    )
    room.add_member(None, "newcomer", called=answers["name"])
    room.begin_plan()
    room.plan_end()
    back = [read_back(room.id, arrival, room.today, roughly=answers.get("roughly", False))] if arrival else []
    return [*back, group_link(programme, room)]


def group_link(programme: Programme, room: Room) -> Say:
    code = programme.make_invite("group", room=room.id)
    return Say(
        "newgroup.done",
        name=room.row.newcomer_name,
        link=Link(f"group:group-{code}"),
        buttons=[
            [Button(Phrase("button.add_to_group"), url=f"group:group-{code}")],
            [Button(Phrase("button.group_menu"), "group", (room.id,))],
        ],
    )


# the bot in the group's chat


def bind_chat(ask: Ask, programme: Programme, code: str) -> list[Say]:
    """``/start group-CODE`` in a group: this chat is that group's."""
    here = programme.room_in_chat(ask.chat)
    if here is not None:
        return []
    invite = programme.take_invite("group", code)
    room = programme.room_by_id(invite.room_id or 0)
    if room is None or room.row.chat is not None or room.row.state != "new":
        raise Refusal("invite.invalid")
    room.row.chat, room.row.state = ask.chat, "active"
    coordinator = room.coordinator
    if coordinator and room.member_of(coordinator.id) is None:  # who is a sponsor here too, stays one
        room.add_member(coordinator, "coordinator")
    room.look_daily()
    room.plan_end()
    assert room.chat
    told = (
        Say("group.bound", name=room.row.newcomer_name, to=room.coordinator_chat)
        if room.coordinator_chat
        else None
    )
    return [welcome(room), *board_of(room), *([told] if told else [])]


def board_of(room: Room) -> list[Say]:
    board = ROUTES.board(room)
    return [board] if board else []


def welcome(room: Room) -> Say:
    room.row.welcomed = room.now
    roles = [
        Button(Phrase(f"button.role_{role}"), "role", (role,)) for role in ("sponsor", "newcomer", "contact")
    ]
    return Say(
        "group.welcome",
        to=room.chat,
        name=room.row.newcomer_name,
        areas=Joined(()),
        buttons=[[button] for button in roles] + [[Button(Phrase("button.private"), url=f"room-{room.id}")]],
    )


@event("bot_added")
def bot_added(ask: Ask, programme: Programme) -> None:
    """Added to a chat. With a valid code the start word follows at once; without one, see below."""
    if programme.room_in_chat(ask.chat) is None:
        programme.remind(f"strange:{ask.chat}", ask.now + EXPLAIN_AFTER, "chat.strange", lane=ask.chat)


@due("chat.strange")
def strange_chat(ask: Ask, programme: Programme) -> Say | None:
    """A chat that brought no valid code: the bot explains itself once, and leaves after ten minutes."""
    if programme.room_in_chat(ask.chat) is not None:
        return None
    programme.remind(f"strange:{ask.chat}", ask.now + LEAVE_AFTER, "chat.leave", lane=ask.chat)
    return Say("chat.strange")


@due("chat.leave")
def leave_chat(ask: Ask, programme: Programme) -> Say | None:
    return None if programme.room_in_chat(ask.chat) is not None else Say("chat.goodbye", leave=True)


@event("bot_removed")
def bot_removed(ask: Ask, programme: Programme) -> Say | None:
    """Taken out of the group: the room waits for another chat; its coordinator is told."""
    room = programme.room_in_chat(ask.chat)
    if room is None:
        return None
    room.row.chat, room.row.state = None, "new"
    if room.coordinator_chat is None:
        return None
    return Say("group.removed", name=room.row.newcomer_name, to=room.coordinator_chat)


@event("moved")
def moved(ask: Ask, programme: Programme) -> list[Say]:
    """The group became a supergroup: its id changes everywhere, and the board is sent anew."""
    assert ask.event
    assert ask.event.chat
    programme.chat_moved(ask.chat, ask.event.chat)
    room = programme.room_in_chat(ask.event.chat)
    return board_of(room) if room else []


@due("chat.moved")
def found_moved(ask: Ask, programme: Programme) -> list[Say]:
    room = programme.room_in_chat(ask.chat)
    return board_of(room) if room else []


@due("board.unpinned")
def ask_to_pin(ask: Ask, room: Room) -> Say:
    """Without the right to pin, the bot asks a person to do it, once."""
    return Say("board.unpinned", to=room.chat)
