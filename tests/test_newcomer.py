"""Who is the newcomer: whose account it is, who confirms it, and who takes it over."""

from __future__ import annotations

from typing import Any

from tests.story import Welcome
from tests.test_consent import newcomer, personal_link


def waiting(world: Welcome, subject: str) -> list[dict[str, Any]]:
    return world.rows("select * from pending where state = 'waiting' and subject like ?", subject)


# a tap and the coordinator's word


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
    vera = await agreed.comes("Vera")
    await agreed.taps(vera, "button.role_newcomer", group=True)
    assert agreed.told(await agreed.says(vera, "/tasks"), "room.none")
    assert len(agreed.rows("select * from member where role = 'newcomer'")) == 1
    await agreed.taps(agreed.people["Carla"], "button.not_right")
    assert not agreed.rows("select * from person where telegram = ?", vera.id)


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


async def test_a_stranger_reads_a_short_answer_as_their_telegram_speaks(agreed: Welcome) -> None:
    vera = await agreed.comes("Vera", "ar")
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


# a refusal of somebody nobody vouched for


async def test_an_unvouched_refusal_erases_nothing_that_can_be_put_right(group: Welcome) -> None:
    carla, fenna, anna = group.people["Carla"], await group.comes("Fenna"), group.people["Anna"]
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


# another account


async def test_a_new_phone_is_linked_again_when_the_newcomer_confirms(agreed: Welcome) -> None:
    anna, old = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.says(old, "/claim vog")
    link = await personal_link(agreed)
    fresh = agreed.person("Y. Karim", "ar")
    await agreed.opens(fresh, link)
    assert agreed.task("vog")["who"] == ["Yusuf"]
    assert agreed.told(await agreed.says(fresh, "/mine"), "room.none")
    await agreed.taps(fresh, "button.that_is_me")
    await agreed.taps(fresh, "language.en")
    assert agreed.told(await agreed.says(fresh, "/mine"), "mine.title", n=1)
    assert agreed.told(await agreed.says(old, "/mine"), "room.none")
    agreed.mark(old)
    agreed.mark(fresh)
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    assert agreed.told(fresh, "when.proposal")
    assert not agreed.heard(old)
    assert agreed.told(await agreed.opens(agreed.person("Dief"), link), "invite.invalid")


async def test_a_members_account_cannot_take_the_newcomers_place(group: Welcome) -> None:
    link = await personal_link(group)
    bram = group.people["Bram"]
    await group.opens(bram, link)
    await group.taps(bram, "button.that_is_me")
    assert newcomer(group)["person_id"] is None
    people = (await group.says(bram, "/people"))[0]
    assert "Bram" in people
    assert "Yusuf" in people


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
