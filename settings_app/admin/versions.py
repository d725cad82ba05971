"""Versions in the admin: activate, lock, copy, compare, reset; and the audit trail of the settings."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from settings_app.models import ConfigVersion
from settings_app.selectors.comparing import compare_versions
from settings_app.selectors.trail import trail_payload
from settings_app.serializers import TrailQuery
from settings_app.services import versions as services
from settings_app.services.replacing import SettingsReset, settings_reset
from settings_app.services.restoring import ChangeRestore, change_restore
from shiftsync.core.admin import HistoryAdmin
from shiftsync.core.errors import DomainError, NotFound
from shiftsync.core.serializers import validated
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.admin import BY_RESTAURANT

TRAIL = "settings_app_configversion_trail"


@admin.register(ConfigVersion)
class ConfigVersionAdmin(HistoryAdmin, ChangeAdmin):
    """Versions are added as copies of the active one; what becomes of them is an action."""

    can_edit = False
    change_list_template = "settings_app/versions.html"
    list_display = ("version_number", "name", "restaurant", "is_active", "is_locked", "created_at")
    list_filter = (BY_RESTAURANT, "is_active", "is_locked")
    list_select_related = ("restaurant",)
    actions = ("activate", "lock", "unlock", "compare", "reset", "remove")
    fields = ("restaurant", "name", "description")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConfigVersion]:
        versions: QuerySet[ConfigVersion] = super().get_queryset(request).filter(deleted_at=None)
        return versions

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        intent = services.VersionCreate(data["name"], data["description"])
        outcome = services.version_create(self.change(request, data["restaurant"].id, intent, form))
        return UUID(outcome.result["version"]["id"])

    @admin.action(description="Take the selected version into use")
    def activate(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_activate, services.VersionActivate, "versions taken into use")

    @admin.action(description="Lock the selected versions")
    def lock(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_lock, services.VersionLock, "versions locked")

    @admin.action(description="Unlock the selected versions")
    def unlock(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_unlock, services.VersionUnlock, "versions unlocked")

    @admin.action(description="Delete the selected versions (only those that were never in use)")
    def remove(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_delete, services.VersionDelete, "versions deleted")

    @admin.action(description="Reset the settings to the defaults")
    def reset(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        def serve(restaurant_id: UUID) -> None:
            settings_reset(self.change(request, restaurant_id, SettingsReset()))

        self.for_each(request, {version.restaurant_id for version in queryset}, serve, "restaurants reset")

    @admin.action(description="Compare the two selected versions")
    def compare(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> HttpResponse | None:
        chosen = list(queryset.order_by("version_number"))
        if len(chosen) != 2 or chosen[0].restaurant_id != chosen[1].restaurant_id:
            self.message_user(request, "Choose two versions of one restaurant.", messages.ERROR)
            return None
        found = compare_versions(chosen[0].restaurant_id, chosen[0].id, chosen[1].id)
        return self._page(request, "settings_app/compare.html", title="Comparison", comparison=found)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.trail)
        return [path("trail/<uuid:restaurant_id>/", view, name=TRAIL), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        restaurants = {version.restaurant_id: version.restaurant for version in self.get_queryset(request)}
        return super().changelist_view(request, {**(extra_context or {}), "restaurants": list(restaurants.values())})

    def trail(self, request: HttpRequest, restaurant_id: UUID) -> HttpResponse:
        """The audit trail of one restaurant; a POST puts a row back as it was before an entry."""
        if restaurant_id not in self.visible(request):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(restaurant_id))  # type: ignore[no-any-return]  # a redirect
        if request.method == "POST":
            return self._restore(request, restaurant_id)
        try:
            asked = validated(TrailQuery(), {key: value for key, value in request.GET.items() if value})
            page = trail_payload(restaurant_id, asked)
        except DomainError as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
            page = trail_payload(restaurant_id, {"limit": 50})
        can_edit = self.may(request, self.edit_role)
        return self._page(request, "settings_app/trail.html", title="Audit trail", page=page, can_edit=can_edit)

    def _restore(self, request: HttpRequest, restaurant_id: UUID) -> HttpResponseRedirect:
        try:
            change_restore(self.change(request, restaurant_id, ChangeRestore(request.POST.get("change_id", ""))))
            self.message_user(request, "The row is as it was before.", messages.SUCCESS)
        except (DomainError, NotFound) as refusal:
            self.message_user(request, refusal.message, messages.ERROR)
        return redirect(request.get_full_path())

    def _each(
        self, request: HttpRequest, queryset: QuerySet[ConfigVersion], service: Any, intent: Any, done: str
    ) -> None:
        def serve(version: ConfigVersion) -> None:
            service(self.change(request, version.restaurant_id, intent(str(version.id))))

        self.for_each(request, queryset, serve, done)

    def _page(self, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})
