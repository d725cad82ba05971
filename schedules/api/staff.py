"""Who belongs to a period: the collection of staff members, which needs to know periods."""

from rest_framework import serializers

from schedules.api.exports import file_content
from schedules.exports.sheets import longest_table
from schedules.publications.shown import only_looks, staff_in
from schedules.selectors.schedules import period_at, staff_in_period
from schedules.serializers.schedules import PeriodQuery
from schedules.services.importing import read_table
from shiftsync.core.actor import Role
from shiftsync.core.api import MAX_BODY_BYTES
from shiftsync.core.conditions import IDEMPOTENCY_KEY
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload, endpoint
from shiftsync.realtime.api import READ_PARAMETERS, answers
from shiftsync.realtime.stream.selectors import position_of
from shiftsync.tenants.selectors import sight_of
from staff.api import StaffViewSet
from staff.events import member_payload
from staff.selectors import staff_of
from staff.serializers import StaffMemberSerializer


class StaffQuery(PeriodQuery):
    """The staff of a period, with or without those who were deleted."""

    include_deleted = serializers.BooleanField(default=False)


class StaffListFile(WireSerializer):
    """A file with a list of people."""

    file = serializers.CharField(
        max_length=MAX_BODY_BYTES,
        help_text="An Excel workbook (.xlsx), CSV or text in any usual encoding, or a web page with a table; in Base64.",
    )


class StaffListRows(WireSerializer):
    """The table in a file, as text."""

    rows = ListField(child=ListField(child=serializers.CharField(allow_blank=True)))


class PeriodStaffViewSet(StaffViewSet):
    """The staff of the restaurant, or of one of its periods."""

    @answers(StaffMemberSerializer(many=True), takes=StaffQuery)
    def list(self, query: Payload) -> list[Payload]:
        """The staff in its order: of that period (all, where there is none with that index), or all.

        Of a period, viewers get who is on it as it was published. Staff who do not see their colleagues' shifts get themselves alone.
        """
        restaurant_id, only = self.actor.restaurant_id, sight_of(self.actor).only
        index = query.get("period")
        if index is not None and only_looks(self.actor):
            return staff_in(self.actor, index)
        members = list(staff_of(restaurant_id, include_deleted=query["include_deleted"]))
        members = [member for member in members if only in (None, str(member.id))]
        if index is not None:
            members = staff_in_period(members, period_at(restaurant_id, index))
        return [member_payload(member, index) for member in members]

    @endpoint(
        takes=StaffListFile, gives=StaffListRows, parameters=(*READ_PARAMETERS, IDEMPOTENCY_KEY), needs=Role.MANAGER
    )
    def read_list(self, payload: Payload) -> Payload:
        """The longest table in a file, as rows of text. Writes nothing, so a key makes no difference."""
        self.position = position_of(self.actor.restaurant_id)
        return {"rows": longest_table(read_table(file_content(payload)).sheets)}
