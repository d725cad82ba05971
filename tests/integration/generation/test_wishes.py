"""Wishes from their entry to the generator's proposal."""

from typing import Any

from schedules.models import GenerationJob
from schedules.worker.running import run_job
from shiftsync.core.actor import Role
from tests.integration.rest.conftest import AsRole, Rest
from tests.support.world import World


def entered(client: Rest, world: World, person: int, day: str, **fields: Any) -> str:
    body = {"staffId": world.staff_ids[person], "dateKey": day, "kind": "off", **fields}
    return str(client.post(f"schedules/{world.schedule_id}/wishes/", body, status=201)["result"]["wish"]["id"])


def generated(client: Rest, world: World) -> dict[str, Any]:
    body = {"scheduleId": world.schedule_id, "timeLimitSeconds": 20, "includePast": True}
    job_id = client.post("jobs/", body, status=202)["result"]["jobId"]
    run_job(GenerationJob.objects.get(id=job_id).id)
    result: dict[str, Any] = client.get(f"jobs/{job_id}/")["result"]
    return result


def test_wishes__generated__are_kept_or_named(as_role: AsRole, world: World) -> None:
    client = as_role(Role.MANAGER)
    first, second, third = world.staff_ids
    kept = [
        entered(client, world, 0, "2025-08-06"),
        entered(client, world, 1, "2025-08-06", kind="cannot"),
        entered(client, world, 2, "2025-08-07", kind="prefer", shiftValue="◇"),
    ]
    locked = entered(client, world, 0, "2025-08-08", kind="avoid", shiftValue="◇")
    declined = entered(client, world, 2, "2025-08-08")
    answer = {"wishIds": [declined], "state": "declined"}
    client.post(f"schedules/{world.schedule_id}/wishes/answer/", answer)
    cell = {"staffId": first, "dateKey": "2025-08-08"}
    client.patch(f"schedules/{world.schedule_id}/cells/", {"scheduleData": {first: {"2025-08-08": "◇"}}})
    client.post(f"schedules/{world.schedule_id}/lock/", {"cells": [cell]})
    result = generated(client, world)

    data = result["scheduleData"]
    assert data[first]["2025-08-06"] == data[second]["2025-08-06"] == "×"
    assert data[third]["2025-08-07"] == "◇"
    # What was declined does not count.
    assert sorted(result["wishes"].pop("keptIds")) == sorted(kept)
    assert result["wishes"] == {"total": 4, "kept": 3, "unkept": [locked]}
    # The minor points (a locked cell is one) are in neither number.
    assert result["objective"] == result["score"]["soft"] >= result["bound"]
    (told,) = [each for each in result["violations"] if each["kind"] == "wish_avoid"]
    assert (told["staffId"], told["dateKey"], told["ruleId"]) == (first, "2025-08-08", locked)
    assert told["message"].endswith("on 8 August not kept: has ◇")


def test_wishes__live__are_problems_until_kept_or_declined(as_role: AsRole, world: World) -> None:
    client = as_role(Role.MANAGER)
    wish = entered(client, world, 0, "2025-08-06")

    def problems() -> list[str]:
        found = client.get(f"schedules/{world.schedule_id}/validation/")["violations"]
        return [each["ruleId"] for each in found if each["kind"] == "wish_off"]

    assert problems() == [wish]
    assert client.get(f"schedules/{world.schedule_id}/statistics/")["wishes"]["unkept"] == [wish]
    client.post(f"schedules/{world.schedule_id}/wishes/answer/", {"state": "taken"})
    assert problems() == []
    client.patch(f"schedules/{world.schedule_id}/cells/", {"scheduleData": {world.staff_ids[0]: {"2025-08-06": "○"}}})
    assert problems() == [wish]
    client.post(
        f"schedules/{world.schedule_id}/wishes/answer/", {"state": "declined", "wishIds": [wish], "answer": "人手不足"}
    )
    assert problems() == []
