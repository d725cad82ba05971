"""A problem for which its author has filled in cells that are not stored."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from schedules.generation.kinds import BLANK
from schedules.generation.problem import Cell, Keep, Problem
from schedules.generation.reading import read_date
from schedules.generation.unrecorded import with_unrecorded


def as_shown(problem: Problem, dates: Iterable[str], held: Mapping[str, Mapping[str, str]]) -> Problem:
    """The problem with the grid that its author sees: on those days the cells in ``held`` stay and all others are free. On other days
    what is filled stays, everywhere what is locked."""
    days = {read_date(each) for each in dates}
    values, locked = dict(problem.values), set(problem.locked)
    for member in problem.staff:
        for day in days.intersection(problem.days):
            cell = (member.id, day)
            if day is not None and cell not in problem.locked:
                _show((member.id, day), held.get(member.id, {}).get(day.isoformat(), BLANK), values, locked)
    covering = {cell: group for cell, group in problem.covering.items() if values.get(cell) == problem.values.get(cell)}
    return with_unrecorded(
        replace(
            problem,
            values=values,
            locked=frozenset(locked),
            covering=covering,
            options=replace(problem.options, keep=Keep.FILLED),
        )
    )


def _show(cell: Cell, value: str, values: dict[Cell, str], locked: set[Cell]) -> None:
    values.pop(cell, None)
    if value != BLANK:
        values[cell] = value
        locked.add(cell)
