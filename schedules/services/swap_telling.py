"""Whom a step of a swap concerns, and what they are told of it. In the transaction of the step, like all notices."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from schedules.models import Publication, Swap
from schedules.rules.publication import Document, day_with, document_from
from shiftsync.core.actor import Actor
from shiftsync.notices.services import tell
from shiftsync.realtime.stream.commit import Transaction
from staff.models import StaffMember

ASKED, OFFERED, SWAP_ANSWERED, SWAP_DECIDED = "swap_asked", "swap_offered", "swap_answered", "swap_decided"


def tell_of_new_swap(tx: Transaction, actor: Actor, swap: Swap, version: int) -> None:
    """The colleague who is asked is told so; of an offer, those who could take it."""
    if swap.is_offer:
        _tell(tx, actor, swap, version, OFFERED, map(UUID, swap.candidates))
    else:
        _tell(tx, actor, swap, version, ASKED, [swap.other_id])


def tell_of_step(tx: Transaction, actor: Actor, swap: Swap, version: int, kind: str) -> None:
    """The two of a swap are told where it stands now, but whoever brought that about."""
    _tell(tx, actor, swap, version, kind, [swap.staff_id, swap.other_id])


def _tell(tx: Transaction, actor: Actor, swap: Swap, version: int, kind: str, people: Iterable[UUID | None]) -> None:
    facts = _facts(swap)
    told = {id: facts for id in people if id is not None}
    tell(tx.restaurant_id, kind, str(version), told, moment=tx.moment, but=actor.user_id)


def _facts(swap: Swap) -> dict[str, Any]:
    """A swap as its notice holds it: with the names of that day, for whoever is gone later has none."""
    ids = [id for id in (swap.staff_id, swap.other_id) if id is not None]
    names = dict(StaffMember.objects.filter(id__in=ids).values_list("id", "name"))
    month = _last_published(swap.schedule_id)
    return {
        "scheduleId": str(swap.schedule_id),
        "swapId": str(swap.id),
        "name": names.get(swap.staff_id, ""),
        "otherName": names.get(swap.other_id, "") if swap.other_id else "",
        "dateKey": str(swap.date),
        "otherDateKey": str(swap.other_date) if swap.other_date else None,
        "shiftValue": swap.value,
        "shift": day_with(month, str(swap.staff_id), swap.date, swap.value).payload(),
        "note": swap.note,
        "state": swap.state,
        "answer": swap.answer,
        "ended": swap.ended or None,
        "cells": [{**row, "name": names.get(UUID(row["staffId"]), ""), **_read(month, row)} for row in swap.cells],
    }


def _last_published(schedule_id: UUID) -> Document:
    """The month as it was published last: only what was published is swapped, also where it is taken back now."""
    last = Publication.objects.filter(schedule_id=schedule_id).order_by("-number")
    return document_from(last.values_list("document", flat=True)[0])


def _read(month: Document, row: Any) -> dict[str, Any]:
    """A cell before and after as its person reads it: a blank one means something else for each."""
    day = date.fromisoformat(row["dateKey"])
    return {
        name: day_with(month, row["staffId"], day, row[value]).payload()
        for name, value in (("before", "previousValue"), ("after", "shiftValue"))
    }
