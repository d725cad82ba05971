"""What keeps its meaning when the facts about somebody change: the days that are over."""

from datetime import date
from uuid import UUID

from schedules.models import Shift
from staff.terms import remembers_past


@remembers_past
def has_entries_before(staff_id: UUID, day: date) -> bool:
    """Whether something was entered for that person on a day before ``day``."""
    return Shift.objects.filter(staff_id=staff_id, date__lt=day).exclude(value="").exists()
