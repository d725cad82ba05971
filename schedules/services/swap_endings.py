"""Swaps that end by themselves: a shift has changed, the day is over, somebody has left, the month was taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schedules.events.swaps import SwapUpdated, swap_payload
from schedules.models import PENDING_SWAP, Swap, SwapEnd, SwapState
from schedules.publications.rows import NotPublished, shown_document
from schedules.rules.publication import Document
from schedules.selectors.swaps import pending_swaps
from schedules.services.swap_telling import SWAP_DECIDED, tell_of_step
from shiftsync.core.actor import Actor
from shiftsync.core.clock import local_today
from shiftsync.core.fence import within
from shiftsync.core.history import save_with_history
from shiftsync.realtime.events import LoggedChange
from shiftsync.realtime.stream.commit import Transaction, commit
from shiftsync.realtime.stream.requests import AnyRequest, ChangeRequest, Outcome, Written
from shiftsync.tenants.selectors import habits_of
from staff.models import StaffMember
from staff.terms import is_employed


@dataclass(frozen=True, slots=True)
class SwapsEnd:
    """Ends those swaps of the restaurant that have come to nothing."""


def swaps_end(restaurant_id: UUID) -> Outcome | None:
    """Ends what has come to nothing by itself, as the system. None: there was nothing."""
    with within(restaurant_id):
        if not _stale_of(restaurant_id, local_today(habits_of(restaurant_id).timezone)):
            return None

    def write(tx: Transaction) -> Written:
        stale = _stale_of(tx.restaurant_id, local_today(tx.restaurant.timezone))
        change: LoggedChange | None = None
        for swap, reason in stale:
            change = _end(tx, request, swap, reason)
        return Written(change)

    request: ChangeRequest[SwapsEnd] = ChangeRequest(Actor.system(restaurant_id), SwapsEnd())
    return commit(request, write)


def end_stale(
    tx: Transaction, request: AnyRequest, schedule_id: UUID, shown: Document | None, *, but: UUID | None = None
) -> None:
    """Ends the swaps of a schedule, ``but`` that one, that come to nothing by what viewers are to see of it, inside ``tx``."""
    pending = list(pending_swaps(schedule_id).exclude(id=but) if but else pending_swaps(schedule_id))
    for swap, reason in _stale(pending, shown, local_today(tx.restaurant.timezone)):
        _end(tx, request, swap, reason)


def stale_reason(swap: Swap, shown: Document | None, today: date | None) -> SwapEnd | None:
    """Why a pending swap has come to nothing; None: it has not."""
    return next((reason for _, reason in _stale([swap], shown, today)), None)


def _stale_of(restaurant_id: UUID, today: date | None) -> list[tuple[Swap, SwapEnd]]:
    by_schedule: dict[UUID, list[Swap]] = {}
    for swap in Swap.objects.filter(restaurant_id=restaurant_id, state__in=PENDING_SWAP):
        by_schedule.setdefault(swap.schedule_id, []).append(swap)
    found: list[tuple[Swap, SwapEnd]] = []
    for schedule_id, swaps in by_schedule.items():
        try:
            shown = shown_document(restaurant_id, schedule_id)
        except NotPublished:
            found += [(swap, SwapEnd.UNPUBLISHED) for swap in swaps]
        else:
            found += _stale(swaps, shown, today)
    return found


def _stale(swaps: Sequence[Swap], shown: Document | None, today: date | None) -> list[tuple[Swap, SwapEnd]]:
    people = _people(swaps)
    found = [(swap, _reason(swap, shown, today, people)) for swap in swaps]
    return [(swap, reason) for swap, reason in found if reason is not None]


def _reason(swap: Swap, shown: Document | None, today: date | None, people: dict[UUID, StaffMember]) -> SwapEnd | None:
    if shown is None:
        return SwapEnd.UNPUBLISHED
    if today is not None and min(swap.date, swap.other_date or swap.date) < today:
        return SwapEnd.PAST
    days = {swap.date, swap.other_date or swap.date}
    both = [staff_id for staff_id in (swap.staff_id, swap.other_id) if staff_id is not None]
    if not all(_is_there(people.get(staff_id), days) for staff_id in both):
        return SwapEnd.LEFT
    now = [shown.value(str(swap.staff_id), str(swap.date)) == swap.value]
    now += [shown.value(row["staffId"], row["dateKey"]) == row["previousValue"] for row in swap.cells]
    return None if all(now) else SwapEnd.CHANGED


def _is_there(member: StaffMember | None, days: Iterable[date]) -> bool:
    return member is not None and member.is_active and all(is_employed(member, day, day) for day in days)


def _people(swaps: Sequence[Swap]) -> dict[UUID, StaffMember]:
    wanted = {id for swap in swaps for id in (swap.staff_id, swap.other_id) if id is not None}
    return {row.id: row for row in StaffMember.objects.filter(id__in=wanted)} if wanted else {}


def _end(tx: Transaction, request: AnyRequest, swap: Swap, reason: SwapEnd) -> LoggedChange:
    swap.state, swap.ended = SwapState.ENDED, reason
    swap.revision = version = tx.take_version()
    save_with_history(swap, request.actor, reason=request.reason, fields=["state", "ended"])
    tell_of_step(tx, request.actor, swap, version, SWAP_DECIDED)
    return tx.record(request, SwapUpdated(swap.schedule_id, swap_payload(swap)), version)
