"""The pages of a table's rows, made from its description."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from settings_app.admin.fields import value_at
from settings_app.admin.filters import Deleted, OfVersion
from settings_app.admin.forms import RowForm, row_form
from settings_app.admin.kinds import KIND_OF, counts_for, kinds_of
from settings_app.admin.restaurant import RestaurantFirst
from settings_app.admin.showing import shown_value
from settings_app.models import SettingsRow
from settings_app.rules.table import SettingsTable
from settings_app.services import rows as services
from settings_app.tables import model_of, settings_tables
from settings_app.wire_rows import columns_of, reference_fields
from shiftsync.core.admin import BOOKKEEPING
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import LAST, Task
from shiftsync.core.wording import lazily, named, said
from shiftsync.realtime.stream.requests import Outcome
from shiftsync.tenants.admin import BY_RESTAURANT

Block = tuple[str | None, list[str]]
"""Fields under a title."""


class RowAdmin(HistoryAdmin, RestaurantFirst):
    """Rows of one settings table, of every version; a new row goes into the one in use."""

    task = Task.RULES
    table: ClassVar[SettingsTable]
    form: type[RowForm]
    change_form_template = "settings_app/row_form.html"
    blocks: ClassVar[tuple[Block, ...]]
    list_display = ("__str__", "config_version", "restaurant", "is_active", "updated_at")
    list_filter = (BY_RESTAURANT, OfVersion, Deleted)
    list_select_related = ("restaurant", "config_version")
    search_fields = ("name", "description")
    actions = ("deactivate", "restore")

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("settings_app/admin.css",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("restaurant", "config_version") if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The blocks of columns and of configs; where nothing can be edited, with the values inside the configs as text."""
        is_editable = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        known = self.form.known
        about = ["restaurant", *(["config_version"] if obj else [])]
        blocks = [(None, about), *self.blocks, *([(None, list(BOOKKEEPING))] if is_editable else [])]
        left_out = self._left_out(request, obj)
        return [
            (title, {"fields": [name if is_editable or name not in known else self._shown(name) for name in names]})
            for title, shown in blocks
            if (names := [name for name in shown if name not in left_out])
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.left_out = self._left_out(request, obj)
        return form

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """As Django's, with the kinds of rule to choose from first, so that only their fields are shown."""
        path = next((path for path in KIND_OF.values() if path in self.form.known), None)
        chosen = path is None or request.GET.get(path)
        choices = [] if chosen or path is None else [pair for pair in self._kind_choices(path) if pair[0]]
        return super().add_view(request, form_url, {**(extra_context or {}), "kinds": choices, "kind_path": path})

    def _kind_choices(self, path: str) -> Any:
        field: Any = self.form.base_fields[path]
        return field.choices

    def _left_out(self, request: HttpRequest, row: Any) -> set[str]:
        """The fields that say nothing for the kind that a row is of, or is to be of; those that hold something stay."""
        configs = (
            {name: getattr(row, columns_of(model_of(self.table))[name].attname) or {} for name in self.table.configs}
            if row
            else {}
        )
        stored = self.table.row.read(configs)
        kinds = kinds_of(self.form.known, stored, {**request.GET.dict(), **request.POST.dict()})
        return {
            path
            for path in self.form.known
            if not counts_for(path, kinds.get(path.partition(".")[0], ()))
            and value_at(stored, path.split(".")) in (None, "", [], {})
        }

    def _shown(self, path: str) -> Any:
        return shown_value(self.table, path, self.form.known[path])

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or (obj.is_active and not obj.config_version.is_locked)
        return super().has_change_permission(request, obj) and (is_open or self.keeps_typed(request))

    def why_not(self, request: HttpRequest, row: Any) -> str:
        if row is not None and not row.is_active:
            return gettext("This has been deleted. Restore it in the list before you change it.")
        if row is not None and row.config_version.is_locked:
            words = {"version": row.config_version}
            return gettext("Version %(version)s is locked. Unlock it, or change a copy of it.") % words
        return super().why_not(request, row)

    def add_by_service(self, request: HttpRequest, form: Any) -> UUID:
        id: UUID = form.cleaned_data["request_id"]
        intent = services.RowWrite(self.table.key, form.changed, str(id))
        outcome = services.row_save(self.change(request, form.cleaned_data["restaurant"].id, intent, form))
        self._warn(request, outcome)
        return id

    def change_by_service(self, request: HttpRequest, row: SettingsRow, form: Any) -> None:
        intent = services.RowWrite(self.table.key, form.changed, str(row.pk), str(row.config_version_id))
        outcome = services.row_save(self.change(request, row.restaurant_id, intent, form))
        self.tell(request, outcome)
        self._warn(request, outcome)

    @admin.action(description=_("Delete the selected rows"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[SettingsRow]) -> None:
        def serve(row: SettingsRow) -> None:
            intent = services.RowDelete(self.table.key, str(row.pk), str(row.config_version_id))
            services.row_delete(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, gettext("rows deleted"))

    @admin.action(description=_("Restore the selected rows"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[SettingsRow]) -> None:
        def serve(row: SettingsRow) -> None:
            intent = services.RowRestore(self.table.key, str(row.pk), str(row.config_version_id))
            services.row_restore(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, gettext("rows restored"))

    @admin.action(description=_("Permanently remove the selected rows (deleted ones only)"), permissions=["change"])
    def hard_delete(self, request: HttpRequest, queryset: QuerySet[SettingsRow]) -> None:
        def serve(row: SettingsRow) -> None:
            intent = services.RowHardDelete(self.table.key, str(row.pk), str(row.config_version_id))
            services.row_hard_delete(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, gettext("rows permanently removed"))

    def _warn(self, request: HttpRequest, outcome: Outcome) -> None:
        for warning in outcome.result.get("warnings", ()):
            self.message_user(request, said(warning), messages.WARNING)


def register_admin(table: SettingsTable) -> None:
    """Puts the table's pages into the admin."""
    form = row_form(table)
    model = model_of(table)
    columns = {
        column.name: lazily(table.row.fields[wire].label)
        for wire, column in columns_of(model).items()
        if wire in table.row.fields
    }
    shared = {
        "restaurant": _("restaurant"),
        "config_version": _("version of the rules"),
        "is_active": _("active"),
        "updated_at": _("changed at"),
    }
    named(model, lazily(table.row.title.lower()), lazily(table.title), **{**shared, **columns})
    page = {
        "place": settings_tables().index(table) if table in settings_tables() else LAST,
        "table": table,
        "form": form,
        "blocks": tuple(_blocks(table, list(form.known))),
        "list_select_related": (*RowAdmin.list_select_related, *reference_fields(table)),
        "actions": ("deactivate", "restore", *(("hard_delete",) if table.hard_delete else ())),
    }
    admin.site.register(model, type("TableAdmin", (RowAdmin,), page))


def _blocks(table: SettingsTable, paths: list[str]) -> Iterator[Block]:
    """The fields of the form in the order of the row's columns: a block under its title in place of each config."""
    columns = columns_of(model_of(table))
    plain: list[str] = []
    for name in table.row.fields:
        inside = [path for path in paths if path.startswith(f"{name}.")]
        if name not in table.configs:
            plain.append(columns[name].name)
        elif inside:
            yield None, plain
            yield lazily(table.configs[name].title), inside
            plain = []
    if plain:
        yield None, plain
