"""Reading wishes, and how they look on the wire."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from schedules.events.calendar import shift_type_payload
from schedules.events.wishes import wish_payload, wish_terms_payload
from schedules.models import ShiftKind, ShiftType, Wish
from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import NotFound
from shiftsync.core.ids import parse_id
from shiftsync.realtime.stream.selectors import author_names
from shiftsync.tenants.selectors import person_of


def wishes_of(schedule_id: UUID) -> QuerySet[Wish]:
    """The wishes for a schedule, in order of their days."""
    return Wish.objects.filter(schedule_id=schedule_id, is_active=True).order_by("date", "created_at", "id")


def wishes_between(restaurant_id: UUID, first: date | None, last: date | None) -> QuerySet[Wish]:
    """The restaurant's wishes for the days from ``first`` to ``last``, in their order; None: no bound."""
    found = Wish.objects.filter(restaurant_id=restaurant_id, is_active=True).order_by("date", "created_at", "id")
    found = found if first is None else found.filter(date__gte=first)
    return found if last is None else found.filter(date__lte=last)


def whose(wishes: QuerySet[Wish], reader: Actor) -> QuerySet[Wish]:
    """Those of the wishes that ``reader`` may know of: all, or of those who only look their own."""
    if reader.role.covers(Role.MANAGER):
        return wishes
    mine = person_of(reader)
    return wishes.none() if mine is None else wishes.filter(staff_id=mine.id)


def wish_in(restaurant_id: UUID, wish_id: object, *, include_deleted: bool = False) -> Wish:
    """The one door to a wish. Raises :class:`NotFound`."""
    wanted = parse_id(wish_id)
    found = Wish.objects.filter(restaurant_id=restaurant_id, id=wanted).first() if wanted else None
    if found is None or not (found.is_active or include_deleted):
        raise NotFound("No such wish.")
    return found


def wish_payloads(wishes: Iterable[Wish]) -> list[dict[str, Any]]:
    """Wishes on the wire, with the names of who entered them."""
    found = list(wishes)
    makers = {wish.made_by_id for wish in found if wish.made_by_id}
    names = author_names(makers) if makers else {}
    return [wish_payload(wish, names.get(wish.made_by_id) if wish.made_by_id else None) for wish in found]


def own_wishes_beside(
    restaurant_id: UUID, person: UUID, schedule_id: UUID, deadline: date | None, limit: int | None
) -> dict[str, Any]:
    """What stands of wishes beside a month for somebody on the schedule who only looks: their own, the terms, and the shifts that they
    can name, which may be others than were published."""
    return {
        "wishes": wish_payloads(wishes_of(schedule_id).filter(staff_id=person)),
        "wishTerms": wish_terms_payload(deadline, limit),
        "wishShifts": [shift_type_payload(each) for each in _types_to_name(restaurant_id)],
    }


def _types_to_name(restaurant_id: UUID) -> QuerySet[ShiftType]:
    types = ShiftType.objects.filter(restaurant_id=restaurant_id, is_active=True, is_leave=False)
    free = [ShiftKind.OFF, ShiftKind.DESIGNATED_OFF]
    return types.exclude(kind__in=free).select_related("restaurant").order_by("created_at", "id")


def wishes_beside(schedule_id: UUID, deadline: date | None, limit: int | None) -> dict[str, Any]:
    """The wishes for a schedule and their terms, as they stand beside its grid; what there is none of is left out."""
    wishes = wish_payloads(wishes_of(schedule_id))
    terms = wish_terms_payload(deadline, limit)
    is_bounded = deadline is not None or limit is not None
    return {**({"wishes": wishes} if wishes else {}), **({"wishTerms": terms} if is_bounded else {})}
