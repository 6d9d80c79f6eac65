# ruff: noqa: E501  # a message is one string, and reads best so
"""Words about a letter, out of one, or under its picture: danger is heard first, and how to send it is said."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.samples import photo_of
from bot.letters.letter import read_letter
from bot.letters.messages import about_letter, perhaps_message
from bot.store.letterintake import KEPT
from tests.story import Welcome
from tests.test_letter_chat import LAST_DAY, WATER, letters, pressed
from tests.test_letter_messages import TYPED

PAYSLIP = "je moet voor vrijdag 27 november 2026 je loonstrook inleveren bij de gemeente"
ABOUT = {
    "nl": "Ik heb een brief van de gemeente gekregen, wat moet ik doen?",
    "en": "I got a letter, what does it say?",
    "ar": "أريد أن أفهم هذه الرسالة من البلدية",
    "fa": "این نامه را نمی‌فهمم",
    "ti": "ነቲ ደብዳቤ ኣይተረድኣንን",
    "tr": "Belediyeden mektubum var",
    "fr": "J’ai reçu une lettre de la mairie",
    "uk": "Я отримала листа від муніципалітету",
}
OTHERS = ["برنامه من چیست؟", "Зустріч у листопаді", "hoe gaat het?", "merci beaucoup", "teşekkürler"]


async def captioned(world: Welcome, caption: str, *, file: bool = False) -> list[str]:
    """What Yusuf hears of a letter with words under it."""
    yusuf = world.people["Yusuf"]
    world.mark(yusuf)
    if file:
        world.telegram.send_file(yusuf, None, "brief.jpg", photo_of(WATER), "image/jpeg", caption=caption)
    else:
        world.telegram.send_photo(yusuf, None, photo_of(WATER), caption=caption)
    await world.settle()
    return world.heard(yusuf)


# danger


@pytest.mark.parametrize(
    "caption", ["help me ik wil dood", "أريد أن أموت", "/start ik wil dood", "/letter ik wil dood"]
)
async def test_danger_under_a_photo_is_answered_first_and_the_letter_is_read(
    agreed: Welcome, caption: str
) -> None:
    said = await captioned(agreed, caption)
    assert agreed.told(said[:1], "help.danger")
    assert agreed.told(said, "letter.by", day=LAST_DAY, year=str(LAST_DAY.year))


async def test_danger_under_a_file_is_answered_too(agreed: Welcome) -> None:
    said = await captioned(agreed, "my husband beats me", file=True)
    assert agreed.told(said[:1], "help.danger")
    assert agreed.told(said, "letter.by", day=LAST_DAY, year=str(LAST_DAY.year))


async def test_danger_under_a_photo_in_an_album_is_answered_once(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    agreed.telegram.send_album(yusuf, None, [photo_of(WATER)] * 2, caption="ik wil dood")
    await agreed.settle()
    await agreed.wait(seconds=3)
    assert [agreed.told([text], "help.danger") for text in agreed.heard(yusuf)].count(True) == 1
    assert agreed.told(yusuf, "letter.by", day=LAST_DAY, year=str(LAST_DAY.year))


async def test_danger_under_a_photo_is_answered_before_a_yes(group: Welcome) -> None:
    await group.joins(group.people["Yusuf"], "newcomer", "en")
    said = await captioned(group, "i want to die")
    assert group.told(said[:1], "help.danger")
    assert group.told(said, "consent.first")


async def test_danger_after_a_command_is_answered_instead(agreed: Welcome) -> None:
    yusuf, tasks = agreed.people["Yusuf"], agreed.rows("select * from task")
    for words in ("/task ik wil dood", "/help ik wil dood", "/watdanook ik wil dood"):
        said = await agreed.says(yusuf, words)
        assert agreed.told(said, "help.danger"), words
        assert len(said) == 1, words
    assert agreed.rows("select * from task") == tasks


async def test_words_under_a_photo_that_mean_no_danger_are_left(agreed: Welcome) -> None:
    assert not agreed.told(await captioned(agreed, "wat is dit?"), "help.danger")


# about a letter


@pytest.mark.parametrize("language", ABOUT)
async def test_a_question_about_a_letter_is_told_how_to_send_one(world: Welcome, language: str) -> None:
    yusuf = await world.with_newcomer(language)
    said = await world.says(yusuf, ABOUT[language])
    assert world.told(said, "letter.send")
    assert not world.told(said, "private.hint")
    assert letters(world) == []


@pytest.mark.parametrize("text", OTHERS, ids=[text[:12] for text in OTHERS])
def test_other_words_are_about_no_letter(text: str) -> None:
    assert not about_letter(text)


@pytest.mark.parametrize("text", TYPED, ids=[text[:24] for text in TYPED])
def test_what_people_say_of_themselves_is_out_of_no_letter(text: str) -> None:
    assert not perhaps_message(text)


async def test_whoever_is_in_no_group_reads_what_they_would_have_read(group: Welcome) -> None:
    stranger = group.person("Vreemde")
    hello = await group.says(stranger, "hallo")
    assert await group.says(stranger, ABOUT["nl"]) == hello


async def test_a_newcomer_who_was_not_asked_yet_is_asked_first(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", "nl")
    said = await group.says(yusuf, ABOUT["nl"])
    assert not group.told(said, "letter.send")
    assert group.has_button(yusuf, "button.consent_yes") or group.has_button(yusuf, "button.consent")


async def test_a_question_that_is_open_does_not_come_before_a_letter(agreed: Welcome) -> None:
    """Whoever has a letter is told how to have it read, and then asked once more what they left open."""
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(bram, f"/when {agreed.number('phone-and-mail')} 4 december 11:00")
    said = await agreed.says(yusuf, ABOUT["ar"])
    assert agreed.told(said, "letter.send")
    assert agreed.has_button(yusuf, "button.fits")


async def test_words_about_a_letter_still_answer_what_was_asked(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_date")
    said = await agreed.says(yusuf, "in de brief staat 9 december")
    assert agreed.told(said, "letter.is_it")


# out of a letter


@pytest.mark.parametrize(
    "text",
    [
        PAYSLIP,
        "Beste Yusuf, je afspraak is morgen om 10 uur bij de gemeente. Groet, Petra",
        "U moet uw loonstrook inleveren bij de gemeente",
    ],
    ids=["you", "by name", "no day"],
)
async def test_what_may_be_out_of_a_letter_is_asked_about(agreed: Welcome, text: str) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, text)
    assert agreed.told(said, "letter.is_this")
    assert not agreed.told(said, "private.hint")
    assert b"loonstrook" not in agreed.raw()


async def test_a_tap_has_it_read(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, PAYSLIP)
    said = await pressed(agreed, yusuf, "button.letter_read")
    assert agreed.told(said, "letter.by", day=read_letter(PAYSLIP).deadlines[0].date, year="2026")
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_read"), "letter.gone")


async def test_what_nobody_calls_a_letter_is_forgotten_and_stays_in_the_chat(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, PAYSLIP)
    await agreed.wait(seconds=KEPT.total_seconds() + 60)
    assert letters(agreed) == []
    history: list[dict[str, Any]] = agreed.telegram.history(agreed.telegram.chat_of(yusuf))
    assert PAYSLIP in [message.get("text") for message in history]
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_read"), "letter.gone")


async def test_a_number_in_it_is_kept_nowhere(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, f"{PAYSLIP}, bsn 111222333")
    assert agreed.told(said, "words.secret")
    assert letters(agreed) == []
