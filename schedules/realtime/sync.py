"""Whole states: the staff of a period, the calendar, a schedule."""

from dataclasses import dataclass
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
from shiftsync.core.payloads import FromPayload
from shiftsync.core.scopes import Area
from shiftsync.realtime.protocol.payloads import Nothing
from shiftsync.realtime.socket.router import Context, Payload, query
from staff.selectors import availability_open_to, availability_payloads


@dataclass(frozen=True, slots=True)
class StaffQuestion(FromPayload):
    """The period whose staff is asked for: the one that the client is viewing, unless it names another."""

    period: int


@dataclass(frozen=True, slots=True)
class ShiftsQuestion(FromPayload):
    """The schedule that is asked for, by its id or by its period."""

    period_index: int
    schedule_id: str | None = None


@query("SYNC_REQUEST", PeriodQuery, answers="SYNC_RESPONSE", shape=StaffSyncPayload, area=Area.STAFF)
def sync_staff(context: Context, payload: Payload) -> dict[str, Any]:
    """The staff of one period."""
    staff = shown.sync_staff(context.actor, StaffQuestion.of({"period": context.viewed, **payload}).period)
    return {**staff, **_availability_beside(context)}


@query(
    "SYNC_ALL_PERIODS_REQUEST",
    Nothing,
    answers="SYNC_ALL_PERIODS_RESPONSE",
    shape=AllPeriodsPayload,
    traits=traits_of_question,
    area=Area.STAFF,
)
def sync_all_periods(context: Context, payload: Payload) -> dict[str, Any]:
    """The staff of every period."""
    return {**shown.sync_all_periods(context.actor, has_others=not context.is_v1), **_availability_beside(context)}


def _availability_beside(context: Context) -> dict[str, Any]:
    """When people can work, as far as the reader may know; left out where there is nothing, and for version 1 clients, who do not know of
    it."""
    rows = [] if context.is_v1 else availability_payloads(availability_open_to(context.actor))
    return {"availability": rows} if rows else {}


@query("CALENDAR_SYNC_REQUEST", Nothing, answers="CALENDAR_SYNC_RESPONSE", shape=CalendarPayload)
def sync_calendar(context: Context, payload: Payload) -> dict[str, Any]:
    """Periods, special days, shift types and the restaurant."""
    return shown.sync_calendar(context.actor, is_flat=context.is_v1)


def is_for_editors(context: Context) -> bool:
    """Editors all get what is planned; of a viewer it is noted which publication they have seen."""
    return not shown.only_looks(context.actor)


@query(
    "SHIFT_SYNC_REQUEST",
    ShiftSyncRequest,
    answers="SHIFT_SYNC_RESPONSE",
    shape=ShiftSyncPayload,
    narrows="scheduleId",
    is_shared=is_for_editors,
)
def sync_shifts(context: Context, payload: Payload) -> dict[str, Any]:
    """One schedule: cells, locks, state. Version 1 clients get blank cells too."""
    asked = ShiftsQuestion.of({"period_index": context.viewed, **payload})
    return shown.sync_shifts(context.actor, asked.schedule_id, asked.period_index, is_dense=context.is_v1)
