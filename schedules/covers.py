"""Which cells cover which group: reading and writing the records of called backups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.models import Cover
from schedules.rules.cells import ScheduleData
from settings_app.selectors.rows import rows_in_use
from settings_app.tables import STAFF_GROUPS


@dataclass(frozen=True, slots=True)
class CalledBackup:
    """Who is called on which day, with which shift, for which group; None: for none any more."""

    staff_id: UUID
    day: date
    value: str
    group_id: UUID | None


def covering_in(schedule_id: UUID, data: ScheduleData) -> list[dict[str, str]]:
    """The records that the grid bears out, as the wire has them.

    A record names a group of the settings' version that was in use then; it is told as the group of the same lineage in the one that
    is in use now, so that a copy of a version changes nothing.
    """
    rows = [
        row
        for row in Cover.objects.filter(schedule_id=schedule_id).order_by("date", "staff_id")
        if data.get(str(row.staff_id), {}).get(str(row.date), "") == row.value
    ]
    today = rows_in_use(STAFF_GROUPS, rows[0].restaurant_id, {row.group_id for row in rows}) if rows else {}
    return [
        {"staffId": str(row.staff_id), "dateKey": str(row.date), "groupId": str(today.get(row.group_id, row.group_id))}
        for row in rows
    ]


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
