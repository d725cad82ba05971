"""The generator's jobs and calendar links in the admin."""

from schedules.models import FeedLink, GenerationJob, JobStatus
from schedules.services.feeds import feed_issue
from schedules.worker.running import run_job
from shiftsync.core.actor import Role
from tests.conftest import Connect
from tests.integration.admin.conftest import AtDesk, Desk
from tests.integration.generation.conftest import start
from tests.support.world import World

JOBS, JOB = "schedules_generationjob_changelist", "schedules_generationjob_change"
LINKS, LINK = "schedules_feedlink_changelist", "schedules_feedlink_change"


def test_job__finished__score_and_progress_are_shown_but_no_proposal(manager: Desk, world: World) -> None:
    job = start(world, time_limit_seconds=20)
    run_job(job.id)
    job.refresh_from_db()
    assert job.result is not None, job.error
    for page in (manager.open(JOBS), manager.open(JOB, job.pk)):
        assert f"0 / {job.result['score']['soft']:,}" in page
        assert "optimal" in page
        assert "scheduleData" not in page
    assert f"{job.result['objective']:,} points" in page
    assert 'name="_save"' not in page


def test_job__cancelled_in_the_admin__heard_by_sockets(manager: Desk, connect: Connect, world: World) -> None:
    client, job = connect(), start(world)
    assert "1 jobs cancelled" in manager.act("cancel", JOBS, job.pk)
    assert client.expect("GENERATION_RESULT")["payload"]["status"] == "cancelled"
    assert GenerationJob.objects.get(id=job.id).status == JobStatus.CANCELLED
    assert "has already ended" in manager.act("cancel", JOBS, job.pk)


def test_feed_link__revoked__the_newer_one_stays(manager: Desk, world: World) -> None:
    actor, staff_id = world.actor(Role.MANAGER), world.staff_ids[0]
    older, newer = (feed_issue(actor, staff_id=staff_id)[0] for _ in range(2))
    assert "田中" in manager.open(LINKS)
    assert "already been revoked" in manager.act("revoke", LINKS, older.pk)
    assert FeedLink.objects.get(id=newer.id).revoked_at is None
    assert "1 calendar links revoked" in manager.act("revoke", LINKS, newer.pk)
    assert FeedLink.objects.get(id=newer.id).revoked_at is not None
    assert newer.digest not in manager.open(LINK, newer.pk)


def test_pages__viewer__may_not_look(at_desk: AtDesk) -> None:
    for page in (JOBS, LINKS):
        at_desk(Role.VIEWER).open(page, status=403)
