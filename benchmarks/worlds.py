"""Restaurants to measure in, made through the services."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from schedules.demo.people import RESTAURANT_ID
from schedules.demo.seeding import seed
from schedules.generation import Problem
from schedules.selectors.problem import read_planning
from schedules.selectors.schedules import periods_of
from schedules.services.calendar import PeriodCreate, period_create
from schedules.services.cells import CellsEdit, cells_edit
from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.tenants.models import User
from shiftsync.tenants.services import membership_grant, restaurant_create, token_issue
from staff.services import StaffCreate, staff_create

FIRST_DAY = date(2025, 7, 21)
VALUES = "○△◇×"
USERS = 10


@dataclass(frozen=True, slots=True)
class World:
    """A restaurant with one period; ``tokens`` of several managers, since a user may send 1,000 messages a second."""

    restaurant_id: UUID
    schedule_id: str
    staff_ids: tuple[str, ...]
    days: tuple[str, ...]
    user_ids: tuple[UUID, ...]
    tokens: tuple[str, ...]

    def grid(self, shift: int = 0) -> dict[str, dict[str, str]]:
        """A value for every cell; another ``shift`` changes them all."""
        return {
            staff_id: {day: VALUES[(row + column + shift) % len(VALUES)] for column, day in enumerate(self.days)}
            for row, staff_id in enumerate(self.staff_ids)
        }

    def fill(self, shift: int = 0) -> None:
        """Writes :meth:`grid` into the schedule."""
        cells_edit(ChangeRequest(Actor.system(self.restaurant_id), CellsEdit(self.schedule_id, self.grid(shift))))

    def bulk_update(self, shift: int) -> bytes:
        """A ``SHIFT_BULK_UPDATE`` of every cell."""
        return message("SHIFT_BULK_UPDATE", {"scheduleId": self.schedule_id, "scheduleData": self.grid(shift)})

    def edits(self) -> Iterator[bytes]:
        """``SHIFT_UPDATE`` for ever, of one cell after the other, each to a value that stands nowhere yet."""
        cells = cycle((staff_id, day) for day in self.days for staff_id in self.staff_ids)
        for number, (staff_id, day) in enumerate(cells):
            edit = {"scheduleId": self.schedule_id, "staffId": staff_id, "dateKey": day, "shiftValue": f"~{number}"}
            yield message("SHIFT_UPDATE", edit)

    @property
    def floor_settings(self) -> dict[str, str]:
        """What a floor must know to write into it."""
        return {
            "BENCH_RESTAURANT": str(self.restaurant_id),
            "BENCH_SCHEDULE": self.schedule_id,
            "BENCH_USER": str(self.user_ids[0]),
        }


def message(kind: str, payload: Any) -> bytes:
    """A message of a client, with a request id of its own."""
    envelope = {"type": kind, "payload": payload, "requestId": str(uuid4())}
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()


def make_world(staff: int = 17, days: int = 31, *, users: int = USERS) -> World:
    """A new restaurant; its cells are empty."""
    restaurant = restaurant_create(Actor.system(uuid4()), name=f"{staff} people")
    system = Actor.system(restaurant.id)
    intent = PeriodCreate(FIRST_DAY, FIRST_DAY + timedelta(days=days - 1))
    period = period_create(ChangeRequest(system, intent)).result["period"]
    staff_ids = [
        staff_create(ChangeRequest(system, StaffCreate({"name": f"スタッフ{number}", "status": "社員"})))
        for number in range(staff)
    ]
    members = [_member(system) for _ in range(users)]
    return World(
        restaurant.id,
        period["scheduleId"],
        tuple(outcome.result["staff"]["id"] for outcome in staff_ids),
        tuple(str(FIRST_DAY + timedelta(days=offset)) for offset in range(days)),
        tuple(user.id for user, _ in members),
        tuple(token for _, token in members),
    )


def _member(system: Actor) -> tuple[User, str]:
    user = User.objects.create_user(f"bench-{uuid4().hex[:12]}")
    membership_grant(system, user=user, role=Role.MANAGER)
    return user, token_issue(system, user=user)[1]


def sample_problem() -> Problem:
    """The second period of the sample restaurant, blank, with the first one before it."""
    seed(uuid4().hex)
    second = periods_of(RESTAURANT_ID)[1]
    return read_planning(RESTAURANT_ID, second.schedule_id).problem
