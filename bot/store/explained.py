"""What the bot said about a letter in its owner's chat, found again to be taken out of it.

Such a message goes out under a slot of its letter, or of all that were sent together: the rows of what was
sent tell which messages those were, for longer than Telegram lets a message be taken out of a chat.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from bot.store.tables import Outgoing, Slot

REMOVABLE = timedelta(hours=48)
"""So long a message can be taken out of a chat. (Bot API, deleteMessage)"""


def slot_of(letter: int) -> str:
    """Under which a letter is explained."""
    return f"letter-said-{letter}"


def pile_slot(errand: int) -> str:
    """Under which letters that were sent together are listed."""
    return f"letter-pile-{errand}"


def said(session: Session, chat: int, slots: Collection[str], now: datetime) -> list[int]:
    """The messages that went out under these slots and can still be taken out of the chat, oldest first."""
    wanted = select(Outgoing.message).where(
        Outgoing.chat == chat, col(Outgoing.slot).in_(slots), col(Outgoing.settled) > now - REMOVABLE
    )
    return sorted({number for number in session.exec(wanted) if number is not None})


def was_said(session: Session, chat: int, slot: str) -> bool:
    """Whether there were any, however long ago, as far as that is remembered."""
    wanted = select(Outgoing.message).where(Outgoing.chat == chat, Outgoing.slot == slot)
    return session.exec(wanted.limit(1)).first() is not None


def forget(session: Session, chat: int, slots: Collection[str]) -> None:
    """Nothing more is shown in these slots."""
    session.execute(delete(Slot).where(col(Slot.chat) == chat, col(Slot.name).in_(slots)))
