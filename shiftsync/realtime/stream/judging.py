"""Judging a change of a row: the pure rules of conflict, fed from the row's history."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model

from shiftsync.core.clock import iso
from shiftsync.core.errors import ConflictError
from shiftsync.core.serializers import camel
from shiftsync.realtime.rules.conflicts import Judgement, Strategy, judge
from shiftsync.realtime.rules.merging import ABSENT, Clash
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.selectors import Author, base_of

Item = dict[str, Any]
NOT_CONTENT = frozenset({"id", "restaurant", "revision", "created_at", "updated_at"})
"""The columns of a row that are about it, not in it."""


class ChoiceNeeded(ConflictError):
    """Nothing was applied, because the author has to choose. ``items`` are those of a ``CONFLICT`` message."""

    def __init__(self, items: list[Item], current_version: int) -> None:
        self.items = items
        self.current_version = current_version
        super().__init__(details=_details(Strategy.USER_CHOICE, items, current_version))


def conflict_item(entity: str, entity_id: str, clash: Clash, author: Author) -> Item:
    """One conflict in wire form; the same shape in ``CONFLICT``, ``ACK`` and ``ERROR``."""
    return {
        "entity": entity,
        "entityId": entity_id,
        "field": ".".join((camel(clash.path[0]), *clash.path[1:])),
        "base": _plain(clash.base),
        "yours": _plain(clash.yours),
        "theirs": _plain(clash.theirs),
        "theirAuthor": author.name,
        "changedAt": iso(author.changed_at) if author.changed_at else None,
    }


def conflict_of(strategy: Strategy, items: list[Item], version: int) -> ConflictError:
    """The error of a refused change under that strategy."""
    if strategy is Strategy.USER_CHOICE:
        return ChoiceNeeded(items, version)
    return ConflictError(details=_details(strategy, items, version))


def _details(strategy: Strategy, items: list[Item], version: int) -> dict[str, Any]:
    """By ``strategy`` those who ask by REST, where both are a 409, tell a choice from a refusal."""
    return {"items": items, "currentVersion": version, "strategy": strategy.value}


def judge_row(
    tx: Transaction,
    request: AnyRequest,
    entity: str,
    row: Model,
    yours: Mapping[str, Any],
    read: Callable[[Any, str], Any] = getattr,
) -> tuple[dict[str, Any], list[Item]]:
    """What to write of ``yours`` (by attribute name) to ``row``, and what that overwrites of others' changes.

    ``read`` tells what a row, or an entry of its history, says of an attribute. Raises :class:`ConflictError` (or :class:`ChoiceNeeded`) where the strategy refuses.
    """
    strategy = tx.strategy_of(request)
    theirs = {field: read(row, field) for field in yours}
    base = None
    if request.base_version is not None and row.revision > request.base_version:  # type: ignore[attr-defined]  # revisioned
        base = base_of(row, request.actor, request.base_version, list(yours), read)
    if base is None:
        return {field: value for field, value in yours.items() if theirs[field] != value}, []
    judgement = judge(strategy, base.values, theirs, yours)
    items = [conflict_item(entity, str(row.pk), clash, base.author) for clash in judgement.clashes]
    if judgement.is_refused:
        raise conflict_of(strategy, items, tx.version)
    return judgement.apply, items


def judge_removal(
    tx: Transaction, request: AnyRequest, entity: str, row: Model, *, besides: Collection[str] = ()
) -> list[Item]:
    """What others did to ``row`` since its author read it, who now takes it away. ``besides``: the columns that speak of its place
    among others and not of itself.

    Raises :class:`ConflictError` (or :class:`ChoiceNeeded`) where the strategy refuses; the others take it away and tell.
    """
    if request.base_version is None or row.revision <= request.base_version:  # type: ignore[attr-defined]  # revisioned
        return []
    fields = [field.attname for field in row._meta.concrete_fields if field.name not in {*NOT_CONTENT, *besides}]
    base = base_of(row, request.actor, request.base_version, fields)
    if base is None:
        return []
    moved = [(field, getattr(row, field)) for field in fields if base.values[field] != getattr(row, field)]
    clashes = [Clash((field,), base.values[field], None, value) for field, value in moved]
    return judge_whole(tx, request, [conflict_item(entity, str(row.pk), clash, base.author) for clash in clashes])


def judge_whole(tx: Transaction, request: AnyRequest, items: list[Item]) -> list[Item]:
    """``items``, the conflicts of a change that is made as a whole or not at all.

    Raises :class:`ConflictError` (or :class:`ChoiceNeeded`) where there are some and the strategy refuses.
    """
    strategy = tx.strategy_of(request)
    if items and strategy in (Strategy.FIRST_WRITER_WINS, Strategy.USER_CHOICE):
        raise conflict_of(strategy, items, tx.version)
    return items


def overwritten(items: Iterable[Item]) -> dict[str, Any]:
    """The part of an ``ACK``'s result about overwritten changes; empty if there are none."""
    listed = list(items)
    return {"overwritten": listed} if listed else {}


def _plain(value: object) -> Any:
    return None if value is ABSENT else value


__all__ = [
    "ChoiceNeeded",
    "Item",
    "Judgement",
    "conflict_item",
    "conflict_of",
    "judge_removal",
    "judge_row",
    "judge_whole",
    "overwritten",
]
