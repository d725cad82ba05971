"""The messages about who covers whom; here, since only here both the grid and the assignments are known."""

from typing import Any

from schedules.realtime.questions import DaysOfSchedule, about_schedule
from schedules.selectors import evaluation
from schedules.serializers.generation import (
    BackupApplyPayload,
    CoveragePayload,
    CoverageQuery,
    ScheduleQuery,
    SuggestionsPayload,
)
from schedules.services.backups import BackupApply, backup_apply
from shiftsync.core.actor import Role
from shiftsync.realtime.socket.router import Context, Payload, change_message, query


@query("BACKUP_COVERAGE", CoverageQuery, answers="BACKUP_COVERAGE_RESPONSE", shape=CoveragePayload, needs=Role.MANAGER)
def backup_coverage(context: Context, payload: Payload) -> dict[str, Any]:
    """Who covers whom on the days that are asked for."""
    restaurant_id = context.actor.restaurant_id
    asked = DaysOfSchedule.of(payload)
    return evaluation.coverage_report(restaurant_id, asked.schedule_id, asked.first, asked.last)


query(
    "BACKUP_SUGGESTIONS",
    ScheduleQuery,
    answers="BACKUP_SUGGESTIONS_RESPONSE",
    shape=SuggestionsPayload,
    needs=Role.MANAGER,
)(about_schedule(evaluation.backup_suggestions))

change_message("BACKUP_APPLY", BackupApplyPayload, BackupApply, backup_apply)
