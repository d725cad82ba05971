"""The staff of a period, calendars, schedules and cells under ``/api/``."""

from datetime import date
from typing import Any

from django.urls import path, register_converter

from schedules.api.calendar import CalendarViewSet, ClosingRulesViewSet, PeriodsViewSet, ShiftTypesViewSet
from schedules.api.cells import CellsViewSet, CellViewSet
from schedules.api.evaluation import EvaluationViewSet
from schedules.api.exports import ExportsViewSet
from schedules.api.feeds import FeedViewSet, calendar_feed
from schedules.api.jobs import JobsViewSet
from schedules.api.readers import ReadersViewSet
from schedules.api.schedules import SchedulesViewSet
from schedules.api.staff import PeriodStaffViewSet
from schedules.api.swaps import SwapsViewSet, SwapViewSet
from schedules.api.wishes import WishesViewSet, WishViewSet

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}
ITEM: dict[str, Any] = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}
SCHEDULE_ACTIONS = ("publish", "unpublish", "lock", "unlock", "undo", "redo")
EVALUATIONS = ("validation", "statistics", "coverage", "suggestions")
CELL = "schedules/<str:id>/cells/<str:staff_id>/<str:date_key>/"


class DayConverter:
    """A day in an address: ``YYYY-MM-DD``."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day; ``ValueError``, which Django answers by 404, for one that is not in the calendar."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """The day in ISO form."""
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("staff/", PeriodStaffViewSet.as_view(COLLECTION), name="staff"),
    path("staff/lists/read/", PeriodStaffViewSet.as_view({"post": "read_list"}), name="staff-lists-read"),
    path("periods/", PeriodsViewSet.as_view(COLLECTION), name="periods"),
    path(
        "periods/<str:id>/",
        PeriodsViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="period",
    ),
    path("periods/<str:id>/restore/", PeriodsViewSet.as_view({"post": "restore"}), name="period-restore"),
    path("calendar/", CalendarViewSet.as_view({"get": "retrieve"}), name="calendar"),
    path(
        "calendar/days/<day:day>/",
        CalendarViewSet.as_view({"put": "update", "patch": "partial_update"}),
        name="calendar-day",
    ),
    path("closing-rules/", ClosingRulesViewSet.as_view(COLLECTION), name="closing-rules"),
    path("closing-rules/<str:id>/", ClosingRulesViewSet.as_view(ITEM), name="closing-rule"),
    path(
        "closing-rules/<str:id>/restore/",
        ClosingRulesViewSet.as_view({"post": "restore"}),
        name="closing-rule-restore",
    ),
    path("shift-types/", ShiftTypesViewSet.as_view(COLLECTION), name="shift-types"),
    path("shift-types/<str:id>/", ShiftTypesViewSet.as_view(ITEM), name="shift-type"),
    path("shift-types/<str:id>/restore/", ShiftTypesViewSet.as_view({"post": "restore"}), name="shift-type-restore"),
    path("schedules/", SchedulesViewSet.as_view({"get": "list"}), name="schedules"),
    path("schedules/<str:id>/", SchedulesViewSet.as_view({"get": "retrieve"}), name="schedule"),
    path("schedules/<str:id>/published/", SchedulesViewSet.as_view({"get": "published"}), name="schedule-published"),
    path("schedules/<str:id>/publication/", SchedulesViewSet.as_view({"get": "publication"}), name="publication"),
    path(
        "schedules/<str:id>/publication-preview/",
        SchedulesViewSet.as_view({"get": "publication_preview"}),
        name="publication-preview",
    ),
    path("schedules/<str:id>/publications/", SchedulesViewSet.as_view({"get": "publications"}), name="publications"),
    path("schedules/<str:id>/readers/", ReadersViewSet.as_view({"get": "retrieve"}), name="readers"),
    path("schedules/<str:id>/readers/remind/", ReadersViewSet.as_view({"post": "remind"}), name="readers-remind"),
    path(
        "schedules/<str:id>/restore-publication/",
        SchedulesViewSet.as_view({"post": "restore_publication"}),
        name="restore-publication",
    ),
    *(
        path(f"schedules/<str:id>/{name}/", SchedulesViewSet.as_view({"post": name}), name=f"schedule-{name}")
        for name in SCHEDULE_ACTIONS
    ),
    path(
        "schedules/<str:id>/cells/",
        CellsViewSet.as_view({"get": "retrieve", "patch": "partial_update", "put": "update"}),
        name="cells",
    ),
    *(
        path(f"schedules/<str:id>/{name}/", EvaluationViewSet.as_view({"get": name}), name=f"schedule-{name}")
        for name in EVALUATIONS
    ),
    path(
        "schedules/<str:id>/call-backups/",
        EvaluationViewSet.as_view({"post": "call_backups"}),
        name="schedule-call-backups",
    ),
    path(
        "schedules/<str:id>/copy-previous/",
        EvaluationViewSet.as_view({"post": "copy_previous", "get": "copy_previous_preview"}),
        name="schedule-copy-previous",
    ),
    path(
        "schedules/<str:id>/repeat-week/",
        EvaluationViewSet.as_view({"post": "repeat_week", "get": "repeat_week_preview"}),
        name="schedule-repeat-week",
    ),
    path("schedules/<str:id>/export.csv", ExportsViewSet.as_view({"get": "csv"}), name="schedule-csv"),
    path("schedules/<str:id>/export.xlsx", ExportsViewSet.as_view({"get": "xlsx"}), name="schedule-xlsx"),
    path("schedules/<str:id>/import/", ExportsViewSet.as_view({"post": "import_"}), name="schedule-import"),
    path("schedules/<str:id>/import/preview/", ExportsViewSet.as_view({"post": "preview"}), name="import-preview"),
    path(
        "staff/<str:staff_id>/feed/",
        FeedViewSet.as_view({"get": "retrieve", "post": "create", "delete": "destroy"}),
        name="staff-feed",
    ),
    path("feeds/<str:secret>.ics", calendar_feed, name="calendar-feed"),
    path(
        "schedules/<str:id>/wishes/", WishesViewSet.as_view({"get": "list", "post": "create"}), name="schedule-wishes"
    ),
    path("schedules/<str:id>/wishes/answer/", WishesViewSet.as_view({"post": "answer"}), name="wishes-answer"),
    path(
        "schedules/<str:id>/wish-terms/",
        WishesViewSet.as_view({"get": "read_terms", "patch": "terms"}),
        name="wish-terms",
    ),
    path("wishes/", WishViewSet.as_view({"get": "list"}), name="wishes"),
    path(
        "wishes/<str:id>/",
        WishViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="wish",
    ),
    path("schedules/<str:id>/swaps/", SwapsViewSet.as_view({"get": "list", "post": "create"}), name="schedule-swaps"),
    path("swaps/", SwapViewSet.as_view({"get": "list"}), name="swaps"),
    path("swaps/<str:id>/", SwapViewSet.as_view({"get": "retrieve"}), name="swap"),
    path("swaps/<str:id>/answer/", SwapViewSet.as_view({"post": "answer"}), name="swap-answer"),
    path("swaps/<str:id>/withdraw/", SwapViewSet.as_view({"post": "withdraw"}), name="swap-withdraw"),
    path("swaps/<str:id>/decide/", SwapViewSet.as_view({"post": "decide"}), name="swap-decide"),
    path("jobs/", JobsViewSet.as_view(COLLECTION), name="jobs"),
    path("jobs/<str:id>/", JobsViewSet.as_view({"get": "retrieve"}), name="job"),
    path("jobs/<str:id>/cancel/", JobsViewSet.as_view({"post": "cancel"}), name="job-cancel"),
    path("jobs/<str:id>/decline/", JobsViewSet.as_view({"post": "decline"}), name="job-decline"),
    path("jobs/<str:id>/apply/", JobsViewSet.as_view({"post": "apply"}), name="job-apply"),
    path(CELL, CellViewSet.as_view({"put": "update"}), name="cell"),
    path(f"{CELL}history/", CellViewSet.as_view({"get": "history"}), name="cell-history"),
    path(f"{CELL}history/<int:version>/restore/", CellViewSet.as_view({"post": "restore"}), name="cell-restore"),
]
