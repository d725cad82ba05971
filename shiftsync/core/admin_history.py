"""The history of a row in the admin: what each change changed, by whom, and the row put back as it was then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Field, ForeignKey, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from shiftsync.core.admin import BOOKKEEPING, problems_of
from shiftsync.core.errors import DomainError
from shiftsync.core.ids import new_id
from shiftsync.core.serializers import camel
from shiftsync.core.wording import said
from shiftsync.core.zones import FALLBACK, zone_of

SILENT = frozenset({"id", "restaurant", "created_at", "updated_at", "revision", "lineage_id", "config_version"})
OPERATIONS = {"+": _("added"), "~": _("changed"), "-": _("removed")}
PER_PAGE = 50


@dataclass(frozen=True)
class Restored:
    """What a form would bring that puts a row back: see ``ServiceForm``."""

    changed: Mapping[str, Any]
    cleaned_data: Mapping[str, Any]
    changed_data: Sequence[str]


class HistoryAdmin(SimpleHistoryAdmin):
    """What was changed, entry by entry. A row that the reader may not see has no history page.

    Where a page can be edited, an entry can be restored, by the same service as any other change: ``kept_fields`` are those
    that it puts back (None: those of the form that can be edited).
    """

    kept_fields: ClassVar[tuple[str, ...] | None] = None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self._require_visible(request, object_id)
        page = Paginator(self._records(row), PER_PAGE).get_page(request.GET.get("p"))
        records = [*page.object_list]
        following = self._records(row)[page.end_index() : page.end_index() + 1] if page.has_next() else ()
        older = [*records[1:], *(following or [None])]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "title": gettext("History of %(row)s") % {"row": row},
            "page_obj": page,
            "entries": [self._told(row, *pair) for pair in zip(records, older, strict=True)],
            "may_restore": self.may_put_back(request, row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history.html", context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """What the row was after that entry, beside what it is; a POST puts it back."""
        row = self._require_visible(request, object_id)
        record = self._records(row).filter(pk=version_id).first() if version_id.isdecimal() else None
        if record is None:
            raise Http404
        if request.method == "POST":
            return self._put_back(request, row, record)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "title": gettext("%(row)s as it was") % {"row": row},
            "entry": self._told(row, record, None),
            "fields": [*self._differences(row, record)],
            "may_restore": self.may_put_back(request, row),
            "base_version": getattr(row, "revision", ""),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/history_entry.html", context)

    def may_put_back(self, request: HttpRequest, row: Any) -> bool:
        """Whether this user may put ``row`` back as it was."""
        return self.has_change_permission(request, row) and bool(self._restorable())

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def _put_back(self, request: HttpRequest, row: Any, record: Any) -> HttpResponse:
        if not self.may_put_back(request, row):
            raise PermissionDenied
        names = [name for name in self._restorable() if getattr(row, name) != getattr(record, name)]
        wire: Mapping[str, str] = getattr(self.form, "wire_names", {})
        values = {name: getattr(record, name) for name in names}
        seen = request.POST.get("base_version", "")
        restored = Restored(
            {wire.get(name, camel(name)): value for name, value in values.items()},
            {
                **{name: getattr(row, name) for name in self._restorable()},
                **values,
                "request_id": new_id(),
                "base_version": int(seen) if seen.isdecimal() else None,
            },
            names,
        )
        try:
            if names:
                self.change_by_service(request, row, restored)
            self.message_user(request, gettext("The row is as it was then."), messages.SUCCESS)
        except DomainError as refusal:
            for _name, text in problems_of(refusal):
                self.message_user(request, text, messages.ERROR)
        return redirect("..")

    def _restorable(self) -> list[str]:
        if self.kept_fields is not None:
            return [*self.kept_fields]
        given = [name for name in (self.fields or ()) if isinstance(name, str) and name not in BOOKKEEPING]
        return [name for name in given if name in self._columns() and name not in SILENT]

    def _columns(self) -> dict[str, Field[Any, Any]]:
        return {field.name: field for field in self.model._meta.concrete_fields if isinstance(field, Field)}

    def _records(self, row: Any) -> QuerySet[Any]:
        records: QuerySet[Any] = type(row).history.filter(id=row.pk)
        return records.select_related("history_user").order_by("-history_date", "-history_id")

    def _told(self, row: Any, record: Any, older: Any) -> dict[str, Any]:
        fields = [*self._between(older, record)]
        user = record.history_user
        return {
            "id": record.pk,
            "moment": moment_of(row, record.history_date),
            "who": getattr(user, "display_name", None) or (str(user) if user else gettext("the system")),
            "what": OPERATIONS.get(record.history_type, record.history_type),
            "reason": said(record.history_change_reason or ""),
            "fields": fields if record.history_type == "~" and older is not None else [],
        }

    def _between(self, before: Any, after: Any) -> Iterator[tuple[str, str, str]]:
        """The fields that differ: name, what it was, what it is."""
        for name, field in self._columns().items():
            if name in SILENT or before is None:
                continue
            was, is_now = getattr(before, field.attname, None), getattr(after, field.attname, None)
            if was != is_now:
                yield capfirst(str(field.verbose_name)), value_as_text(field, was), value_as_text(field, is_now)

    def _differences(self, row: Any, record: Any) -> Iterator[tuple[str, str, str, bool]]:
        """Every field that the entry can put back: name, what it is, what it was, whether these differ."""
        columns = self._columns()
        for name in self._restorable() or [name for name in columns if name not in SILENT]:
            field = columns[name]
            now, then = getattr(row, field.attname), getattr(record, field.attname, None)
            yield (
                capfirst(str(field.verbose_name)),
                value_as_text(field, now),
                value_as_text(field, then),
                now != then,
            )

    def _require_visible(self, request: HttpRequest, object_id: str) -> Any:
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        return row


def moment_of(row: Any, moment: datetime | None) -> str:
    """A moment in the zone of the row's restaurant, which is named."""
    if moment is None:
        return "–"
    restaurant = getattr(row, "restaurant", None) or row
    zone = zone_of(getattr(restaurant, "timezone", None) or FALLBACK)
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M} ({zone.key})"


def value_as_text(field: Field[Any, Any], value: Any) -> str:
    """A stored value as one reads it."""
    if isinstance(field, ForeignKey) or value in (None, "", [], {}):
        return "–" if not isinstance(field, ForeignKey) or value is None else str(value)
    labels = dict(field.flatchoices or ())
    return str(labels[value]) if labels and value in labels else plain_text(value)


def plain_text(value: Any) -> str:
    """A value as one reads it: yes or no, days, lists."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return date_format(value, "Y-m-d")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Mapping):
        if {"year", "month"} <= value.keys():
            return "-".join(f"{value[key]:02}" for key in ("year", "month", "day") if value.get(key))
        return "; ".join(
            f"{said(key)}: {plain_text(each)}" for key, each in value.items() if each not in (None, "", [])
        )
    if isinstance(value, list | tuple):
        return ", ".join(plain_text(each) for each in value)
    return str(value)
