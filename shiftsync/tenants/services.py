"""What changes restaurants, memberships and tokens."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden, NotFound, ValidationFailed
from shiftsync.core.history import save_with_history
from shiftsync.tenants.credentials import make_secret
from shiftsync.tenants.hooks import ACCESS_HOOKS, PROVISIONERS, AccessChange
from shiftsync.tenants.models import ApiToken, ConflictStrategy, Membership, Restaurant, User
from shiftsync.tenants.selectors import roles_in


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
    _require_owner(actor)
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


def membership_grant(actor: Actor, *, user: User, role: Role) -> Membership:
    """Lets ``user`` in with that role, or gives them that role instead of their present one."""
    _require_owner(actor)
    with transaction.atomic():
        membership = Membership.objects.select_for_update().filter(restaurant_id=actor.restaurant_id, user=user).first()
        if membership is None:
            membership = Membership(restaurant_id=actor.restaurant_id, user=user, role=role)
            save_with_history(membership, actor, reason="Granted")
        elif (membership.role, membership.is_active) != (role, True):
            narrowed = membership.is_active and not role.covers(Role(membership.role))
            _require_another_owner(membership, narrowed)
            membership.role, membership.is_active = role, True
            save_with_history(membership, actor, reason="Role changed")
            _access_changed(AccessChange(actor.restaurant_id, user.id, role=role), actor)
    return membership


def membership_revoke(actor: Actor, *, user_id: UUID) -> None:
    """Takes ``user_id``'s membership away; their open sockets close. Raises :class:`NotFound`."""
    _require_owner(actor)
    with transaction.atomic():
        membership = (
            Membership.objects.select_for_update()
            .filter(restaurant_id=actor.restaurant_id, user_id=user_id, is_active=True)
            .first()
        )
        if membership is None:
            raise NotFound("No such member.")
        _require_another_owner(membership, True)
        membership.is_active = False
        save_with_history(membership, actor, reason="Revoked")
        _access_changed(AccessChange(actor.restaurant_id, user_id), actor)


def token_issue(
    actor: Actor, *, user: User | None = None, name: str = "", expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A token for oneself and its secret, which is shown this once. The system (a command) may make one for any member.

    It expires at ``expires_at``, at the latest as ``SHIFTSYNC_TOKEN_DAYS`` says, and never after the token with which it was made.
    """
    holder_id = user.id if user is not None else actor.user_id
    if holder_id is None:
        raise ValidationFailed.of("user", "A token belongs to a user.")
    if actor.user_id not in (None, holder_id):
        raise Forbidden("A token is issued for oneself only.")
    if holder_id not in roles_in(actor.restaurant_id, [holder_id]):
        raise ValidationFailed.of("user", "This user is no member of the restaurant.")
    if expires_at is not None and expires_at <= now():
        raise ValidationFailed.of("expiresAt", "This is in the past.")
    secret, digest = make_secret()
    token = ApiToken.objects.create(
        restaurant_id=actor.restaurant_id,
        user_id=holder_id,
        name=name[:100],
        digest=digest,
        issued_by_id=actor.token_id,
        expires_at=_end_of_token(actor, expires_at),
        credentials_epoch=User.objects.values_list("credentials_epoch", flat=True).get(id=holder_id),
    )
    return token, secret


def _end_of_token(actor: Actor, wanted: datetime | None) -> datetime | None:
    days = settings.CONFIG.token_days
    ends = [wanted, now() + timedelta(days=days) if days else None]
    if actor.token_id is not None:
        ends.append(ApiToken.objects.values_list("expires_at", flat=True).get(id=actor.token_id))
    return min((end for end in ends if end is not None), default=None)


def token_revoke(actor: Actor, *, token_id: UUID) -> None:
    """Ends a token of one's own, or (as an owner) of any member, and those that were made with it; their open sockets close.

    Raises :class:`NotFound`.
    """
    with transaction.atomic():
        token = (
            ApiToken.objects.select_for_update()
            .filter(id=token_id, restaurant_id=actor.restaurant_id, revoked_at=None)
            .first()
        )
        if token is None or not (token.user_id == actor.user_id or actor.role.covers(Role.OWNER)):
            raise NotFound("No such token.")
        for ended in _with_those_it_made(token):
            ended.revoked_at = now()
            ended.save(update_fields=["revoked_at", "updated_at"])
            _access_changed(AccessChange(actor.restaurant_id, ended.user_id, ended.id), actor)


def _with_those_it_made(token: ApiToken) -> Iterator[ApiToken]:
    yield token
    for made in ApiToken.objects.select_for_update().filter(issued_by=token, revoked_at=None):
        yield from _with_those_it_made(made)


def _access_changed(change: AccessChange, actor: Actor) -> None:
    for hook in ACCESS_HOOKS:
        hook(change, actor)


def _require_owner(actor: Actor) -> None:
    if actor.user_id is None:
        return
    role = roles_in(actor.restaurant_id, [actor.user_id]).get(actor.user_id)
    if role is None or not role.covers(Role.OWNER):
        raise Forbidden("Only an owner may do this.")


def _require_another_owner(membership: Membership, leaves: bool) -> None:
    if not leaves or membership.role != Role.OWNER:
        return
    others = Membership.objects.filter(restaurant_id=membership.restaurant_id, role=Role.OWNER, is_active=True).exclude(
        id=membership.id
    )
    if not others.exists():
        raise ValidationFailed.of("role", "A restaurant needs an owner; name another one first.")


def user_shut_out(user: User) -> None:
    """Closes the open sockets of a user who may not sign in any more, in every restaurant that they belonged to."""
    with transaction.atomic():
        for membership in Membership.objects.filter(user=user, is_active=True):
            restaurant_id = membership.restaurant_id
            change = AccessChange(restaurant_id, user.id, has_signed_out=True)
            _access_changed(change, Actor.system(restaurant_id))
