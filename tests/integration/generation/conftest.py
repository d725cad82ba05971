"""A restaurant whose month can be generated, and jobs in it."""

from collections.abc import Iterator

import pytest

from schedules.models import GenerationJob
from schedules.services.jobs import JobStart, job_start
from shiftsync.core.actor import Role
from shiftsync.realtime.stream.requests import ChangeRequest
from tests.integration.rest.conftest import as_role, document, other_world
from tests.support.worker import WorkerProcess
from tests.support.world import World

__all__ = ["as_role", "document", "other_world"]


@pytest.fixture
def worker(database_url: str, db_with_commits: None) -> Iterator[WorkerProcess]:
    """A worker of its own process."""
    with WorkerProcess({"DATABASE_URL": database_url}) as process:
        yield process


def start(world: World, **intent: object) -> GenerationJob:
    """A queued job for the world's month, which is over."""
    asked = {"include_past": True, **intent}
    request = ChangeRequest(world.actor(Role.MANAGER), JobStart(world.schedule_id, **asked))  # type: ignore[arg-type]  # the intent's own fields
    return GenerationJob.objects.get(id=job_start(request).result["jobId"])
