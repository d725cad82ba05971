"""The messages that publish a schedule, or take it back."""

from schedules.events import SHIFTS_TOPIC
from schedules.realtime.whole import published_schedule
from schedules.serializers import PublicationPayload, SchedulePayload
from schedules.services import publishing as services
from shiftsync.realtime.requests import Outcome
from shiftsync.realtime.router import Context, Payload, change
from shiftsync.realtime.wire import V1Form, broadcast

broadcast("SCHEDULE_PUBLISH", SHIFTS_TOPIC, PublicationPayload, v1=V1Form(whole=published_schedule))
broadcast("SCHEDULE_UNPUBLISH", SHIFTS_TOPIC, PublicationPayload, v1=V1Form(whole=published_schedule))


@change("SCHEDULE_PUBLISH", SchedulePayload)
def schedule_publish(context: Context, payload: Payload) -> Outcome:
    intent = services.SchedulePublish(payload["schedule_id"])
    return services.schedule_publish(context.change(intent, payload))


@change("SCHEDULE_UNPUBLISH", SchedulePayload)
def schedule_unpublish(context: Context, payload: Payload) -> Outcome:
    intent = services.ScheduleUnpublish(payload["schedule_id"])
    return services.schedule_unpublish(context.change(intent, payload))
