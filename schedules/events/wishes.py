"""What happens to wishes, and to the terms on which they are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from schedules.events.cells import ScheduleEvent
from schedules.models import Wish


def wish_payload(wish: Wish, made_by: str | None) -> dict[str, Any]:
    """A wish on the wire; ``made_by``: the name of who entered it."""
    return {
        "id": str(wish.id),
        "scheduleId": str(wish.schedule_id),
        "staffId": str(wish.staff_id),
        "dateKey": str(wish.date),
        "kind": wish.kind,
        "shiftValue": wish.value,
        "weight": wish.weight,
        "note": wish.note,
        "state": wish.state,
        "answer": wish.answer,
        "takenValue": wish.taken_value,
        "madeBy": made_by,
        "isOwn": wish.is_own,
        "revision": wish.revision,
    }


def wish_terms_payload(deadline: date | None, limit: int | None) -> dict[str, Any]:
    """Until when staff may wish for a schedule, and how often."""
    return {"deadline": str(deadline) if deadline else None, "limit": limit}


@dataclass(frozen=True)
class WishEvent(ScheduleEvent):
    """Something about one wish; ``wish`` as the wire has it."""

    schedule_id: UUID
    wish: Mapping[str, Any]

    def payload(self) -> dict[str, Any]:
        return dict(self.wish)


@dataclass(frozen=True)
class WishCreated(WishEvent):
    """A wish was entered."""

    type: ClassVar[str] = "WISH_CREATE"


@dataclass(frozen=True)
class WishUpdated(WishEvent):
    """A wish was changed; ``old`` holds its previous values."""

    old: Mapping[str, Any] = field(default_factory=dict)
    type: ClassVar[str] = "WISH_UPDATE"

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class WishDeleted(WishEvent):
    """A wish was withdrawn."""

    type: ClassVar[str] = "WISH_DELETE"

    def payload(self) -> dict[str, Any]:
        where = {"wishId": self.wish["id"], "scheduleId": str(self.schedule_id), "staffId": self.wish["staffId"]}
        return {**where, "revision": self.wish["revision"]}


@dataclass(frozen=True)
class WishesAnswered(ScheduleEvent):
    """Wishes were taken, declined or opened again. What was written into cells for those taken is a change before this one."""

    schedule_id: UUID
    wishes: Sequence[Mapping[str, Any]]
    type: ClassVar[str] = "WISH_ANSWER"

    def payload(self) -> dict[str, Any]:
        return {"scheduleId": str(self.schedule_id), "wishes": list(self.wishes)}


@dataclass(frozen=True)
class WishTermsUpdated(ScheduleEvent):
    """Staff may wish until another day, or another number of times; ``old``: the previous terms."""

    schedule_id: UUID
    terms: Mapping[str, Any]
    old: Mapping[str, Any]
    type: ClassVar[str] = "WISH_TERMS_UPDATE"

    def payload(self) -> dict[str, Any]:
        return {"scheduleId": str(self.schedule_id), **self.terms}

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)
