"""What the newcomer decides about a task: together and with whom, alone, not needed, later."""

from __future__ import annotations

from datetime import date, timedelta

from tests.story import Welcome
from tests.test_tasks import claims


async def test_only_the_newcomer_decides(agreed: Welcome) -> None:
    anna, number = agreed.people["Anna"], agreed.number("phone-and-mail")
    for command in ("together", "alone", "notneeded"):
        assert agreed.told(await agreed.says(anna, f"/{command} {number}"), "only.newcomer")
    task = agreed.task("phone-and-mail")
    assert (task["state"], task["company"]) == ("open", "open")


async def test_a_task_that_is_theirs_alone_is_no_sponsors(agreed: Welcome) -> None:
    yusuf, number = agreed.people["Yusuf"], agreed.number("phone-and-mail")
    await claims(agreed, "Anna", "phone-and-mail")
    await agreed.says(yusuf, f"/alone {number}")
    assert agreed.task("phone-and-mail")["who"] == []
    for words in (f"/claim {number}", f"/done {number}", f"/when {number} donderdag 14:00"):
        assert agreed.told(await agreed.says(agreed.people["Bram"], words, group=True), "task.alone")
    task = agreed.task("phone-and-mail")
    assert (task["state"], task["who"], task["at"]) == ("open", [], None)
    await agreed.says(yusuf, f"/claim {number}")
    await agreed.says(yusuf, f"/done {number}")
    assert agreed.task("phone-and-mail")["state"] == "done"


async def test_together_and_with_whom(agreed: Welcome) -> None:
    yusuf, dina, bram = (agreed.people[name] for name in ("Yusuf", "Dina", "Bram"))
    await agreed.says(yusuf, f"/together {agreed.number('phone-and-mail')}")
    assert agreed.told(yusuf, "decide.with_whom")
    agreed.mark(dina)
    agreed.mark(bram)
    await agreed.presses(yusuf, "Dina")
    assert agreed.told(yusuf, "decide.asked", who="Dina", task=agreed.title("phone-and-mail"))
    assert agreed.told(dina, "decide.please_come", who="Yusuf", task=agreed.title("phone-and-mail"))
    assert not agreed.heard(bram)
    task = agreed.task("phone-and-mail")
    assert (task["company"], task["who"]) == ("together", [])
    await agreed.taps(dina, "button.claim")
    assert agreed.task("phone-and-mail")["who"] == ["Dina"]


async def test_who_is_asked_along_may_say_no_and_the_newcomer_asks_another(agreed: Welcome) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    title = agreed.title("phone-and-mail")
    await agreed.says(yusuf, f"/together {agreed.number('phone-and-mail')}")
    agreed.mark(dina)
    await agreed.presses(yusuf, "Dina")
    assert agreed.told(dina, "task.due_on", due=agreed.task("phone-and-mail")["due"])
    agreed.mark(yusuf)
    agreed.mark(agreed.group)
    await agreed.taps(dina, "button.cannot")
    assert agreed.told(dina, "decide.told_cannot")
    assert agreed.told(yusuf, "decide.cannot_come", who="Dina", task=title)
    assert not agreed.heard(agreed.group)
    assert agreed.task("phone-and-mail")["companion"] is None
    await agreed.taps(yusuf, "button.together")
    await agreed.presses(yusuf, "Bram")
    assert agreed.told(agreed.people["Bram"], "decide.please_come", who="Yusuf", task=title)


async def test_who_said_yes_to_coming_along_can_still_say_no(agreed: Welcome) -> None:
    yusuf, dina = agreed.people["Yusuf"], agreed.people["Dina"]
    await agreed.says(yusuf, f"/together {agreed.number('phone-and-mail')}")
    await agreed.presses(yusuf, "Dina")
    await agreed.taps(dina, "button.claim")
    await agreed.taps(dina, "button.cannot")
    task = agreed.task("phone-and-mail")
    assert (task["companion"], task["who"]) == (None, [])
    assert await agreed.taps(dina, "button.cannot") == agreed.phrase("button.old")


async def test_not_needed_and_needed_after_all(agreed: Welcome) -> None:
    yusuf, number = agreed.people["Yusuf"], agreed.number("phone-and-mail")
    await agreed.says(yusuf, f"/notneeded {number}")
    assert agreed.task("phone-and-mail")["state"] == "dropped"
    assert agreed.told(await claims(agreed, "Anna", "phone-and-mail"), "task.is_dropped")
    await agreed.taps(yusuf, "button.needed")
    assert agreed.task("phone-and-mail")["state"] == "open"


async def test_the_question_before_a_task_and_later(agreed: Welcome) -> None:
    """One question at a time, in the week before; "later" moves the task two weeks."""
    yusuf = agreed.people["Yusuf"]
    agreed.mark(yusuf)
    await agreed.wait(days=1)
    asked = [text for text in agreed.heard(yusuf) if agreed.told([text], "decide.question")]
    assert len(asked) == 1
    row = agreed.rows("select * from task where asked = 1")[0]
    await agreed.taps(yusuf, "button.later")
    assert agreed.told(yusuf, "decide.later")
    moved = agreed.task(row["key"])
    assert moved["due"] == date.fromisoformat(row["due"]) + timedelta(days=14)


async def test_a_term_of_law_cannot_be_later(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    task = agreed.task("nareis")
    data = agreed.app.reader.seal.close("later", (1, 0, task["id"]), yusuf.id)
    toast = await agreed.telegram.forge(yusuf, None, agreed.telegram.history(yusuf)[-1], data)
    await agreed.settle()
    assert agreed.told([toast.text], "task.term_stays", due=task["due"])
    assert agreed.task("nareis")["due"] == task["due"]


async def test_the_newcomer_claims_and_finishes_like_anyone(agreed: Welcome) -> None:
    yusuf = agreed.people["Yusuf"]
    await agreed.says(yusuf, "/claim vog", group=True)
    assert agreed.told(agreed.group, "task.claimed", who="Yusuf")
    assert agreed.told(await claims(agreed, "Anna", "vog"), "task.taken", who="Yusuf")
    await agreed.says(yusuf, "/done vog", group=True)
    assert agreed.task("vog")["state"] == "done"
