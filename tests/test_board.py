"""What the group sees: one board, kept up to date by editing; what is private shows a neutral title."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.demo.telegram import Account
from tests.story import Welcome
from tests.test_reminders import own_task

OWN = "medical-papers"
"""A task that is private by nature."""


def boards(world: Welcome) -> list[str]:
    return [text for text in world.words(world.group) if world.told([text], "board.title")]


async def task_card(world: Welcome, who: Account, key: str, *, group: bool = False) -> list[str]:
    """Presses the button that shows one task whole, as lists of the plan carry it."""
    where: Any = world.group if group else who
    chat = world.group.id if group else who.id
    world.mark(where)
    data = world.app.reader.seal.close("task", (1, 0, world.task(key)["id"]), chat)
    message = world.telegram.history(where)[-1]
    toast = await world.telegram.forge(who, where if group else None, message, data)
    await world.settle()
    return [*world.heard(where), toast.text if toast else ""]


async def test_the_board_is_one_message_that_is_edited(group: Welcome) -> None:
    first = boards(group)
    assert len(first) == 1
    for key in ("vog", "daytime", "greetings"):
        await group.says(group.people["Anna"], f"/claim {group.number(key)}", group=True)
    await group.wait(days=3)
    assert len(boards(group)) == 1
    assert boards(group)[0] != first[0]
    assert "Anna" in group.board


async def test_many_changes_fold_into_few_edits(group: Welcome) -> None:
    """While Telegram does not answer the changes wait, and then the board is edited once."""
    group.telegram.down = True
    for key in ("vog", "daytime", "greetings", "interpreter"):
        group.telegram.say(group.people["Anna"], group.group, f"/claim {group.number(key)}")
    group.telegram.down = False
    group.requests.clear()
    await group.settle()
    edits = [params for method, params in group.requests if method == "editMessageText"]
    assert len(edits) <= 4
    assert group.board.count("Anna") >= 4


async def test_a_deleted_board_is_made_anew(group: Welcome) -> None:
    (board,) = [m for m in group._own(group.group) if group.told([group._text(m)], "board.title")]
    group.telegram.erase(group.people["Carla"], board["message_id"], group.group)
    await group.says(group.people["Anna"], "/claim vog", group=True)
    assert "Anna" in group.board


async def test_without_the_right_to_pin_a_person_is_asked_once(group: Welcome) -> None:
    await group.says(group.people["Anna"], "/claim vog", group=True)
    await group.wait(days=3)
    asked = [text for text in group.words(group.group) if group.told([text], "board.unpinned")]
    assert len(asked) == 1


async def test_with_the_right_it_pins_the_board_itself(world: Welcome) -> None:
    carla = await world.with_coordinator()
    link = await world.makes_room(carla)
    world.group = world.telegram.group("Welkom", carla, with_bot=True)
    world.telegram.make_admin(world.group)
    await world.opens(carla, link)
    pinned = world.telegram.pinned(world.group)
    assert pinned
    assert world.told([world._text(pinned)], "board.title")
    assert not world.told(world.words(world.group), "board.unpinned")


async def test_the_board_speaks_dutch_first_and_the_newcomers_language(world: Welcome) -> None:
    await world.with_group(language="en")
    board = world.board
    dutch, english = world.phrase("board.title", "nl"), world.phrase("board.title", "en")
    assert board.index(dutch) < board.index(english)


def part(world: Welcome, heading: str) -> str:
    """What stands under a heading of the board, in Dutch."""
    dutch = world.board.split("\n\n")[0]
    _, _, behind = dutch.partition(world.phrase(heading))
    headings = [world.phrase(key) for key in ("board.taken", "board.free", "board.waiting")]
    ends = [behind.index(other) for other in headings if other in behind]
    return behind[: min(ends, default=len(behind))]


async def test_the_board_is_of_today(group: Welcome) -> None:
    """On a Sunday, when nothing is raised and nothing changes, a task that is late now is late there too."""
    saturday = date(2026, 11, 28)
    await own_task(group, (saturday - group.today).days)
    await group.until(group.at(saturday, "12:00"))
    in_time = group.phrase("state.free_due", due=saturday)
    assert in_time in group.board
    await group.until(group.at(saturday + timedelta(days=1), "09:00"))
    assert in_time not in group.board


async def test_what_waits_stands_apart_and_says_for_what(group: Welcome) -> None:
    """The declaration waits for the intake; once that is done, it is free."""
    anna = group.people["Anna"]
    first, then = (f"\n{group.number(key)}. " for key in ("group-intake", "participants-declaration"))
    assert first in part(group, "board.free")
    assert then not in part(group, "board.free")
    line = part(group, "board.waiting").partition(then)[2].splitlines()[0]
    assert group.told([line], "state.waits")
    assert group.title("group-intake").texts["nl"] in line
    assert not group.has_button(
        group.group, "button.claim_n", number=group.number("participants-declaration")
    )
    await group.says(anna, f"/done {group.number('group-intake')}", group=True)
    assert then in part(group, "board.free")
    assert then not in part(group, "board.waiting")


# what is private


async def test_a_private_task_is_nowhere_for_others(agreed: Welcome) -> None:
    """Neither in the board, the plan, lists or buttons, nor to another sponsor in private."""
    anna, title = agreed.people["Anna"], agreed.title(OWN)
    await agreed.until(agreed.at(date(2026, 12, 2), "12:00"))
    for command in ("/tasks", "/next", "/mine", "/plan", f"/claim {agreed.number(OWN)}", "/claim"):
        for group in (False, True):
            said = await agreed.says(anna, command, group=group)
            assert said
            assert not any(title.texts[code] in text for text in said for code in ("nl", "en"))
    for area in ("area.health",):
        await agreed.says(anna, "/plan")
        await agreed.taps(anna, area)
        assert not any(title.texts["nl"] in text for text in agreed.heard(anna))
    assert not agreed.task(OWN)["who"]
    for group in (False, True):
        shown = await task_card(agreed, anna, OWN, group=group)
        why = agreed.title(OWN, "why").texts
        assert not any(words in text for text in shown for words in (*title.texts.values(), *why.values()))


async def test_the_newcomer_reads_it_whole(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    shown = await task_card(agreed, yusuf, OWN)
    assert agreed.title(OWN).texts["en"] in shown[0]
    assert agreed.told(shown, "task.why", why=agreed.title(OWN, "why"))
    in_group = await task_card(agreed, yusuf, OWN, group=True)
    assert not any(text in said for said in in_group for text in agreed.title(OWN).texts.values())


async def test_an_own_appointment_shows_a_neutral_title(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    agreed.mark(agreed.group)
    await agreed.says(yusuf, f"/when {agreed.number(OWN)} 3 december 14:00")
    assert agreed.task(OWN)["at"] == agreed.at(date(2026, 12, 3), "14:00")
    agreed.mark(anna)
    await agreed.until(agreed.at(date(2026, 12, 4), "12:00"))
    texts = agreed.heard(agreed.group) + agreed.heard(anna) + [agreed.board]
    assert not any(agreed.title(OWN).texts[code] in text for text in texts for code in ("nl", "en"))
    assert agreed.told(agreed.words(yusuf), "remind.soon", task=agreed.title(OWN))


async def test_shared_by_the_newcomers_own_tap(agreed: Welcome) -> None:
    agreed.shared.add(OWN)
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await task_card(agreed, yusuf, OWN)
    await agreed.taps(yusuf, "button.share")
    assert agreed.told(yusuf, "decide.shared")
    shown = await task_card(agreed, anna, OWN, group=True)
    assert agreed.title(OWN).texts["nl"] in shown[0]
    await agreed.says(anna, f"/claim {agreed.number(OWN)}", group=True)
    assert agreed.task(OWN)["who"] == ["Anna"]
    assert agreed.told(await task_card(agreed, yusuf, OWN), "task.title")
    await agreed.taps(yusuf, "button.unshare")
    assert agreed.told(yusuf, "decide.unshared")
    shown = await task_card(agreed, agreed.people["Bram"], OWN, group=True)
    assert not any(agreed.title(OWN).texts["nl"] in text for text in shown)


async def test_only_the_newcomer_shares(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    data = agreed.app.reader.seal.close("share", (1, 0, agreed.task(OWN)["id"]), anna.id)
    toast = await agreed.telegram.forge(anna, None, agreed.telegram.history(anna)[-1], data)
    await agreed.settle()
    assert toast.text == agreed.phrase("only.newcomer")
    assert not agreed.task(OWN)["shared"]


async def test_one_person_is_asked_along_and_only_that_one_reads_it(agreed: Welcome) -> None:
    yusuf, dina, bram = (agreed.people[name] for name in ("Yusuf", "Dina", "Bram"))
    await agreed.says(yusuf, f"/together {agreed.number(OWN)}")
    agreed.mark(dina)
    agreed.mark(bram)
    await agreed.presses(yusuf, "Dina")
    assert agreed.told(dina, "decide.please_come", task=agreed.title(OWN))
    await agreed.taps(dina, "button.claim")
    assert agreed.task(OWN)["who"] == ["Dina"]
    shown = await task_card(agreed, bram, OWN)
    assert not any(agreed.title(OWN).texts["nl"] in text for text in shown)


async def test_a_newcomers_own_words_stay_theirs(agreed: Welcome) -> None:
    """What a newcomer writes down in private nobody else reads until it is shared."""
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, "/task call my brother in Cairo")
    everywhere = [agreed.board, *(await agreed.says(anna, "/tasks")), *(await agreed.says(anna, "/next"))]
    everywhere += await agreed.says(anna, "/tasks", group=True)
    assert not any("Cairo" in text for text in everywhere)
    assert not any("Cairo" in text for text in agreed.words(agreed.group))
    assert agreed.told(await agreed.says(anna, "/claim Cairo", group=True), "task.unknown")
    agreed.mark(agreed.group)
    assert agreed.told(await agreed.says(yusuf, "/done Cairo"), "task.done", task="call my brother in Cairo")
    assert not any("Cairo" in text for text in agreed.heard(agreed.group))


async def test_moves_of_private_tasks_are_not_told(agreed: Welcome) -> None:
    before = agreed.task(OWN)["due"]
    agreed.mark(agreed.group)
    await agreed.new_arrival("22 december 2026")
    assert agreed.task(OWN)["due"] > before
    neutral = agreed.title(OWN, "neutral").texts["nl"]
    assert not any(neutral in text for text in agreed.heard(agreed.group))


async def test_talk_beneath_the_board_is_answered_once_a_day(group: Welcome) -> None:
    """People reply to a message of the bot and talk to each other; whoever meant the bot reads how."""
    anna = group.people["Anna"]
    ours = next(m["message_id"] for m in group.telegram.history(group.group) if m["from"]["is_bot"])
    said = []
    for words in ("ik bel morgen wel", "goed idee!", "tot dan"):
        said += await group.says(anna, words, group=True, reply_to=ours)
    assert sum(group.told([text], "group.hint") for text in said) == 1
    await group.wait(days=1)
    assert group.told(await group.says(anna, "wat nu?", group=True, reply_to=ours), "group.hint")


async def test_what_is_past_does_not_crowd_out_what_is_coming(group: Welcome) -> None:
    """The group's unfinished preparation stands below what this week needs."""
    await group.wait(days=12)
    await group.says(group.people["Anna"], "/task Fietsen ophalen 8 december", group=True)
    first = group.board.split(group.phrase("board.free"))[1].strip().splitlines()[0]
    assert "Fietsen ophalen" in first
