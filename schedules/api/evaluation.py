"""REST about a schedule as it stands: what it breaks, who covers whom, its numbers; and calling backups."""

from rest_framework import serializers

from schedules.api.cells import CellsResult
from schedules.api.filters import DaysFilter
from schedules.publications.rows import NotPublished
from schedules.publications.shown import only_looks
from schedules.publications.statistics import published_statistics
from schedules.selectors import evaluation
from schedules.selectors.copying import BY_DATE, BY_WEEKDAY, plan_previous, plan_week
from schedules.serializers.cells import CellDifference
from schedules.serializers.generation import (
    CoveragePayload,
    StatisticsPayload,
    SuggestionsPayload,
    ValidationPayload,
)
from schedules.services.backups import BackupApply, backup_apply
from schedules.services.copying import PreviousCopy, WeekRepeat, previous_copy, week_repeat
from shiftsync.core.actor import Role
from shiftsync.core.errors import Forbidden
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.core.viewsets import Payload
from shiftsync.realtime.api import StreamViewSet, answers, changes
from shiftsync.realtime.protocol.payloads import ChangePayload
from shiftsync.realtime.stream.requests import Outcome


class PublishedQuery(WireSerializer):
    """Whether the plan or what was published is to be judged."""

    published = serializers.BooleanField(
        default=False, help_text="The published month instead of the plan; viewers always get the published one."
    )


class CallRequest(ChangePayload):
    """The days for which backups are to be called."""

    example = {"dateKeys": ["2025-08-01"]}

    date_keys = ListField(child=serializers.DateField(), required=False, max_length=400, help_text="Default: all days.")


class CopyQuery(WireSerializer):
    """How the period before is to be copied."""

    overwrite = serializers.BooleanField(default=False, help_text="Filled cells too.")
    by = serializers.ChoiceField(
        choices=[BY_WEEKDAY, BY_DATE], default=BY_WEEKDAY, help_text="Monday from Monday, or the 5th from the 5th."
    )


class CopyRequest(CopyQuery, ChangePayload):
    """How the period before is taken over."""


class WeekQuery(WireSerializer):
    """The week that is to be repeated."""

    week_start = serializers.DateField(help_text="The first day of the week that the others are filled like.")
    overwrite = serializers.BooleanField(default=False, help_text="Filled cells too.")


class WeekRequest(WeekQuery, ChangePayload):
    """Which week is repeated."""

    example = {"weekStart": "2025-07-28"}


class CopyPreview(WireSerializer):
    """What a copy would write now, and what it leaves out."""

    cells = CellDifference(many=True)
    replacing = serializers.IntegerField(help_text="How many of the cells are filled with something else.")
    sources = serializers.DictField(child=serializers.DateField(), help_text="By day: the day that it is copied from.")
    closed = serializers.ListField(child=serializers.DateField(), help_text="Closed days: nothing is written there.")
    unmatched = serializers.ListField(
        child=serializers.DateField(), help_text="Days of which there is nothing to copy; they stay as they are."
    )
    again = serializers.ListField(
        child=serializers.DateField(), help_text="Days that take a day once more, since this period is longer."
    )
    leave = serializers.IntegerField(help_text="Cells that stay because of leave, there or here.")
    locked = serializers.IntegerField(help_text="Cells that stay because they are locked.")


class EvaluationViewSet(StreamViewSet):
    """Answers about a month, most of them for editors."""

    @answers(ValidationPayload, needs=Role.MANAGER)
    def validation(self, query: Payload, id: str) -> Payload:
        """The score and all that is broken; the payload of a `SCHEDULE_VALIDATION`."""
        return evaluation.validation(self.actor.restaurant_id, id)

    @answers(StatisticsPayload, takes=PublishedQuery)
    def statistics(self, query: Payload, id: str) -> Payload:
        """Numbers by person and by day, and how evenly they are spread; for viewers, of the month as it was published."""
        if only_looks(self.actor):
            return self._published_statistics(id)
        if query["published"]:
            return published_statistics(self.actor, id)
        return evaluation.statistics(self.actor.restaurant_id, id)

    def _published_statistics(self, id: str) -> Payload:
        """For those who only look; the numbers of a month that is not published are for editors."""
        try:
            return published_statistics(self.actor, id)
        except NotPublished as error:
            raise Forbidden(error.message, error.details) from None

    @answers(CoveragePayload, takes=DaysFilter, needs=Role.MANAGER)
    def coverage(self, query: Payload, id: str) -> Payload:
        """By group and day: members off, needed, covered by whom, uncovered and why."""
        return evaluation.coverage_report(self.actor.restaurant_id, id, query.get("from"), query.get("to"))

    @answers(SuggestionsPayload, needs=Role.MANAGER)
    def suggestions(self, query: Payload, id: str) -> Payload:
        """Who could back up which group; where the assignments do not serve."""
        return evaluation.backup_suggestions(self.actor.restaurant_id, id)

    @changes(CallRequest, CellsResult)
    def call_backups(self, payload: Payload, id: str) -> Outcome:
        """Calls the backups that are needed and free, as one change."""
        return backup_apply(self.sender.change(BackupApply.of(payload, schedule_id=id), payload))

    @changes(CopyRequest, CellsResult)
    def copy_previous(self, payload: Payload, id: str) -> Outcome:
        """Takes the period before over, weekday by weekday or date by date, as one change; not leave, nor closed days."""
        return previous_copy(self.sender.change(PreviousCopy.of(payload, schedule_id=id), payload))

    @answers(CopyPreview, takes=CopyQuery, needs=Role.MANAGER)
    def copy_previous_preview(self, query: Payload, id: str) -> Payload:
        """What that would write."""
        plan = plan_previous(self.actor.restaurant_id, id, query["by"], overwrite=query["overwrite"])
        return plan.payload()

    @changes(WeekRequest, CellsResult)
    def repeat_week(self, payload: Payload, id: str) -> Outcome:
        """Fills the other days like one week, as one change; not leave, nor closed days."""
        intent = WeekRepeat.of(payload, schedule_id=id)
        return week_repeat(self.sender.change(intent, payload))

    @answers(CopyPreview, takes=WeekQuery, needs=Role.MANAGER)
    def repeat_week_preview(self, query: Payload, id: str) -> Payload:
        """What that would write."""
        plan = plan_week(self.actor.restaurant_id, id, query["week_start"], overwrite=query["overwrite"])
        return plan.payload()
