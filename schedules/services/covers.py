"""Writing the records of called backups: which cells cover which group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.models import Cover


@dataclass(frozen=True, slots=True)
class CalledBackup:
    """Who is called on which day, with which shift, for which group; None: for none any more."""

    staff_id: UUID
    day: date
    value: str
    group_id: UUID | None


def note_covers(restaurant_id: UUID, schedule_id: UUID, called: Iterable[CalledBackup]) -> None:
    """Records those backups in the caller's transaction, and forgets what stood for the other cells."""
    noted = list(called)
    gone = [each for each in noted if each.group_id is None]
    if gone:
        old = Cover.objects.filter(schedule_id=schedule_id, staff_id__in={each.staff_id for each in gone})
        cells = {(each.staff_id, each.day) for each in gone}
        ids = [pk for pk, *cell in old.values_list("id", "staff_id", "date") if tuple(cell) in cells]
        Cover.objects.filter(id__in=ids).delete()
    rows = [
        Cover(
            restaurant_id=restaurant_id,
            schedule_id=schedule_id,
            staff_id=each.staff_id,
            date=each.day,
            group_id=each.group_id,
            value=each.value,
        )
        for each in noted
        if each.group_id is not None
    ]
    Cover.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["schedule", "staff", "date"],
        update_fields=["group_id", "value"],
    )


def rename_covers(restaurant_id: UUID, old: str, new: str) -> None:
    """The backups that were called with the shift ``old`` were called with ``new``: the cells hold that now."""
    Cover.objects.filter(restaurant_id=restaurant_id, value=old).update(value=new)
