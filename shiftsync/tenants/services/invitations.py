"""Inviting members, and answering invitations. Nobody becomes a member without accepting.

An invitation is for a user name. What is answered, and how much is done for it, is the same whether anybody has that name.
"""

from uuid import UUID

from django.db import transaction

from shiftsync.core.actor import Actor, Role
from shiftsync.core.clock import now
from shiftsync.core.errors import NotFound, ValidationFailed
from shiftsync.core.fence import within
from shiftsync.core.history import delete_with_history, save_with_history
from shiftsync.tenants.models import Invitation, Membership, Restaurant, SecurityKind, User
from shiftsync.tenants.security_log import note
from shiftsync.tenants.selectors import invitations_for
from shiftsync.tenants.services.access import require_keeper
from shiftsync.tenants.services.members import let_in, membership_grant

MOST_INVITATIONS = 200
"""How many may be open in a restaurant."""


def member_invite(actor: Actor, *, username: str, role: Role) -> Membership | Invitation:
    """Offers a membership to that user name; a member gets the role at once, and so does an author who names themselves.

    An open invitation gets the new role; a declined one stays declined. An owner may invite anybody, a manager who is to look only.
    """
    require_keeper(actor, role)
    name = User.normalize_username(username.strip())
    if not name:
        raise ValidationFailed.of("username", "Enter whom to invite.")
    member = User.objects.filter(
        memberships__restaurant_id=actor.restaurant_id, memberships__is_active=True, username=name
    ).first()
    own = None if actor.user_id is None else User.objects.filter(id=actor.user_id, username=name).first()
    if (known := member or own) is not None:
        return membership_grant(actor, user=known, role=role)
    with transaction.atomic():
        Restaurant.objects.select_for_update().filter(id=actor.restaurant_id).first()
        open_ones = Invitation.objects.filter(restaurant_id=actor.restaurant_id)
        invitation = open_ones.filter(username=name).first()
        if invitation is None:
            if open_ones.count() >= MOST_INVITATIONS:
                raise ValidationFailed.of("username", f"At most {MOST_INVITATIONS} invitations can be open.")
            invitation = Invitation(restaurant_id=actor.restaurant_id, username=name, invited_by_id=actor.user_id)
        return _offer(actor, invitation, role)


def invitation_change(actor: Actor, *, invitation_id: UUID, role: Role) -> Invitation:
    """Offers another role. Raises :class:`NotFound`."""
    require_keeper(actor, role)
    with transaction.atomic():
        return _offer(actor, _open(actor, invitation_id), role)


def invitation_withdraw(actor: Actor, *, invitation_id: UUID) -> None:
    """Takes an offer back. Raises :class:`NotFound`."""
    require_keeper(actor)
    with transaction.atomic():
        invitation = _open(actor, invitation_id)
        require_keeper(actor, Role(invitation.role))
        note(SecurityKind.MEMBER_REMOVED, actor, invited=invitation.username)
        delete_with_history(invitation, actor, reason="Withdrawn")


def invitation_accept(user: User, *, invitation_id: UUID) -> Membership:
    """Makes ``user`` a member as they were invited. Raises :class:`NotFound` for an invitation that is not theirs, or not open."""
    with within(_offered_by(user, invitation_id)), transaction.atomic():
        invitation = _theirs(user, invitation_id)
        role = Role(invitation.role)
        actor = Actor(invitation.restaurant_id, user.id, role, name=user.display_name)
        former = Membership.objects.select_for_update().filter(restaurant_id=actor.restaurant_id, user=user).first()
        if former is not None and former.is_active:
            delete_with_history(invitation, actor, reason="Is a member")
            membership = former
        else:
            membership = let_in(actor, user, role, former)
        membership.restaurant = invitation.restaurant  # the user was no member until now, so their fence hides it
        return membership


def invitation_decline(user: User, *, invitation_id: UUID) -> None:
    """Declines an invitation. Its author is not notified. Raises :class:`NotFound`."""
    with within(_offered_by(user, invitation_id)), transaction.atomic():
        invitation = _theirs(user, invitation_id)
        invitation.declined_at = now()
        actor = Actor(invitation.restaurant_id, user.id, name=user.display_name)
        save_with_history(invitation, actor, reason="Declined", fields=["declined_at"])


def _offer(actor: Actor, invitation: Invitation, role: Role) -> Invitation:
    if invitation._state.adding or invitation.role != role:
        require_keeper(actor, Role(invitation.role))
        invitation.role = role
        save_with_history(invitation, actor, reason="Invited")
        note(SecurityKind.MEMBER_INVITED, actor, invited=invitation.username, role=role)
    return invitation


def _open(actor: Actor, invitation_id: UUID) -> Invitation:
    found = Invitation.objects.select_for_update().filter(restaurant_id=actor.restaurant_id, id=invitation_id).first()
    if found is None:
        raise NotFound("No such member.")
    return found


def _theirs(user: User, invitation_id: UUID) -> Invitation:
    """Locked; the restaurant's row first, as in every change of its members."""
    Restaurant.objects.select_for_update().filter(invitations=invitation_id).first()
    open_one = Invitation.objects.filter(id=invitation_id, username=user.username, declined_at=None)
    found = open_one.select_for_update(of=("self",)).select_related("restaurant").first()
    if found is None:
        raise NotFound("No such invitation.")
    return found


def _offered_by(user: User, invitation_id: UUID) -> UUID:
    """The restaurant whose open invitation that is. Raises :class:`NotFound`."""
    for each in invitations_for(user):
        if each.id == invitation_id:
            return each.restaurant_id
    raise NotFound("No such invitation.")
