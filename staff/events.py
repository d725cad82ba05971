"""What happens to staff members, and to when they can work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Any, ClassVar

from shiftsync.core.clock import iso
from shiftsync.realtime.events import Event
from staff.models import Availability, StaffMember
from staff.terms import show_today

TOPIC = "staff"


def member_payload(member: StaffMember, period: int | None = None) -> dict[str, Any]:
    """A staff member on the wire: what holds today, and all dated facts where there were others. ``period`` is the index of the
    period that was asked for or written for."""
    show_today(member)
    dated = {"terms": member.terms, "employments": member.employments}
    return {
        "id": str(member.id),
        "name": member.name,
        "position": member.position,
        "department": member.department,
        "type": member.type,
        "status": member.status,
        "period": period,
        "staffOrder": member.staff_order,
        "startPeriod": member.start_period,
        "endPeriod": member.end_period,
        "blankMeans": member.blank_means,
        "allowedShiftTypes": member.allowed_shift_types,
        "isActive": member.is_active,
        "createdAt": iso(member.created_at),
        "updatedAt": iso(member.updated_at),
        "revision": member.revision,
        **{name: facts for name, facts in dated.items() if facts},
    }


def availability_payload(row: Availability, made_by: str | None) -> dict[str, Any]:
    """An entry of somebody's availability on the wire; ``made_by``: the name of who entered it."""
    return {
        "id": str(row.id),
        "staffId": str(row.staff_id),
        "weekdays": list(row.weekdays),
        "availableFrom": _clock(row.available_from),
        "availableUntil": _clock(row.available_until),
        "validFrom": str(row.valid_from),
        "validUntil": None if row.valid_until is None else str(row.valid_until),
        "note": row.note,
        "madeBy": made_by,
        "isOwn": row.is_own,
        "revision": row.revision,
    }


def _clock(moment: time | None) -> str | None:
    return None if moment is None else f"{moment:%H:%M}"


class StaffEvent(Event):
    """Something about one staff member."""

    topic: ClassVar[str] = TOPIC
    entity: ClassVar[str] = "staff"
    member: StaffMember

    @property
    def entity_id(self) -> str:
        return str(self.member.id)


@dataclass(frozen=True)
class StaffCreated(StaffEvent):
    """A new member; ``period`` is the one that its author was looking at."""

    member: StaffMember
    period: int | None
    type: ClassVar[str] = "STAFF_CREATE"

    def payload(self) -> dict[str, Any]:
        return member_payload(self.member, self.period)


@dataclass(frozen=True)
class StaffUpdated(StaffEvent):
    """Fields of a member changed; the payload carries the whole member as stored. ``old``: what they were."""

    member: StaffMember
    period: int | None
    old: dict[str, Any]
    type: ClassVar[str] = "STAFF_UPDATE"

    def payload(self) -> dict[str, Any]:
        member = member_payload(self.member, self.period)
        return {"staffId": member["id"], "id": member["id"], "changes": member}

    def old_values(self) -> dict[str, Any]:
        return self.old


@dataclass(frozen=True)
class StaffDeleted(StaffEvent):
    """A member was taken off the schedule; the row stays. ``stays``: in the months before, where their employment ended."""

    member: StaffMember
    stays: bool = False
    type: ClassVar[str] = "STAFF_DELETE"

    def payload(self) -> dict[str, Any]:
        told = {"staffId": str(self.member.id), "id": str(self.member.id), "revision": self.member.revision}
        return {**told, "staff": member_payload(self.member)} if self.stays else told


@dataclass(frozen=True)
class StaffRestored(StaffEvent):
    """A deleted member is back."""

    member: StaffMember
    period: int | None
    type: ClassVar[str] = "STAFF_RESTORE"

    def payload(self) -> dict[str, Any]:
        return member_payload(self.member, self.period)


@dataclass(frozen=True)
class StaffReordered(Event):
    """The staff's order changed. ``staff_ids``: everybody, in the new order."""

    staff_ids: Sequence[str]
    old_staff_ids: Sequence[str]
    revision: int
    type: ClassVar[str] = "STAFF_REORDER"
    topic: ClassVar[str] = TOPIC
    entity: ClassVar[str] = "staff"

    @property
    def entity_id(self) -> str:
        return ""

    def payload(self) -> dict[str, Any]:
        return {"staffIds": list(self.staff_ids), "revision": self.revision}

    def old_values(self) -> dict[str, Any]:
        return {"staffIds": list(self.old_staff_ids)}


@dataclass(frozen=True)
class AvailabilityEvent(Event):
    """Something about one entry of somebody's availability; ``row`` as the wire has it."""

    row: Mapping[str, Any]
    topic: ClassVar[str] = TOPIC
    entity: ClassVar[str] = "availability"

    @property
    def entity_id(self) -> str:
        return str(self.row["id"])

    def payload(self) -> dict[str, Any]:
        return dict(self.row)


@dataclass(frozen=True)
class AvailabilityCreated(AvailabilityEvent):
    """Somebody's availability has another entry."""

    type: ClassVar[str] = "AVAILABILITY_CREATE"


@dataclass(frozen=True)
class AvailabilityUpdated(AvailabilityEvent):
    """An entry was changed; ``past``: the entry that keeps what it said for the days that are over. ``old`` holds its previous values."""

    old: Mapping[str, Any] = field(default_factory=dict)
    past: Mapping[str, Any] | None = None
    type: ClassVar[str] = "AVAILABILITY_UPDATE"

    def payload(self) -> dict[str, Any]:
        return {**self.row, **({"past": self.past} if self.past else {})}

    def old_values(self) -> dict[str, Any]:
        return dict(self.old)


@dataclass(frozen=True)
class AvailabilityDeleted(AvailabilityEvent):
    """An entry was withdrawn. ``stays``: for the days that are over, with which it ends."""

    stays: bool = False
    type: ClassVar[str] = "AVAILABILITY_DELETE"

    def payload(self) -> dict[str, Any]:
        told = {"availabilityId": self.row["id"], "staffId": self.row["staffId"], "revision": self.row["revision"]}
        return {**told, **({"past": dict(self.row)} if self.stays else {})}
