"""What the services of access share."""

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import Forbidden
from shiftsync.tenants.hooks import ACCESS_HOOKS, AccessChange
from shiftsync.tenants.selectors import roles_in


def access_changed(change: AccessChange, actor: Actor) -> None:
    """Tells those who follow changes of access, in the caller's transaction."""
    for hook in ACCESS_HOOKS:
        hook(change, actor)


def require_keeper(actor: Actor, *roles: Role) -> None:
    """Raises :class:`Forbidden` unless the actor may let in people of those roles and change them: an owner all, a manager those who
    only look."""
    needed = Role.OWNER if any(role.covers(Role.MANAGER) for role in roles) else Role.MANAGER
    if actor.user_id is None:
        return
    role = roles_in(actor.restaurant_id, [actor.user_id]).get(actor.user_id)
    if role is None or not role.covers(Role.MANAGER):
        raise Forbidden
    if not role.covers(needed):
        raise Forbidden("Only an owner can do this.")
