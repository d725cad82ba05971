"""The restaurant of what is added, chosen before its form is shown: so the form offers only what is there."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from shiftsync.core.ids import parse_id
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.tenants.models import Restaurant


class RestaurantFirst(ChangeAdmin):
    """Pages whose forms know their restaurant: ``form.restaurant_id``."""

    def restaurant_of(self, request: HttpRequest, row: Any = None) -> UUID | None:
        """That of the row; of a new one the only one its author may edit, or the one chosen. None: not chosen yet."""
        if row is not None:
            return UUID(str(row.restaurant_id))
        mine = self.visible(request, self.edit_role)
        chosen = parse_id(request.POST.get("restaurant") or request.GET.get("restaurant"))
        return mine[0] if len(mine) == 1 else chosen if chosen in mine else None

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        if self.has_add_permission(request) and self.restaurant_of(request) is None:
            context = {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": gettext("Add %(name)s: for which restaurant?") % {"name": self.opts.verbose_name},
                "restaurants": Restaurant.objects.filter(id__in=self.visible(request, self.edit_role)).order_by("name"),
                "kept": [(key, value) for key, value in request.GET.items() if key != "restaurant"],
            }
            return TemplateResponse(request, "settings_app/choose_restaurant.html", context)
        return super().add_view(request, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.restaurant_id = self.restaurant_of(request, obj)
        return form


def settle_restaurant(form: Any) -> None:
    """Of a new row's form: the restaurant is chosen already, and can only be looked at."""
    field = form.fields.get("restaurant")
    if field is not None:
        field.queryset = field.queryset.filter(id=form.restaurant_id)
        field.empty_label = None
        form.initial["restaurant"] = form.restaurant_id
