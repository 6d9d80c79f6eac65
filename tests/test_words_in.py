"""What people type comes in: an answer where they are, tasks by their own language's words, and no
question that words cannot answer or leave."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.words import Audience, Phrase, Words
from bot.texts import FSI, PDI, Texts
from tests.story import Welcome
from tests.test_appointments import THURSDAY, claims
from tests.world import AMSTERDAM

SECOND = date(2026, 12, 2)


# who acts in private is answered there


async def test_a_moment_proposed_in_private_is_answered_in_private(agreed: Welcome) -> None:
    anna, number = agreed.people["Anna"], agreed.number("phone-and-mail")
    agreed.mark(agreed.group)
    said = await agreed.says(anna, f"/when {number} 2 december 14:00")
    at = agreed.at(SECOND, "14:00")
    assert said == [agreed.phrase("when.asked", number=number, task=agreed.title("phone-and-mail"), at=at)]
    assert agreed.told(agreed.group, "when.asked", at=at)


async def test_what_is_done_or_given_back_in_private_is_answered_there_without_buttons(
    group: Welcome,
) -> None:
    bram = group.people["Bram"]
    await group.says(bram, "/claim vog")
    for words, key in (("/release vog", "task.released"), ("/done vog", "task.done")):
        group.mark(group.group)
        (said,) = await group.says(bram, words)
        assert group.told([said], key, who="Bram")
        assert said.count(group.title("vog").texts["nl"]) == 1, "in one language"
        assert "reply_markup" not in group.telegram.history(group.telegram.chat_of(bram))[-1]
        assert group.told(group.group, key)


async def test_a_button_in_private_whose_answer_is_for_the_group_is_answered_by_a_toast(
    group: Welcome,
) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/claim vog")
    toast = await group.taps(anna, "button.release")
    assert group.told([toast], "task.released", who="Anna")
    assert not group.heard(anna)


async def test_what_is_said_in_the_group_is_answered_there_alone(group: Welcome) -> None:
    anna = group.people["Anna"]
    await claims(group, "Anna", "vog")
    group.mark(anna)
    assert group.told(await group.says(anna, "/done vog", group=True), "task.done")
    assert not group.heard(anna)


async def test_the_same_moment_again_is_not_told_again(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    again = f"/when {agreed.number('phone-and-mail')} 2 december 14:00"
    await agreed.says(anna, again)
    for who in (yusuf, agreed.group):
        agreed.mark(who)
    assert agreed.told(await agreed.says(anna, again), "when.already_asked")
    assert not agreed.heard(yusuf)
    assert not agreed.heard(agreed.group)
    await agreed.taps(yusuf, "button.fits")
    for who in (anna, yusuf, agreed.group):
        agreed.mark(who)
    assert agreed.told(await agreed.says(anna, again), "when.already_planned")
    assert not agreed.heard(yusuf)
    assert not agreed.heard(agreed.group)
    assert agreed.task("phone-and-mail")["at"] == agreed.at(SECOND, "14:00")


async def test_help_in_the_group_opens_help(group: Welcome) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/help", group=True), "private.only")
    message, _ = group.button(group.group, "button.private")
    ((button,),) = message["reply_markup"]["inline_keyboard"]
    assert group.told(await group.opens(anna, button["url"]), "help.member")
    assert group.told(await group.opens(anna, "https://t.me/samenbot?start=do-claim"), "member.home")


# a task by words of any language


@pytest.mark.parametrize(
    "words",
    ["بنك", "البنك", "حِساب بنكـي", "حساب بانكي", "compte bancaire", "BANKA HESABI", "банківський", "ሕሳብ ባንኪ"],
)
async def test_a_task_is_found_by_words_of_any_language(agreed: Welcome, words: str) -> None:
    yusuf = agreed.people["Yusuf"]
    assert agreed.told(await agreed.says(yusuf, f"/together {words}"), "decide.with_whom")
    assert agreed.task("bank")["company"] == "together"


async def test_several_found_by_words_of_another_language_are_asked_about(agreed: Welcome) -> None:
    assert agreed.told(await agreed.says(agreed.people["Yusuf"], "/together طبيب"), "task.which")


async def test_words_of_another_language_do_not_make_ones_own_unclear(agreed: Welcome) -> None:
    """A "café" is where the group meets, for who reads French; the language café is one in Dutch."""
    assert agreed.told(await agreed.says(agreed.people["Anna"], "/claim cafe"), "task.claimed")
    assert agreed.task("language-cafe")["who"] == ["Anna"]


async def test_what_is_private_is_not_found_in_any_language(agreed: Welcome) -> None:
    anna = agreed.people["Anna"]
    arabic = agreed.app.texts.words(agreed.title("nareis"), "ar")
    assert agreed.told(await agreed.says(agreed.people["Yusuf"], f"/alone {arabic}"), "decide.alone")
    for command in ("claim", "when", "done"):
        assert agreed.told(await agreed.says(anna, f"/{command} {arabic}"), "task.unknown")


# words where a button was meant


@pytest.mark.parametrize("words", ["لا", "نعم", "nee", "ja", "yes", "?"])
async def test_words_under_the_consent_question_bring_it_again(group: Welcome, words: str) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", "ar")
    assert group.told(await group.says(yusuf, words), "consent.about")
    await group.taps(yusuf, "button.consent")
    assert group.told(await group.says(yusuf, words), "consent.question")
    assert group.has_button(yusuf, "button.consent_yes")
    assert group.rows("select consent from member where role = 'newcomer'") == [{"consent": "asked"}]


async def test_words_before_a_language_was_chosen_ask_for_the_language(group: Welcome) -> None:
    yusuf = group.people["Yusuf"]
    await group.joins(yusuf, "newcomer", None)
    assert group.told(await group.says(yusuf, "سلام"), "language.ask")


@pytest.mark.parametrize(
    "words, planned", [("Yes!", True), ("ja", True), ("نعم", True), ("لا", False), ("no", False)]
)
async def test_a_typed_yes_or_no_answers_the_one_proposal(agreed: Welcome, words: str, planned: bool) -> None:
    anna, yusuf, at = agreed.people["Anna"], agreed.people["Yusuf"], agreed.at(date(2026, 11, 30), "14:00")
    await agreed.plans(anna, "phone-and-mail", "30 november 14:00")
    for who in (anna, agreed.group):
        agreed.mark(who)
    said = await agreed.says(yusuf, words)
    task = agreed.task("phone-and-mail")
    assert (task["at"], task["proposed"]) == (at if planned else None, None)
    assert agreed.told(said, "when.fine" if planned else "when.told_no")
    assert agreed.told(agreed.group, "when.planned") is planned
    assert agreed.told(anna, "when.not_then") is not planned
    assert agreed.told([agreed.board], "state.planned_free", at=at) is planned


async def test_other_words_under_a_proposal_bring_it_again(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.plans(anna, "phone-and-mail", "2 december 14:00")
    assert agreed.told(await agreed.says(yusuf, "yes but later"), "when.proposal", who="Anna")
    await agreed.plans(anna, "emergency-numbers", "2 december 16:00")
    said = await agreed.says(yusuf, "yes")
    assert sum(agreed.told([text], "when.proposal") for text in said) == 2, "which one is not clear"
    assert agreed.task("phone-and-mail")["at"] is None
    await agreed.until(agreed.at(SECOND, "17:00"))
    assert not agreed.told(await agreed.says(yusuf, "yes"), "when.proposal")


async def test_words_under_a_decision_bring_it_again(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    while not agreed.told(agreed.words(yusuf), "decide.question"):
        await agreed.wait(days=1)
    assert agreed.told(await agreed.says(yusuf, "I do not know"), "decide.question")
    assert agreed.has_button(yusuf, "button.together")
    assert agreed.told(await agreed.says(yusuf, "لا"), "asking.stopped")
    assert agreed.told(await agreed.says(yusuf, "I do not know"), "private.hint")


# nothing that was typed is lost


async def test_a_task_without_words_takes_the_next_words(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    assert agreed.told(await agreed.says(anna, "/task"), "words.empty")
    await agreed.restart()
    assert agreed.told(await agreed.says(anna, "gordijnen ophangen vrijdag"), "task.added")
    assert agreed.task("gordijnen ophangen")["due"] == date(2026, 11, 27)
    await agreed.says(yusuf, "/task")
    assert agreed.told(await agreed.says(yusuf, "call my brother"), "task.yours_alone")
    before = agreed.rows("select count(*) n from task")
    await agreed.says(anna, "nog iets")
    await agreed.says(anna, "/task")
    assert agreed.told(await agreed.says(anna, "Laat maar."), "asking.left")
    assert agreed.rows("select count(*) n from task") == before


async def test_words_of_tomorrow_are_no_task(agreed: Welcome) -> None:
    anna, before = agreed.people["Anna"], agreed.rows("select count(*) n from task")
    await agreed.says(anna, "/task")
    await agreed.wait(days=1)
    assert agreed.told(await agreed.says(anna, "wat lief van jullie"), "private.hint")
    assert agreed.rows("select count(*) n from task") == before


@pytest.mark.parametrize("words, at", [("15:00", "15:00"), ("half drie", "14:30"), ("om 10 uur", "10:00")])
async def test_an_hour_alone_is_of_the_day_that_was_chosen(group: Welcome, words: str, at: str) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, "/when vog vrijdag"), "when.hour")
    await group.says(anna, words)
    assert group.task("vog")["at"] == group.at(date(2026, 11, 27), at)


async def test_under_the_hours_another_day_may_be_said(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, "/when vog vrijdag")
    await group.says(anna, "zaterdag 11:00")
    assert group.task("vog")["at"] == group.at(date(2026, 11, 28), "11:00")
    await group.says(anna, "/when vog vrijdag")
    assert group.told(await group.says(anna, "laat maar"), "asking.left")


@pytest.mark.parametrize(
    "time, at, then",
    [
        ("vrijdag 10:30", "10:30", None),
        ("vrijdag", "11:00", "11:00"),
        ("vrijdag om 8 uur", "20:00", "20:00"),
    ],
)
@pytest.mark.parametrize("in_group", [True, False])
async def test_the_time_is_kept_while_the_task_is_chosen(
    group: Welcome, time: str, at: str, then: str | None, in_group: bool
) -> None:
    anna = group.people["Anna"]
    for words in ("lamp boven", "lamp beneden"):
        await group.says(anna, f"/task {words}", group=True)
    assert group.told(await group.says(anna, f"/when lamp {time}", group=in_group), "task.which")
    await group.presses(anna, "lamp boven", group=in_group)
    if then:
        await group.presses(anna, then, group=in_group)
    assert group.task("lamp boven")["at"] == group.at(date(2026, 11, 27), at)


@pytest.mark.parametrize("words", ["laat maar", "nee", "لا", "boş ver"])
async def test_the_question_for_a_day_can_be_left(group: Welcome, words: str) -> None:
    anna = group.people["Anna"]
    assert group.told(await group.says(anna, f"/when {group.number('vog')}"), "when.day")
    assert group.told(await group.says(anna, words), "asking.left")
    assert group.told(await group.says(anna, "donderdag 14:00"), "private.hint")
    assert group.task("vog")["at"] is None


async def test_the_day_after_a_number_may_be_typed(group: Welcome) -> None:
    anna = group.people["Anna"]
    await group.says(anna, f"/when {group.number('vog')}")
    await group.says(anna, "donderdag 14:00")
    assert group.task("vog")["at"] == group.at(THURSDAY, "14:00")


@pytest.mark.parametrize("in_group", [True, False])
async def test_what_cannot_be_planned_yet_is_refused_before_the_day_is_asked(
    group: Welcome, in_group: bool
) -> None:
    anna, number = group.people["Anna"], group.number("phone-and-mail")
    for words in (f"/when {number}", f"/when {number} donderdag", f"/when {number} donderdag 14:00"):
        said = await group.says(anna, words, group=in_group)
        assert group.told(said, "when.no_consent")
        assert not group.told(said, "when.day")


async def test_task_with_a_number_shows_that_task(agreed: Welcome) -> None:
    anna, before = agreed.people["Anna"], agreed.rows("select count(*) n from task")
    number = agreed.number("greetings")
    said = await agreed.says(anna, f"/task {number}")
    assert agreed.told(said, "task.title", number=number)
    assert agreed.told(said, "task.why")
    assert agreed.told(await agreed.says(anna, "/task 998"), "task.unknown", words="998")
    assert agreed.rows("select count(*) n from task") == before


async def test_done_and_when_alone_offer_what_is_near_where_nothing_is_ones_own(agreed: Welcome) -> None:
    bram = agreed.people["Bram"]
    for command in ("/done", "/when"):
        assert agreed.told(await agreed.says(bram, command), "task.which"), command
    number = agreed.number("greetings")
    await agreed.says(bram, f"/claim {number}")
    await agreed.says(bram, "/done")
    newest = agreed.telegram.history(bram)[-1]["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"].split(".")[0] for row in newest] == [str(number)]


@pytest.mark.parametrize("words", ["laat maar", "Never mind!"])
async def test_a_new_group_can_be_left_and_is_not_called_so(group: Welcome, words: str) -> None:
    carla, before = group.people["Carla"], group.rows("select count(*) n from room")
    await group.says(carla, "/newgroup")
    await group.presses(carla, group.content.plans["resettlement"].title.nl)
    await group.says(carla, "Zeist")
    assert group.told(await group.says(carla, "Dat weet ik nog niet."), "newgroup.no_name")
    assert group.told(await group.says(carla, words), "asking.left")
    assert group.told(await group.says(carla, "/newgroup"), "newgroup.variant")
    assert group.rows("select count(*) n from room") == before


async def test_words_that_answer_nothing_offer_what_belongs_to_ones_role(group: Welcome) -> None:
    for name, label in (
        ("Carla", "Yusuf · Utrecht"),
        ("Olga", group.phrase("button.invite_coordinator")),
        ("Anna", group.phrase("button.mine")),
    ):
        who = group.people[name]
        assert group.told(await group.says(who, "onzin"), "private.hint")
        newest = group.telegram.history(who)[-1]["reply_markup"]["inline_keyboard"]
        assert newest[0][0]["text"] == label


def test_a_button_in_two_languages_shows_something_of_both() -> None:
    texts = Texts(zone=AMSTERDAM)
    task = Words(
        "x",
        {"nl": "Inschrijven bij de huisarts in de buurt", "ar": "التسجيل لدى طبيب الأسرة (huisarts) في الحي"},
    )
    label = texts.label(
        Phrase("button.task", number=67, task=task), Audience(-1, ("nl", "ar"), private=False)
    )
    dutch, arabic = label.split(" · ")
    assert dutch.startswith("67. Inschrijven bij")
    assert "التسجيل" in arabic
    assert len(label) <= 62
    assert label.count(FSI) == label.count(PDI)
