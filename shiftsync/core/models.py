"""What the models of every app have in common."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django.db import models
from simple_history.models import HistoricalRecords

from shiftsync.core.ids import new_id


class Identified(models.Model):
    """A row with a UUID key that sorts by creation, and the moments of its making and last change (UTC)."""

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
    """A row that stays when it is deleted, and can be restored."""

    is_active = models.BooleanField(default=True, editable=False)

    class Meta:
        abstract = True


def own_row(model: type[models.Model], restaurant_id: UUID, wanted: UUID) -> tuple[UUID, Any]:
    """The restaurant's row that a client calls ``wanted``, or None, and under which id it is, or would be made.

    An id that another restaurant has is not refused, which would tell that it exists: what is made with it gets another, the same at
    each attempt. It takes one statement whatever is there.
    """
    instead = uuid5(restaurant_id, str(wanted))
    found: dict[UUID, Any] = {row.pk: row for row in model._default_manager.filter(pk__in=[wanted, instead])}
    is_foreign = wanted in found and found[wanted].restaurant_id != restaurant_id
    own = instead if is_foreign or instead in found else wanted
    return own, found.get(own)


def audited(*, unindexed: Sequence[str] = ("restaurant",), **options: Any) -> HistoricalRecords:
    """The history of a model: who changed what, when and why.

    ``unindexed`` names the foreign keys that history is never searched by: each index costs every write.
    """
    return HistoricalRecords(user_db_constraint=False, no_db_index=list(unindexed), **options)
