"""Generating in the words of version 1 clients: an ordinary job, of which its requester alone hears in two messages of theirs."""

from datetime import date
from typing import Any

from rest_framework import serializers

from schedules.models import GenerationJob, JobKind
from schedules.rules.v1_generation import V1Request, generated, problem_of, read_request
from schedules.selectors.jobs import ASKED
from schedules.selectors.schedules import periods_of, staff_in_period
from schedules.services.jobs import JobStart, job_start
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import local_today
from shiftsync.core.door import content_problem
from shiftsync.core.encoding import encode
from shiftsync.core.errors import DomainError, Forbidden, NotFound, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.zones import zone_of
from shiftsync.realtime.hub.ephemeral import EphemeralMessage
from shiftsync.realtime.protocol.wire import V1_ANSWERS, answer
from shiftsync.realtime.socket.router import V1_HANDLERS, Context, Payload, Reply, on_connection
from shiftsync.realtime.socket.session import Session
from shiftsync.realtime.socket.v1_payloads import READINGS
from shiftsync.realtime.stream.database import run_db
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Restaurant
from staff.selectors import staff_of

REQUEST, GENERATED, FAILED = "GENERATE_SCHEDULE_ORTOOLS", "SCHEDULE_GENERATED", "GENERATE_SCHEDULE_ERROR"


class GenerateOrtoolsPayload(WireSerializer):
    """Version 1's order to generate a month."""

    staff_members = serializers.JSONField(required=False, help_text="`[{id, ...}]`: whom to plan.")
    date_range = serializers.JSONField(required=False, help_text="The days to plan; the first determines the period.")
    constraints = serializers.JSONField(
        required=False,
        help_text="Only `prefilledSchedule` is used (cells to keep); the rest are copies of the settings.",
    )
    prefilled_schedule = serializers.JSONField(required=False, help_text="The same, next to the constraints.")
    timeout = serializers.JSONField(required=False, help_text="Seconds; 30 unless given, at most 50.")


class ScheduleGeneratedPayload(WireSerializer):
    """Version 1's answer with the month that was generated."""

    schedule = serializers.DictField(child=serializers.DictField(child=serializers.CharField(allow_blank=True)))
    solve_time = serializers.FloatField(help_text="Seconds.")
    is_optimal = serializers.BooleanField()
    status = serializers.ChoiceField(choices=["OPTIMAL", "FEASIBLE"])
    stats = serializers.DictField()


class GenerateScheduleErrorPayload(WireSerializer):
    """Version 1's answer when no month could be generated."""

    error = serializers.CharField()


answer(GENERATED, ScheduleGeneratedPayload, among=V1_ANSWERS)
answer(FAILED, GenerateScheduleErrorPayload, among=V1_ANSWERS)


def read_payload(payload: Any) -> Any:
    """The payload, which may be anything: what could not be one, or not be kept, is an empty one, so that it is refused in their words."""
    return payload if isinstance(payload, dict) and content_problem(payload) is None else {}


READINGS.add(REQUEST, read_payload)


@on_connection(REQUEST, GenerateOrtoolsPayload, among=V1_HANDLERS)
async def generate_schedule_ortools(session: Session, context: Context, payload: Payload) -> None:
    """Starts a job for a version 1 client; whatever speaks against it is told in its own words."""
    try:
        await run_db(within(context.actor.restaurant_id)(start), context.actor, payload)
    except DomainError as error:
        session.reply(Reply(FAILED, {"error": error.message}, has_client_id=False), context.envelope)


def start(actor: Actor, payload: Payload) -> None:
    """Queues the job of a payload. Raises what speaks against it."""
    if not actor.role.covers(Role.MANAGER):
        raise Forbidden
    keys = {"staff_members": "staffMembers", "date_range": "dateRange", "prefilled_schedule": "prefilledSchedule"}
    timezone = Restaurant.objects.values_list("timezone", flat=True).get(id=actor.restaurant_id)
    asked = read_request({keys.get(name, name): value for name, value in payload.items()}, zone_of(timezone))
    job_start(ChangeRequest(actor, _intent(actor, asked, local_today(timezone))))


def _intent(actor: Actor, asked: V1Request, today: date) -> JobStart:
    """The job for the period that holds the first day. Raises :class:`NotFound`, :class:`ValidationFailed`."""
    periods = periods_of(actor.restaurant_id)
    period = next((each for each in periods if each.start_date <= asked.first_day <= each.end_date), None)
    if period is None or period.schedule_id is None:
        raise NotFound(f"There is no period that contains {asked.first_day}.")
    ours = {str(member.id) for member in staff_in_period(list(staff_of(actor.restaurant_id)), period)}
    if ours.isdisjoint(asked.staff_ids):
        raise ValidationFailed("None of staffMembers is on the staff of this period.")
    return JobStart(
        str(period.schedule_id),
        JobKind.GENERATE,
        time_limit_seconds=asked.seconds,
        # A month that is over altogether can only be meant as it is named; else yesterday stays.
        include_past=asked.last_day < today,
        asked=asked,
    )


def told_in_v1(job: GenerationJob) -> list[EphemeralMessage]:
    """What the requester of a job that has ended hears, where it asked in the words of version 1."""
    if ASKED not in job.options or job.is_active:
        return []
    result: dict[str, Any] = dict(job.result or {})
    problem = problem_of(job.status, job.error, result.get("violations", []))
    if problem is not None:
        return [_message(job, FAILED, {"error": problem})]
    planned = {str(person["staffId"]) for person in result["people"]}
    asked = V1Request(**job.options[ASKED])
    return [_message(job, GENERATED, generated(result, job.status, asked, planned))]


def _message(job: GenerationJob, type: str, payload: dict[str, Any]) -> EphemeralMessage:
    author = (job.requested_by_id, job.client_id)
    return EphemeralMessage(job.restaurant_id, "generation", type, encode(payload), author, is_for_author_alone=True)
