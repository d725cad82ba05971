"""The audit trail of the settings as a page of the admin."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from settings_app.admin.telling import title_of, told_entries
from settings_app.selectors.trail import VERSIONS, TrailQuestion, trail_payload
from settings_app.serializers import TrailQuery
from settings_app.services.restoring import ChangeRestore, change_restore
from settings_app.tables import settings_tables
from shiftsync.core.admin_history import moment_of
from shiftsync.core.errors import DomainError
from shiftsync.core.serializers import validated
from shiftsync.core.wording import said
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.models import Restaurant

TRAIL = "settings_app_configversion_trail"


class TrailPages(ChangeAdmin):
    """Adds the page ``trail/<restaurant>/``."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.trail)
        return [path("trail/<uuid:restaurant_id>/", view, name=TRAIL), *super().get_urls()]

    def page(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        """A page of our own in the admin's frame."""
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})

    def trail(self, request: HttpRequest, restaurant_id: UUID) -> HttpResponse:
        """The audit trail of one restaurant; a POST puts a row back as it was before an entry."""
        if restaurant_id not in self.visible(request):
            self.message_user(request, said("No such restaurant."), messages.WARNING)
            return redirect("admin:index")
        if request.method == "POST":
            return self._restore(request, restaurant_id)
        asked = {key: value for key, value in request.GET.items() if value}
        try:
            page = trail_payload(restaurant_id, TrailQuestion.of(validated(TrailQuery(), asked)))
        except DomainError as refusal:
            self.message_user(request, said(refusal.message), messages.ERROR)
            asked, page = {}, trail_payload(restaurant_id, TrailQuestion())
        entries = told_entries(restaurant_id, page["changes"])
        restaurant = Restaurant.objects.get(id=restaurant_id)
        return self.page(
            request,
            "settings_app/trail.html",
            title=gettext("Audit trail"),
            entries=[
                {
                    **entry,
                    "moment": moment_of(restaurant, parse_datetime(entry["changedAt"])),
                    "reason": said(entry["reason"] or ""),
                    "what": said(entry["operation"]),
                }
                for entry in entries
            ],
            cursor=page["cursor"],
            asked=asked,
            kept={key: value for key, value in asked.items() if key not in ("cursor", "tableName")},
            tables=[(key, title_of(key)) for key in (VERSIONS, *(table.key for table in settings_tables()))],
            versions_key=VERSIONS,
            can_edit=self.may(request, self.edit_role),
        )

    def _restore(self, request: HttpRequest, restaurant_id: UUID) -> HttpResponseRedirect:
        try:
            change_restore(self.change(request, restaurant_id, ChangeRestore(request.POST.get("change_id", ""))))
            self.message_user(request, gettext("The row has been restored."), messages.SUCCESS)
        except DomainError as refusal:
            self.message_user(request, said(refusal.message), messages.ERROR)
        return redirect(request.get_full_path())
