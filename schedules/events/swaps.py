"""What happens to swaps among the staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from schedules.events.cells import ScheduleEvent
from schedules.models import Swap


def swap_payload(swap: Swap) -> dict[str, Any]:
    """A swap on the wire, as managers have it."""
    return {
        "id": str(swap.id),
        "scheduleId": str(swap.schedule_id),
        "staffId": str(swap.staff_id),
        "dateKey": str(swap.date),
        "shiftValue": swap.value,
        "otherId": str(swap.other_id) if swap.other_id else None,
        "otherDateKey": str(swap.other_date) if swap.other_date else None,
        "isOffer": swap.is_offer,
        "note": swap.note,
        "state": swap.state,
        "answer": swap.answer,
        "ended": swap.ended or None,
        "cells": swap.cells,
        "breaks": swap.breaks,
        "candidates": swap.candidates,
        "revision": swap.revision,
    }


@dataclass(frozen=True)
class SwapEvent(ScheduleEvent):
    """Something about one swap; ``swap`` as managers have it."""

    schedule_id: UUID
    swap: Mapping[str, Any]

    def payload(self) -> dict[str, Any]:
        return dict(self.swap)


@dataclass(frozen=True)
class SwapCreated(SwapEvent):
    """A shift was offered, or a colleague asked."""

    type: ClassVar[str] = "SWAP_CREATE"


@dataclass(frozen=True)
class SwapUpdated(SwapEvent):
    """A swap was taken, answered, withdrawn, decided, or has ended."""

    type: ClassVar[str] = "SWAP_UPDATE"
