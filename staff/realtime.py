"""The messages about staff members."""

from shiftsync.core.ids import parse_id
from shiftsync.realtime.protocol.wire import Protocol, broadcast, topic
from shiftsync.realtime.socket.router import Context, Payload, change
from shiftsync.realtime.socket.v1_payloads import READINGS
from shiftsync.realtime.stream.requests import Outcome
from staff import services
from staff.events import TOPIC
from staff.rules import type_of_status
from staff.serializers import (
    StaffCreatePayload,
    StaffDeletedPayload,
    StaffIdPayload,
    StaffMemberSerializer,
    StaffReorderedPayload,
    StaffReorderPayload,
    StaffUpdatedPayload,
    StaffUpdatePayload,
)
from staff.v1 import read_create, read_update

topic(TOPIC)
broadcast("STAFF_CREATE", TOPIC, StaffMemberSerializer, is_for_editors=True)
broadcast("STAFF_UPDATE", TOPIC, StaffUpdatedPayload, is_for_editors=True)
broadcast("STAFF_DELETE", TOPIC, StaffDeletedPayload, is_for_editors=True)
broadcast("STAFF_RESTORE", TOPIC, StaffMemberSerializer, is_for_editors=True)
broadcast("STAFF_REORDER", TOPIC, StaffReorderedPayload, is_for_editors=True)

READINGS.add("STAFF_CREATE", read_create)
READINGS.add("STAFF_UPDATE", read_update)

NOT_FIELDS = {"id", "period", "base_version", "strategy", "reason"}


@change("STAFF_CREATE", StaffCreatePayload)
def staff_create(context: Context, payload: Payload) -> Outcome:
    fields = {name: value for name, value in payload.items() if name not in NOT_FIELDS}
    if context.protocol is Protocol.V1 and not fields.get("type"):
        fields["type"] = type_of_status(fields.get("status", ""))
    intent = services.StaffCreate(fields, parse_id(payload.get("id")), _period(context, payload))
    return services.staff_create(context.change(intent, payload))


@change("STAFF_UPDATE", StaffUpdatePayload)
def staff_update(context: Context, payload: Payload) -> Outcome:
    intent = services.StaffUpdate(
        payload["staff_id"], payload["changes"], _period(context, payload), payload.get("valid_from")
    )
    return services.staff_update(context.change(intent, payload))


@change("STAFF_DELETE", StaffIdPayload)
def staff_delete(context: Context, payload: Payload) -> Outcome:
    return services.staff_delete(
        context.change(services.StaffDelete(payload["staff_id"], payload.get("from_day")), payload)
    )


@change("STAFF_RESTORE", StaffIdPayload)
def staff_restore(context: Context, payload: Payload) -> Outcome:
    intent = services.StaffRestore(payload["staff_id"], _period(context, payload), payload.get("from_day"))
    return services.staff_restore(context.change(intent, payload))


@change("STAFF_REORDER", StaffReorderPayload)
def staff_reorder(context: Context, payload: Payload) -> Outcome:
    return services.staff_reorder(context.change(services.StaffReorder(payload["staff_ids"]), payload))


def _period(context: Context, payload: Payload) -> int:
    period: int = payload.get("period", context.period_index)
    return period
