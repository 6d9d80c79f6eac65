"""What was made of a letter before is not made twice: for its owner alone it becomes the group's, or back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.domain.tasks import names
from bot.domain.words import Ask, Button, Phrase, Refusal
from bot.letters.letter import Letter
from bot.letters.recognise import OTHER
from bot.store.letters import Known
from bot.store.room import Room
from bot.store.tables import Member, Task
from handlers.asking import acting
from handlers.letterdays import MOST, Wanted, ahead, wanted_of


class Made(NamedTuple):
    """The tasks of a letter after a tap: ``new`` ones, and those that were there and ``turned``."""

    new: Sequence[Task] = ()
    turned: Sequence[Task] = ()

    @property
    def tasks(self) -> list[Task]:
        return [*self.turned, *self.new]


def there_already(ask: Ask, room: Room, known: Known, *, private: bool) -> tuple[list[Wanted], list[Task]]:
    """What of a letter has no task yet, and the tasks of the other sort that stand for the rest: they become
    ``private``, or the group's. Refusals ``letter.task_there``; ``letter.task_taken`` for what others have
    taken on."""
    before = made_before(room, known)
    made = [task for task in room.tasks if before and task.id in known.tasks]
    wanted = [one for one in wanted_of(room, known.letter)[:MOST] if not any(is_for(t, one) for t in made)]
    if before and not ahead(room, known.letter):
        wanted = []
    turning = [task for task in before if task.private != private]
    for one in [*wanted]:
        if same := twin(ask, room, known, one, private=private):
            turning.append(same)
            wanted.remove(one)
    taken = [task for task in turning if helpers(ask, task)]
    free = [task for task in turning if task not in taken]
    if wanted or free:
        return wanted, free
    if taken:
        raise Refusal("letter.task_taken", number=taken[0].number, who=names(helpers(ask, taken[0])))
    raise Refusal("letter.task_there", number=before[0].number)


def helpers(ask: Ask, task: Task) -> list[Member]:
    """Who has it beside its owner."""
    return [member for member in task.who if member is not acting(ask)]


def turn(task: Task, member: Member, *, private: bool) -> None:
    """Theirs alone from now on, and the group reads not even that it is there; or the group's, to be taken
    on by whoever can, under the name that tells nothing."""
    task.private = private
    if private:
        task.shared = False
        return
    if member in task.who:
        task.release(member)
    if task.theirs_alone:
        task.decide("open")


def made_before(room: Room, known: Known) -> list[Task]:
    """What was made of this letter before and is still to be done."""
    return [task for task in room.open_tasks if task.id in known.tasks]


def sent_before(ask: Ask, room: Room, known: Known) -> list[Task]:
    """What was made for them alone of the same letter when they sent it before."""
    found = [pair for one in wanted_of(room, known.letter) for pair in twins(ask, room, known, one)]
    return [task for task, first in found if first and task.private]


def is_for(task: Task, one: Wanted) -> bool:
    """Whether a task is that of a last day or a moment of its letter, whatever moment it was given for a
    last day."""
    if one.due:
        return task.due == one.due
    return task.due is None and task.at == one.at


ANOTHER = "new"
"""What a button carries with which somebody said that it is another letter."""


def twin(ask: Ask, room: Room, known: Known, one: Wanted, *, private: bool) -> Task | None:
    """The task of the other sort of the same day of one letter that was sent twice. Refusal
    ``letter.task_there`` for one of the same sort; where the letter of the first is erased by now, its owner
    may say that this is another."""
    assert ask.press
    if ANOTHER in ask.press.args:
        return None
    for task, first in sorted(twins(ask, room, known, one), key=lambda pair: pair[0].private != private):
        if first and task.private != private:
            return task
        another = Button(Phrase("button.letter_another"), ask.press.name, (known.id, ANOTHER))
        raise Refusal("letter.task_there", number=task.number, buttons=[] if first else [[another]])
    return None


def twins(ask: Ask, room: Room, known: Known, one: Wanted) -> Iterator[tuple[Task, Known | None]]:
    """Tasks of the same day of what is the same letter, sent before: same sender, same reference. None
    beside a task where its letter is erased by now."""
    sort = sort_of(known.letter)
    for task in room.open_tasks if one.due or one.at else ():
        own = task.letter == sort and task.whose == acting(ask).id and task.id not in known.tasks
        if own and is_for(task, one):
            first = room.letters(ask.person).maker_of(task.id)
            if first is None or one_letter(first.letter, known.letter):
                yield task, first


def one_letter(first: Letter, second: Letter) -> bool:
    return (first.sender, first.reference) == (second.sender, second.reference)


def sort_of(letter: Letter) -> str:
    """The kind by which a task is called: of one that is not sure nothing is told as if it were."""
    return letter.kind if letter.certain else OTHER
