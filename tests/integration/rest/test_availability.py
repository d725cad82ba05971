"""Availability over REST, in the admin, and in what the generator and the scorer make of it."""

from typing import Any
from uuid import UUID

import pytest

from schedules.models import GenerationJob
from schedules.worker.running import run_job
from shiftsync.core.actor import Role
from shiftsync.tenants.services import membership_link
from staff.models import Availability
from tests.integration.admin.conftest import Desk, at_desk, manager  # noqa: F401  # the admin's fixtures
from tests.integration.rest.conftest import AsRole
from tests.support.world import World

Made = dict[str, Any]
WEDNESDAY = 3


@pytest.fixture
def entry(as_role: AsRole, world: World) -> Made:
    """Somebody cannot work on Wednesdays, in the month of the world too."""
    body = {"staffId": world.staff_ids[0], "weekdays": [WEDNESDAY], "validFrom": "2025-07-01"}
    made: Made = as_role().post("availability/", body, status=201)["result"]["availability"]
    return made


def test_availability__over_rest__is_entered_changed_and_withdrawn(as_role: AsRole, world: World, entry: Made) -> None:
    client = as_role()
    assert client.get("availability/") == client.get(f"availability/?staff={world.staff_ids[0]}") == [entry]
    assert client.get(f"availability/?staff={world.staff_ids[1]}") == []
    result = client.patch(f"availability/{entry['id']}/", {"availableFrom": "17:00"})["result"]
    assert client.get(f"availability/{entry['id']}/") == result["availability"]
    assert client.get("availability/") == [result["past"], result["availability"]]
    client.delete(f"availability/{entry['id']}/")
    assert client.get("availability/") == [result["past"]]


def test_availability__viewers_and_strangers__have_none(
    as_role: AsRole, world: World, other_world: World, entry: Made
) -> None:
    viewer, stranger = as_role(Role.VIEWER), as_role(Role.OWNER, other_world)
    viewer.refused("get", "availability/", status=403)
    viewer.refused("post", "availability/", {}, status=403)
    viewer.refused("get", f"availability/{entry['id']}/", status=403)
    assert stranger.get("availability/") == []
    for method, body in (("get", None), ("patch", {"note": "x"}), ("delete", None)):
        stranger.refused(method, f"availability/{entry['id']}/", body, status=404)


def test_availability__of_ones_own__over_the_same_addresses(as_role: AsRole, world: World, entry: Made) -> None:
    membership_link(world.actor(), user_id=world.users[Role.STAFF].id, staff_id=UUID(world.staff_ids[1]))
    staff = as_role(Role.STAFF)
    body = {"staffId": world.staff_ids[1], "weekdays": [1]}
    mine = staff.post("availability/", body, status=201)["result"]["availability"]
    assert staff.get("availability/") == [mine]
    staff.refused("get", f"availability/{entry['id']}/", status=404)
    staff.refused("delete", f"availability/{entry['id']}/", status=404)
    staff.refused("post", "availability/", {**body, "staffId": world.staff_ids[0]}, status=403)
    staff.delete(f"availability/{mine['id']}/")


def test_availability__in_the_admin__is_corrected_and_withdrawn_by_the_service(
    manager: Desk,  # noqa: F811  # the fixture
    world: World,
    entry: Made,
) -> None:
    page, row = "staff_availability_change", Availability.objects.get(id=entry["id"])
    fields = {"weekdays": ["1", "5"], "available_until": "14:00", "valid_from": "2025-07-02"}
    manager.send({**manager.form(page, row.pk), **fields}, page, row.pk)
    row.refresh_from_db()
    assert (row.weekdays, str(row.available_until), str(row.valid_from)) == ([1, 5], "14:00:00", "2025-07-02")
    refused, _ = manager.refused({**manager.form(page, row.pk), "valid_until": "2025-07-01"}, page, row.pk)
    assert "valid_until" in refused
    manager.act("withdraw", "staff_availability_changelist", row.pk)
    row.refresh_from_db()
    assert row.valid_until is not None


def test_availability__typed_against__is_a_problem_and_no_refusal(as_role: AsRole, world: World, entry: Made) -> None:
    client, person = as_role(), world.staff_ids[0]
    cells = {person: {"2025-08-06": "○", "2025-08-13": "×", "2025-08-07": "○"}}
    client.patch(f"schedules/{world.schedule_id}/cells/", {"scheduleData": cells})
    found = client.get(f"schedules/{world.schedule_id}/validation/")["violations"]
    told = {each["dateKey"]: each for each in found if each["kind"] == "availability_day"}
    assert "2025-08-06" in told
    assert not {"2025-08-13", "2025-08-07"} & told.keys()
    assert told["2025-08-06"]["message"].endswith("works on 6 August, a weekday on which they cannot")
    assert "8月6日は出勤できない曜日ですが出勤です" in told["2025-08-06"]["messageJa"]


def test_availability__generated__is_kept_and_what_it_said_stays(as_role: AsRole, world: World, entry: Made) -> None:
    client, person = as_role(), world.staff_ids[0]
    client.patch(f"availability/{entry['id']}/", {"weekdays": [WEDNESDAY + 1]})
    body = {"scheduleId": world.schedule_id, "timeLimitSeconds": 20, "includePast": True}
    job_id = client.post("jobs/", body, status=202)["result"]["jobId"]
    run_job(GenerationJob.objects.get(id=job_id).id)
    row = client.get(f"jobs/{job_id}/")["result"]["scheduleData"][person]
    assert {row[day] for day in ("2025-07-23", "2025-07-30", "2025-08-06", "2025-08-13", "2025-08-20")} == {"×"}
    assert row.get("2025-08-07", "") != "×", "the change holds from today on"
