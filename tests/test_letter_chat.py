"""Letters in the private chat: sent, read, explained, and what their owner then does with them."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageFilter

from bot.demo.samples import photo_of, samples
from bot.domain.words import Phrase
from bot.errands import GIVEN_UP
from bot.letters.explain import words_of
from bot.letters.kinds import kinds
from bot.letters.letter import read_letter
from bot.letters.reader.reading import Line, Reading
from bot.letters.sent import lost, pages_of
from bot.store.letterintake import KEPT, MOST_WAITING
from handlers.letters import lost_pages
from tests.story import Welcome
from tests.test_cards import open_card
from tests.world import AMSTERDAM

LETTERS = samples(date(2027, 4, 15))
WATER, INTERVIEW, HOSPITAL = LETTERS["water"], LETTERS["interview"], LETTERS["hospital"]
LAST_DAY = next(one.date for one in read_letter(WATER).deadlines)
"""By which the water bill is paid."""
QUOTE = read_letter(WATER).deadlines[0].quote


async def sends(world: Welcome, who: Any, *pictures: bytes) -> list[str]:
    """Photos, as an album where there are several; returns what is heard once it has closed."""
    world.mark(who)
    if len(pictures) == 1:
        world.telegram.send_photo(who, None, pictures[0])
    else:
        world.telegram.send_album(who, None, list(pictures))
    await world.settle()
    await world.wait(seconds=3)
    return world.heard(who)


def letters(world: Welcome) -> list[dict[str, Any]]:
    return world.rows("select * from letter") + world.rows("select * from errand where state = 'waiting'")


def letter_task(world: Welcome, kind: str) -> dict[str, Any]:
    return world.rows("select * from task where letter = ? order by id desc", kind)[0]


# read and explained


async def test_a_pasted_letter_is_explained_to_its_owner_alone(
    agreed: Welcome, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    yusuf = agreed.people["Yusuf"]
    agreed.mark(agreed.group)
    said = await agreed.says(yusuf, WATER)
    assert agreed.told(said, "letter.by", what=Phrase("letter.what.pay"), day=LAST_DAY, year="2027")
    assert agreed.told(said, "letter.printed", quote=QUOTE)
    assert agreed.told(said, "letter.pay", sum="€ 55,46")
    assert not [words for words in said if "Haddad" in words or "Beukenhof" in words]
    assert agreed.heard(agreed.group) == []
    kept = agreed.raw()
    assert b"Haddad" not in kept
    assert "Haddad" not in caplog.text
    assert b"Waterbedrijf" not in kept  # sealed


async def test_what_was_forwarded_is_taken_for_a_letter(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    trick = "Uw DigiD verloopt vandaag. Bevestig direct uw gegevens via https://digid-check.example/nl"
    agreed.telegram.say(yusuf, None, trick, forward_from=agreed.people["Anna"])
    await agreed.settle()
    assert agreed.told(yusuf, "letter.heading", kind=words_of(kinds()["phishing"], "name"))


async def test_the_contact_person_is_who_to_ask(agreed: Welcome) -> None:
    carla, yusuf = agreed.people["Carla"], agreed.people["Yusuf"]
    organisation = kinds()[read_letter(WATER).kind].ask
    await open_card(agreed, organisation)
    await agreed.says(carla, "Femke de Wit")
    await agreed.taps(carla, "area.housing")
    await agreed.taps(carla, "button.ready")
    for words in ("030 123 45 67", "femke@gemeente.example", "ma-do 9-17", "Gert Smit"):
        await agreed.says(carla, words)
    said = await agreed.says(yusuf, WATER)
    name = agreed.content.organisations[organisation].name.en
    assert agreed.told(
        said, "letter.ask_person", name="Femke de Wit", organisation=name, reached="030 123 45 67"
    )


async def test_what_opens_something_in_a_letter_is_neither_kept_nor_repeated(agreed: Welcome) -> None:
    """A letter with a BSN is no reason to refuse it: the number is hidden, wherever it stands."""
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(
        yusuf, WATER + "\nUw burgerservicenummer: 111222333. Rekening NL91ABNA0417164300"
    )
    assert not agreed.told(said, "words.secret")
    assert agreed.told(said, "letter.pay", sum="€ 55,46")
    everything = "\n".join(agreed.words(yusuf))
    assert "111222333" not in everything
    assert "0417164300" not in everything


async def test_an_arab_reader_reads_arabic_that_says_who_has_not_read_it(world: Welcome) -> None:
    yusuf = await world.with_newcomer("ar")
    said = await world.says(yusuf, WATER)
    (explained,) = [words for words in said if QUOTE in words]
    assert world.phrase("letter.pay", "ar", sum="€ 55,46") in explained
    assert world.phrase("letter.draft", "ar") in explained
    assert world.phrase("letter.pay", "en", sum="€ 55,46") not in explained
    assert world.has_button(yusuf, "button.letter_mine")


async def test_a_photo_is_answered_at_once_read_and_taken_out_of_the_chat_a_day_later(
    agreed: Welcome,
) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await sends(agreed, yusuf, photo_of(WATER))
    assert agreed.told(said, "letter.by", day=LAST_DAY, year="2027")
    assert not agreed.told(said, "letter.reading")  # that went once it was read
    sent = [params["text"] for method, params in agreed.requests if method == "sendMessage"]
    assert agreed.told(sent, "letter.reading")
    photos = [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if "photo" in m]
    assert len(photos) == 1
    await agreed.wait(hours=KEPT.total_seconds() / 3600 + 1)
    assert not [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if "photo" in m]
    assert letters(agreed) == []
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_mine"), "letter.gone")


async def test_a_photo_goes_though_telegram_was_down_when_it_should_have(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, photo_of(WATER))
    await agreed.wait(hours=KEPT.total_seconds() / 3600 - 1)
    agreed.telegram.fail_next("deleteMessages", status=500, times=3)
    await agreed.wait(hours=1)
    assert [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if "photo" in m]
    assert letters(agreed) == []
    await agreed.wait(hours=3)
    assert not [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if "photo" in m]


async def pressed(world: Welcome, who: Any, key: str, **args: Any) -> list[str]:
    """What a button answers, in a message or shortly."""
    toast = await world.taps(who, key, **args)
    return [*world.heard(who), toast]


async def test_a_photo_that_is_kept_stays_and_what_was_read_goes(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, photo_of(WATER))
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_keep"), "letter.keeps")
    await agreed.wait(days=2)
    assert [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if "photo" in m]
    assert letters(agreed) == []


async def test_everything_can_be_erased_at_once(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_erase")
    assert letters(agreed) == []
    history = agreed.telegram.history(agreed.telegram.chat_of(yusuf))
    assert not [m for m in history if "Vastrecht" in m.get("text", "")]


# what cannot be read


async def test_a_picture_that_is_no_letter_and_one_that_is_blurred_say_what_to_do(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    sunset = Image.linear_gradient("L").resize((900, 700))
    assert agreed.told(await sends(agreed, yusuf, saved(sunset)), "letter.unreadable.no-text")
    blurred = Image.open(BytesIO(photo_of(WATER))).filter(ImageFilter.GaussianBlur(7))
    assert agreed.told(await sends(agreed, yusuf, saved(blurred)), "letter.unreadable.blurred")


def saved(picture: Image.Image) -> bytes:
    raw = BytesIO()
    picture.convert("RGB").save(raw, "JPEG")
    return raw.getvalue()


def scanned(*pages: Image.Image) -> bytes:
    """Pages as a scanner puts them into one PDF."""
    raw = BytesIO()
    pages[0].save(raw, "PDF", resolution=150, save_all=True, append_images=pages[1:])
    return raw.getvalue()


def page_of(text: str, blur: float = 0.0) -> Image.Image:
    return Image.open(BytesIO(photo_of(text))).convert("RGB").filter(ImageFilter.GaussianBlur(blur))


async def test_a_page_of_a_scan_that_cannot_be_read_is_told_beside_what_could(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    scan = scanned(page_of(WATER), page_of(INTERVIEW, blur=7))
    blurred = Phrase("letter.unreadable.blurred")
    agreed.mark(yusuf)
    agreed.telegram.send_file(yusuf, None, "scan.pdf", scan, "application/pdf")
    await agreed.settle()
    assert agreed.told(yusuf, "letter.page_lost", page=2, why=blurred)
    assert agreed.told(yusuf, "letter.by", day=LAST_DAY, year="2027")


def test_lost_pages_of_several_files_are_told_by_file_and_page() -> None:
    page = (Line("x", 1.0),)
    files = [Reading((), "no-text"), Reading((page,), lost=((2, "blurred"),)), Reading((page,))]
    pages = [page for number, file in enumerate(files, 1) for page in pages_of(number, file)]
    told = lost_pages(lost(pages), 2)
    assert [(say.key, say.args.get("file"), say.args["page"]) for say in told] == [
        ("letter.page_lost", None, 1),
        ("letter.page_lost_in", 2, 2),
    ]


async def test_what_is_too_large_or_no_letter_at_all_gets_a_clear_answer(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    agreed.telegram.send_file(yusuf, None, "scan.pdf", b"%PDF", "application/pdf", size=21 * 1024 * 1024)
    await agreed.settle()
    assert agreed.told(yusuf, "letter.unreadable.too-large")
    agreed.mark(yusuf)
    agreed.telegram.send_file(yusuf, None, "tool.zip", b"PK\x03\x04" + bytes(100), "application/zip")
    await agreed.settle()
    assert agreed.told(yusuf, "letter.unreadable.unsupported")


async def test_a_network_that_fails_for_a_while_loses_no_letter(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.fail_next("getFile", status=502, times=2)
    agreed.mark(yusuf)
    agreed.telegram.send_photo(yusuf, None, photo_of(WATER))
    await agreed.settle()
    assert agreed.told(yusuf, "letter.reading")
    await agreed.wait(minutes=5)
    assert agreed.told(yusuf, "letter.by", day=LAST_DAY, year="2027")


async def test_a_network_that_never_comes_back_is_told_in_the_end(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.fail_next("getFile", status=502, times=GIVEN_UP + 1)
    agreed.mark(yusuf)
    agreed.telegram.send_photo(yusuf, None, photo_of(WATER))
    await agreed.wait(days=1)
    assert agreed.told(yusuf, "letter.failed")
    assert letters(agreed) == []


async def test_a_restart_in_the_middle_loses_no_letter(agreed: Welcome) -> None:
    """What was written down but not read is read after the restart, once."""
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.send_album(yusuf, None, [photo_of(WATER), photo_of(INTERVIEW)])
    await agreed.settle()  # the album has not closed yet
    assert letters(agreed)
    await agreed.restart()
    agreed.mark(yusuf)
    await agreed.wait(seconds=5)
    assert agreed.told(yusuf, "letter.pile", n=2)


async def test_a_restart_while_a_photo_is_being_read_begins_it_again(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    agreed.telegram.send_photo(yusuf, None, photo_of(WATER))
    async with asyncio.timeout(30):
        while not agreed.rows("select * from errand where attempts = 1"):  # noqa: ASYNC110 # a database
            await asyncio.sleep(0.005)
    await agreed.restart()
    await agreed.settle()
    said = agreed.heard(yusuf)
    assert len([words for words in said if agreed.told([words], "letter.by", day=LAST_DAY, year="2027")]) == 1


async def test_somebodys_pile_does_not_hold_up_somebody_elses_letter(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    nine = [
        f"{text}\nMet groet van {name}" for name in ("Aaltje", "Berend", "Chris") for text in LETTERS.values()
    ]
    agreed.telegram.send_album(yusuf, None, [photo_of(text) for text in nine])
    await agreed.settle()
    agreed.mark(anna)
    agreed.clock.set(agreed.clock.now() + timedelta(seconds=3))  # the album closes: nine pages to read
    agreed.telegram.send_photo(anna, None, photo_of(WATER))
    async with asyncio.timeout(60):
        while not agreed.told(anna, "letter.by", day=LAST_DAY, year="2027"):  # noqa: ASYNC110 # a chat
            await asyncio.sleep(0.02)
    assert not agreed.told(yusuf, "letter.pile")
    await agreed.settle(120)
    assert agreed.told(yusuf, "letter.pile", n=9)


async def test_more_letters_than_anybody_reads_wait_outside(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.fail_next("getFile", status=502, times=10_000)
    agreed.mark(yusuf)
    for _ in range(MOST_WAITING + 1):
        agreed.telegram.send_photo(yusuf, None, photo_of("x"))
        await agreed.settle()
    assert agreed.told(yusuf, "letter.too_many", most=MOST_WAITING)


# albums


async def test_a_pile_becomes_one_list_in_order_of_time(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await sends(agreed, yusuf, photo_of(WATER), photo_of(INTERVIEW), photo_of(HOSPITAL))
    assert agreed.told(said, "letter.pile", n=3)
    (listed,) = [words for words in said if agreed.told([words], "letter.pile", n=3)]
    lines = [line for line in listed.splitlines() if line[:1].isdigit()]
    read = {name: read_letter(text) for name, text in (("w", WATER), ("i", INTERVIEW), ("h", HOSPITAL))}
    days = {
        kinds()[one.kind].name.en: min(
            [d.date for d in one.deadlines] + [a.start.date() for a in one.appointments]
        )
        for one in read.values()
    }
    assert [line[3:].split(" — ")[0] for line in lines] == sorted(days, key=lambda name: days[name])
    await agreed.presses(yusuf, "1. ")
    assert agreed.has_button(yusuf, "button.letter_mine")


async def test_pages_of_which_nobody_can_tell_are_asked_about(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    head, greeting, rest = WATER.partition("Geachte")
    said = await sends(agreed, yusuf, photo_of(head), photo_of(greeting + rest))
    assert agreed.told(said, "letter.which", n=2)
    agreed.mark(yusuf)
    await agreed.taps(yusuf, "button.letter_one")
    assert agreed.told(yusuf, "letter.by", day=LAST_DAY, year="2027")


# what its owner does with it


async def test_a_letter_becomes_a_task_of_ones_own_with_reminders_and_a_calendar_file(
    agreed: Welcome,
) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(agreed.group)
    await agreed.says(yusuf, WATER)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    task = letter_task(agreed, "water-bill")
    assert agreed.told(said, "letter.task_mine", number=task["number"])
    assert task["due"] == LAST_DAY.isoformat()
    assert agreed.told(said, "letter.calendar", due=LAST_DAY)
    for days in (7, 3, 1):
        agreed.mark(yusuf)
        await agreed.until(datetime.combine(LAST_DAY - timedelta(days=days), time(9, 1), AMSTERDAM))
        assert agreed.told(yusuf, "remind.deadline", n=days, due=LAST_DAY), days
    agreed.mark(yusuf)
    await agreed.until(datetime.combine(LAST_DAY, time(9, 1), AMSTERDAM))
    assert agreed.told(yusuf, "remind.deadline_today")  # a Sunday: a last day does not wait
    await pressed(agreed, yusuf, "button.done_n", number=task["number"])
    assert letter_task(agreed, "water-bill")["state"] == "done"
    assert not [words for words in agreed.words(agreed.group) if "ater" in words]


async def test_what_is_done_reminds_no_more(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.says(yusuf, f"/done {letter_task(agreed, 'water-bill')['number']}")
    agreed.mark(yusuf)
    await agreed.until(datetime.combine(LAST_DAY, time(20), AMSTERDAM))
    assert not agreed.told(yusuf, "remind.deadline")
    assert not agreed.told(yusuf, "remind.deadline_today")


async def test_the_group_reads_a_neutral_title_until_the_owner_says_more(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    kind = kinds()["water-bill"]
    agreed.mark(agreed.group)
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_task")
    heard = "\n".join(agreed.heard(agreed.group))
    assert kind.neutral.nl in heard
    assert kind.name.nl not in heard
    number = letter_task(agreed, "water-bill")["number"]
    await agreed.says(anna, f"/claim {number}", group=True)
    assert kind.name.nl not in "\n".join(agreed.words(agreed.group))
    assert kind.name.en in "\n".join(await agreed.says(yusuf, f"/task {number}"))
    agreed.shared.add("water-bill")
    await agreed.taps(yusuf, "button.letter_shown")
    assert kind.name.nl in "\n".join(await agreed.says(anna, f"/task {number}", group=True))


async def test_an_appointment_in_a_letter_is_reminded_of_as_any_other(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, HOSPITAL)
    meeting = read_letter(HOSPITAL).appointments[0].start.replace(tzinfo=AMSTERDAM)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    assert agreed.told(said, "when.calendar", at=meeting)
    agreed.mark(yusuf)
    await agreed.until(meeting - timedelta(hours=12))
    assert agreed.told(yusuf, "remind.eve", at=meeting)


async def test_somebody_is_asked_along_and_reads_only_the_neutral_title(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_along")
    agreed.mark(anna)
    await agreed.presses(yusuf, "Anna")
    kind = kinds()[read_letter(HOSPITAL).kind]
    heard = "\n".join(agreed.heard(anna))
    assert kind.neutral.nl in heard
    assert kind.name.nl not in heard


async def test_the_explanation_is_shared_with_one_person_or_everybody(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_with")
    agreed.mark(anna)
    agreed.mark(yusuf)
    await agreed.presses(yusuf, "Anna")
    assert agreed.told(anna, "letter.reads_with", who="Yusuf")
    assert agreed.told(anna, "letter.by", day=LAST_DAY, year="2027")
    assert agreed.told(yusuf, "letter.reads", who="Anna")
    await agreed.taps(yusuf, "button.letter_share")
    agreed.mark(agreed.group)
    await agreed.taps(yusuf, "button.letter_group")
    assert agreed.heard(agreed.group) == []  # what everybody will read is told first
    agreed.shared.add("water-bill")
    await agreed.taps(yusuf, "button.letter_group_sure")
    assert agreed.told(agreed.group, "letter.shares", who="Yusuf")
    assert agreed.told(agreed.group, "letter.pay", sum="€ 55,46")


async def test_nobody_elses_button_opens_a_letter(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, WATER)
    message, label = agreed.button(yusuf, "button.letter_mine")
    data = next(
        button["callback_data"]
        for row in message["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == label
    )
    agreed.mark(anna)
    agreed.telegram.forge(anna, None, message, data)
    await agreed.settle()
    assert not [words for words in agreed.heard(anna) if "55,46" in words]
    assert agreed.rows("select * from task where letter is not null") == []


# what to say, and what is wrong


async def test_what_to_say_and_a_letter_to_send_back(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    agreed.mark(yusuf)
    await agreed.taps(yusuf, "button.letter_say")
    assert agreed.told(yusuf, "letter.say_title")
    agreed.mark(yusuf)
    _, label = next(agreed.labels(yusuf))
    await agreed.presses(yusuf, label)
    heard = "\n".join(agreed.heard(yusuf))
    assert "betalingsregeling" in heard
    (file,) = [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if m.get("document")]
    stored = agreed.telegram.files.find(file["document"]["file_id"])
    assert stored is not None
    assert stored.content.startswith(b"%PDF")


async def test_a_letter_that_was_taken_for_another_is_put_right_and_counted(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_other")
    await agreed.taps(yusuf, "area.housing")
    agreed.mark(yusuf)
    await agreed.presses(yusuf, kinds()["energy-bill"].name.en)
    assert agreed.told(yusuf, "letter.corrected")
    counted = agreed.rows("select * from correction")
    assert counted == [{"taken": "water-bill", "meant": "energy-bill", "times": 1}]


async def test_a_date_that_was_read_wrong_is_put_right(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    assert agreed.told(await agreed.says(yusuf, "no idea"), "when.unclear")
    await agreed.taps(yusuf, "button.letter_date")
    said = await agreed.says(yusuf, "9 December")
    assert agreed.told(said, "letter.by", day=date(2026, 12, 9), year="2026")
    assert agreed.told(said, "letter.told")
    await agreed.taps(yusuf, "button.letter_mine")
    assert letter_task(agreed, "water-bill")["due"] == "2026-12-09"


# who, and where


async def test_in_the_group_no_letter_is_read(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    said = await agreed.says(anna, "/letter", group=True)
    assert agreed.told(said, "letter.group")
    assert agreed.told(await agreed.opens(anna, "https://t.me/samenbot?start=do-letter"), "letter.send")
    agreed.mark(agreed.group)
    board = next(m for m in agreed.telegram.history(agreed.group) if m.get("from", {}).get("is_bot"))
    agreed.telegram.send_photo(anna, agreed.group, photo_of(WATER), reply_to=board)
    await agreed.settle()
    assert agreed.told(agreed.group, "letter.group")
    agreed.mark(agreed.group)
    agreed.telegram.send_photo(anna, agreed.group, photo_of(WATER))  # not for the bot: it hears nothing of it
    await agreed.settle()
    assert agreed.heard(agreed.group) == []
    assert agreed.rows("select * from errand") == []


async def test_whoever_has_not_agreed_or_is_unknown_sends_no_letter(group: Welcome) -> None:
    yusuf, stranger = group.people["Yusuf"], group.person("Vreemde")
    await group.joins(yusuf, "newcomer", "en")
    assert group.told(await group.says(yusuf, WATER), "consent.first")
    assert group.told(await group.says(stranger, WATER), "room.none")
    assert group.rows("select * from errand") == []


async def test_a_newcomer_who_stops_leaves_no_letter_behind(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.says(yusuf, "/leave")
    await agreed.taps(yusuf, "button.leave")
    await agreed.wait(days=2)
    assert letters(agreed) == []
    assert agreed.rows("select * from task where letter is not null") == []


async def test_words_in_a_letter_are_no_command(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    before = agreed.rows("select count(*) n from task where state = 'done'")
    await agreed.says(yusuf, f"Geachte heer,\n/done 1\n/leave\n{WATER}\nhttps://t.me/samenbot?start=owner-x")
    assert agreed.rows("select count(*) n from task where state = 'done'") == before
    assert not agreed.told(yusuf, "leave.newcomer")
    assert "t.me" not in "\n".join(agreed.heard(yusuf))


@pytest.mark.parametrize("language", ["nl", "en", "ar", "fa", "ti", "tr", "fr", "uk"])
async def test_how_to_send_a_letter_is_told_in_every_language(world: Welcome, language: str) -> None:
    yusuf = await world.with_newcomer(language)
    said = await world.says(yusuf, "/letter")
    assert world.phrase("letter.send", language) in "\n".join(said)
