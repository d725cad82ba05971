"""What the apps above add to a restaurant's first day and to a change of access.

The tenants know none of those apps; each registers itself when Django is ready. Every hook runs inside the transaction
of the service that calls it.
"""

from collections.abc import Callable
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


Provisioner = Callable[[Restaurant, Actor], None]
AccessHook = Callable[[AccessChange, Actor], None]

PROVISIONERS: list[Provisioner] = []
ACCESS_HOOKS: list[AccessHook] = []


def provisions_restaurant(function: Provisioner) -> Provisioner:
    """Registers what a new restaurant needs from its first day."""
    PROVISIONERS.append(function)
    return function


def on_access_change(function: AccessHook) -> AccessHook:
    """Registers what must learn of a revoked or narrowed access."""
    ACCESS_HOOKS.append(function)
    return function
