"""Deciding swaps: a manager approves or declines. An approval writes the cells, and shows viewers exactly these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from schedules.events.swaps import SwapUpdated, swap_payload
from schedules.generation.problem import Problem
from schedules.models import PENDING_SWAP, Publication, Swap, SwapState
from schedules.publications.rows import NotPublished
from schedules.rules.cells import CellKey
from schedules.rules.publication import Document, document_from
from schedules.rules.swaps import ENDS, broken_by
from schedules.selectors.problem import planning_of, read_planning
from schedules.selectors.schedules import period_of_schedule, schedule_in
from schedules.selectors.swaps import part_for, planned_ground, swap_in
from schedules.services.cells import write_cells_change
from schedules.services.publishing import publish_cells
from schedules.services.swap_endings import stale_reason
from schedules.services.swap_telling import SWAP_ANSWERED, SWAP_DECIDED, tell_of_step
from schedules.sql.cells import GridKey, read_cells
from shiftsync.core.actor import Role
from shiftsync.core.clock import local_today
from shiftsync.core.errors import ConflictError, NotFound, ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.core.payloads import FromPayload
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.tenants.selectors import person_of

IS_OVER = "This swap is over."
NOT_AGREED = "The colleague has not agreed yet."
IN_WORK = "These cells currently hold something else in the draft."


@dataclass(frozen=True, slots=True)
class SwapDecide(FromPayload):
    """``answer``: a word to both. ``anyway``: although rules would be broken that are not now."""

    swap_id: str
    approves: bool
    answer: str = ""
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """A month's problem as it was at a version: read before the lock, and good as long as that is the version."""

    version: int
    problem: Problem

    @classmethod
    def of(cls, restaurant_id: UUID, schedule_id: object) -> "Ahead | None":
        """The problem of a schedule; None where there is none, which whoever holds the lock says."""
        try:
            planning = read_planning(restaurant_id, schedule_id)
        except NotFound:
            return None
        return cls(planning.version, planning.problem)


def problem_under_lock(tx: Transaction, ahead: Ahead | None, schedule_id: object) -> Problem:
    """The month's problem as it is now; read again only if something has changed since it was read ahead."""
    if ahead is not None and ahead.version == tx.version:
        return ahead.problem
    return planning_of(tx.restaurant_id, schedule_id).problem


def bound_by_today(tx: Transaction, request: AnyRequest) -> date | None:
    """The day before which nothing can be swapped any more. None for managers: what two did among themselves may be put right afterwards."""
    return None if tx.role_of(request.actor).covers(Role.MANAGER) else local_today(tx.restaurant.timezone)


def shown_to_viewers(schedule: Any) -> Document:
    """What viewers see of a schedule. Raises :class:`NotPublished`."""
    shown = Publication.objects.filter(id=schedule.publication_id).first() if schedule.publication_id else None
    if shown is None:
        raise NotPublished(details={"scheduleId": [NotPublished.default_message]})
    return document_from(shown.document)


def swap_decide(request: ChangeRequest[SwapDecide]) -> Outcome:
    """Approves a swap that a colleague has agreed to, or declines a pending one. The result carries it as ``swap``.

    An approval is one change of the plan, which is undone as one, and a publication of these cells alone. Where it would newly break
    hard rules it is refused with their sentences, unless ``anyway``. Raises :class:`ConflictError` where the swap is over, or the
    cells have changed.
    """
    intent = request.intent
    ahead = ahead_of_swap(request, intent.swap_id) if intent.approves else None

    def write(tx: Transaction) -> Written:
        swap = swap_in(tx.restaurant_id, intent.swap_id)
        wanted = SwapState.APPROVED if intent.approves else SwapState.DECLINED
        if swap.state == wanted:
            return unchanged(tx, request, swap)
        if swap.state not in PENDING_SWAP:
            raise ConflictError(IS_OVER)
        if not intent.approves:
            return turned(tx, request, swap, SwapState.DECLINED, answer=intent.answer, kind=SWAP_DECIDED)
        if swap.state != SwapState.ACCEPTED:
            raise ValidationFailed.of("swapId", NOT_AGREED)
        swap.answer = intent.answer
        return approved(tx, request, swap, ahead, anyway=intent.anyway)

    return commit(request, write)


def ahead_of_swap(request: AnyRequest, swap_id: str) -> Ahead | None:
    """What the approval of a swap is judged by, read before the lock."""
    try:
        swap = swap_in(request.actor.restaurant_id, swap_id)
    except NotFound:
        return None
    return Ahead.of(request.actor.restaurant_id, swap.schedule_id)


def approved(tx: Transaction, request: AnyRequest, swap: Swap, ahead: Ahead | None, *, anyway: bool = False) -> Written:
    """Carries a swap out, inside ``tx``: the cells, what viewers see, and the swap."""
    schedule = schedule_in(tx.restaurant_id, swap.schedule_id)
    shown = shown_to_viewers(schedule)
    reason = stale_reason(swap, shown, bound_by_today(tx, request))
    if reason is not None:
        raise ConflictError(ENDS[reason])
    _require_planned(swap)
    problem = problem_under_lock(tx, ahead, swap.schedule_id)
    swap.breaks = broken_by(planned_ground(swap.schedule_id, problem, shown), swap.cells)
    if swap.breaks and not anyway:
        raise rules_broken(swap.breaks)
    period = period_of_schedule(tx.restaurant_id, swap.schedule_id)
    wanted = {key: row["shiftValue"] for key, row in zip(_keys(swap), swap.cells, strict=True)}
    by_swap = replace(request, base_version=None)
    write_cells_change(tx, by_swap, period, wanted, origin={"swapId": str(swap.id)})
    values = {key: value for (_, key), value in wanted.items()}
    publish_cells(tx, request, schedule, shown, values, swap)
    return turned(tx, request, swap, SwapState.APPROVED, answer=swap.answer, kind=SWAP_DECIDED)


def rules_broken(breaks: Sequence[dict[str, str]]) -> ValidationFailed:
    """The refusal of a swap that newly breaks hard rules: their sentences, in both languages."""
    sentences = [each["message"] for each in breaks]
    return ValidationFailed.by_field({"swapId": sentences, "breaks": list(breaks)})


def turned(
    tx: Transaction, request: AnyRequest, swap: Swap, state: SwapState, *, answer: str, kind: str = SWAP_ANSWERED
) -> Written:
    """Stores a swap in another state, records the event, and tells the two of it by that ``kind`` of notice."""
    swap.state, swap.answer = state, answer
    swap.revision = version = tx.take_version()
    save_with_history(swap, request.actor, reason=request.reason)
    tell_of_step(tx, request.actor, swap, version, kind)
    change = tx.record(request, SwapUpdated(swap.schedule_id, swap_payload(swap)), version)
    return Written(change, told(tx, request, swap))


def unchanged(tx: Transaction, request: AnyRequest, swap: Swap) -> Written:
    """The answer to what was done already."""
    result = told(tx, request, swap)
    return Written(None, result, echo=SwapUpdated(swap.schedule_id, result["swap"]))


def told(tx: Transaction, request: AnyRequest, swap: Swap) -> dict[str, Any]:
    """The result for the author: what they may know of the swap."""
    payload: Mapping[str, Any] = swap_payload(swap)
    if not tx.role_of(request.actor).covers(Role.MANAGER):
        mine = person_of(request.actor)
        payload = (part_for(payload, str(mine.id)) if mine else None) or {}
    return {"swap": dict(payload)}


def _require_planned(swap: Swap) -> None:
    """Raises :class:`ConflictError` where the plan, unpublished, holds something else than what is exchanged."""
    cells = read_cells(_keys(swap))
    for key, row in zip(_keys(swap), swap.cells, strict=True):
        if (cells[key].value if key in cells else "") != row["previousValue"]:
            raise ConflictError(IN_WORK)


def _keys(swap: Swap) -> list[GridKey]:
    return [(swap.schedule_id, CellKey(UUID(row["staffId"]), date.fromisoformat(row["dateKey"]))) for row in swap.cells]
