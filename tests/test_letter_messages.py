# ruff: noqa: E501  # a message is one string, and reads best so
"""What people type, paste and send that is no whole letter: an office's message, a chat, another language."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.demo.samples import photo_of
from bot.letters.letter import read_letter
from bot.letters.messages import is_chat, is_foreign, is_message, says_enough, without_stamp
from bot.store.letterintake import KEPT, MOST_WAITING
from bot.understanding.danger import in_danger
from tests.story import Welcome
from tests.test_letter_chat import WATER, letters, pressed
from tests.test_letter_corrections import photos
from tests.test_letter_days import TAXES
from tests.test_letter_short import MESSAGES

GGD = "GGD: uw afspraak is op donderdag 3 december om 9.40 uur, neem uw paspoort mee. Bel 088-1234567"
SENT = [
    *[text for _, text in MESSAGES],
    GGD,
    "Tandarts Smit: u wordt verwacht op 7-12 om 14:15. Verhinderd? Bel minstens 24 uur van tevoren 030-1234567.",
    "Beste klant, uw medicijnen liggen klaar bij Apotheek De Brug. U kunt ze ophalen t/m vrijdag.",
    "Vitens: uw rekening van 54,20 euro is nog niet betaald. Betaal voor 12 december.",
    "DigiD: uw sms-code is 482913. Deel deze code met niemand.",
    "Morgen om 10.00 uur komt de monteur van Stedin langs voor uw meter. Niet thuis? Bel 088 896 39 63.",
]
TYPED = [
    "Kunt u mij helpen met mijn afspraak op donderdag 3 december om 10 uur?",
    "Ik heb morgen om 10 uur een afspraak bij de huisarts, kan iemand mee?",
    "Anna: kun jij donderdag mee naar de gemeente?",
    "dank u wel voor uw hulp vandaag",
    "U heeft mij goed geholpen, tot maandag",
    "Wilt u mij bellen op 06-12345678?",
    "nee dank u, donderdag is goed",
    "Hoe laat is de afspraak morgen?",
    "Bedankt dat u morgen komt, ik neem de brief mee",
    "ok",
    "see you on Monday at 10:00, bring the letter of the GP",
]
CHATS = [
    "[24-11-2026 09:12] Anna: Hoi, gaat het goed?\n[24-11-2026 09:13] Yusuf: Morgen heb ik een afspraak om 10.00 uur.",
    "24-11-2026 09:12 - Anna: Hoi, gaat het goed?\n24-11-2026 09:13 - Yusuf: Morgen heb ik een afspraak om 10.00 uur.",
    "[24/11/2026, 09:12:44] Anna: Hoi\n[24/11/2026, 09:13:02] Yusuf: Betaal voor 3 december de rekening.",
    "11/24/26, 9:12 AM - Anna: Hi\n11/24/26, 9:13 AM - Yusuf: See you Thursday",
    "Anna, [24.11.2026 09:12]\nHoi, gaat het goed?\n\nYusuf, [24.11.2026 09:13]\nMorgen om 10.00 uur bij de huisarts.",
]
ARABIC = (
    "مرحبا، أنا أبحث عن بيت جديد في أوتريخت وأريد أن أعرف كيف يمكنني التسجيل في البلدية. لدي ثلاثة أطفال وزوجتي حامل."
    " هل يمكنكم مساعدتي في هذا الأمر؟ شكرا جزيلا لكم على كل ما تفعلونه من أجلنا. سوف نلتقي في المكتبة العامة قريبا إن"
    " شاء الله، وسأحضر معي كل الأوراق التي طلبتموها مني في الأسبوع الماضي."
)
ENGLISH = (
    "Dear neighbours,\n\nThis is our newsletter. We have a small garden and you are welcome to visit us with your"
    " children. Please bring something to eat and to share with the others. It will be a nice day for all of us,"
    " and we hope that many of you will come to see the flowers.\n\nThe garden team"
)
DESPAIR = (
    "Ik kan niet meer. Ik wil dood, iedereen is weg en ik ben altijd alleen in dit huis.\n"
    "Niemand belt mij, niemand komt, en ik weet niet meer wat ik moet doen met mijn leven hier in dit land. Zo is het"
    " elke dag, en elke nacht lig ik wakker."
)


# an office's message


@pytest.mark.parametrize("text", SENT, ids=[text[:24] for text in SENT])
def test_what_an_office_or_a_trickster_sent_is_known_from_what_people_type(text: str) -> None:
    assert is_message(text)


@pytest.mark.parametrize("text", TYPED, ids=[text[:24] for text in TYPED])
def test_what_people_type_to_the_bot_is_no_office_s_message(text: str) -> None:
    assert not is_message(text)


async def test_a_short_message_of_an_office_that_is_typed_over_is_explained(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, GGD.replace("december", "december 2026"))
    assert not agreed.told(said, "private.hint")
    assert agreed.told(said, "letter.expected", day=date(2026, 12, 3), hour="09:40")
    assert agreed.told(await agreed.says(yusuf, TYPED[2]), "private.hint")


async def test_an_office_s_message_answers_no_question_about_a_day(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    said = await agreed.says(yusuf, GGD)
    assert not agreed.told(said, "letter.is_it")
    assert len(letters(agreed)) == 2


async def test_a_greeting_after_the_command_is_no_letter(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    for words in ("hallo hallo", "hoi", "wat staat er in mijn brief"):
        assert agreed.told(await agreed.says(yusuf, f"/letter {words}"), "letter.none"), words
    assert says_enough(GGD)
    assert letters(agreed) == []


# a chat


@pytest.mark.parametrize("text", CHATS, ids=["iphone", "android", "iphone seconds", "american", "telegram"])
async def test_a_copied_chat_is_no_letter(agreed: Welcome, text: str) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, text)
    assert agreed.told(said, "letter.chat")
    assert agreed.told(said, "letter.unread")
    assert letters(agreed) == []


def test_a_letter_with_hours_in_it_is_no_chat() -> None:
    assert not is_chat(TAXES)
    assert not is_chat("Afspraken:\n03-12-2026 10:00 - Röntgen\n10-12-2026 14:00 - Dokter De Vries\n")
    assert not is_chat("Openingstijden:\nMaandag: 09:00-12:00\nDinsdag: 13:00-17:00\n")


def test_one_message_out_of_a_chat_is_read_without_the_moment_it_came() -> None:
    meetings = read_letter(without_stamp(f"[24-11-2026 09:12] Huisarts: {GGD}")).appointments
    assert all((one.start.month, one.start.day) != (11, 24) for one in meetings)
    assert without_stamp(GGD) == GGD


# another language


@pytest.mark.parametrize("text", [ARABIC, ENGLISH], ids=["ar", "en"])
async def test_of_what_is_not_dutch_it_is_said_that_only_dutch_is_understood(
    agreed: Welcome, text: str
) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, text)
    assert agreed.told(said, "letter.not_dutch")
    assert not agreed.told(said, "letter.unknown")
    assert agreed.has_button(yusuf, "button.letter_erase")


def test_a_dutch_letter_is_not_foreign_nor_is_a_short_one() -> None:
    assert not is_foreign(TAXES)
    assert not is_foreign(ENGLISH[:60])
    assert not is_foreign(f"{TAXES}\n{ENGLISH}")  # in both languages


# danger


@pytest.mark.parametrize(
    "text",
    [
        "Ik wil dood",
        "I don't want to live anymore",
        "أريد أن أموت",
        "می‌خواهم بمیرم",
        "ክመውት እደሊ",
        "Artık yaşamak istemiyorum",
        "Je n'en peux plus, je veux mourir",
        "Я не хочу жити",
        "my husband beats me",
        "زوجي يضربني كل يوم",
    ],
)
def test_who_is_in_danger_is_understood_in_every_language(text: str) -> None:
    assert in_danger(text)


@pytest.mark.parametrize(
    "text", [*SENT, *TYPED, WATER, TAXES, "Denkt u aan zelfdoding? Bel 113 of 0800-0113."]
)
def test_a_letter_that_offers_help_is_no_cry_for_it(text: str) -> None:
    assert not in_danger(text)


@pytest.mark.parametrize(
    "text", ["Ik wil dood", DESPAIR, f"/letter {DESPAIR}"], ids=["short", "long", "command"]
)
async def test_where_help_is_comes_before_anything_else(agreed: Welcome, text: str) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, text)
    assert agreed.told(said, "help.danger")
    assert len(said) == 1
    assert letters(agreed) == []


async def test_whoever_has_not_agreed_reads_where_help_is_as_well(group: Welcome) -> None:
    assert group.told(await group.says(group.person("Vreemde"), DESPAIR), "help.danger")


async def test_where_help_is_wins_over_a_question(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    assert agreed.told(
        await agreed.says(yusuf, "ik wil niet meer leven, maandag is het voorbij"), "help.danger"
    )


async def test_a_letter_with_such_words_in_it_is_read_all_the_same(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    said = await agreed.says(yusuf, TAXES.replace("Hierbij", "U zei: ik wil dood. Hierbij"))
    assert agreed.told(said, "help.danger")
    assert agreed.has_button(yusuf, "button.letter_mine")


# where, and before it is read


@pytest.mark.parametrize("text", [TAXES, GGD], ids=["letter", "message"])
async def test_a_letter_pasted_in_the_group_points_to_the_private_chat(agreed: Welcome, text: str) -> None:
    anna = agreed.people["Anna"]
    board = next(m for m in agreed.telegram.history(agreed.group) if m.get("from", {}).get("is_bot"))
    said = await agreed.says(anna, text, group=True, reply_to=board)
    assert agreed.told(said, "letter.group_text")
    assert letters(agreed) == []


async def sends_album(world: Welcome, who: Any, count: int) -> list[str]:
    world.mark(who)
    world.telegram.send_album(who, None, [photo_of("x")] * count)
    await world.settle()
    return world.heard(who)


async def gone_a_day_later(world: Welcome, who: Any, sent: list[dict[str, Any]]) -> bool:
    await world.wait(seconds=(KEPT + timedelta(minutes=5)).total_seconds())
    return not [message for message in sent if message in photos(world, who)]


async def test_an_album_over_the_limit_is_answered_once(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.telegram.fail_next("getFile", status=502, times=10_000)
    for _ in range(MOST_WAITING):
        agreed.telegram.send_photo(yusuf, None, photo_of("x"))
        await agreed.settle()
    before = photos(agreed, yusuf)
    said = await sends_album(agreed, yusuf, 4)
    assert len([words for words in said if agreed.told([words], "letter.too_many", most=MOST_WAITING)]) == 1
    assert agreed.told(said, "letter.unread")
    refused = [message for message in photos(agreed, yusuf) if message not in before]
    assert len(refused) == 4
    assert await gone_a_day_later(agreed, yusuf, refused)


async def test_photos_sent_before_a_yes_go_out_of_the_chat_like_the_others(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", "en")
    said = await sends_album(group, yusuf, 3)
    assert len([words for words in said if group.told([words], "consent.first")]) == 1
    assert group.told(said, "letter.unread")
    assert group.has_button(yusuf, "button.consent")
    sent = photos(group, yusuf)
    assert len(sent) == 3
    assert await gone_a_day_later(group, yusuf, sent)


@pytest.mark.parametrize("key, told", [("keep", "letter.keeps"), ("erase", "letter.erased_sent")])
async def test_what_was_not_read_may_stay_or_go_at_once(group: Welcome, key: str, told: str) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", "en")
    await sends_album(group, yusuf, 3)
    sent, stays = photos(group, yusuf), key == "keep"
    assert group.told(await pressed(group, yusuf, f"button.letter_{key}"), told)
    assert photos(group, yusuf) == (sent if stays else [])
    assert await gone_a_day_later(group, yusuf, sent) != stays
    assert group.told(await pressed(group, yusuf, f"button.letter_{key}"), "letter.gone")


async def test_a_stranger_s_photo_goes_out_of_the_chat_too(group: Welcome) -> None:
    stranger = group.person("Vreemde")
    group.mark(stranger)
    group.telegram.send_photo(stranger, None, photo_of("x"))
    await group.settle()
    assert group.told(stranger, "room.none")
    assert await gone_a_day_later(group, stranger, photos(group, stranger))


async def test_a_number_under_a_photo_is_warned_of(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    agreed.telegram.send_photo(yusuf, None, photo_of(WATER), caption="mijn bsn is 111222333")
    await agreed.settle()
    assert agreed.told(yusuf, "words.secret")
