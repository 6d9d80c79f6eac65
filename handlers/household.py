"""What the plan needs to know of the household: asked of the newcomers themselves, after arrival."""

from __future__ import annotations

from bot.domain import plan as dating
from bot.domain.words import Ask, Audience, Button, Joined, Phrase, Refusal, Say
from bot.routes import due, heard, press
from bot.store.room import Room
from bot.store.tables import Member, Task
from bot.understanding.ages import puts_off, read_ages
from handlers.asking import acting, means, spoken
from handlers.lists import listed

NONE, SOME, AGAIN = 0, 1, 2
"""What the buttons say: no children, children, and that the answer was not right."""
OLDEST = 120
MOST_CHILDREN = 15


@due("household.ask", unasked=True)
def ask_household(ask: Ask, room: Room) -> Say | None:
    """Once per household, and only after the yes that was given after arrival."""
    assert ask.due
    member = room.member(ask.due.args["member"])
    if member is None or member.left or member.consent != "yes" or room.row.household is not None:
        return None
    if room.row.arrival is None or room.today < room.row.arrival:
        return None
    to = room.privately(member)
    return question(member.id, to) if to else on_paper(room, member)


def question(member: int | None, to: Audience | None, name: str = "") -> Say:
    """``name``: of a newcomer whom the coordinator asks in person; ``to`` None answers where it was asked."""
    kids = "pkids" if name else "kids"
    buttons = [
        [
            Button(Phrase("button.children_none"), kids, (NONE, member or 0)),
            Button(Phrase("button.children"), kids, (SOME, member or 0)),
        ]
    ]
    return Say("household.paper" if name else "household.children", to=to, buttons=buttons, name=name)


def on_paper(room: Room, member: Member) -> Say | None:
    """The coordinator asks somebody who is not on Telegram, and writes down the ages."""
    to = room.coordinator_chat
    return question(member.id, to, member.name or room.row.newcomer_name) if to else None


@press("pfamily", who=("coordinator",))
def family_on_paper(ask: Ask, room: Room) -> Say | None:
    assert ask.press
    return on_paper(room, without_telegram(ask, room, ask.press.number(0)))


def without_telegram(ask: Ask, room: Room, member_id: int) -> Member:
    """A newcomer whose yes from after arrival was written down on paper; the coordinator speaks."""
    if not room.runs(ask.person):
        raise Refusal("only.coordinator")
    member = room.member(member_id)
    if member is None or member.left or member.person_id or not member.newcomer or member.consent != "yes":
        raise Refusal("button.old")
    return member


@press("pkids", who=("coordinator",))
def children_on_paper(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    member = without_telegram(ask, room, ask.press.number(1))
    answer = ask.press.number(0)
    if answer == NONE:
        return known(ask, room, [], again("pkids", member))
    if answer == AGAIN:
        return [question(member.id, None, member.name or room.row.newcomer_name)]
    room.ask(ask.person, "children_paper", member=member.id)
    return [Say("household.ages")]


@heard("children_paper")
def ages_on_paper(ask: Ask, room: Room) -> list[Say]:
    member = without_telegram(ask, room, room.answers(ask.person, "children_paper")["member"])
    if answers_later(ask, room):
        return left(ask, room, "children_paper")
    found = ages_in(ask, room)
    room.settle_questions(ask.person, "children_paper")
    return known(ask, room, found, again("pkids", member))


@press("kids", who=("newcomer",))
def children(ask: Ask, room: Room) -> list[Say]:
    assert ask.press
    answer = ask.press.number(0)
    if answer == NONE:
        return known(ask, room, [], again("kids", acting(ask)))
    if answer == AGAIN:
        return [question(acting(ask).id, None)]
    room.ask(ask.person, "children")
    return [Say("household.ages")]


@heard("children")
def ages(ask: Ask, room: Room) -> list[Say]:
    """Ages as people write them: "4 and 11", "vier jaar en een baby", or that there are no children."""
    if not acting(ask).newcomer:
        raise Refusal("only.newcomer")
    if answers_later(ask, room):
        return left(ask, room, "children")
    found = ages_in(ask, room)
    room.settle_questions(ask.person, "children")
    return known(ask, room, found, again("kids", acting(ask)))


def answers_later(ask: Ask, room: Room) -> bool:
    """Whether somebody leaves the question: "never mind", "later". A plain "no" may be an answer, and is
    asked again."""
    return means(ask.words, room.content.phrases.never_mind) or puts_off(ask.words)


def left(ask: Ask, room: Room, topic: str) -> list[Say]:
    """The buttons of the question stay: the ages can still be told by them."""
    room.settle_questions(ask.person, topic)
    return [Say("asking.left")]


def ages_in(ask: Ask, room: Room) -> list[int]:
    """In whole years; empty: no children. Refusal ``household.ages`` where the words say neither, or what
    cannot be. (A plain "no" says neither, though in Persian it is also nine.)"""
    found = None if means(ask.words, room.content.phrases.no) else read_ages(ask.words, spoken(ask))
    if found is None or len(found) > MOST_CHILDREN or any(age > OLDEST for age in found):
        raise Refusal("household.ages")
    return found


def again(press: str, member: Member) -> Button:
    return Button(Phrase("button.other_answer"), press, (AGAIN, member.id or 0))


def known(ask: Ask, room: Room, found: list[int], correct: Button) -> list[Say]:
    """The plan gets the tasks that suit this household; who answered reads how that was understood, which
    tasks came, and by when. Where it corrects an answer, what came with the earlier one goes."""
    room.row.household = {"ages": found}
    for task in [task for task in room.open_tasks if untouched(task) and not suits(task, found)]:
        room.drop_task(task)
    added = room.begin_plan()
    ages = Joined(tuple(str(age) for age in found))
    read = Phrase("household.read_ages", ages=ages) if found else Phrase("household.no_children")
    lines = [read, *listed(room, added, ask.member)]
    if any(task.start == room.today and task.moved for task in added):
        lines.append(Phrase("household.from_today"))
    return [Say("household.known", n=len(added), lines=lines, buttons=[[correct]])]


def suits(task: Task, found: list[int]) -> bool:
    return task.spec is None or dating.suits_household(task.spec, found)


def untouched(task: Task) -> bool:
    """Whether nobody did anything about it yet."""
    return not (task.who or task.at or task.proposed or task.shared or task.company != "open")
