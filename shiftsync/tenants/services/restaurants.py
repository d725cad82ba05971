"""New restaurants, and their settings."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso
from shiftsync.core.errors import ConflictError
from shiftsync.core.history import save_with_history
from shiftsync.core.serializers import camel
from shiftsync.tenants.hooks import PROVISIONERS
from shiftsync.tenants.models import ConflictStrategy, Restaurant
from shiftsync.tenants.services.access import require_owner


def restaurant_create(
    actor: Actor, *, name: str, timezone: str = "Asia/Tokyo", closing_day: int = 20, id: UUID | None = None
) -> Restaurant:
    """A new restaurant with all that it needs from its first day."""
    restaurant = Restaurant(name=name, timezone=timezone, closing_day=closing_day, **({"id": id} if id else {}))
    restaurant.clean_fields()
    with transaction.atomic():
        save_with_history(restaurant, actor, reason="Created")
        for provision in PROVISIONERS:
            provision(restaurant, actor)
    return restaurant


def restaurant_update(
    actor: Actor,
    *,
    name: str | None = None,
    timezone: str | None = None,
    closing_day: int | None = None,
    country: str | None = None,
    conflict_strategy: ConflictStrategy | None = None,
    seen: Mapping[str, object] | None = None,
) -> Restaurant:
    """Changes what is given (not None). Only an owner may.

    ``seen`` is what its author saw when they began. Raises :class:`ConflictError`, and changes nothing, where a field that is
    to change holds neither that nor what it is to become.
    """
    require_owner(actor)
    given = {
        "name": name,
        "timezone": timezone,
        "closing_day": closing_day,
        "country": country,
        "conflict_strategy": conflict_strategy,
    }
    with transaction.atomic():
        restaurant = Restaurant.objects.select_for_update().get(id=actor.restaurant_id)
        changed = {
            key: value for key, value in given.items() if value is not None and getattr(restaurant, key) != value
        }
        _check_unmoved(restaurant, changed, seen or {})
        for key, value in changed.items():
            setattr(restaurant, key, value)
        restaurant.clean_fields(exclude={field.name for field in Restaurant._meta.fields} - changed.keys())
        if changed:
            save_with_history(restaurant, actor, fields=changed)
    return restaurant


def _check_unmoved(restaurant: Restaurant, changed: Mapping[str, object], seen: Mapping[str, object]) -> None:
    moved = [key for key in changed if key in seen and getattr(restaurant, key) != seen[key]]
    if not moved:
        return
    last = restaurant.history.select_related("history_user").order_by("-history_date", "-history_id").first()
    author = last.history_user if last is not None else None
    items = [
        {
            "entity": "restaurant",
            "entityId": str(restaurant.id),
            "field": camel(key),
            "base": seen[key],
            "yours": changed[key],
            "theirs": getattr(restaurant, key),
            "theirAuthor": author.display_name if author is not None else "",
            "changedAt": iso(last.history_date) if last is not None else None,
        }
        for key in moved
    ]
    raise ConflictError(details={"items": items})
