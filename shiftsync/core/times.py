"""Times of the day on the wire: to the minute, as everything that reads them counts."""

import re
from datetime import time
from typing import Any

from rest_framework import serializers

NOT_A_TIME = "Must be a time from 00:00 to 23:59 (HH:MM)."
TO_THE_MINUTE = "Must be a time to the minute (HH:MM), without seconds."
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?")


class TimeOfDayField(serializers.TimeField):
    """``HH:MM``; seconds only where they are none (``17:00:00``).

    The library's own field reads ``9:5`` as 09:05 and ``17:00+02:00`` as 17:00, and keeps seconds, which nothing here shows.
    """

    default_error_messages = {"invalid": NOT_A_TIME, "seconds": TO_THE_MINUTE}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%H:%M", **kwargs)

    def to_internal_value(self, value: Any) -> time:
        """The time; one that a form has read already is judged alike."""
        found = value if isinstance(value, time) else self._read(value)
        if found.second or found.microsecond:
            self.fail("seconds")
        return found

    def _read(self, value: Any) -> time:
        parts = _TIME.fullmatch(value) if isinstance(value, str) else None
        if parts is None:
            self.fail("invalid")
        hour, minute, second, fraction = (int(part or 0) for part in parts.groups())
        try:
            return time(hour, minute, second, microsecond=1 if fraction else 0)
        except ValueError:
            self.fail("invalid")
