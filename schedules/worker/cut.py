"""The end of a run that is nobody's fault: what does the job again needs to know of it, without loading the solver."""

from schedules.models import GenerationJob


class JobCut(Exception):
    """The database ended a run of ``job`` (a lost connection, a deadlock, a restart). The job still has the holder of that run."""

    def __init__(self, job: GenerationJob) -> None:
        super().__init__(f"job {job.id} was cut")
        self.job = job
