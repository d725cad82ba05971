"""The messages about staff members."""

from dataclasses import replace

from shiftsync.core.scopes import Area
from shiftsync.realtime.protocol.wire import broadcast, topic
from shiftsync.realtime.socket.router import Context, Payload, change, change_message
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

topic(TOPIC, Area.STAFF)
broadcast("STAFF_CREATE", TOPIC, StaffMemberSerializer, is_for_editors=True)
broadcast("STAFF_UPDATE", TOPIC, StaffUpdatedPayload, is_for_editors=True)
broadcast("STAFF_DELETE", TOPIC, StaffDeletedPayload, is_for_editors=True)
broadcast("STAFF_RESTORE", TOPIC, StaffMemberSerializer, is_for_editors=True)
broadcast("STAFF_REORDER", TOPIC, StaffReorderedPayload, is_for_editors=True)

READINGS.add("STAFF_CREATE", read_create)
READINGS.add("STAFF_UPDATE", read_update)


def period_seen(context: Context) -> dict[str, int]:
    """The period that the author is viewing, where the payload does not say it."""
    return {"period": context.period_index}


@change("STAFF_CREATE", StaffCreatePayload)
def staff_create(context: Context, payload: Payload) -> Outcome:
    """Adds a member; without a start, employed from the period that the client is viewing."""
    intent = services.StaffCreate.of({**period_seen(context), **payload})
    if context.is_v1 and not intent.fields.get("type"):
        type = type_of_status(intent.fields.get("status", ""))
        intent = replace(intent, fields={**intent.fields, "type": type})
    return services.staff_create(context.sender.change(intent, payload))


change_message("STAFF_UPDATE", StaffUpdatePayload, services.StaffUpdate, services.staff_update, implied=period_seen)
change_message("STAFF_DELETE", StaffIdPayload, services.StaffDelete, services.staff_delete)
change_message("STAFF_RESTORE", StaffIdPayload, services.StaffRestore, services.staff_restore, implied=period_seen)
change_message("STAFF_REORDER", StaffReorderPayload, services.StaffReorder, services.staff_reorder)
