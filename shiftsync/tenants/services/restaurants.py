"""New restaurants, and their settings."""

from uuid import UUID

from django.db import transaction

from shiftsync.core.actor import Actor
from shiftsync.core.history import save_with_history
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
) -> Restaurant:
    """Changes what is given (not None). Only an owner may."""
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
        for key, value in changed.items():
            setattr(restaurant, key, value)
        restaurant.clean_fields(exclude={field.name for field in Restaurant._meta.fields} - changed.keys())
        if changed:
            save_with_history(restaurant, actor, fields=changed)
    return restaurant
