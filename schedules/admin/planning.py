"""A day, a person's month and the month itself as pages to plan on."""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext

from schedules.admin.planning_form import BLANK, Line, PlanningForm, place_of, told_day
from schedules.models import Schedule, Shift
from schedules.selectors.schedules import shift_types_of
from schedules.selectors.special_days import special_days_between
from schedules.services.cells import CellsEdit, cells_edit
from shiftsync.core.errors import DomainError
from shiftsync.core.ids import new_id, parse_id
from shiftsync.realtime.admin import ChangeAdmin
from shiftsync.realtime.stream.selectors import position_of
from staff.models import StaffMember
from staff.selectors import staff_of
from staff.terms import is_employed

PEOPLE_ON_A_PAGE = 50


class PlanningPages(ChangeAdmin):
    """Adds ``<schedule>/month/``, ``<schedule>/day/<day>/`` and ``<schedule>/person/<staff>/``."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:schedule_id>/month/", view(self.month), name="schedules_schedule_month"),
            path("<uuid:schedule_id>/day/<str:day>/", view(self.day), name="schedules_schedule_day"),
            path("<uuid:schedule_id>/person/<uuid:staff_id>/", view(self.person), name="schedules_schedule_person"),
            *super().get_urls(),
        ]

    def day(self, request: HttpRequest, schedule_id: UUID, day: str) -> HttpResponse:
        """All people on one day."""
        schedule = self._schedule(request, schedule_id)
        return self._day(request, schedule, _day_of(day))

    def _day(self, request: HttpRequest, schedule: Schedule, day: date) -> HttpResponse:
        if not schedule.period.start_date <= day <= schedule.period.end_date:
            raise Http404
        asked = request.GET.get("q", "").strip()
        people = [
            member
            for member in staff_of(schedule.restaurant_id)
            if is_employed(member, day, day) and asked.lower() in f"{member.name} {member.position}".lower()
        ]
        lines = _lines_of_day(schedule, day, people)
        steps = {"earlier": day - timedelta(days=1), "later": day + timedelta(days=1)}
        links = {
            name: reverse("admin:schedules_schedule_day", args=[schedule.pk, step])
            for name, step in steps.items()
            if schedule.period.start_date <= step <= schedule.period.end_date
        }
        special = [row["note"] or row["kind"] for row in special_days_between(schedule.restaurant_id, day, day)]
        return self._page(
            request, schedule, lines, title=told_day(day), asked=asked, searches=True, special=special, **links
        )

    def person(self, request: HttpRequest, schedule_id: UUID, staff_id: UUID) -> HttpResponse:
        """One person on all days of the period."""
        schedule = self._schedule(request, schedule_id)
        people = [*staff_of(schedule.restaurant_id)]
        at = next((index for index, member in enumerate(people) if member.pk == staff_id), None)
        if at is None:
            raise Http404
        links = {
            name: reverse("admin:schedules_schedule_person", args=[schedule.pk, people[step].pk])
            for name, step in (("earlier", at - 1), ("later", at + 1))
            if 0 <= step < len(people)
        }
        member = people[at]
        return self._page(request, schedule, _lines_of_person(schedule, member), title=member.name, **links)

    def month(self, request: HttpRequest, schedule_id: UUID) -> HttpResponse:
        """The whole period to look at, with ways to its days and people."""
        schedule = self._schedule(request, schedule_id)
        days = _days_of(schedule)
        people = [each for each in staff_of(schedule.restaurant_id) if is_employed(each, days[0], days[-1])]
        page = Paginator(people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("p"))
        cells = Shift.objects.filter(schedule=schedule, staff__in=[each.pk for each in page.object_list])
        values = {(cell.staff_id, cell.date): cell for cell in cells}
        rows = [(each, [values.get((each.pk, day)) for day in days]) for each in page.object_list]
        context = {
            **self._frame(request, schedule, gettext("Month %(period)s") % {"period": schedule.period}),
            "days": [(day, told_day(day)) for day in days],
            "rows": rows,
            "page_obj": page,
        }
        return TemplateResponse(request, "admin/schedules/month.html", context)

    def _page(self, request: HttpRequest, schedule: Schedule, lines: list[Line], **shown: Any) -> HttpResponse:
        symbols = [(each.symbol, str(each)) for each in shift_types_of(schedule.restaurant_id)]
        is_sent = request.method == "POST"
        form = PlanningForm(lines, symbols, request.POST if is_sent else None)
        do = request.POST.get("do", "")
        if is_sent and do == "save" and self._saved(request, schedule, form):
            return redirect(request.get_full_path())
        base = request.POST.get("base_version", "")
        is_anew = not is_sent or do == "save"
        context = {
            **self._frame(request, schedule, shown.pop("title")),
            "form": form,
            "base_version": position_of(schedule.restaurant_id).version if is_anew or not base.isdecimal() else base,
            "request_id": new_id(),
            "blank": BLANK[1],
            **shown,
        }
        is_preview = is_sent and do == "preview" and form.changed
        if is_sent and do == "preview" and not form.changed:
            self.message_user(request, gettext("Nothing was changed."), messages.WARNING)
        return TemplateResponse(request, f"admin/schedules/{'preview' if is_preview else 'planning'}.html", context)

    def _saved(self, request: HttpRequest, schedule: Schedule, form: PlanningForm) -> bool:
        """Saves what was changed as one change; False: refused, the form says why."""
        if not form.changed:
            self.message_user(request, gettext("Nothing was changed."), messages.WARNING)
            return False
        base = request.POST.get("base_version", "")
        told = SimpleNamespace(
            cleaned_data={
                "request_id": parse_id(request.POST.get("request_id")),
                "base_version": int(base) if base.isdecimal() else None,
            }
        )
        intent = CellsEdit(str(schedule.pk), form.wanted())
        try:
            outcome = cells_edit(self.change(request, schedule.restaurant_id, intent, told))
        except DomainError as refusal:
            form.refuse(refusal)
            return False
        count = outcome.result.get("changed", len(form.changed))
        done = ngettext("%(count)d cell was changed.", "%(count)d cells were changed.", count) % {"count": count}
        self.message_user(request, done, messages.SUCCESS)
        labels = {line.place: line.label for line in form.lines}
        self._tell_others(request, outcome.result.get("overwritten", ()), labels, is_refused=False)
        self._tell_others(request, outcome.result.get("refused", ()), labels, is_refused=True)
        return True

    def _tell_others(self, request: HttpRequest, items: Any, labels: dict[Any, str], *, is_refused: bool) -> None:
        text = (
            gettext("%(cell)s: stays “%(value)s”, which %(author)s had set meanwhile.")
            if is_refused
            else gettext("%(cell)s: replaced “%(value)s”, which %(author)s had set meanwhile.")
        )
        for item in items:
            words = {
                "cell": labels.get(place_of(item["entityId"]), item["entityId"]),
                "value": item["theirs"] or BLANK[1],
                "author": item["theirAuthor"] or gettext("the system"),
            }
            self.message_user(request, text % words, messages.WARNING)

    def _schedule(self, request: HttpRequest, schedule_id: UUID) -> Schedule:
        found = self.get_queryset(request).select_related("period", "restaurant").filter(pk=schedule_id).first()
        if found is None:
            raise Http404
        if not self.may(request, self.edit_role, found):
            raise PermissionDenied
        schedule: Schedule = found
        return schedule

    def _frame(self, request: HttpRequest, schedule: Schedule, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "schedule": schedule,
            "page_link": f"{reverse('home')}?restaurant={schedule.restaurant_id}",
        }


def _day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _days_of(schedule: Schedule) -> list[date]:
    period = schedule.period
    return [period.start_date + timedelta(days=step) for step in range((period.end_date - period.start_date).days + 1)]


def _lines_of_day(schedule: Schedule, day: date, people: list[StaffMember]) -> list[Line]:
    cells = {cell.staff_id: cell for cell in Shift.objects.filter(schedule=schedule, date=day)}
    return [*_lines(schedule, [(member, day, cells.get(member.pk)) for member in people], by_person=True)]


def _lines_of_person(schedule: Schedule, member: StaffMember) -> list[Line]:
    cells = {cell.date: cell for cell in Shift.objects.filter(schedule=schedule, staff=member)}
    days = [day for day in _days_of(schedule) if is_employed(member, day, day)]
    return [*_lines(schedule, [(member, day, cells.get(day)) for day in days], by_person=False)]


def _lines(
    schedule: Schedule, cells: list[tuple[StaffMember, date, Shift | None]], *, by_person: bool
) -> Iterator[Line]:
    for member, day, cell in cells:
        page, about = ("person", member.pk) if by_person else ("day", day)
        yield Line(
            (str(member.pk), str(day)),
            member.name if by_person else told_day(day),
            beside=member.position if by_person else "",
            link=reverse(f"admin:schedules_schedule_{page}", args=[schedule.pk, about]),
            now=cell.value if cell else "",
            is_locked=cell.is_locked if cell else False,
        )
