"""The tables. Moments are UTC, days are days in the room's zone, names are the field's own.

Payload columns hold what ``Store.seal`` made of them, never readable text, and are blanked by the
commit that settles their row.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import BigInteger, Field, Relationship, SQLModel

from bot.domain import consent, people, tasks

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""No row ever gets the number of one that was erased: buttons that were pressed late would mean another."""

WAITING = text("state = 'waiting'")
"""What the loops look for; an index over it stays small however long the history grows."""


def one_of(column: str, *values: str) -> CheckConstraint:
    """VARCHAR with a CHECK: PostgreSQL enums outlive a downgrade."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


class Meta(SQLModel, table=True):
    """Facts about the installation itself: the key's fingerprint, the owner code's hash, last tick."""

    name: str = Field(primary_key=True)
    value: str


class Person(people.Person, SQLModel, table=True):
    """Somebody who has met the bot; ``telegram`` is their account's id (and private chat)."""

    __table_args__ = NEVER_AGAIN

    id: int | None = Field(default=None, primary_key=True)
    telegram: int = Field(sa_type=BigInteger, unique=True)
    name: str
    language: str | None = None
    owner: bool = False
    coordinator: bool = False
    reachable: bool = False
    reminders: str = "all"
    nudged_on: date | None = None
    nudged_task: int | None = None
    created: datetime


class RoomRow(SQLModel, table=True):
    """One sponsor group. ``chat`` is its Telegram group once the bot was added to it."""

    __tablename__ = "room"
    __table_args__ = (one_of("state", "new", "active", "without_bot", "closed"),)

    id: int | None = Field(default=None, primary_key=True)
    variant: str
    municipality: str
    newcomer_name: str
    languages: list[str] = Field(sa_column=Column(JSON, nullable=False))
    arrival: date | None = None
    chat: int | None = Field(default=None, sa_type=BigInteger, unique=True)
    state: str = "new"
    coordinator_id: int | None = Field(default=None, foreign_key="person.id")
    household: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON))
    agreements: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    permit: date | None = None
    nudged_on: date | None = None
    unopened_on: date | None = None
    hinted_on: date | None = None
    looked_on: date | None = None
    phase: str | None = None
    welcomed: datetime | None = None
    created: datetime

    @property
    def read_in(self) -> tuple[str, ...]:
        """The languages in which the group's chat is written: Dutch and one more."""
        return tuple(dict.fromkeys(["nl", *self.languages]))[:2]


class Member(people.Member, SQLModel, table=True):
    """A person in a room, in one role. A newcomer without Telegram has no person."""

    __table_args__ = (
        UniqueConstraint("room_id", "person_id"),
        one_of("role", *people.ROLES),
        one_of("consent", *consent.CHOICES),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    room_id: int = Field(foreign_key="room.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    role: str
    called: str | None = None
    confirmed: bool = False
    consent: str = "unasked"
    consent_on: date | None = None
    consent_language: str | None = None
    explained_by: int | None = Field(default=None, foreign_key="member.id")
    joined: datetime
    left: datetime | None = None
    person: Person | None = Relationship(sa_relationship_kwargs={"lazy": "joined"})


class Card(SQLModel, table=True):
    """A contact person's card. Telephone and mail are of their work, given by the coordinator."""

    __table_args__ = (UniqueConstraint("room_id", "organisation"),)

    id: int | None = Field(default=None, primary_key=True)
    room_id: int = Field(foreign_key="room.id", index=True)
    organisation: str
    name: str
    areas: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    phone: str = ""
    mail: str = ""
    hours: str = ""
    backup: str = ""


class Holder(SQLModel, table=True):
    """Who has taken a task on."""

    task_id: int = Field(foreign_key="task.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)


class Task(tasks.Task, SQLModel, table=True):
    """One task of one room; ``number`` is what people call it, ``key`` its entry in the plan, ``letter``
    the kind of the letter it was made of, ``wanted`` what its last day is for."""

    __table_args__ = (
        UniqueConstraint("room_id", "number"),
        one_of("state", *tasks.STATES),
        one_of("company", *tasks.COMPANY),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    room_id: int = Field(foreign_key="room.id", index=True)
    number: int
    key: str | None = None
    words: str | None = None
    letter: str | None = None
    wanted: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    area: str
    state: str = "open"
    company: str = "open"
    private: bool = False
    shared: bool = False
    start: date | None = None
    due: date | None = None
    at: datetime | None = None
    coming: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    minutes: int = 60
    repeat_days: int | None = None
    rhythm_day: date | None = None
    turns: int | None = None
    turn: int = 1
    after: int | None = None
    companion: int | None = Field(default=None, foreign_key="member.id")
    whose: int | None = Field(default=None, foreign_key="member.id")
    moved: bool = False
    proposed: datetime | None = None
    proposed_by: int | None = Field(default=None, foreign_key="member.id")
    quiet: bool = False
    asked: bool = False
    raised: int = 0
    done_on: date | None = None
    done_by: int | None = Field(default=None, foreign_key="member.id")
    made_by: int | None = Field(default=None, foreign_key="member.id")
    holders: list[Member] = Relationship(link_model=Holder, sa_relationship_kwargs={"lazy": "selectin"})


class Invite(SQLModel, table=True):
    """A code that lets somebody in, once. Only its hash is kept."""

    __table_args__ = (one_of("kind", "coordinator", "group", "newcomer"),)

    code_hash: str = Field(primary_key=True)
    kind: str
    room_id: int | None = Field(default=None, foreign_key="room.id")
    member_id: int | None = Field(default=None, foreign_key="member.id")
    made_by: int | None = Field(default=None, foreign_key="person.id")
    expires: datetime
    used_at: datetime | None = None


class Question(SQLModel, table=True):
    """Something the bot asked one person and still waits for: the conversation, as a row."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    room_id: int | None = Field(default=None, foreign_key="room.id")
    topic: str
    answers: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    asked: datetime


class Pending(SQLModel, table=True):
    """Something that is due: an update that came in, or a moment written down earlier.

    ``lane`` is the chat within which order is kept. ``subject`` names a moment that may be moved
    or dropped while it waits, such as ``task:17:eve``.
    """

    __table_args__ = (
        UniqueConstraint("bot", "update_id"),
        one_of("state", "waiting", "done", "aside"),
        Index("pending_due", "due", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("pending_subject", "room_id", "subject"),
    )

    id: int | None = Field(default=None, primary_key=True)
    bot: int = Field(default=0, sa_type=BigInteger)
    update_id: int | None = Field(default=None, sa_type=BigInteger)
    lane: int = Field(sa_type=BigInteger)
    room_id: int | None = None
    subject: str | None = None
    due: datetime
    payload: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    attempts: int = 0
    state: str = "waiting"
    settled: datetime | None = None


class Outgoing(SQLModel, table=True):
    """A message on its way out, oldest first per chat."""

    __table_args__ = (
        one_of("state", "waiting", "sent", "folded", "gone", "unknown", "aside"),
        Index("outgoing_waiting", "chat", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("outgoing_settled", "settled"),
    )

    id: int | None = Field(default=None, primary_key=True)
    chat: int = Field(sa_type=BigInteger)
    room_id: int | None = None
    slot: str = ""
    payload: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    attempts: int = 0
    state: str = "waiting"
    message: int | None = None
    fault: str = ""
    created: datetime
    settled: datetime | None = None


class Errand(SQLModel, table=True):
    """Slow work outside any transaction: what somebody sent is fetched and read. Its payload holds how
    Telegram finds the files again, never what is in them. ``due`` is when an album counts as complete."""

    __table_args__ = (
        one_of("state", "waiting", "done", "aside"),
        Index("errand_due", "due", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    lane: int = Field(sa_type=BigInteger)
    album: str = ""
    due: datetime
    payload: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    attempts: int = 0
    state: str = "waiting"
    settled: datetime | None = None


class Letter(SQLModel, table=True):
    """What was understood of somebody's letters, behind their buttons for a day: everything personal is
    masked before, and all of it is sealed. ``errand`` tells which were sent together."""

    __table_args__ = NEVER_AGAIN

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    errand: int
    payload: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))
    made: datetime


class Correction(SQLModel, table=True):
    """How often people said that a letter taken for one kind was of another: for whoever keeps content."""

    taken: str = Field(primary_key=True)
    meant: str = Field(primary_key=True)
    times: int = 0


class Slot(SQLModel, table=True):
    """The one message in a chat that a slot's texts replace."""

    chat: int = Field(sa_type=BigInteger, primary_key=True)
    name: str = Field(primary_key=True)
    message: int


SHAPE = SQLModel.metadata
"""All tables together, for the migrations."""
