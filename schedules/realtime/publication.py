"""The messages that publish a schedule, take it back or show it again, and that tell of publications."""

from typing import Any

from schedules.events import SHIFTS_TOPIC
from schedules.publications import kept, shown
from schedules.realtime.snapshots import published_schedule, published_staff_too
from schedules.serializers.generation import ScheduleQuery
from schedules.serializers.schedules import (
    PublicationPayload,
    PublicationPreviewPayload,
    PublicationsPayload,
    PublishedMonth,
    RestorePublicationPayload,
    SchedulePayload,
)
from schedules.services import publishing as services
from shiftsync.core.actor import Role
from shiftsync.realtime.protocol.wire import V1Form, broadcast
from shiftsync.realtime.socket.router import Context, Payload, change, query
from shiftsync.realtime.stream.requests import Outcome

ANEW = V1Form(whole=published_schedule, more=published_staff_too)
broadcast("SCHEDULE_PUBLISH", SHIFTS_TOPIC, PublicationPayload, v1=ANEW)
broadcast("SCHEDULE_UNPUBLISH", SHIFTS_TOPIC, PublicationPayload, v1=ANEW)


@change("SCHEDULE_PUBLISH", SchedulePayload)
def schedule_publish(context: Context, payload: Payload) -> Outcome:
    intent = services.SchedulePublish(payload["schedule_id"])
    return services.schedule_publish(context.change(intent, payload))


@change("SCHEDULE_UNPUBLISH", SchedulePayload)
def schedule_unpublish(context: Context, payload: Payload) -> Outcome:
    intent = services.ScheduleUnpublish(payload["schedule_id"])
    return services.schedule_unpublish(context.change(intent, payload))


@change("SCHEDULE_RESTORE_PUBLICATION", RestorePublicationPayload)
def schedule_restore_publication(context: Context, payload: Payload) -> Outcome:
    intent = services.SchedulePublicationRestore(payload["schedule_id"], payload.get("number"))
    return services.schedule_restore_publication(context.change(intent, payload))


@query("PUBLICATION_REQUEST", ScheduleQuery, answers="PUBLICATION", shape=PublishedMonth)
def publication(context: Context, payload: Payload) -> dict[str, Any]:
    return shown.publication_payload(context.actor, payload["schedule_id"])


@query(
    "PUBLICATION_PREVIEW_REQUEST",
    ScheduleQuery,
    answers="PUBLICATION_PREVIEW",
    shape=PublicationPreviewPayload,
    needs=Role.MANAGER,
)
def publication_preview(context: Context, payload: Payload) -> dict[str, Any]:
    return kept.publication_preview(context.actor.restaurant_id, payload["schedule_id"])


@query(
    "PUBLICATIONS_REQUEST",
    ScheduleQuery,
    answers="PUBLICATIONS",
    shape=PublicationsPayload,
    needs=Role.MANAGER,
)
def publications(context: Context, payload: Payload) -> dict[str, Any]:
    return kept.kept_publications(context.actor.restaurant_id, payload["schedule_id"])
