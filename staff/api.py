"""REST about staff members and when they can work. The list of the former is by period, so it stands where periods are known:
``schedules.api.staff``."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.response import Response

from shiftsync.core.actor import Role
from shiftsync.core.errors import NotFound
from shiftsync.core.scopes import Area
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.several import Several
from shiftsync.core.viewsets import Payload, whole
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.tenants.selectors import sight_of
from staff import availability, services
from staff.availability import require_entering
from staff.events import member_payload
from staff.selectors import availability_in, availability_open_to, availability_payloads, staff_member
from staff.serializers import (
    AvailabilityCreatePayload,
    AvailabilityFields,
    AvailabilitySerializer,
    DatedFacts,
    FromDay,
    StaffChanges,
    StaffCreatePayload,
    StaffMemberSerializer,
    StaffReorderPayload,
)

NOT_FIELDS = {"id", "period", "valid_from", "from_day", "base_version", "strategy", "reason"}


class StaffResult(Result):
    """The staff member after the change."""

    staff = StaffMemberSerializer()


class StaffReorderResult(Result):
    """The order after the change."""

    staff_ids = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        help_text="Everybody, in the new order; omitted if nothing changed.",
    )


class StaffChangeBase(ChangePayload):
    """What every change of one staff member may say besides its own fields."""

    period = serializers.IntegerField(required=False, min_value=0, help_text="The period that the author is viewing.")


class StaffDatedBase(StaffChangeBase, DatedFacts):
    """What an update may say besides."""


class StaffRestoreBase(StaffChangeBase, FromDay):
    """What a restoration may say."""

    rest_name = "StaffRestore"


class StaffPatch(StaffChanges, StaffDatedBase):
    """The fields to change."""

    example = {"position": "キッチン"}


StaffPut = whole(StaffChanges, StaffDatedBase, name="StaffPut")


class StaffViewSet(StreamViewSet):
    """The staff of the restaurant."""

    area: ClassVar[Area | None] = Area.STAFF

    @answers(StaffMemberSerializer)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """A staff member; one who was deleted too. Staff who do not see their colleagues' shifts get themselves alone."""
        member = staff_member(self.actor.restaurant_id, id, include_deleted=True)
        if sight_of(self.actor).only not in (None, str(member.id)):
            raise NotFound("No such staff member.")
        return member_payload(member)

    @changes(StaffCreatePayload, StaffResult, status=201, location="/api/staff/{staff[id]}/")
    def create(self, payload: Payload) -> Outcome:
        """Adds a staff member at the end of the order. A known `id` is the same request again."""
        intent = services.StaffCreate.of(payload)
        return services.staff_create(self.sender.change(intent, payload))

    @changes(StaffPatch, StaffResult, echoes=StaffMemberSerializer)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Changes what is given."""
        return self._update(payload, id)

    @changes(StaffPut, StaffResult, echoes=StaffMemberSerializer)
    def update(self, payload: Payload, id: str) -> Outcome:
        """Changes everything: each field must be given."""
        return self._update(payload, id)

    @changes(FromDay, StaffResult, source="query")
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Takes a member off the schedule, from a day on where one is given. The row and its cells stay, and can be restored."""
        return services.staff_delete(self.sender.change(services.StaffDelete.of(payload, staff_id=id), payload))

    @changes(StaffRestoreBase, StaffResult)
    def restore(self, payload: Payload, id: str) -> Outcome:
        """Brings a deleted member back."""
        return services.staff_restore(self.sender.change(services.StaffRestore.of(payload, staff_id=id), payload))

    @changes(StaffReorderPayload, StaffReorderResult)
    def reorder(self, payload: Payload) -> Outcome:
        """Puts the staff into that order; members left out follow in their present one."""
        return services.staff_reorder(self.sender.change(services.StaffReorder.of(payload), payload))

    def _update(self, payload: Payload, id: str) -> Outcome:
        intent = services.StaffUpdate.of(payload, staff_id=id, changes=_fields(payload))
        return services.staff_update(self.sender.change(intent, payload))


def _fields(payload: Payload) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name not in NOT_FIELDS}


class AvailabilityFilter(WireSerializer):
    """Whose availability."""

    staff = Several(child=serializers.CharField(max_length=36), max_length=1000, help_text="Only of these people.")


class AvailabilityResult(Result):
    """What became of an entry."""

    availability = AvailabilitySerializer(required=False, help_text="Missing after a delete.")
    past = AvailabilitySerializer(
        required=False,
        help_text="The entry that keeps what it said for the days that are over; omitted if there are none.",
    )


class AvailabilityPatch(AvailabilityFields, ChangePayload):
    """The fields to change."""

    example = {"availableFrom": "17:00"}


class AvailabilityViewSet(StreamViewSet):
    """When the staff can work, week after week. Who is on the schedule has their own, managers have all."""

    area: ClassVar[Area | None] = Area.STAFF

    def admit(self, needs: Role, path: Payload) -> Response | None:
        """Raises :class:`Forbidden` for who is nobody on the schedule, and only looks; :class:`NotFound` for an entry that is not theirs."""
        admitted = super().admit(needs, path)
        require_entering(self.actor, path.get("id"))
        return admitted

    @answers(AvailabilitySerializer(many=True), takes=AvailabilityFilter, has_etag=False)
    def list(self, query: Payload) -> list[Payload]:
        """All entries in order of the days from which they hold, those that are over too."""
        entries = availability_payloads(availability_open_to(self.actor))
        return [entry for entry in entries if "staff" not in query or entry["staffId"] in query["staff"]]

    @answers(AvailabilitySerializer, has_etag=False)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them; a withdrawn one too."""
        return availability_payloads([availability_in(self.actor.restaurant_id, id, include_deleted=True)])[0]

    @changes(
        AvailabilityCreatePayload,
        AvailabilityResult,
        status=201,
        location="/api/availability/{availability[id]}/",
        needs=Role.VIEWER,
    )
    def create(self, payload: Payload) -> Outcome:
        """Enters when somebody can work, those who only look for themselves. A known `id` is the same request again."""
        intent = availability.AvailabilityCreate.of(payload)
        return availability.availability_create(self.sender.change(intent, payload))

    @changes(AvailabilityPatch, AvailabilityResult, echoes=AvailabilitySerializer, needs=Role.VIEWER)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Changes what is given, from today on: what it said for the days that are over stays, as an entry of its own."""
        fields = {name: value for name, value in payload.items() if name in AvailabilityFields().fields}
        return availability.availability_update(
            self.sender.change(availability.AvailabilityUpdate(id, fields), payload)
        )

    @changes(ChangePayload, AvailabilityResult, source="query", needs=Role.VIEWER)
    def destroy(self, payload: Payload, id: str) -> Outcome:
        """Withdraws it; for the days that are over it stays, and ends with yesterday."""
        return availability.availability_delete(self.sender.change(availability.AvailabilityDelete(id), payload))
