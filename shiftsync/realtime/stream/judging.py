"""Judging a change of a row: the pure rules of conflict, fed from the row's history."""

from collections.abc import Iterable, Mapping
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


class ChoiceNeeded(ConflictError):
    """Nothing was applied, because the author has to choose. ``items`` are those of a ``CONFLICT`` message."""

    def __init__(self, items: list[Item], current_version: int) -> None:
        self.items = items
        self.current_version = current_version
        super().__init__(details={"items": items, "currentVersion": current_version})


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
    return ConflictError(details={"items": items, "currentVersion": version})


def judge_row(
    tx: Transaction, request: AnyRequest, entity: str, row: Model, yours: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Item]]:
    """What to write of ``yours`` (by attribute name) to ``row``, and what that overwrites of others' changes.

    Raises :class:`ConflictError` (or :class:`ChoiceNeeded`) where the strategy refuses.
    """
    strategy = tx.strategy_of(request)
    theirs = {field: getattr(row, field) for field in yours}
    base = None
    if request.base_version is not None and row.revision > request.base_version:  # type: ignore[attr-defined]  # revisioned
        base = base_of(row, request.actor, request.base_version, list(yours))
    if base is None:
        return {field: value for field, value in yours.items() if theirs[field] != value}, []
    judgement = judge(strategy, base.values, theirs, yours)
    items = [conflict_item(entity, str(row.pk), clash, base.author) for clash in judgement.clashes]
    if judgement.is_refused:
        raise conflict_of(strategy, items, tx.version)
    return judgement.apply, items


def overwritten(items: Iterable[Item]) -> dict[str, Any]:
    """The part of an ``ACK``'s result about overwritten changes; empty if there are none."""
    listed = list(items)
    return {"overwritten": listed} if listed else {}


def _plain(value: object) -> Any:
    return None if value is ABSENT else value


__all__ = ["ChoiceNeeded", "Item", "Judgement", "conflict_item", "conflict_of", "judge_row", "overwritten"]
