"""How many statements each page of the admin takes for a restaurant of 300 people: at most those of the file.

``UPDATE_QUERY_COUNTS=1`` writes what is measured.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schedules.services.cells import CellsEdit, cells_edit
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.support.world import World, make_world

BUDGETS = Path(__file__).with_name("admin_query_counts.json")
PEOPLE = 300
OURS = {"tenants", "staff", "schedules", "settings_app", "backups"}
FENCE = re.compile(r"^(SET LOCAL [^;]*;\s*)+")
UNCOUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET TRANSACTION", "SET LOCAL")


@pytest.fixture
def large(db_with_commits: None) -> World:
    """A restaurant of 300 people, each with a filled day."""
    world = make_world("Large", tuple(f"Person {number}" for number in range(PEOPLE)))
    data = {staff_id: {"2025-08-01": "×", "2025-08-02": "○"} for staff_id in world.staff_ids}
    cells_edit(ChangeRequest(world.actor(), CellsEdit(world.schedule_id, data)))
    return world


def pages_of(world: World) -> dict[str, str]:
    """The addresses of the pages that an owner opens, by what they are."""
    found = {"the first page": reverse("admin:index")}
    for model in admin.site._registry:
        meta = model._meta
        if meta.app_label in OURS and meta.model_name != "user":
            found[f"list {meta.label}"] = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    places: dict[str, tuple[str, Any]] = {
        "day": ("schedules_schedule_day", (world.schedule_id, "2025-08-01")),
        "month": ("schedules_schedule_month", (world.schedule_id,)),
        "person": ("schedules_schedule_person", (world.schedule_id, world.staff_ids[0])),
        "order": ("staff_staffmember_order", (world.id,)),
        "form StaffMember": ("staff_staffmember_change", (world.staff_ids[0],)),
        "form StaffGroup": ("settings_app_staffgroup_add", ()),
        "form PriorityRule": ("settings_app_priorityrule_add", ()),
        "history StaffMember": ("staff_staffmember_history", (world.staff_ids[0],)),
    }
    return found | {name: reverse(f"admin:{page}", args=args) for name, (page, args) in places.items()}


def statements_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return sum(not FENCE.sub("", query["sql"]).startswith(UNCOUNTED) for query in captured)


def test_admin_pages__for_300_people__take_no_more_statements_than_those_of_the_file(large: World) -> None:
    client = Client()
    client.force_login(large.users[Role.OWNER])
    counts = {name: statements_of(client, address) for name, address in sorted(pages_of(large).items())}
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        BUDGETS.write_text(json.dumps(counts, indent=2) + "\n")
    budgets = json.loads(BUDGETS.read_text())
    assert counts.keys() == budgets.keys()
    assert {name: count for name, count in counts.items() if count > budgets[name]} == {}
