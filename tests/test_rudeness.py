"""What bad input gets: a short helpful answer or silence; nothing changes, nothing of others is shown."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.telegram import Account
from bot.routes import ROUTES
from bot.store.tables import Question
from tests.story import Welcome

RTL = "\u202e"
NASTY = [
    "999999",
    "0",
    "-1",
    "#",
    "onzin die nergens op lijkt",
    "x" * 5000,
    "<b>vet</b> & <script>",
    f"{RTL}omgekeerd",
    "\u0000\u0007",
    "٣ دسمبر",
    "٢",
    "²",
    "/claim 2",
    "room-²",
    "room-99999999999999999999",
    "room-1",
    "group-x",
    "newcomer-x",
    "coordinator-",
    "owner-x",
    "2 3 4",
    "%s {0} {task.__class__}",
    "'; drop table task; --",
    "🙂" * 200,
]
COMMANDS = [
    "claim",
    "release",
    "done",
    "when",
    "task",
    "together",
    "alone",
    "notneeded",
    "plan",
    "start",
    "people",
    "next",
]
STATE = ("room", "member", "holder", "task", "card", "person")


def state(world: Welcome) -> dict[str, list[dict[str, Any]]]:
    return {table: world.rows("select * from " + table) for table in STATE}


def answered(said: list[str]) -> bool:
    return all(0 < len(text) <= 4096 for text in said)


async def forged(world: Welcome, who: Account, data: str, where: Any = None) -> str:
    chat = where or who
    history = world.telegram.history(chat)
    toast = await world.telegram.forge(who, where, history[-1] if history else 1, data)
    await world.settle()
    return toast.text if toast else ""


# words


@pytest.mark.parametrize("command", COMMANDS)
async def test_any_words_after_a_command(agreed: Welcome, command: str) -> None:
    """In the group and in private, by a sponsor, the newcomer and a coordinator without a role."""
    everybody = [("Anna", True), ("Anna", False), ("Yusuf", False), ("Carla", False)]
    for name, in_group in everybody:
        agreed.mark(agreed.group if in_group else agreed.people[name])
        for words in NASTY:
            chat = agreed.group if in_group else None
            agreed.telegram.say(agreed.people[name], chat, f"/{command} {words}")
    await agreed.settle(patience=60)
    for name, in_group in everybody:
        said = agreed.heard(agreed.group if in_group else agreed.people[name])
        assert said or command == "start"
        assert answered(said)
    assert not agreed.faults()
    people = agreed.rows("select count(*) n from member where left is null")
    assert people[0]["n"] == 6
    assert not agreed.rows("select * from task where done_on is not null and key = 'nareis'")


@pytest.mark.parametrize(
    "words", [*(w for w in NASTY if w[0] != "/"), "nee", "hallo", "@samenbot", "@samenbot nee"]
)
async def test_plain_words_in_private_and_in_the_group(group: Welcome, words: str) -> None:
    before = state(group)
    for name, where in (("Anna", False), ("Anna", True), ("Carla", False), ("Yusuf", False)):
        assert answered(await group.says(group.people[name], words, group=where))
    stranger = group.person("Vera")
    assert answered(await group.says(stranger, words))
    assert state(group) == before


@pytest.mark.parametrize(
    "topic", ["card", "task", "when", "move", "arrival", "newgroup", "permit", "children"]
)
async def test_any_words_as_the_answer_to_a_question(agreed: Welcome, topic: str) -> None:
    """Every question the bot can have open, answered with nonsense: asked again, or left."""
    who = {"permit": "Yusuf", "children": "Yusuf", "task": "Anna", "when": "Anna", "move": "Anna"}.get(
        topic, "Carla"
    )
    person = agreed.people[who]
    task = agreed.task("vog")["id"]
    kept = {
        "card": {"organisation": "municipality", "areas": [], "step": "name"},
        "when": {"task": task},
        "move": {"task": task},
    }
    kept["newgroup"] = {"variant": "resettlement"}
    number = agreed.rows("select id from person where telegram = ?", person.id)[0]["id"]
    room = None if topic == "newgroup" else 1
    for words in NASTY:
        with agreed.app.store.begin() as session:
            sealed = agreed.app.store.seal(kept.get(topic, {}))
            session.add(
                Question(
                    person_id=number, room_id=room, topic=topic, answers=sealed, asked=agreed.clock.now()
                )
            )
        said = await agreed.says(person, words)
        assert answered(said)
        assert not agreed.told(said, "fault.ours"), words
    assert len(agreed.rows("select * from room")) == 1


async def test_numbers_that_can_harm_are_neither_kept_nor_repeated(agreed: Welcome) -> None:
    before = agreed.rows("select count(*) n from task")
    for number in (
        "111222333",
        "1112.22.333",
        "NL91 ABNA 0417 1643 00",
        "V-nummer 1234567890",
        "DigiD-code AB12CD34",
    ):
        for name, group in (("Anna", False), ("Anna", True), ("Yusuf", False)):
            agreed.mark(agreed.people[name])
            said = await agreed.says(agreed.people[name], f"/task ophalen {number}", group=group)
            warned = agreed.heard(agreed.people[name])
            assert agreed.told(warned, "words.secret"), number
            assert not any(number in text for text in [*said, *warned])
    assert agreed.rows("select count(*) n from task") == before
    raw = agreed.raw()
    assert not any(number in raw for number in (b"111222333", b"ABNA", b"1234567890", b"AB12CD34"))


@pytest.mark.parametrize(
    "name", ["<b>Ann & Co</b>", f"{RTL}annA", "ياسمين", "A" * 64, "{who}", "_*[x](y)", "\u200b"]
)
async def test_markup_and_direction_in_names(group: Welcome, name: str) -> None:
    guest = group.person(name)
    group.telegram.add_member(group.group, guest)
    await group.settle()
    await group.joins(guest, "sponsor", "en")
    said = await group.says(guest, "/claim vog", group=True)
    assert group.told(said, "task.claimed")
    await group.says(guest, "/people", group=True)
    last = group.telegram.history(group.group)[-1]
    assert name.replace(RTL, "") in last["text"].replace(RTL, "")
    marks = [e for e in last.get("entities", []) if e["type"] in ("text_link", "script")]
    assert not marks
    assert group.task("vog")["who"] == [" ".join(name.split())[:64]]


# buttons


async def test_forged_and_old_buttons_change_nothing(group: Welcome) -> None:
    anna = group.people["Anna"]
    before = state(group)
    real = group.app.reader.seal.close("claim", (1, 0, group.task("vog")["id"]), group.group.id)
    body, mark = real.split("~")
    tampered = [
        "",
        "claim",
        "claim:1:0:2",
        "~",
        "x" * 64,
        f"{body}~{'A' * len(mark)}",
        f"done:1:0:2~{mark}",
        real.replace("claim", "drop"),
        f"{body}0~{mark}",
        f"{body}~{mark[:-1]}",
        "\u0000",
        f"{RTL}~{mark}",
    ]
    for data in tampered:
        assert await forged(group, anna, data, group.group) in (group.phrase("button.old"), "")
        assert await forged(group, anna, data) in (group.phrase("button.old"), "")
    assert await forged(group, anna, real) == group.phrase("button.old")
    assert state(group) == before


async def test_every_press_with_arguments_that_cannot_be(agreed: Welcome) -> None:
    """Sealed by us, as an old version's button could be: too few, wrong, or of things that are gone."""
    names = sorted(ROUTES.presses)
    assert len(names) > 30
    arguments: list[tuple[Any, ...]] = [(), ("x",), ("1", "x"), ("99999", "99999")]
    failed = []
    for name in names:
        before = len(agreed.faults())
        for given in arguments:
            for who, where in (("Anna", None), ("Anna", agreed.group), ("Yusuf", None), ("Carla", None)):
                person = agreed.people[who]
                try:
                    data = agreed.app.reader.seal.close(
                        name, (1, 0, *given), where.id if where else person.id
                    )
                except ValueError:
                    continue
                agreed.telegram.forge(person, where, agreed.telegram.history(where or person)[-1], data)
        await agreed.settle()
        failed += [name] if len(agreed.faults()) > before else []
    assert not failed


async def test_a_button_pressed_by_somebody_else(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    await group.says(anna, "/claim vog", group=True)
    await group.says(anna, "/done vog", group=True)
    before = state(group)
    assert await group.taps(bram, "button.undo_done", group=True) == group.phrase("button.not_yours")
    assert state(group) == before


async def test_a_button_of_a_message_that_is_gone(group: Welcome) -> None:
    anna = group.people["Anna"]
    data = group.app.reader.seal.close("claim", (1, 0, group.task("vog")["id"]), group.group.id)
    toast = await group.telegram.forge(anna, group.group, 987654, data)
    await group.settle()
    assert toast
    assert group.task("vog")["who"] in (["Anna"], [])


# who writes


async def test_edited_and_forwarded_commands_do_nothing(group: Welcome) -> None:
    anna, bram = group.people["Anna"], group.people["Bram"]
    before = state(group)
    said = group.telegram.say(anna, group.group, "goedemorgen")
    group.telegram.edit(anna, said, "/claim vog", group.group)
    group.telegram.say(anna, group.group, "/claim vog", forward_from=bram)
    group.telegram.say(anna, None, "/claim vog", forward_from="Iemand")
    await group.settle()
    assert state(group) == before


async def test_commands_for_another_bot(group: Welcome) -> None:
    anna = group.people["Anna"]
    before = state(group)
    group.mark(group.group)
    for words in ("/claim@otherbot vog", "/start@otherbot", "/claim@samenbotje vog"):
        await group.says(anna, words, group=True)
    assert not group.heard(group.group)
    assert state(group) == before
    assert group.told(await group.says(anna, "/claim@SamenBot vog", group=True), "task.claimed")


async def test_anonymous_admins_and_channels_are_nobody(group: Welcome) -> None:
    carla = group.people["Carla"]
    before = state(group)
    group.mark(group.group)
    group.telegram.say(carla, group.group, "/claim vog", anonymous=True)
    await group.settle()
    assert group.told(group.group, "sender.unknown")
    channel = group.telegram.channel("Kanaal", carla, discussion=group.group, with_bot=True)
    group.telegram.say(carla, group.group, "/claim vog", as_channel=channel)
    group.telegram.publish(channel, "/claim vog")
    await group.settle()
    assert state(group) == before


async def test_stickers_voice_pictures_and_files(group: Welcome) -> None:
    anna = group.people["Anna"]
    before = state(group)
    for where in (None, group.group):
        group.telegram.send_sticker(anna, where)
        group.telegram.send_voice(anna, where)
        group.telegram.send_file(anna, where, "brief.pdf", b"%PDF", "application/pdf")
        group.telegram.send_file(anna, where, "brief.pdf", b"%PDF", "application/pdf", caption="/claim vog")
    await group.settle()
    assert state(group) == before
    assert answered(group.heard(anna))


async def test_overheard_words_leave_no_row(group: Welcome) -> None:
    before = group.rows("select count(*) n from pending")
    group.telegram.privacy = False
    group.group.sees_all = True
    group.telegram.say(group.people["Anna"], group.group, "wat een mooie dag, Yusuf komt eraan")
    await group.settle()
    assert group.rows("select count(*) n from pending") == before


async def test_a_stranger_in_the_group_may_not_act(group: Welcome) -> None:
    """In the chat, but did not tap who they are."""
    vera = group.person("Vera")
    group.telegram.add_member(group.group, vera)
    await group.settle()
    before = state(group)
    for words in ("/claim vog", "/tasks", "/people", "/task iets", "/plan", "/when 2 donderdag 14:00"):
        assert group.told(await group.says(vera, words, group=True), "member.none")
    toast = await group.taps(vera, "button.claim_n", group=True, number=group.number("vog"))
    assert toast == group.phrase("member.none", "nl") or group.told([toast], "member.none")
    assert state(group) == before


async def test_the_newcomer_who_left_does_nothing_any_more(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.leave(agreed.group, yusuf)
    await agreed.settle()
    before = state(agreed)
    for words in ("/claim vog", "/tasks", "/people", f"/alone {agreed.number('bank')}"):
        assert agreed.told(await agreed.says(yusuf, words), "room.none")
    assert state(agreed) == before


async def test_a_flood_of_the_same_press_is_one(group: Welcome) -> None:
    anna = group.people["Anna"]
    data = group.app.reader.seal.close("claim", (1, 0, group.task("vog")["id"]), group.group.id)
    for _ in range(20):
        group.telegram.forge(anna, group.group, group.telegram.history(group.group)[-1], data)
    await group.settle()
    assert group.task("vog")["who"] == ["Anna"]
    assert sum(group.told([text], "task.claimed") for text in group.words(group.group)) == 1


async def test_too_many_tasks_are_refused(group: Welcome) -> None:
    for number in range(160):
        group.telegram.say(group.people["Anna"], group.group, f"/task klus {number}")
    await group.settle(patience=60)
    assert group.told(group.words(group.group), "task.too_many")
    assert answered(await group.says(group.people["Anna"], "/tasks"))
