"""Who may say to be the newcomer, what a no or a departure erases, and what is asked when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.demo.telegram import Account
from tests.story import ARRIVAL, Welcome
from tests.test_consent import newcomer, paper, personal_link, vouched


async def comes(world: Welcome, name: str) -> Account:
    account = world.person(name)
    world.telegram.add_member(world.group, account)
    await world.settle()
    return account


async def menu(world: Welcome) -> Account:
    carla = world.people["Carla"]
    await world.says(carla, "/start")
    await world.presses(carla, "Utrecht")
    return carla


async def new_arrival(world: Welcome, words: str) -> None:
    carla = await menu(world)
    await world.taps(carla, "button.arrival")
    await world.says(carla, words)


def waiting(world: Welcome, subject: str) -> list[dict[str, Any]]:
    return world.rows("select * from pending where state = 'waiting' and subject like ?", subject)


# whose account it is


async def test_a_wrong_tap_is_undone_and_the_newcomer_taps_again(group: Welcome) -> None:
    carla, yusuf = group.people["Carla"], group.people["Yusuf"]
    await group.joins(yusuf, "sponsor", "en")
    await group.taps(carla, "button.undo_join")
    await group.joins(yusuf, "newcomer", "en")
    assert newcomer(group)["person_id"]
    await group.chooses(yusuf, "yes")
    assert newcomer(group)["consent"] == "yes_before"


async def test_a_former_member_opens_the_personal_link(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "sponsor", "en")
    await group.taps(group.people["Carla"], "button.undo_join")
    await group.opens(yusuf, await personal_link(group))
    await group.taps(yusuf, "button.that_is_me")
    assert newcomer(group)["person_id"]


async def test_a_sponsor_does_not_become_the_newcomer_by_a_tap(group: Welcome) -> None:
    carla, bram = group.people["Carla"], group.people["Bram"]
    toast = await group.taps(bram, "button.role_newcomer", group=True)
    assert toast == group.phrase("role.waits")
    assert group.told(group.words(carla), "joined.claims", who="Bram")
    assert newcomer(group)["person_id"] is None
    group.mark(bram)
    await group.says(bram, "/start")
    assert not group.has_button(bram, "button.consent")
    await group.taps(carla, "button.not_right")
    assert group.told(carla, "joined.not_newcomer", who="Bram")
    assert newcomer(group)["person_id"] is None
    assert group.told(await group.says(bram, "/claim vog"), "task.claimed")


async def test_a_newcomer_does_not_become_a_sponsor_by_a_tap(agreed: Welcome) -> None:
    for role in ("sponsor", "contact"):
        toast = await agreed.taps(agreed.people["Yusuf"], f"button.role_{role}", group=True)
        assert toast == agreed.phrase("role.newcomer_stays", "en")
    assert newcomer(agreed)["consent"] == "yes_before"


async def test_the_coordinator_is_not_the_newcomer(group: Welcome) -> None:
    """Neither by a tap nor by the personal link: nobody is asked to confirm it, and the place stays free."""
    carla = group.people["Carla"]
    toast = await group.taps(carla, "button.role_newcomer", group=True)
    assert toast == group.phrase("newcomer.other_role")
    assert not group.told(group.words(carla), "joined.claims")
    await group.opens(carla, await personal_link(group))
    toast = await group.taps(carla, "button.that_is_me")
    assert group.told([toast, *group.heard(carla)], "newcomer.other_role")
    assert newcomer(group)["person_id"] is None
    assert not waiting(group, "claim:%")


async def test_a_second_newcomer_waits_for_the_coordinator_and_nothing_stays_of_a_stranger(
    agreed: Welcome,
) -> None:
    vera = await comes(agreed, "Vera")
    await agreed.taps(vera, "button.role_newcomer", group=True)
    assert agreed.told(await agreed.says(vera, "/tasks"), "room.none")
    assert len(agreed.rows("select * from member where role = 'newcomer'")) == 1
    await agreed.taps(agreed.people["Carla"], "button.not_right")
    assert not agreed.rows("select * from person where telegram = ?", vera.id)


async def test_a_stranger_reads_a_short_answer_as_their_telegram_speaks(agreed: Welcome) -> None:
    vera = agreed.person("Vera", "ar")
    agreed.telegram.add_member(agreed.group, vera)
    await agreed.settle()
    toast = await agreed.taps(vera, "button.role_newcomer", group=True)
    assert toast == agreed.phrase("role.waits", "ar")


async def test_the_coordinators_yes_makes_a_sponsor_the_newcomer(group: Welcome) -> None:
    carla, yusuf = group.people["Carla"], group.people["Yusuf"]
    await group.joins(yusuf, "sponsor", "en")
    await group.taps(yusuf, "button.role_newcomer", group=True)
    await group.taps(carla, "button.is_newcomer", name="Yusuf")
    assert (newcomer(group)["person_id"], newcomer(group)["confirmed"]) != (None, 0)
    assert group.told(yusuf, "newcomer.confirmed")
    await group.chooses(yusuf, "yes")
    assert group.told(group.group, "consent.group_yes") or newcomer(group)["consent"] == "yes_before"


async def test_an_unvouched_refusal_erases_nothing_that_can_be_put_right(group: Welcome) -> None:
    carla, fenna, anna = group.people["Carla"], await comes(group, "Fenna"), group.people["Anna"]
    await group.says(anna, "/claim vog", group=True)
    await group.agrees(fenna, "nl", "neither")
    assert group.told(fenna, "consent.stopping")
    assert group.room_row()["state"] == "without_bot"
    assert group.told(group.words(carla), "consent.refused_by", who="Fenna")
    await group.taps(carla, "button.undo_join")
    await group.wait(days=2)
    assert (group.room_row()["state"], group.room_row()["newcomer_name"]) == ("active", "Yusuf")
    assert group.task("vog")["who"] == ["Anna"]
    assert waiting(group, "room:day")
    await group.agrees(group.people["Yusuf"], "en")
    assert newcomer(group)["consent"] == "yes_before"


async def test_an_unvouched_refusal_is_carried_out_on_the_coordinators_word(group: Welcome) -> None:
    await group.agrees(group.people["Yusuf"], "en", "neither")
    assert group.telegram.bot_in(group.group).present
    await group.taps(group.people["Carla"], "button.was_newcomer")
    assert group.telegram.bot_in(group.group).present
    await group.taps(group.people["Carla"], "button.erase")
    assert not group.telegram.bot_in(group.group).present
    assert b"Yusuf" not in group.raw()


async def test_an_unvouched_refusal_is_carried_out_after_a_day(group: Welcome) -> None:
    await group.agrees(group.people["Yusuf"], "en", "neither")
    await group.wait(hours=25)
    assert not group.telegram.bot_in(group.group).present
    assert group.told(group.words(group.people["Yusuf"]), "consent.neither")
    assert b"Yusuf" not in group.raw()


async def test_who_was_moved_to_another_phone_may_say_that_was_not_me(agreed: Welcome) -> None:
    old, carla, thief = agreed.people["Yusuf"], agreed.people["Carla"], agreed.person("Dief")
    first = await personal_link(agreed)
    second = await personal_link(agreed)
    assert agreed.told(await agreed.opens(thief, first), "invite.invalid")
    await agreed.opens(thief, second)
    agreed.mark(old)
    await agreed.taps(thief, "button.that_is_me")
    assert agreed.told(old, "newcomer.moved")
    agreed.mark(carla)
    await agreed.taps(old, "button.not_me")
    assert agreed.told(old, "newcomer.unlinked")
    assert agreed.told(carla, "newcomer.not_them", name="Yusuf")
    assert newcomer(agreed)["person_id"] is None
    assert agreed.told(await agreed.says(thief, "/mine"), "room.none")
    assert not agreed.rows("select * from person where telegram = ?", thief.id)


# what is asked when


async def test_a_new_arrival_asks_consent_again(world: Welcome) -> None:
    await world.with_newcomer(arrival="")
    await new_arrival(world, "8 december 2026")
    yusuf = world.people["Yusuf"]
    world.mark(yusuf)
    await world.until(world.at(ARRIVAL + timedelta(days=11)))
    assert world.told(yusuf, "consent.question")


async def test_the_household_is_asked_only_after_the_second_yes(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.until(agreed.at(ARRIVAL + timedelta(days=3), "20:00"))
    assert agreed.told(agreed.words(yusuf), "consent.question")
    assert not agreed.told(agreed.words(yusuf), "household.children")
    await agreed.taps(yusuf, "button.consent_yes")
    agreed.mark(yusuf)
    await agreed.wait(days=1)
    assert agreed.told(yusuf, "household.children")


async def test_a_choice_can_be_changed_from_privacy_and_start(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    for words in ("/privacy", "/start"):
        await agreed.says(yusuf, words)
        await agreed.taps(yusuf, "button.change_choice")
        assert agreed.told(yusuf, "consent.question")
    assert not agreed.has_button(agreed.people["Anna"], "button.change_choice")


# what goes


async def test_a_refusal_leaves_no_tasks_and_closes_the_board(group: Welcome) -> None:
    await group.says(group.people["Anna"], "/task sleutels van Yusuf ophalen", group=True)
    await personal_link(group)
    await vouched(group, "neither")
    for table in ("task", "holder", "card", "question", "invite where room_id = 1 and used_at is null"):
        assert not group.rows("select * from " + table), table
    assert group.told(group.words(group.group), "board.closed")
    row = group.rows("select * from member where role = 'newcomer'")[0]
    assert (row["consent"], row["called"], row["person_id"]) == ("neither", None, None)


async def test_a_newcomer_who_leaves_takes_what_is_theirs(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.taps(agreed.people["Carla"], "button.right")
    await agreed.says(yusuf, "/task naar de tandarts")
    await agreed.says(yusuf, f"/alone {agreed.number('phone-and-mail')}")
    await agreed.says(anna, "/claim vog", group=True)
    await agreed.says(yusuf, "/leave")
    await agreed.taps(yusuf, "button.leave")
    assert agreed.told(yusuf, "leave.done")
    assert not agreed.rows("select * from task where words is not null")
    assert agreed.task("phone-and-mail")["company"] == "open"
    row = agreed.rows("select * from member where role = 'newcomer'")[0]
    assert (row["consent"], row["called"], row["person_id"]) == ("unasked", None, None)
    assert agreed.room_row()["newcomer_name"] != "Yusuf"
    assert agreed.task("vog")["who"] == ["Anna"]


async def test_who_nobody_vouched_for_leaves_and_the_place_is_kept_for_a_day(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, "/leave")
    await agreed.taps(yusuf, "button.leave")
    assert newcomer(agreed)["person_id"] is None
    await agreed.wait(hours=25)
    assert agreed.room_row()["newcomer_name"] == "–"


async def test_a_month_after_the_year_everything_is_erased_and_said_before(world: Welcome) -> None:
    await world.with_newcomer(arrival="1 december 2025")
    anna, bot = world.people["Anna"], world.telegram
    end = ARRIVAL + timedelta(days=30)
    await world.until(world.at(end - timedelta(days=13)))
    assert world.told(world.words(anna), "room.ends", day=end)
    assert bot.bot_in(world.group).present
    await world.until(world.at(end, "23:00"))
    assert not bot.bot_in(world.group).present
    assert world.room_row()["state"] == "closed"
    raw = world.raw()
    assert not any(name.encode() in raw for name in ("Yusuf", "Anna", "Bram"))
    assert not world.rows("select * from task")


async def test_a_departure_is_taken_off_the_board(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/claim vog", group=True)
    assert "Anna" in group.board
    group.telegram.leave(group.group, anna)
    await group.settle()
    assert "Anna" not in group.board


async def test_the_coordinator_cannot_leave_without_handing_over(group: Welcome) -> None:
    carla = group.people["Carla"]
    assert group.told(await group.says(carla, "/leave"), "leave.coordinator")
    assert not group.has_button(carla, "button.leave")


# the coordinator's hand


async def test_two_adults_have_a_button_each(group: Welcome) -> None:
    carla = await menu(group)
    await group.taps(carla, "button.adult")
    await group.says(carla, "Mariam")
    await menu(group)
    for name in ("Yusuf", "Mariam"):
        assert group.has_button(carla, "button.newcomer_link_of", name=name)
        assert group.has_button(carla, "button.on_paper_of", name=name)
    await group.taps(carla, "button.on_paper_of", name="Mariam")
    await group.taps(carla, "button.paper_yes")
    assert newcomer(group, "Mariam")["consent"] == "yes_before"
    assert newcomer(group)["consent"] == "unasked"


async def opens_family(group: Welcome) -> Account:
    """The coordinator, after the newcomer's arrival and yes on paper, asks about the children."""
    carla = group.people["Carla"]
    await group.until(group.at(ARRIVAL + timedelta(days=1), "12:00"))
    await paper(group, "yes")
    await menu(group)
    await group.taps(carla, "button.family")
    return carla


async def test_the_household_on_paper(group: Welcome) -> None:
    carla = await opens_family(group)
    await group.taps(carla, "button.children")
    await group.says(carla, "4 en 11")
    assert group.room_row()["household"] == '{"ages": [4, 11]}'


async def test_one_arrival_is_welcomed_once(group: Welcome) -> None:
    await group.wait(minutes=5)
    group.mark(group.group)
    fenna = await comes(group, "Fenna")
    group.telegram.leave(group.group, fenna)
    await comes(group, "Fenna")
    assert sum(group.told([text], "group.welcome") for text in group.heard(group.group)) == 1


async def test_a_second_adult_who_refuses_keeps_the_group(agreed: Welcome) -> None:
    await agreed.second_adult("neither")
    assert agreed.room_row()["state"] == "active"


async def test_who_is_turned_away_in_one_group_still_waits_in_another(agreed: Welcome) -> None:
    """And whoever comes next never gets their number, under which the coordinator's question still waits."""
    carla, xander, first = agreed.people["Carla"], agreed.person("Xander"), agreed.group
    agreed.telegram.add_member(first, xander)
    await agreed.joins(xander, "newcomer", None)  # a second adult: the coordinator is asked
    asked, yes = agreed.button(carla, "button.right_adult")
    agreed.group = second = await agreed.second_group("Anna")
    for tapping in (agreed.person("Mariam", "fa"), xander):
        agreed.telegram.add_member(second, tapping)
        await agreed.joins(tapping, "newcomer", None)
    await agreed.taps(carla, "button.not_right")
    ypie = agreed.person("Ypie")
    agreed.telegram.add_member(second, ypie)
    await agreed.joins(ypie, "sponsor")
    ids = {row["name"]: row["id"] for row in agreed.rows("select id, name from person")}
    assert ids["Xander"] != ids["Ypie"]
    await agreed.telegram.press(carla, None, asked, yes)
    await agreed.settle()
    newcomers = agreed.rows("select person_id from member where role = 'newcomer' and room_id = 1")
    assert {row["person_id"] for row in newcomers} == {ids["Yusuf"], ids["Xander"]}
