"""What the first page of the admin says of the months: today, what is not published, running jobs, the latest changes."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.http import HttpRequest

from schedules.admin.planning_form import told_day
from schedules.models import ACTIVE_JOB, GenerationJob, Schedule, Shift
from shiftsync.core.actor import Role
from shiftsync.core.admin_history import moment_of
from shiftsync.core.admin_site import panel
from shiftsync.core.clock import now
from shiftsync.core.wording import said
from shiftsync.core.zones import zone_of
from shiftsync.realtime.events import INTERNAL_TOPIC
from shiftsync.realtime.models import Change
from shiftsync.realtime.protocol.wire import BROADCASTS
from shiftsync.realtime.stream.selectors import author_names
from shiftsync.tenants.admin import roles_of
from shiftsync.tenants.models import Restaurant

MOST_CHANGES = 12
MOST_MONTHS = 4


def _edited(request: HttpRequest) -> list[UUID]:
    """The restaurants whose drafts this user may see."""
    return [id for id, role in roles_of(request).items() if role.covers(Role.MANAGER)]


def _today(restaurant: Restaurant) -> date:
    return now().astimezone(zone_of(restaurant.timezone)).date()


@panel(1, "admin/schedules/panel_months.html")
def months(request: HttpRequest) -> dict[str, Any] | None:
    """The months that today's and later days lie in: who works today, and what nobody has been told of yet."""
    restaurants = {each.pk: each for each in Restaurant.objects.filter(id__in=_edited(request)).order_by("name")}
    if not restaurants:
        return None
    changed = Count("shifts", filter=Q(shifts__revision__gt=F("revision")))
    schedules = Schedule.objects.filter(restaurant_id__in=restaurants).select_related("period")
    found: dict[UUID, list[Schedule]] = {id: [] for id in restaurants}
    for schedule in schedules.annotate(changed=changed).order_by("period__start_date"):
        if schedule.period.end_date >= _today(restaurants[schedule.restaurant_id]):
            found[schedule.restaurant_id].append(schedule)
    days = {id: _today(restaurant) for id, restaurant in restaurants.items()}
    counted = _counted(days)
    return {
        "restaurants": [
            {
                "restaurant": restaurant,
                "today": days[id],
                "told_today": told_day(days[id]),
                "current": next((each for each in found[id] if each.period.start_date <= days[id]), None),
                "counted": counted.get(id, []),
                "months": found[id][:MOST_MONTHS],
            }
            for id, restaurant in restaurants.items()
        ]
    }


def _counted(days: dict[UUID, date]) -> dict[UUID, list[tuple[str, int]]]:
    """How often each symbol stands in today's cells."""
    cells = Shift.objects.filter(restaurant_id__in=days, date__in={*days.values()}).exclude(value="")
    counts: dict[UUID, Counter[str]] = {}
    for restaurant_id, day, value in cells.values_list("restaurant_id", "date", "value"):
        if days[restaurant_id] == day:
            counts.setdefault(restaurant_id, Counter())[value] += 1
    return {id: counter.most_common(6) for id, counter in counts.items()}


@panel(2, "admin/schedules/panel_jobs.html")
def jobs(request: HttpRequest) -> dict[str, Any] | None:
    """What the generator works on."""
    running = GenerationJob.objects.filter(restaurant_id__in=_edited(request), status__in=ACTIVE_JOB)
    found = running.defer("result").select_related("restaurant", "schedule__period").order_by("-created_at")[:10]
    return {"jobs": [{"job": job, "moment": moment_of(job, job.created_at)} for job in found]} if found else None


def _told(type: str) -> Any:
    """What somebody did, in the words of its registration; a type that is registered no longer is told as it is."""
    spec = BROADCASTS.get(type)
    return type if spec is None else spec.told


@panel(3, "admin/schedules/panel_changes.html")
def changes(request: HttpRequest) -> dict[str, Any] | None:
    """Who changed what lately."""
    edited = _edited(request)
    if not edited:
        return None
    log = Change.objects.filter(restaurant_id__in=edited).exclude(topic=INTERNAL_TOPIC).select_related("restaurant")
    latest = list(log.defer("payload", "old_values").order_by("-id")[:MOST_CHANGES])
    names = author_names({change.actor_id for change in latest if change.actor_id})
    return {
        "changes": [
            {
                "who": (names.get(change.actor_id) if change.actor_id else None) or said("the system"),
                "what": _told(change.type),
                "where": change.restaurant.name if len(edited) > 1 else "",
                "moment": moment_of(change, change.created_at),
            }
            for change in latest
        ]
    }
