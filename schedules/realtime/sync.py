"""Whole states: the staff of a period, the calendar, a schedule."""

from typing import Any

from schedules.publications import shown
from schedules.realtime.all_periods import traits_of_question
from schedules.serializers.calendar import CalendarPayload
from schedules.serializers.schedules import (
    AllPeriodsPayload,
    PeriodQuery,
    ShiftSyncPayload,
    ShiftSyncRequest,
    StaffSyncPayload,
)
from shiftsync.realtime.protocol.payloads import Nothing
from shiftsync.realtime.socket.router import Context, Payload, query


@query("SYNC_REQUEST", PeriodQuery, answers="SYNC_RESPONSE", shape=StaffSyncPayload)
def sync_staff(context: Context, payload: Payload) -> dict[str, Any]:
    return shown.sync_staff(context.actor, payload.get("period", context.period_index))


@query(
    "SYNC_ALL_PERIODS_REQUEST",
    Nothing,
    answers="SYNC_ALL_PERIODS_RESPONSE",
    shape=AllPeriodsPayload,
    traits=traits_of_question,
)
def sync_all_periods(context: Context, payload: Payload) -> dict[str, Any]:
    return shown.sync_all_periods(context.actor)


@query("CALENDAR_SYNC_REQUEST", Nothing, answers="CALENDAR_SYNC_RESPONSE", shape=CalendarPayload)
def sync_calendar(context: Context, payload: Payload) -> dict[str, Any]:
    return shown.sync_calendar(context.actor, is_flat=context.is_v1)


def is_for_editors(context: Context) -> bool:
    """Editors all get what is planned; of a viewer it is noted which publication they have seen."""
    return not shown.only_looks(context.actor)


@query(
    "SHIFT_SYNC_REQUEST",
    ShiftSyncRequest,
    answers="SHIFT_SYNC_RESPONSE",
    shape=ShiftSyncPayload,
    narrows=True,
    is_shared=is_for_editors,
)
def sync_shifts(context: Context, payload: Payload) -> dict[str, Any]:
    index = payload.get("period_index", context.period_index)
    is_dense = context.is_v1
    return shown.sync_shifts(context.actor, payload.get("schedule_id"), index, is_dense=is_dense)
