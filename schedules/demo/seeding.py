"""Puts the sample data in place, through the services; what is there already stays as it is."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from schedules.demo.pattern import wishes
from schedules.demo.people import (
    OTHER_PEOPLE,
    OTHER_RESTAURANT_ID,
    OTHER_RESTAURANT_NAME,
    PEOPLE,
    RESTAURANT_ID,
    RESTAURANT_NAME,
)
from schedules.demo.settings import seed_settings
from schedules.models import Shift
from schedules.rules.periods import period_after, period_around
from schedules.selectors.schedules import PlannedPeriod, periods_of
from schedules.services.calendar import CalendarDayUpdate, PeriodCreate, calendar_day_update, period_create
from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.jobs import JobApply, JobStart, job_apply, job_start
from schedules.worker.running import run_job
from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import local_today
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import Membership, Restaurant, User
from shiftsync.tenants.services import membership_grant, membership_link, restaurant_create
from staff.selectors import staff_of
from staff.services import StaffCreate, staff_create

TIMEZONE = "Asia/Tokyo"
CLOSING_DAY = 20
PERIODS = 6
SOLVER_SECONDS = 20.0
USERS = {"owner": Role.OWNER, "manager": Role.MANAGER, "viewer": Role.VIEWER, "staff": Role.STAFF}
OTHER_USER = "aurora"


def seed(password: str) -> None:
    """Both restaurants with all their sample data. Run again, it adds what is missing: periods, as time goes by."""
    is_new = not Restaurant.objects.filter(id=RESTAURANT_ID).exists()
    system = _restaurant(RESTAURANT_ID, RESTAURANT_NAME)
    for name, role in USERS.items():
        _user(system, name, role, password)
    if is_new:
        _seed_staff(system)
        seed_settings(system)
    _seed_periods(system)
    if is_new:
        _fill_first(system)
    _link_staff(system)
    _seed_other(password)


def _restaurant(restaurant_id: UUID, name: str) -> Actor:
    system = Actor.system(restaurant_id)
    if not Restaurant.objects.filter(id=restaurant_id).exists():
        restaurant_create(system, id=restaurant_id, name=name, timezone=TIMEZONE, closing_day=CLOSING_DAY)
    return system


def _user(system: Actor, name: str, role: Role, password: str) -> None:
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User.objects.create_user(name, password=password, is_staff=True)
    if not Membership.objects.filter(user=user, restaurant_id=system.restaurant_id).exists():
        membership_grant(system, user=user, role=role)


def _link_staff(system: Actor) -> None:
    """The user ``staff`` is the first person of the schedule, unless somebody has made them another one, or nobody."""
    theirs = Membership.objects.get(user__username="staff", restaurant_id=system.restaurant_id)
    first = staff_of(system.restaurant_id).first()
    if first is not None and theirs.history.count() == 1:
        membership_link(system, user_id=theirs.user_id, staff_id=first.id)


def _seed_staff(system: Actor) -> None:
    for person in PEOPLE:
        fields = {
            "name": person.name,
            "position": person.position,
            "department": person.department,
            "type": person.status,
            "status": person.status,
        }
        staff_create(ChangeRequest(system, StaffCreate(fields, person.id), reason="Sample data"))


def _seed_periods(system: Actor) -> None:
    """The period of today and the five that follow."""
    start, end = period_around(local_today(TIMEZONE), CLOSING_DAY)
    present = {period.start_date for period in periods_of(system.restaurant_id)}
    for _ in range(PERIODS):
        if start not in present:
            intent = PeriodCreate(start, end, uuid5(system.restaurant_id, f"period:{start}"))
            period_create(ChangeRequest(system, intent, reason="Sample data"))
        start, end = period_after(end, CLOSING_DAY)


def _fill_first(system: Actor) -> None:
    first = periods_of(system.restaurant_id)[0]
    if first.schedule_id is None or Shift.objects.filter(schedule_id=first.schedule_id).exists():
        return
    closed = first.start_date + timedelta(days=(2 - first.start_date.weekday()) % 7 + 14)
    calendar_day_update(ChangeRequest(system, CalendarDayUpdate(closed, "closed", "定休日"), reason="Sample data"))
    open_days = [day for day in _days(first) if day != closed]
    intent = CellsEdit(str(first.schedule_id), wishes(PEOPLE, open_days))
    cells_edit(ChangeRequest(system, intent, reason="Sample data"))
    _complete(system, str(first.schedule_id))


def _complete(system: Actor, schedule_id: str) -> None:
    """Fills the month around what is written already, by the generator and its services.

    Its days before today as well: nobody has worked them, and blanks would be reported as broken rules.
    """
    intent = JobStart(schedule_id, keep="filled", time_limit_seconds=SOLVER_SECONDS, seed=1, include_past=True)
    job_id = job_start(ChangeRequest(system, intent)).result["jobId"]
    run_job(UUID(job_id))
    job_apply(ChangeRequest(system, JobApply(job_id), reason="Sample data"))


def _days(period: PlannedPeriod) -> list[date]:
    return [date.fromisoformat(day) for day in period.days()]


def _seed_other(password: str) -> None:
    is_new = not Restaurant.objects.filter(id=OTHER_RESTAURANT_ID).exists()
    system = _restaurant(OTHER_RESTAURANT_ID, OTHER_RESTAURANT_NAME)
    _user(system, OTHER_USER, Role.OWNER, password)
    if is_new:
        for name in OTHER_PEOPLE:
            staff_create(ChangeRequest(system, StaffCreate({"name": name, "position": "Cucina"})))
        period_create(ChangeRequest(system, PeriodCreate()))
