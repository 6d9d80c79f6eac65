"""One person's letters: taken in to be read, and what was understood of them for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select

from bot.domain.words import File, Refusal
from bot.letters.keeping import CLEAR, from_kept, kept
from bot.letters.letter import Letter, read_letter
from bot.letters.text import LONGEST
from bot.store import rows
from bot.store.scope import Sealer
from bot.store.tables import Correction, Errand, Pending, Person
from bot.store.tables import Letter as LetterRow

KEPT = timedelta(hours=24)
"""How long what was understood stays; a photo can be taken out of a chat for twice as long."""
TRIED_AGAIN = timedelta(hours=1)
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

    def maker_of(self, task: int | None) -> Known | None:
        """The letter that a task was made of, while it is here."""
        own = select(LetterRow).where(LetterRow.person_id == self.person.id)
        known = [one for row in self._session.exec(own) if (one := self._known(row))]
        return next((one for one in known if task in one.tasks), None)

    def change(self, letter: int, **values: Any) -> None:
        """Put other values into what is kept of a letter."""
        row = self._row(letter)
        row.payload = self._sealer.seal({**self._sealer.unseal(row.payload), **values})

    def name_day(self, letter: int, place: int, said: dict[str, Any]) -> None:
        """Put a last day in the place of one, or beside the others where there is none in that place."""
        payload = self._payload(letter)
        pairs = list(zip(payload["deadlines"], payload["marks"], strict=True))
        pairs[place : place + 1] = [(said, CLEAR)]
        pairs.sort(key=lambda pair: str(pair[0]["date"]))
        self.change(letter, deadlines=[day for day, _ in pairs], marks=[mark for _, mark in pairs])

    def name_moment(self, letter: int, place: int, start: datetime) -> None:
        """Put another moment (local, naive) in the place of an appointment's."""
        meetings = list(self._payload(letter)["appointments"])
        meetings[place] = {**meetings[place], "start": start.isoformat(timespec="minutes"), "quote": ""}
        self.change(letter, appointments=sorted(meetings, key=lambda one: str(one["start"])))

    def correct(self, letter: int, kind: str) -> None:
        """Its owner says of what kind it is (``other``: of none that is known): read anew as that, since
        terms, sums and haste hang on the kind; days that its owner named stay. What it was taken for wrongly
        is counted, as kinds alone."""
        known = self.letter(letter).letter
        taken = known.kind
        if taken == kind and known.sure:
            return
        read = read_letter(known.text, known.faint, said=kind, today=self.now.date())
        anew, before = kept(read), self._payload(letter)
        own = [
            part for part in ("deadlines", "appointments") if any(not one["quote"] for one in before[part])
        ]
        if kind != "phishing":
            anew["reference"] = anew["reference"] or before["reference"]
            anew |= {part: before[part] for part in own}
            anew |= {"marks": before["marks"]} if "deadlines" in own else {}
        self.change(letter, **{**anew, "confidence": 1.0, "others": []})
        if taken == kind:
            return
        count = self._session.get(Correction, (taken, kind)) or Correction(taken=taken, meant=kind)
        count.times += 1
        self._session.add(count)

    def forget(self, errand: int, messages: Sequence[int]) -> list[int]:
        """Nothing stays of what was sent together; returns those of the messages to take out of the chat."""
        stay = {number for one in self.sent_together(errand) if one.keeps_photo for number in one.messages}
        self._session.execute(delete(LetterRow).where(col(LetterRow.errand) == errand))
        return [number for number in messages if number not in stay]

    def drop_again(self, lane: int, messages: Sequence[int]) -> None:
        """Write down when to try again to take out of the chat what nobody knows to be gone."""
        drop_later(self._session, self._sealer, lane, 0, messages, self.now + TRIED_AGAIN - KEPT)

    def erase(self, letter: int) -> list[int]:
        """Nothing stays of one letter; with the last of those sent together go the messages, which are
        returned."""
        known = self.letter(letter)
        self._session.execute(delete(LetterRow).where(col(LetterRow.id) == letter))
        if self.sent_together(known.errand):
            return []
        rows.forget(self._session, None, goes(known.errand))
        return list(known.messages)

    def unread(self, name: str) -> list[int]:
        """The messages that nobody read and that were to go; nothing waits for them any more. Refusal
        ``letter.gone``."""
        subject = unread_goes(self.person.telegram, name)
        waiting = rows.what_waits(self._session, None, subject)
        if waiting is None:
            raise Refusal("letter.gone")
        rows.forget(self._session, None, subject)
        return self._messages(waiting)

    def keep_sent(self, errand: int) -> None:
        """What was sent stays in the chat though no letter came of it. Refusal ``letter.gone``."""
        waiting = self._what_goes(errand)
        told = self._sealer.unseal(waiting.payload)
        waiting.payload = self._sealer.seal({**told, "args": {**told["args"], "kept": True}})

    def erase_sent(self, errand: int) -> list[int]:
        """The messages of an errand of which no letter came, which go now. Refusal ``letter.gone``."""
        messages = self._messages(self._what_goes(errand))
        rows.forget(self._session, None, goes(errand))
        return messages

    def _messages(self, waiting: Pending) -> list[int]:
        messages: list[int] = self._sealer.unseal(waiting.payload)["args"]["messages"]
        return messages

    def _what_goes(self, errand: int) -> Pending:
        """The moment at which it goes: of an errand of theirs, of which there is no letter to keep."""
        sent = self._session.get(Errand, errand)
        waiting = rows.what_waits(self._session, None, goes(errand))
        if sent is None or sent.person_id != self.person.id or waiting is None or self.sent_together(errand):
            raise Refusal("letter.gone")
        return waiting

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
