"""Appointments as calendar files (RFC 5545)."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar, Event


def calendar_file(*, uid: str, title: str, start: datetime, minutes: int, now: datetime) -> bytes:
    """One event; ``start`` and ``now`` are aware. The same ``uid`` again replaces it in a calendar."""
    event = Event()
    event.add("uid", f"{uid}@samenbot")
    event.add("summary", title)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=minutes))
    event.add("dtstamp", now)
    event.add("sequence", int(now.timestamp()) // 60)
    calendar = Calendar()
    calendar.add("prodid", "-//Samenbot//samenbot//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content
