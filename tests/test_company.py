"""What is a newcomer's own, and who goes along: asked first, told to them, and to nobody else."""

from __future__ import annotations

from datetime import date

import pytest

from tests.story import Welcome

WORDS = "see the dentist"
DAY = date(2026, 12, 3)


async def with_dina(world: Welcome) -> None:
    """Yusuf's own appointment on 3 December at 14:00, and Dina, whom he asked along, takes it on."""
    yusuf, dina = world.people["Yusuf"], world.people["Dina"]
    await world.says(yusuf, f"/task 3 December 14:00 {WORDS}")
    await world.says(yusuf, f"/together {world.number(WORDS)}")
    await world.presses(yusuf, "Dina")
    await world.taps(dina, "button.claim")
    for who in (world.group, *world.people.values()):
        world.mark(who)


async def test_the_newcomer_reads_who_took_it_on_who_gave_it_back_and_that_it_is_done(
    agreed: Welcome,
) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await with_dina(agreed)
    await agreed.says(dina, f"/release {agreed.number(WORDS)}")
    assert agreed.told(yusuf, "task.released", who="Dina", task=WORDS)
    await agreed.says(dina, f"/claim {agreed.number(WORDS)}")
    assert agreed.told(yusuf, "task.claimed", who="Dina", task=WORDS)
    await agreed.says(dina, f"/done {agreed.number(WORDS)}")
    assert agreed.told(yusuf, "task.done", who="Dina", task=WORDS)
    await agreed.taps(dina, "button.undo_done")
    assert agreed.told(yusuf, "task.reopened", task=WORDS)
    assert not agreed.heard(agreed.group)


async def test_taken_on_in_the_group_it_is_answered_in_private(agreed: Welcome) -> None:
    dina = agreed.people["Dina"]
    await with_dina(agreed)
    await agreed.says(dina, f"/release {agreed.number(WORDS)}")
    await agreed.says(dina, f"/claim {agreed.number(WORDS)}", group=True)
    assert agreed.told(dina, "task.claimed", task=WORDS)
    assert not any("14:00" in text for text in agreed.heard(agreed.group))


async def test_whoever_goes_along_may_propose_another_moment_and_the_newcomer_says(agreed: Welcome) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await with_dina(agreed)
    moment = agreed.at(date(2026, 12, 4), "16:00")
    said = await agreed.says(dina, f"/when {agreed.number(WORDS)} 4 december 16:00")
    assert agreed.told(said, "when.asked", at=moment)
    assert agreed.told(yusuf, "when.proposal", who="Dina", task=WORDS, at=moment)
    assert agreed.task(WORDS)["at"] == agreed.at(DAY, "14:00"), "until the newcomer says so"
    await agreed.taps(yusuf, "button.fits")
    assert agreed.task(WORDS)["at"] == moment
    assert agreed.told(dina, "when.calendar", at=moment)
    assert not agreed.heard(agreed.group)


async def test_who_is_asked_along_to_what_the_newcomer_has_taken_on_comes_by_a_tap(agreed: Welcome) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await agreed.says(yusuf, f"/task 3 December 14:00 {WORDS}")
    await agreed.says(yusuf, f"/claim {agreed.number(WORDS)}")
    await agreed.says(yusuf, f"/together {agreed.number(WORDS)}")
    await agreed.presses(yusuf, "Dina")
    agreed.mark(yusuf)
    await agreed.taps(dina, "button.claim")
    assert agreed.told(dina, "when.calendar", at=agreed.at(DAY, "14:00"))
    assert agreed.told(yusuf, "task.joined", who="Dina", task=WORDS)
    assert set(agreed.task(WORDS)["who"]) == {"Yusuf", "Dina"}
    agreed.mark(dina)
    await agreed.until(agreed.at(DAY, "13:00"))
    assert agreed.told(dina, "remind.soon", at=agreed.at(DAY, "14:00"))
    assert not any(WORDS in text for text in agreed.words(agreed.group))


async def test_who_cannot_be_reached_is_not_asked_along(agreed: Welcome) -> None:
    """Neither offered nor, where they blocked the bot meanwhile, told to come along."""
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await agreed.says(yusuf, f"/task {WORDS}")
    for again in (False, True):
        await agreed.says(yusuf, f"/together {agreed.number(WORDS)}")
        newest, _ = next(agreed.labels(yusuf))
        assert ("Dina" in [label for asked, label in agreed.labels(yusuf) if asked == newest]) != again
        if not again:
            agreed.telegram.block_bot(dina)
            await agreed.settle()
            assert agreed.told([await agreed.presses(yusuf, "Dina")], "letter.not_reached")
            assert not agreed.told(yusuf, "decide.asked")
            assert agreed.task(WORDS)["companion"] is None


@pytest.mark.parametrize("where", ["shared", "group"])
async def test_what_a_newcomer_wrote_down_nobody_moves_without_asking_them(
    agreed: Welcome, where: str
) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(yusuf, f"/task 3 December 14:00 {WORDS}", group=where == "group")
    if where == "shared":
        await agreed.taps(yusuf, "button.share")
    agreed.mark(yusuf)
    moment = agreed.at(date(2026, 12, 4), "16:00")
    await agreed.says(bram, f"/when {agreed.number(WORDS)} 4 december 16:00", group=True)
    assert agreed.told(yusuf, "when.proposal", who="Bram", at=moment)
    assert agreed.task(WORDS)["at"] == agreed.at(DAY, "14:00")
    await agreed.taps(yusuf, "button.fits")
    agreed.mark(yusuf)
    await agreed.until(agreed.at(date(2026, 12, 4), "15:00"))
    assert agreed.told(yusuf, "remind.soon", at=moment)


async def test_who_is_replaced_need_not_come_and_reads_it_no_more(agreed: Welcome) -> None:
    yusuf, dina, bram = (agreed.people[name] for name in ("Yusuf", "Dina", "Bram"))
    await with_dina(agreed)
    await agreed.says(yusuf, f"/together {agreed.number(WORDS)}")
    await agreed.presses(yusuf, "Bram")
    assert agreed.told(dina, "decide.need_not_come", task=WORDS)
    await agreed.taps(bram, "button.claim")
    assert agreed.task(WORDS)["who"] == ["Bram"]
    agreed.mark(dina)
    await agreed.until(agreed.at(DAY, "13:00"))
    assert not agreed.heard(dina)
    assert WORDS not in "\n".join(await agreed.says(dina, "/next"))


async def test_alone_after_all_is_alone(agreed: Welcome) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await with_dina(agreed)
    await agreed.says(yusuf, f"/alone {agreed.number(WORDS)}")
    assert agreed.told(dina, "decide.need_not_come", task=WORDS)
    await agreed.says(yusuf, f"/when {agreed.number(WORDS)} 4 December 10:00")
    number = str(agreed.number(WORDS))
    said = await agreed.says(dina, f"/task {number}")
    assert agreed.told(said, "task.unknown", words=number)
    assert not any("10:00" in text for text in [*said, *await agreed.says(dina, "/next")])


@pytest.mark.parametrize("decision", ["alone", "notneeded"])
async def test_who_was_asked_along_and_has_not_said_reads_it_too(agreed: Welcome, decision: str) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await agreed.says(yusuf, f"/task 3 December 14:00 {WORDS}")
    await agreed.says(yusuf, f"/together {agreed.number(WORDS)}")
    await agreed.presses(yusuf, "Dina")
    agreed.mark(dina)
    await agreed.says(yusuf, f"/{decision} {agreed.number(WORDS)}")
    assert agreed.told(dina, "decide.need_not_come")


async def test_a_second_press_does_what_its_button_says(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, f"/task {WORDS}")
    for press, shared in (("button.share", True), ("button.share", True)):
        await agreed.taps(yusuf, press)
        assert agreed.task(WORDS)["shared"] == shared
    await agreed.says(yusuf, f"/task {agreed.number(WORDS)}")
    for _ in range(2):
        await agreed.taps(yusuf, "button.unshare")
        assert not agreed.task(WORDS)["shared"]


async def test_later_pressed_twice_is_once(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, f"/task {agreed.number('phone-and-mail')}")
    await agreed.taps(yusuf, "button.later")
    due = agreed.task("phone-and-mail")["due"]
    await agreed.taps(yusuf, "button.later")
    assert agreed.task("phone-and-mail")["due"] == due


async def test_what_has_no_day_cannot_come_later(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, f"/task {WORDS}")
    await agreed.says(yusuf, f"/task {agreed.number(WORDS)}")
    assert agreed.has_button(yusuf, "button.notneeded")
    assert not agreed.has_button(yusuf, "button.later")


async def test_what_was_agreed_with_a_newcomer_who_leaves_is_off(agreed: Welcome) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(bram, f"/claim {agreed.number('phone-and-mail')}", group=True)
    await agreed.plans(bram, "phone-and-mail", "3 december 14:00")
    await agreed.taps(yusuf, "button.fits")
    await agreed.says(yusuf, "/task swim", group=True)
    await agreed.says(bram, "/claim swim", group=True)
    agreed.mark(bram)
    agreed.mark(agreed.group)
    await agreed.says(yusuf, "/leave")
    await agreed.taps(yusuf, "button.leave")
    await agreed.wait(days=2)
    assert agreed.told(agreed.group, "when.off", at=agreed.at(DAY, "14:00"))
    assert agreed.told(bram, "decide.need_not_come", task="swim")


async def test_what_is_over_is_not_called_off(agreed: Welcome) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(bram, f"/claim {agreed.number('phone-and-mail')}", group=True)
    await agreed.plans(bram, "phone-and-mail", "3 december 14:00")
    await agreed.taps(yusuf, "button.fits")
    await agreed.until(agreed.at(date(2026, 12, 4), "10:00"))
    agreed.mark(agreed.group)
    await agreed.says(yusuf, f"/notneeded {agreed.number('phone-and-mail')}")
    assert not agreed.told(agreed.group, "when.off")


async def test_turns_that_are_ended_are_told_to_who_goes(agreed: Welcome) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    await agreed.says(yusuf, "/task every Tuesday coffee", group=True)
    await agreed.says(yusuf, f"/notneeded {agreed.number('coffee')}")
    following = agreed.number("coffee")
    await agreed.says(bram, f"/claim {following}", group=True)
    await agreed.says(bram, f"/when {following} 8 december 14:00", group=True)
    await agreed.taps(yusuf, "button.fits")
    agreed.mark(bram)
    agreed.mark(agreed.group)
    await agreed.taps(yusuf, "button.stop_turns")
    assert agreed.told(agreed.group, "when.off", number=following)
    assert agreed.told(bram, "decide.need_not_come", task="coffee")


async def test_of_two_adults_one_cannot_and_the_other_may_still_say_yes(agreed: Welcome) -> None:
    yusuf, bram = agreed.people["Yusuf"], agreed.people["Bram"]
    mariam = await agreed.second_adult("yes")
    await agreed.plans(bram, "phone-and-mail", "3 december 14:00")
    agreed.mark(bram)
    await agreed.taps(yusuf, "button.fits_not")
    assert agreed.told(yusuf, "when.told_no")
    assert agreed.told(bram, "when.comes_not", who="Yusuf", at=agreed.at(DAY, "14:00"))
    await agreed.taps(mariam, "button.fits")
    assert agreed.task("phone-and-mail")["at"] == agreed.at(DAY, "14:00")


async def test_an_adult_who_is_named_as_company_is_asked_by_the_other_too(agreed: Welcome) -> None:
    mariam = await agreed.second_adult("yes")
    await agreed.says(agreed.people["Yusuf"], "/task 3 December 14:00 swim with Mariam", group=True)
    assert agreed.told(mariam, "when.proposal", who="Yusuf", task="swim with Mariam")


async def test_whoever_goes_along_gives_another_day_aloud_and_drops_nothing(agreed: Welcome) -> None:
    """A newcomer's own paper with a last day: Dina may say another day, and Yusuf reads it."""
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await agreed.says(yusuf, "/task before 27 November debt papers")
    words = "debt papers"
    await agreed.says(yusuf, f"/together {agreed.number(words)}")
    await agreed.presses(yusuf, "Dina")
    await agreed.taps(dina, "button.claim")
    await agreed.wait(days=5)
    assert agreed.told(dina, "remind.overdue")
    assert not agreed.has_button(dina, "button.drop")
    agreed.mark(yusuf)
    await agreed.taps(dina, "button.move")
    await agreed.says(dina, "10 december")
    assert agreed.told(yusuf, "move.told", who="Dina", task=words, due=date(2026, 12, 10))
    assert not any(words in text for text in agreed.words(agreed.group))
