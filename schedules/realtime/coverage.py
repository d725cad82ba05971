"""The messages about who covers whom; here, since only here both the grid and the assignments are known."""

from typing import Any

from schedules.selectors import evaluation
from schedules.serializers.generation import (
    BackupApplyPayload,
    CoveragePayload,
    CoverageQuery,
    ScheduleQuery,
    SuggestionsPayload,
)
from schedules.services.backups import BackupApply
from schedules.services.backups import backup_apply as apply_backups
from shiftsync.core.actor import Role
from shiftsync.realtime.socket.router import Context, Payload, change, query
from shiftsync.realtime.stream.requests import Outcome


@query("BACKUP_COVERAGE", CoverageQuery, answers="BACKUP_COVERAGE_RESPONSE", shape=CoveragePayload, needs=Role.MANAGER)
def backup_coverage(context: Context, payload: Payload) -> dict[str, Any]:
    restaurant_id = context.actor.restaurant_id
    return evaluation.coverage_report(restaurant_id, payload["schedule_id"], payload.get("from"), payload.get("to"))


@query(
    "BACKUP_SUGGESTIONS",
    ScheduleQuery,
    answers="BACKUP_SUGGESTIONS_RESPONSE",
    shape=SuggestionsPayload,
    needs=Role.MANAGER,
)
def backup_suggestions(context: Context, payload: Payload) -> dict[str, Any]:
    return evaluation.backup_suggestions(context.actor.restaurant_id, payload["schedule_id"])


@change("BACKUP_APPLY", BackupApplyPayload)
def backup_apply(context: Context, payload: Payload) -> Outcome:
    days = payload.get("date_keys")
    intent = BackupApply(payload["schedule_id"], None if days is None else tuple(days))
    return apply_backups(context.change(intent, payload))
