"""The messages about periods, calendar days and shift types."""

from schedules.events import CALENDAR_TOPIC
from schedules.serializers import (
    CalendarDaySerializer,
    CalendarUpdatePayload,
    PeriodCreatedPayload,
    PeriodCreatePayload,
    ShiftTypeCreatePayload,
    ShiftTypeDeletedPayload,
    ShiftTypeDeletePayload,
    ShiftTypeSerializer,
    ShiftTypeUpdatePayload,
)
from schedules.services import calendar as services
from shiftsync.core.ids import parse_id
from shiftsync.realtime.requests import Outcome
from shiftsync.realtime.router import Context, Payload, change
from shiftsync.realtime.wire import broadcast, topic

topic(CALENDAR_TOPIC)
broadcast("CALENDAR_UPDATE", CALENDAR_TOPIC, CalendarDaySerializer)
broadcast("PERIOD_CREATE", CALENDAR_TOPIC, PeriodCreatedPayload)
broadcast("SHIFT_TYPE_CREATE", CALENDAR_TOPIC, ShiftTypeSerializer)
broadcast("SHIFT_TYPE_UPDATE", CALENDAR_TOPIC, ShiftTypeSerializer)
broadcast("SHIFT_TYPE_DELETE", CALENDAR_TOPIC, ShiftTypeDeletedPayload)

SHIFT_TYPE_FIELDS = {"symbol", "kind", "label_ja", "label_en", "color", "start_time", "end_time", "off_equivalent"}


@change("CALENDAR_UPDATE", CalendarUpdatePayload)
def calendar_update(context: Context, payload: Payload) -> Outcome:
    kind = (payload["kind"] or "") if "kind" in payload else None
    intent = services.CalendarDayUpdate(payload["date"], kind, payload.get("note"))
    return services.calendar_day_update(context.change(intent, payload))


@change("PERIOD_CREATE", PeriodCreatePayload)
def period_create(context: Context, payload: Payload) -> Outcome:
    intent = services.PeriodCreate(payload.get("start_date"), payload.get("end_date"), parse_id(payload.get("id")))
    return services.period_create(context.change(intent, payload))


@change("SHIFT_TYPE_CREATE", ShiftTypeCreatePayload)
def shift_type_create(context: Context, payload: Payload) -> Outcome:
    fields = {name: value for name, value in payload.items() if name in SHIFT_TYPE_FIELDS}
    intent = services.ShiftTypeCreate(fields, parse_id(payload.get("id")))
    return services.shift_type_create(context.change(intent, payload))


@change("SHIFT_TYPE_UPDATE", ShiftTypeUpdatePayload)
def shift_type_update(context: Context, payload: Payload) -> Outcome:
    intent = services.ShiftTypeUpdate(payload["shift_type_id"], payload["changes"])
    return services.shift_type_update(context.change(intent, payload))


@change("SHIFT_TYPE_DELETE", ShiftTypeDeletePayload)
def shift_type_delete(context: Context, payload: Payload) -> Outcome:
    return services.shift_type_delete(context.change(services.ShiftTypeDelete(payload["shift_type_id"]), payload))
