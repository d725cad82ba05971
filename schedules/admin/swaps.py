"""Swaps in the admin: read, approved and declined."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schedules.models import Swap
from schedules.services.swap_deciding import SwapDecide, swap_decide
from schedules.services.swaps import SwapWithdraw, swap_withdraw
from shiftsync.core.actor import Role
from shiftsync.core.admin_history import HistoryAdmin
from shiftsync.core.admin_site import Task
from shiftsync.core.wording import named
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.admin import BY_RESTAURANT

named(
    Swap,
    _("swap"),
    _("swaps"),
    restaurant=_("restaurant"),
    schedule=_("month"),
    staff=_("staff member"),
    date=_("date"),
    value=_("shift"),
    other=_("colleague"),
    other_date=_("date in return"),
    is_offer=_("offered to all"),
    candidates=_("who could take it"),
    cells=_("cells that are written"),
    breaks=_("rules that would be broken"),
    note=_("note"),
    state=_("state"),
    answer=_("word with the answer"),
    ended=_("why it ended"),
)


@admin.register(Swap)
class SwapAdmin(HistoryAdmin, ChangeAdmin):
    """Swaps are made by the staff; here they are read, approved, declined and withdrawn."""

    task, place = Task.MONTH, 4
    view_role = Role.MANAGER
    can_add = False
    list_display = ("date", "staff", "value", "other", "other_date", "state", "ended", "answer", "restaurant")
    list_filter = (BY_RESTAURANT, "state", "is_offer")
    list_select_related = ("restaurant", "staff", "other")
    date_hierarchy = "date"
    actions = ("approve", "approve_anyway", "decline", "withdraw")
    fields = (
        "restaurant", "staff", "date", "value", "other", "other_date", "is_offer", "note", "breaks", "state", "ended", "answer",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fields

    @admin.action(description=_("Approve the selected swaps"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Swap]) -> None:
        self._decide(request, queryset, gettext("swaps approved"))

    @admin.action(description=_("Approve the selected swaps although rules are broken"), permissions=["change"])
    def approve_anyway(self, request: HttpRequest, queryset: QuerySet[Swap]) -> None:
        self._decide(request, queryset, gettext("swaps approved"), anyway=True)

    @admin.action(description=_("Decline the selected swaps"), permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Swap]) -> None:
        self._decide(request, queryset, gettext("swaps declined"), approves=False)

    @admin.action(description=_("Withdraw the selected swaps"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Swap]) -> None:
        def serve(row: Swap) -> None:
            swap_withdraw(self.change(request, row.restaurant_id, SwapWithdraw(str(row.id))))

        self.for_each(request, queryset, serve, gettext("swaps withdrawn"))

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[Swap], done: str, *, approves: bool = True, anyway: bool = False
    ) -> None:
        def serve(row: Swap) -> None:
            swap_decide(self.change(request, row.restaurant_id, SwapDecide(str(row.id), approves, anyway=anyway)))

        self.for_each(request, queryset, serve, done)
