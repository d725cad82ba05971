"""How long proposals of the generator are kept."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from schedules.models import ACTIVE_JOB, GenerationJob
from shiftsync.core.clock import now
from shiftsync.core.upkeep import delete_in_batches, register_upkeep


def prune_proposals() -> int:
    """Removes jobs that ended ``SHIFTSYNC_PROPOSAL_DAYS`` ago with their proposals, and says how many. What was taken over is in the schedule."""
    before = now() - timedelta(days=settings.CONFIG.proposal_days)
    return delete_in_batches(GenerationJob, Q(finished_at__lt=before) & ~Q(status__in=ACTIVE_JOB))


register_upkeep("old proposals", prune_proposals)
