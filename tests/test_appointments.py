"""A moment for a task: asked of the newcomer first, told to those who go, moved with the arrival."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.demo.telegram import Account
from tests.story import Welcome
from tests.world import AMSTERDAM, plain

THURSDAY = date(2026, 11, 26)


def calendar_files(world: Welcome, where: Any) -> list[Calendar]:
    """The calendar files in a chat, read as an agenda reads them."""
    chat = world.telegram.chat_of(where) if isinstance(where, Account) else where
    files = [m["document"] for m in world.telegram.history(chat) if "document" in m]
    return [Calendar.from_ical(world.telegram.files.find(f["file_id"]).content) for f in files]


async def claims(world: Welcome, name: str, key: str) -> list[str]:
    return await world.says(world.people[name], f"/claim {world.number(key)}", group=True)


# words for a time


@pytest.mark.parametrize(
    "words, day, hour",
    [
        ("donderdag 14:00", THURSDAY, "14:00"),
        ("morgen om 9.30", date(2026, 11, 25), "09:30"),
        ("3 december half elf 's ochtends", date(2026, 12, 3), "10:30"),
        ("Thursday at 2 pm", THURSDAY, "14:00"),
        ("31-12 20:00", date(2026, 12, 31), "20:00"),
    ],
)
async def test_a_time_in_words(group: Welcome, words: str, day: date, hour: str) -> None:
    anna = group.people["Anna"]
    await claims(group, "Anna", "vog")
    said = await group.plans(anna, "vog", words)
    at = group.task("vog")["at"]
    assert at
    local = at.astimezone(AMSTERDAM)
    assert f"{local:%H:%M}" == hour
    assert local.date() == day
    assert group.told(said, "when.planned", number=group.number("vog"), at=at)


@pytest.mark.parametrize(
    "words, answer",
    [
        ("gisteren 14:00", "when.past"),
        ("31-02 14:00", "when.impossible"),
        ("donderdag 25:00", "when.impossible"),
        ("als het uitkomt", "when.unclear"),
        ("x" * 3000, "when.unclear"),
    ],
)
async def test_a_time_that_cannot_be_changes_nothing(group: Welcome, words: str, answer: str) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.plans(anna, "vog", words), answer)
    assert group.task("vog")["at"] is None
    await claims(group, "Anna", "vog")
    await group.plans(anna, "vog", "donderdag 14:00")
    assert group.told(await group.plans(anna, "vog", words), answer)
    assert group.task("vog")["at"] == group.at(THURSDAY, "14:00")


async def test_an_ambiguous_hour_is_asked(group: Welcome) -> None:
    anna = group.people["Anna"]
    await claims(group, "Anna", "vog")
    said = await group.plans(anna, "vog", "donderdag om 8 uur")
    assert group.told(said, "when.which")
    assert group.task("vog")["at"] is None
    await group.presses(anna, "20:00", group=True)
    assert group.task("vog")["at"] == group.at(THURSDAY, "20:00")


async def test_by_buttons_alone(group: Welcome) -> None:
    anna = group.people["Anna"]
    await claims(group, "Anna", "vog")
    await group.taps(anna, "button.when", group=True)
    assert group.told(group.group, "when.day")
    await group.taps(anna, "same", group=True, it=THURSDAY)
    assert group.told(group.group, "when.hour")
    await group.presses(anna, "14:00", group=True)
    assert group.task("vog")["at"] == group.at(THURSDAY, "14:00")


async def test_a_day_without_an_hour_asks_the_hour(group: Welcome) -> None:
    anna = group.people["Anna"]
    await claims(group, "Anna", "vog")
    assert group.told(await group.plans(anna, "vog", "donderdag"), "when.hour")
    await group.presses(anna, "10:00", group=True)
    assert group.task("vog")["at"] == group.at(THURSDAY, "10:00")


async def test_in_private_the_next_words_are_the_time(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/claim vog")
    await group.taps(anna, "button.when")
    await group.restart()
    assert group.told(await group.says(anna, "geen idee"), "when.unclear")
    await group.says(anna, "donderdag 14:00")
    assert group.task("vog")["at"] == group.at(THURSDAY, "14:00")
    assert group.told(await group.says(anna, "vrijdag 14:00"), "private.hint")
    assert group.task("vog")["at"] == group.at(THURSDAY, "14:00")


# the newcomer is asked first


async def test_the_newcomer_is_asked_first_and_says_yes(agreed: Welcome) -> None:
    anna, bram, yusuf = (agreed.people[name] for name in ("Anna", "Bram", "Yusuf"))
    await claims(agreed, "Anna", "phone-and-mail")
    said = await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    at = agreed.at(date(2026, 12, 2), "14:00")
    assert agreed.told(said, "when.asked", at=at)
    task = agreed.task("phone-and-mail")
    assert task["at"] is None
    question = [text for text in agreed.words(yusuf) if agreed.told([text], "when.proposal", who="Anna")]
    assert len(question) == 1
    assert (
        agreed.phrase("when.proposal", "en", who="Anna", task=agreed.title("phone-and-mail"), at=at)
        in question[0]
    )
    assert not calendar_files(agreed, anna)
    agreed.mark(agreed.group)
    await agreed.taps(yusuf, "button.fits")
    assert agreed.task("phone-and-mail")["at"] == at
    assert agreed.told(agreed.group, "when.planned", at=at)
    for who in (anna, yusuf):
        (file,) = calendar_files(agreed, who)
        (event,) = file.walk("VEVENT")
        assert event["dtstart"].dt == at
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=task["minutes"])
        assert event["uid"]
        assert event["summary"]
    for where in (agreed.group, bram, agreed.people["Carla"]):
        assert not calendar_files(agreed, where)


async def test_the_newcomer_says_no_and_nothing_is_planned(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await claims(agreed, "Anna", "phone-and-mail")
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    agreed.mark(agreed.group)
    agreed.mark(anna)
    await agreed.taps(yusuf, "button.fits_not")
    assert agreed.told(anna, "when.not_then")
    assert agreed.told(yusuf, "when.told_no")
    assert not agreed.told(agreed.group, "when.not_then")
    task = agreed.task("phone-and-mail")
    assert (task["at"], task["proposed"]) == (None, None)
    assert not calendar_files(agreed, anna)


async def test_of_two_adults_each_says_yes_for_themselves(agreed: Welcome) -> None:
    """One yes plans it for whoever said yes; the other is neither reminded nor given a file until they do."""
    mariam, anna, yusuf = await agreed.second_adult("yes"), agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    assert agreed.told(mariam, "when.proposal", who="Anna")
    old, words = agreed.button(mariam, "button.fits")
    await agreed.taps(yusuf, "button.fits")
    assert calendar_files(agreed, yusuf)
    assert not calendar_files(agreed, mariam)
    agreed.mark(mariam)
    await agreed.until(agreed.at(date(2026, 12, 2), "00:00"))
    assert agreed.told(agreed.words(yusuf), "remind.eve")
    assert not agreed.told(mariam, "remind.eve")
    await agreed.telegram.press(mariam, None, old, words)
    await agreed.settle()
    assert agreed.told(mariam, "when.fine")
    assert calendar_files(agreed, mariam)
    await agreed.until(agreed.at(date(2026, 12, 2), "12:30"))
    assert agreed.told(mariam, "remind.soon")
    await agreed.taps(yusuf, "button.fits_not")
    assert agreed.task("phone-and-mail")["at"], "Mariam still goes"
    await agreed.taps(mariam, "button.fits_not")
    assert agreed.task("phone-and-mail")["at"] is None
    assert agreed.told(agreed.group, "when.off")


async def test_what_one_adult_plans_the_other_is_asked_about(agreed: Welcome) -> None:
    mariam, yusuf = await agreed.second_adult("yes"), agreed.people["Yusuf"]
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    assert len(calendar_files(agreed, yusuf)) == 1
    assert not calendar_files(agreed, mariam)
    assert agreed.told(mariam, "when.proposal", who="Yusuf")
    await agreed.taps(mariam, "button.fits")
    assert len(calendar_files(agreed, mariam)) == 1


async def test_what_one_adult_drops_the_other_may_take_back(agreed: Welcome) -> None:
    mariam, yusuf = await agreed.second_adult("yes"), agreed.people["Yusuf"]
    await agreed.says(yusuf, f"/notneeded {agreed.number('phone-and-mail')}")
    assert agreed.task("phone-and-mail")["state"] == "dropped"
    assert agreed.told(mariam, "decide.dropped_told", who="Yusuf")
    await agreed.taps(mariam, "button.needed")
    assert agreed.task("phone-and-mail")["state"] == "open"


async def test_an_old_proposal_is_not_accepted(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    old, words = agreed.button(yusuf, "button.fits")
    await agreed.plans(anna, "phone-and-mail", "3 december 15:00")
    toast = await agreed.telegram.press(yusuf, None, old, words)
    await agreed.settle()
    assert toast.text == agreed.phrase("button.old", "en")
    assert agreed.task("phone-and-mail")["at"] is None
    await agreed.taps(yusuf, "button.fits")
    assert agreed.task("phone-and-mail")["at"] == agreed.at(date(2026, 12, 3), "15:00")


async def test_the_newcomers_own_moment_needs_no_question(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    assert agreed.task("phone-and-mail")["at"] == agreed.at(date(2026, 12, 2), "14:00")
    assert len(calendar_files(agreed, yusuf)) == 1


async def test_alone_is_no_yes_to_a_moment(agreed: Welcome) -> None:
    """The newcomer goes by themselves: nobody else goes, and whether the moment fits is asked again."""
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await claims(agreed, "Anna", "phone-and-mail")
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    await agreed.taps(yusuf, "button.alone")
    task = agreed.task("phone-and-mail")
    assert (task["company"], task["who"], task["at"]) == ("alone", [], None)
    agreed.mark(anna)
    await agreed.taps(yusuf, "button.fits")
    agreed.mark(yusuf)
    await agreed.until(agreed.at(date(2026, 12, 2), "13:30"))
    assert agreed.told(yusuf, "remind.soon")
    assert not agreed.told(anna, "remind.soon")
    assert not agreed.told(anna, "remind.eve")


async def test_a_clash_is_noticed(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    said = await agreed.plans(anna, "emergency-numbers", "2 december 14:10")
    assert agreed.told(said, "when.clash", task=agreed.title("phone-and-mail"))
    said = await agreed.plans(anna, "emergency-numbers", "2 december 19:00")
    assert not agreed.told(said, "when.clash")


async def test_a_moved_appointment_replaces_the_file_and_the_reminders(group: Welcome) -> None:
    anna = group.people["Anna"]
    await claims(group, "Anna", "vog")
    await group.plans(anna, "vog", "donderdag 14:00")
    await group.plans(anna, "vog", "vrijdag 15:00")
    first, second = calendar_files(group, anna)
    uids = {event["uid"] for file in (first, second) for event in file.walk("VEVENT")}
    assert len(uids) == 1
    group.mark(anna)
    await group.until(group.at(THURSDAY, "13:00"))
    assert not group.told(anna, "remind.soon")
    await group.until(group.at(THURSDAY + timedelta(days=1), "14:00"))
    assert group.told(anna, "remind.soon")


# dates that move


async def test_the_plan_moves_with_the_arrival_and_the_group_reads_why(agreed: Welcome) -> None:
    carla, before = agreed.people["Carla"], agreed.task("phone-and-mail")["due"]
    agreed.mark(agreed.group)
    agreed.mark(agreed.people["Anna"])
    await agreed.says(carla, "/start")
    await agreed.presses(carla, "Yusuf")
    await agreed.taps(carla, "button.arrival")
    await agreed.says(carla, "22 december 2026")
    assert agreed.task("phone-and-mail")["due"] == before + timedelta(days=21)
    assert agreed.told(agreed.group, "arrival.told", day=date(2026, 12, 22))
    assert agreed.told(agreed.group, "moved.title")
    assert agreed.task("nareis")["due"] == date(2026, 12, 22) + timedelta(days=60)
    assert not agreed.heard(agreed.people["Anna"])


async def test_an_appointment_stays_when_the_arrival_moves(agreed: Welcome) -> None:
    carla, anna = agreed.people["Carla"], agreed.people["Anna"]
    await agreed.plans(anna, "vog", "donderdag 14:00")
    await agreed.says(carla, "/start")
    await agreed.presses(carla, "Yusuf")
    await agreed.taps(carla, "button.arrival")
    await agreed.says(carla, "22 december 2026")
    assert agreed.task("vog")["at"] == agreed.at(THURSDAY, "14:00")


async def test_an_arrival_becomes_known(world: Welcome) -> None:
    carla = await world.with_coordinator()
    link = await world.makes_room(carla, arrival="")
    world.group = world.telegram.group("Welkom", carla)
    await world.opens(carla, link)
    assert world.task("phone-and-mail")["due"] is None
    assert world.told([world.board], "board.no_arrival")
    await world.says(carla, "/start")
    await world.presses(carla, "Yusuf")
    await world.taps(carla, "button.arrival")
    await world.says(carla, "1 december 2026")
    assert world.task("phone-and-mail")["due"] == date(2026, 12, 4)
    assert world.told([world.board], "board.before")


async def test_a_late_task_moves_what_waits_for_it_and_the_group_reads_why(agreed: Welcome) -> None:
    """The BSN comes weeks late: the bank moves, because it waits for the BSN."""
    anna, before = agreed.people["Anna"], agreed.task("bank")["due"]
    agreed.mark(agreed.group)
    await agreed.plans(anna, "bsn", "20 januari 14:00")
    await agreed.taps(agreed.people["Yusuf"], "button.fits")
    assert agreed.task("bank")["due"] > before
    moved = [text for text in agreed.heard(agreed.group) if agreed.told([text], "moved.title")]
    assert moved
    assert agreed.title("bank").texts["nl"] in moved[0]
    assert agreed.title("bsn").texts["nl"] in moved[0] or agreed.told(moved, "moved.waits")


async def test_what_is_done_late_moves_what_waits(agreed: Welcome) -> None:
    anna, before = agreed.people["Anna"], agreed.task("digid")["due"]
    await agreed.wait(days=40)
    await agreed.says(anna, f"/done {agreed.number('bsn')}", group=True)
    assert agreed.task("digid")["due"] > before
    assert agreed.task("digid")["due"] >= agreed.today
    assert agreed.task("nareis")["due"] == date(2026, 12, 1) + timedelta(days=60)


async def test_an_appointment_can_be_copied_as_text_in_each_language(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.says(anna, f"/claim {agreed.number('phone-and-mail')}")
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    await agreed.says(anna, f"/task {agreed.number('phone-and-mail')}")
    await agreed.taps(anna, "button.as_text")
    at, title = agreed.at(date(2026, 12, 2), "14:00"), agreed.title("phone-and-mail")
    for language in ("nl", "ar"):
        wanted = agreed.phrase("plantext.appointment", language, task=title, at=at)
        assert any(wanted in text and "Anna" in text for text in agreed.heard(anna)), language


async def test_the_calendar_file_speaks_its_readers_language(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.agrees(yusuf, "ar")
    await group.says(yusuf, f"/when {group.number('phone-and-mail')} 4 december 11:00")
    (event,) = calendar_files(group, yusuf)[-1].walk("VEVENT")
    title = group.title("phone-and-mail")
    assert plain(str(event["summary"])) == group.app.texts.words(title, "ar")
    assert str(event["summary"]) not in title.texts.values()


async def test_who_blocked_the_bot_cannot_be_told_from_what_the_group_reads(agreed: Welcome) -> None:
    anna, yusuf, key = agreed.people["Anna"], agreed.people["Yusuf"], "phone-and-mail"
    assert agreed.told(await agreed.plans(anna, key, "3 december 11:00"), "when.asked")
    agreed.telegram.block_bot(yusuf)
    for day in (4, 5):  # only the first finds out that nothing can be delivered
        said = await agreed.plans(anna, key, f"{day} december 11:00")
        assert agreed.told(said, "when.asked")
        assert not agreed.told(said, "when.ask_in_person")
    again = await agreed.plans(anna, key, "5 december 11:00")
    assert agreed.told(again, "when.already_asked")
    assert not agreed.told(again, "when.ask_in_person")
