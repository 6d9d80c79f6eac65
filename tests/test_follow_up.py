"""What nobody tells the bot: appointments that went by, tasks that others wait for, questions unanswered."""

from __future__ import annotations

from datetime import date, timedelta

from tests.story import ARRIVAL, Welcome
from tests.test_reminders import THURSDAY, appointment, count, listen

MONDAY = date(2026, 12, 7)


def overviews(world: Welcome) -> list[str]:
    return [text for text in world.words(world.group) if world.told([text], "day.week")]


async def test_an_appointment_that_is_past_is_asked_after(group: Welcome) -> None:
    anna = group.people["Anna"]
    await appointment(group, "Anna", "vog", THURSDAY, "14:00")
    listen(group)
    await group.until(group.at(THURSDAY + timedelta(days=1), "09:00"))
    assert group.told(anna, "remind.how_was_it", at=group.at(THURSDAY, "14:00"))
    await group.taps(anna, "button.move")
    wanted = group.today + timedelta(days=3)
    await group.taps(anna, "same", it=wanted)
    assert (group.task("vog")["at"], group.task("vog")["due"]) == (None, wanted)
    group.mark(anna)
    await group.until(group.at(wanted, "12:00"))
    assert not group.told(anna, "remind.overdue")
    await group.until(group.at(wanted + timedelta(days=2), "12:00"))
    assert count(group, anna, "remind.overdue") == 1


async def test_an_appointment_without_companion_is_asked_after_of_the_newcomer(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    await agreed.until(agreed.at(date(2026, 12, 3), "08:00"))
    agreed.mark(yusuf)
    await agreed.until(agreed.at(date(2026, 12, 3), "12:00"))
    assert agreed.told(yusuf, "remind.how_was_it", at=agreed.at(date(2026, 12, 2), "14:00"))
    await agreed.taps(yusuf, "button.done")
    assert agreed.task("phone-and-mail")["state"] == "done"


async def test_a_proposal_whose_moment_is_past_is_gone(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    await agreed.says(anna, f"/claim {agreed.number('phone-and-mail')}", group=True)
    await agreed.plans(anna, "phone-and-mail", f"{THURSDAY:%d-%m-%Y} 14:00")
    assert agreed.task("phone-and-mail")["proposed"]
    await agreed.until(agreed.at(THURSDAY, "20:00"))
    assert agreed.task("phone-and-mail")["proposed"]
    await agreed.until(agreed.at(THURSDAY + timedelta(days=1), "09:00"))
    assert not agreed.task("phone-and-mail")["proposed"]
    assert not agreed.task("phone-and-mail")["proposed_by"]


async def test_what_is_over_is_not_in_the_weeks_overview(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    title = agreed.title("phone-and-mail")
    await agreed.until(agreed.at(MONDAY, "12:00"))
    planned = agreed.phrase(
        "state.planned", at=agreed.at(date(2026, 12, 2), "14:00"), who=agreed.phrase("state.alone")
    )
    assert overviews(agreed)
    assert not any(planned in text for text in overviews(agreed)), title


async def test_what_is_a_newcomers_own_is_not_in_the_weeks_overview(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, f"/task psychiater {MONDAY + timedelta(days=3):%d-%m-%Y} 14:00")
    number, theirs = agreed.number("psychiater"), agreed.phrase("task.neutral")
    assert agreed.task("psychiater")["at"]
    await agreed.until(agreed.at(MONDAY, "12:00"))
    assert overviews(agreed)
    lines = "\n".join(overviews(agreed)).splitlines()
    assert not [line for line in lines if line.startswith(f"{number}. ") or theirs in line]


async def test_what_others_wait_for_is_asked_about_each_week_until_somebody_says(agreed: Welcome) -> None:
    """The home is handed over, nobody tells the bot, and BSN, bank and DigiD would wait for ever."""
    await agreed.until(agreed.at(MONDAY + timedelta(days=7), "12:00"))
    asked = [text for text in overviews(agreed) if agreed.told([text], "day.is_done")]
    assert len(asked) >= 2
    number = next(
        label.removeprefix("✓ ") for _, label in agreed.labels(agreed.group) if label.startswith("✓ ")
    )
    anna = agreed.people["Anna"]
    await agreed.presses(anna, f"✓ {number}", group=True)
    (task,) = agreed.rows("select * from task where number = ?", int(number))
    assert task["state"] == "done"
    await agreed.wait(days=7)
    newest = [text for text in overviews(agreed) if agreed.told([text], "day.is_done")][-1]
    assert f"\n{number}. " not in newest


async def test_a_no_stops_what_was_asked_about(agreed: Welcome) -> None:
    await agreed.until(agreed.at(MONDAY, "12:00"))
    asked = agreed.telegram.history(agreed.group)[-1]
    below = agreed._text(asked).split(agreed.phrase("day.is_done"))[1].split("\n\n")[0]
    stuck = [int(line.split(".")[0]) for line in below.strip().splitlines()]
    assert stuck
    await agreed.says(agreed.people["Anna"], "nee", group=True, reply_to=asked["message_id"])
    quiet = {row["number"] for row in agreed.rows("select number from task where quiet")}
    assert set(stuck) <= quiet
    assert all(f"\n{number}. " in agreed._text(asked) for number in quiet)


async def test_questions_slow_down_while_nobody_answers(agreed: Welcome) -> None:
    """Two unanswered, then one a week; an answer brings the pace back."""
    yusuf = agreed.people["Yusuf"]
    asked: dict[date, int] = {}
    for day in (ARRIVAL + timedelta(days=n) for n in range(-6, 24)):
        agreed.mark(yusuf)
        await agreed.until(agreed.at(day, "23:00"))
        asked[day] = sum(agreed.told([text], "decide.question") for text in agreed.heard(yusuf))
    assert sum(asked.values()) >= 4
    later = {day: n for day, n in asked.items() if n}
    for day in list(later)[2:]:
        assert day.weekday() == 0, later
    assert all(n == 1 for n in later.values())


async def test_later_is_told_to_whoever_was_asked_along(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.says(anna, f"/claim {agreed.number('phone-and-mail')}")
    await agreed.until(agreed.at(ARRIVAL, "08:00"))
    agreed.mark(anna)
    task = agreed.task("phone-and-mail")
    data = agreed.app.reader.seal.close("later", (1, 0, task["id"], f"{task['due']:%y%m%d}"), yusuf.id)
    await agreed.telegram.forge(yusuf, None, agreed.telegram.history(yusuf)[-1], data)
    await agreed.settle()
    assert agreed.told(anna, "decide.later_told")


async def test_next_begins_with_ones_own(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    number = agreed.number("greetings")
    await agreed.says(anna, f"/claim {number}")
    (first,) = await agreed.says(anna, "/next")
    now = first.split(agreed.phrase("next.now"))[1].strip()
    assert now.startswith(f"{number}. ")
    await agreed.wait(days=30)
    (theirs,) = await agreed.says(yusuf, "/next")
    listed = [int(line.split(".")[0]) for line in theirs.splitlines() if line.split(".")[0].isdigit()]
    specs = agreed.content.plans["resettlement"].by_key
    keys = {t["number"]: t["key"] for t in agreed.rows("select number, key from task")}
    concerned = specs[keys[listed[0]]]
    assert concerned.newcomer or concerned.responsible == "newcomer" or concerned.private


async def test_before_the_arrival_is_said(agreed: Welcome) -> None:
    said = await agreed.plans(agreed.people["Anna"], "phone-and-mail", "morgen 14:00")
    assert agreed.told(said, "when.before_arrival", arrival=ARRIVAL)
    assert agreed.told(agreed.people["Yusuf"], "when.proposal")


async def test_nobody_plans_for_a_year_that_is_a_slip_of_the_finger(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    for words in ("/when 3 2099-01-01 10:00", "/when 3 1 januari 2062 10:00", "/task fiets 2 januari 2099"):
        assert agreed.told(await agreed.says(anna, words), "when.too_far"), words
    assert not agreed.rows("select * from task where at > '2030-01-01' or due > '2030-01-01'")


async def test_a_number_that_can_harm_is_never_repeated_whatever_it_came_with(agreed: Welcome) -> None:
    """In the group the warning goes to who wrote it, in private; and nothing of it is kept."""
    anna = agreed.people["Anna"]
    for words in ("/when 123456782 morgen", "/task bel over BSN 123456782", "/claim NL91 ABNA 0417 1643 00"):
        agreed.mark(anna)
        said = await agreed.says(anna, words, group=True)
        assert not said, words
        assert agreed.told(anna, "words.secret"), words
    for words in ("mijn BSN is 123456782", "/when 3 BSN 123456782 morgen", "/notneeded 123456782"):
        assert agreed.told(await agreed.says(anna, words), "words.secret"), words
    assert not agreed.rows("select * from task where words like '%123456782%'")


async def test_who_takes_an_appointment_on_later_gets_the_file_too(agreed: Welcome) -> None:
    anna, bram, yusuf = (agreed.people[name] for name in ("Anna", "Bram", "Yusuf"))
    await agreed.plans(yusuf, "phone-and-mail", "2 december 14:00")
    for who in (anna, bram):
        number = agreed.number("phone-and-mail")
        agreed.mark(who)
        await agreed.says(who, f"/claim {number}")
        if who is bram:
            await agreed.taps(bram, "button.join")
        assert agreed.told(agreed.words(who), "when.calendar"), who.first_name


async def test_one_unasked_word_a_day_counts_questions_about_the_bot_too(agreed: Welcome) -> None:
    """Three days after the arrival the yes is asked again, on a day on which no task is asked about."""
    yusuf = agreed.people["Yusuf"]
    again = 0
    await agreed.until(agreed.at(ARRIVAL - timedelta(days=1), "23:30"))
    for day in (ARRIVAL + timedelta(days=n) for n in range(8)):
        agreed.mark(yusuf)
        await agreed.until(agreed.at(day, "23:30"))
        unasked = [
            sum(agreed.told([text], key) for text in agreed.heard(yusuf))
            for key in ("decide.question", "consent.question")
        ]
        assert sum(unasked) <= 1, day
        again += unasked[1]
    assert again
