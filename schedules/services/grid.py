"""The grid inside a transaction: cells are read once, changed in memory request by request, and stored once.

Every change of a cell's value goes through here, single edits, bulk edits, undo and what is generated alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID

from schedules.rules.cells import Cell, CellChange, foreign_change_since
from schedules.sql.cells import (
    WHOLE_SCHEDULE_FROM,
    BulkHistory,
    GridKey,
    HistoryRow,
    bulk_history_to_write,
    cells_to_write,
    history_to_write,
    read_cell_changes,
    read_cells,
)
from shiftsync.core.ids import new_id
from shiftsync.core.sql import Statement
from shiftsync.realtime.rules.conflicts import Strategy, judge
from shiftsync.realtime.rules.merging import Clash
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.judging import Item, conflict_item
from shiftsync.realtime.stream.requests import AnyRequest
from shiftsync.realtime.stream.selectors import Author

FIELD = "shiftValue"


@dataclass(slots=True)
class Proposal:
    """What a request would do to the grid: ``changes`` to apply, ``items`` of conflict, ``locked`` cells in its way.

    ``items`` are what is overwritten, or (``is_refused``) why those cells are left as they are.
    """

    changes: dict[GridKey, str] = field(default_factory=dict)
    overwritten: list[Item] = field(default_factory=list)
    refused: list[Item] = field(default_factory=list)
    locked: list[GridKey] = field(default_factory=list)


class Grid:
    """The cells that one transaction deals with: ``keys``, of which ``cells`` are those stored, where they were read already, and
    ``past`` the changes of those that stand above some request's base, likewise."""

    def __init__(
        self,
        tx: Transaction,
        requests: Sequence[AnyRequest],
        keys: Sequence[GridKey],
        cells: dict[GridKey, Cell] | None = None,
        past: Mapping[UUID, list[CellChange]] | None = None,
    ) -> None:
        self._tx = tx
        self._cells = read_cells(keys) if cells is None else cells
        self._new: set[GridKey] = set()
        self._changed: dict[GridKey, Cell] = {}
        self._history: list[HistoryRow] = []
        self._bulk: list[BulkHistory] = []
        self._read_past(requests, keys, past)

    def cell(self, key: GridKey) -> Cell:
        """The cell's state in this transaction; blank if it was never filled."""
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = Cell(new_id())
            self._new.add(key)
        return found

    def propose(self, request: AnyRequest, wanted: Mapping[GridKey, str]) -> Proposal:
        """Judges each wanted value; changes nothing."""
        proposal = Proposal()
        strategy = self._tx.strategy_of(request)
        for key, value in wanted.items():
            cell = self.cell(key)
            if cell.value == value:
                continue
            if cell.is_locked:
                proposal.locked.append(key)
            else:
                self._judge(proposal, request, strategy, key, cell, value)
        return proposal

    def apply(self, request: AnyRequest, changes: Mapping[GridKey, str], version: int) -> list[tuple[GridKey, str]]:
        """Gives the cells their new values as ``version``; returns what they held before."""
        if len(changes) >= WHOLE_SCHEDULE_FROM and self._has_one_kind(changes):
            return self._apply_in_bulk(request, changes, version)
        before = []
        moment = self._tx.timestamp
        actor = request.actor
        for key, value in changes.items():
            cell = self.cell(key)
            before.append((key, cell.value))
            is_new = not cell.revision
            cell.value, cell.revision = value, version
            cell.changes.append(CellChange(version, value, actor.user_id, actor.client_id, actor.name, moment))
            self._note(key, cell, request, is_new)
        return before

    def set_lock(self, request: AnyRequest, keys: Iterable[GridKey], is_locked: bool, version: int) -> None:
        """Locks or unlocks cells as ``version``; their values stay."""
        for key in keys:
            cell = self.cell(key)
            is_new = not cell.revision
            cell.is_locked, cell.revision = is_locked, version
            self._note(key, cell, request, is_new)

    def statements(self) -> list[Statement]:
        """What stores every changed cell once, and a history entry for every change."""
        return [
            *cells_to_write(self._tx.restaurant_id, self._changed.items(), self._new),
            history_to_write(self._history),
            *map(bulk_history_to_write, self._bulk),
        ]

    def _has_one_kind(self, changes: Mapping[GridKey, str]) -> bool:
        """Whether those cells are of one schedule, and all have a row or none."""
        return len({(key[0], self.cell(key).revision == 0) for key in changes}) == 1

    def _apply_in_bulk(
        self, request: AnyRequest, changes: Mapping[GridKey, str], version: int
    ) -> list[tuple[GridKey, str]]:
        """:meth:`apply` for very many cells, whose history the database takes from their rows. Nothing changes them again in
        this transaction: a change of so many is one of its own."""
        before = []
        is_new = False
        for key, value in changes.items():
            cell = self.cell(key)
            before.append((key, cell.value))
            is_new = not cell.revision
            cell.value, cell.revision = value, version
            self._changed[key] = cell
        self._bulk.append(
            BulkHistory(
                before[0][0][0],
                version,
                self._tx.moment,
                request.reason or None,
                "+" if is_new else "~",
                request.actor.user_id,
            )
        )
        return before

    def _read_past(
        self, requests: Sequence[AnyRequest], keys: Sequence[GridKey], past: Mapping[UUID, list[CellChange]] | None
    ) -> None:
        """Reads who changed what of the cells that stand above some request's base; elsewhere the present is past enough."""
        bases = [request.base_version for request in requests if request.base_version is not None]
        if not bases:
            return
        newer = [self._cells[key] for key in dict.fromkeys(keys) if key in self._cells]
        if past is None:
            above = {cell.id: cell for cell in newer if cell.revision > min(bases)}
            past = read_cell_changes(self._tx.restaurant_id, list(above))
        for cell in newer:
            cell.changes = past.get(cell.id) or [CellChange(cell.revision, cell.value)]

    def _judge(
        self, proposal: Proposal, request: AnyRequest, strategy: Strategy, key: GridKey, cell: Cell, value: str
    ) -> None:
        foreign = None
        if request.base_version is not None and cell.revision > request.base_version:
            foreign = foreign_change_since(cell, request.actor, request.base_version)
        if foreign is None:
            proposal.changes[key] = value
            return
        judgement = judge(strategy, {FIELD: foreign.base}, {FIELD: cell.value}, {FIELD: value})
        items = [cell_item(key, clash, foreign.last) for clash in judgement.clashes]
        if judgement.is_refused:
            proposal.refused += items
        elif judgement.apply:
            proposal.overwritten += items
            proposal.changes[key] = judgement.apply[FIELD]

    def _note(self, key: GridKey, cell: Cell, request: AnyRequest, is_new: bool) -> None:
        schedule_id, (staff_id, day) = key
        self._changed[key] = cell
        self._history.append(
            HistoryRow(
                cell.id,
                self._tx.restaurant_id,
                schedule_id,
                staff_id,
                day,
                cell.value,
                cell.is_locked,
                cell.revision,
                self._tx.moment,
                request.reason or None,
                "+" if is_new else "~",
                request.actor.user_id,
            )
        )


def cell_item(key: GridKey, clash: Clash, last: CellChange) -> Item:
    """A conflict about one cell as the wire tells it; ``entityId`` is ``<schedule>/<staff>/<day>``."""
    schedule_id, (staff_id, day) = key
    item = conflict_item("shift", f"{schedule_id}/{staff_id}/{day}", clash, Author(last.author, None))
    return {
        **item,
        "changedAt": last.changed_at,
        "scheduleId": str(schedule_id),
        "staffId": str(staff_id),
        "dateKey": str(day),
    }


def cell_changes(changes: Mapping[GridKey, str]) -> list[dict[str, str]]:
    """Changed cells as a broadcast lists them."""
    return [
        {"staffId": staff_id, "dateKey": day, "shiftValue": value} for staff_id, day, value in _spelled(changes.items())
    ]


def cell_list(keys: Iterable[GridKey]) -> list[dict[str, str]]:
    """Cells as the wire names them."""
    return [{"staffId": str(key.staff_id), "dateKey": str(key.date)} for _, key in keys]


def old_cells(before: Iterable[tuple[GridKey, str]]) -> list[list[str]]:
    """What cells held, as the log keeps it."""
    return [[staff_id, day, value] for staff_id, day, value in _spelled(before)]


def _spelled(cells: Iterable[tuple[GridKey, str]]) -> Iterator[tuple[str, str, str]]:
    """Staff id and day as text, each spelled once however many cells it has."""
    spell = cache(str)
    for (_, (staff_id, day)), value in cells:
        yield spell(staff_id), spell(day), value
