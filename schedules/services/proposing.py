"""Writing what was worked out beforehand, of the generator or the backup rules, as one change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from schedules.rules.cells import Cell, CellKey
from schedules.selectors.schedules import PlannedPeriod, speller_in, staff_in_period
from schedules.services.cells import write_cells_change
from schedules.services.covers import CalledBackup, note_covers
from schedules.services.grid import FIELD
from schedules.services.plan import NOBODY
from schedules.sql.cells import GridKey, read_cells
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.realtime.rules.conflicts import Strategy
from shiftsync.realtime.rules.merging import Clash
from shiftsync.realtime.stream.commit import Transaction
from shiftsync.realtime.stream.judging import ChoiceNeeded, Item, conflict_item
from shiftsync.realtime.stream.requests import AnyRequest, Written
from shiftsync.realtime.stream.selectors import Author
from staff.selectors import staff_of

PAST = "This day has passed."

Cells = Mapping[GridKey, "Proposed"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A cell's proposed value, what it held when that was worked out, and the group that it would cover."""

    staff_id: str
    day: date
    value: str
    previous: str
    group_id: str | None = None


def propose_cells(
    tx: Transaction,
    request: AnyRequest,
    period: PlannedPeriod,
    cells: Sequence[Proposed],
    *,
    origin: Mapping[str, Any],
    first: date | None = None,
) -> Written:
    """Writes the proposed cells as one change that is undone as one.

    Cells that were edited meanwhile, by whomever, stay and are listed as ``refused``, unless the request's own strategy
    is ``last_writer_wins``; with ``user_choice`` one of them refuses all (:class:`ChoiceNeeded`). Locked cells, those of
    people who have left and those of days before ``first`` are listed as ``skipped``. ``origin`` is added to the broadcast.
    """
    if period.schedule_id is None:
        raise NotFound("No such schedule.")
    wanted, skipped = _present(tx.restaurant_id, period, period.schedule_id, cells, first)
    standing = read_cells(list(wanted))
    edited = [key for key, cell in wanted.items() if _is_edited(standing.get(key), cell)]
    items = [_item(key, wanted[key], standing[key].value) for key in edited]
    if items and request.strategy is Strategy.USER_CHOICE:
        raise ChoiceNeeded(items, tx.version)
    if request.strategy is not Strategy.LAST_WRITER_WINS:
        wanted = {key: cell for key, cell in wanted.items() if key not in set(edited)}
    speller = speller_in(tx.restaurant_id)
    written = write_cells_change(
        tx,
        replace(request, base_version=None),
        period,
        {key: speller.spell(cell.value) for key, cell in wanted.items()},
        skipped,
        skips_locked=True,
        origin={**origin, "covering": _covering(wanted)},
    )
    unlocked = {key: cell for key, cell in wanted.items() if key not in standing or not standing[key].is_locked}
    note_covers(tx.restaurant_id, period.schedule_id, map(_called, unlocked.items()))
    told = {"overwritten" if request.strategy is Strategy.LAST_WRITER_WINS else "refused": items} if items else {}
    return replace(written, result={**written.result, **told})


def _present(
    restaurant_id: UUID, period: PlannedPeriod, schedule_id: UUID, cells: Sequence[Proposed], first: date | None
) -> tuple[dict[GridKey, Proposed], list[dict[str, str]]]:
    """The cells of people who still belong to the period, from ``first`` on, and the others, as they are reported."""
    members = {member.id for member in staff_in_period(list(staff_of(restaurant_id)), period)}
    wanted: dict[GridKey, Proposed] = {}
    skipped: list[dict[str, str]] = []
    for cell in cells:
        staff_id = parse_id(cell.staff_id)
        where = {"staffId": cell.staff_id, "dateKey": str(cell.day)}
        if first is not None and cell.day < first:
            skipped.append({**where, "field": "dateKey", "reason": PAST})
        elif staff_id in members and period.covers(cell.day):
            wanted[(schedule_id, CellKey(staff_id, cell.day))] = cell
        else:
            skipped.append({**where, "field": "staffId", "reason": NOBODY})
    return wanted, skipped


def _is_edited(standing: Cell | None, cell: Proposed) -> bool:
    return standing is not None and standing.value not in (cell.previous, cell.value)


def _item(key: GridKey, cell: Proposed, theirs: str) -> Item:
    schedule_id, (staff_id, day) = key
    clash = Clash((FIELD,), base=cell.previous, yours=cell.value, theirs=theirs)
    item = conflict_item("shift", f"{schedule_id}/{staff_id}/{day}", clash, Author("", None))
    return {**item, "scheduleId": str(schedule_id), "staffId": str(staff_id), "dateKey": str(day)}


def _covering(cells: Cells) -> list[dict[str, str]]:
    return [
        {"staffId": cell.staff_id, "dateKey": str(cell.day), "groupId": cell.group_id}
        for cell in cells.values()
        if cell.group_id is not None
    ]


def _called(entry: tuple[GridKey, Proposed]) -> CalledBackup:
    (_, key), cell = entry
    return CalledBackup(key.staff_id, key.date, cell.value, parse_id(cell.group_id))
