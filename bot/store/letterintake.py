"""What one person sends to be read: written down, and gone again a day later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select

from bot.domain.words import File, Refusal
from bot.letters.text import LONGEST
from bot.store import rows
from bot.store.errands import TEXT, open_errand
from bot.store.scope import Sealer
from bot.store.tables import Errand, Pending, Person
from bot.store.tables import Letter as LetterRow

KEPT = timedelta(hours=24)
"""How long what was understood stays; a photo can be taken out of a chat for twice as long."""
ALBUM_CLOSES = timedelta(seconds=2)
PIECE = 3500
"""How long a message is at least after which another may come: Telegram cuts what is longer than 4,096 signs
into several."""
MOST_WAITING = 12
"""Letters of one person that wait to be read; whoever sends more waits."""


def drop_later(
    session: Session,
    sealer: Sealer,
    lane: int,
    errand: int,
    messages: Sequence[int],
    now: datetime,
    *,
    unread: str = "",
) -> None:
    """Write down when all of an errand goes: what was understood, and in the chat what was sent. ``errand``
    0: something that nobody began to read, under the name ``unread``."""
    due = now + KEPT
    args = {"errand": errand, "messages": list(messages)}
    payload = sealer.seal({"due": "letter.drop", "args": args, "at": due.isoformat()})
    subject = goes(errand) if errand else unread_goes(lane, unread or str(messages[0]))
    rows.remember(session, lane=lane, room=None, subject=subject, due=due, payload=payload)


def goes(errand: int) -> str:
    """The subject of the moment at which all of an errand goes."""
    return f"letters:{errand}"


def unread_goes(lane: int, name: str) -> str:
    """The subject of the moment at which goes what nobody began to read."""
    return f"letters:{lane}:{name}"


class LetterIntake:
    """What one person sends, within one transaction."""

    def __init__(self, session: Session, person: Person, sealer: Sealer, now: datetime) -> None:
        self._session, self._sealer = session, sealer
        self.person, self.now = person, now

    def take(self, message: int, file: File | None, text: str = "") -> tuple[int, bool]:
        """Write down what was sent, to be read; returns the errand and whether it is a new one. What comes
        in one album belongs together, and so does a text that Telegram cut. Refusal ``letter.too_many``."""
        if file is None:
            return self._take_text(message, text)
        sent = {"id": file.id, "name": file.name, "size": file.size}
        found = open_errand(self._session, self.person, file.album) if file.album else None
        if found:
            payload = self._sealer.unseal(found.payload)
            payload["files"].append(sent)
            payload["messages"].append(message)
            found.payload, found.due = self._sealer.seal(payload), self.now + ALBUM_CLOSES
            return found.id or 0, False
        payload = {"files": [sent], "text": "", "messages": [message]}
        closes = self.now + (ALBUM_CLOSES if file.album else timedelta(0))
        return self._begin(payload, file.album, closes), True

    def _take_text(self, message: int, text: str) -> tuple[int, bool]:
        """Of what is longer than any letter only so much is kept that it can be told as too long: all pieces
        of it get one answer."""
        goes_on = len(text) >= PIECE
        closes = self.now + (ALBUM_CLOSES if goes_on else timedelta(0))
        if found := open_errand(self._session, self.person, TEXT):
            payload = self._sealer.unseal(found.payload)
            payload["text"] = f"{payload['text']}\n{text}"[: LONGEST + 1]
            payload["messages"].append(message)
            found.payload, found.due = self._sealer.seal(payload), closes
            found.album = TEXT if goes_on else ""
            return found.id or 0, False
        payload = {"files": [], "text": text, "messages": [message]}
        return self._begin(payload, TEXT if goes_on else "", closes), True

    def drop_unread(self, message: int, album: str = "") -> str:
        """What nobody will read goes out of the chat when it would have gone otherwise, an album together;
        returns the name under which it waits."""
        lane, name = self.person.telegram, album or str(message)
        before = rows.what_waits(self._session, None, unread_goes(lane, name))
        messages = self._messages(before) if before else []
        drop_later(self._session, self._sealer, lane, 0, [*messages, message], self.now, unread=name)
        return name

    def take_apart(self, letter: int, groups: Sequence[Sequence[int]]) -> int:
        """Read again what was sent together, now that somebody said which pages are one letter."""
        payload = self._payload(letter)
        if "files" not in payload:
            raise Refusal("letter.gone")
        rows.forget(self._session, None, goes(self._row(letter).errand))
        self._session.execute(delete(LetterRow).where(col(LetterRow.id) == letter))
        return self._begin({**payload, "groups": [list(group) for group in groups]}, "", self.now)

    def hold(self, message: int, text: str) -> int:
        """Keep for a day words that may be a letter; ``take_apart`` reads them once somebody says so."""
        assert self.person.id is not None
        errand = Errand(
            person_id=self.person.id,
            lane=self.person.telegram,
            due=self.now,
            state="done",
            settled=self.now,
        )
        self._session.add(errand)
        self._session.flush()
        payload = self._sealer.seal({"files": [], "text": text, "messages": [message]})
        row = LetterRow(person_id=self.person.id, errand=errand.id or 0, payload=payload, made=self.now)
        self._session.add(row)
        self._session.flush()
        drop_later(self._session, self._sealer, errand.lane, row.errand, [], self.now)
        return row.id or 0

    def pages(self, letter: int) -> tuple[int, list[list[int]]]:
        """Of what waits to be taken apart: how many pages, and how they seem to belong together."""
        payload = self._payload(letter)
        return payload.get("pages", len(payload["files"])), payload["groups"]

    def _begin(self, payload: dict[str, Any], album: str, due: datetime) -> int:
        assert self.person.id is not None
        waiting = select(func.count(col(Errand.id))).where(
            Errand.person_id == self.person.id, Errand.state == "waiting"
        )
        if self._session.exec(waiting).one() >= MOST_WAITING:
            raise Refusal("letter.too_many", most=MOST_WAITING)
        errand = Errand(
            person_id=self.person.id,
            lane=self.person.telegram,
            album=album,
            due=due,
            payload=self._sealer.seal(payload),
        )
        self._session.add(errand)
        self._session.flush()
        self._session.info["errand"] = True
        return errand.id or 0

    def _messages(self, waiting: Pending) -> list[int]:
        messages: list[int] = self._sealer.unseal(waiting.payload)["args"]["messages"]
        return messages

    def _row(self, letter: int) -> LetterRow:
        row = self._session.get(LetterRow, letter)
        if row is None or row.person_id != self.person.id:
            raise Refusal("letter.gone")
        return row

    def _payload(self, letter: int) -> dict[str, Any]:
        found: dict[str, Any] = self._sealer.unseal(self._row(letter).payload)
        return found
