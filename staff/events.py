"""What happens to staff members."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from shiftsync.core.clock import iso
from shiftsync.realtime.events import Event
from staff.models import StaffMember
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
