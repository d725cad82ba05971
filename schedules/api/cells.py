"""REST about the cells of a schedule."""

from rest_framework import serializers

from schedules.api.filters import CellsFilter, part_of
from schedules.publications.shown import sync_shifts
from schedules.selectors.schedules import cell_entry, cell_history, schedule_in
from schedules.serializers.cells import ScheduleDataField, Value
from schedules.serializers.places import CellPayload
from schedules.serializers.schedules import ShiftSyncPayload
from schedules.services.cells import MERGE, REPLACE, CellEdit, CellsEdit, cell_edit, cells_edit
from shiftsync.core.actor import Role
from shiftsync.core.documented import documented
from shiftsync.core.examples import SOMEBODY
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload, ConflictItem
from shiftsync.realtime.stream.requests import Outcome

HISTORY_PAGE = 50


class CellConflict(ConflictItem):
    """A conflict about one cell."""

    schedule_id = serializers.UUIDField()
    staff_id = serializers.UUIDField()
    date_key = serializers.DateField()


class CellsRequest(ChangePayload):
    """Values for many cells of one schedule."""

    example = {"scheduleData": {SOMEBODY: {"2025-08-01": "×", "2025-08-02": ""}}}

    schedule_data = ScheduleDataField(help_text='By staff id, then by day; `""` clears.')
    period_index = serializers.IntegerField(required=False)


class CellRequest(ChangePayload):
    """A value for one cell."""

    example = {"shiftValue": "×"}

    shift_value = Value()
    period_index = serializers.IntegerField(required=False)


class CellsResult(Result):
    """How many cells were changed, and what became of those that others had changed."""

    changed = serializers.IntegerField()
    overwritten = CellConflict(many=True, required=False)
    refused = CellConflict(many=True, required=False, help_text="What `first_writer_wins` left as it was.")


class CellResult(Result):
    """The cell's value after the change."""

    shift_value = Value()
    overwritten = CellConflict(many=True, required=False)


class HistoryQuery(WireSerializer):
    """Which part of a cell's history is asked for."""

    cursor = serializers.IntegerField(required=False, min_value=0, help_text="The cursor from the previous page.")
    limit = serializers.IntegerField(min_value=1, max_value=200, default=HISTORY_PAGE)


class CellHistoryEntry(WireSerializer):
    """One change of a cell."""

    version = serializers.IntegerField(help_text="Names the entry within its cell.")
    value = Value()
    previous_value = Value()
    is_locked = serializers.BooleanField()
    changed_by = serializers.CharField(allow_null=True, help_text="A name; null for the system.")
    changed_at = serializers.DateTimeField()
    reason = serializers.CharField(allow_blank=True)


class CellHistoryPage(CellPayload):
    """A page of a cell's history."""

    schedule_id = serializers.UUIDField()
    changes = CellHistoryEntry(many=True, help_text="Newest first.")
    cursor = serializers.IntegerField(allow_null=True, help_text="The cursor of the next page; null on the last.")


class CellsViewSet(StreamViewSet):
    """The cells of a schedule."""

    @answers(ShiftSyncPayload, takes=CellsFilter, has_etag=False)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """The filled cells, as in a `SHIFT_SYNC_RESPONSE`. Viewers get the published copy."""
        schedule = schedule_in(self.actor.restaurant_id, id)
        return part_of(sync_shifts(self.actor, schedule.id, None, is_dense=False), query)

    @changes(CellsRequest, CellsResult)
    def partial_update(self, payload: Payload, id: str) -> Outcome:
        """Sets those cells, as one change; cells left out stay."""
        intent = CellsEdit.of(payload, schedule_id=id, mode=MERGE)
        return cells_edit(self.sender.change(intent, payload))

    @changes(CellsRequest, CellsResult)
    def update(self, payload: Payload, id: str) -> Outcome:
        """Sets those cells, as one change; cells left out are cleared, unless they are locked."""
        intent = CellsEdit.of(payload, schedule_id=id, mode=REPLACE)
        return cells_edit(self.sender.change(intent, payload))


class CellViewSet(StreamViewSet):
    """One cell, and what became of it."""

    @documented(operation_id="schedules_cell_update")
    @changes(CellRequest, CellResult)
    def update(self, payload: Payload, id: str, staff_id: str, date_key: str) -> Outcome:
        """Sets one cell; `""` clears it. The same request as a `SHIFT_UPDATE` over the socket."""
        intent = CellEdit.of(payload, schedule_id=id, staff_id=staff_id, date_key=date_key)
        return cell_edit(self.sender.change(intent, payload))

    @answers(CellHistoryPage, takes=HistoryQuery, needs=Role.MANAGER)
    def history(self, query: Payload, id: str, staff_id: str, date_key: str) -> Payload:
        """Who set it when, from what to what, newest first. For editors."""
        return cell_history(
            self.actor.restaurant_id, id, staff_id, date_key, before=query.get("cursor"), limit=query["limit"]
        )

    @changes(ChangePayload, CellResult)
    def restore(self, payload: Payload, id: str, staff_id: str, date_key: str, version: int) -> Outcome:
        """Sets the cell to what it held before that entry of its history, as a new change."""
        entry = cell_entry(self.actor.restaurant_id, id, staff_id, date_key, version)
        return cell_edit(self.sender.change(CellEdit(id, staff_id, date_key, entry["previousValue"]), payload))
