"""A person's shifts as iCalendar (RFC 5545)."""

from datetime import timedelta

from icalendar import Calendar, Event

from schedules.publications.feeds import Feed, WorkingDay
from shiftsync.core.text import without_unfit

REFRESH = timedelta(hours=1)
"""How often a calendar should ask again."""


def ical_bytes(feed: Feed) -> bytes:
    """The calendar, one event for each shift. A shift that is no more is told by its absence."""
    calendar = Calendar()
    calendar.add("prodid", "-//ShiftSync//ShiftSync//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", without_unfit(feed.name))
    calendar.add("x-wr-calname", without_unfit(feed.name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for day in feed.days:
        calendar.add_component(_event(day))
    content: bytes = calendar.to_ical()
    return content


def _event(day: WorkingDay) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", day.published_at)
    event.add("last-modified", day.published_at)
    event.add("sequence", day.sequence)
    event.add("dtstart", day.start)
    event.add("dtend", day.end)
    event.add("summary", without_unfit(day.label))
    return event
