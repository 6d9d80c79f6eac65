"""One person's letters: taken in to be read, and what was understood of them for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select

from bot.domain.words import File, Refusal
from bot.letters.keeping import from_kept, kept
from bot.letters.letter import Letter, read_letter
from bot.letters.text import LONGEST
from bot.store import rows
from bot.store.scope import Sealer
from bot.store.tables import Correction, Errand, Person
from bot.store.tables import Letter as LetterRow

KEPT = timedelta(hours=24)
"""How long what was understood stays; a photo can be taken out of a chat for twice as long."""
ALBUM_CLOSES = timedelta(seconds=2)
TEXT, PIECE = "text", 3500
"""What a text goes under that may go on, in place of an album's name; and how long a message is at least
after which another may come: Telegram cuts what is longer than 4,096 signs into several."""
MOST_WAITING = 12
"""Letters of one person that wait to be read; whoever sends more waits."""


@dataclass(frozen=True)
class Known:
    """A letter behind its buttons: ``messages`` are the person's own in their chat, photos and texts,
    ``tasks`` the ids of what was made of it."""

    id: int
    errand: int
    letter: Letter
    messages: tuple[int, ...]
    keeps_photo: bool
    tasks: tuple[int, ...] = ()


def drop_later(
    session: Session, sealer: Sealer, lane: int, errand: int, messages: Sequence[int], now: datetime
) -> None:
    """Write down when all of an errand goes: what was understood, and in the chat what was sent."""
    due = now + KEPT
    args = {"errand": errand, "messages": list(messages)}
    payload = sealer.seal({"due": "letter.drop", "args": args, "at": due.isoformat()})
    rows.remember(session, lane=lane, room=None, subject=f"letters:{errand}", due=due, payload=payload)


def open_errand(session: Session, person: Person, album: str) -> Errand | None:
    """What somebody is still sending under that name, and nobody has begun to read."""
    wanted = select(Errand).where(
        Errand.person_id == person.id,
        Errand.album == album,
        Errand.state == "waiting",
        Errand.attempts == 0,
    )
    return session.exec(wanted).first()


class LetterBook:
    """What one person sent, within one transaction."""

    def __init__(self, session: Session, person: Person, sealer: Sealer, now: datetime) -> None:
        self._session, self._sealer = session, sealer
        self.person, self.now = person, now

    # taken in

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
        goes_on = len(text) >= PIECE
        closes = self.now + (ALBUM_CLOSES if goes_on else timedelta(0))
        if found := open_errand(self._session, self.person, TEXT):
            payload = self._sealer.unseal(found.payload)
            payload["text"] += "\n" + text
            payload["messages"].append(message)
            found.payload, found.due = self._sealer.seal(payload), closes
            found.album = TEXT if goes_on and len(payload["text"]) < LONGEST else ""
            return found.id or 0, False
        payload = {"files": [], "text": text, "messages": [message]}
        return self._begin(payload, TEXT if goes_on else "", closes), True

    def take_apart(self, letter: int, groups: Sequence[Sequence[int]]) -> int:
        """Read again what was sent together, now that somebody said which pages are one letter."""
        payload = self._payload(letter)
        if "files" not in payload:
            raise Refusal("letter.gone")
        rows.forget(self._session, None, f"letters:{self._row(letter).errand}")
        self._session.execute(delete(LetterRow).where(col(LetterRow.id) == letter))
        return self._begin({**payload, "groups": [list(group) for group in groups]}, "", self.now)

    def pages(self, letter: int) -> tuple[int, list[list[int]]]:
        """Of what waits to be taken apart: how many pages, and how they seem to belong together."""
        payload = self._payload(letter)
        return len(payload["files"]), payload["groups"]

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

    # understood

    def letter(self, letter: int) -> Known:
        """Refusal ``letter.gone`` for one that is nobody's any more, or somebody else's."""
        known = self._known(self._row(letter))
        if known is None:
            raise Refusal("letter.gone")
        return known

    def sent_together(self, errand: int) -> list[Known]:
        """The letters of one album or message."""
        wanted = select(LetterRow).where(LetterRow.errand == errand, LetterRow.person_id == self.person.id)
        rows_there = self._session.exec(wanted.order_by(col(LetterRow.id)))
        return [known for row in rows_there if (known := self._known(row))]

    def change(self, letter: int, **values: Any) -> None:
        """Put other values into what is kept of a letter."""
        row = self._row(letter)
        row.payload = self._sealer.seal({**self._sealer.unseal(row.payload), **values})

    def name_first_day(self, letter: int, said: dict[str, Any]) -> None:
        """Put a day in the place of the first last day; the others stay."""
        payload = self._payload(letter)
        pairs = [(said, False), *zip(payload["deadlines"][1:], payload["faint"][1:], strict=True)]
        pairs.sort(key=lambda pair: str(pair[0]["date"]))
        self.change(letter, deadlines=[day for day, _ in pairs], faint=[faint for _, faint in pairs])

    def correct(self, letter: int, kind: str) -> None:
        """It is of another kind than it was taken for: read anew as that, since terms, sums and haste hang on
        the kind; a day that its owner named stays. Counted, as kinds alone."""
        known = self.letter(letter).letter
        taken = known.kind
        if taken == kind:
            return
        faint = [one.quote for one in known.deadlines if one.faint]
        anew, before = kept(read_letter(known.text, faint, said=kind)), self._payload(letter)
        if any(not one["quote"] for one in before["deadlines"]) and kind != "phishing":
            anew |= {part: before[part] for part in ("deadlines", "faint")}
        self.change(letter, **{**anew, "confidence": 1.0, "others": []})
        count = self._session.get(Correction, (taken, kind)) or Correction(taken=taken, meant=kind)
        count.times += 1
        self._session.add(count)

    def forget(self, errand: int, messages: Sequence[int]) -> list[int]:
        """Nothing stays of what was sent together; returns those of the messages to take out of the chat."""
        stay = {number for one in self.sent_together(errand) if one.keeps_photo for number in one.messages}
        self._session.execute(delete(LetterRow).where(col(LetterRow.errand) == errand))
        return [number for number in messages if number not in stay]

    def erase(self, letter: int) -> list[int]:
        """Nothing stays of one letter; with the last of those sent together go the messages, which are
        returned."""
        known = self.letter(letter)
        self._session.execute(delete(LetterRow).where(col(LetterRow.id) == letter))
        if self.sent_together(known.errand):
            return []
        rows.forget(self._session, None, f"letters:{known.errand}")
        return list(known.messages)

    def _row(self, letter: int) -> LetterRow:
        row = self._session.get(LetterRow, letter)
        if row is None or row.person_id != self.person.id:
            raise Refusal("letter.gone")
        return row

    def _payload(self, letter: int) -> dict[str, Any]:
        found: dict[str, Any] = self._sealer.unseal(self._row(letter).payload)
        return found

    def _known(self, row: LetterRow) -> Known | None:
        """The letter in a row; None while somebody must say first which pages belong to it."""
        payload = self._sealer.unseal(row.payload)
        if "kind" not in payload:
            return None
        return Known(
            id=row.id or 0,
            errand=row.errand,
            letter=from_kept(payload),
            messages=tuple(payload["messages"]),
            keeps_photo=bool(payload.get("keeps_photo")),
            tasks=tuple(payload.get("tasks", ())),
        )
