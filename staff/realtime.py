"""The messages about staff members, and about when they can work: version 1 clients know none of the latter."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from shiftsync.core.scopes import Area
from shiftsync.realtime.protocol.wire import KNOWN_TO_V1, broadcast, topic
from shiftsync.realtime.socket.router import Context, Payload, change, change_message
from shiftsync.realtime.socket.v1_payloads import READINGS
from shiftsync.realtime.stream.requests import Outcome
from staff import availability, services
from staff.events import TOPIC
from staff.rules import type_of_status
from staff.serializers import (
    AvailabilityCreatePayload,
    AvailabilityDeletedPayload,
    AvailabilityDeletePayload,
    AvailabilitySerializer,
    AvailabilityUpdatedPayload,
    AvailabilityUpdatePayload,
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
broadcast(
    "STAFF_CREATE", TOPIC, StaffMemberSerializer, is_for_editors=True, v1=KNOWN_TO_V1, told=_("added a staff member")
)
broadcast(
    "STAFF_UPDATE", TOPIC, StaffUpdatedPayload, is_for_editors=True, v1=KNOWN_TO_V1, told=_("changed a staff member")
)
broadcast(
    "STAFF_DELETE",
    TOPIC,
    StaffDeletedPayload,
    is_for_editors=True,
    v1=KNOWN_TO_V1,
    told=_("deactivated a staff member"),
)
broadcast(
    "STAFF_RESTORE",
    TOPIC,
    StaffMemberSerializer,
    is_for_editors=True,
    v1=KNOWN_TO_V1,
    told=_("restored a staff member"),
)
broadcast(
    "STAFF_REORDER",
    TOPIC,
    StaffReorderedPayload,
    is_for_editors=True,
    v1=KNOWN_TO_V1,
    told=_("changed the order of the people"),
)


def about(payload: Mapping[str, Any], person: str) -> Mapping[str, Any] | None:
    """The availability of that person."""
    return payload if payload.get("staffId") == person else None


broadcast(
    "AVAILABILITY_CREATE",
    TOPIC,
    AvailabilitySerializer,
    is_for_editors=True,
    own=about,
    told=_("entered when somebody can work"),
)
broadcast(
    "AVAILABILITY_UPDATE",
    TOPIC,
    AvailabilityUpdatedPayload,
    is_for_editors=True,
    own=about,
    told=_("changed when somebody can work"),
)
broadcast(
    "AVAILABILITY_DELETE",
    TOPIC,
    AvailabilityDeletedPayload,
    is_for_editors=True,
    own=about,
    told=_("withdrew when somebody can work"),
)

READINGS.add("STAFF_CREATE", read_create)
READINGS.add("STAFF_UPDATE", read_update)


def period_seen(context: Context) -> dict[str, int]:
    """The period that the author is viewing, where the payload does not say it."""
    return {"period": context.viewed}


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

change_message(
    "AVAILABILITY_CREATE",
    AvailabilityCreatePayload,
    availability.AvailabilityCreate,
    availability.availability_create,
    is_for_people=True,
)
change_message(
    "AVAILABILITY_UPDATE",
    AvailabilityUpdatePayload,
    availability.AvailabilityUpdate,
    availability.availability_update,
    is_for_people=True,
)
change_message(
    "AVAILABILITY_DELETE",
    AvailabilityDeletePayload,
    availability.AvailabilityDelete,
    availability.availability_delete,
    is_for_people=True,
)
