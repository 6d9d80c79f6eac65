"""Another week of arrival, from the coordinator's menu: the plan's dates move, and the group reads why."""

from __future__ import annotations

from datetime import date

from bot.domain.words import Ask, Refusal, Say
from bot.routes import heard, press
from bot.store.programme import Programme
from bot.store.room import Room
from handlers.asking import spoken
from handlers.consent import arrival_changed
from handlers.lists import moves
from handlers.people import about, mine
from handlers.weeks import arrival_in, read_back, tapped_day, weeks


@press("arrival")
def ask_arrival(ask: Ask, programme: Programme) -> Say:
    assert ask.press
    room = mine(programme, ask.press.word(0))
    programme.ask("arrival", room.id)
    return Say("newgroup.arrival", buttons=weeks(room.today, "week"), to=about(room, programme))


@press("week", who=("coordinator",))
def week(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    day = tapped_day(ask.press.word(0))
    room.settle_questions(ask.person, "arrival")
    return arrives(room, day, roughly=True) if day else not_known(room)


@heard("arrival")
def arrival(ask: Ask, room: Room) -> list[Say]:
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    rows = weeks(room.today, "week")
    day, roughly = arrival_in(ask.words, ask.sent.astimezone(room.zone), spoken(ask), rows)
    room.settle_questions(ask.person, "arrival")
    return arrives(room, day, roughly=roughly)


def arrives(room: Room, day: date, *, roughly: bool) -> list[Say]:
    room.row.arrival = day
    arrival_changed(room)
    room.plan_end()
    told = [Say("arrival.told", day=day, to=room.chat)] if room.chat else []
    return [read_back(room.id, day, room.today, roughly=roughly), *told, *moves(room, room.redate())]


def not_known(room: Room) -> list[Say]:
    """The day that was known holds no longer: what hung on it has no date until there is another."""
    known = room.row.arrival is not None
    room.undate()
    arrival_changed(room)
    room.plan_end()
    told = [Say("group.no_arrival", to=room.chat)] if room.chat and known else []
    return [Say("group.no_arrival"), *told]
