"""The periods before one, as its rules look back to them: what was published, or else the draft."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from threading import Lock
from typing import Any
from uuid import UUID

from schedules.generation.kinds import BLANK, ShiftTypes
from schedules.generation.loading import load_member, load_shift_type
from schedules.generation.meaning import meaning
from schedules.generation.past import PastPeriod
from schedules.models import Publication, Schedule, Shift
from schedules.rules.publication import PublishedGrid, document_from
from schedules.rules.publication.document import dates_between, special_days
from schedules.selectors.schedules import PlannedPeriod
from schedules.selectors.special_days import closed_days_between

MOST_KEPT = 64
"""So many publications stay read in a process: some 5 MB at 300 people. A publication never changes."""

Row = Mapping[str, Any]


class Publications:
    """The publications that were read last, as past periods."""

    def __init__(self) -> None:
        self._read: OrderedDict[UUID, PastPeriod] = OrderedDict()
        self._lock = Lock()

    def of(self, ids: Collection[UUID]) -> dict[UUID, PastPeriod]:
        """Those publications; in one query what was not read yet."""
        with self._lock:
            found = {each: self._read[each] for each in ids if each in self._read}
        missing = [each for each in ids if each not in found]
        if missing:
            rows = Publication.objects.filter(id__in=missing).values_list("id", "document")
            found |= {id: _published(PublishedGrid(document_from(document))) for id, document in rows}
        with self._lock:
            for each, period in found.items():
                self._read[each] = period
                self._read.move_to_end(each)
            while len(self._read) > MOST_KEPT:
                self._read.popitem(last=False)
        return found


PUBLICATIONS = Publications()


def _published(grid: PublishedGrid) -> PastPeriod:
    closed = special_days(grid.document.days, "closed")
    return PastPeriod(grid.staff, grid.days, grid.states, grid.types, closed)


def periods_before(periods: Sequence[PlannedPeriod], period: PlannedPeriod, count: int) -> list[PlannedPeriod]:
    """So many periods before one, the latest first."""
    earlier = [each for each in periods if each.start_date < period.start_date]
    return sorted(earlier, key=lambda each: each.start_date, reverse=True)[:count]


def read_past(
    restaurant_id: UUID, periods: Sequence[PlannedPeriod], members: Sequence[Row], types: ShiftTypes
) -> list[PastPeriod]:
    """Those periods as they count, in their order: as they were published, or else as their drafts say; one that was planned for nobody
    is empty. ``members``: the staff as on the wire, by whose facts drafts are read."""
    if not periods:
        return []
    schedules = [each.schedule_id for each in periods if each.schedule_id]
    rows = Schedule.objects.filter(id__in=schedules).exclude(publication=None)
    shown = dict(rows.values_list("id", "publication_id"))
    published = PUBLICATIONS.of(list(shown.values()))
    drafts = [each for each in periods if each.schedule_id and each.schedule_id not in shown]
    drafted = _read_drafts(restaurant_id, drafts, members, types)
    return [
        published[shown[each.schedule_id]] if each.schedule_id in shown else drafted.get(each.id, _unplanned(each))
        for each in periods
    ]


def _unplanned(period: PlannedPeriod) -> PastPeriod:
    return PastPeriod((), dates_between(period.start_date, period.end_date), ())


def _read_drafts(
    restaurant_id: UUID, periods: Sequence[PlannedPeriod], members: Sequence[Row], types: ShiftTypes
) -> dict[UUID, PastPeriod]:
    """The drafts in which anybody has a mark, by the id of the period."""
    if not periods:
        return {}
    closed = closed_days_between(restaurant_id, periods[-1].start_date, periods[0].end_date)
    staff = [load_member(each) for each in members]
    values: dict[UUID, dict[tuple[str, Any], str]] = {}
    cells = Shift.objects.filter(schedule_id__in=[each.schedule_id for each in periods]).exclude(value=BLANK)
    for schedule, member, day, value in cells.values_list("schedule_id", "staff_id", "date", "value"):
        values.setdefault(schedule, {})[str(member), day] = value
    found = {}
    for period in periods:
        grid = values.get(period.schedule_id) if period.schedule_id else None
        if grid:
            days = dates_between(period.start_date, period.end_date)
            states = [
                meaning(member, day, grid.get((member.id, day), BLANK), types=types, closed=closed)
                for member in staff
                for day in days
            ]
            found[period.id] = PastPeriod(staff, days, states, types, closed)
    return found


def types_of(rows: Sequence[Row], text_counts_as: str) -> ShiftTypes:
    """Shift types as on the wire, as the generator knows them."""
    return ShiftTypes(map(load_shift_type, rows), text_counts_as)
