"""What copying the period before, or repeating a week, would write: the preview and the change are one computation."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from schedules.rules.cells import ScheduleData
from schedules.rules.copying import same_dates, source_days, week_days
from schedules.selectors.schedules import (
    PlannedPeriod,
    period_of_schedule,
    periods_of,
    shift_types_of,
    staff_in_period,
)
from schedules.selectors.special_days import closed_days_between
from schedules.sql.cells import read_grid
from shiftsync.core.errors import NotFound, ValidationFailed
from staff.selectors import staff_of
from staff.terms import is_employed

BY_WEEKDAY, BY_DATE = "weekday", "date"
WEEK = 7


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """What a cell would hold, and what it holds now."""

    staff_id: str
    day: date
    value: str
    previous: str


@dataclass(slots=True)
class CopyPlan:
    """The cells that would be written, from which days, and what is left out: days that are closed, days of which there is nothing
    to copy, days that take a day of the source for the second time, leave (theirs or what stands there), locked cells."""

    period: PlannedPeriod
    sources: Mapping[date, date]
    closed: list[date]
    unmatched: list[date]
    again: list[date]
    cells: list[CopiedCell] = field(default_factory=list)
    leave: int = 0
    locked: int = 0

    def payload(self) -> dict[str, Any]:
        """The plan on the wire."""
        return {
            "cells": [
                {
                    "staffId": cell.staff_id,
                    "dateKey": str(cell.day),
                    "shiftValue": cell.value,
                    "previousValue": cell.previous,
                }
                for cell in self.cells
            ],
            "replacing": sum(1 for cell in self.cells if cell.previous),
            "sources": {str(day): str(source) for day, source in self.sources.items()},
            "closed": [str(day) for day in self.closed],
            "unmatched": [str(day) for day in self.unmatched],
            "again": [str(day) for day in self.again],
            "leave": self.leave,
            "locked": self.locked,
        }


def plan_previous(restaurant_id: UUID, schedule_id: object, by: str, *, overwrite: bool) -> CopyPlan:
    """The period before onto this one. Raises :class:`NotFound` without a period before."""
    period = period_of_schedule(restaurant_id, schedule_id)
    if period.index == 0:
        raise NotFound("There is no period before this one.")
    before = periods_of(restaurant_id)[period.index - 1]
    if before.schedule_id is None:
        raise NotFound("There is no schedule before this one.")
    closed = closed_days_between(restaurant_id, before.start_date, period.end_date)
    sources, days = _open_days(before, closed), _open_days(period, closed)
    pairs = source_days(sources, days) if by == BY_WEEKDAY else same_dates(sources, days)
    old, _ = read_grid(before.schedule_id)
    return _planned(restaurant_id, period, pairs, closed, old, overwrite=overwrite)


def plan_week(restaurant_id: UUID, schedule_id: object, week_start: date, *, overwrite: bool) -> CopyPlan:
    """The week from ``week_start`` on onto the other days of the period. Raises :class:`ValidationFailed` for one outside it."""
    period = period_of_schedule(restaurant_id, schedule_id)
    week = [week_start + timedelta(days=step) for step in range(WEEK)]
    if not (period.covers(week[0]) and period.covers(week[-1])):
        raise ValidationFailed.of("weekStart", "The whole week must lie in the period.")
    closed = closed_days_between(restaurant_id, period.start_date, period.end_date)
    days = _open_days(period, closed)
    pairs = week_days([day for day in week if day not in closed], [day for day in days if day not in week])
    present = _grid(period)
    return _planned(restaurant_id, period, pairs, closed, present, overwrite=overwrite, kept=frozenset(week))


def _planned(
    restaurant_id: UUID,
    period: PlannedPeriod,
    pairs: Mapping[date, date],
    closed: Set[date],
    source: ScheduleData,
    *,
    overwrite: bool,
    kept: Set[date] = frozenset(),
) -> CopyPlan:
    """``kept`` are days that are no target."""
    days = [day for day in map(date.fromisoformat, period.days()) if day not in kept]
    plan = CopyPlan(
        period=period,
        sources=pairs,
        closed=[day for day in days if day in closed],
        unmatched=[day for day in days if day not in closed and day not in pairs],
        again=[] if kept else _again(pairs),
    )
    present, locked = _grid(period), _locked(period)
    leave = {each.symbol for each in shift_types_of(restaurant_id) if each.is_leave or each.kind == "designated_off"}
    for member in staff_in_period(list(staff_of(restaurant_id)), period):
        staff_id = str(member.id)
        for day, source_day in pairs.items():
            cell = CopiedCell(staff_id, day, _value(source, staff_id, source_day), _value(present, staff_id, day))
            if cell.value == cell.previous or (cell.previous and not overwrite) or not is_employed(member, day, day):
                continue
            if not is_employed(member, source_day, source_day):
                continue  # a blank of before they came says nothing, and empties no cell
            if cell.value in leave or cell.previous in leave:
                plan.leave += 1
            elif (staff_id, str(day)) in locked:
                plan.locked += 1
            else:
                plan.cells.append(cell)
    return plan


def _again(pairs: Mapping[date, date]) -> list[date]:
    seen: set[date] = set()
    return [day for day, source in sorted(pairs.items()) if source in seen or seen.add(source)]  # type: ignore[func-returns-value]  # add gives None


def _open_days(period: PlannedPeriod, closed: Set[date]) -> list[date]:
    return [day for day in map(date.fromisoformat, period.days()) if day not in closed]


def _grid(period: PlannedPeriod) -> ScheduleData:
    return read_grid(period.schedule_id)[0] if period.schedule_id else {}


def _locked(period: PlannedPeriod) -> set[tuple[str, str]]:
    cells = read_grid(period.schedule_id)[1] if period.schedule_id else []
    return {(cell["staffId"], cell["dateKey"]) for cell in cells}


def _value(data: ScheduleData, staff_id: str, day: date) -> str:
    return data.get(staff_id, {}).get(str(day), "")
