"""What the apps above add to a restaurant's first day, to a change of access, and to one of its settings.

The tenants know none of those apps; each registers itself when Django is ready. Every hook runs inside the transaction
of the service that calls it, but for the one that logs changes of a restaurant, which makes that transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from shiftsync.core.actor import Actor, Role
from shiftsync.tenants.models import Restaurant


@dataclass(frozen=True, slots=True)
class AccessChange:
    """Somebody's way into a restaurant was closed or changed: of all their clients, or of one token's.

    ``role``: what they may do from now on; None: nothing. ``has_signed_out``: they may not even sign in any more.
    """

    restaurant_id: UUID
    user_id: UUID
    token_id: UUID | None = None
    role: Role | None = None
    has_signed_out: bool = False


@dataclass(frozen=True, slots=True)
class RestaurantUpdate:
    """``fields`` by attribute name, and what their author saw there when they began."""

    fields: Mapping[str, object]
    seen: Mapping[str, object]


Provisioner = Callable[[Restaurant, Actor], None]
AccessHook = Callable[[AccessChange, Actor], None]
RestaurantLog = Callable[[Actor, RestaurantUpdate, UUID | None], None]

PROVISIONERS: list[Provisioner] = []
ACCESS_HOOKS: list[AccessHook] = []
RESTAURANT_LOGS: list[RestaurantLog] = []


def provisions_restaurant(function: Provisioner) -> Provisioner:
    """Registers what a new restaurant needs from its first day."""
    PROVISIONERS.append(function)
    return function


def on_access_change(function: AccessHook) -> AccessHook:
    """Registers what must learn of a revoked or narrowed access."""
    ACCESS_HOOKS.append(function)
    return function


def logs_restaurants(function: RestaurantLog) -> RestaurantLog:
    """Registers what carries out a change of a restaurant's settings as a change of its stream. There is one."""
    RESTAURANT_LOGS.append(function)
    return function


def log_restaurant_update(actor: Actor, update: RestaurantUpdate, request_id: UUID | None) -> None:
    """Carries out the change, and logs it, in a transaction of its own. The errors are those of the change."""
    (log,) = RESTAURANT_LOGS
    log(actor, update, request_id)
