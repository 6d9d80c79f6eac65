"""Who is asked what, and how often: nothing counts as asked that was never named, nobody is passed over, no
button is offered that is refused, the budget is one for all, and a "no" stops what it answers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from string import ascii_lowercase
from typing import Any

import pytest

from bot.demo.telegram import Account
from bot.domain.reminders import BUSY_MONTHS, LAST_CALL, next_words
from handlers.reminders import MOST_LINES
from tests.story import ARRIVAL, Welcome
from tests.test_reminders import THURSDAY, appointment, count, last_call, listen, overdue, own_task, under
from tests.test_reminders_late import down_until
from tests.test_year import UNASKED, said_on

LATER = ARRIVAL + BUSY_MONTHS + timedelta(days=60)
"""Well into the months in which there is one unasked message a week."""
TOO_MANY = [f"klus {letter * 3}" for letter in ascii_lowercase[: MOST_LINES + 4]]


async def too_many(world: Welcome) -> None:
    """More tasks of one day than one message names."""
    for words in TOO_MANY:
        await own_task(world, 9, words)


def naming(said: list[str], words: str) -> list[str]:
    return [line for line in said if words in line]


def messages(world: Welcome, where: Any, key: str) -> list[dict[str, Any]]:
    """The bot's messages there that hold this phrase, oldest first."""
    return [m for m in world._own(world._chat(where)) if world.told([world._text(m)], key)]


def quiet(world: Welcome) -> set[str]:
    return {row["words"] or row["key"] for row in world.rows("select words, key from task where quiet")}


# what is not named was not asked


async def test_what_was_not_named_is_named_the_next_time(group: Welcome) -> None:
    await too_many(group)
    group.mark(group.group)
    await group.wait(days=9)
    said = group.heard(group.group)
    for heading in ("unclaimed", "last_call"):
        lines = under(group, said, heading)
        assert [len(naming(lines, words)) for words in TOO_MANY] == [1] * len(TOO_MANY)
    more = [text for text in said if group.told([text], "board.more", n=len(TOO_MANY) - MOST_LINES)]
    assert len(more) == 2
    assert any(group.phrase("button.open_tasks") in label for _, label in group.labels(group.group))


async def test_the_community_builder_reads_what_the_group_read(group: Welcome) -> None:
    await too_many(group)
    carla, anna = group.people["Carla"], group.people["Anna"]
    await group.wait(days=(timedelta(days=9) - LAST_CALL).days)
    assert naming(under(group, group.words(group.group), "last_call"), TOO_MANY[0])
    group.mark(carla)
    await group.taps(anna, "button.ask_builder", group=True)
    asked = "\n".join(text for text in group.heard(carla) if group.told([text], "builder.asked"))
    assert [words in asked for words in TOO_MANY] == [n < MOST_LINES for n in range(len(TOO_MANY))]
    assert quiet(group) == set(TOO_MANY[:MOST_LINES])


async def test_in_quiet_months_the_last_call_comes_before_it_is_too_late(group: Welcome) -> None:
    """One task for each day of two weeks, with a Whit Monday between: each is called for once, in time, and
    the group hears one message a week."""
    await group.until(group.at(LATER, "12:00"))
    first = LATER + timedelta(days=14)
    days = {f"klus {ascii_lowercase[n] * 3}": first + timedelta(days=n) for n in range(14)}
    assert date(2027, 5, 17) in days.values()  # a Whit Monday
    for words, day in days.items():
        await own_task(group, (day - group.today).days, words)
    await group.until(group.at(first + timedelta(days=16), "12:00"))
    called: dict[str, list[date]] = {words: [] for words in days}
    for when, text in said_on(group, group.group):
        heading = next((n for n, line in enumerate(text.splitlines()) if asks(group, line)), None)
        below = text.split("\n\n")[0].splitlines()[heading:] if heading is not None else []
        for words in days:
            called[words] += [when.date()] * bool(naming(below, words))
    assert [len(dates) for dates in called.values()] == [1] * len(days)
    for words, day in days.items():
        assert day - called[words][0] >= LAST_CALL
    said = [when.isocalendar()[:2] for when, text in said_on(group, group.group) if when.date() > LATER]
    unasked = [w for w, (_, text) in zip(said, late(group), strict=True) if begins(group, text)]
    assert max(Counter(unasked).values()) == 1


def asks(world: Welcome, line: str) -> bool:
    return world.told([line], "day.last_call") or world.told([line], "day.last_call_ahead")


def late(world: Welcome) -> list[tuple[Any, str]]:
    return [(when, text) for when, text in said_on(world, world.group) if when.date() > LATER]


def begins(world: Welcome, text: str) -> bool:
    return any(world.told(text.splitlines()[:1], key) for key in UNASKED)


def test_the_next_words_are_the_next_day_or_the_next_week_and_on_no_day_of_rest() -> None:
    friday, saturday, whit_monday = date(2027, 5, 14), date(2027, 5, 15), date(2027, 5, 17)
    for today, arrival, again in (
        (friday, friday, saturday),
        (saturday, saturday, whit_monday + timedelta(days=1)),
        (friday, ARRIVAL, whit_monday + timedelta(days=1)),
        (whit_monday - timedelta(days=7), ARRIVAL, whit_monday + timedelta(days=1)),
    ):
        assert next_words(today, today=today, arrival=arrival) == again
    assert next_words(None, today=friday, arrival=ARRIVAL) == saturday


# what is late


async def test_who_have_a_task_together_are_both_asked(group: Welcome) -> None:
    """Bram has three that are late, two of them with somebody else: those come first, and nobody is asked
    of two on one day."""
    anna, bram, dina = (group.people[name] for name in ("Anna", "Bram", "Dina"))
    for words, other in (("eigen klus", None), ("klus met Anna", anna), ("klus met Dina", dina)):
        number = await own_task(group, 2, words)
        await group.says(bram, f"/claim {number}", group=True)
        if other:
            await group.says(other, f"/claim {number}", group=True)
            await group.taps(other, "button.join", group=True)
    listen(group)
    await group.wait(days=10)
    of_bram = asked_of(group, bram)
    assert [words for words, _ in of_bram] == ["klus met Anna", "klus met Dina", "eigen klus"]
    assert len({day for _, day in of_bram}) == len(of_bram)
    assert [asked_of(group, anna), asked_of(group, dina)] == [of_bram[:1], of_bram[1:2]]


def asked_of(world: Welcome, who: Account) -> list[tuple[str, date]]:
    """Of which late tasks somebody was asked, and when."""
    kept = ("eigen klus", "klus met Anna", "klus met Dina")
    return [
        (words, when.date())
        for when, text in said_on(world, who)
        for words in kept
        if world.told([text], "remind.overdue", task=words)
    ]


async def test_who_wants_to_hear_nothing_holds_up_nobody(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await group.says(bram, "/settings")
    await group.taps(bram, "settings.none")
    number = await own_task(group, 2)
    await group.says(anna, f"/claim {number}", group=True)
    await group.says(bram, f"/claim {number}", group=True)
    await group.taps(bram, "button.join", group=True)
    listen(group)
    await group.wait(days=5)
    assert count(group, anna, "remind.overdue") == 1
    assert not count(group, bram, "remind.overdue")


async def asked_after(world: Welcome, who: Account, key: str) -> None:
    """Days pass until somebody is asked what came of a task."""
    listen(world)
    for _ in range(14):
        if count(world, who, key):
            return
        await world.wait(days=1)
    raise AssertionError("not asked")


async def test_a_newcomer_moves_their_own_appointment_that_is_past(agreed: Welcome) -> None:
    yusuf, key = agreed.people["Yusuf"], "phone-and-mail"
    await agreed.plans(yusuf, key, f"{ARRIVAL + timedelta(days=1):%d-%m-%Y} 14:00")
    await asked_after(agreed, yusuf, "remind.how_was_it")
    assert not agreed.has_button(yusuf, "button.hand_over")
    wanted = agreed.today + timedelta(days=3)
    assert not await agreed.taps(yusuf, "button.move")
    assert not await agreed.taps(yusuf, "same", it=wanted)
    assert (agreed.task(key)["at"], agreed.task(key)["due"]) == (None, wanted)


async def forged(world: Welcome, who: Account, press: str, key: str) -> str:
    """A button that nobody was given, pressed all the same."""
    data = world.app.reader.seal.close(press, (1, 0, world.task(key)["id"]), who.id)
    toast = await world.telegram.forge(who, None, world.telegram.history(who)[-1], data)
    await world.settle()
    assert toast
    return str(toast.text)


async def test_a_sponsor_is_not_offered_to_drop_what_needs_the_newcomer(agreed: Welcome) -> None:
    anna, key = agreed.people["Anna"], "phone-and-mail"
    await agreed.says(anna, f"/claim {agreed.number(key)}", group=True)
    await asked_after(agreed, anna, "remind.overdue")
    for offered in ("done", "hand_over", "move"):
        assert agreed.has_button(anna, f"button.{offered}")
    assert not agreed.has_button(anna, "button.drop")
    assert await forged(agreed, anna, "drop", key) == agreed.phrase("only.newcomer")
    assert agreed.task(key)["state"] == "open"


async def test_who_does_not_have_it_does_not_move_it(agreed: Welcome) -> None:
    anna, key = agreed.people["Anna"], "phone-and-mail"
    refused = agreed.phrase("task.not_yours", task=agreed.title(key))
    assert await forged(agreed, anna, "move", key) == refused
    assert not agreed.rows("select * from question where topic = 'move'")


async def test_a_newcomer_who_has_a_task_drops_it(agreed: Welcome) -> None:
    yusuf, key = agreed.people["Yusuf"], "phone-and-mail"
    await agreed.says(yusuf, f"/claim {agreed.number(key)}")
    await asked_after(agreed, yusuf, "remind.overdue")
    await agreed.taps(yusuf, "button.drop")
    assert agreed.task(key)["state"] == "dropped"


# late


@pytest.mark.parametrize("hour", ["15:00", "22:00"])
async def test_an_overview_that_comes_late_says_so_after_a_night_too(group: Welcome, hour: str) -> None:
    monday = date(2026, 12, 7)
    await group.until(group.at(monday - timedelta(days=1), "12:00"))
    listen(group)
    await down_until(group, group.at(monday, hour))
    await group.until(group.at(monday + timedelta(days=1), "09:30"))
    overviews = [t for t in group.heard(group.group) if begins(group, t)]
    assert group.told(overviews[:1], "remind.late")
    listen(group)
    await group.wait(days=7)
    assert any(begins(group, text) for text in group.heard(group.group))
    assert not group.told(group.group, "remind.late")


# one budget


async def test_in_quiet_months_every_question_counts_for_the_week(group: Welcome) -> None:
    """The household is asked about in the place of that week's question about a task, not beside it."""
    yusuf, tuesday = group.people["Yusuf"], date(2027, 5, 4)
    await group.until(group.at(tuesday, "12:00"))
    await group.agrees(yusuf, "en")
    await group.wait(days=21)
    questions = [
        when.isocalendar()[:2]
        for when, text in said_on(group, yusuf)
        if group.told([text], "decide.question") or group.told([text], "household.children")
    ]
    assert max(Counter(questions).values()) == 1
    assert len(messages(group, yusuf, "household.children")) == 1
    assert len(questions) > 1


async def test_who_answers_every_question_is_asked_about_the_household_too(agreed: Welcome) -> None:
    """A question a day about a task does not take the place of what was put off for it."""
    yusuf, asked_on = agreed.people["Yusuf"], ARRIVAL + timedelta(days=2)
    await agreed.until(agreed.at(ARRIVAL, "12:00"))
    await agreed.chooses(yusuf, "yes")
    while agreed.today < asked_on:
        for question in messages(agreed, yusuf, "decide.question"):
            alone = question["reply_markup"]["inline_keyboard"][0][1]["text"]
            await agreed.telegram.press(yusuf, None, question, alone)
        await agreed.wait(days=1)
    asked = messages(agreed, yusuf, "decide.question")[-1]
    assert asked["date"] == agreed.at(asked_on, "09:00").timestamp()
    assert not messages(agreed, yusuf, "household.children")
    await agreed.wait(days=1)
    assert len(messages(agreed, yusuf, "household.children")) == 1


async def asked_about_household(world: Welcome) -> Account:
    """After arrival Yusuf says yes once more, and is asked about the household when that is due."""
    yusuf = world.people["Yusuf"]
    await world.until(world.at(ARRIVAL, "12:00"))
    await world.chooses(yusuf, "yes")
    await heard_so_often(world, yusuf, "household.children", 1)
    return yusuf


async def heard_so_often(world: Welcome, who: Account, key: str, times: int) -> None:
    """Days pass until somebody was told something so many times, a month at most."""
    for _ in range(31):
        if len(messages(world, who, key)) >= times:
            return
        await world.wait(days=1)
    raise AssertionError(f"{key} was not told {times} times")


async def test_a_question_that_is_not_asked_takes_nothing_of_the_budget(agreed: Welcome) -> None:
    """The yes of before departure would be asked about again; it was answered in the meantime."""
    await agreed.says(agreed.people["Yusuf"], "/settings")
    await agreed.taps(agreed.people["Yusuf"], "settings.own")
    yusuf = await asked_about_household(agreed)
    listen(agreed)
    nudged = "select nudged_on from person where name = 'Yusuf'"
    before = agreed.rows(nudged)
    assert before[0]["nudged_on"]
    await agreed.wait(days=5)
    assert not count(agreed, yusuf, "consent.again")
    assert agreed.rows(nudged) == before


async def test_a_no_to_another_question_silences_no_task(agreed: Welcome) -> None:
    yusuf = await asked_about_household(agreed)
    assert messages(agreed, yusuf, "decide.question")
    assert not agreed.told(await agreed.says(yusuf, "no"), "asking.stopped")
    assert not quiet(agreed)


# what a "no" stops


async def two_questions(world: Welcome) -> tuple[Account, list[dict[str, Any]]]:
    """Yusuf was asked about two tasks on two days."""
    yusuf = world.people["Yusuf"]
    await heard_so_often(world, yusuf, "decide.question", 2)
    return yusuf, messages(world, yusuf, "decide.question")


@pytest.mark.parametrize("which", [0, 1])
async def test_a_newcomers_no_to_how_they_want_a_task_takes_it_from_nobody(
    agreed: Welcome, which: int
) -> None:
    """That question ends, which is asked once; the group may still be asked who does it."""
    yusuf, asked = await two_questions(agreed)
    said = await agreed.says(yusuf, "no", reply_to=asked[which]["message_id"])
    assert agreed.told(said, "asking.stopped")
    assert not quiet(agreed)


async def test_the_group_still_hears_of_what_a_newcomer_said_no_to(agreed: Welcome) -> None:
    yusuf, key = agreed.people["Yusuf"], "phone-and-mail"
    await heard_so_often(agreed, yusuf, "decide.question", 1)
    (asked,) = messages(agreed, yusuf, "decide.question")
    assert agreed.told([agreed._text(asked)], "decide.question", task=agreed.title(key))
    await agreed.says(yusuf, "no", reply_to=asked["message_id"])
    agreed.mark(agreed.group)
    await agreed.until(agreed.at(ARRIVAL + timedelta(days=14), "12:00"))
    said = agreed.heard(agreed.group)
    named = [*under(agreed, said, "unclaimed"), *under(agreed, said, "last_call")]
    assert naming(named, agreed.title(key).texts["nl"])


async def test_a_no_in_reply_to_what_asked_nothing_silences_nothing(agreed: Welcome) -> None:
    yusuf, _ = await two_questions(agreed)
    other = messages(agreed, yusuf, "consent.yes")[0]
    assert not agreed.told(await agreed.says(yusuf, "no", reply_to=other["message_id"]), "asking.stopped")
    assert not quiet(agreed)


async def test_a_no_to_a_late_task_weeks_after_is_still_about_that_one(group: Welcome) -> None:
    anna = group.people["Anna"]
    await overdue(group)
    asked = messages(group, anna, "remind.overdue")[-1]
    await group.wait(days=10)
    said = await group.says(anna, "nee", reply_to=asked["message_id"])
    assert group.told(said, "asking.stopped")
    assert quiet(group) == {"sleutels ophalen"}


async def test_a_no_in_the_group_to_something_else_silences_nothing(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await group.wait(days=1)
    for who in (anna, bram):
        await group.says(who, "/claim vog", group=True)
    taken = messages(group, group.group, "task.taken")[-1]
    said = await group.says(bram, "nee", group=True, reply_to=taken["message_id"])
    assert group.told(said, "group.hint")
    assert not quiet(group)


def tasks_in(world: Welcome, message: dict[str, Any]) -> set[str]:
    """The tasks that a message lists."""
    return {
        row["words"] or row["key"]
        for row in world.rows("select number, words, key from task")
        if f"\n{row['number']}. " in world._text(message)
    }


async def test_a_no_in_the_group_stops_what_that_message_named(group: Welcome) -> None:
    await own_task(group, 9, "andere klus")
    await group.wait(days=3)
    first, *later = [m for m in group._own(group.group) if begins(group, group._text(m))]
    said = await group.says(group.people["Bram"], "nee", group=True, reply_to=first["message_id"])
    assert group.told(said, "asking.stopped")
    assert quiet(group) == tasks_in(group, first)
    assert any("andere klus" in group._text(message) for message in later)
    assert "andere klus" not in quiet(group)


async def test_we_will_manage_stops_what_it_stands_under(group: Welcome) -> None:
    """Of an older message, after a newer one asked about something else."""
    bram = group.people["Bram"]
    await last_call(group)
    first = messages(group, group.group, "day.last_call")[-1]
    await own_task(group, 4, "andere klus")
    await group.wait(days=2)
    assert any("andere klus" in text for text in under(group, group.words(group.group), "last_call"))
    await group.telegram.press(bram, group.group, first, group.button(group.group, "button.we_will")[1])
    await group.settle()
    assert "sleutels ophalen" in quiet(group) <= tasks_in(group, first)
    assert "andere klus" not in quiet(group)


# nothing but answers


async def test_who_wants_only_answers_hears_of_legal_terms_alone(agreed: Welcome) -> None:
    """A right that lapses does not wait; the question about the yes does, until they want to hear it."""
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, "/settings")
    await agreed.taps(yusuf, "settings.none")
    listen(agreed)
    await agreed.until(agreed.at(ARRIVAL + timedelta(days=30), "12:00"))
    said = agreed.heard(yusuf)
    assert said
    assert all(agreed.told([text], "term.coming") for text in said)
    await agreed.says(yusuf, "/settings")
    await agreed.taps(yusuf, "settings.all")
    listen(agreed)
    await agreed.wait(days=10)
    assert count(agreed, yusuf, "consent.again")


def test_the_choice_says_so(world: Welcome) -> None:
    """In each language with the word that it has for a term of law (docs/terminology.md)."""
    words = {
        language: world.phrase("settings.none", language) for language in world.languages("settings.none")
    }
    known = {
        "nl": "wettelijke termijn",
        "en": "legal term",
        "tr": "yasal süre",
        "fr": "délais fixés par la loi",
    }
    known |= {"ar": "المهل القانونية", "fa": "مهلت‌های قانونی", "ti": "ብሕጊ ዝተወሰነ ግዜ", "uk": "законних строків"}
    assert words.keys() == known.keys()
    for language, term in known.items():
        assert term in words[language], language


async def test_the_appointments_eve_is_nobodys_question(group: Welcome) -> None:
    """A "no" in reply to a reminder of an appointment silences no task that was asked about before."""
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    number = await own_task(group, 1)
    await group.says(anna, f"/claim {number}", group=True)
    await group.until(group.at(THURSDAY, "13:00"))
    eve = messages(group, anna, "remind.soon")[-1]
    said = await group.says(anna, "nee", reply_to=eve["message_id"])
    assert group.told(said, "private.hint")
    assert not quiet(group)


async def test_a_weeks_start_shows_what_is_still_free_though_it_was_asked_about(group: Welcome) -> None:
    monday = date(2026, 11, 30)
    await group.until(group.at(monday - timedelta(days=1), "12:00"))
    assert group.task("vog")["raised"]
    group.mark(group.group)
    await group.until(group.at(monday, "12:00"))
    week = next(text for text in group.heard(group.group) if group.told([text], "day.week"))
    assert group.title("vog").texts["nl"] in week
    assert group.has_button(group.group, "button.claim_n", number=group.number("vog"))
