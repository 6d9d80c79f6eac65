"""The life of a task, buttons and numbers that can harm: plain values and Hypothesis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.content import Text
from bot.domain.tasks import COMPANY, STATES
from bot.domain.words import Refusal
from bot.redaction import secrets_in
from bot.store.tables import Member
from bot.updates import Seal
from tests.domain import MEMBERS, NOW, TODAY, days, spec, task

# the life of a task


class LifeOfATask(RuleBasedStateMachine):
    """Whatever people do, in whatever order: refusals change nothing, and the rules hold."""

    def __init__(self) -> None:
        super().__init__()
        self.task = task(private=False, due=TODAY + timedelta(days=7), start=TODAY)

    def before(self) -> Any:
        t = self.task
        return (t.state, t.company, [m.id for m in t.holders], t.at, t.proposed, t.due, t.done_on)

    def attempt(self, what: Any, *args: Any) -> bool:
        before = self.before()
        try:
            what(*args)
        except Refusal:
            assert self.before() == before
            return False
        return True

    @rule(member=st.sampled_from(MEMBERS))
    def claim(self, member: Member) -> None:
        free = not self.task.who and self.task.open
        if self.attempt(self.task.claim, member):
            assert free
            assert self.task.who == [member]

    @rule(member=st.sampled_from(MEMBERS))
    def join(self, member: Member) -> None:
        if self.attempt(self.task.join, member):
            assert self.task.who.count(member) == 1

    @rule(member=st.sampled_from(MEMBERS))
    def release(self, member: Member) -> None:
        had = member in self.task.who
        assert self.attempt(self.task.release, member) == (had and self.task.open)
        assert member not in self.task.who or not self.task.open

    @rule(member=st.sampled_from(MEMBERS))
    def finish(self, member: Member) -> None:
        if self.attempt(self.task.finish, member, TODAY):
            assert self.task.done_by == member.id

    @rule()
    def drop(self) -> None:
        self.attempt(self.task.drop)

    @precondition(lambda self: not self.task.open)
    @rule()
    def reopen(self) -> None:
        self.task.reopen()
        assert self.task.open

    @rule(company=st.sampled_from(COMPANY))
    def decide(self, company: str) -> None:
        self.attempt(self.task.decide, company)

    @rule(hours=st.integers(-48, 48))
    def plan(self, hours: int) -> None:
        at = NOW + timedelta(hours=hours)
        assert self.attempt(self.task.plan, at, NOW) == (self.task.open and hours > 0)

    @rule(hours=st.integers(-48, 48))
    def propose(self, hours: int) -> None:
        if self.attempt(self.task.propose, NOW + timedelta(hours=hours), NOW):
            assert hours > 0

    @rule()
    def postpone(self) -> None:
        due = self.task.due
        if self.attempt(self.task.postpone):
            assert self.task.due == due + timedelta(days=14)

    @rule(ahead=st.integers(-10, 30))
    def move(self, ahead: int) -> None:
        due = TODAY + timedelta(days=ahead)
        assert self.attempt(self.task.move, due, TODAY) == (self.task.open and ahead >= 0)

    @invariant()
    def holds(self) -> None:
        t = self.task
        assert t.state in STATES
        assert t.company in COMPANY
        assert len({m.id for m in t.who}) == len(t.who)
        assert (t.done_on is not None) == (t.state == "done")
        assert t.proposed is None or t.at is None or t.proposed > NOW
        assert t.start is None or t.due is None or t.start <= t.due
        if t.open and t.theirs_alone:
            assert all(m.newcomer for m in t.who)


TestLifeOfATask = LifeOfATask.TestCase


def test_who_left_has_nothing() -> None:
    gone = Member(id=9, room_id=1, role="sponsor", called="Weg", joined=NOW, left=NOW)
    kept = task(holders=[gone, MEMBERS[0]])
    assert kept.who == [MEMBERS[0]]


def test_what_is_private_is_read_by_the_newcomer_and_who_was_asked_along() -> None:
    entry = spec(private=True, neutral=Text(nl="Afspraak", en="Appointment"))
    own = task(entry=entry, key="xx", private=True, companion=2)
    readers = [None, *MEMBERS]
    assert [own.hidden_from(reader) for reader in readers] == [True, True, False, True, False]
    own.shared = True
    assert not any(own.hidden_from(reader) for reader in readers)


@given(due=days, today=days, step=st.integers(1, 60))
def test_the_next_turn_is_a_whole_number_of_steps_on_and_never_past(
    due: date, today: date, step: int
) -> None:
    following = task(due=due, repeat_days=step).next_due(today)
    assert following > today
    assert (following - due).days % step == 0
    assert following - timedelta(days=step) <= max(today, due)


@given(turn=st.integers(1, 20), turns=st.integers(1, 12))
def test_turns_end(turn: int, turns: int) -> None:
    assert task(repeat_days=7, turn=turn, turns=turns).recurs == (turn < turns)


@given(due=days, later=st.integers(-30, 400), step=st.integers(1, 60), turns=st.none() | st.integers(1, 12))
def test_a_turn_that_nobody_took_becomes_the_one_that_falls_next(
    due: date, later: int, step: int, turns: int | None
) -> None:
    today, one = due + timedelta(days=later), task(due=due, repeat_days=step, turns=turns)
    passed = one.pass_by(today)
    assert passed == (later >= step)
    if one.state == "open":
        assert (one.due - due).days == (one.turn - 1) * step
        assert not passed or today <= one.due < today + timedelta(days=step)
        assert turns is None or one.turn <= turns
    else:
        assert turns is not None
        assert due + turns * timedelta(days=step) <= today + timedelta(days=step)
    assert not one.pass_by(today)


def test_a_turn_that_is_planned_for_later_does_not_pass_by() -> None:
    moved = task(due=TODAY + timedelta(days=1), rhythm_day=TODAY - timedelta(days=9), repeat_days=7)
    planned = task(due=TODAY - timedelta(days=9), at=NOW + timedelta(days=1), repeat_days=7)
    assert not moved.pass_by(TODAY)
    assert not planned.pass_by(TODAY)


# buttons and numbers that can harm

names = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
arguments = st.lists(
    st.integers(0, 99999).map(str) | st.from_regex(r"[a-z0-9]{0,8}", fullmatch=True), max_size=4
)


@given(name=names, args=arguments, chat=st.integers(1, 10**13))
def test_a_sealed_button_opens_where_it_was_closed_and_nowhere_else(
    name: str, args: list[str], chat: int
) -> None:
    seal = Seal("a key")
    data = seal.close(name, args, chat)
    assert len(data.encode()) <= 64
    assert seal.open(data, chat) == (name, tuple(args))
    assert seal.open(data, chat + 1) == ("", ())
    assert seal.open(data, -chat) == ("", ())
    assert seal.open(seal.close(name, args, -chat), chat) == ("", ())
    assert Seal("another key").open(data, chat) == ("", ())


@given(st.data(), names, arguments)
def test_any_change_of_a_button_refuses(data: st.DataObject, name: str, args: list[str]) -> None:
    seal = Seal("a key")
    closed = seal.close(name, args, 7)
    place = data.draw(st.integers(0, len(closed) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != closed[place]))
    assert seal.open(closed[:place] + other + closed[place + 1 :], 7) == ("", ())


@given(st.text())
def test_no_text_opens(text: str) -> None:
    assert Seal("a key").open(text, 7) == ("", ())


def test_a_button_that_does_not_fit_is_our_fault() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Seal("a key").close("name", ["x" * 60], 1)


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "BSN: 1112.22.333",
        "١١١٢٢٢٣٣٣",
        "NL91ABNA0417164300",
        "nl91 abna 0417 1643 00",
        "v-nummer 1234567890",
        "V 123.456.789.0",
        "mijn DigiD code is AB12CD",
        "pincode: 4821",
        "activeringscode AB12CD34",
        "DigiD-code AB12CD34",
    ],
)
def test_numbers_that_can_harm_are_found(text: str) -> None:
    assert secrets_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "030 123 45 67",
        "3 december 14:00",
        "111222334",
        "€1.401,50",
        "1011 AB Utrecht",
        "5 x 30 minuten",
        "DigiD aanvragen",
        "DigiD activeren met de code uit de brief",
        "de activeringscode komt binnen 3 werkdagen",
        "06-12345678",
        "14 februari 2027 om 10:30",
        "taak 151",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert not secrets_in(text)


@given(st.text(max_size=300))
def test_looking_for_numbers_takes_any_text(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in secrets_in(text))
