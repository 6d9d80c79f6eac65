"""The life of a task: taken, shared, given back, done; and tasks in one's own words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.story import Welcome


async def claims(world: Welcome, name: str, key: str) -> list[str]:
    return await world.says(world.people[name], f"/claim {world.number(key)}", group=True)


# taking and giving back


@pytest.mark.parametrize(
    "words", ["/claim {n}", "/claim #{n}", "/claim vog", "/ikdoe VOG aanvragen", "/claim Apply for the VOG"]
)
async def test_claiming_by_number_or_words(group: Welcome, words: str) -> None:
    said = await group.says(group.people["Anna"], words.format(n=group.number("vog")), group=True)
    assert group.told(said, "task.claimed", who="Anna", number=group.number("vog"), task=group.title("vog"))
    assert group.told(said, "task.due_on", due=group.task("vog")["due"])
    assert group.task("vog")["who"] == ["Anna"]
    assert "Anna" in group.board


async def test_claiming_by_a_button_of_the_board(group: Welcome) -> None:
    number = group.number("vog")
    toast = await group.taps(group.people["Anna"], "button.claim_n", group=True, number=number)
    assert toast == group.phrase("task.claimed.short", task=group.title("vog"))
    assert group.task("vog")["who"] == ["Anna"]


async def test_claiming_by_a_button_in_private_is_told_in_the_group(group: Welcome) -> None:
    """A common task that is taken in private shows on the board; nobody does it twice."""
    anna = group.people["Anna"]
    await group.says(anna, "/tasks")
    await group.taps(anna, "button.claim_n", number=group.number("vog"))
    assert group.told(anna, "task.claimed", who="Anna")
    assert "Anna" in group.board


async def test_without_words_the_tasks_are_buttons(group: Welcome) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/claim", group=True), "task.which")
    await group.presses(anna, group.title("vog").texts["nl"], group=True)
    assert group.task("vog")["who"] == ["Anna"]


async def test_several_tasks_fit_the_words(group: Welcome) -> None:
    anna = group.people["Anna"]
    said = await group.says(anna, "/claim gelijkwaardigheid", group=True)
    assert group.told(said, "task.which")
    await group.presses(anna, f"{group.number('equality-agreement')}. Afspraken", group=True)
    assert group.task("equality-agreement")["who"] == ["Anna"]


async def test_who_comes_second_reads_who_has_it_and_may_join(group: Welcome) -> None:
    bram = group.people["Bram"]
    await claims(group, "Anna", "vog")
    said = await claims(group, "Bram", "vog")
    assert group.told(said, "task.taken", who="Anna", task=group.title("vog"))
    assert group.task("vog")["who"] == ["Anna"]
    await group.taps(bram, "button.join", group=True)
    assert group.told(group.group, "task.joined", who="Bram")
    assert group.task("vog")["who"] == ["Anna", "Bram"]
    again = await group.taps(bram, "button.join", group=True)
    assert again == group.phrase("task.yours_already", task=group.title("vog"))
    assert group.told(await claims(group, "Anna", "vog"), "task.yours_already")


async def test_a_second_press_on_the_same_button_changes_nothing(group: Welcome) -> None:
    number = group.number("vog")
    message, words = group.button(group.group, "button.claim_n", number=number)
    keyboard = [b for row in message["reply_markup"]["inline_keyboard"] for b in row]
    data = next(button["callback_data"] for button in keyboard if button["text"] == words)
    for name in ("Anna", "Bram"):
        group.telegram.forge(group.people[name], group.group, message, data)
    await group.settle()
    assert group.task("vog")["who"] == ["Anna"]
    assert group.told(group.words(group.group), "task.taken", who="Anna")


async def test_release_gives_it_back(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await claims(group, "Anna", "vog")
    assert group.told(await group.says(bram, "/release vog", group=True), "task.not_yours")
    said = await group.says(anna, "/release vog", group=True)
    assert group.told(said, "task.released", who="Anna")
    assert group.task("vog")["who"] == []
    await group.taps(bram, "button.claim", group=True)
    assert group.task("vog")["who"] == ["Bram"]


async def test_who_still_has_it_is_said(group: Welcome) -> None:
    bram = group.people["Bram"]
    await claims(group, "Anna", "vog")
    await claims(group, "Bram", "vog")
    await group.taps(bram, "button.join", group=True)
    said = await group.says(bram, "/release vog", group=True)
    assert group.told(said, "task.still", who="Anna")
    assert group.task("vog")["who"] == ["Anna"]


async def test_the_release_button_is_only_for_who_claimed(group: Welcome) -> None:
    await claims(group, "Anna", "vog")
    toast = await group.taps(group.people["Bram"], "button.release", group=True)
    assert toast == group.phrase("button.not_yours")
    assert group.task("vog")["who"] == ["Anna"]
    await group.taps(group.people["Anna"], "button.release", group=True)
    assert group.task("vog")["who"] == []


async def test_mine_lists_what_is_mine(group: Welcome) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/mine"), "mine.none")
    await claims(group, "Anna", "vog")
    await claims(group, "Anna", "daytime")
    await claims(group, "Bram", "greetings")
    said = await group.says(anna, "/mine")
    assert group.told(said, "mine.title", n=2)
    titles = [group.title(key).texts["nl"] for key in ("vog", "daytime", "greetings")]
    assert [title in said[0] for title in titles] == [True, True, False]
    await group.taps(anna, "button.done_n", number=group.number("vog"))
    assert group.task("vog")["state"] == "done"


async def test_what_a_newcomer_wrote_down_or_does_alone_is_theirs(agreed: Welcome) -> None:
    yusuf, title = agreed.people["Yusuf"], agreed.title("phone-and-mail")
    await agreed.says(yusuf, "/task call my brother")
    await agreed.says(yusuf, f"/alone {agreed.number('phone-and-mail')}")
    said = "\n".join(await agreed.says(yusuf, "/mine"))
    assert agreed.told([said], "mine.title", n=2)
    assert "call my brother" in said
    assert title.texts["en"] in said
    in_group = "\n".join(await agreed.says(yusuf, "/mine", group=True))
    assert "call my brother" not in in_group
    assert "call my brother" not in "\n".join(await agreed.says(agreed.people["Anna"], "/mine"))


# done


async def test_done_and_undone(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await claims(group, "Anna", "vog")
    said = await group.says(anna, "/done vog", group=True)
    assert group.told(said, "task.done", who="Anna")
    assert group.task("vog")["state"] == "done"
    assert group.told(await claims(group, "Bram", "vog"), "task.is_done")
    assert await group.taps(bram, "button.undo_done", group=True) == group.phrase("button.not_yours")
    await group.taps(anna, "button.undo_done", group=True)
    assert group.told(group.group, "task.reopened")
    task = group.task("vog")
    assert (task["state"], task["who"], task["done_on"]) == ("open", ["Anna"], None)


async def test_done_by_somebody_who_had_not_claimed_counts_for_them(group: Welcome) -> None:
    await group.says(group.people["Bram"], f"/klaar {group.number('vog')}", group=True)
    task = group.task("vog")
    assert (task["state"], task["who"]) == ("done", ["Bram"])


async def test_what_waited_can_go_on(group: Welcome) -> None:
    anna = group.people["Anna"]
    said = await claims(group, "Anna", "participants-declaration")
    assert group.told(said, "task.waits_for")
    assert group.title("group-intake").texts["nl"] in said[0]
    said = await group.says(anna, f"/done {group.number('group-intake')}", group=True)
    assert group.told(said, "task.now_possible")
    assert group.title("participants-declaration").texts["nl"] in said[0]
    said = await group.says(anna, f"/claim {group.number('participants-declaration')}", group=True)
    assert not group.told(said, "task.waits_for")


async def test_next_tells_what_can_be_done_and_what_waits(agreed: Welcome) -> None:
    said = (await agreed.says(agreed.people["Anna"], "/next"))[0]
    assert agreed.told([said], "next.now")
    now, later = said.split(agreed.phrase("next.later"))
    assert agreed.title("group-intake").texts["nl"] in now
    assert agreed.told(later.splitlines()[1:], "state.waits")
    assert not agreed.told(now.splitlines()[1:], "state.waits")


# tasks in one's own words


async def test_a_task_in_ones_own_words(group: Welcome) -> None:
    said = await group.says(group.people["Anna"], "/task fiets ophalen bij de buren", group=True)
    assert group.told(said, "task.added", task="fiets ophalen bij de buren")
    dina = group.people["Dina"]
    assert "fiets ophalen bij de buren" in (await group.says(dina, "/tasks"))[0]
    await group.taps(group.people["Bram"], "button.claim", group=True)
    assert group.task("fiets ophalen bij de buren")["who"] == ["Bram"]
    assert "fiets ophalen bij de buren" in group.board


@pytest.mark.parametrize(
    "words, due",
    [("fiets ophalen voor vrijdag", date(2026, 11, 27)), ("fiets ophalen op 3 december", date(2026, 12, 3))],
)
async def test_a_day_in_the_words_is_the_last_day(group: Welcome, words: str, due: date) -> None:
    await group.says(group.people["Anna"], f"/task {words}", group=True)
    task = group.rows("select * from task where key is null")[0]
    assert task["due"] == due.isoformat()


@pytest.mark.parametrize("group_chat", [True, False])
async def test_an_hour_in_the_words_is_an_appointment(group: Welcome, group_chat: bool) -> None:
    anna = group.people["Anna"]
    said = await group.says(anna, "/task vrijdag 10:00 fietsen halen met Bram", group=group_chat)
    at = group.at(date(2026, 11, 27), "10:00")
    assert group.told(said, "task.added", task="fietsen halen met Bram")
    assert group.told(said, "task.planned_at", at=at)
    await group.says(group.people["Bram"], "/claim fietsen halen")
    group.mark(group.people["Bram"])
    await group.until(at - timedelta(hours=1))
    assert group.told(group.people["Bram"], "remind.soon", at=at)


async def test_an_hour_that_is_a_last_hour_stays_in_the_words(group: Welcome) -> None:
    await group.says(group.people["Anna"], "/task formulier inleveren voor vrijdag 12:00", group=True)
    task = group.task("formulier inleveren voor vrijdag 12:00")
    assert (task["due"], task["at"]) == (date(2026, 11, 27), None)


async def test_an_hour_that_has_gone_by_makes_no_task(group: Welcome) -> None:
    said = await group.says(group.people["Anna"], "/task vandaag 8:00 bellen", group=True)
    assert group.told(said, "when.past")
    assert not group.rows("select * from task where key is null")


@pytest.mark.parametrize("group_chat", [True, False])
async def test_a_newcomer_who_is_named_as_company_is_asked_before_the_appointment(
    agreed: Welcome, group_chat: bool
) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    agreed.mark(yusuf)
    said = await agreed.says(anna, "/task vrijdag 10:00 met Yusuf naar de markt", group=group_chat)
    words = "met Yusuf naar de markt"
    assert agreed.told(said, "task.added", task=words)
    assert agreed.told(said, "when.asked", at=agreed.at(date(2026, 11, 27), "10:00"))
    assert agreed.told(yusuf, "when.proposal", who="Anna", task=words)
    assert agreed.task(words)["at"] is None
    assert not agreed.told(await agreed.says(yusuf, "/mine"), "mine.title")
    await agreed.taps(yusuf, "button.fits")
    assert agreed.task(words)["at"] == agreed.at(date(2026, 11, 27), "10:00")
    assert words in "\n".join(await agreed.says(yusuf, "/mine"))


async def test_before_their_yes_no_appointment_is_made_for_a_newcomer(group: Welcome) -> None:
    said = await group.says(group.people["Anna"], "/task vrijdag 10:00 met Yusuf naar de markt", group=True)
    assert group.told(said, "when.no_consent")
    moment = group.app.texts.moment(group.at(date(2026, 11, 27), "10:00"), "nl")
    task = group.task(f"met Yusuf naar de markt, {moment}")
    assert (task["at"], task["due"]) == (None, date(2026, 11, 27))


@pytest.mark.parametrize(
    "words", ["fiets van Yusuf plakken", "boodschappen met Bram voor Yusuf", "de fiets van Yusuf ophalen"]
)
async def test_a_newcomer_whose_thing_is_spoken_of_is_not_asked(agreed: Welcome, words: str) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    agreed.mark(yusuf)
    await agreed.says(anna, f"/task vrijdag 10:00 {words}", group=True)
    assert agreed.task(words)["at"]
    assert not agreed.told(yusuf, "when.proposal")


@pytest.mark.parametrize("words", ["Yusuf naar de tandarts brengen", "take Yusuf to the dentist"])
async def test_a_newcomer_who_is_brought_somewhere_is_asked(agreed: Welcome, words: str) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    await agreed.says(agreed.people["Anna"], f"/task vrijdag 10:00 {words}", group=True)
    assert agreed.told(yusuf, "when.proposal", task=words)
    assert agreed.task(words)["at"] is None


@pytest.mark.parametrize("choice", ["alone", "notneeded"])
async def test_the_newcomer_says_of_a_task_that_people_made_that_it_is_theirs(
    agreed: Welcome, choice: str
) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(agreed.people["Anna"], "/task tandarts bellen", group=True)
    await agreed.says(yusuf, f"/{choice} {agreed.number('tandarts bellen')}")
    task = agreed.task("tandarts bellen")
    assert (task["company"], task["state"]) in (("alone", "open"), ("open", "dropped"))
    assert not agreed.told(yusuf, "task.groups_own")


def during_office_hours(world: Welcome) -> str:
    """The key of a task of the group itself that can only be done while offices are open."""
    plan = world.content.plans["resettlement"]
    return next(task.key for task in plan.tasks if task.office_hours and not task.newcomer)


async def test_a_task_tells_how_long_it_takes_with_how_many_and_when(group: Welcome) -> None:
    anna, key = group.people["Anna"], during_office_hours(group)
    spec = group.content.plans["resettlement"].by_key[key]
    said = await group.says(anna, f"/task {group.number(key)}")
    assert group.told(said, "task.minutes", n=spec.minutes) or group.told(said, "task.hours")
    assert group.told(said, "task.office_hours")
    assert not group.told(await group.says(anna, f"/task {group.number('vog')}"), "task.pair")
    pair = next(task.key for task in group.content.plans["resettlement"].tasks if task.people == 2)
    assert group.told(await group.says(anna, f"/task {group.number(pair)}"), "task.pair")


@pytest.mark.parametrize(
    "when, warned",
    [("5 december 11:00", True), ("4 december 20:00", True), ("4 december 11:00", False)],
)
async def test_a_moment_outside_office_hours_is_said(group: Welcome, when: str, warned: bool) -> None:
    key = during_office_hours(group)
    said = await group.plans(group.people["Anna"], key, when)
    assert group.task(key)["at"]
    assert group.told(said, "when.office_hours") == warned


async def test_many_tasks_that_fit_are_counted(group: Welcome) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/claim de"), "task.which_many")


async def test_a_task_tells_what_to_bring_and_whom_to_ask_where_rules_differ(agreed: Welcome) -> None:
    yusuf, plan = agreed.people["Yusuf"], agreed.content.plans["resettlement"]
    brings = next(task for task in plan.tasks if task.bring.nl and task.newcomer)
    said = "\n".join(await agreed.says(yusuf, f"/task {agreed.number(brings.key)}"))
    assert all(thing in said for thing in brings.bring.en)
    differs = next(task for task in plan.tasks if task.uncertain and task.newcomer)
    said = await agreed.says(yusuf, f"/task {agreed.number(differs.key)}")
    assert agreed.told(said, "task.uncertain", ask=agreed.content.organisations[differs.ask].name.en)
    sure = next(task for task in plan.tasks if not task.uncertain and not task.bring.nl and task.newcomer)
    said = await agreed.says(yusuf, f"/task {agreed.number(sure.key)}")
    assert not agreed.told(said, "task.uncertain")
    assert not agreed.told(said, "task.bring")
