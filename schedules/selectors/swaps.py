"""Reading swaps: who may know of which, what they are judged on, and how they look on the wire."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from schedules.events.swaps import swap_payload
from schedules.generation.problem import Problem
from schedules.generation.scorer_cache import SCORERS
from schedules.generation.unrecorded import with_unrecorded
from schedules.models import PENDING_SWAP, Swap, SwapState
from schedules.rules.publication import Document
from schedules.rules.swaps import Ground
from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.tenants.selectors import person_of

FOR_MANAGERS = ("breaks", "candidates")
"""What of a swap is for who decides it."""
AGREED = (SwapState.ACCEPTED, SwapState.APPROVED)
OF_THE_TWO: Mapping[str, Any] = {"otherId": None, "otherDateKey": None, "answer": "", "cells": []}
"""What of an offer only those two know of whom one takes it."""


def swaps_of(schedule_id: UUID) -> QuerySet[Swap]:
    """The swaps of a schedule, whatever became of them, in order of their days."""
    return Swap.objects.filter(schedule_id=schedule_id).order_by("date", "created_at", "id")


def pending_swaps(schedule_id: UUID) -> QuerySet[Swap]:
    """Those that nobody has settled yet."""
    return swaps_of(schedule_id).filter(state__in=PENDING_SWAP)


def swaps_between(restaurant_id: UUID, first: date | None, last: date | None) -> QuerySet[Swap]:
    """The restaurant's swaps of shifts from ``first`` to ``last``, in their order; None: no bound."""
    found = Swap.objects.filter(restaurant_id=restaurant_id).order_by("date", "created_at", "id")
    found = found if first is None else found.filter(date__gte=first)
    return found if last is None else found.filter(date__lte=last)


def swap_in(restaurant_id: UUID, swap_id: object) -> Swap:
    """The one door to a swap. Raises :class:`NotFound`."""
    wanted = parse_id(swap_id)
    found = Swap.objects.filter(restaurant_id=restaurant_id, id=wanted).first() if wanted else None
    if found is None:
        raise NotFound("No such swap.")
    return found


def part_for(swap: Mapping[str, Any], person: str) -> Mapping[str, Any] | None:
    """What of a swap on the wire somebody on the schedule may know: the two of their own, those who could take an offer that it is there,
    or is there no more; None: nothing. What the two exchange, shifts of both, they know once both have agreed."""
    told = {name: value for name, value in swap.items() if name not in FOR_MANAGERS}
    if swap["state"] not in AGREED:
        told["cells"] = []
    if person in (swap["staffId"], swap["otherId"]):
        return told
    return {**told, **OF_THE_TWO} if swap["isOffer"] and person in swap["candidates"] else None


def seen_by(swaps: Iterable[Mapping[str, Any]], reader: Actor) -> list[Mapping[str, Any]]:
    """Those that ``reader`` may know of: all, or of those who only look their own, and the offers that they could take now."""
    if reader.role.covers(Role.MANAGER):
        return list(swaps)
    mine = person_of(reader)
    return [] if mine is None else _of_person(swaps, str(mine.id))


def _of_person(swaps: Iterable[Mapping[str, Any]], person: str) -> list[Mapping[str, Any]]:
    parts = [part for swap in swaps if (part := part_for(swap, person)) is not None]
    return [part for part in parts if person in (part["staffId"], part["otherId"]) or part["state"] == SwapState.OPEN]


def swap_payloads(swaps: Iterable[Swap]) -> list[dict[str, Any]]:
    """Swaps on the wire, as managers have them."""
    return [swap_payload(swap) for swap in swaps]


def swaps_beside(schedule_id: UUID) -> dict[str, Any]:
    """The swaps of a schedule as they stand beside its grid for editors; left out where there are none."""
    found = swap_payloads(swaps_of(schedule_id))
    return {"swaps": found} if found else {}


def own_swaps_beside(schedule_id: UUID, person: str) -> dict[str, Any]:
    """The same for somebody on the schedule who only looks."""
    found = _of_person(swap_payloads(swaps_of(schedule_id)), person)
    return {"swaps": found} if found else {}


def ground_of(schedule_id: UUID, problem: Problem, document: Document) -> Ground:
    """What a swap is judged on by the staff: the month as it is published, by the rules of today."""
    values = {
        (staff_id, date.fromisoformat(day)): value
        for staff_id, row in document.cells.items()
        for day, value in row.items()
    }
    return planned_ground(schedule_id, with_unrecorded(replace(problem, values=values)), document)


def planned_ground(schedule_id: UUID, problem: Problem, document: Document) -> Ground:
    """What an approval is judged on: the month as it is planned."""
    leave = frozenset(row["symbol"] for row in document.shift_types if row.get("isLeave"))
    return Ground(problem, SCORERS.of(schedule_id, problem).standing_at(problem), leave)
