"""A person's shifts as iCalendar (RFC 5545)."""

from collections.abc import Iterable

from icalendar import Calendar, Event

from schedules.feeds import WorkingDay
from shiftsync.core.text import without_unfit


def ical_bytes(name: str, days: Iterable[WorkingDay]) -> bytes:
    """A calendar of that name, one event for each shift."""
    calendar = Calendar()
    calendar.add("prodid", "-//ShiftSync//ShiftSync//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", without_unfit(name))
    for day in days:
        calendar.add_component(_event(day))
    content: bytes = calendar.to_ical()
    return content


def _event(day: WorkingDay) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.published_at)
    event.add("dtstart", day.start)
    event.add("dtend", day.end)
    event.add("summary", without_unfit(day.label))
    return event
