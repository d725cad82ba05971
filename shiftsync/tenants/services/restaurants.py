"""New restaurants, and their settings."""

from collections.abc import Mapping, Sequence, Set
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from shiftsync.core.actor import Actor
from shiftsync.core.clock import iso
from shiftsync.core.errors import ConflictError, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.history import save_with_history
from shiftsync.core.serializers import camel
from shiftsync.tenants.hooks import (
    COPIED,
    COPIERS,
    PRESETS,
    PROVISIONERS,
    LeftOut,
    RestaurantUpdate,
    log_restaurant_update,
)
from shiftsync.tenants.models import ConflictStrategy, Restaurant, TextMeaning

USUAL = "usual"
"""The preset of a restaurant for which none is chosen."""


def restaurant_create(
    actor: Actor,
    *,
    name: str,
    timezone: str = "Asia/Tokyo",
    closing_day: int = 20,
    country: str = "JP",
    preset: str = USUAL,
    id: UUID | None = None,
) -> Restaurant:
    """A new restaurant with all that it needs from its first day. ``preset`` is a key of :data:`~shiftsync.tenants.hooks.PRESETS`.

    Raises :class:`ValidationFailed`, which names the fields, for what cannot be stored.
    """
    restaurant = Restaurant(
        name=name, timezone=timezone, closing_day=closing_day, country=country, **({"id": id} if id else {})
    )
    _check(restaurant)
    if preset not in PRESETS:
        raise ValidationFailed.of("preset", f"There is no preset {preset}; there are {', '.join(PRESETS)}.")
    with within(restaurant.id), transaction.atomic():
        save_with_history(restaurant, actor, reason="Created")
        for provision in (*PROVISIONERS, PRESETS[preset].provision):
            provision(restaurant, actor)
    return restaurant


COPIED_FIELDS = ("conflict_strategy", "text_counts_as", "wish_limit", "swaps", "staff_see_colleagues")
"""What a copy takes over of the restaurant itself. Its place and its name are its own."""


def restaurant_copy(
    actor: Actor,
    source: Restaurant,
    *,
    name: str,
    timezone: str,
    closing_day: int,
    country: str,
    id: UUID,
) -> tuple[Restaurant, Sequence[LeftOut]]:
    """A new restaurant with the settings, shift types and closings of another that the caller has seen ``actor`` may read. Its people
    are not copied; what is about them is left out, and told.

    Raises :class:`ValidationFailed`, which names the fields, for what cannot be stored.
    """
    taken = {field: getattr(source, field) for field in COPIED_FIELDS}
    restaurant = Restaurant(name=name, timezone=timezone, closing_day=closing_day, country=country, id=id, **taken)
    _check(restaurant)
    with within(restaurant.id, source.id), transaction.atomic():
        save_with_history(restaurant, actor, reason="Copied")
        for provision in PROVISIONERS:
            if provision not in COPIED:
                provision(restaurant, actor)
        left_out = [each for copy in COPIERS for each in copy(source, restaurant, actor)]
    return restaurant, left_out


def restaurant_update(
    actor: Actor,
    *,
    name: str | None = None,
    timezone: str | None = None,
    closing_day: int | None = None,
    country: str | None = None,
    conflict_strategy: ConflictStrategy | None = None,
    text_counts_as: TextMeaning | None = None,
    seen: Mapping[str, object] | None = None,
    request_id: UUID | None = None,
) -> Restaurant:
    """Changes what is given (not None), as a change of the restaurant's stream. Only an owner may.

    ``seen`` is what its author saw when they began. Raises :class:`ConflictError`, and changes nothing, where a field that is
    to change holds neither that nor what it is to become. ``request_id`` makes it idempotent.
    """
    given = {
        "name": name,
        "timezone": timezone,
        "closing_day": closing_day,
        "country": country,
        "conflict_strategy": conflict_strategy,
        "text_counts_as": text_counts_as,
    }
    fields = {key: value for key, value in given.items() if value is not None}
    return restaurant_change(actor, RestaurantUpdate(fields, seen or {}), request_id)


def restaurant_change(actor: Actor, update: RestaurantUpdate, request_id: UUID | None = None) -> Restaurant:
    """The same for an intent that is at hand. The errors are those of :func:`restaurant_update`."""
    log_restaurant_update(actor, update, request_id)
    return Restaurant.objects.get(id=actor.restaurant_id)


def lay_over(restaurant: Restaurant, actor: Actor, update: RestaurantUpdate) -> dict[str, Any]:
    """Changes the row inside the transaction that logs it; returns the previous values of the fields that changed.

    Raises :class:`ConflictError` as :func:`restaurant_update` does, and :class:`ValidationFailed` for what the model refuses.
    """
    changed = {key: value for key, value in update.fields.items() if getattr(restaurant, key) != value}
    _check_unmoved(restaurant, changed, update.seen)
    old = {key: getattr(restaurant, key) for key in changed}
    for key, value in changed.items():
        setattr(restaurant, key, value)
    _check(restaurant, exclude={field.name for field in Restaurant._meta.fields} - changed.keys())
    if changed:
        save_with_history(restaurant, actor, fields=changed)
    return old


def restaurant_facts(restaurant: Restaurant) -> dict[str, Any]:
    """A restaurant on the wire, the same for everybody in it."""
    return {
        "id": restaurant.id,
        "name": restaurant.name,
        "timezone": restaurant.timezone,
        "closingDay": restaurant.closing_day,
        "country": restaurant.country,
        "conflictStrategy": restaurant.conflict_strategy,
        "textCountsAs": restaurant.text_counts_as,
        "wishLimit": restaurant.wish_limit,
        "swaps": restaurant.swaps,
        "staffSeeColleagues": restaurant.staff_see_colleagues,
    }


def _check(restaurant: Restaurant, exclude: Set[str] = frozenset()) -> None:
    try:
        restaurant.clean_fields(exclude=set(exclude))
    except ValidationError as error:
        details = {camel(name): list(found) for name, found in error.message_dict.items()}
        raise ValidationFailed.by_field(details) from None


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
