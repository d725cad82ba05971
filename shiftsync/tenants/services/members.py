"""Who may do what in a restaurant: letting in, changing roles, taking away.

Nobody becomes a member without their consent: :mod:`~shiftsync.tenants.services.invitations` offers, the user accepts.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from shiftsync.core.actor import Actor, Role
from shiftsync.core.errors import Forbidden, NotFound, ValidationFailed
from shiftsync.core.fence import everywhere
from shiftsync.core.history import delete_with_history, save_with_history
from shiftsync.tenants.hooks import AccessChange
from shiftsync.tenants.models import Invitation, Membership, Restaurant, SecurityKind, User
from shiftsync.tenants.security_log import note
from shiftsync.tenants.services.access import access_changed, require_owner


def membership_grant(actor: Actor, *, user: User, role: Role) -> Membership:
    """Gives a member that role instead of their present one. Lets in whom the system (a command) or they themselves let in.

    Raises :class:`Forbidden` for anybody else: they are invited, and let in by accepting it.
    """
    require_owner(actor)
    with transaction.atomic():
        membership = _locked(actor.restaurant_id).filter(user=user).first()
        if membership is None or not membership.is_active:
            if actor.user_id not in (None, user.id):
                raise Forbidden("Nobody becomes a member without accepting an invitation.")
            return let_in(actor, user, role, membership)
        if membership.role != role:
            _require_another_owner(membership, not role.covers(Role(membership.role)))
            was, membership.role = membership.role, role
            save_with_history(membership, actor, reason="Role changed")
            access_changed(AccessChange(actor.restaurant_id, user.id, role=role), actor)
            note(SecurityKind.ROLE_CHANGED, actor, user.id, role=role, was=was)
    return membership


def let_in(actor: Actor, user: User, role: Role, former: Membership | None) -> Membership:
    """Makes ``user`` a member, in the caller's transaction; ``former`` is the membership that they once had."""
    membership = former or Membership(restaurant_id=actor.restaurant_id, user=user)
    membership.role, membership.is_active = role, True
    save_with_history(membership, actor, reason="Granted")
    for invitation in Invitation.objects.filter(restaurant_id=actor.restaurant_id, username=user.username):
        delete_with_history(invitation, actor, reason="Let in")
    if former is not None:
        access_changed(AccessChange(actor.restaurant_id, user.id, role=role), actor)
    note(SecurityKind.MEMBER_JOINED, actor, user.id, role=role)
    return membership


def membership_revoke(actor: Actor, *, user_id: UUID) -> None:
    """Takes ``user_id``'s membership away; their open sockets close. Raises :class:`NotFound`."""
    require_owner(actor)
    with transaction.atomic():
        membership = _locked(actor.restaurant_id).filter(user_id=user_id, is_active=True).first()
        if membership is None:
            raise NotFound("No such member.")
        _require_another_owner(membership, True)
        membership.is_active = False
        save_with_history(membership, actor, reason="Revoked")
        access_changed(AccessChange(actor.restaurant_id, user_id), actor)
        note(SecurityKind.MEMBER_REMOVED, actor, user_id)


def _locked(restaurant_id: UUID) -> QuerySet[Membership]:
    """The restaurant's memberships. Whoever changes one waits for others who do: two owners must not remove each other at once."""
    Restaurant.objects.select_for_update().filter(id=restaurant_id).first()
    return Membership.objects.select_for_update().filter(restaurant_id=restaurant_id)


def _require_another_owner(membership: Membership, leaves: bool) -> None:
    if not leaves or membership.role != Role.OWNER:
        return
    others = Membership.objects.filter(restaurant_id=membership.restaurant_id, role=Role.OWNER, is_active=True).exclude(
        id=membership.id
    )
    if not others.exists():
        raise ValidationFailed.of("role", "A restaurant needs an owner; appoint another one first.")


@everywhere()
def user_shut_out(user: User) -> None:
    """Closes the open sockets of a user who may not sign in any more, in every restaurant that they belonged to."""
    with transaction.atomic():
        for membership in Membership.objects.filter(user=user, is_active=True):
            restaurant_id = membership.restaurant_id
            change = AccessChange(restaurant_id, user.id, has_signed_out=True)
            access_changed(change, Actor.system(restaurant_id))
