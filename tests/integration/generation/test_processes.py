"""Jobs among processes that come and go: the web server killed while a worker runs, people who edit meanwhile."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from schedules.models import GenerationJob, JobStatus, Shift
from shiftsync.core.actor import Role
from tests.integration.generation.test_jobs import LARGE, PATIENCE
from tests.support.client import Client, Message
from tests.support.server import ServerProcess
from tests.support.waiting import wait_until
from tests.support.worker import WorkerProcess
from tests.support.world import World, make_world

pytestmark = pytest.mark.slow

DAYS = [f"2025-07-{day}" for day in range(21, 32)] + [f"2025-08-{day:02}" for day in range(1, 21)]


@pytest.fixture
def place(db_with_commits: None) -> World:
    """A restaurant whose month takes long."""
    return make_world(names=LARGE)


@pytest.fixture
def web(database_url: str, place: World) -> Iterator[ServerProcess]:
    """A web server of the test's own, with a worker beside it."""
    environment = {"DATABASE_URL": database_url}
    with WorkerProcess(environment), ServerProcess(environment) as process:
        yield process


def signed_in(web: ServerProcess, place: World) -> Client:
    client = Client(web.url, token=place.tokens[Role.MANAGER], v2=True, client="author")
    client.expect("CONNECTION_ACK")
    return client


def running(client: Client, place: World) -> str:
    """A job that has told of a schedule; its id."""
    asked = {"scheduleId": place.schedule_id, "timeLimitSeconds": 600, "includePast": True}
    started = client.ack("SCHEDULE_GENERATE", asked)
    job_id: str = started["result"]["jobId"]
    client.wait_for(lambda message: is_progress(message, job_id), PATIENCE)
    return job_id


def is_progress(message: Message, job_id: str) -> bool:
    payload = message["payload"]
    return message["type"] == "GENERATION_PROGRESS" and payload["jobId"] == job_id and bool(payload["solutions"])


def cancelled(client: Client, job_id: str) -> dict[str, Any]:
    """The result of the job, with the best so far."""
    client.ack("SCHEDULE_GENERATE_CANCEL", {"jobId": job_id})
    payload: dict[str, Any] = client.expect("GENERATION_RESULT", timeout=PATIENCE)["payload"]
    return payload


def test_server__killed_and_started_again__its_client_hears_progress_and_result(
    web: ServerProcess, place: World
) -> None:
    with signed_in(web, place) as client:
        job_id = running(client, place)
        web.kill()
    web.start()
    with signed_in(web, place) as client:
        client.wait_for(lambda message: is_progress(message, job_id), PATIENCE)
        result = cancelled(client, job_id)
    assert (result["jobId"], result["status"]) == (job_id, JobStatus.CANCELLED)
    assert result["diff"], "its requester gets the proposal, whichever connection asked for it"
    assert GenerationJob.objects.get(id=job_id).attempts == 1, "the worker never noticed"


def test_server__killed_until_the_job_has_ended__its_client_still_hears_the_result(
    web: ServerProcess, place: World
) -> None:
    with signed_in(web, place) as client:
        asked = {"scheduleId": place.schedule_id, "timeLimitSeconds": 5, "includePast": True}
        job_id = client.ack("SCHEDULE_GENERATE", asked)["result"]["jobId"]
        web.kill()
    job = GenerationJob.objects.get(id=job_id)
    wait_until(lambda: ended(job), PATIENCE, "the worker to do the job alone")
    web.start()
    with signed_in(web, place) as client:
        result = client.expect("GENERATION_RESULT", timeout=PATIENCE)["payload"]
    assert result["jobId"] == job_id
    assert result["diff"]


def ended(job: GenerationJob) -> bool:
    job.refresh_from_db()
    return not job.is_active


def row(place: World, staff_id: str) -> dict[str, str]:
    cells = Shift.objects.filter(schedule=UUID(place.schedule_id), staff=UUID(staff_id)).exclude(value="")
    return {str(cell.date): cell.value for cell in cells}


def test_edits__while_the_worker_runs__win_unless_told_otherwise(web: ServerProcess, place: World) -> None:
    edited = place.staff_ids[0]
    with signed_in(web, place) as client:
        job_id = running(client, place)
        training = dict.fromkeys(DAYS, "研修")
        client.ack("SHIFT_BULK_UPDATE", {"scheduleId": place.schedule_id, "scheduleData": {edited: training}})
        proposed = {cell["dateKey"]: cell for cell in cancelled(client, job_id)["diff"] if cell["staffId"] == edited}
        assert proposed, "the generator gives everybody some days off"
        applied = client.ack("SCHEDULE_APPLY_GENERATED", {"jobId": job_id})["result"]
        assert {item["theirs"] for item in applied["refused"]} == {"研修"}
        assert len(applied["refused"]) == len(proposed)
        assert applied["changed"] > 0
        assert row(place, edited) == training
        client.ack("SCHEDULE_APPLY_GENERATED", {"jobId": job_id, "strategy": "last_writer_wins"})
    wanted = {day: cell["shiftValue"] for day, cell in proposed.items()}
    assert row(place, edited) == {day: value for day, value in {**training, **wanted}.items() if value}
