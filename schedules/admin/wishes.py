"""Wishes in the admin: what was wished, and the answers."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schedules.models import Wish, WishState
from schedules.serializers.wishes import WishFields
from schedules.services.answering import WishesAnswer, wishes_answer
from schedules.services.wishes import WishDelete, WishUpdate, wish_delete, wish_update
from shiftsync.core.actor import Role
from shiftsync.core.admin import ServiceForm
from shiftsync.core.admin_site import Task
from shiftsync.core.wording import named
from shiftsync.realtime.admin import LastingAdmin
from shiftsync.tenants.admin import BY_RESTAURANT

named(
    Wish,
    _("wish"),
    _("wishes"),
    restaurant=_("restaurant"),
    schedule=_("month"),
    staff=_("staff member"),
    date=_("date"),
    kind=_("what is wished"),
    value=_("shift"),
    weight=_("weight (1 to 10)"),
    note=_("note"),
    state=_("answered"),
    answer=_("word with the answer"),
    taken_value=_("written into the cell"),
    made_by=_("entered by"),
    is_own=_("entered by the person"),
    is_active=_("active"),
)


class WishForm(ServiceForm):
    """What is wished."""

    wire_names = {"value": "shiftValue"}


@admin.register(Wish)
class WishAdmin(LastingAdmin):
    """Wishes are entered where the month is planned; here they are corrected, withdrawn and declined."""

    task, place = Task.MONTH, 3
    view_role = Role.MANAGER
    can_add = False
    form = WishForm
    shape = WishFields
    list_display = ("date", "staff", "kind", "value", "weight", "state", "answer", "restaurant", "is_active")
    list_filter = (BY_RESTAURANT, "state", "kind", "is_active")
    list_select_related = ("restaurant", "staff")
    date_hierarchy = "date"
    actions = ("decline", "withdraw")
    fields = ("restaurant", "staff", "date", "kind", "value", "weight", "note", "state", "answer", "made_by", "is_own")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("restaurant", "staff", "date", "state", "answer", "made_by", "is_own")

    def change_by_service(self, request: HttpRequest, row: Wish, form: Any) -> None:
        intent = WishUpdate(str(row.id), self.checked(form))
        self.tell(request, wish_update(self.change(request, row.restaurant_id, intent, form)))

    @admin.action(description=_("Decline the selected wishes"), permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Wish]) -> None:
        def serve(row: Wish) -> None:
            intent = WishesAnswer(str(row.schedule_id), WishState.DECLINED, (str(row.id),))
            wishes_answer(self.change(request, row.restaurant_id, intent))

        self.for_each(request, queryset, serve, gettext("wishes declined"))

    @admin.action(description=_("Withdraw the selected wishes"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Wish]) -> None:
        def serve(row: Wish) -> None:
            wish_delete(self.change(request, row.restaurant_id, WishDelete(str(row.id))))

        self.for_each(request, queryset, serve, gettext("wishes withdrawn"))
