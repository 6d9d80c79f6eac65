"""Asks the real services how they are: one line each, and what mends it. It changes nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.clock import Clock
from bot.settings import Settings, value_of
from bot.store import schema
from bot.store.store import Store, StoreFault, key_from
from bot.store.tables import Correction, Errand, Meta, Outgoing, Pending
from bot.telegram import ApiFault, Line

TICK_LATE = timedelta(minutes=5)
OLD = timedelta(minutes=10)
MOST_CORRECTED = 10
CLOCK_OFF = timedelta(seconds=30)
"""A clock that is off by more makes reminders come early or late, and presses look old."""
LISTING = timedelta(seconds=10)
"""How long Tesseract may take to name its languages."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was found, and for what is wrong the step that mends it."""

    what: str
    found: str
    mend: str = ""

    @property
    def well(self) -> bool:
        return not self.mend

    def __str__(self) -> str:
        return f"{'ok' if self.well else '!!'} {self.what}: {self.found}" + (
            f" → {self.mend}" if self.mend else ""
        )


async def examine(settings: Settings, clock: Clock) -> list[Finding]:
    """Everything, Telegram first. Raises nothing that a service may do wrong."""
    return [*(await telegram(settings, clock)), *database(settings, clock), letters()]


async def telegram(settings: Settings, clock: Clock) -> list[Finding]:
    if settings.token is None:
        return [Finding("token", "SAMENBOT_TOKEN is not set", "BotFather gives one")]
    line = Line(value_of(settings.token), settings.api_url)
    try:
        _, username = await line.open()
        found = [Finding("token", f"@{username} at {settings.api_url}")]
        found += same_time(line.their_time, clock.now())
        hears_all = bool(line.bot.bot.can_read_all_group_messages)
        if hears_all:
            found.append(
                Finding("group privacy", "off: the bot is sent everything", "BotFather /setprivacy → Enable")
            )
        else:
            found.append(Finding("group privacy", "on: commands and replies only"))
        joins = bool(line.bot.bot.can_join_groups)
        mend = "" if joins else "BotFather /setjoingroups → Enable"
        found.append(Finding("joining groups", "allowed" if joins else "not allowed", mend))
    except ApiFault as fault:
        return [Finding("token", str(fault), "check SAMENBOT_TOKEN, SAMENBOT_API_URL and the network")]
    finally:
        await line.close()
    return found


def same_time(theirs: datetime | None, ours: datetime) -> Iterator[Finding]:
    """Whether this machine's clock goes as Telegram's. Both aware."""
    if theirs is None:
        return
    off = abs(ours - theirs)
    if off > CLOCK_OFF:
        yield Finding("clock", f"{int(off.total_seconds())} s off", "let the machine set its clock (NTP)")
    else:
        yield Finding("clock", "as Telegram's")


def letters() -> Finding:
    """Whether photos of letters can be read."""
    if lacks := tesseract_lacks():
        return Finding("letters", lacks, "apt-get install tesseract-ocr tesseract-ocr-nld")
    return Finding("letters", "Tesseract is there and knows Dutch")


def tesseract_lacks() -> str:
    """What keeps Tesseract from reading Dutch; empty where nothing does."""
    try:
        told = subprocess.run(
            ["tesseract", "--list-langs"],  # noqa: S607  # by PATH, as the reader finds it
            env={"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"},  # as the reader has it
            capture_output=True,
            text=True,
            timeout=LISTING.total_seconds(),
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as fault:
        return "no tesseract" if isinstance(fault, FileNotFoundError) else "tesseract does not run"
    return "" if "nld" in told.stdout.split() else "tesseract knows no Dutch"


def database(settings: Settings, clock: Clock) -> list[Finding]:
    """Shape, key, and what waits in it."""
    try:
        shape = schema.shape_of(schema.address(settings.database_url), make=False)
    except StoreFault as fault:
        return [Finding("database", str(fault), "see SAMENBOT_DATABASE and SAMENBOT_DATA_DIR")]
    if shape is None:
        return [Finding("database", "there is none yet", "samenbot run makes it")]
    if shape != schema.HEAD:
        return [
            Finding(
                "database",
                f"shape {shape}, newest is {schema.HEAD}",
                "samenbot run (--upgrade on PostgreSQL)",
            )
        ]
    try:
        # A key is only ever made beside a new database, and this one was begun: nothing is written here.
        key = key_from(value_of(settings.key), settings.key_file, begun=True)
        store = Store(settings.database_url, key)
    except StoreFault as fault:
        return [Finding("key", str(fault), "put the key back that this database was begun with")]
    try:
        store.check_key()
        with store.begin() as session:
            return [
                Finding("database", f"shape {shape}"),
                Finding("key", "opens it"),
                *rows(session, clock.now()),
            ]
    except StoreFault as fault:
        return [Finding("key", str(fault), "put the key back that this database was begun with")]
    finally:
        store.close()


def rows(session: Session, now: datetime) -> Iterator[Finding]:
    """What waits, what was set aside, what is uncertain, and when the bot last ticked."""
    tick = session.get(Meta, "last_tick")
    since = now - datetime.fromisoformat(tick.value) if tick else None
    if since is None:
        yield Finding("last tick", "never", "samenbot run")
    else:
        late = since > TICK_LATE
        yield Finding("last tick", f"{ago(since)} ago", "is the bot running? samenbot run" if late else "")
    yield waiting(
        "unanswered",
        session.exec(select(func.min(Pending.due)).where(Pending.state == "waiting")).one(),
        now,
        "is the bot running? look at its log",
    )
    yield waiting(
        "unsent",
        session.exec(select(func.min(Outgoing.created)).where(Outgoing.state == "waiting")).one(),
        now,
        "can the machine reach Telegram?",
    )
    for what, table in (("messages in", Pending), ("messages out", Outgoing), ("letters", Errand)):
        aside = session.exec(select(func.count()).where(col(table.state) == "aside")).one()
        mend = "look for their ids in the log; nobody waits for them any more" if aside else ""
        yield Finding(f"{what} set aside", str(aside), mend)
    unknown = session.exec(select(func.count()).where(col(Outgoing.state) == "unknown")).one()
    yield Finding("messages out with unknown outcome", f"{unknown} (sent twice at most, perhaps received)")
    yield from corrected(session)


def corrected(session: Session) -> Iterator[Finding]:
    """Which kinds of letters are taken for which, as their owners said: for whoever keeps content."""
    most = (
        select(Correction).order_by(col(Correction.times).desc(), col(Correction.taken)).limit(MOST_CORRECTED)
    )
    for one in session.exec(most):
        yield Finding("letters put right", f"{one.taken} was {one.meant}: {one.times} times")


def waiting(what: str, oldest: datetime | None, now: datetime, mend: str) -> Finding:
    """How old the oldest waiting row is; rows that are due later are not old."""
    since = now - aware(oldest) if oldest else timedelta(0)
    return Finding(what, f"oldest since {ago(since)}", mend) if since > OLD else Finding(what, "nothing old")


def aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def ago(time: timedelta) -> str:
    minutes = max(0, int(time.total_seconds() // 60))
    return (
        f"{minutes} min"
        if minutes < 120
        else f"{minutes // 60} h"
        if minutes < 2880
        else f"{minutes // 1440} days"
    )
