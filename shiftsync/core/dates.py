"""The days that a calendar of ours may speak of. Beyond them lie typing errors, and what the libraries and databases cannot count with."""

from datetime import date

from shiftsync.core.errors import ValidationFailed

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)
OFF_CALENDAR = f"Must be a day from {FIRST_DAY} to {LAST_DAY}."


def is_on_calendar(day: date) -> bool:
    """Whether ``day`` is one that may be planned, closed or named by a rule."""
    return FIRST_DAY <= day <= LAST_DAY


def require_on_calendar(field: str, *days: date | None) -> None:
    """Raises :class:`ValidationFailed` at ``field`` for a day beyond the calendar; None is no day."""
    if any(day is not None and not is_on_calendar(day) for day in days):
        raise ValidationFailed.of(field, OFF_CALENDAR)
