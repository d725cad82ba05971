"""The security log."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shiftsync.core.actor import Role
from shiftsync.core.admin_site import Task
from shiftsync.core.wording import named
from shiftsync.tenants.admin.scoped import BY_RESTAURANT, ReadOnlyAdmin
from shiftsync.tenants.models import SecurityEvent

named(
    SecurityEvent,
    _("security event"),
    _("security log"),
    restaurant=_("restaurant"),
    at=_("at"),
    kind=_("what happened"),
    actor=_("by"),
    about=_("about"),
    address=_("address"),
    details=_("details"),
)


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    """Who came in, who did not, and what became of access. What belongs to no restaurant is for the operator."""

    task, place = Task.RESTAURANT, 5
    view_role = Role.OWNER
    list_display = ("at", "kind", "actor", "about", "address", "restaurant")
    list_filter = (BY_RESTAURANT, "kind")
    list_select_related = ("actor", "about", "restaurant")
    search_fields = ("actor__username", "about__username", "address")
    fields = ("at", "kind", "actor", "about", "address", "restaurant", "details")
    ordering = ("-at", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        theirs = super().get_queryset(request)
        if not request.user.is_superuser:
            return theirs
        return theirs | SecurityEvent.objects.filter(restaurant=None).order_by(*theirs.query.order_by)

    def may(self, request: HttpRequest, role: Role, row: Any = None) -> bool:
        if row is not None and row.restaurant_id is None:
            return bool(request.user.is_active and request.user.is_superuser)
        return super().may(request, role, row)
