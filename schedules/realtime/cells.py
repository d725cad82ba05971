"""The messages that edit cells, lock them, and take edits back."""

from django.utils.translation import gettext_lazy as _

from schedules.events.cells import SHIFTS_TOPIC
from schedules.publications.shown import stored_value, sync_shifts
from schedules.realtime.snapshots import whole_schedule
from schedules.rules.v1_cells import read_cell, read_cells
from schedules.selectors.schedules import PlannedPeriod, find_period
from schedules.serializers.cells import (
    WRITTEN_DAY_LENGTH,
    CellBroadcast,
    CellsBroadcast,
    CellsPayload,
    LockedCellsBroadcast,
    ShiftBulkUpdatePayload,
    ShiftUpdatePayload,
    StepPayload,
)
from schedules.services import cells as services
from schedules.services.locks import CellsLock, CellsUnlock, cells_lock, cells_unlock
from schedules.services.undo import Redo, Undo, redo, undo
from shiftsync.core.clock import iso, now
from shiftsync.core.errors import DomainError, ValidationFailed
from shiftsync.core.scopes import Area
from shiftsync.core.text import counted
from shiftsync.realtime.protocol.wire import KNOWN_TO_V1, V1Form, broadcast, topic
from shiftsync.realtime.socket.router import Context, Payload, Reply, change_message, lane_change
from shiftsync.realtime.socket.v1_payloads import READINGS
from shiftsync.realtime.stream.requests import Outcome

topic(SHIFTS_TOPIC, Area.SCHEDULE, narrowed_by="schedule_ids")
broadcast("SHIFT_BROADCAST", SHIFTS_TOPIC, CellBroadcast, is_for_editors=True, v1=KNOWN_TO_V1, told=_("changed a cell"))
broadcast(
    "SHIFT_BULK_BROADCAST",
    SHIFTS_TOPIC,
    CellsBroadcast,
    is_for_editors=True,
    v1=V1Form(keeps=False, whole=whole_schedule),
    told=_("changed cells"),
)
broadcast("SHIFT_LOCK", SHIFTS_TOPIC, LockedCellsBroadcast, is_for_editors=True, v1=KNOWN_TO_V1, told=_("locked cells"))
broadcast(
    "SHIFT_UNLOCK", SHIFTS_TOPIC, LockedCellsBroadcast, is_for_editors=True, v1=KNOWN_TO_V1, told=_("unlocked cells")
)

READINGS.add("SHIFT_UPDATE", read_cell)
READINGS.add("SHIFT_BULK_UPDATE", read_cells)

ID_LENGTH = 36


def _period_asked(context: Context) -> PlannedPeriod | None:
    asked = context.envelope.payload
    index = asked.get("periodIndex", context.viewed)
    return find_period(context.actor.restaurant_id, asked.get("scheduleId"), index if isinstance(index, int) else None)


def stored_cell(context: Context, error: DomainError) -> list[Reply]:
    """What the cell really holds, for a version 1 client that shows its refused edit already; nothing where it named no cell."""
    asked = context.envelope.payload
    period = _period_asked(context)
    schedule_id = asked.get("scheduleId") or (str(period.schedule_id) if period else None)
    day = (asked.get("dateKey"), WRITTEN_DAY_LENGTH)
    names = ((asked.get("staffId"), ID_LENGTH), (schedule_id, ID_LENGTH), day)
    if not all(isinstance(name, str) and 0 < len(name) <= longest for name, longest in names):
        return []  # such a client would file it under a person "null"
    value = ""
    if period is not None and period.schedule_id is not None:
        value = stored_value(context.actor, period.schedule_id, asked.get("staffId"), asked.get("dateKey"))
    cell = {
        "staffId": asked.get("staffId"),
        "dateKey": asked.get("dateKey"),
        "shiftValue": value,
        "scheduleId": schedule_id,
        "periodIndex": period.index if period else context.viewed,
        "timestamp": iso(now()),
    }
    return [Reply("SHIFT_BROADCAST", cell)]


def stored_schedule(context: Context, error: DomainError) -> list[Reply]:
    """The whole schedule as it is, for a version 1 client whose bulk edit was refused."""
    period = _period_asked(context)
    named = context.envelope.payload.get("scheduleId")
    schedule = sync_shifts(
        context.actor,
        period.schedule_id if period else named if isinstance(named, str) else None,
        period.index if period else context.viewed,
        is_dense=True,
    )
    return [Reply("SHIFT_SYNC_RESPONSE", {**schedule, "broadcast": True})]


def skipped_cells(context: Context, payload: Payload, outcome: Outcome) -> list[Reply]:
    """Tells a version 1 client which cells of its bulk edit could not be applied."""
    skipped = outcome.result.get("skipped")
    if not skipped or not context.is_v1:
        return []
    error = ValidationFailed(
        f"{counted(outcome.result['skippedCount'], 'cell was', 'cells were')} left out.", {"scheduleData": skipped}
    )
    return [Reply("ERROR", error.as_payload())]


lane_change("SHIFT_UPDATE", ShiftUpdatePayload, services.CellEdit, services.CELL_EDITS, correct=stored_cell)
change_message(
    "SHIFT_BULK_UPDATE",
    ShiftBulkUpdatePayload,
    services.CellsEdit,
    services.cells_edit,
    implied=lambda context: {"skips_invalid": context.is_v1},
    replies=skipped_cells,
    correct=stored_schedule,
)
change_message("SHIFT_LOCK", CellsPayload, CellsLock, cells_lock)
change_message("SHIFT_UNLOCK", CellsPayload, CellsUnlock, cells_unlock)
change_message("UNDO", StepPayload, Undo, undo)
change_message("REDO", StepPayload, Redo, redo)
