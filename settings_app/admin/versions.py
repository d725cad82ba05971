"""Versions in the admin: activate, lock, copy, compare, reset; and the audit trail of the settings."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from settings_app.admin.restaurant import RestaurantFirst, settle_restaurant
from settings_app.admin.telling import told_tables
from settings_app.admin.trail import TrailPages
from settings_app.models import ConfigVersion
from settings_app.selectors.comparing import VersionPair, compare_versions
from settings_app.selectors.rows import version_rows
from settings_app.selectors.versions import active_version, versions_of
from settings_app.services import versions as services
from settings_app.services.replacing import SettingsReset, settings_reset
from settings_app.tables import settings_tables
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.wording import named
from shiftsync.realtime.stream.selectors import author_name
from shiftsync.tenants.admin import BY_RESTAURANT

IN_USE, EMPTY = "", "empty"

named(
    ConfigVersion,
    _("version of the rules"),
    _("versions of the rules"),
    restaurant=_("restaurant"),
    version_number=_("number"),
    name=_("name"),
    description=_("description"),
    is_active=_("in use"),
    is_locked=_("locked"),
    created_by=_("made by"),
    created_at=_("made at"),
    activated_at=_("put in use at"),
)


class VersionForm(ServiceForm):
    """A new version of one restaurant: the copy of another one, or empty."""

    restaurant_id: ClassVar[UUID | None] = None
    copy_from = forms.ChoiceField(label=_("Copy of"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settle_restaurant(self)
        if self.restaurant_id is not None:
            versions = [(str(version.id), str(version)) for version in versions_of(self.restaurant_id)]
            field: Any = self.fields["copy_from"]
            field.choices = [
                (IN_USE, gettext("the version in use")),
                *versions,
                (EMPTY, gettext("nothing: start empty")),
            ]


@admin.register(ConfigVersion)
class ConfigVersionAdmin(HistoryAdmin, TrailPages, RestaurantFirst):
    """Versions are added as copies, or empty; what becomes of them is an action."""

    task, place = Task.RULES, 20
    form = VersionForm

    can_edit = False
    change_list_template = "settings_app/versions.html"
    list_display = ("version_number", "name", "restaurant", "is_active", "is_locked", "made_by", "created_at")
    list_filter = (BY_RESTAURANT, "is_active", "is_locked")
    list_select_related = ("restaurant", "created_by")
    actions = ("activate", "lock", "unlock", "compare", "reset", "remove")
    fields = ("restaurant", "name", "description", "copy_from")
    shown = (
        "restaurant",
        "version_number",
        "name",
        "description",
        "is_active",
        "is_locked",
        "made_by",
        "created_at",
        "activated_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConfigVersion]:
        versions: QuerySet[ConfigVersion] = super().get_queryset(request).filter(deleted_at=None)
        return versions

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.shown if obj else super().get_fields(request, obj)

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        data = form.cleaned_data
        source = data["copy_from"]
        intent = services.VersionCreate(
            data["name"], data["description"], None if source in (IN_USE, EMPTY) else source, source == EMPTY
        )
        outcome = services.version_create(self.change(request, data["restaurant"].id, intent, form))
        return UUID(outcome.result["version"]["id"])

    @admin.display(description=_("made by"), empty_value="-")
    def made_by(self, version: ConfigVersion) -> str:
        """Who made it, by name."""
        return author_name(version.created_by)

    @admin.action(description=_("Activate the selected version"), permissions=["change"])
    def activate(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(
            request, queryset, services.version_activate, services.VersionActivate, gettext("versions activated")
        )

    @admin.action(description=_("Lock the selected versions"), permissions=["change"])
    def lock(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_lock, services.VersionLock, gettext("versions locked"))

    @admin.action(description=_("Unlock the selected versions"), permissions=["change"])
    def unlock(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_unlock, services.VersionUnlock, gettext("versions unlocked"))

    @admin.action(
        description=_("Delete the selected versions (only those that were never in use)"), permissions=["change"]
    )
    def remove(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> None:
        self._each(request, queryset, services.version_delete, services.VersionDelete, gettext("versions deleted"))

    @admin.action(description=_("Reset the settings to the defaults"), permissions=["change"])
    def reset(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> HttpResponse | None:
        rows = [*queryset.select_related("restaurant")]
        restaurants = {row.restaurant_id: row.restaurant for row in rows}
        asked = self.confirmation(
            request,
            rows,
            title=gettext("Reset to the defaults?"),
            consequences=[
                gettext(
                    "%(restaurant)s: %(count)d rows of the rules in use are replaced by the defaults; %(kept)d stay."
                )
                % {"restaurant": each, **_what_a_reset_replaces(id)}
                for id, each in restaurants.items()
            ],
            button=gettext("Reset"),
        )
        if asked is not None:
            return asked

        def serve(restaurant_id: UUID) -> None:
            settings_reset(self.change(request, restaurant_id, SettingsReset()))

        self.for_each(request, [*restaurants], serve, gettext("restaurants reset"))
        return None

    @admin.action(description=_("Compare the two selected versions"))
    def compare(self, request: HttpRequest, queryset: QuerySet[ConfigVersion]) -> HttpResponse | None:
        chosen = list(queryset.order_by("version_number"))
        if len(chosen) != 2 or chosen[0].restaurant_id != chosen[1].restaurant_id:
            self.message_user(request, gettext("Select two versions of the same restaurant."), messages.ERROR)
            return None
        found = compare_versions(chosen[0].restaurant_id, VersionPair(str(chosen[0].id), str(chosen[1].id)))
        return self.page(
            request,
            "settings_app/compare.html",
            title=gettext("Comparison"),
            before=chosen[0],
            after=chosen[1],
            tables=told_tables(chosen[0].restaurant_id, found["tables"]),
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        restaurants = {version.restaurant_id: version.restaurant for version in self.get_queryset(request)}
        return super().changelist_view(request, {**(extra_context or {}), "restaurants": list(restaurants.values())})

    def _each(
        self, request: HttpRequest, queryset: QuerySet[ConfigVersion], service: Any, intent: Any, done: str
    ) -> None:
        def serve(version: ConfigVersion) -> None:
            service(self.change(request, version.restaurant_id, intent(str(version.id))))

        self.for_each(request, queryset, serve, done)


def _what_a_reset_replaces(restaurant_id: UUID) -> dict[str, int]:
    """How many rows of the version in use give way to defaults, and how many are taken over."""
    rows = version_rows(active_version(restaurant_id).id)
    kept = sum(len(rows[table.key]) for table in settings_tables() if table.outlives_reset)
    return {"count": sum(map(len, rows.values())) - kept, "kept": kept}
