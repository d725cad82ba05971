"""Ids of everything that a restaurant has, found by its models: what is added to them is among these without being named."""

import re
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import UUIDField

from schedules.services.cells import CellsEdit, cells_edit
from schedules.services.closings import ClosingRuleCreate, closing_rule_create
from schedules.services.publishing import SchedulePublish, schedule_publish
from schedules.services.swaps import SwapCreate, swap_create
from schedules.services.wishes import WishCreate, wish_create
from shiftsync.core.fence import within
from shiftsync.realtime.stream.requests import ChangeRequest
from staff.availability import AvailabilityCreate, availability_create
from tests.contract.settings.samples import TABLES, made
from tests.integration.generation.conftest import start
from tests.support.world import World

UUID_PATTERN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PASSING = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.]+Z|\"(version|revision|staffOrder|currentVersion|frame|index)\": ?\"?\d+\"?"
)


def furnish(world: World) -> dict[str, str]:
    """Gives the restaurant something of every kind; an id of each, by the model's name."""
    for table in TABLES:
        made(table, world)
    rule = ClosingRuleCreate({"repeats": "weekly", "days_of_week": [3]})
    closing_rule_create(ChangeRequest(world.system, rule))
    person = world.staff_ids[0]
    wish = WishCreate(world.schedule_id, person, date(2025, 8, 1), {"kind": "off"})
    wish_create(ChangeRequest(world.system, wish))
    availability_create(ChangeRequest(world.system, AvailabilityCreate(person, {"weekdays": [1]})))
    cells_edit(ChangeRequest(world.system, CellsEdit(world.schedule_id, {world.staff_ids[1]: {"2025-08-01": "×"}})))
    schedule_publish(ChangeRequest(world.system, SchedulePublish(world.schedule_id)))
    swap = SwapCreate(world.schedule_id, person, date(2025, 8, 1), other_id=world.staff_ids[1])
    swap_create(ChangeRequest(world.system, swap))
    start(world)
    return ids_of(world)


def ids_of(world: World) -> dict[str, str]:
    """An id of each kind of thing that the restaurant has, by the model's name in lower case."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        manager: Any = model._default_manager
        names = {field.name for field in model._meta.concrete_fields}
        if "restaurant" not in names or "history_id" in names or not isinstance(model._meta.pk, UUIDField):
            continue
        with within(world.id):
            id = manager.filter(restaurant_id=world.id).values_list("pk", flat=True).first()
        if id is not None:
            found[model.__name__.lower()] = str(id)
    return found


def told(answer: str) -> str:
    """An answer (JSON) without ids, moments and counters, which differ from one to the next by themselves."""
    return _PASSING.sub("_", UUID_PATTERN.sub("ID", answer))
