"""Generating in the words of version 1 clients, over real sockets and with a real worker."""

from typing import Any

import pytest

from schedules.models import GenerationJob, Shift
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.contract.test_generation import worker
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.worker import WorkerProcess
from tests.support.world import World

__all__ = ["worker"]

REQUEST, GENERATED, FAILED = "GENERATE_SCHEDULE_ORTOOLS", "SCHEDULE_GENERATED", "GENERATE_SCHEDULE_ERROR"
DAYS = [f"2025-07-{day}" for day in range(21, 32)] + [f"2025-08-{day:02}" for day in range(1, 21)]


def asked(world: World, **payload: Any) -> dict[str, Any]:
    people = [{"id": id, "name": "x", "status": "社員", "position": "", "start_period": None} for id in world.staff_ids]
    return {"staffMembers": people, "dateRange": DAYS, "constraints": {"staffGroups": []}, "timeout": 20, **payload}


def test_generate__in_their_words__requester_alone_gets_the_dense_schedule(
    connect: Connect, world: World, worker: WorkerProcess
) -> None:
    author, other, editor = connect(v2=False), connect(v2=False), connect()
    first, second, _third = world.staff_ids
    editor.ack("SHIFT_UPDATE", world.edit(2, "08-05", "△"))
    prefilled = {
        first: {"2025-08-01": "×", "2025-08-02": "★"},
        second: {"2025-08-03": "◇"},
        "nobody": {"2025-08-01": "×"},
    }
    before = world.position.version
    people = [{"id": first}, {"id": second}, {"id": "nobody"}]
    author.send(REQUEST, asked(world, staffMembers=people, constraints={"prefilledSchedule": prefilled}))
    told = author.wait_for(lambda message: message["type"] in (GENERATED, FAILED), PATIENCE_SECONDS)
    assert told["type"] == GENERATED, told
    assert told["clientId"] is None
    payload = told["payload"]
    assert payload["schedule"].keys() == {first, second}
    assert [list(row) for row in payload["schedule"].values()] == [DAYS, DAYS]
    assert [payload["schedule"][first][day] for day in ("2025-08-01", "2025-08-02")] == ["×", "★"]
    assert payload["schedule"][second]["2025-08-03"] == "◇"
    assert (payload["status"], payload["isOptimal"]) == ("OPTIMAL", True)
    assert isinstance(payload["solveTime"], float)
    assert GenerationJob.objects.get().options["timeLimitSeconds"] == 20
    assert world.position.version == before
    assert Shift.objects.exclude(value="").count() == 1
    assert "ACK" not in [message["type"] for message in author.received]
    for client in (other, editor):
        client.settled()
        assert not {GENERATED, FAILED} & {message["type"] for message in client.received}
    everything_off = {id: dict.fromkeys(DAYS, "○") for id in world.staff_ids}
    author.send(REQUEST, asked(world, constraints={"prefilledSchedule": everything_off}))
    told = author.wait_for(lambda message: message["type"] in (GENERATED, FAILED), PATIENCE_SECONDS)
    assert told["type"] == FAILED
    assert "hard rule" in told["payload"]["error"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"staffMembers": "all"}, "Missing or invalid staffMembers field"),
        ({"staffMembers": None}, "Missing or invalid staffMembers field"),
        ({"staffMembers": []}, "nobody"),
        ({"staffMembers": [{"id": "not-ours"}]}, "None of staffMembers"),
        ({"dateRange": 5}, "Missing or invalid dateRange field"),
        ({"dateRange": []}, "no days"),
        ({"dateRange": ["2031-01-01"]}, "no period"),
    ],
)
def test_generate__what_cannot_be__is_their_error(
    connect: Connect, world: World, wrong: dict[str, Any], error: str
) -> None:
    client = connect(v2=False)
    client.send(REQUEST, asked(world, **wrong))
    told = client.expect(FAILED, "ERROR")
    assert told["type"] == FAILED
    assert error in told["payload"]["error"]
    assert not GenerationJob.objects.exists()


@pytest.mark.parametrize("payload", [[], ["x"], "x", 3, True, None, {"staffMembers": "\u0000", "dateRange": []}])
def test_generate__what_is_no_payload_at_all__is_their_error(connect: Connect, payload: Any) -> None:
    client = connect(v2=False)
    client.send(REQUEST, payload)
    (told,) = client.settled()
    assert told["clientId"] is None
    assert (told["type"], told["payload"]) == (FAILED, {"error": "Missing or invalid staffMembers field"})


def test_generate__days_as_moments__are_the_days_of_the_restaurant(connect: Connect, world: World) -> None:
    client = connect(v2=False)
    client.send(REQUEST, asked(world, dateRange=[f"{day}T00:00:00.000Z" for day in DAYS]))
    assert client.settled() == []
    assert GenerationJob.objects.get().options["asked"]["dates"] == DAYS


def test_generate__role_that_may_not_or_a_second_time_at_once__is_their_error(connect: Connect, world: World) -> None:
    viewer, manager, v2 = connect(Role.VIEWER, v2=False), connect(v2=False), connect()
    viewer.send(REQUEST, asked(world))
    assert viewer.expect(FAILED)["payload"]["error"]
    manager.send(REQUEST, asked(world))
    manager.send(REQUEST, asked(world))
    assert "already running" in manager.expect(FAILED)["payload"]["error"]
    assert v2.request(REQUEST, asked(world))["payload"]["code"] == "unknown_type"
    (job,) = GenerationJob.objects.all()
    v2.send("SHIFT_SYNC_REQUEST", {"scheduleId": world.schedule_id})
    (listed,) = v2.expect("SHIFT_SYNC_RESPONSE")["payload"]["jobs"]
    assert (listed["jobId"], "asked" in listed["options"]) == (str(job.id), False)
