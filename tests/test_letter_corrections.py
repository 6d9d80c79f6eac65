"""What the bot is not sure of, cannot read or reads wrong: its owner is told so, and puts it right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.demo.samples import photo_of
from bot.domain.words import Phrase
from bot.errands import Errands
from bot.letters.explain import words_of
from bot.letters.kinds import kinds
from bot.letters.letter import read_letter
from bot.store.errands import MOST_FAILED
from bot.store.letterintake import KEPT, MOST_WAITING
from tests.story import Welcome
from tests.test_cards import open_card
from tests.test_letter_chat import (
    HOSPITAL,
    LAST_DAY,
    WATER,
    letter_task,
    letters,
    page_of,
    pressed,
    saved,
    sends,
)
from tests.test_letter_explained import DOUBTFUL
from tests.test_letter_private import OBJECTION
from tests.world import AMSTERDAM

SEEN = read_letter(HOSPITAL).appointments[0].start.replace(tzinfo=AMSTERDAM)
"""The hospital's appointment."""
CHOIR = """Zangkoor De Regenboog

Beste leden,

In deze nieuwsbrief leest u wat het koor deze maand doet. Wij zingen veel, wij lachen, en in de gang hangen
nieuwe foto's. De repetities zijn elke dinsdag, en er is koffie voor iedereen die komt.

Groeten van het bestuur
"""


# not sure


async def test_of_a_letter_that_is_not_sure_the_owner_chooses_the_kind_at_once(agreed: Welcome) -> None:
    yusuf, found = agreed.people["Yusuf"], read_letter(DOUBTFUL)
    taken, meant = kinds()[found.kind], kinds()[found.others[0]]
    said = await agreed.says(yusuf, f"/letter {DOUBTFUL}")
    assert agreed.told(said, "letter.unsure")
    assert agreed.told(said, "letter.if_it_is", kind=words_of(taken, "name"))
    assert not agreed.has_button(yusuf, "button.letter_say")
    await agreed.taps(yusuf, "button.letter_is", it=words_of(meant, "name"))
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.heading_from", kind=words_of(meant, "name"))
    assert agreed.told(said, "letter.sure")
    assert agreed.rows("select taken, meant from correction") == [{"taken": taken.key, "meant": meant.key}]


async def test_what_it_was_taken_for_is_right_after_all_and_counts_as_no_mistake(agreed: Welcome) -> None:
    yusuf, taken = agreed.people["Yusuf"], kinds()[read_letter(DOUBTFUL).kind]
    await agreed.says(yusuf, f"/letter {DOUBTFUL}")
    await agreed.taps(yusuf, "button.letter_is", it=words_of(taken, "name"))
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.sure")
    assert agreed.told(said, "letter.by", what=Phrase("letter.what.pay"), day=date(2027, 5, 3))
    assert not agreed.told(said, "letter.unsure")
    assert agreed.rows("select * from correction") == []


async def test_a_pile_says_perhaps_of_what_is_not_sure(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, photo_of(WATER), photo_of(DOUBTFUL))
    await agreed.taps(yusuf, "button.letter_each")
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.perhaps")
    assert "\n".join(said).count(agreed.phrase("letter.perhaps", "en", letter="")) == 1


async def test_of_an_unknown_letter_whoever_helps_with_letters_is_who_to_ask(agreed: Welcome) -> None:
    carla, yusuf = agreed.people["Carla"], agreed.people["Yusuf"]
    assert read_letter(CHOIR).sender_type == "other"
    assert agreed.told(await agreed.says(yusuf, f"/letter {CHOIR}"), "letter.ask_anybody")
    for organisation, name in (("community-builder", "Bea"), ("vluchtelingenwerk", "Vera")):
        await open_card(agreed, organisation)
        await agreed.says(carla, name)
        for key in ("button.ready", *["button.skip"] * 4):
            await agreed.taps(carla, key)
        assert agreed.told(await agreed.says(yusuf, f"/letter {CHOIR}"), "letter.ask_name", name=name)


# put right


@pytest.mark.parametrize("at_once", [True, False], ids=["beside the areas", "beside the kinds"])
async def test_none_of_the_kinds_is_an_answer(agreed: Welcome, at_once: bool) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    for key in ("button.letter_wrong", "button.letter_other"):
        await agreed.taps(yusuf, key)
    if not at_once:
        await agreed.taps(yusuf, "area.housing")
    await agreed.taps(yusuf, "button.letter_none")
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.unknown")
    assert agreed.told(said, "letter.by", day=LAST_DAY)
    assert not agreed.told(said, "letter.otherwise")
    assert letter_task(agreed, "other")["due"] == LAST_DAY.isoformat()


async def test_which_of_several_last_days_is_wrong_is_asked(agreed: Welcome) -> None:
    yusuf, days = agreed.people["Yusuf"], read_letter(OBJECTION).deadlines
    right = days[1].date + timedelta(days=3)
    await agreed.says(yusuf, OBJECTION)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_date")
    assert agreed.told(yusuf, "letter.which_wrong")
    what = Phrase(f"letter.what.{days[1].what}")
    await agreed.taps(yusuf, "button.letter_day", what=what, day=days[1].date)
    assert agreed.told(yusuf, "letter.which_date")
    said = await agreed.says(yusuf, f"{right:%d-%m-%Y}")
    assert agreed.told(said, "letter.by", what=what, day=right)
    assert agreed.told(said, "letter.by", day=days[0].date)
    assert not agreed.told(said, "letter.by", day=days[1].date)
    tasks = agreed.rows("select due from task where letter is not null order by due")
    assert [row["due"] for row in tasks] == [days[0].date.isoformat(), right.isoformat()]


async def test_a_last_day_that_was_not_found_is_named_beside_the_others(agreed: Welcome) -> None:
    yusuf, days = agreed.people["Yusuf"], read_letter(OBJECTION).deadlines
    await agreed.says(yusuf, OBJECTION)
    for key in ("button.letter_wrong", "button.letter_date", "button.letter_new_day"):
        await agreed.taps(yusuf, key)
    said = await agreed.says(yusuf, "20 May 2027")
    for day in (days[0].date, date(2027, 5, 20), days[1].date):
        assert agreed.told(said, "letter.by", day=day)


async def test_an_old_button_puts_no_other_date_right(agreed: Welcome) -> None:
    yusuf, days = agreed.people["Yusuf"], read_letter(OBJECTION).deadlines
    await agreed.says(yusuf, OBJECTION)
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_date")
    wrong = {"what": Phrase(f"letter.what.{days[0].what}"), "day": days[0].date}
    old = agreed.button(yusuf, "button.letter_day", **wrong)
    await agreed.taps(yusuf, "button.letter_day", **wrong)
    await agreed.says(yusuf, "2 May 2027")
    toast = await agreed.telegram.press(yusuf, None, *old)
    await agreed.settle()
    assert toast
    assert agreed.told([toast.text], "button.old")


@pytest.mark.parametrize(
    "words, hours",
    [("{0:%d-%m-%Y} 14:45", "14:45"), ("16:05", "16:05"), ("{0:%d-%m-%Y}", f"{SEEN:%H:%M}")],
    ids=["day and hour", "hour alone", "day alone"],
)
async def test_an_appointment_is_put_right_and_so_is_its_task(
    agreed: Welcome, words: str, hours: str
) -> None:
    yusuf = agreed.people["Yusuf"]
    day = SEEN.date() + timedelta(days=2) if "{" in words else SEEN.date()
    right = agreed.at(day, hours)
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_date")
    assert agreed.told(yusuf, "letter.which_moment")
    said = await agreed.says(yusuf, words.format(right))
    assert agreed.told(said, "letter.expected", day=day, hour=hours)
    assert agreed.told(said, "letter.told")
    task = letter_task(agreed, read_letter(HOSPITAL).kind)
    assert datetime.fromisoformat(task["at"]).replace(tzinfo=UTC) == right
    agreed.mark(yusuf)
    await agreed.until(right - timedelta(hours=12))
    assert agreed.told(yusuf, "remind.eve", at=right)


async def test_who_comes_along_reads_that_the_appointment_was_another_moment(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    right = SEEN + timedelta(hours=3)
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_along")
    await agreed.presses(yusuf, "Anna")
    agreed.mark(yusuf)
    await agreed.taps(anna, "button.claim")
    assert agreed.told(yusuf, "task.joined", who="Anna")
    assert agreed.told(anna, "when.calendar", at=SEEN)
    agreed.mark(anna)
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.says(yusuf, f"{right:%H:%M}")
    assert agreed.told(anna, "when.calendar", at=right)


async def test_words_that_name_no_hour_are_asked_again(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_wrong")
    assert agreed.told(await agreed.says(yusuf, "no idea"), "when.unclear")


# the photo


async def test_a_photo_that_could_not_be_read_may_stay(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, saved(page_of(WATER, blur=7)))
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_keep"), "letter.keeps")
    await agreed.wait(days=2)
    assert photos(agreed, yusuf)
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.gone")


def photos(world: Welcome, who: Any) -> list[dict[str, Any]]:
    return [m for m in world.telegram.history(world.telegram.chat_of(who)) if "photo" in m]


async def test_photos_that_could_not_be_read_are_erased_at_once(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, *(saved(page_of(WATER, blur=blur)) for blur in (7, 8)))
    assert agreed.told(yusuf, "letter.page_lost", page=2)
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased_sent")
    assert photos(agreed, yusuf) == []


async def test_the_photo_of_a_trick_may_stay(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(
        yusuf, "/letter Uw DigiD verloopt. Bevestig direct uw gegevens via https://digid-check.example/nl"
    )
    assert agreed.told(yusuf, "letter.heading", kind=words_of(kinds()["phishing"], "name"))
    assert agreed.has_button(yusuf, "button.letter_keep")


async def test_nobody_keeps_or_erases_what_somebody_else_sent(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await sends(agreed, yusuf, saved(page_of(WATER, blur=7)))
    message, label = agreed.button(yusuf, "button.letter_erase")
    rows = message["reply_markup"]["inline_keyboard"]
    data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
    agreed.telegram.forge(anna, None, message, data)
    await agreed.settle()
    assert photos(agreed, yusuf)


async def test_a_photo_that_is_not_taken_in_goes_like_the_others(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.fail_next("getFile", status=502, times=10_000)
    for _ in range(MOST_WAITING):
        agreed.telegram.send_photo(yusuf, None, photo_of("x"))
        await agreed.settle()
    before = len(photos(agreed, yusuf))
    agreed.mark(yusuf)
    agreed.telegram.send_photo(yusuf, None, photo_of("y"))
    await agreed.settle()
    assert agreed.told(yusuf, "letter.too_many", most=MOST_WAITING)
    refused = photos(agreed, yusuf)[before:]
    assert len(refused) == 1
    await agreed.wait(hours=KEPT.total_seconds() / 3600 + 1)
    assert refused[0] not in photos(agreed, yusuf)


# where and how it is told


async def test_a_photo_in_the_group_under_the_command_points_to_the_private_chat(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    for caption in ("/letter", "/brief", "/letter@samenbot"):
        agreed.mark(agreed.group)
        agreed.telegram.send_photo(anna, agreed.group, photo_of(WATER), caption=caption)
        await agreed.settle()
        assert agreed.told(agreed.group, "letter.group"), caption
    assert letters(agreed) == []


async def test_a_photo_under_the_command_is_read_in_private_and_a_forwarded_one_too(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    for given in ({}, {"forward_from": agreed.people["Anna"]}):
        agreed.mark(yusuf)
        agreed.telegram.send_photo(yusuf, None, photo_of(WATER), caption="/letter", **given)
        await agreed.settle()
        assert agreed.told(yusuf, "letter.by", day=LAST_DAY), given


async def test_a_fault_while_reading_leaves_no_word_of_the_letter_in_the_log(
    agreed: Welcome, caplog: pytest.LogCaptureFixture
) -> None:
    yusuf = agreed.people["Yusuf"]

    async def broken(_file: str) -> bytes:
        raise ValueError("Geachte heer Haddad")

    errands: Errands = agreed.app.errands
    errands._fetch = broken
    agreed.mark(yusuf)
    agreed.telegram.send_photo(yusuf, None, photo_of(WATER))
    await agreed.settle()
    assert agreed.told(yusuf, "letter.failed")
    told = [record for record in caplog.records if record.name == "samenbot.errands"]
    assert len(told) == MOST_FAILED
    assert all("ValueError" in record.getMessage() for record in told)
    assert "Haddad" not in caplog.text
    assert agreed.has_button(yusuf, "button.letter_keep")


# two letters, or one


async def test_two_letters_of_one_kind_and_day_are_two_tasks(agreed: Welcome) -> None:
    yusuf, first = agreed.people["Yusuf"], read_letter(WATER)
    assert first.reference
    second = WATER.replace(first.reference, first.reference[::-1])
    assert read_letter(second).reference != first.reference
    for wanted, words in ((1, WATER), (2, second)):
        await agreed.says(yusuf, words)
        await agreed.taps(yusuf, "button.letter_mine")
        made = agreed.rows("select due from task where letter = 'water-bill'")
        assert [row["due"] for row in made] == [LAST_DAY.isoformat()] * wanted
    await agreed.says(yusuf, WATER)  # once more
    assert agreed.told([await agreed.taps(yusuf, "button.letter_mine")], "letter.task_there")


async def test_where_the_first_letter_is_erased_its_owner_says_that_this_is_another(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.wait(days=2)
    await agreed.says(yusuf, WATER)
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_mine"), "letter.task_there")
    await agreed.taps(yusuf, "button.letter_another")
    assert len(agreed.rows("select id from task where letter = 'water-bill'")) == 2
