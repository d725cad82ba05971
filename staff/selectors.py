"""Reading staff members. Whoever is of another restaurant does not exist."""

from uuid import UUID

from django.db.models import QuerySet

from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from staff.models import StaffMember


def staff_of(restaurant_id: UUID, *, include_deleted: bool = False) -> QuerySet[StaffMember]:
    """The restaurant's staff in its own order, with the restaurant, whose day it is says which of their dated facts hold."""
    members = StaffMember.objects.filter(restaurant_id=restaurant_id).select_related("restaurant")
    members = members.order_by("staff_order", "created_at", "id")
    return members if include_deleted else members.filter(is_active=True)


def staff_member(restaurant_id: UUID, staff_id: object, *, include_deleted: bool = False) -> StaffMember:
    """The one door to a staff member. Raises :class:`NotFound`."""
    found = parse_id(staff_id)
    member = staff_of(restaurant_id, include_deleted=include_deleted).filter(id=found).first() if found else None
    if member is None:
        raise NotFound("No such staff member.")
    return member
