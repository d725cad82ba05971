"""Moments as the wire spells them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and ``Z``, such as ``2025-08-24T03:15:00.123Z``."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat(timespec='milliseconds')[:23]}Z"


def local_today(timezone_name: str) -> date:
    """The present day in that IANA time zone."""
    return now().astimezone(ZoneInfo(timezone_name)).date()
