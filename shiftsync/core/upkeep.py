"""What would grow without end: each app registers how it is pruned, and ``manage.py housekeeping`` runs them all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q
from django_tasks_db.models import DBTaskResult

from shiftsync.core.clock import now

BATCH = 5000
TASK_DAYS = 7
LONGEST_TASK = timedelta(days=2)
"""A task that has been marked as running for this long has lost its worker."""

Upkeep = Callable[[], int]

_upkeep: dict[str, Upkeep] = {}


def register_upkeep(name: str, remove: Upkeep) -> None:
    """``remove`` takes away what is too old of ``name``, and says how many rows that were."""
    _upkeep[name] = remove


def all_upkeep() -> dict[str, Upkeep]:
    """By name, in the order in which they are done."""
    return dict(_upkeep)


def delete_in_batches(model: Any, *which: Q) -> int:
    """Deletes those rows a few thousand at a time, so that nobody waits for one long statement; returns how many."""
    deleted = 0
    chosen = model._default_manager.filter(*which).order_by("pk").values_list("pk", flat=True)
    while ids := list(chosen[:BATCH]):
        deleted += model._default_manager.filter(pk__in=ids).delete()[0]
    return deleted


def prune_sessions() -> int:
    """Sessions that have expired."""
    return delete_in_batches(Session, Q(expire_date__lt=now()))


def prune_tasks() -> int:
    """Tasks that ended a week ago, and those whose worker was killed while it did them."""
    moment = now()
    old, lost = moment - timedelta(days=TASK_DAYS), moment - timedelta(days=TASK_DAYS) - LONGEST_TASK
    ended = Q(status__in=("SUCCESSFUL", "FAILED"), finished_at__lt=old)
    return delete_in_batches(DBTaskResult, ended | Q(status="RUNNING", started_at__lt=lost))


def prune_history() -> int:
    """What was before the last ``SHIFTSYNC_HISTORY_YEARS``; nothing where all is kept (0, the default).

    Of a row that is still there its state at that moment stays, so that the first change after it is shown whole. Never less is kept
    than the change log goes back, by whose versions late edits are judged.
    """
    years = settings.CONFIG.history_years
    if not years:
        return 0
    before = now() - max(timedelta(days=365.25 * years), timedelta(days=settings.CHANGE_LOG_DAYS))
    gone = delete_in_batches(LogEntry, Q(action_time__lt=before))
    for model in apps.get_models():
        if hasattr(model, "history_object"):
            gone += _prune_history_of(model, before)
    return gone


def _prune_history_of(model: Any, before: datetime) -> int:
    key = model.instance_type._meta.pk.attname
    newer = model._default_manager.filter(
        **{key: OuterRef(key)}, history_date__lt=before, history_id__gt=OuterRef("pk")
    )
    return delete_in_batches(model, Q(Exists(newer)) | Q(history_type="-"), Q(history_date__lt=before))


register_upkeep("sessions", prune_sessions)
register_upkeep("tasks", prune_tasks)
register_upkeep("entries of the history", prune_history)
