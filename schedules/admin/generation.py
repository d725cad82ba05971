"""The generator's jobs and the calendar links in the admin: to look at, and to end."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schedules.models import FeedLink, GenerationJob
from schedules.services.feeds import feed_revoke
from schedules.services.jobs import JobCancel, job_cancel
from shiftsync.core.actor import Role
from shiftsync.core.admin_site import Task
from shiftsync.core.errors import ConflictError
from shiftsync.core.wording import named
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.admin import BY_RESTAURANT, ScopedAdmin

named(
    GenerationJob,
    _("run of the generator"),
    _("runs of the generator"),
    restaurant=_("restaurant"),
    schedule=_("month"),
    requested_by=_("asked for by"),
    kind=_("kind of run"),
    options=_("options"),
    status=_("status"),
    error=_("error"),
    created_at=_("asked for at"),
    started_at=_("started at"),
    finished_at=_("finished at"),
    attempts=_("attempts"),
    base_version=_("made from version"),
)
named(
    FeedLink,
    _("calendar link"),
    _("calendar links"),
    staff=_("staff member"),
    restaurant=_("restaurant"),
    created_at=_("made at"),
    revoked_at=_("revoked at"),
)


@admin.register(GenerationJob)
class GenerationJobAdmin(ChangeAdmin):
    """What the generator was asked to do, and how far it is. Proposals are for those who asked for them, so they are not
    shown; their scores are."""

    task, place = Task.MONTH, 8
    view_role = Role.MANAGER
    can_add = can_edit = False
    list_display = ("created_at", "schedule", "kind", "status", "score", "restaurant")
    list_filter = (BY_RESTAURANT, "kind", "status")
    list_select_related = ("restaurant", "schedule", "schedule__period")
    ordering = ("-created_at",)
    fields = (
        *("restaurant", "schedule", "kind", "status", "score", "state", "error", "options", "requested_by"),
        *("created_at", "started_at", "finished_at", "attempts", "base_version"),
    )
    readonly_fields = ("score", "state", "created_at")
    actions = ("cancel",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[GenerationJob]:
        jobs: QuerySet[GenerationJob] = super().get_queryset(request).defer("result")
        told = {"points": "score", "objective": "objective", "bound": "bound", "seconds": "elapsedSeconds"}
        return jobs.annotate(**{name: F(f"result__{key}") for name, key in told.items()})

    @admin.display(description=_("hard / soft"))
    def score(self, job: Any) -> str:
        return f"{job.points['hard']:,} / {job.points['soft']:,}" if job.points else "–"

    @admin.display(description=_("progress"))
    def state(self, job: Any) -> str:
        told = (
            job.progress
            if job.is_active
            else {"objective": job.objective, "bound": job.bound, "elapsedSeconds": job.seconds}
        )
        if told.get("objective") is None:
            return "–"
        words = {
            "points": f"{told['objective']:,}",
            "bound": f"{told['bound']:,}",
            "seconds": told["elapsedSeconds"],
        }
        return gettext("%(points)s points, at best %(bound)s possible; %(seconds)s s") % words

    @admin.action(description=_("Cancel the selected jobs and keep their best result so far"), permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[GenerationJob]) -> None:
        def serve(job: GenerationJob) -> None:
            if not job.is_active:
                raise ConflictError("The job has already ended.")
            job_cancel(self.change(request, job.restaurant_id, JobCancel(str(job.id))))

        self.for_each(request, queryset, serve, gettext("jobs cancelled"))


@admin.register(FeedLink)
class FeedLinkAdmin(ScopedAdmin):
    """Who has a calendar link, and since when. The address itself is nowhere: only its digest is kept."""

    task, place = Task.PEOPLE, 2
    view_role = Role.MANAGER
    can_add = can_edit = False
    list_display = ("staff", "restaurant", "created_at", "revoked_at")
    list_filter = (BY_RESTAURANT, ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("staff", "restaurant")
    search_fields = ("staff__name",)
    ordering = ("-created_at",)
    fields = ("staff", "restaurant", "created_at", "revoked_at")
    actions = ("revoke",)

    @admin.action(description=_("Revoke the selected calendar links"), permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[FeedLink]) -> None:
        def serve(link: FeedLink) -> None:
            if link.revoked_at is not None:
                raise ConflictError("The link has already been revoked.")
            feed_revoke(self.actor(request, link.restaurant_id), staff_id=str(link.staff_id))

        self.for_each(request, queryset, serve, gettext("calendar links revoked"))
