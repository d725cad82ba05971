"""Following a shift symbol through everything that names it: cells, called backups, people, and the settings."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from schedules.events.calendar import ShiftTypeDeleted, ShiftTypeUpdated
from schedules.generation.kinds import Kind
from schedules.models import ScheduleState, ShiftType, Wish
from schedules.selectors.schedules import periods_of
from schedules.services.covers import rename_covers
from schedules.services.wishes import rename_wished
from schedules.sql.cells import BulkHistory, schedules_holding, values_to_replace
from settings_app.selectors.symbols import rows_naming
from settings_app.services.symbols import replace_symbol
from shiftsync.core.clock import local_today
from shiftsync.core.encoding import decode
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.text import counted
from shiftsync.realtime.models import Change
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.requests import AnyRequest
from staff.selectors import staff_of
from staff.services import replace_allowed_symbol
from staff.terms import will_work


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
    rename_wished(tx, request, old, new)
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
            if will_work(member, shift_type.symbol)
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
    wishes = Wish.objects.filter(restaurant_id=tx.restaurant_id, is_active=True, value=shift_type.symbol).count()
    if wishes:
        used["wishes"] = [{"count": wishes}]
    if any(used.values()):
        text = f"{shift_type.symbol} is used by {_sentence(used)}. Choose a successor to replace it."
        raise ValidationFailed(text, {"shiftTypeId": [text], "usedBy": used})


def require_unused_past(shift_type: ShiftType, since: int = 0) -> None:
    """Raises :class:`ValidationFailed` where cells hold the symbol since it was a deleted type's of another kind.

    They would mean something else from now on, in months that are over, too. ``since``: the version from which on that counts.
    """
    past = ShiftType.objects.filter(
        restaurant_id=shift_type.restaurant_id, symbol=shift_type.symbol, is_active=False, revision__gte=since
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


def require_same_past(shift_type: ShiftType, before: Mapping[str, Any]) -> None:
    """Raises :class:`ValidationFailed` where a type becomes another kind of shift than it was in months that are over.

    ``before`` are its fields as they were; the cells hold the symbol of then. A month that is published is kept by its publication. A share of
    a day off may change: it is how days are counted, not what was done on them.
    """
    if _kind_of(shift_type.kind, shift_type.off_equivalent) is _kind_of(before["kind"], before["off_equivalent"]):
        return
    today = str(local_today(shift_type.restaurant.timezone))
    holding = _months_holding(shift_type.restaurant_id, [before["symbol"]])
    months = [month for month in holding if month["endDate"] < today and month["state"] != ScheduleState.PUBLISHED]
    if months:
        symbol = before["symbol"]
        raise ValidationFailed.of(
            "kind",
            f"{symbol} is used in past months that are not published, which would be counted differently: {_months(months)}."
            " Create a new shift type for the other kind, or publish those months first.",
        )


def _kind_of(kind: str, off_equivalent: Decimal) -> Kind:
    """The kind of shift as it is counted: a special one that is a whole day off is a day off."""
    read = Kind(kind)
    return Kind.OFF if read is Kind.SPECIAL and off_equivalent >= 1 else read


def _months_holding(restaurant_id: UUID, symbols: Sequence[str]) -> Iterator[dict[str, Any]]:
    holding = schedules_holding(restaurant_id, symbols)
    for period in periods_of(restaurant_id):
        if period.schedule_id in holding:
            yield {**period.payload(), "cells": holding[period.schedule_id]}


def _sentence(used: dict[str, list[Any]]) -> str:
    parts = [
        _months(used["cells"]) if used["cells"] else "",
        ", ".join(member["name"] for member in used["staff"]),
        ", ".join(counted(entry["count"], "wish", "wishes") for entry in used.get("wishes", ())),
        ", ".join(f"“{row['name'] or row['tableName']}” ({row['versionName']})" for row in used["settings"]),
    ]
    return "; ".join(filter(None, parts))


def _months(months: Sequence[dict[str, Any]]) -> str:
    return ", ".join(
        f"{month['startDate']} – {month['endDate']} ({counted(month['cells'], 'cell')})" for month in months
    )
