"""The order of the people as one page: every place is a number to type over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext

from shiftsync.core.admin import problems_of
from shiftsync.core.errors import DomainError
from shiftsync.core.ids import new_id, parse_id
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.realtime.stream.requests import Sender
from shiftsync.realtime.stream.selectors import position_of
from staff.models import StaffMember
from staff.selectors import staff_of
from staff.services import StaffReorder, staff_reorder

ORDER = "staff_staffmember_order"


class OrderPages(ChangeAdmin):
    """Adds the page ``order/<restaurant>/``."""

    change_list_template = "admin/staff/changelist.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.order)
        return [path("order/<uuid:restaurant_id>/", view, name=ORDER), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        orders = self.visible(request, self.edit_role)
        return super().changelist_view(
            request, {**(extra_context or {}), "orders": orders[:1] if len(orders) == 1 else orders}
        )

    def order(self, request: HttpRequest, restaurant_id: UUID) -> HttpResponse:
        """All people with their places; what was typed is sorted by, and those with equal numbers stay as they were."""
        if restaurant_id not in self.visible(request, self.edit_role):
            raise Http404
        people = [*staff_of(restaurant_id)]
        places = [request.POST.get(f"place-{member.pk}", str(number)) for number, member in enumerate(people, 1)]
        if request.method == "POST" and self._reordered(request, restaurant_id, people, places):
            return redirect("admin:staff_staffmember_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Order of the people"),
            "people": list(zip(people, places, strict=True)),
            "request_id": new_id(),
            "base_version": position_of(restaurant_id).version,
        }
        return TemplateResponse(request, "admin/staff/order.html", context)

    def _reordered(
        self, request: HttpRequest, restaurant_id: UUID, people: list[StaffMember], places: list[str]
    ) -> bool:
        try:
            wanted = sorted(zip(map(float, places), range(len(people)), strict=True))
        except ValueError:
            self.message_user(request, gettext("Every place must be a number."), messages.ERROR)
            return False
        intent = StaffReorder([str(people[index].pk) for _, index in wanted])
        base = request.POST.get("base_version", "")
        options = {"base_version": int(base) if base.isdecimal() else None, "reason": "Changed in the admin"}
        sender = Sender(self.actor(request, restaurant_id), parse_id(request.POST.get("request_id")))
        try:
            staff_reorder(sender.change(intent, options))
        except DomainError as refusal:
            for _name, text in problems_of(refusal):
                self.message_user(request, text, messages.ERROR)
            return False
        self.message_user(request, gettext("The order has been changed."), messages.SUCCESS)
        return True
