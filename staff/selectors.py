"""Reading staff members. Whoever is of another restaurant does not exist."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.tenants.hooks import names_people
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


@names_people
def names_of(restaurant_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of those among them who are on the restaurant's staff; who was deleted is not."""
    if not ids:
        return {}
    members = StaffMember.objects.filter(restaurant_id=restaurant_id, is_active=True, id__in=ids)
    return dict(members.values_list("id", "name"))
