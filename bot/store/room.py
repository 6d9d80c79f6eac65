"""One sponsor group's memory, for the length of one transaction."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain import calendar
from bot.domain import plan as dating
from bot.store import rows
from bot.store.letters import LetterBook
from bot.store.tables import Member, Person, Task
from bot.store.taskbook import TaskBook

YEAR = timedelta(days=365)
KEPT_AFTER = timedelta(days=30)
"""How long a room stays after its year, before it is erased."""
WARN_BEFORE = timedelta(days=14)


class Room(TaskBook):
    """What a handler sees of one group: people, tasks, cards, plan; and what it may write down.

    Here stands what touches all of these at once: how people go, how the room rests, how it ends.
    The rest is told in bot/store/group.py, people.py and taskbook.py.
    """

    def letters(self, person: Person) -> LetterBook:
        """What this person sent to be read: theirs, not the room's."""
        return LetterBook(self._session, person, self._sealer, self.now)

    def forget_letters(self, member: Member) -> None:
        """What they sent, read or not, goes: they do not want the bot, or are not who they seemed."""
        if member.person_id is not None:
            rows.forget_letters(self._session, member.person_id)

    # somebody goes

    def remove_member(self, member: Member) -> list[Task]:
        """Somebody goes; what they had taken on is open again (those tasks are returned), and what a newcomer
        asked them along for they may not read any more, should they come back."""
        for task in self.tasks:
            if task.companion is not None and task.companion == member.id:
                task.companion = None
        given_back = [task for task in self.tasks if task.open and member in task.holders]
        for task in given_back:
            task.holders.remove(member)
        member.left = self.now
        return given_back

    def unlink(self, member: Member) -> list[Task]:
        """The account was not theirs: the newcomer's place is free again, and what was chosen there void."""
        given_back = self.remove_member(member)
        self.forget_letters(member)
        for task in [task for task in self.tasks if task.key is None and task.whose == member.id]:
            self.drop_task(task)  # what was theirs alone is not for whoever has the place next
        member.person, member.person_id, member.left = None, None, None
        member.consent, member.consent_on, member.explained_by = "unasked", None, None
        member.confirmed = False
        self.forget_reminder(f"refusal:{member.id}")
        return given_back

    def forget_member(self, member: Member) -> list[Task]:
        """Nothing that was known of them stays. Returns the tasks that come back to the group."""
        person, given_back = member.person, self.remove_member(member)
        member.called, member.person, member.person_id = None, None, None
        member.consent, member.consent_on, member.consent_language = "unasked", None, None
        member.explained_by, member.confirmed = None, False
        self._session.flush()
        if member.id is not None:
            rows.void_invites(self._session, member.id)
        if person:
            self.forget_person(person)
        return given_back

    def forget_newcomer(self, member: Member) -> list[Task]:
        """A newcomer stops: what is theirs goes (name, choices, own tasks; where no other newcomer is,
        the household's facts and decisions too), and their place is nobody's. Sponsors' own stays."""
        last = all(other is member for other in self.newcomers)
        for task in list(self.tasks):
            own = task.key is None and member.id in (task.whose, task.made_by)
            if own or (last and task.spec and not dating.suits_household(task.spec, None)):
                self.drop_task(task)
                continue
            if last and (task.for_newcomer or task.company != "open"):
                self._undecide(task)
            if member.id in task.coming and not task.comes_not(member):
                task.at = None  # nobody else said yes to that moment
                self.set_reminders(task)
            task.whose = None if task.whose == member.id else task.whose
            task.done_by = None if task.done_by == member.id else task.done_by
            task.proposed_by = None if task.proposed_by == member.id else task.proposed_by
            task.made_by = None if task.made_by == member.id else task.made_by
        if last:
            self.row.newcomer_name, self.row.household, self.row.permit = "–", None, None
        elif self.row.newcomer_name == member.name:
            self.row.newcomer_name = next(n.name for n in self.newcomers if n is not member) or "–"
        given_back = self.forget_member(member)
        for subject in (f"consent:{member.id}", f"household:{member.id}", f"refusal:{member.id}"):
            self.forget_reminder(subject)
        return given_back

    def _undecide(self, task: Task) -> None:
        """As if no newcomer had ever decided about it; that it is done stays known."""
        task.company, task.companion, task.shared, task.asked = "open", None, False, False
        task.at, task.coming, task.proposed = None, [], None
        if task.state == "dropped":
            task.reopen()
        self.set_reminders(task)

    def undate(self) -> None:
        """The arrival is not known (any more): what hung on it has no day until it is."""
        self.row.arrival = None
        for task in self.open_tasks:
            if task.key and not task.moved and not task.at:
                task.start, task.due = None, None
        self.redate()

    # the room rests, and ends

    def pause(self) -> None:
        """Nothing comes by itself any more, until ``resume`` or the end."""
        self.row.state = "without_bot"
        rows.forget_room(self._session, self.id)

    def resume(self) -> None:
        """What ``pause`` stopped begins again."""
        if self.row.state != "without_bot":
            return
        self.row.state = "active" if self.row.chat else "new"
        self.look_daily()
        self.plan_end()
        for task in self.open_tasks:
            self.set_reminders(task)

    def plan_end(self) -> None:
        """When the room ends: a month after its year, said two weeks before."""
        day = self.end_day
        self.remind("room:warn", self.at(day - WARN_BEFORE, calendar.LOOK_AT), "room.warn")
        self.remind("room:end", self.at(day, calendar.LOOK_AT), "room.end")

    @property
    def end_day(self) -> date:
        """The day on which everything is erased."""
        return (self.row.arrival or self.begun) + YEAR + KEPT_AFTER

    def erase(self) -> None:
        """The room ends and nothing that was said in it or about its people stays. What does stay: that
        there was a room, and in which role nameless members were, with a newcomer's choice and its day."""
        for member in list(self.everybody):
            choice, its_day = member.consent, member.consent_on
            self.forget_member(member)
            member.consent, member.consent_on = choice, its_day
        self._session.flush()
        rows.erase_room(self._session, self.id)
        self.__dict__.pop("_by_key", None)
        self.tasks, self.cards = [], []
        row = self.row
        row.newcomer_name, row.municipality, row.languages, row.arrival = "–", "–", ["nl"], None
        row.household, row.permit, row.agreements = None, None, {}
        row.state, row.chat = "closed", None
        rows.forget_room(self._session, self.id)
