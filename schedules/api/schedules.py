"""REST about schedules: what they are, publishing, locking, taking edits back."""

from rest_framework import serializers

from schedules.api.filters import DaysFilter, is_within
from schedules.models import ScheduleState
from schedules.publications import kept, shown
from schedules.selectors.schedules import schedule_summaries, schedule_summary
from schedules.serializers.cells import CellDifference
from schedules.serializers.places import CellPayload
from schedules.serializers.publication import (
    PublicationChangesPayload,
    PublicationPreviewPayload,
    PublicationsPayload,
    PublishedMonth,
)
from schedules.services.locks import CellsLock, CellsUnlock, cells_lock, cells_unlock
from schedules.services.publishing import (
    SchedulePublicationRestore,
    SchedulePublish,
    ScheduleUnpublish,
    schedule_publish,
    schedule_restore_publication,
    schedule_unpublish,
)
from schedules.services.undo import Redo, Undo, redo, undo
from shiftsync.core.actor import Role
from shiftsync.core.examples import SOMEBODY
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import Result, StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome


class ScheduleSummary(WireSerializer):
    """A schedule without its cells."""

    id = serializers.UUIDField()
    period_id = serializers.UUIDField()
    period_index = serializers.IntegerField()
    start_date = serializers.DateField()
    end_date = serializers.DateField()
    state = serializers.ChoiceField(choices=ScheduleState.choices)
    published_at = serializers.DateTimeField(allow_null=True)
    revision = serializers.IntegerField(help_text="The version of its last publication.")


class PublishedCopy(WireSerializer):
    """The cells that viewers see."""

    published_at = serializers.DateTimeField(allow_null=True)
    schedule_data = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField()), help_text="`{staff id: {day: value}}`."
    )


class PublicationResult(Result):
    """What viewers see after the change, and how it differs from before."""

    schedule_id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=ScheduleState.choices)
    published_at = serializers.DateTimeField(allow_null=True)
    publication = serializers.IntegerField(allow_null=True, help_text="Its number within the schedule.")
    diff = CellDifference(many=True, required=False, help_text="Compared with what viewers saw before.")
    changes = PublicationChangesPayload(required=False, help_text="Other differences.")


class RestoreRequest(ChangePayload):
    """The publication that viewers are to see again."""

    number = serializers.IntegerField(required=False, min_value=1, help_text="Left out: the last one.")


class LockRequest(ChangePayload):
    """Cells to lock or unlock."""

    example = {"cells": [{"staffId": SOMEBODY, "dateKey": "2025-08-02"}]}

    cells = CellPayload(many=True)


class LockResult(Result):
    """How many cells were locked or unlocked."""

    changed = serializers.IntegerField()


class StepRequest(ChangePayload):
    """Undo or redo. ``partial``: cells that others changed since stay; ``skip``: gives this step up."""

    def get_fields(self) -> dict[str, serializers.Field[object, object, object, object]]:
        flags = {name: serializers.BooleanField(default=False) for name in ("partial", "skip")}
        return {**super().get_fields(), **flags}


class StepResult(Result):
    """The step that was undone, redone or discarded."""

    undoes = serializers.IntegerField(required=False, help_text="The version that was undone or redone.")
    changed = serializers.IntegerField(required=False)
    skipped = serializers.IntegerField(required=False, help_text="The version that was discarded.")


class SchedulesViewSet(StreamViewSet):
    """The grids of the periods."""

    @answers(ScheduleSummary(many=True), takes=DaysFilter)
    def list(self, query: Payload) -> list[Payload]:
        """The schedules in order of their periods."""
        return [each for each in schedule_summaries(self.actor.restaurant_id) if is_within(each, query)]

    @answers(ScheduleSummary)
    def retrieve(self, query: Payload, id: str) -> Payload:
        """One of them."""
        return schedule_summary(self.actor.restaurant_id, id)

    @answers(PublishedCopy)
    def published(self, query: Payload, id: str) -> Payload:
        """The published cells, none where nothing is published."""
        return shown.published_cells(self.actor, id)

    @answers(PublishedMonth)
    def publication(self, query: Payload, id: str) -> Payload:
        """The month as it was published, with all that one must know to read it; 404 where it is not."""
        return shown.publication_payload(self.actor, id)

    @answers(PublicationPreviewPayload, needs=Role.MANAGER, has_etag=False)
    def publication_preview(self, query: Payload, id: str) -> Payload:
        """What publishing now would change for viewers, and who has seen what is published."""
        return kept.publication_preview(self.actor.restaurant_id, id)

    @answers(PublicationsPayload, needs=Role.MANAGER, has_etag=False)
    def publications(self, query: Payload, id: str) -> Payload:
        """Who published what and when, the newest first, and who has seen it."""
        return kept.kept_publications(self.actor.restaurant_id, id)

    @changes(ChangePayload, PublicationResult)
    def publish(self, payload: Payload, id: str) -> Outcome:
        """Shows viewers the month as it is now."""
        return schedule_publish(self.sender.change(SchedulePublish(id), payload))

    @changes(ChangePayload, PublicationResult)
    def unpublish(self, payload: Payload, id: str) -> Outcome:
        """Takes the published copy away from viewers."""
        return schedule_unpublish(self.sender.change(ScheduleUnpublish(id), payload))

    @changes(RestoreRequest, PublicationResult)
    def restore_publication(self, payload: Payload, id: str) -> Outcome:
        """Shows viewers a kept publication again, exactly as it was; without a number the last one."""
        return schedule_restore_publication(
            self.sender.change(SchedulePublicationRestore.of(payload, schedule_id=id), payload)
        )

    @changes(LockRequest, LockResult)
    def lock(self, payload: Payload, id: str) -> Outcome:
        """Locks cells: they refuse edits, and no generator changes them."""
        return cells_lock(self.sender.change(CellsLock.of(payload, schedule_id=id), payload))

    @changes(LockRequest, LockResult)
    def unlock(self, payload: Payload, id: str) -> Outcome:
        """Lets cells be edited again."""
        return cells_unlock(self.sender.change(CellsUnlock.of(payload, schedule_id=id), payload))

    @changes(StepRequest, StepResult)
    def undo(self, payload: Payload, id: str) -> Outcome:
        """Takes back the last change that this client (`X-Client-Id`) made here; 409 with the cells that others changed."""
        return undo(self.sender.change(Undo.of(payload, schedule_id=id), payload))

    @changes(StepRequest, StepResult)
    def redo(self, payload: Payload, id: str) -> Outcome:
        """Does again what this client took back last."""
        return redo(self.sender.change(Redo.of(payload, schedule_id=id), payload))
