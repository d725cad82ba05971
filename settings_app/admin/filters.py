"""What a list of rows shows: those that count, unless something else is asked for."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from settings_app.models import ConfigVersion

ALL = "all"
MOST_VERSIONS = 20


class DefaultFilter(admin.SimpleListFilter):
    """A filter whose first choice stands where nothing was chosen."""

    first: Any

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The choices, each with its link."""
        chosen = self.value()
        first = changelist.get_query_string(remove=[self.parameter_name])
        yield {"selected": chosen is None, "query_string": first, "display": self.first}
        for value, title in self.lookup_choices:
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen == value, "query_string": link, "display": title}


class OfVersion(DefaultFilter):
    """Rows of the version in use, of another, or of all."""

    title = _("version")
    parameter_name = "version"
    first = _("In use")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        versions = ConfigVersion.objects.filter(restaurant_id__in=model_admin.visible(request), deleted_at=None)
        found = versions.filter(is_active=False).order_by("-created_at")[:MOST_VERSIONS]
        return [*((str(version.id), str(version)) for version in found), (ALL, gettext("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen is None:
            return queryset.filter(config_version__is_active=True)
        ids = [value for value, _ in self.lookup_choices if value != ALL]
        return queryset.filter(config_version_id=chosen) if chosen in ids else queryset


class Deleted(DefaultFilter):
    """Rows that are there, the deleted ones, or both."""

    title = _("state")
    parameter_name = "deleted"
    first = _("There")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("only", gettext("Deleted")), (ALL, gettext("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        return queryset if chosen == ALL else queryset.filter(is_active=chosen != "only")
