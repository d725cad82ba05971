"""A small restaurant to test in, made through the services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from schedules.services.calendar import PeriodCreate, period_create
from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.realtime.stream.selectors import Position, position_of
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.services import membership_grant, restaurant_create, token_issue
from staff.services import StaffCreate, staff_create

FIRST_DAY = date(2025, 7, 21)
LAST_DAY = date(2025, 8, 20)
PASSWORD = "shiftsync-test"


@dataclass
class World:
    """A restaurant with one period (21 July to 20 August 2025), staff, and a user and token for each role."""

    restaurant: Restaurant
    schedule_id: str
    period_id: str
    staff_ids: list[str]
    users: dict[Role, User] = field(default_factory=dict)
    tokens: dict[Role, str] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        """The restaurant's id."""
        return self.restaurant.id

    @property
    def position(self) -> Position:
        """Where its stream stands now."""
        return position_of(self.id)

    @property
    def system(self) -> Actor:
        """The system as an actor in it."""
        return Actor.system(self.id)

    def actor(self, role: Role = Role.MANAGER, client_id: str = "client") -> Actor:
        """The user of that role as an actor."""
        user = self.users[role]
        return Actor(self.id, user.id, role, client_id, name=user.display_name)

    def edit(self, staff: int, day: str, value: str) -> dict[str, Any]:
        """The payload of a ``SHIFT_UPDATE``; ``staff`` is the place in ``staff_ids``, ``day`` such as ``08-01``."""
        return {
            "scheduleId": self.schedule_id,
            "staffId": self.staff_ids[staff],
            "dateKey": f"2025-{day}",
            "shiftValue": value,
        }

    def grid(self, rows: Mapping[int, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """``scheduleData`` from places and short days."""
        return {
            self.staff_ids[staff]: {f"2025-{day}": value for day, value in row.items()} for staff, row in rows.items()
        }


def make_world(name: str = "Kitchen", names: tuple[str, ...] = ("田中", "佐藤", "鈴木")) -> World:
    """A new restaurant, with nothing in its cells."""
    restaurant = restaurant_create(Actor.system(uuid4()), name=name)
    system = Actor.system(restaurant.id)
    period = period_create(ChangeRequest(system, PeriodCreate(FIRST_DAY, LAST_DAY))).result["period"]
    staff_ids = [
        staff_create(ChangeRequest(system, StaffCreate({"name": person, "status": "社員"}))).result["staff"]["id"]
        for person in names
    ]
    world = World(restaurant, period["scheduleId"], period["id"], staff_ids)
    for role in Role:
        user = User.objects.create_user(f"{role.value}-{uuid4().hex[:12]}", password=PASSWORD, is_staff=True)
        membership_grant(system, user=user, role=role)
        world.users[role] = user
        world.tokens[role] = token_issue(system, user=user)[1]
    return world
