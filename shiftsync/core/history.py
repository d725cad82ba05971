"""Saving with history: the one place where a row and its audit entry are written together."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from shiftsync.core.actor import Actor
from shiftsync.core.sql import Statement, column_kinds, execute, insertion, update

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
    """Insert many rows of one model and their history entries in two statements, now."""
    execute(inserting_with_history(model, rows, actor, reason=reason))


def inserting_with_history(
    model: type[models.Model], rows: Sequence[Any], actor: Actor, *, reason: str = ""
) -> list[Statement]:
    """The two statements of :func:`create_all_with_history`; nothing is read back.

    The rows have their moments at once. Signals are not sent.
    """
    fields = model._meta.concrete_fields
    values = [[_to_store(field, row, is_new=True) for field in fields] for row in rows]
    for row in rows:
        row._state.adding = False
    return [
        insertion(model._meta.db_table, column_kinds(fields), values),
        _entries(model, values, "+", actor, reason),
    ]


def updating_with_history(
    row: models.Model, names: Iterable[str], actor: Actor, *, reason: str = ""
) -> list[Statement]:
    """The two statements that update those columns of ``row`` (and ``updated_at``, ``revision``) with a history entry; nothing is
    read back."""
    model = type(row)
    values = {field: _to_store(field, row, is_new=False) for field in model._meta.concrete_fields}
    wanted = {*names, "updated_at", "revision"}
    written = [field for field in values if field.primary_key or wanted & {field.name, field.attname}]
    written.sort(key=lambda field: not field.primary_key)
    return [
        update(model._meta.db_table, column_kinds(written), [[values[field] for field in written]]),
        _entries(model, [list(values.values())], "~", actor, reason),
    ]


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


def _to_store(field: Any, row: models.Model, *, is_new: bool) -> Any:
    return field.get_prep_value(field.pre_save(row, is_new))


def _entries(
    model: type[models.Model], values: Sequence[Sequence[Any]], kind: str, actor: Actor, reason: str
) -> Statement:
    """The statement that inserts an entry of history for each row of values."""
    history: Any = model.history.model  # type: ignore[attr-defined]  # every model that is changed has one
    fields = {field.attname: field for field in history._meta.concrete_fields}
    about = {
        "history_date": timezone.now(),
        "history_change_reason": reason[:REASON_LENGTH] or None,
        "history_type": kind,
        "history_user_id": actor.user_id,
    }
    names = [*(field.attname for field in model._meta.concrete_fields), *about]
    kinds = column_kinds([fields[name] for name in names])
    return insertion(history._meta.db_table, kinds, [[*row, *about.values()] for row in values])
