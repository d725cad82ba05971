"""What a cell is, what became of it since a version, and what a grid looks like on the wire."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from shiftsync.core.actor import Actor

ScheduleData = dict[str, dict[str, str]]


class CellKey(NamedTuple):
    """Which cell of a schedule."""

    staff_id: UUID
    date: date


@dataclass(frozen=True, slots=True)
class CellChange:
    """One change of a cell's value: by whom, at which version. ``author`` is the name, for people."""

    revision: int
    value: str
    user_id: UUID | None = None
    client_id: str | None = None
    author: str = ""
    changed_at: str | None = None


@dataclass(slots=True)
class Cell:
    """A cell as it stands in a transaction; ``changes`` are its changes, oldest first, as far back as they are needed."""

    id: UUID
    value: str = ""
    is_locked: bool = False
    revision: int = 0
    changes: list[CellChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ForeignChange:
    """Others changed a cell after somebody's base: ``base`` is what that somebody believed it to hold."""

    base: str
    last: CellChange


def foreign_change_since(cell: Cell, actor: Actor, base_version: int) -> ForeignChange | None:
    """What others did to ``cell`` after ``base_version``; None where only ``actor``'s own client changed it."""
    base, last = "", None
    for change in cell.changes:
        if change.revision <= base_version or actor.is_same_client(change.user_id, change.client_id):
            base = change.value
        else:
            last = change
    return ForeignChange(base, last) if last is not None else None


def dense(data: Mapping[str, Mapping[str, str]], staff_ids: Iterable[str], days: Iterable[str]) -> ScheduleData:
    """Each of those people × each of those days, ``""`` for blank: the form of version 1 clients."""
    blank = dict.fromkeys(days, "")
    known = blank.keys()

    def whole(row: Mapping[str, str]) -> dict[str, str]:
        return {**blank, **(row if row.keys() <= known else {day: row[day] for day in row if day in known})}

    return {staff_id: whole(data.get(staff_id, {})) for staff_id in staff_ids}


def differences(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> list[dict[str, str]]:
    """The cells that differ: ``staffId``, ``dateKey``, ``shiftValue``, ``previousValue``; blank and missing are the same."""
    found = []
    for staff_id in dict.fromkeys([*before, *after]):
        old, new = before.get(staff_id, {}), after.get(staff_id, {})
        for day in sorted({*old, *new}):
            was, now = old.get(day, ""), new.get(day, "")
            if was != now:
                found.append({"staffId": staff_id, "dateKey": day, "shiftValue": now, "previousValue": was})
    return found
