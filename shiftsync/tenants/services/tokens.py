"""Issuing and revoking tokens."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import Forbidden, NotFound, ValidationFailed
from shiftsync.core.scopes import require_scopes, text_of
from shiftsync.tenants.credentials import make_secret
from shiftsync.tenants.hooks import AccessChange
from shiftsync.tenants.models import ApiToken, SecurityKind, User
from shiftsync.tenants.security_log import note
from shiftsync.tenants.selectors import roles_in
from shiftsync.tenants.services.access import access_changed


def token_issue(
    actor: Actor,
    *,
    user: User | None = None,
    name: str = "",
    expires_at: datetime | None = None,
    seed: bytes | None = None,
    scopes: Collection[str] | None = None,
) -> tuple[ApiToken, str]:
    """A token for oneself and its secret, which is shown this once. The system (a command) may make one for any member.

    ``seed`` is what the secret is made of, if it must be found again. It expires at ``expires_at``, at the latest as ``SHIFTSYNC_TOKEN_DAYS`` says, and never after the token with which it was made.
    ``scopes`` None: as much as the actor may. Raises :class:`ScopeMissing` for a scope that the actor's own token lacks.
    """
    holder_id = user.id if user is not None else actor.user_id
    if holder_id is None:
        raise ValidationFailed.of("user", "A token belongs to a user.")
    if actor.user_id not in (None, holder_id):
        raise Forbidden("You can only issue tokens for yourself.")
    if holder_id not in roles_in(actor.restaurant_id, [holder_id]):
        raise ValidationFailed.of("user", "This user is not a member of the restaurant.")
    if expires_at is not None and expires_at <= now():
        raise ValidationFailed.of("expiresAt", "This is in the past.")
    granted = actor.scopes if scopes is None else scopes
    if not granted:
        raise ValidationFailed.of("scopes", "Name at least one scope, or all with *.")
    require_scopes(actor.scopes, sorted(granted))
    secret, digest = make_secret(seed)
    with transaction.atomic():
        token = ApiToken.objects.create(
            restaurant_id=actor.restaurant_id,
            user_id=holder_id,
            name=name[:100],
            digest=digest,
            issued_by_id=actor.token_id,
            scopes=text_of(granted),
            expires_at=_end_of_token(actor, expires_at),
            credentials_epoch=User.objects.values_list("credentials_epoch", flat=True).get(id=holder_id),
        )
        note(SecurityKind.TOKEN_ISSUED, actor, holder_id, name=token.name, tokenId=str(token.id), scopes=token.scopes)
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
            access_changed(AccessChange(actor.restaurant_id, ended.user_id, ended.id), actor)
            note(SecurityKind.TOKEN_REVOKED, actor, ended.user_id, name=ended.name, tokenId=str(ended.id))


def _with_those_it_made(token: ApiToken) -> Iterator[ApiToken]:
    yield token
    for made in ApiToken.objects.select_for_update().filter(issued_by=token, revoked_at=None):
        yield from _with_those_it_made(made)
