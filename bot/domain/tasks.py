"""The life of one task: who takes it, when it is, and what the newcomer decides about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from bot.domain.people import Member
from bot.domain.turns import Turns
from bot.domain.words import Button, Joined, Phrase, Refusal, Words

STATES = ("open", "done", "dropped")
COMPANY = ("open", "together", "alone")
LATER = timedelta(days=14)
"""How far a task moves when the newcomer says: later."""


@dataclass(frozen=True)
class LetterNames:
    """How a letter is called: what it is, for its owner, and a name that tells nothing."""

    kind: Words
    neutral: Words


class Task(Turns):
    """One task of one room. Its plan entry (``spec``) is bound when the room is read."""

    id: int | None
    number: int
    key: str | None
    words: str | None
    letter: str | None
    wanted: list[str]
    area: str
    state: str
    company: str
    private: bool
    shared: bool
    start: date | None
    due: date | None
    at: datetime | None
    coming: list[int]
    minutes: int
    moved: bool
    proposed: datetime | None
    done_on: date | None
    done_by: int | None
    quiet: bool
    raised: int
    asked: bool
    companion: int | None
    whose: int | None
    made_by: int | None
    if TYPE_CHECKING:  # a mapped relationship must not be declared twice at run time
        holders: list[Any]

    def bind(self, spec: Any, letter: LetterNames | None = None, *, with_them: bool = False) -> None:
        """Attach the plan's entry (None for a task people made themselves, ``with_them`` where its words
        name a newcomer as company), or how the letter is called that it was made of."""
        self.__dict__ |= {"_spec": spec, "_letter": letter, "_with_them": with_them}

    @property
    def spec(self) -> Any:
        return self.__dict__.get("_spec")

    @property
    def who(self) -> list[Any]:
        """Those who have taken it on and are still in the group."""
        return [member for member in getattr(self, "holders", ()) if member.left is None]

    @property
    def open(self) -> bool:
        return self.state == "open"

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple(self.spec.needs) if self.spec else ()

    @property
    def with_newcomer(self) -> bool:
        """Whether a newcomer must be there."""
        return bool(self.spec.newcomer if self.spec else self.__dict__.get("_with_them"))

    @property
    def followed(self) -> bool:
        """Whether an organisation does it and the group only follows: nobody needs to take it on."""
        return bool(self.spec) and self.spec.responsible not in ("group", "newcomer")

    @property
    def theirs_alone(self) -> bool:
        return self.company == "alone"

    @property
    def people_needed(self) -> int:
        """How many people it takes; 3 stands for the whole group."""
        return int(self.spec.people) if self.spec else 1

    @property
    def office_hours(self) -> bool:
        """Whether it can only be done while offices are open."""
        return bool(self.spec and self.spec.office_hours)

    @property
    def title(self) -> Words | str:
        """The whole title, for whoever may read it. A letter's is neutral until its owner shares what it
        is: everybody but them reads only whose paper it was."""
        if names := self._letter_names:
            return names.kind if self.shared else names.neutral
        return words_of(self.spec, "title", self.key) if self.spec else (self.words or "")

    @property
    def _letter_names(self) -> LetterNames | None:
        found: LetterNames | None = self.__dict__.get("_letter")
        return found

    def _letter_title(self, names: LetterNames) -> Words | Phrase:
        """What the letter is, and what its last day is for: of one letter there may be several tasks."""
        what = tuple(Phrase(f"letter.what.{one}") for one in self.wanted if one != "act")
        return Phrase("task.letter", kind=names.kind, what=Joined(what, " · ")) if what else names.kind

    def hidden_from(self, reader: Member | None) -> bool:
        """Whether this is a newcomer's own: private, not shared, and the reader (None: the group) is
        neither the one whose it is (of a plan's task: any newcomer) nor whom they asked along."""
        if not self.private or self.shared:
            return False
        if reader is None:
            return True
        theirs = self.whose == reader.id or (self.whose is None and reader.newcomer)
        return not theirs and reader.id != self.companion

    def unknown_to(self, reader: Member | None) -> bool:
        """Whether this reader (None: the group) may not even know that it is there: a newcomer's own that is
        in no plan. Of a plan's everybody reads that there is one."""
        holds = reader is not None and reader in self.who
        return self.key is None and self.hidden_from(reader) and not holds

    def title_for(self, reader: Member | None) -> Words | str | Phrase:
        """The title as a member may read it; None is the group. What is private stays neutral."""
        if not self.hidden_from(reader):
            names, own = self._letter_names, reader is not None and reader.id == self.whose
            return self._letter_title(names) if names and (own or self.shared) else self.title
        if self.spec and self.spec.neutral:
            return words_of(self.spec, "neutral", self.key)
        return Phrase("task.neutral")

    def awaited(self, member: Member) -> bool:
        """Whether somebody has it who asked this member along: a yes joins them."""
        return self.companion is not None and member.id == self.companion and bool(self.who)

    def claim(self, member: Member) -> None:
        """Take it on, alone or as the first. Refusals say who has it already."""
        self._must_be_open()
        self.must_be_open_to(member)
        if member in self.who:
            raise Refusal("task.yours_already", task=self.title_for(None))
        if self.who:
            raise Refusal(
                "task.taken",
                task=self.title_for(None),
                who=names(self.who),
                buttons=[[Button(Phrase("button.join"), "join", (self.id or 0,))]],
            )
        self._take(member)

    def join(self, member: Member) -> None:
        """Take it on beside whoever has it."""
        self._must_be_open()
        self.must_be_open_to(member)
        if member in self.who:
            raise Refusal("task.yours_already", task=self.title_for(None))
        self._take(member)

    def release(self, member: Member) -> None:
        self._must_be_open()
        if member not in self.who:
            raise Refusal("task.not_yours", task=self.title_for(None))
        self.holders.remove(member)

    def finish(self, member: Member, today: date) -> None:
        self._must_be_open()
        self.must_be_open_to(member)
        self.state, self.done_on, self.done_by = "done", today, member.id
        self.proposed = None

    def reopen(self) -> None:
        """Take back a finish or a drop that was a mistake."""
        self.state, self.done_on, self.done_by = "open", None, None

    def drop(self) -> None:
        """Not needed. It stays known, so that nobody asks again."""
        self._must_be_open()
        self.state, self.at, self.proposed = "dropped", None, None

    @property
    def for_newcomer(self) -> bool:
        """Whether it concerns the newcomer, who then decides about it; the rest is the group's own."""
        return (
            bool(self.letter)
            or self.private
            or self.with_newcomer
            or bool(self.spec and self.spec.responsible == "newcomer")
        )

    def plan(self, at: datetime, now: datetime) -> None:
        """Give it a moment (aware). A moment in the past is refused and changes nothing."""
        self._must_be_open()
        if at <= now:
            raise Refusal("when.past", moment=at)
        if at != self.at:
            self.coming = []
        self.at, self.proposed = at, None

    def comes(self, newcomer: Member) -> None:
        """This newcomer said yes to the moment; another adult of the household has an own say."""
        if newcomer.id is not None and newcomer.id not in self.coming:
            self.coming = [*self.coming, newcomer.id]

    def comes_not(self, newcomer: Member) -> bool:
        """This newcomer cannot then; whether another newcomer still comes."""
        self.coming = [other for other in self.coming if other != newcomer.id]
        return bool(self.coming)

    def awaits(self, newcomer: Member) -> bool:
        """Whether the appointment is this newcomer's: they said yes or chose the moment themselves, or people
        settled it in person."""
        if newcomer.id in self.coming:
            return self.for_newcomer or self.made_by == newcomer.id
        return self.with_newcomer and not self.coming

    def is_up_to(self, newcomer: Member) -> bool:
        """Whether a moment for it is this newcomer's to agree to: they must be there, it is their own, or
        they wrote it down or go."""
        if self.hidden_from(newcomer):
            return False
        theirs = newcomer.id in (self.whose, self.made_by) or newcomer.id in self.coming
        return self.with_newcomer or theirs or (self.private and self.whose is None)

    def propose(self, at: datetime, now: datetime) -> None:
        """A moment that the newcomer is asked about first."""
        self._must_be_open()
        if at <= now:
            raise Refusal("when.past", moment=at)
        self.proposed = at

    def decide(self, company: str) -> None:
        """The newcomer's own choice. Alone takes it out of everybody else's hands."""
        self._must_be_open()
        self.company = company
        if company == "alone":
            self.companion = None
            for member in [m for m in self.who if not m.newcomer]:
                self.holders.remove(member)

    @property
    def term_stays(self) -> bool:
        """Whether its last day is somebody else's: a law's, or a letter's."""
        return bool(self.spec and self.spec.legal) or (self.letter is not None and self.due is not None)

    def postpone(self) -> None:
        """The newcomer says: later. A term of law does not move."""
        self._must_be_open()
        if self.term_stays:
            raise Refusal("task.term_stays", task=self.title_for(None), due=self.due)
        self.at = self.proposed = None
        self.keep_rhythm()
        self.moved = True
        self.raised = 0
        if self.start:
            self.start += LATER
        if self.due:
            self.due += LATER

    def move(self, due: date, today: date) -> None:
        """A new last day, chosen by people; the plan does not move it any more."""
        self._must_be_open()
        if due < today:
            raise Refusal("when.past", moment=due)
        self.keep_rhythm()
        self.due, self.moved, self.raised = due, True, 0
        self.start = min(self.start, due) if self.start else None

    def _take(self, member: Member) -> None:
        self.holders.append(member)

    def _must_be_open(self) -> None:
        if self.state == "done":
            raise Refusal("task.is_done", task=self.title_for(None))
        if self.state == "dropped":
            raise Refusal("task.is_dropped", task=self.title_for(None))

    def must_be_open_to(self, member: Member) -> None:
        """Refuse whoever may not act on it: it is the newcomer's alone, or not theirs to see."""
        if self.theirs_alone and not member.newcomer:
            raise Refusal("task.alone")
        if self.hidden_from(member):
            raise Refusal("task.own")


TaskT = TypeVar("TaskT", bound=Task)


def words_of(spec: Any, part: str, key: str | None) -> Words:
    """A plan text as Words; locales may translate it under ``plan.KEY.PART``."""
    text = getattr(spec, part)
    return Words(f"plan.{key}.{part}", {"nl": text.nl, "en": text.en})


def names(members: Iterable[Member]) -> Joined:
    return Joined(tuple(member.name for member in members))


def waits_for(task: Task, by_key: Mapping[str, TaskT]) -> list[TaskT]:
    """The open tasks that must be done before this one."""
    return [by_key[key] for key in task.needs if key in by_key and by_key[key].open]


def by_plan_key(tasks: Iterable[TaskT]) -> dict[str, TaskT]:
    """Tasks by plan key; of a recurring task the first turn, which is the one others wait for."""
    found: dict[str, TaskT] = {}
    for task in sorted(tasks, key=lambda t: t.number):
        if task.key and task.key not in found:
            found[task.key] = task
    return found
