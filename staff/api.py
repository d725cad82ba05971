"""REST about staff members. Their list is by period, so it stands where periods are known: ``schedules.api.staff``."""

from typing import Any, ClassVar

from rest_framework import serializers

from shiftsync.core.scopes import Area
from shiftsync.core.viewsets import Payload, whole
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome
from staff import services
from staff.events import member_payload
from staff.selectors import staff_member
from staff.serializers import (
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
        """A staff member; one who was deleted too."""
        return member_payload(staff_member(self.actor.restaurant_id, id, include_deleted=True))

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
