"""Which cells cover which group: reading the records of called backups."""

from uuid import UUID

from schedules.models import Cover
from schedules.rules.cells import ScheduleData
from settings_app.selectors.rows import rows_in_use
from settings_app.tables import STAFF_GROUPS


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
