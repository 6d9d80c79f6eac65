"""Who is here: coming in mid-year, people who cannot be reached, and people in more than one group."""

from __future__ import annotations

import pytest

from bot.domain.words import Phrase
from tests.story import Welcome
from tests.test_leaving import leaves_the_chat

# coming in mid-year


async def test_a_new_sponsor_in_mid_year_reads_the_welcome_and_what_is_free(agreed: Welcome) -> None:
    await agreed.wait(days=100)
    agreed.mark(agreed.group)
    fenna = await agreed.comes("Fenna")
    assert agreed.told(agreed.group, "group.welcome")
    await agreed.joins(fenna, "sponsor")
    assert agreed.told(agreed.words(agreed.people["Carla"]), "joined.told", who="Fenna")
    assert agreed.told(await agreed.says(fenna, "/tasks"), "open.title")


async def test_one_arrival_is_welcomed_once(group: Welcome) -> None:
    await group.wait(minutes=5)
    group.mark(group.group)
    fenna = await group.comes("Fenna")
    group.telegram.leave(group.group, fenna)
    await group.comes("Fenna")
    assert sum(group.told([text], "group.welcome") for text in group.heard(group.group)) == 1


# who cannot be reached


async def test_who_blocks_the_bot_is_named_to_nobody(agreed: Welcome) -> None:
    anna, bram = agreed.people["Anna"], agreed.people["Bram"]
    await agreed.says(anna, "/claim vog", group=True)
    await agreed.plans(anna, "vog", "donderdag 14:00")
    everybody = [agreed.group, *agreed.people.values()]
    agreed.telegram.block_bot(anna)
    await agreed.settle()
    for where in everybody:
        agreed.mark(where)
    await agreed.until(agreed.at(agreed.task("vog")["at"].date(), "14:00"))
    assert not agreed.told(agreed.group, "group.unopened")
    told = [text for where in (bram, agreed.people["Carla"]) for text in agreed.heard(where)]
    assert not any("Anna" in text for text in told)


async def test_who_never_opened_the_private_chat_is_not_named(group: Welcome) -> None:
    """One neutral line in the group: no name, no subject, and not again the same week."""
    fenna = await group.comes("Fenna")
    message, words = group.button(group.group, "button.role_sponsor")
    await group.telegram.press(fenna, group.group, message, words)
    await group.settle()
    await group.says(fenna, "/claim vog", group=True)
    group.mark(group.group)
    await group.plans(fenna, "vog", "donderdag 14:00")
    await group.wait(days=3)
    lines = [text for text in group.heard(group.group) if group.told([text], "group.unopened")]
    assert len(lines) == 1
    assert "Fenna" not in lines[0]
    assert "VOG" not in lines[0]


async def test_one_line_a_week_serves_all_who_never_opened_it(group: Welcome) -> None:
    """Whoever it concerns reads it as theirs; a second line would tell that there is another."""

    def lines() -> int:
        return sum(group.told([text], "group.unopened") for text in group.heard(group.group))

    group.mark(group.group)
    for name, task in (("Fenna", "vog"), ("Gijs", "daytime")):
        who = await group.comes(name)
        message, words = group.button(group.group, "button.role_sponsor")
        await group.telegram.press(who, group.group, message, words)
        await group.settle()
        group.telegram.say(who, group.group, f"/claim {group.number(task)}")
        await group.settle()
        group.telegram.say(who, group.group, f"/when {group.number(task)} donderdag 14:00")
        await group.settle()
    assert lines() == 1
    await group.wait(days=7)
    group.telegram.say(group.people["Gijs"], group.group, f"/when {group.number('daytime')} donderdag 15:00")
    await group.settle()
    assert lines() == 2


# more than one group


async def test_a_person_in_two_groups_is_asked_which(group: Welcome) -> None:
    await group.second_group("Anna", "Piet")
    anna = group.people["Anna"]
    said = await group.says(anna, "/claim vog")
    assert group.told(said, "room.which")
    await group.presses(anna, "Mariam")
    assert group.task("vog", room=2)["who"] == ["Anna"]
    assert group.task("vog", room=1)["who"] == []
    assert group.told(group.words(anna), "task.claimed", who="Anna")
    await group.says(anna, "/mine")
    await group.presses(anna, "Yusuf")
    assert group.told(anna, "mine.none")


async def test_in_the_group_it_is_that_group(group: Welcome) -> None:
    second = await group.second_group("Anna", "Piet")
    anna, first = group.people["Anna"], group.group
    await group.says(anna, "/claim vog", group=True)
    assert (group.task("vog", 1)["who"], group.task("vog", 2)["who"]) == (["Anna"], [])
    group.group = second
    people = (await group.says(anna, "/people", group=True))[0]
    assert "Mariam" in people
    assert not any(name in people for name in ("Yusuf", "Bram", "Emre"))
    group.group = first
    assert "Piet" not in (await group.says(anna, "/people", group=True))[0]


async def test_words_of_one_group_never_reach_the_other(group: Welcome) -> None:
    second = await group.second_group("Anna", "Piet")
    piet = group.people["Piet"]
    group.mark(second)
    group.mark(piet)
    await group.says(group.people["Bram"], "/task sleutels van Yusuf ophalen", group=True)
    await group.says(group.people["Anna"], "/claim sleutels", group=True)
    await group.wait(days=3)
    assert not any("sleutels" in text for text in group.heard(second) + group.heard(piet))
    assert not any("sleutels" in text for text in await group.says(piet, "/tasks"))


async def test_a_reply_and_a_button_keep_their_room(group: Welcome) -> None:
    await group.second_group("Anna", "Piet")
    anna = group.people["Anna"]
    await group.says(anna, "/tasks")
    await group.presses(anna, "Mariam")
    number = group.task("vog", 2)["number"]
    await group.taps(anna, "button.claim_n", number=number)
    assert (group.task("vog", 1)["who"], group.task("vog", 2)["who"]) == ([], ["Anna"])
    last = group.telegram.history(anna)[-1]
    await group.says(anna, "/release vog", reply_to=last)
    assert group.task("vog", 2)["who"] == []


async def test_the_buttons_of_one_room_never_act_in_another(group: Welcome) -> None:
    """Anna carries a sealed button of the second group over to the first, and Piet to where he is not."""
    second = await group.second_group("Anna", "Piet")
    piet, bram = group.people["Piet"], group.people["Bram"]
    other = group.task("vog", 2)["id"]
    seal = group.app.reader.seal
    before = group.rows("select * from holder")
    carried = seal.close("claim", (2, 0, other), second.id)
    toast = await group.telegram.forge(bram, group.group, group.telegram.history(group.group)[0], carried)
    await group.settle()
    assert toast.text == group.phrase("button.old")
    for room, task in ((2, other), (1, other), (0, other)):
        data = seal.close("claim", (room, 0, task), group.group.id)
        await group.telegram.forge(bram, group.group, group.telegram.history(group.group)[0], data)
        await group.settle()
        data = seal.close("claim", (1, 0, group.task("vog", 1)["id"]), piet.id)
        await group.telegram.forge(piet, None, group.telegram.history(piet)[-1], data)
        await group.settle()
    assert group.rows("select * from holder") == before


async def test_one_person_in_two_roles(group: Welcome) -> None:
    """The coordinator is also a sponsor here: both work, and only one person is counted."""
    carla = group.people["Carla"]
    await group.joins(carla, "sponsor")
    await group.says(carla, "/claim vog", group=True)
    assert group.task("vog")["who"] == ["Carla"]
    await group.menu()
    assert group.has_button(carla, "button.cards")
    await group.taps(carla, "button.newcomer_link")
    assert group.told(carla, "newcomer.link")
    people = await group.says(carla, "/people")
    assert group.told(people, "people.coordinator", n=1, who="Carla")
    assert people[0].count("Carla") == 2
    assert group.rows("select count(*) n from member")[0]["n"] == 6


async def test_who_coordinates_is_named_also_after_leaving_the_chat(group: Welcome) -> None:
    carla, anna = group.people["Carla"], group.people["Anna"]
    await leaves_the_chat(group, carla)
    assert group.told(await group.says(anna, "/people"), "people.coordinator", n=1, who="Carla")


async def test_the_bot_comes_back_and_a_coordinator_is_still_a_sponsor(group: Welcome) -> None:
    """Put out and let in again by a new link: roles and tasks are as they were."""
    carla, anna = group.people["Carla"], group.people["Anna"]
    await group.joins(carla, "sponsor")
    await group.says(carla, "/claim vog", group=True)
    before = group.rows("select id, role, person_id from member order by id")
    group.telegram.remove_bot(group.group, anna)
    await group.settle()
    await group.menu()
    await group.taps(carla, "button.group_link")
    await group.opens(carla, group.link_in(group.words(carla)))
    assert group.room_row()["chat"] == group.group.id
    assert group.rows("select id, role, person_id from member order by id") == before
    assert group.task("vog")["who"] == ["Carla"]
    people = await group.says(carla, "/people")
    assert group.told(people, "people.coordinator", n=1, who="Carla")
    sponsors = [text for text in people[0].splitlines() if group.told([text], "people.sponsor", n=5)]
    assert "Carla" in sponsors[0]


@pytest.mark.parametrize("part", ["sponsor", "contact"])
async def test_a_coordinator_stops_as_a_sponsor_and_coordinates_on(group: Welcome, part: str) -> None:
    carla = group.people["Carla"]
    await group.joins(carla, part)
    await group.says(carla, "/claim vog", group=True)
    assert group.told(await group.says(carla, "/leave"), "leave.part", role=Phrase(f"role.{part}"))
    group.mark(group.group)
    await group.taps(carla, "button.leave")
    assert group.told(carla, "leave.part_done", role=Phrase(f"role.{part}"))
    assert not group.told(carla, "left.told")
    here = group.rows(
        "select role from member m join person p on p.id = m.person_id"
        " where p.telegram = ? and m.left is null",
        carla.id,
    )
    assert here == [{"role": "coordinator"}]
    assert group.told(group.group, "tasks.handed_back")
    assert group.task("vog")["who"] == []
    people = await group.says(carla, "/people")
    assert group.told(people, "people.coordinator", n=1, who="Carla")
    assert people[0].count("Carla") == 1
    assert group.told(await group.says(carla, "/leave"), "leave.coordinator")
    await group.menu()
    assert group.has_button(carla, "button.cards")
    await group.joins(carla, "sponsor", None)
    await group.says(carla, "/claim vog", group=True)
    assert group.task("vog")["who"] == ["Carla"]
