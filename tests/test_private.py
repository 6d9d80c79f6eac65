"""What is a newcomer's own stays theirs, however and wherever it is spoken of."""

from __future__ import annotations

from datetime import date

import pytest

from bot.redaction import secrets_in
from bot.store.room import Room
from bot.store.scope import Given
from bot.store.tables import Person, RoomRow
from tests.story import Welcome


def own(world: Welcome) -> str:
    """A private task of the plan, whatever its key is called."""
    return next(task.key for task in world.content.plans["resettlement"].tasks if task.private)


def readable(world: Welcome, key: str, texts: list[str]) -> bool:
    return any(title in text for title in world.title(key).texts.values() for text in texts)


@pytest.mark.parametrize("command", ["alone", "together", "notneeded", "claim", "release", "done", "when"])
async def test_commands_in_the_group_never_name_it(agreed: Welcome, command: str) -> None:
    yusuf, key = agreed.people["Yusuf"], own(agreed)
    for _ in range(2):  # the second time is refused, in words that do not name it either
        await agreed.says(yusuf, f"/{command} {agreed.number(key)} Friday 14:00", group=True)
        await agreed.says(yusuf, f"/{command} {agreed.number(key)}", group=True)
    assert not readable(agreed, key, agreed.words(agreed.group))


async def test_sponsors_cannot_find_or_plan_it(agreed: Welcome) -> None:
    bram, key = agreed.people["Bram"], own(agreed)
    title = agreed.title(key).texts["nl"].split()[0].lower()
    said = await agreed.says(bram, f"/claim {title}")
    assert not readable(agreed, key, said)
    assert agreed.told(await agreed.says(bram, f"/when {agreed.number(key)} vrijdag 14:00"), "task.own")
    assert agreed.task(key)["at"] is None
    assert agreed.task(key)["proposed"] is None


@pytest.mark.parametrize("group", [True, False], ids=["in the group", "in private"])
@pytest.mark.parametrize(
    "command", ["/task {}", "/claim {}", "/release {}", "/done {}", "/when {} Friday 14:00"]
)
async def test_a_number_that_is_not_theirs_to_know_is_answered_like_one_that_does_not_exist(
    agreed: Welcome, command: str, group: bool
) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, "/task see the dentist")
    there = agreed.number("see the dentist")
    await agreed.says(yusuf, "/task swim")
    await agreed.says(yusuf, f"/done {agreed.number('swim')}")
    for number in (there, there + 1, there + 2):
        said = await agreed.says(anna, command.format(number), group=group)
        assert agreed.told(said, "task.unknown", words=str(number))
        assert len(said) == 1


async def test_what_is_a_newcomers_own_is_not_among_what_can_be_taken_on(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, "/task tomorrow 14:00 see the dentist")
    assert agreed.task("see the dentist")["at"]
    for group in (True, False):
        assert agreed.told(await agreed.says(anna, "/claim", group=group), "task.which")
        labels = [label for _, label in agreed.labels(agreed.group if group else anna)]
        assert labels
        assert not any(label.startswith(f"{agreed.number('see the dentist')}.") for label in labels)


@pytest.mark.parametrize("group", [True, False], ids=["in the group", "in private"])
async def test_the_plan_tells_nobody_else_that_it_is_there(agreed: Welcome, group: bool) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    before = await agreed.says(anna, "/plan", group=group)
    await agreed.says(yusuf, "/task see the dentist")
    row = agreed.rows("select area, number from task where words = 'see the dentist'")[0]
    assert await agreed.says(anna, "/plan", group=group) == before
    where = agreed.group if group else anna
    await agreed.taps(anna, f"area.{row['area']}", group=group)
    assert agreed.heard(where)
    assert not any(f"{row['number']}." in text for text in agreed.heard(where))


async def test_its_day_is_not_on_the_board(agreed: Welcome) -> None:
    yusuf, key = agreed.people["Yusuf"], own(agreed)
    await agreed.says(yusuf, f"/when {agreed.number(key)} Friday 14:00")
    assert agreed.task(key)["at"]
    assert f"{agreed.number(key)}. " not in agreed.board
    assert not any("14:00" in text for text in agreed.words(agreed.group))
    assert not any("14:00" in text for text in await agreed.says(agreed.people["Anna"], "/next"))


async def test_another_adult_does_not_read_ones_own_words(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, "/task talk about the divorce")
    amina = agreed.person("Amina", "en")
    agreed.telegram.add_member(agreed.group, amina)
    await agreed.settle()
    room = agreed.app.store
    with room.begin() as session:
        row = session.get(RoomRow, 1)
        assert row
        given = Given(session, agreed.content, room, agreed.clock.now(), agreed.app.settings.zone)
        held = Room(given, row)
        person = Person(
            telegram=amina.id, name="Amina", language="en", reachable=True, created=agreed.clock.now()
        )
        member = held.add_member(person, "newcomer", called="Amina")
        member.consent = "yes"
    for command in ("/tasks", "/next", "/claim divorce", "/notneeded divorce"):
        assert not any("divorce" in text and "“" not in text for text in await agreed.says(amina, command))


async def test_nobody_reads_in_the_group_that_somebody_has_not_chosen(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", "en")
    said = await group.says(yusuf, "/claim 1", group=True)
    assert group.told(said, "private.only")
    assert not group.told(group.group, "consent.first")
    toast = await group.taps(yusuf, "button.open_tasks", group=True)
    assert not group.told([toast], "consent.first")
    assert not group.told(group.group, "consent.first")


async def test_who_was_going_reads_that_it_is_off(agreed: Welcome) -> None:
    anna, bram, yusuf = (agreed.people[name] for name in ("Anna", "Bram", "Yusuf"))
    key = next(
        task.key
        for task in agreed.content.plans["resettlement"].tasks
        if task.newcomer and not task.private and not task.needs and task.responsible in ("group", "newcomer")
    )
    number = agreed.number(key)
    await agreed.says(bram, f"/claim {number}")
    await agreed.says(anna, f"/when {number} vrijdag 14:00")
    await agreed.taps(yusuf, "button.fits")
    agreed.mark(bram)
    await agreed.taps(yusuf, "button.fits_not")
    assert agreed.task(key)["at"] is None
    assert agreed.told(bram, "when.not_then")
    assert agreed.told(agreed.group, "when.off")
    agreed.mark(bram)
    await agreed.says(yusuf, f"/alone {number}")
    assert agreed.told(bram, "decide.need_not_come")


async def test_a_finish_taken_back_reminds_again(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    number = agreed.number("vog")
    await agreed.says(anna, f"/claim {number}")
    await agreed.says(anna, f"/when {number} vrijdag 14:00")
    await agreed.says(anna, f"/done {number}")
    assert not agreed.rows("select * from pending where state = 'waiting' and subject like 'task:%'")
    await agreed.taps(anna, "button.undo_done", group=True)
    assert agreed.rows("select * from pending where state = 'waiting' and subject like 'task:%'")


async def test_a_newcomer_does_not_drop_the_groups_own_tasks(agreed: Welcome) -> None:
    said = await agreed.says(agreed.people["Yusuf"], f"/notneeded {agreed.number('vog')}")
    assert agreed.told(said, "task.groups_own")
    assert agreed.task("vog")["state"] == "open"


@pytest.mark.parametrize(
    "words",
    ["+31 6 12345678", "0031 6 12345678", "DigiD aanvragen in 2026", "pincode ophalen 2026", "030 123 45 67"],
)
def test_honest_words_are_not_taken_for_secrets(words: str) -> None:
    assert not secrets_in(words)


@pytest.mark.parametrize(
    "words", ["111222333", "NL91ABNA0417164300", "mijn DigiD code is AB12CD", "V-nummer 1234567890"]
)
def test_numbers_that_harm_are_seen(words: str) -> None:
    assert secrets_in(words)


async def test_a_number_that_harms_is_not_repeated(agreed: Welcome) -> None:
    said = await agreed.says(agreed.people["Anna"], "/claim 111222333", group=True)
    assert not any("111222333" in text for text in said)


async def test_ones_own_appointment_is_reminded_of_and_clashes(agreed: Welcome) -> None:
    """A newcomer's own task, which nobody else sees, is asked about by its name, and comes back in time."""
    yusuf, day = agreed.people["Yusuf"], date(2026, 12, 10)
    await agreed.says(yusuf, "/task see the dentist")
    await agreed.taps(yusuf, "button.when")
    (asked,) = await agreed.says(yusuf, "10 December")
    assert "see the dentist" in asked
    agreed.mark(agreed.group)
    said = await agreed.says(yusuf, "15:00")
    assert agreed.told(said, "when.planned")
    assert not agreed.told(said, "when.nobody_yet")
    assert agreed.told(said, "when.calendar")
    assert not agreed.heard(agreed.group)
    number = agreed.number("bank")
    said = await agreed.says(yusuf, f"/when {number} 10 December 15:15")
    assert not agreed.told(said, "when.clash"), "what the group reads tells of no private task"
    await agreed.says(yusuf, "/task buy a coat")
    await agreed.taps(yusuf, "button.when")
    assert agreed.told(await agreed.says(yusuf, "10 December 15:30"), "when.clash")
    agreed.mark(yusuf)
    await agreed.until(agreed.at(day, "14:00"))
    told = [text for text in agreed.heard(yusuf) if "see the dentist" in text]
    assert [agreed.told([text], key) for text, key in zip(told, ("remind.eve", "remind.soon"), strict=True)]


async def test_the_next_turn_of_a_task_of_ones_own_stays_ones_own(agreed: Welcome) -> None:
    yusuf, mariam = agreed.people["Yusuf"], await agreed.second_adult("yes")
    await agreed.says(yusuf, "/task every Tuesday: fetch tablets")
    number = agreed.number("fetch tablets")
    await agreed.says(yusuf, f"/done {number}")
    following = agreed.task("fetch tablets")
    assert following["number"] != number
    assert "tablets" not in "\n".join(await agreed.says(mariam, "/tasks"))
    assert "tablets" in "\n".join(await agreed.says(yusuf, "/tasks"))
