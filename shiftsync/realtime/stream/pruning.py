"""Prunes the change log: the floor is raised first, then the rows below it are deleted in batches."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from shiftsync.core.clock import now
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.fence import everywhere
from shiftsync.core.upkeep import delete_in_batches, register_upkeep
from shiftsync.realtime.models import Change, ClientBinding, Request, Stream
from shiftsync.realtime.stream.commit import lock_stream

LEAST_DAYS, MOST_DAYS = 1, 3650
"""How long the log may be kept; SHIFTSYNC_CHANGE_LOG_DAYS has the same bounds."""


@everywhere()
def prune_changes(days: int | None = None) -> dict[str, int]:
    """Removes changes and remembered requests older than ``days`` (default: SHIFTSYNC_CHANGE_LOG_DAYS).

    A client behind the new floor has to sync in full (``RESYNC_REQUIRED``). Returns how many of each went: ``changes``, ``requests``. Raises
    :class:`ValidationFailed` for days beyond the bounds: without remembered requests a retry would be applied twice.
    """
    if days is not None and not LEAST_DAYS <= days <= MOST_DAYS:
        raise ValidationFailed.of("days", f"Must be from {LEAST_DAYS} to {MOST_DAYS}.")
    before = now() - timedelta(days=settings.CHANGE_LOG_DAYS if days is None else days)
    changes = requests = 0
    for restaurant_id in Stream.objects.values_list("restaurant_id", flat=True):
        old = Change.objects.filter(restaurant_id=restaurant_id, created_at__lt=before)
        floor = old.order_by("-version").values_list("version", flat=True).first()
        if floor is not None:
            with transaction.atomic():
                stream = lock_stream(restaurant_id)
                stream.floor = max(stream.floor, floor)
                stream.save(update_fields=["floor"])
            changes += delete_in_batches(Change, Q(restaurant_id=restaurant_id, version__lte=floor))
        requests += delete_in_batches(Request, Q(restaurant_id=restaurant_id, created_at__lt=before))
        delete_in_batches(ClientBinding, Q(restaurant_id=restaurant_id, created_at__lt=before))
    return {"changes": changes, "requests": requests}


register_upkeep("changes and remembered requests", lambda: sum(prune_changes().values()))
