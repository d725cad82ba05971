"""Reading staff members and when they can work. Whoever is of another restaurant does not exist."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.realtime.stream.selectors import author_names
from shiftsync.tenants.hooks import names_people
from shiftsync.tenants.selectors import person_of
from staff.events import availability_payload
from staff.models import Availability, StaffMember


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


def availability_of(restaurant_id: UUID) -> QuerySet[Availability]:
    """When the restaurant's staff can work, in order of the days from which it holds, what is over too."""
    rows = Availability.objects.filter(restaurant_id=restaurant_id, is_active=True)
    return rows.order_by("valid_from", "created_at", "id")


def availability_in(restaurant_id: UUID, availability_id: object, *, include_deleted: bool = False) -> Availability:
    """The one door to an entry of availability. Raises :class:`NotFound`."""
    wanted = parse_id(availability_id)
    found = Availability.objects.filter(restaurant_id=restaurant_id, id=wanted).first() if wanted else None
    if found is None or not (found.is_active or include_deleted):
        raise NotFound("No such entry of availability.")
    return found


def availability_open_to(reader: Actor) -> QuerySet[Availability]:
    """What ``reader`` may know of: all, or of those who only look their own."""
    rows = availability_of(reader.restaurant_id)
    if reader.role.covers(Role.MANAGER):
        return rows
    mine = person_of(reader)
    return rows.none() if mine is None else rows.filter(staff_id=mine.id)


def availability_payloads(rows: Iterable[Availability]) -> list[dict[str, Any]]:
    """Entries of availability on the wire, with the names of who entered them."""
    found = list(rows)
    makers = {row.made_by_id for row in found if row.made_by_id}
    names = author_names(makers) if makers else {}
    return [availability_payload(row, names.get(row.made_by_id) if row.made_by_id else None) for row in found]
