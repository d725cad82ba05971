"""What the models of every app have in common."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from shiftsync.core.clock import now
from shiftsync.core.fence import everywhere
from shiftsync.core.ids import new_id


class Identified(models.Model):
    """A row with a UUID key that sorts by creation, and its times of creation and last change (UTC)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Revisioned(models.Model):
    """A row that knows the restaurant's version at which it was last changed."""

    revision = models.BigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class SoftDeleted(models.Model):
    """A row that is only marked as deleted, and can be restored."""

    is_active = models.BooleanField(default=True, editable=False)

    class Meta:
        abstract = True


class DeliveryState(models.TextChoices):
    """What became of what was to be sent."""

    WAITING = "waiting", "waiting"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"
    DROPPED = "dropped", "not needed any more"
    UNCERTAIN = "uncertain", "may have been sent"


class OnItsWay(models.Model):
    """Something that workers send. ``holder`` is the turn of a worker that sends it now, until ``lease_until``; ``begun_at`` is set before
    anything leaves the worker."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    next_attempt_at = models.DateTimeField(default=now)
    holder = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


def own_row(model: type[models.Model], restaurant_id: UUID, wanted: UUID) -> tuple[UUID, Any]:
    """The restaurant's row that a client calls ``wanted``, or None, and under which id it is, or would be made.

    An id that another restaurant uses is not refused, which would reveal that it exists; the row gets a different id,
    the same on each attempt. Takes one statement in every case.
    """
    instead = uuid5(restaurant_id, str(wanted))
    with everywhere():  # ids are keys of whole tables; what is found of others is only that it is there
        found: dict[UUID, Any] = {row.pk: row for row in model._default_manager.filter(pk__in=[wanted, instead])}
    is_foreign = wanted in found and found[wanted].restaurant_id != restaurant_id
    own = instead if is_foreign or instead in found else wanted
    return own, found.get(own)


class TrailManager(HistoryManager):
    """The manager of a history. simple-history asks for its class at each look and at each save of a row, and Django makes it by
    inspecting every method of the query set: a tenth of what a change through a model cost."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


def audited(*, unindexed: Sequence[str] = ("restaurant",), **options: Any) -> HistoricalRecords:
    """The history of a model: who changed what, when and why.

    ``unindexed`` names foreign keys by which history is never searched: every index slows down every write.
    """
    return HistoricalRecords(
        user_db_constraint=False, no_db_index=list(unindexed), history_manager=TrailManager, **options
    )
