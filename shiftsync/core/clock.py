"""Timestamps in the wire format."""

from datetime import UTC, date, datetime

from django.utils import timezone

from shiftsync.core.zones import zone_of


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and ``Z``, such as ``2025-08-24T03:15:00.123Z``."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat(timespec='milliseconds')[:23]}Z"


def local_today(timezone_name: str) -> date:
    """The present day in that IANA time zone (see :func:`zone_of` for one that is unknown)."""
    return now().astimezone(zone_of(timezone_name)).date()
