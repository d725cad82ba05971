"""``manage.py generate_schedule``: fills a schedule from the active settings, here and now."""

import time
from argparse import ArgumentTypeError
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser

from schedules.models import GenerationJob, Schedule
from schedules.selectors.jobs import result_payload
from schedules.services.jobs import MAX_SECONDS, JobApply, JobStart, job_apply, job_start
from schedules.worker.running import run_job
from shiftsync.core.actor import Actor
from shiftsync.core.commands import ServiceCommand, identifier, whole_number
from shiftsync.core.errors import NotFound
from shiftsync.core.text import counted
from shiftsync.realtime.stream.requests import ChangeRequest

SHOWN = 10
MOST_SEED = 2**31 - 1
WAIT_SECONDS = 0.2


def seconds(text: str) -> float:
    """An argument that is a time limit."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 1 <= found <= MAX_SECONDS:
        raise ArgumentTypeError(f"from 1 to {MAX_SECONDS} seconds.")
    return found


def finished(job_id: UUID) -> GenerationJob:
    """The job, done: here, or by a worker that was quicker."""
    run_job(job_id)
    while (job := GenerationJob.objects.get(id=job_id)).is_active:
        time.sleep(WAIT_SECONDS)
    return job


class Command(ServiceCommand):
    help = "Generates a schedule from the active settings; writes nothing without --apply."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--schedule", required=True, type=identifier, help="the schedule's id")
        parser.add_argument("--time-limit", type=seconds, help="in seconds; default: the solver configuration's")
        parser.add_argument("--seed", type=whole_number(0, MOST_SEED), help="random seed of the search")
        parser.add_argument(
            "--keep", choices=("filled", "locked", "none"), default="filled", help="the cells that stay as they are"
        )
        parser.add_argument("--include-past", action="store_true", help="also change days before today")
        parser.add_argument("--apply", action="store_true", help="write the proposal as one change")

    def serve(self, **options: Any) -> None:
        schedule = Schedule.objects.filter(id=options["schedule"]).first()
        if schedule is None:
            raise NotFound("No such schedule.")
        actor = Actor.system(schedule.restaurant_id)
        intent = JobStart(
            str(schedule.id),
            keep=options["keep"],
            time_limit_seconds=options["time_limit"],
            seed=options["seed"],
            include_past=options["include_past"],
        )
        job_id = job_start(ChangeRequest(actor, intent)).result["jobId"]
        job = finished(UUID(job_id))
        self._report(job)
        if options["apply"]:
            outcome = job_apply(ChangeRequest(actor, JobApply(job_id)))
            changed = outcome.result["changed"]
            self.tell(
                f"Applied as version {outcome.version}: {counted(changed, 'cell')}.",
                appliedVersion=outcome.version,
                changed=changed,
            )

    def _report(self, job: GenerationJob) -> None:
        result = result_payload(job, is_requester=True)
        if self.is_json:
            self.tell("", **result)
            return
        if job.result is None:
            raise CommandError(f"{job.status}: {job.error}")
        score = result["score"]
        self.stdout.write(
            f"{job.status} in {result['elapsedSeconds']} s: hard {score['hard']}, soft {score['soft']};"
            f" {counted(len(result['diff']), 'cell')} to change."
        )
        for violation in result["violations"][:SHOWN]:
            self.stdout.write(f"  {'hard' if violation['isHard'] else 'soft'} {violation['message']}")
