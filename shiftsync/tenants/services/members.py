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
from shiftsync.tenants.hooks import AccessChange, person_names
from shiftsync.tenants.models import Invitation, Membership, Restaurant, SecurityKind, User
from shiftsync.tenants.security_log import note
from shiftsync.tenants.services.access import access_changed, require_keeper


def membership_grant(actor: Actor, *, user: User, role: Role) -> Membership:
    """Gives a member that role instead of their current one. Adds a member if the system (a command) or the user themselves asks for it.

    Raises :class:`Forbidden` otherwise: others are invited, and become members by accepting. A manager may change those who only look.
    """
    require_keeper(actor, role)
    with transaction.atomic():
        membership = _locked(actor.restaurant_id).filter(user=user).first()
        if membership is None or not membership.is_active:
            if actor.user_id not in (None, user.id):
                raise Forbidden("Nobody becomes a member without accepting an invitation.")
            return let_in(actor, user, role, membership)
        require_keeper(actor, Role(membership.role))
        if membership.role != role:
            _require_another_owner(membership, not role.covers(Role(membership.role)))
            was, membership.role = membership.role, role
            save_with_history(membership, actor, reason="Role changed")
            access_changed(AccessChange(actor.restaurant_id, user.id, role=role), actor)
            note(SecurityKind.ROLE_CHANGED, actor, user.id, role=role, was=was)
    return membership


def let_in(
    actor: Actor, user: User, role: Role, former: Membership | None, *, staff_id: UUID | None = None
) -> Membership:
    """Makes ``user`` a member, in the caller's transaction; ``former`` is the membership that they once had.

    ``staff_id``: who on the schedule they are.
    """
    membership = former or Membership(restaurant_id=actor.restaurant_id, user=user)
    membership.role, membership.is_active, membership.staff_id = role, True, staff_id
    save_with_history(membership, actor, reason="Granted")
    for invitation in Invitation.objects.filter(restaurant_id=actor.restaurant_id, username=user.username):
        delete_with_history(invitation, actor, reason="Let in")
    if former is not None:
        access_changed(AccessChange(actor.restaurant_id, user.id, role=role), actor)
    note(SecurityKind.MEMBER_JOINED, actor, user.id, role=role)
    return membership


def membership_revoke(actor: Actor, *, user_id: UUID) -> None:
    """Takes ``user_id``'s membership away; their open sockets close. Everybody may leave, but for the last owner.

    Raises :class:`NotFound`, and :class:`Forbidden` for who may not take theirs away: a manager may of those who only look.
    """
    leaves = actor.user_id == user_id
    if not leaves:
        require_keeper(actor)
    with transaction.atomic():
        membership = _locked(actor.restaurant_id).filter(user_id=user_id, is_active=True).first()
        if membership is None:
            raise NotFound("No such member.")
        if not leaves:
            require_keeper(actor, Role(membership.role))
        _require_another_owner(membership, True)
        membership.is_active = False
        save_with_history(membership, actor, reason="Left" if leaves else "Revoked")
        access_changed(AccessChange(actor.restaurant_id, user_id), actor)
        note(SecurityKind.MEMBER_REMOVED, actor, user_id)


def membership_link(actor: Actor, *, user_id: UUID, staff_id: UUID | None) -> Membership:
    """Says who on the schedule a member is; None: nobody. Owners and managers may.

    Raises :class:`NotFound`, and :class:`ValidationFailed` for a person who is not there, or whom another member is.
    """
    require_keeper(actor)
    with transaction.atomic():
        membership = _locked(actor.restaurant_id).filter(user_id=user_id, is_active=True).first()
        if membership is None:
            raise NotFound("No such member.")
        if membership.staff_id == staff_id:
            return membership
        if staff_id is not None:
            require_free_person(actor.restaurant_id, staff_id)
        membership.staff_id = staff_id
        save_with_history(membership, actor, reason="Linked" if staff_id else "Link ended")
        note(SecurityKind.MEMBER_LINKED, actor, user_id, staffId=str(staff_id) if staff_id else None)
    return membership


def require_free_person(restaurant_id: UUID, staff_id: UUID) -> None:
    """Raises :class:`ValidationFailed` unless that is somebody on the schedule whom no member is yet."""
    if staff_id not in person_names(restaurant_id, [staff_id]):
        raise ValidationFailed.of("staffId", "No such staff member.")
    if Membership.objects.filter(restaurant_id=restaurant_id, is_active=True, staff_id=staff_id).exists():
        raise ValidationFailed.of("staffId", "Somebody else's account is linked to this person.")


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
