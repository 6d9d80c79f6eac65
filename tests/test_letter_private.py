"""What is in a letter stays its owner's, whatever anybody taps, refuses, leaves or corrects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.demo.samples import photo_of, samples
from bot.domain.words import Phrase
from bot.letters.kinds import kinds
from bot.letters.letter import read_letter
from bot.store.letters import Known
from handlers.letters import next_day, pile_line, this_week
from tests.story import Welcome
from tests.test_cards import open_card
from tests.test_letter_chat import HOSPITAL, LAST_DAY, QUOTE, WATER, letter_task, letters, pressed, sends

NAME = kinds()["water-bill"].name
OBJECTION = """Gemeente Utrecht
Werk en Inkomen

12 april 2027

Geachte heer,

U krijgt een verlaging van uw uitkering. Wij leggen u een maatregel op.

Bent u het niet eens met dit besluit? Maak dan bezwaar binnen zes weken na de verzenddatum van deze brief.
Betaal de kosten vóór 1 mei 2027.
"""


@pytest.mark.parametrize("command", ["/done {n}", "/claim {n}", "/when {n} 12 April 2027 10:00"])
async def test_what_the_owner_does_in_private_tells_the_group_no_kind(agreed: Welcome, command: str) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_task")
    number = letter_task(agreed, "water-bill")["number"]
    await agreed.says(yusuf, command.format(n=number))
    if command.startswith("/claim"):
        await agreed.says(yusuf, f"/release {number}")
    heard = "\n".join(agreed.words(agreed.group))
    assert NAME.nl not in heard
    assert NAME.en not in heard


async def test_a_letter_of_somebody_who_refuses_is_not_read(group: Welcome) -> None:
    yusuf = await group.with_newcomer("en")
    group.telegram.send_album(yusuf, None, [photo_of(WATER), photo_of(HOSPITAL)])
    await group.settle()
    assert letters(group)
    await group.says(yusuf, "/privacy")
    await group.taps(yusuf, "button.change_choice")
    await group.chooses(yusuf, "neither")
    assert letters(group) == []


async def test_who_leaves_leaves_no_letter_task_for_the_next(agreed: Welcome) -> None:
    yusuf, carla = agreed.people["Yusuf"], agreed.people["Carla"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.taps(carla, "button.undo_join")
    assert agreed.rows("select * from task where letter is not null") == []
    assert letters(agreed) == []
    await agreed.wait(days=2)  # what was to be erased later finds nobody, and fails nothing


async def test_a_letters_last_day_does_not_move_by_later(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    number = letter_task(agreed, "water-bill")["number"]
    await agreed.says(yusuf, f"/task {number}")
    assert agreed.told(await pressed(agreed, yusuf, "button.later"), "task.term_stays")
    assert letter_task(agreed, "water-bill")["due"] == LAST_DAY.isoformat()


async def test_a_sponsors_own_letter_is_theirs(agreed: Welcome) -> None:
    anna, yusuf = agreed.people["Anna"], agreed.people["Yusuf"]
    await agreed.says(anna, WATER)
    assert agreed.told(await pressed(agreed, anna, "button.letter_mine"), "letter.task_mine")
    assert NAME.nl in "\n".join(await agreed.says(anna, "/mine"))
    assert NAME.en not in "\n".join(await agreed.says(yusuf, "/tasks"))


async def test_erasing_one_of_a_pile_leaves_the_others(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await sends(agreed, yusuf, photo_of(WATER), photo_of(HOSPITAL))
    await agreed.presses(yusuf, "1. ")
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased_one")
    assert len(letters(agreed)) == 1  # and that one is explained, now that there is no list any more
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_erase"), "letter.erased")
    assert letters(agreed) == []
    assert not [m for m in agreed.telegram.history(agreed.telegram.chat_of(yusuf)) if "photo" in m]


async def test_a_letter_pasted_under_a_question_is_a_letter(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_wrong")
    said = await agreed.says(yusuf, samples(date(2027, 4, 15))["interview"])
    assert not agreed.told(said, "letter.corrected")
    assert kinds()["benefit-interview"].name.en in "\n".join(said)


async def test_one_date_put_right_leaves_the_others(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    before = [one.date for one in read_letter(OBJECTION).deadlines]
    assert len(before) == 2
    await agreed.says(yusuf, OBJECTION)
    await agreed.taps(yusuf, "button.letter_wrong")
    assert agreed.told(await agreed.says(yusuf, "2 May 2027"), "letter.which_wrong")
    label = Phrase("letter.what.pay")
    await agreed.taps(yusuf, "button.letter_day", what=label, day=before[0])
    said = agreed.heard(yusuf)
    assert agreed.told(said, "letter.by", day=date(2027, 5, 2), year="2027")
    assert agreed.told(said, "letter.by", day=before[1], year="2027")


async def test_an_honest_letter_taken_for_a_trick_is_put_right_with_its_dates(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    trick = "DigiD\nBevestig direct uw gegevens vóór 3 mei 2027 via https://digid-check.example. Nu!"
    await agreed.says(yusuf, f"/letter {trick}")
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.taps(yusuf, "button.letter_other")
    await agreed.taps(yusuf, "area.income")
    agreed.mark(yusuf)
    await agreed.presses(yusuf, next(k.name.en for k in kinds().values() if k.area == "income"))
    assert agreed.told(yusuf, "letter.corrected")
    assert "2 May" in "\n".join(agreed.heard(yusuf))


NEWS = """Basisschool De Regenboog

Beste ouders,

In deze nieuwsbrief leest u wat de kinderen deze maand doen. Wij lezen veel, wij zingen, en in de gang
hangen nieuwe tekeningen. De bibliotheek op school is elke ochtend open voor ouders.

Groeten van het team
"""


async def test_two_letters_of_one_kind_without_a_day_are_two_tasks_and_one_letter_is_one(
    agreed: Welcome,
) -> None:
    yusuf = agreed.people["Yusuf"]
    for wanted in (1, 2):
        await agreed.says(yusuf, NEWS.replace("tekeningen", f"{wanted} tekeningen"))
        await agreed.taps(yusuf, "button.letter_mine")
        made = agreed.rows("select * from task where letter is not null and due is null")
        assert len(made) == wanted
    agreed.mark(yusuf)
    toast = await agreed.taps(yusuf, "button.letter_mine")
    assert agreed.told([toast], "letter.task_there", number=made[-1]["number"])
    assert len(agreed.rows("select * from task where letter is not null")) == len(made)


async def test_a_letter_that_telegram_cut_in_two_is_one(agreed: Welcome) -> None:
    """The rest is short, and would be small talk by itself."""
    yusuf, begins = agreed.people["Yusuf"], WATER.index(QUOTE)
    filler = ("Water is gezond. " * 300)[: 4096 - begins - len("\n\n")]
    first = WATER[:begins].replace("\n\n", f"\n\n{filler}\n\n", 1)
    rest = WATER[begins:].split(".")[0]
    assert len(first) == 4096
    agreed.mark(yusuf)
    await agreed.says(yusuf, first)
    await agreed.says(yusuf, rest)
    await agreed.wait(seconds=3)
    said = agreed.heard(yusuf)
    assert sum(agreed.told([text], "letter.by", day=LAST_DAY) for text in said) == 1
    assert not agreed.told(said, "private.hint")
    assert len(agreed.rows("select * from letter")) == 1
    assert agreed.told(await agreed.says(yusuf, "dank je"), "private.hint")


async def corrects(world: Welcome, area: str, key: str) -> list[str]:
    yusuf = world.people["Yusuf"]
    await world.taps(yusuf, "button.letter_wrong")
    await world.taps(yusuf, "button.letter_other")
    await world.taps(yusuf, f"area.{area}")
    world.mark(yusuf)
    shown = kinds()[key].name.en
    for _ in kinds():
        if any(shown in label for _, label in world.labels(yusuf)):
            break
        await world.taps(yusuf, "button.more")
    await world.presses(yusuf, shown)
    return world.heard(yusuf)


async def test_a_letter_that_its_owner_calls_a_trick_asks_for_nothing_any_more(agreed: Welcome) -> None:
    await agreed.says(agreed.people["Yusuf"], WATER)
    said = await corrects(agreed, kinds()["phishing"].area, "phishing")
    assert agreed.told(said, "letter.corrected")
    assert not agreed.told(said, "letter.by")
    assert not agreed.told(said, "letter.pay")
    assert not agreed.told(said, "letter.reference")


async def test_a_correction_reaches_the_task_that_was_made_before(agreed: Welcome) -> None:
    yusuf, later = agreed.people["Yusuf"], date(2027, 5, 10)
    await agreed.says(yusuf, WATER)
    await agreed.taps(yusuf, "button.letter_mine")
    await corrects(agreed, "housing", "energy-bill")
    await agreed.taps(yusuf, "button.letter_wrong")
    await agreed.says(yusuf, "10 May 2027")
    task = letter_task(agreed, "energy-bill")
    assert task["due"] == later.isoformat()
    await agreed.until(agreed.at(later, "12:00"))
    assert agreed.told(yusuf, "remind.deadline_today")


def test_what_is_missed_or_urgent_stands_with_what_cannot_wait() -> None:
    letter = replace(read_letter(OBJECTION), urgency=3)
    known = Known(id=1, errand=1, letter=letter, messages=(), keeps_photo=False)
    days = [one.date for one in letter.deadlines]
    late = max(days) + timedelta(days=30)
    assert next_day(letter, min(days)) == min(days)
    assert next_day(letter, late) == max(days)
    assert this_week(max(days), known, late)
    line = pile_line(1, max(days), known, late)
    assert (line.key, line.args["day"]) == ("letter.pile_line_missed", max(days))
    assert this_week(None, known, late)
    assert not this_week(None, replace(known, letter=replace(letter, urgency=1)), late)


async def test_whom_to_ask_is_who_knows_the_subject_where_the_organisation_has_no_card(
    agreed: Welcome,
) -> None:
    kind = kinds()["water-bill"]
    carla, yusuf = agreed.people["Carla"], agreed.people["Yusuf"]
    plan = agreed.content.plans["resettlement"]
    other = next(
        key
        for key in plan.organisations
        if key != kind.ask
        and agreed.content.organisations[key].contact
        and kind.area in agreed.content.organisations[key].areas
    )
    await open_card(agreed, other)
    await agreed.says(carla, "Greet")
    for key in ("button.ready", *["button.skip"] * 4):
        await agreed.taps(carla, key)
    said = await agreed.says(yusuf, WATER)
    assert agreed.told(said, "letter.ask_name", name="Greet")
