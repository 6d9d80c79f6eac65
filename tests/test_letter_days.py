"""A letter with several last days, with none that is still to come, or with none: what becomes a task."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.words import Joined, Phrase
from bot.letters.deadline import Deadline
from bot.letters.explain import words_of
from bot.letters.kinds import kinds
from bot.letters.letter import read_letter
from bot.letters.recognise import OTHER
from handlers.letterdays import MOST, next_office_day
from handlers.lettertasks import AGAIN
from tests.story import Welcome
from tests.test_letter_chat import HOSPITAL, letter_task, pressed
from tests.test_letter_explained import DOUBTFUL
from tests.test_letter_private import NEWS
from tests.world import AMSTERDAM, BEGIN

TODAY = BEGIN.date()
TAXES = """Gemeente Utrecht

20 november 2026

Onderwerp: Aanslagbiljet gemeentelijke belastingen 2026

Geachte heer,

Hierbij ontvangt u de aanslag afvalstoffenheffing en rioolheffing. U moet betalen: € 412,40.
Betaal dit bedrag uiterlijk 31 december 2026.

Bent u het niet eens met deze aanslag? Dan kunt u binnen 6 weken na dagtekening van dit aanslagbiljet bezwaar
maken.
"""
PAY, OBJECT = read_letter(TAXES).deadlines
KIND = kinds()[read_letter(TAXES).kind]
OVER = TAXES.replace("20 november 2026", "1 september 2026").replace("31 december", "15 oktober")
DAYS = [date(2026, 12, 15) + timedelta(days=14 * number) for number in range(MOST + 2)]
INSTALMENTS = TAXES.partition("Bent u het")[0] + "".join(
    f"\nBetaal € {40 + number},00 uiterlijk {day:%d-%m-%Y}.\n" for number, day in enumerate(DAYS)
)


def title(one: Deadline) -> Phrase:
    """How its owner's task of one last day is called."""
    what = Joined((Phrase(f"letter.what.{one.what}"),))
    return Phrase("task.letter", kind=words_of(KIND, "name"), what=what)


def dues(world: Welcome) -> list[str]:
    return [row["due"] for row in world.rows("select due from task where letter is not null order by due")]


async def test_each_last_day_is_a_task_with_what_it_is_for_and_reminders(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, TAXES)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    assert dues(agreed) == [PAY.date.isoformat(), OBJECT.date.isoformat()]
    assert agreed.told(said, "letter.several")
    for one in (PAY, OBJECT):
        assert agreed.told(said, "letter.task_mine", task=title(one))
        assert agreed.told(said, "letter.calendar", task=title(one), due=one.date)
    for one in (PAY, OBJECT):
        agreed.mark(yusuf)
        await agreed.until(datetime.combine(one.date, time(12), AMSTERDAM))
        assert agreed.told(yusuf, "remind.deadline_today", task=title(one), due=one.date)


async def test_the_group_reads_of_both_days_and_not_what_for(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, TAXES)
    agreed.mark(agreed.group)
    await agreed.taps(yusuf, "button.letter_task")
    heard = agreed.heard(agreed.group)
    for one in (PAY, OBJECT):
        assert agreed.told(heard, "task.due_on", due=one.date)
        assert not agreed.told(heard, f"letter.what.{one.what}")
    assert KIND.neutral.nl in "\n".join(heard)
    assert KIND.name.nl not in "\n".join(heard)


async def test_a_date_put_right_stands_on_the_board_at_once(agreed: Welcome) -> None:
    yusuf, right = agreed.people["Yusuf"], TODAY + timedelta(days=5)
    await agreed.says(yusuf, TAXES)
    for key in ("button.letter_task", "button.letter_wrong", "button.letter_date"):
        await agreed.taps(yusuf, key)
    await agreed.taps(yusuf, "button.letter_day", what=Phrase(f"letter.what.{PAY.what}"), day=PAY.date)
    there = agreed.board.count(KIND.neutral.nl)
    await agreed.says(yusuf, f"{right:%d-%m-%Y}")
    assert agreed.board.count(KIND.neutral.nl) == there + 1


async def test_what_has_a_task_already_gets_no_second_one_and_a_day_named_later_gets_its_own(
    agreed: Welcome,
) -> None:
    yusuf, later = agreed.people["Yusuf"], OBJECT.date + timedelta(days=20)
    await agreed.says(yusuf, TAXES)
    await agreed.taps(yusuf, "button.letter_mine")
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_mine"), "letter.task_there")
    for key in ("button.letter_wrong", "button.letter_date", "button.letter_new_day"):
        await agreed.taps(yusuf, key)
    await agreed.says(yusuf, f"{later:%d-%m-%Y}")
    await agreed.taps(yusuf, "button.letter_mine")
    assert dues(agreed) == [day.isoformat() for day in (PAY.date, OBJECT.date, later)]


async def test_of_many_days_the_first_become_tasks_and_the_others_are_named(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    days = [one.date for one in read_letter(INSTALMENTS).deadlines]
    assert len(days) > MOST
    await agreed.says(yusuf, INSTALMENTS)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    assert dues(agreed) == [day.isoformat() for day in days[:MOST]]
    assert agreed.told(said, "letter.several_left", days=Joined(tuple(days[MOST:])))


async def test_where_every_day_is_over_it_is_said_and_reminded_of_soon(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    over, soon = [one.date for one in read_letter(OVER).deadlines], next_office_day(TODAY)
    assert over[-1] < TODAY < soon
    await agreed.says(yusuf, OVER)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    assert agreed.told(said, "letter.all_past", day=over[-1], year=str(over[-1].year), due=soon)
    assert dues(agreed) == [soon.isoformat()]
    agreed.mark(yusuf)
    await agreed.until(datetime.combine(soon, time(12), AMSTERDAM))
    assert agreed.told(yusuf, "remind.deadline_today", due=soon)


async def test_the_task_of_a_day_that_was_over_moves_to_the_right_day(agreed: Welcome) -> None:
    yusuf, right = agreed.people["Yusuf"], TODAY + timedelta(days=30)
    await agreed.says(yusuf, OVER)
    await agreed.taps(yusuf, "button.letter_mine")
    for key in ("button.letter_wrong", "button.letter_date"):
        await agreed.taps(yusuf, key)
    first = read_letter(OVER).deadlines[0]
    await agreed.taps(yusuf, "button.letter_day", what=Phrase(f"letter.what.{first.what}"), day=first.date)
    await agreed.says(yusuf, f"{right:%d-%m-%Y}")
    assert dues(agreed) == [right.isoformat()]


def test_offices_are_closed_in_weekends_and_on_holidays() -> None:
    assert next_office_day(date(2026, 11, 27)) == date(2026, 11, 30)
    assert next_office_day(date(2026, 12, 24)) == date(2026, 12, 28)


async def test_of_a_letter_without_a_day_it_is_said_that_nothing_reminds(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, NEWS)
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_mine"), "letter.not_reminded")


async def test_of_a_last_day_that_is_today_it_is_reminded_today(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    text = TAXES.partition("Bent u het")[0].replace("31 december 2026", f"{TODAY:%d-%m-%Y}")
    await agreed.says(yusuf, text)
    assert agreed.told(await pressed(agreed, yusuf, "button.letter_mine"), "letter.reminds")
    agreed.mark(yusuf)
    await agreed.until(BEGIN + AGAIN + timedelta(minutes=5))
    assert agreed.told(yusuf, "remind.deadline_today", due=TODAY)


async def test_late_on_the_last_day_nothing_is_promised(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    text = TAXES.partition("Bent u het")[0].replace("31 december 2026", f"{TODAY:%d-%m-%Y}")
    await agreed.until(datetime.combine(TODAY, time(20), AMSTERDAM))
    await agreed.says(yusuf, text)
    said = await pressed(agreed, yusuf, "button.letter_mine")
    assert dues(agreed) == [TODAY.isoformat()]
    assert not agreed.told(said, "letter.reminds")


async def test_a_letter_of_which_the_kind_is_not_sure_is_called_a_letter(agreed: Welcome) -> None:
    yusuf, taken = agreed.people["Yusuf"], kinds()[read_letter(DOUBTFUL).kind]
    await agreed.says(yusuf, f"/letter {DOUBTFUL}")
    agreed.mark(agreed.group)
    said = await pressed(agreed, yusuf, "button.letter_task")
    assert taken.neutral.nl not in "\n".join(agreed.heard(agreed.group))
    assert taken.name.en not in "\n".join(said)
    assert letter_task(agreed, OTHER)
    await agreed.taps(yusuf, "button.letter_is", it=words_of(taken, "name"))
    assert letter_task(agreed, taken.key)


async def test_the_same_letter_again_and_somebody_comes_along(agreed: Welcome) -> None:
    yusuf, anna = agreed.people["Yusuf"], agreed.people["Anna"]
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_mine")
    await agreed.says(yusuf, HOSPITAL)
    await agreed.taps(yusuf, "button.letter_along")
    agreed.mark(anna)
    await agreed.presses(yusuf, "Anna")
    assert agreed.heard(anna)
    assert len(agreed.rows("select id from task where letter is not null")) == 1
