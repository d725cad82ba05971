"""The range of supported dates. Beyond it are typing errors and dates that libraries and databases cannot handle."""

from datetime import date

from shiftsync.core.errors import ValidationFailed

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)
OFF_CALENDAR = f"Must be a day from {FIRST_DAY} to {LAST_DAY}."


def is_on_calendar(day: date) -> bool:
    """Whether ``day`` is within the supported range."""
    return FIRST_DAY <= day <= LAST_DAY


def require_on_calendar(field: str, *days: date | None) -> None:
    """Raises :class:`ValidationFailed` at ``field`` for a day out of range; None is allowed."""
    if any(day is not None and not is_on_calendar(day) for day in days):
        raise ValidationFailed.of(field, OFF_CALENDAR)
