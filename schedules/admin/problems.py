"""What the first page of the admin says of broken rules: how many, in the month that is planned for today and the next one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from schedules.selectors.evaluation import validation
from schedules.selectors.schedules import PlannedPeriod, periods_of
from shiftsync.core.actor import Role
from shiftsync.core.admin_site import panel
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.selectors import reading
from shiftsync.tenants.admin import roles_of
from shiftsync.tenants.models import Restaurant

MOST_MONTHS = 2
"""This month and the next."""
MOST_RESTAURANTS = 2
"""Judging a month may take a second; where there are more, their pages are linked without a number."""


@panel(2, "admin/schedules/panel_problems.html")
def problems(request: HttpRequest) -> dict[str, Any] | None:
    """By restaurant and month, how many rules are broken that must hold, and how many others; None where there is no such month."""
    edited = [id for id, role in roles_of(request).items() if role.covers(Role.MANAGER)]
    restaurants = list(Restaurant.objects.filter(id__in=edited).order_by("name"))
    is_counted = len(restaurants) <= MOST_RESTAURANTS
    told = [month for each in restaurants for month in _months(each, is_counted=is_counted)]
    return {"months": told, "names_restaurant": len(restaurants) > 1} if told else None


def _months(restaurant: Restaurant, *, is_counted: bool) -> list[dict[str, Any]]:
    with reading(restaurant.pk):
        coming = _coming(restaurant.pk, local_today(restaurant.timezone))
        return [
            {
                "restaurant": restaurant,
                "period": period,
                "counted": _counted(restaurant.pk, period) if is_counted else None,
            }
            for period in coming[:MOST_MONTHS]
        ]


def _coming(restaurant_id: UUID, today: date) -> list[PlannedPeriod]:
    return [each for each in periods_of(restaurant_id) if each.end_date >= today and each.schedule_id is not None]


def _counted(restaurant_id: UUID, period: PlannedPeriod) -> dict[str, int]:
    found = validation(restaurant_id, period.schedule_id)["violations"]
    hard = sum(each["isHard"] for each in found)
    return {"hard": hard, "soft": len(found) - hard}
