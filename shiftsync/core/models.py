"""What the models of every app have in common."""

from collections.abc import Sequence
from typing import Any

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


def audited(*, unindexed: Sequence[str] = ("restaurant",), **options: Any) -> HistoricalRecords:
    """The history of a model: who changed what, when and why.

    ``unindexed`` names the foreign keys that history is never searched by: each index costs every write.
    """
    return HistoricalRecords(user_db_constraint=False, no_db_index=list(unindexed), **options)
