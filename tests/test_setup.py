"""Setting up: from the owner's first link to a group whose members have joined."""

from __future__ import annotations

from datetime import date

import pytest

from bot.demo.telegram import Account
from tests.story import ARRIVAL, SPONSORS, Welcome
from tests.world import OWNER_CODE

OWNER_LINK = f"https://t.me/samenbot?start=owner-{OWNER_CODE}"


# the owner and the coordinators


async def test_the_owner_link_works_once(world: Welcome) -> None:
    olga = await world.with_owner()
    assert world.told(olga, "owner.welcome")
    second = world.person("Sem")
    assert world.told(await world.opens(second, OWNER_LINK), "invite.invalid")
    assert not world.has_button(second, "button.invite_coordinator")
    assert world.app.owner_link() is None


async def test_a_wrong_owner_code_opens_nothing_and_the_right_one_still_works(world: Welcome) -> None:
    thief = world.person("Tom")
    said = await world.opens(thief, "https://t.me/samenbot?start=owner-another-code-altogether")
    assert world.told(said, "invite.invalid")
    await world.with_owner()
    assert world.told(world.people["Olga"], "owner.welcome")


async def test_the_owner_link_outlives_a_restart_and_stays_used_after_one(world: Welcome) -> None:
    await world.restart()
    await world.with_owner()
    await world.restart()
    assert world.told(await world.opens(world.person("Sem"), OWNER_LINK), "invite.invalid")


async def test_an_invitation_makes_one_coordinator(world: Welcome) -> None:
    olga = await world.with_owner()
    await world.taps(olga, "button.invite_coordinator")
    link = world.link_in(world.heard(olga))
    carla, second = world.person("Carla"), world.person("Sem")
    assert world.told(await world.opens(carla, link), "coordinator.welcome")
    assert world.told(await world.opens(second, link), "invite.invalid")
    assert world.told(await world.says(second, "/newgroup"), "only.coordinator")
    assert world.told(await world.says(carla, "/newgroup"), "newgroup.variant")


async def test_the_owner_does_not_use_up_the_invitation_that_is_for_somebody_else(world: Welcome) -> None:
    olga = await world.with_owner()
    await world.taps(olga, "button.invite_coordinator")
    link = world.link_in(world.heard(olga))
    assert world.told(await world.opens(olga, link), "invite.not_for_you")
    assert world.told(await world.says(olga, "/newgroup"), "only.coordinator")
    answer = world.telegram.history(olga)[-1]
    assert world.button(olga, "button.coordinate_myself")[0] == answer
    await world.taps(olga, "button.coordinate_myself")
    assert world.told(await world.opens(olga, link), "invite.not_for_you")
    assert world.told(await world.opens(world.person("Carla"), link), "coordinator.welcome")


async def test_a_coordinator_without_a_group_is_shown_how_to_make_one(world: Welcome) -> None:
    carla = await world.with_coordinator()
    for command in ("/plan", "/people", "/tasks"):
        assert world.told(await world.says(carla, command), "room.none_yet")
    assert world.told(await world.says(carla, "hallo"), "private.hint")
    assert not world.has_button(carla, "button.mine")
    await world.taps(carla, "button.newgroup")
    assert world.told(carla, "newgroup.variant")
    await world.makes_room(carla)
    await world.says(carla, "hallo")
    assert world.has_button(carla, "button.newgroup")
    assert any("Yusuf" in label for _, label in world.labels(carla))


@pytest.mark.parametrize("days, works", [(6.9, True), (7.1, False)])
async def test_an_invitation_lasts_seven_days(world: Welcome, days: float, works: bool) -> None:
    olga = await world.with_owner()
    await world.taps(olga, "button.invite_coordinator")
    link = world.link_in(world.heard(olga))
    await world.wait(days=days)
    said = await world.opens(world.person("Carla"), link)
    assert world.told(said, "coordinator.welcome" if works else "invite.invalid")


async def test_the_owner_may_coordinate_but_sees_no_room_of_others(world: Welcome) -> None:
    await world.with_group()
    olga = world.people["Olga"]
    for command in ("/tasks", "/people", "/plan", "/claim 2"):
        said = await world.says(olga, command)
        assert world.told(said, "room.none")
        assert "Yusuf" not in said[0]
    await world.says(olga, "/start")
    await world.taps(olga, "button.coordinate_myself")
    link = await world.makes_room(olga, name="Mariam")
    assert "startgroup=group-" in link
    assert "Mariam" in (await world.says(olga, "/people"))[0]


async def test_strangers_read_what_this_is_and_nothing_else(world: Welcome) -> None:
    await world.with_group()
    stranger = world.person("Vera")
    for words in ("/start", "hallo", "/help", "/tasks", "/people", "/start room-1"):
        said = await world.says(stranger, words)
        assert said
        assert not any(name in text for text in said for name in ("Yusuf", "Utrecht", *SPONSORS))
    assert not world.rows("select * from person where telegram = ?", stranger.id)


# making a group


async def test_a_group_is_made_by_buttons_and_answers(world: Welcome) -> None:
    carla = await world.with_coordinator()
    link = await world.makes_room(carla)
    assert "startgroup=group-" in link
    row = world.room_row()
    assert (row["municipality"], row["newcomer_name"], row["variant"]) == ("Utrecht", "Yusuf", "resettlement")
    assert date.fromisoformat(row["arrival"]) == ARRIVAL
    assert row["languages"] == '["nl", "ar"]'
    assert world.rows("select count(*) n from task")[0]["n"] >= 55
    assert world.has_button(carla, "button.add_to_group")


async def test_the_week_of_arrival_may_be_a_button(world: Welcome) -> None:
    carla = await world.with_coordinator()
    await world.makes_room(carla, arrival="")
    assert world.room_row()["arrival"] is None
    await world.says(carla, "/newgroup")
    await world.presses(carla, world.content.plans["status-holder"].title.nl)
    await world.says(carla, "Ede")
    await world.says(carla, "Mariam")
    await world.taps(carla, "button.ready")
    await world.taps(carla, "newgroup.week", day=date(2026, 12, 7))
    row = world.room_row(2)
    assert (row["arrival"], row["languages"], row["variant"]) == ("2026-12-07", '["nl"]', "status-holder")
    assert len(world.rows("select * from task where room_id = 2")) >= 25


async def test_questions_survive_other_commands_and_a_restart(world: Welcome) -> None:
    carla = await world.with_coordinator()
    await world.says(carla, "/newgroup")
    await world.presses(carla, world.content.plans["resettlement"].title.nl)
    for command in ("/help", "/settings", "/privacy", "/start", "/onzin"):
        await world.says(carla, command)
    assert world.told(await world.says(carla, "Utrecht"), "newgroup.name")
    await world.restart()
    assert world.told(await world.says(carla, "Yusuf"), "newgroup.languages")
    await world.wait(days=2)
    assert world.told(await world.says(carla, "/newgroup"), "newgroup.languages")
    await world.taps(carla, "language.fa")
    await world.restart()
    await world.taps(carla, "button.ready")
    assert "startgroup=group-" in world.link_in(await world.says(carla, "1 december 2026"))
    row = world.room_row()
    assert (row["municipality"], row["newcomer_name"], row["languages"]) == (
        "Utrecht",
        "Yusuf",
        '["nl", "fa"]',
    )


async def test_start_again_forgets_the_answers(world: Welcome) -> None:
    carla = await world.with_coordinator()
    await world.says(carla, "/newgroup")
    await world.presses(carla, world.content.plans["resettlement"].title.nl)
    await world.says(carla, "Utrecht")
    await world.taps(carla, "button.start_again")
    assert world.told(carla, "newgroup.variant")
    await world.presses(carla, world.content.plans["status-holder"].title.nl)
    await world.says(carla, "Ede")
    await world.says(carla, "Mariam")
    await world.taps(carla, "button.ready")
    await world.says(carla, "1 december 2026")
    assert (world.room_row()["municipality"], world.room_row()["newcomer_name"]) == ("Ede", "Mariam")
    assert len(world.rows("select * from room")) == 1


@pytest.mark.parametrize("words", ["U", "x" * 41, "x" * 5000, "BSN 111222333", "NL91ABNA0417164300"])
async def test_an_answer_that_cannot_be_is_refused_and_asked_again(world: Welcome, words: str) -> None:
    carla = await world.with_coordinator()
    await world.says(carla, "/newgroup")
    await world.presses(carla, world.content.plans["resettlement"].title.nl)
    said = await world.says(carla, words)
    assert any(world.told(said, key) for key in ("newgroup.short", "words.long", "words.secret"))
    assert world.told(await world.says(carla, "Utrecht"), "newgroup.name")
    assert b"111222333" not in world.raw()


@pytest.mark.parametrize("words", ["31 februari 2027", "geen idee", "binnenkort misschien", "32-13-2026"])
async def test_an_arrival_that_is_no_day_is_asked_again(world: Welcome, words: str) -> None:
    carla = await world.with_coordinator()
    await world.makes_room_until_arrival(carla)
    said = await world.says(carla, words)
    assert world.told(said, "arrival.unclear") or world.told(said, "arrival.impossible")
    answer = world.telegram.history(carla)[-1]
    assert world.button(carla, "newgroup.week", day=date(2026, 12, 7))[0] == answer
    assert world.button(carla, "button.not_known")[0] == answer
    assert not world.rows("select * from room")
    assert "startgroup=group-" in world.link_in(await world.says(carla, "volgende week maandag"))
    assert world.room_row()["arrival"] == "2026-11-30"


@pytest.mark.parametrize("words", ["1 december 2019", "1 december 2099"])
async def test_an_arrival_years_away_is_no_arrival(world: Welcome, words: str) -> None:
    carla = await world.with_coordinator()
    await world.makes_room_until_arrival(carla)
    await world.says(carla, words)
    assert not world.rows("select * from room")


async def test_a_group_that_begins_in_mid_year_is_not_flooded(world: Welcome) -> None:
    await world.with_group(arrival="1 juli 2026")
    assert world.room_row()["arrival"] == "2026-07-01"
    dated = world.rows("select due from task where due is not null and key <> 'nareis'")
    assert all(date.fromisoformat(row["due"]) >= world.today for row in dated)
    gone = [str(world.number(key)) for key in ("vog", "fixed-costs-who", "diplomas")]
    assert not any(world.told([world.board], "state.waits", tasks=number) for number in gone)


# the group's chat


async def test_the_bot_comes_into_the_group_and_tells_the_coordinator(group: Welcome) -> None:
    carla = group.people["Carla"]
    assert group.told(group.words(group.group), "group.welcome")
    assert group.told(group.words(carla), "group.bound", name="Yusuf")
    assert group.phrase("group.welcome", "nl").splitlines()[0] in group.words(group.group)[0]
    assert group.phrase("group.welcome", "en").splitlines()[0] in group.words(group.group)[0]
    assert group.told([group.board], "board.title")


async def test_a_group_link_works_once(group: Welcome) -> None:
    carla, used = group.people["Carla"], group.link_in(group.words(group.people["Carla"]))
    first, second = group.group, group.telegram.group("Andere groep", carla, [group.people["Anna"]])
    group.group = second
    await group.opens(carla, used)
    assert group.told(group.words(second), "invite.invalid")
    await group.wait(minutes=1)
    assert group.told(group.words(second), "chat.strange")
    await group.wait(minutes=11)
    assert not group.telegram.bot_in(second).present
    assert group.telegram.bot_in(first).present
    assert group.room_row()["chat"] == first.id


async def test_a_group_link_expires(world: Welcome) -> None:
    carla = await world.with_coordinator()
    link = await world.makes_room(carla)
    await world.wait(days=31)
    world.group = world.telegram.group("Welkom", carla)
    await world.opens(carla, link)
    assert world.told(world.words(world.group), "invite.invalid")
    assert world.room_row()["chat"] is None


async def test_put_into_a_strange_chat_it_explains_itself_once_and_leaves(world: Welcome) -> None:
    vera = world.person("Vera")
    world.group = world.telegram.group("Voetbal", vera, with_bot=True)
    await world.wait(minutes=2)
    assert world.told(world.words(world.group), "chat.strange")
    await world.says(vera, "/tasks", group=True)
    await world.wait(minutes=7)
    assert world.telegram.bot_in(world.group).present
    await world.wait(minutes=2)
    assert not world.telegram.bot_in(world.group).present
    assert sum(world.told([text], "chat.strange") for text in world.words(world.group)) == 1
    await world.wait(days=30)


async def test_a_group_that_becomes_a_supergroup_is_no_strange_chat(group: Welcome) -> None:
    group.group = group.telegram.upgrade_to_supergroup(group.group)
    await group.settle()
    await group.wait(minutes=30)
    assert group.telegram.bot_in(group.group).present
    assert group.room_row()["chat"] == group.group.id
    assert not group.told(group.words(group.group), "chat.strange")
    assert group.told([group.board], "board.title")
    await group.says(group.people["Anna"], "/claim vog", group=True)
    assert "Anna" in group.board


async def test_taken_out_and_put_back_with_a_new_link(group: Welcome) -> None:
    carla, anna = group.people["Carla"], group.people["Anna"]
    await group.says(anna, "/claim vog", group=True)
    group.telegram.remove_bot(group.group, carla)
    await group.settle()
    assert group.told(carla, "group.removed", name="Yusuf")
    await group.wait(days=3)
    await group.menu()
    await group.taps(carla, "button.group_link")
    link = group.link_in(group.heard(carla))
    await group.opens(carla, link)
    assert "Anna" in group.board
    assert group.task("vog")["who"] == ["Anna"]


# who is who


def role_of(world: Welcome, person: Account) -> str | None:
    found = world.rows(
        "select m.role from member m join person p on p.id = m.person_id"
        " where p.telegram = ? and m.left is null",
        person.id,
    )
    return str(found[0]["role"]) if found else None


async def test_members_join_by_a_tap_and_everybody_is_named(group: Welcome) -> None:
    people = (await group.says(group.people["Anna"], "/people", group=True))[0]
    assert all(name in people for name in ("Yusuf", "Carla", *SPONSORS))
    assert group.told([people], "people.missing")
    told = group.words(group.people["Carla"])
    assert all(group.told(told, "joined.told", who=name) for name in SPONSORS)


async def test_each_opens_the_private_chat_and_reads_what_is_kept(group: Welcome) -> None:
    for name in SPONSORS:
        words = group.words(group.people[name])
        assert group.told(words, "language.ask")
        assert group.phrase("privacy.kept") in "\n".join(words)


async def test_a_wrong_tap_is_corrected_by_another(group: Welcome) -> None:
    fenna = await group.comes("Fenna")
    await group.joins(fenna, "contact")
    assert role_of(group, fenna) == "contact"
    await group.joins(fenna, "sponsor", None)
    assert role_of(group, fenna) == "sponsor"
    assert group.rows("select count(*) n from member")[0]["n"] == 7
    again = await group.taps(fenna, "button.role_sponsor", group=True)
    assert again in ("", group.phrase("role.already"))
    assert group.rows("select count(*) n from member")[0]["n"] == 7


async def test_the_coordinator_undoes_a_joining(group: Welcome) -> None:
    carla, emre = group.people["Carla"], group.people["Emre"]
    await group.says(emre, "/claim vog", group=True)
    await group.taps(carla, "button.undo_join")
    assert group.told(carla, "joined.undone", who="Emre")
    assert role_of(group, emre) is None
    assert group.task("vog")["who"] == []
    assert group.told(await group.says(emre, "/claim vog", group=True), "member.none")


async def test_who_taps_newcomer_by_mistake_is_put_right(group: Welcome) -> None:
    """The newcomer's own place stays free for the newcomer."""
    carla, yusuf, fenna = group.people["Carla"], group.people["Yusuf"], await group.comes("Fenna")
    await group.joins(fenna, "newcomer")
    assert group.told(carla, "joined.told", who="Fenna")
    await group.taps(carla, "button.undo_join")
    await group.joins(fenna, "sponsor", None)
    await group.joins(yusuf, "newcomer", "en")
    people = (await group.says(group.people["Anna"], "/people", group=True))[0]
    assert group.told([people], "people.newcomer", who="Yusuf", n=1)
    assert "Fenna" in people
    assert group.rows("select count(*) n from member where role = 'newcomer' and left is null")[0]["n"] == 1


async def test_the_menu_is_in_order_and_in_every_language(world: Welcome) -> None:
    """Telegram's own menu: what one asks first, and described in the language of the app."""
    wanted = list(world.app.content.phrases.menu)
    found = {(scope[0], language): menu for (scope, language), menu in world.telegram.menus.commands.items()}
    assert found.keys() == {
        (scope, language)
        for scope in ("all_private_chats", "all_group_chats")
        for language in ("", *world.app.texts.languages)
    }
    for (scope, language), menu in found.items():
        names = [command["command"] for command in menu]
        assert names == sorted(names, key=wanted.index)
        assert ("newgroup" in names) == (scope == "all_private_chats")
        described = {command["command"]: command["description"] for command in menu}
        assert described["claim"] == world.app.texts.description("claim", language or "en")


async def test_who_has_several_roles_is_at_home_in_each(group: Welcome) -> None:
    """A sponsor who becomes a coordinator, and an owner who coordinates: groups and own tasks are at hand."""
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/help"), "help.member")
    await group.invited("Anna")
    home = await group.says(anna, "/start")
    assert group.told(home, "coordinator.home", n=0)
    assert group.told(home, "member.home")
    said = await group.says(anna, "/help")
    assert group.told(said, "help.coordinator")
    assert group.told(said, "help.member")
    carla = group.people["Carla"]
    assert not group.told(await group.says(carla, "/start"), "member.home"), "nothing but her groups"
    assert not group.told(await group.says(carla, "/help"), "help.member")
    olga = group.people["Olga"]
    await group.says(olga, "/start")
    await group.taps(olga, "button.coordinate_myself")
    home = await group.says(olga, "/start")
    assert group.told(home, "owner.home")
    assert group.told(home, "coordinator.home", n=0)
