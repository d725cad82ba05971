"""Shifts of backups of which no record says whom they cover: months that were imported, or filled in by hand.

Where a group says so (``unrecordedCovers``), a normal shift that is written in the cell of one of its backups counts as a cover if the
backup has nothing else that day: no record, and no group of their own for which the shift would be the ordinary work. For which group it
counts is matched against what the grid needs, like a call. Nobody asked for that group by name, so that the generator may let such a shift
cover another one, or none: it stays a shift.
"""

from dataclasses import replace

from backups.rules import Roster, unrecorded_covers
from schedules.generation.backup_cells import backup_group, backup_person, cell_kind
from schedules.generation.kinds import Kind
from schedules.generation.problem import Cell, Problem


def with_unrecorded(problem: Problem) -> Problem:
    """The problem with the covers that its grid has without a record; those that were found before are looked for anew."""
    recorded = {cell: group for cell, group in problem.covering.items() if cell not in problem.unrecorded}
    before = replace(problem, covering=recorded, unrecorded=frozenset())
    cells = _shifts(before)
    if not cells:
        return before
    return replace(before, covering={**recorded, **unrecorded_covers(_roster(before), cells)}, unrecorded=cells)


def _shifts(problem: Problem) -> frozenset[Cell]:
    """The written normal shifts of those who back up such a group and belong to none."""
    groups = {group.id for group in problem.groups if group.coverage.unrecorded_covers}
    members = {staff_id for group in problem.groups for staff_id in group.members}
    assigned = {each.staff_id for each in problem.backups if each.group_id in groups} - members
    return frozenset(
        (member.id, day)
        for member in problem.staff
        if member.id in assigned
        for day in problem.days
        if day not in problem.closed
        and (member.id, day) not in problem.covering
        and _is_shift(problem, (member.id, day))
    )


def _is_shift(problem: Problem, cell: Cell) -> bool:
    staff_id, day = cell
    state = problem.present(problem.staff_by_id[staff_id], day)
    return bool(state.value) and state.kind is Kind.NORMAL


def _roster(problem: Problem) -> Roster:
    return Roster(
        days=problem.days,
        people={each.id: backup_person(each) for each in problem.staff},
        groups=[backup_group(group) for group in problem.groups],
        assignments=problem.backups,
        cell=lambda staff_id, day: cell_kind(problem, problem.present(problem.staff_by_id[staff_id], day)),
        closed=problem.closed,
        covering=problem.covering,
    )
