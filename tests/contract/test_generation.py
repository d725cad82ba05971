"""The messages about the generator, validation and backups."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from schedules.models import GenerationJob, JobStatus, Shift
from schedules.services.cells import CellEdit, cell_edit
from settings_app.services.rows import RowWrite, row_save
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.conftest import Connect
from tests.support.client import Client, Message
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.worker import WorkerProcess
from tests.support.world import World

GROUP, ASSIGNMENT = str(uuid4()), str(uuid4())
PROPOSAL = {"scheduleData", "diff", "covering"}


@pytest.fixture
def worker(database_url: str, db_with_commits: None) -> Iterator[WorkerProcess]:
    with WorkerProcess({"DATABASE_URL": database_url}) as process:
        yield process


def generate(client: Client, world: World, **payload: Any) -> str:
    """Starts a job for the world's month, which is over; returns its id."""
    asks = {"scheduleId": world.schedule_id, "timeLimitSeconds": 20, "includePast": True, **payload}
    ack = client.ack("SCHEDULE_GENERATE", asks)
    job_id: str = ack["result"]["jobId"]
    return job_id


def result_of(client: Client, job_id: str) -> Message:
    return client.wait_for(
        lambda message: message["type"] == "GENERATION_RESULT" and message["payload"]["jobId"] == job_id,
        PATIENCE_SECONDS,
    )


def values(world: World) -> dict[tuple[str, str], str]:
    rows = Shift.objects.filter(restaurant=world.restaurant).exclude(value="")
    return {(str(row.staff_id), str(row.date)): row.value for row in rows}


def asked(world: World, **payload: Any) -> dict[str, Any]:
    return {"scheduleId": world.schedule_id, **payload}


# --- generating ---


def test_generate__to_the_end__progress_for_all_and_the_proposal_for_its_requester(
    connect: Connect, world: World, worker: WorkerProcess
) -> None:
    author, other, viewer = connect(), connect(), connect(Role.VIEWER)
    job_id = generate(author, world)
    assert other.expect("GENERATION_PROGRESS", timeout=PATIENCE_SECONDS)["payload"]["jobId"] == job_id
    mine, theirs = result_of(author, job_id)["payload"], result_of(other, job_id)["payload"]
    assert mine["status"] == theirs["status"] == "optimal"
    assert set(mine) - set(theirs) == PROPOSAL
    assert values(world) == {}
    assert "GENERATION_RESULT" not in [message["type"] for message in viewer.settled()]
    (job,) = author.request("SHIFT_SYNC_REQUEST", asked(world))["payload"]["jobs"]
    progress = job["progress"]
    assert progress["way"] == sorted(progress["way"])
    assert progress["way"][-1][1:] == [progress["objective"], progress["bound"]]
    assert progress["objective"] == progress["bound"]


def test_apply_generated__finished_job__is_one_broadcast_and_undone_as_one(
    connect: Connect, world: World, worker: WorkerProcess
) -> None:
    author, other = connect(client="author"), connect()
    job_id = generate(author, world)
    diff = result_of(author, job_id)["payload"]["diff"]
    ack = author.ack("SCHEDULE_APPLY_GENERATED", {"jobId": job_id})
    told = other.expect("SHIFT_BULK_BROADCAST")
    assert told["version"] == ack["version"]
    assert told["payload"]["jobId"] == job_id
    assert values(world) == {(cell["staffId"], cell["dateKey"]): cell["shiftValue"] for cell in diff}
    author.ack("UNDO", {"scheduleId": world.schedule_id})
    assert values(world) == {}


def test_repair__after_an_edit__keeps_the_edit(connect: Connect, world: World, worker: WorkerProcess) -> None:
    client = connect(client="author")
    client.ack("SHIFT_UPDATE", world.edit(0, "08-05", "×"))
    job_id = client.ack("SCHEDULE_REPAIR", {"scheduleId": world.schedule_id, "includePast": True})["result"]["jobId"]
    proposed = result_of(client, job_id)["payload"]
    assert proposed["scheduleData"][world.staff_ids[0]]["2025-08-05"] == "×"
    assert GenerationJob.objects.get(id=job_id).options["cells"] == [[world.staff_ids[0], "2025-08-05"]]


def test_cancel__queued_job__result_says_cancelled(connect: Connect, world: World) -> None:
    client = connect()
    job_id = generate(client, world)
    client.ack("SCHEDULE_GENERATE_CANCEL", {"jobId": job_id})
    payload = result_of(client, job_id)["payload"]
    assert (payload["status"], payload["score"]) == ("cancelled", None)


def test_decline__finished_job__is_told_to_every_device_and_stays(connect: Connect, world: World) -> None:
    client, other = connect(), connect(Role.OWNER)
    job_id = generate(client, world)
    active = client.request("SCHEDULE_DECLINE_GENERATED", {"jobId": job_id}, str(uuid4()))
    assert active["payload"]["code"] == "conflict"
    client.ack("SCHEDULE_GENERATE_CANCEL", {"jobId": job_id})
    result_of(other, job_id)
    client.ack("SCHEDULE_DECLINE_GENERATED", {"jobId": job_id})
    assert result_of(other, job_id)["payload"]["declinedBy"] == world.users[Role.MANAGER].display_name
    (listed,) = connect().request("SHIFT_SYNC_REQUEST", asked(world))["payload"]["jobs"]
    assert listed["declinedBy"] == world.users[Role.MANAGER].display_name
    assert "declined" not in listed["options"]


def test_generate__same_request_again__is_the_same_job(connect: Connect, world: World) -> None:
    client, request_id = connect(), str(uuid4())
    payload = {"scheduleId": world.schedule_id}
    first = client.ack("SCHEDULE_GENERATE", payload, request_id)
    assert client.ack("SCHEDULE_GENERATE", payload, request_id) == first
    assert GenerationJob.objects.count() == 1


def test_generate__while_one_is_at_work__conflict_with_its_id(connect: Connect, world: World) -> None:
    client = connect()
    job_id = generate(client, world)
    error = client.request("SCHEDULE_GENERATE", {"scheduleId": world.schedule_id})["payload"]
    assert (error["code"], error["details"]) == ("conflict", {"jobId": job_id})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"timeLimitSeconds": 0.5}, "validation_error"),
        ({"timeLimitSeconds": 601}, "validation_error"),
        ({"keep": "some"}, "validation_error"),
        ({"seed": -1}, "validation_error"),
        ({"includePast": "perhaps"}, "validation_error"),
        ({"scheduleId": str(uuid4())}, "not_found"),
        ({"scheduleId": "no-uuid"}, "not_found"),
    ],
)
def test_generate__bad_field__is_refused(connect: Connect, world: World, change: dict[str, Any], code: str) -> None:
    error = connect().request("SCHEDULE_GENERATE", {"scheduleId": world.schedule_id, **change})
    assert (error["type"], error["payload"]["code"]) == ("ERROR", code)
    assert not GenerationJob.objects.exists()


@pytest.mark.parametrize(
    "type", ["SCHEDULE_GENERATE", "SCHEDULE_REPAIR", "SCHEDULE_VALIDATE", "BACKUP_COVERAGE", "BACKUP_APPLY"]
)
def test_generation__viewer__is_forbidden(connect: Connect, world: World, type: str) -> None:
    error = connect(Role.VIEWER).request(type, {"scheduleId": world.schedule_id})
    assert error["payload"]["code"] == "forbidden"


def test_shift_sync__after_jobs__lists_them(connect: Connect, world: World) -> None:
    client, viewer = connect(), connect(Role.VIEWER)
    job_id = generate(client, world, seed=7)
    (job,) = client.request("SHIFT_SYNC_REQUEST", asked(world))["payload"]["jobs"]
    assert (job["jobId"], job["status"], job["options"]["seed"]) == (job_id, JobStatus.QUEUED, 7)
    assert viewer.request("SHIFT_SYNC_REQUEST", asked(world))["payload"]["jobs"] == []


def test_apply_generated__job_of_another_restaurant__does_not_exist(connect: Connect, world: World) -> None:
    error = connect().request("SCHEDULE_APPLY_GENERATED", {"jobId": str(uuid4())})
    assert error["payload"]["code"] == "not_found"


# --- validation ---


def test_validate__month_without_days_off__names_what_is_broken(connect: Connect, world: World) -> None:
    answer = connect().request("SCHEDULE_VALIDATE", {"scheduleId": world.schedule_id})
    assert answer["type"] == "SCHEDULE_VALIDATION"
    payload = answer["payload"]
    assert payload["scheduleId"] == world.schedule_id
    assert payload["score"]["total"] == sum(violation["penalty"] for violation in payload["violations"]) > 0


def test_validate__after_each_edit__says_what_is_broken_now(connect: Connect, world: World) -> None:
    limit = {"name": "全員出勤", "isHardConstraint": True, "limitConfig": {"shiftType": "off", "maxCount": 0}}
    rule_id = str(uuid4())
    row_save(ChangeRequest(world.system, RowWrite("daily_limits", limit, rule_id)))
    author, other = connect(), connect()

    def broken() -> list[tuple[str, bool]]:
        found = other.request("SCHEDULE_VALIDATE", asked(world))["payload"]["violations"]
        return [(each["dateKey"], each["isHard"]) for each in found if each["ruleId"] == rule_id]

    assert broken() == []
    author.ack("SHIFT_UPDATE", world.edit(0, "08-05", "×"))
    author.ack("SHIFT_UPDATE", world.edit(1, "08-06", "★"))
    assert broken() == [("2025-08-05", True), ("2025-08-06", True)]
    author.ack("SHIFT_UPDATE", world.edit(0, "08-05", ""))
    assert broken() == [("2025-08-06", True)]
    author.ack("SETTINGS_UPDATE_DAILY_LIMITS", {"limitId": rule_id, "changes": {"isHardConstraint": False}})
    assert broken() == [("2025-08-06", False)]


# --- backups ---


@pytest.fixture
def backed_up(world: World) -> World:
    """The first person is a group, whom the second backs up; the first is off on 5 and 6 August."""
    group = {"name": "焼き場", "groupConfig": {"members": [world.staff_ids[0]]}}
    row_save(ChangeRequest(world.system, RowWrite("staff_groups", group, GROUP)))
    assignment = {"staffId": world.staff_ids[1], "groupId": GROUP}
    row_save(ChangeRequest(world.system, RowWrite("staff_backup_assignments", assignment, ASSIGNMENT)))
    for day in ("2025-08-05", "2025-08-06"):
        intent = CellEdit(world.schedule_id, world.staff_ids[0], day, "×")
        cell_edit(ChangeRequest(world.system, intent))
    return world


def test_backup_coverage__member_off__tells_who_could_cover(connect: Connect, backed_up: World) -> None:
    payload = connect().request("BACKUP_COVERAGE", asked(backed_up, to="2025-08-05"))["payload"]
    (entry,) = payload["days"]
    assert (entry["groupId"], entry["dateKey"]) == (GROUP, "2025-08-05")
    assert entry["membersOff"] == [backed_up.staff_ids[0]]
    covering = {"staffId": backed_up.staff_ids[1], "assignmentId": ASSIGNMENT, "already": False, "shared": False}
    assert entry["coveredBy"] == [covering]


def test_backup_apply__two_days__is_one_change_that_says_who_covers_whom(connect: Connect, backed_up: World) -> None:
    author, other = connect(client="author"), connect()
    backup = backed_up.staff_ids[1]
    author.ack("BACKUP_APPLY", asked(backed_up))
    told = other.expect("SHIFT_BULK_BROADCAST")["payload"]
    covering = [{"staffId": backup, "dateKey": day, "groupId": GROUP} for day in ("2025-08-05", "2025-08-06")]
    assert told["covering"] == covering
    assert [cell["shiftValue"] for cell in told["changes"]] == ["○", "○"]
    assert other.request("SHIFT_SYNC_REQUEST", asked(backed_up))["payload"]["covering"] == covering
    totals = other.request("BACKUP_COVERAGE", asked(backed_up))["payload"]
    assert [cover["already"] for day in totals["days"] for cover in day["coveredBy"]] == [True, True]


def test_backup_apply__undone_and_done_again__the_record_follows(connect: Connect, backed_up: World) -> None:
    author = connect(client="author")
    author.ack("BACKUP_APPLY", asked(backed_up, dateKeys=["2025-08-05"]))
    for step, covers in (("UNDO", 0), ("REDO", 1)):
        author.ack(step, asked(backed_up))
        synced = author.request("SHIFT_SYNC_REQUEST", asked(backed_up))["payload"]
        assert len(synced.get("covering", [])) == covers


def test_backup_apply__covering_cell_edited__covers_no_more(connect: Connect, backed_up: World) -> None:
    author = connect()
    author.ack("BACKUP_APPLY", asked(backed_up, dateKeys=["2025-08-05"]))
    author.ack("SHIFT_UPDATE", backed_up.edit(1, "08-05", "△"))
    assert "covering" not in author.request("SHIFT_SYNC_REQUEST", asked(backed_up))["payload"]


def test_backup_apply__nothing_to_cover__changes_nothing(connect: Connect, world: World) -> None:
    before = world.position.version
    assert connect().ack("BACKUP_APPLY", asked(world))["version"] == before


def test_backup_suggestions__uncovered_group__names_who_could_help(connect: Connect, backed_up: World) -> None:
    intent = CellEdit(backed_up.schedule_id, backed_up.staff_ids[1], "2025-08-05", "★")
    cell_edit(ChangeRequest(backed_up.system, intent))
    payload = connect().request("BACKUP_SUGGESTIONS", asked(backed_up))["payload"]
    assert {(each["groupId"], each["staffId"]) for each in payload["suggestions"]} >= {(GROUP, backed_up.staff_ids[2])}
    assert [(each["reason"], each["dateKey"]) for each in payload["warnings"]] == [("designated_off", "2025-08-05")]
