"""The generator's jobs and the calendar links in the admin: to look at, and to end."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest

from schedules.models import FeedLink, GenerationJob
from schedules.services.feeds import feed_revoke
from schedules.services.jobs import JobCancel, job_cancel
from shiftsync.core.actor import Role
from shiftsync.core.errors import ConflictError
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.admin import BY_RESTAURANT, ScopedAdmin


@admin.register(GenerationJob)
class GenerationJobAdmin(ChangeAdmin):
    """What the generator was asked to do, and how far it is. Proposals are for those who asked for them, so they are not
    shown; their scores are."""

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

    @admin.display(description="hard / soft")
    def score(self, job: Any) -> str:
        return f"{job.points['hard']:,} / {job.points['soft']:,}" if job.points else "–"

    @admin.display(description="progress")
    def state(self, job: Any) -> str:
        told = (
            job.progress
            if job.is_active
            else {"objective": job.objective, "bound": job.bound, "elapsedSeconds": job.seconds}
        )
        if told.get("objective") is None:
            return "–"
        return f"{told['objective']:,} points, at best {told['bound']:,} possible; {told['elapsedSeconds']} s"

    @admin.action(description="Cancel the selected jobs and keep their best result so far", permissions=["change"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[GenerationJob]) -> None:
        def serve(job: GenerationJob) -> None:
            if not job.is_active:
                raise ConflictError("The job has already ended.")
            job_cancel(self.change(request, job.restaurant_id, JobCancel(str(job.id))))

        self.for_each(request, queryset, serve, "jobs cancelled")


@admin.register(FeedLink)
class FeedLinkAdmin(ScopedAdmin):
    """Who has a calendar link, and since when. The address itself is nowhere: only its digest is kept."""

    view_role = Role.MANAGER
    can_add = can_edit = False
    list_display = ("staff", "restaurant", "created_at", "revoked_at")
    list_filter = (BY_RESTAURANT, ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("staff", "restaurant")
    search_fields = ("staff__name",)
    ordering = ("-created_at",)
    fields = ("staff", "restaurant", "created_at", "revoked_at")
    actions = ("revoke",)

    @admin.action(description="Revoke the selected calendar links", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[FeedLink]) -> None:
        def serve(link: FeedLink) -> None:
            if link.revoked_at is not None:
                raise ConflictError("The link has already been revoked.")
            feed_revoke(self.actor(request, link.restaurant_id), staff_id=str(link.staff_id))

        self.for_each(request, queryset, serve, "calendar links revoked")
