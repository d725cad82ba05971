"""Following a shift symbol through everything that names it: cells, called backups, people, and the settings."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from schedules.events import ShiftTypeDeleted, ShiftTypeUpdated
from schedules.models import ShiftType
from schedules.selectors.schedules import periods_of
from schedules.services.covers import rename_covers
from schedules.sql.cells import BulkHistory, schedules_holding, values_to_replace
from settings_app.selectors.symbols import rows_naming
from settings_app.services.symbols import replace_symbol
from shiftsync.core.encoding import decode
from shiftsync.core.errors import ValidationFailed
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.requests import AnyRequest
from staff.selectors import staff_of
from staff.services import replace_allowed_symbol


def move_symbol(tx: Transaction, request: AnyRequest, old: str, new: str, version: int) -> dict[str, Any]:
    """Lets everything that names ``old`` name ``new`` as part of the change ``version``; what was published stays as it is.

    Returns what clients need to follow: both symbols, the schedules whose cells held the old one (every such cell holds the new
    one now), and the people and the rows of the settings in use that changed. Raises :class:`VersionLocked`.
    """
    reason = request.reason or f"{old} → {new}"
    rows = replace_symbol(tx, request, old, new, version=version, reason=reason)
    members = replace_allowed_symbol(tx, request, old, new, version=version, reason=reason)
    holding = schedules_holding(tx.restaurant_id, [old])
    for schedule_id in holding:
        history = BulkHistory(schedule_id, version, tx.moment, reason, "~", request.actor.user_id)
        tx.write(values_to_replace(history, old, new))
    rename_covers(tx.restaurant_id, old, new)
    return {
        "previousSymbol": old,
        "symbol": new,
        "scheduleIds": [str(schedule_id) for schedule_id in holding],
        "staff": members,
        "settings": rows,
    }


def symbols_since(restaurant_id: UUID, version: int) -> dict[str, str]:
    """What symbols that stood in cells at ``version`` are called now, where that is something else.

    For what was worked out from the grid as it was then: a proposal, or a change to be taken back.
    """
    moves = Change.objects.filter(
        restaurant_id=restaurant_id,
        version__gt=version,
        type__in=(ShiftTypeUpdated.type, ShiftTypeDeleted.type),
        payload__contains='"moved"',
    )
    names: dict[str, str] = {}
    for payload in moves.order_by("version").values_list("payload", flat=True):
        moved = decode(payload)["moved"]
        old, new = moved["previousSymbol"], moved["symbol"]
        names = {first: new if last == old else last for first, last in names.items()}
        names.setdefault(old, new)
    return names


def require_unused(tx: Transaction, shift_type: ShiftType) -> None:
    """Raises :class:`ValidationFailed` where anything names the shift type, with ``usedBy``: months, people, rows by name."""
    used = {
        "cells": list(_months_holding(tx.restaurant_id, [shift_type.symbol])),
        "staff": [
            {"id": str(member.id), "name": member.name}
            for member in staff_of(tx.restaurant_id)
            if shift_type.symbol in member.allowed_shift_types
        ],
        "settings": [
            {
                "tableName": naming.table.key,
                "id": str(naming.row.id),
                "name": str(naming.row),
                "versionId": str(naming.version.id),
                "versionName": naming.version.name,
            }
            for naming in rows_naming(tx.restaurant_id, shift_type.symbol, include_deleted=False)
        ],
    }
    if any(used.values()):
        text = f"{shift_type.symbol} is used by {_sentence(used)}. Choose a successor to replace it."
        raise ValidationFailed(text, {"shiftTypeId": [text], "usedBy": used})


def require_unused_past(shift_type: ShiftType) -> None:
    """Raises :class:`ValidationFailed` where cells hold the symbol since it was a deleted type's of another kind.

    They would mean something else from now on, in months that are over, too.
    """
    past = ShiftType.objects.filter(
        restaurant_id=shift_type.restaurant_id, symbol=shift_type.symbol, is_active=False
    ).exclude(id=shift_type.id)
    before = past.order_by("-revision").first()
    if before is None or (before.kind, before.off_equivalent) == (shift_type.kind, shift_type.off_equivalent):
        return
    months = list(_months_holding(shift_type.restaurant_id, [shift_type.symbol]))
    if months:
        where = _months(months)
        raise ValidationFailed.of(
            "symbol", f"Cells of {where} still hold {shift_type.symbol} as a deleted shift type of another kind."
        )


def _months_holding(restaurant_id: UUID, symbols: Sequence[str]) -> Iterator[dict[str, Any]]:
    holding = schedules_holding(restaurant_id, symbols)
    for period in periods_of(restaurant_id):
        if period.schedule_id in holding:
            yield {**period.payload(), "cells": holding[period.schedule_id]}


def _sentence(used: dict[str, list[Any]]) -> str:
    parts = [
        _months(used["cells"]) if used["cells"] else "",
        ", ".join(member["name"] for member in used["staff"]),
        ", ".join(f"“{row['name'] or row['tableName']}” ({row['versionName']})" for row in used["settings"]),
    ]
    return "; ".join(filter(None, parts))


def _months(months: Sequence[dict[str, Any]]) -> str:
    return ", ".join(f"{month['startDate']} – {month['endDate']} ({month['cells']} cells)" for month in months)
