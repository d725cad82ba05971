"""Calling the backups that a schedule needs."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backups.rules import Cover, cells_to_call, coverage
from schedules.generation import Problem, roster_of
from schedules.generation.kinds import Kind
from schedules.selectors.problem import read_planning
from schedules.services.proposing import Proposed, propose_cells
from shiftsync.core.errors import ValidationFailed
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import ChangeRequest, Outcome, Written


@dataclass(frozen=True, slots=True)
class BackupApply(FromPayload):
    """Calls the backups of a schedule, on those days only (None: on all)."""

    schedule_id: str
    days: tuple[date, ...] | None = field(default=None, metadata=from_payload("date_keys", read=tuple))


def backup_apply(request: ChangeRequest[BackupApply]) -> Outcome:
    """Gives each backup that is needed and free the normal shift, as one change; the result tells ``covering``.

    Who covers whom is worked out before the lock: cells edited meanwhile stay, as ``propose_cells`` says.
    """
    intent = request.intent
    planning = read_planning(request.actor.restaurant_id, intent.schedule_id)
    calls = cells_to_call(coverage(roster_of(planning.problem)), intent.days)
    cells = [_proposed(planning.problem, call) for call in calls]

    def write(tx: Transaction) -> Written:
        return propose_cells(tx, request, planning.period, cells, origin={})

    return commit(request, write)


def _proposed(problem: Problem, call: Cover) -> Proposed:
    normal = problem.shift_types.first(Kind.NORMAL)
    if normal is None:
        raise ValidationFailed("There is no shift type for normal work.")
    previous: Any = problem.values.get((call.staff_id, call.day), "")
    return Proposed(call.staff_id, call.day, normal.symbol, previous, call.group_id)
