"""What keeps its meaning when the facts about somebody change: the days that are over."""

from datetime import date
from uuid import UUID

from schedules.models import Schedule, Shift
from staff.terms import remembers_past


@remembers_past
def has_past_before(staff_id: UUID, day: date) -> bool:
    """Whether that person was planned for a day before ``day``: something was entered for them, or they were on a month that was published,
    where a blank says something as well."""
    if Shift.objects.filter(staff_id=staff_id, date__lt=day).exclude(value="").exists():
        return True
    begun = Schedule.objects.filter(restaurant__staff=staff_id, period__start_date__lt=day).exclude(publication=None)
    months = begun.order_by("-period__start_date").values_list("publication__document__people", flat=True)
    return any(person["id"] == str(staff_id) for people in months.iterator() for person in people)
