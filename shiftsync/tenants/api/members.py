"""REST about who may do what in a restaurant."""

from dataclasses import dataclass, field

from django.db import transaction

from shiftsync.core.actor import Role
from shiftsync.core.errors import (
    NotFound,
    ValidationFailed,
)
from shiftsync.core.ids import parse_id
from shiftsync.core.payloads import FromPayload, from_payload
from shiftsync.core.viewsets import Payload
from shiftsync.tenants.api.as_read import as_read, conditional_endpoint, conditional_once_endpoint
from shiftsync.tenants.api.base import RestaurantViewSetBase, once, restaurant_endpoint
from shiftsync.tenants.models import Invitation, Membership
from shiftsync.tenants.selectors import (
    invitations_of,
    memberships_of,
    people_of,
)
from shiftsync.tenants.serializers.members import (
    MembershipChanges,
    MembershipGrant,
    MembershipSerializer,
    membership_payload,
)
from shiftsync.tenants.services import (
    invitation_change,
    invitation_withdraw,
    member_invite,
    membership_grant,
    membership_link,
    membership_revoke,
)


@dataclass(frozen=True, slots=True)
class Offered(FromPayload):
    """A role that a membership or an invitation is to have."""

    role: Role = field(metadata=from_payload(read=Role))


@dataclass(frozen=True, slots=True)
class Invited(Offered):
    """Whom to invite, by user name."""

    username: str


class MembershipsViewSet(RestaurantViewSetBase):
    """Who may do what in the restaurant: owners change all of it, managers what is about those who only look."""

    @restaurant_endpoint(gives=MembershipSerializer(many=True), source="query", needs=Role.MANAGER)
    def list(self, payload: Payload) -> list[Payload]:
        """Everybody who belongs to the restaurant, by name, then those who are invited."""
        restaurant_id = self.actor.restaurant_id
        found = list(memberships_of(restaurant_id))
        people = people_of(found)
        members = [membership_payload(each, people.get(each.id)) for each in found]
        return members + [membership_payload(each) for each in invitations_of(restaurant_id)]

    @restaurant_endpoint(gives=MembershipSerializer, source="query", needs=Role.MANAGER)
    def retrieve(self, payload: Payload, id: str) -> Payload:
        """One of them."""
        return self._payload(self._member(id))

    @conditional_once_endpoint(takes=MembershipGrant, gives=MembershipSerializer, status=201, needs=Role.MANAGER)
    @once(201, location="/api/memberships/{id}/")
    @as_read("list")
    def create(self, payload: Payload) -> Payload:
        """Invites a user, who is let in by accepting it; gives a member another role. Whether there is a user of that name is not told."""
        invited = Invited.of(payload)
        return self._payload(member_invite(self.actor, username=invited.username, role=invited.role))

    @conditional_endpoint(takes=MembershipChanges, gives=MembershipSerializer, needs=Role.MANAGER)
    @as_read("retrieve")
    def partial_update(self, payload: Payload, id: str) -> Payload:
        """Gives a member another role; their open sockets are told (`ROLE_CHANGED`). Says who on the schedule they are. Of one who is
        invited: offers another role."""
        found = self._member(id)
        with transaction.atomic():
            if "role" in payload:
                found = self._give_role(found, Offered.of(payload).role)
            if "staff_id" in payload:
                if isinstance(found, Invitation):
                    raise ValidationFailed.of("staffId", "They have not joined yet.")
                found = membership_link(self.actor, user_id=found.user_id, staff_id=payload["staff_id"])
        return self._payload(found)

    def _give_role(self, found: Membership | Invitation, role: Role) -> Membership | Invitation:
        if isinstance(found, Invitation):
            return invitation_change(self.actor, invitation_id=found.id, role=role)
        return membership_grant(self.actor, user=found.user, role=role)

    def _payload(self, found: Membership | Invitation) -> Payload:
        person = None if isinstance(found, Invitation) else people_of([found]).get(found.id)
        return membership_payload(found, person)

    @conditional_endpoint(gives=None, status=204, needs=Role.MANAGER)
    @as_read("retrieve")
    def destroy(self, payload: Payload, id: str) -> None:
        """Takes a membership away; the member's open sockets close. Takes an invitation back."""
        found = self._member(id)
        if isinstance(found, Invitation):
            invitation_withdraw(self.actor, invitation_id=found.id)
        else:
            membership_revoke(self.actor, user_id=found.user_id)

    def _member(self, id: str) -> Membership | Invitation:
        wanted = parse_id(id)
        found: Membership | Invitation | None = None
        if wanted is not None:
            found = memberships_of(self.actor.restaurant_id).filter(id=wanted).first()
            found = found or invitations_of(self.actor.restaurant_id).filter(id=wanted).first()
        if found is None:
            raise NotFound("No such member.")
        return found
