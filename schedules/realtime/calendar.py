"""The messages about periods, calendar days and shift types."""

from schedules.events import CALENDAR_TOPIC
from schedules.realtime.snapshots import after_day, after_move, whole_calendar
from schedules.serializers.closings import (
    ClosingRuleCreatePayload,
    ClosingRuleDeletedPayload,
    ClosingRuleDeletePayload,
    ClosingRuleSerializer,
    ClosingRuleUpdatePayload,
    closing_rule_fields,
)
from schedules.serializers.schedules import (
    CalendarDaySerializer,
    CalendarUpdatePayload,
    PeriodCreatedPayload,
    PeriodCreatePayload,
    PeriodDeletedPayload,
    PeriodDeletePayload,
    PeriodUpdatePayload,
    ShiftTypeCreatePayload,
    ShiftTypeDeletedPayload,
    ShiftTypeDeletePayload,
    ShiftTypeFields,
    ShiftTypeSerializer,
    ShiftTypeUpdatedPayload,
    ShiftTypeUpdatePayload,
)
from schedules.services import calendar as services
from schedules.services import closings
from schedules.services import shift_types as types
from shiftsync.core.ids import parse_id
from shiftsync.realtime.protocol.wire import Protocol, V1Form, broadcast, topic
from shiftsync.realtime.socket.router import Context, Payload, change
from shiftsync.realtime.stream.requests import Outcome

topic(CALENDAR_TOPIC)
broadcast("CALENDAR_UPDATE", CALENDAR_TOPIC, CalendarDaySerializer, is_for_editors=True, v1=V1Form(more=after_day))
AS_DAYS = V1Form(keeps=False, whole=whole_calendar)
broadcast("CLOSING_RULE_CREATE", CALENDAR_TOPIC, ClosingRuleSerializer, is_for_editors=True, v1=AS_DAYS)
broadcast("CLOSING_RULE_UPDATE", CALENDAR_TOPIC, ClosingRuleSerializer, is_for_editors=True, v1=AS_DAYS)
broadcast("CLOSING_RULE_DELETE", CALENDAR_TOPIC, ClosingRuleDeletedPayload, is_for_editors=True, v1=AS_DAYS)
broadcast("PERIOD_CREATE", CALENDAR_TOPIC, PeriodCreatedPayload)
broadcast("SHIFT_TYPE_CREATE", CALENDAR_TOPIC, ShiftTypeSerializer, is_for_editors=True)
broadcast("PERIOD_UPDATE", CALENDAR_TOPIC, PeriodCreatedPayload)
broadcast("PERIOD_DELETE", CALENDAR_TOPIC, PeriodDeletedPayload)
FOLLOWED = V1Form(more=after_move)
broadcast("SHIFT_TYPE_UPDATE", CALENDAR_TOPIC, ShiftTypeUpdatedPayload, is_for_editors=True, v1=FOLLOWED)
broadcast("SHIFT_TYPE_DELETE", CALENDAR_TOPIC, ShiftTypeDeletedPayload, is_for_editors=True, v1=FOLLOWED)

SHIFT_TYPE_FIELDS = set(ShiftTypeFields().fields)


@change("CALENDAR_UPDATE", CalendarUpdatePayload)
def calendar_update(context: Context, payload: Payload) -> Outcome:
    kind = (payload["kind"] or "") if "kind" in payload else None
    is_v1 = context.protocol is Protocol.V1
    intent = services.CalendarDayUpdate(payload["date"], kind, payload.get("note"), as_shown=is_v1)
    return services.calendar_day_update(context.change(intent, payload))


@change("CLOSING_RULE_CREATE", ClosingRuleCreatePayload)
def closing_rule_create(context: Context, payload: Payload) -> Outcome:
    intent = closings.ClosingRuleCreate(closing_rule_fields(payload), parse_id(payload.get("id")))
    return closings.closing_rule_create(context.change(intent, payload))


@change("CLOSING_RULE_UPDATE", ClosingRuleUpdatePayload)
def closing_rule_update(context: Context, payload: Payload) -> Outcome:
    intent = closings.ClosingRuleUpdate(payload["rule_id"], payload["changes"])
    return closings.closing_rule_update(context.change(intent, payload))


@change("CLOSING_RULE_DELETE", ClosingRuleDeletePayload)
def closing_rule_delete(context: Context, payload: Payload) -> Outcome:
    return closings.closing_rule_delete(context.change(closings.ClosingRuleDelete(payload["rule_id"]), payload))


@change("PERIOD_CREATE", PeriodCreatePayload)
def period_create(context: Context, payload: Payload) -> Outcome:
    intent = services.PeriodCreate(payload.get("start_date"), payload.get("end_date"), parse_id(payload.get("id")))
    return services.period_create(context.change(intent, payload))


@change("PERIOD_UPDATE", PeriodUpdatePayload)
def period_update(context: Context, payload: Payload) -> Outcome:
    intent = services.PeriodUpdate(payload["period_id"], payload.get("start_date"), payload.get("end_date"))
    return services.period_update(context.change(intent, payload))


@change("PERIOD_DELETE", PeriodDeletePayload)
def period_delete(context: Context, payload: Payload) -> Outcome:
    return services.period_delete(context.change(services.PeriodDelete(payload["period_id"]), payload))


@change("SHIFT_TYPE_CREATE", ShiftTypeCreatePayload)
def shift_type_create(context: Context, payload: Payload) -> Outcome:
    fields = {name: value for name, value in payload.items() if name in SHIFT_TYPE_FIELDS}
    intent = types.ShiftTypeCreate(fields, parse_id(payload.get("id")))
    return types.shift_type_create(context.change(intent, payload))


@change("SHIFT_TYPE_UPDATE", ShiftTypeUpdatePayload)
def shift_type_update(context: Context, payload: Payload) -> Outcome:
    intent = types.ShiftTypeUpdate(payload["shift_type_id"], payload["changes"])
    return types.shift_type_update(context.change(intent, payload))


@change("SHIFT_TYPE_DELETE", ShiftTypeDeletePayload)
def shift_type_delete(context: Context, payload: Payload) -> Outcome:
    intent = types.ShiftTypeDelete(payload["shift_type_id"], payload.get("successor"))
    return types.shift_type_delete(context.change(intent, payload))
