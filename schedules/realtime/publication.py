"""The messages that publish, unpublish and restore schedules, and the question for publications."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from schedules.events.cells import SHIFTS_TOPIC
from schedules.publications import kept, shown
from schedules.realtime.questions import OfSchedule, about_schedule
from schedules.realtime.snapshots import published_schedule, published_staff_too
from schedules.rules.publication import changes_about
from schedules.serializers.generation import ScheduleQuery
from schedules.serializers.publication import (
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
from shiftsync.realtime.socket.router import Context, Payload, change_message, query

ANEW = V1Form(whole=published_schedule, more=published_staff_too)
broadcast(
    "SCHEDULE_PUBLISH", SHIFTS_TOPIC, PublicationPayload, v1=ANEW, narrowed=changes_about, told=_("published a month")
)
broadcast(
    "SCHEDULE_UNPUBLISH",
    SHIFTS_TOPIC,
    PublicationPayload,
    v1=ANEW,
    narrowed=changes_about,
    told=_("withdrew a published month"),
)


change_message("SCHEDULE_PUBLISH", SchedulePayload, services.SchedulePublish, services.schedule_publish)
change_message("SCHEDULE_UNPUBLISH", SchedulePayload, services.ScheduleUnpublish, services.schedule_unpublish)
change_message(
    "SCHEDULE_RESTORE_PUBLICATION",
    RestorePublicationPayload,
    services.SchedulePublicationRestore,
    services.schedule_restore_publication,
)


@query("PUBLICATION_REQUEST", ScheduleQuery, answers="PUBLICATION", shape=PublishedMonth)
def publication(context: Context, payload: Payload) -> dict[str, Any]:
    """The publications of a schedule, as the asker may see them."""
    return shown.publication_payload(context.actor, OfSchedule.of(payload).schedule_id)


query(
    "PUBLICATION_PREVIEW_REQUEST",
    ScheduleQuery,
    answers="PUBLICATION_PREVIEW",
    shape=PublicationPreviewPayload,
    needs=Role.MANAGER,
)(about_schedule(kept.publication_preview))
query(
    "PUBLICATIONS_REQUEST",
    ScheduleQuery,
    answers="PUBLICATIONS",
    shape=PublicationsPayload,
    needs=Role.MANAGER,
)(about_schedule(kept.kept_publications))
