"""Saving with history: the one place where a row and its audit entry are written together."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from shiftsync.core.actor import Actor

REASON_LENGTH = 100


def save_with_history(
    row: models.Model, actor: Actor, *, reason: str = "", fields: Iterable[str] | None = None
) -> None:
    """Insert or update ``row`` and its history entry with the user and the reason, inside the caller's transaction.

    ``fields`` limits an update to those columns (``updated_at`` and ``revision`` are added where the model has them).
    """
    _attribute(row, actor, reason)
    if fields is None:
        row.save()
        return
    names = {field.name for field in row._meta.concrete_fields}
    row.save(update_fields={*fields, *({"updated_at", "revision"} & names)})


def create_all_with_history(model: type[models.Model], rows: Sequence[Any], actor: Actor, *, reason: str = "") -> None:
    """Insert many rows of one model and their history entries in a fixed number of statements."""
    for row in rows:
        _attribute(row, actor, reason)
    bulk_create_with_history(rows, model, default_change_reason=reason[:REASON_LENGTH])


def update_all_with_history(
    model: type[models.Model], rows: Sequence[Any], fields: Sequence[str], actor: Actor, *, reason: str = ""
) -> None:
    """Update those columns of many rows of one model, and write their history entries."""
    for row in rows:
        _attribute(row, actor, reason)
    bulk_update_with_history(rows, model, fields, default_change_reason=reason[:REASON_LENGTH])


def delete_with_history(row: models.Model, actor: Actor, *, reason: str = "") -> None:
    """Remove ``row`` for good; its history stays, and ends with this entry."""
    _attribute(row, actor, reason)
    row.delete()


def _attribute(row: Any, actor: Actor, reason: str) -> None:
    row._history_user = None if actor.user_id is None else get_user_model()(pk=actor.user_id)
    row._change_reason = reason[:REASON_LENGTH] or None
