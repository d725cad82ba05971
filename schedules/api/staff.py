"""Who belongs to a period: the collection of staff members, which needs to know periods."""

from rest_framework import serializers

from schedules.publications.shown import only_looks, staff_in
from schedules.selectors.schedules import period_at, staff_in_period
from schedules.serializers.schedules import PeriodQuery
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import answers
from staff.api import StaffViewSet
from staff.events import member_payload
from staff.selectors import staff_of
from staff.serializers import StaffMemberSerializer


class StaffQuery(PeriodQuery):
    """The staff of a period, with or without those who were deleted."""

    include_deleted = serializers.BooleanField(default=False)


class PeriodStaffViewSet(StaffViewSet):
    """The staff of the restaurant, or of one of its periods."""

    @answers(StaffMemberSerializer(many=True), takes=StaffQuery)
    def list(self, query: Payload) -> list[Payload]:
        """The staff in its order: of that period (all, where there is none with that index), or all.

        Of a period, viewers get who is on it as it was published.
        """
        restaurant_id = self.actor.restaurant_id
        index = query.get("period")
        if index is not None and only_looks(self.actor):
            return staff_in(self.actor, index)
        members = list(staff_of(restaurant_id, include_deleted=query["include_deleted"]))
        if index is not None:
            members = staff_in_period(members, period_at(restaurant_id, index))
        return [member_payload(member, index) for member in members]
