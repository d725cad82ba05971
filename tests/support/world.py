"""A small restaurant to test in, made through the services."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from schedules.services.calendar import PeriodCreate, period_create
from shiftsync.core.actor import Actor, Role
from shiftsync.realtime.stream.requests import ChangeRequest
from shiftsync.realtime.stream.selectors import Position, position_of
from shiftsync.tenants.credentials import digest_of, make_secret
from shiftsync.tenants.models import Restaurant, User
from shiftsync.tenants.services import membership_grant, restaurant_create, token_issue
from staff.services import StaffCreate, staff_create
from tests.support.world_copy import Written, all_rows

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


_made: dict[tuple[object, ...], tuple[World, Written]] = {}
"""A restaurant that the services have made, and what they have written, for each way to make one."""


def make_world(name: str = "Kitchen", names: tuple[str, ...] = ("田中", "佐藤", "鈴木")) -> World:
    """A new restaurant, with nothing in its cells."""
    # Other settings, or another clock, are for the services to find.
    way = (names, repr(settings.CONFIG), tuple(settings.PASSWORD_HASHERS))
    if abs(timezone.now().timestamp() - time.time()) > 1:
        return _make(name, names)
    if way in _made:
        return _copy(*_made[way], name)
    is_alone = not (Restaurant.objects.exists() or User.objects.exists() or all_rows().tables)
    world = _make(name, names)
    if is_alone:
        _made[way] = (world, all_rows())
    return world


def _make(name: str, names: tuple[str, ...]) -> World:
    """By the services."""
    restaurant = restaurant_create(Actor.system(uuid4()), name=name)
    system = Actor.system(restaurant.id)
    period = period_create(ChangeRequest(system, PeriodCreate(FIRST_DAY, LAST_DAY))).result["period"]
    staff_ids = [
        staff_create(ChangeRequest(system, StaffCreate({"name": person, "status": "社員"}))).result["staff"]["id"]
        for person in names
    ]
    world = World(restaurant, period["scheduleId"], period["id"], staff_ids)
    for role in Role:
        user = User.objects.create_user(_name_of(role), password=PASSWORD, is_staff=True)
        membership_grant(system, user=user, role=role)
        world.users[role] = user
        world.tokens[role] = token_issue(system, user=user)[1]
    return world


def _copy(made: World, written: Written, name: str) -> World:
    """Another one with the same rows."""
    secrets = {role: make_secret() for role in made.tokens}
    names = {user.username: _name_of(role) for role, user in made.users.items()}
    digests = {digest_of(made.tokens[role]): digest for role, (_, digest) in secrets.items()}
    renewal = written.write_again({made.restaurant.name: name, **names, **digests})
    users = User.objects.in_bulk([renewal.id(user.id) for user in made.users.values()])
    return World(
        Restaurant.objects.get(id=renewal.id(made.id)),
        renewal.of(made.schedule_id),
        renewal.of(made.period_id),
        [renewal.of(each) for each in made.staff_ids],
        {role: users[renewal.id(user.id)] for role, user in made.users.items()},
        {role: secret for role, (secret, _) in secrets.items()},
    )


def _name_of(role: Role) -> str:
    return f"{role.value}-{uuid4().hex[:12]}"
