"""Groups, people and cells of a problem in the terms of the backup rules."""

from backups.rules import BackupGroup, CellKind, Person
from schedules.generation.kinds import Kind, State
from schedules.generation.problem import Group, Problem, Staff


def backup_group(group: Group) -> BackupGroup:
    """A group in the terms of the backup rules."""
    wanted = group.coverage
    return BackupGroup(
        group.id,
        group.name,
        group.members,
        wanted.minimum,
        wanted.below_minimum,
        wanted.max_backups,
        wanted.backup_required,
        wanted.shares_backups,
        wanted.unrecorded_covers,
    )


def backup_person(member: Staff) -> Person:
    """A member of staff in the terms of the backup rules."""
    return Person(member.id, member.name, member.starts, member.ends, member.position)


def cell_kind(problem: Problem, state: State | None) -> CellKind:
    """A cell in the terms of the backup rules; None: one that does not belong to the problem."""
    if state is None or state.kind in (Kind.FREE, Kind.ABSENT):
        return CellKind.RESTING_BLANK
    if not problem.shift_types.explains(state.value):
        return CellKind.NOTED_OFF if state.off else CellKind.WORKING if state.works else CellKind.NOTE
    if state.kind is Kind.DESIGNATED_OFF:
        return CellKind.DESIGNATED_OFF
    if state.off:
        return CellKind.OFF
    return CellKind.WORKING if state.value else CellKind.WORKING_BLANK
