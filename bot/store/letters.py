"""One person's letters: what was understood of them for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete, select

from bot.domain.words import Refusal
from bot.letters.keeping import CLEAR, from_kept, kept
from bot.letters.letter import Letter, read_letter
from bot.store import explained, rows
from bot.store.letterintake import KEPT, LetterIntake, drop_later, goes, unread_goes
from bot.store.tables import Correction, Errand, Pending
from bot.store.tables import Letter as LetterRow

TRIED_AGAIN = timedelta(hours=1)


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


class LetterBook(LetterIntake):
    """What one person sent, and what is known of it, within one transaction."""

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
        known = self.sent_together(errand)
        stay = {number for one in known if one.keeps_photo for number in one.messages}
        slots = [explained.pile_slot(errand), *(explained.slot_of(one.id) for one in known)]
        explained.forget(self._session, self.person.telegram, slots)
        self._session.execute(delete(LetterRow).where(col(LetterRow.errand) == errand))
        return [number for number in messages if number not in stay]

    def drop_again(self, lane: int, messages: Sequence[int]) -> None:
        """Write down when to try again to take out of the chat what nobody knows to be gone."""
        drop_later(self._session, self._sealer, lane, 0, messages, self.now + TRIED_AGAIN - KEPT)

    def erase(self, letter: int) -> tuple[list[int], list[Known]]:
        """Nothing stays of one letter. Returns the messages to take out of the chat, and those letters of
        them sent together that stay: with the last of them goes what was sent."""
        known = self.letter(letter)
        self._session.execute(delete(LetterRow).where(col(LetterRow.id) == letter))
        gone, left = self.unsay(explained.slot_of(letter)), self.sent_together(known.errand)
        if not left:
            rows.forget(self._session, None, goes(known.errand))
            gone += [*self.unsay(explained.pile_slot(known.errand)), *known.messages]
        return gone, left

    def said(self, slot: str) -> list[int]:
        """The bot's own messages about a letter that can still be taken out of the chat."""
        return explained.said(self._session, self.person.telegram, [slot], self.now)

    def was_said(self, slot: str) -> bool:
        """Whether there were any, also of more than two days ago."""
        return explained.was_said(self._session, self.person.telegram, slot)

    def unsay(self, slot: str) -> list[int]:
        """The same; nothing takes their place any more."""
        explained.forget(self._session, self.person.telegram, [slot])
        return self.said(slot)

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

    def _what_goes(self, errand: int) -> Pending:
        """The moment at which it goes: of an errand of theirs, of which there is no letter to keep."""
        sent = self._session.get(Errand, errand)
        waiting = rows.what_waits(self._session, None, goes(errand))
        if sent is None or sent.person_id != self.person.id or waiting is None or self.sent_together(errand):
            raise Refusal("letter.gone")
        return waiting

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
