"""Members of a restaurant, and those invited by their user name, on the wire."""

from typing import Any

from rest_framework import serializers

from shiftsync.core.serializers import WireSerializer
from shiftsync.tenants.models import Invitation, Membership
from shiftsync.tenants.selectors import Person
from shiftsync.tenants.serializers.restaurants import ROLES

INVITED, ACTIVE = MEMBER_STATES = ("invited", "active")


class MembershipSerializer(WireSerializer):
    """Somebody who belongs to the restaurant or has been invited to it."""

    id = serializers.UUIDField()
    user_id = serializers.UUIDField(allow_null=True, help_text="Null for someone who is only invited.")
    username = serializers.CharField()
    display_name = serializers.CharField(help_text="The user name of someone who is only invited.")
    role = serializers.ChoiceField(choices=ROLES)
    state = serializers.ChoiceField(
        choices=MEMBER_STATES, help_text="`invited`: they have not accepted; whether there is such a user is not told."
    )
    staff_id = serializers.UUIDField(allow_null=True, help_text="Who on the schedule they are; null: nobody.")
    staff_name = serializers.CharField(allow_null=True)


class MembershipGrant(WireSerializer):
    """Whom to invite, and the role they are offered."""

    example = {"username": "hanako", "role": "viewer"}

    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=ROLES)


class MembershipChanges(WireSerializer):
    """What becomes of a member: their role, who on the schedule they are, or both."""

    example = {"role": "staff", "staffId": None}

    role = serializers.ChoiceField(choices=ROLES, required=False)
    staff_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="Who on the schedule they are from now on; null: nobody."
    )


def membership_payload(member: Membership | Invitation, person: Person | None = None) -> dict[str, Any]:
    """A membership with who it is, and who on the schedule that is; or one that is offered."""
    if isinstance(member, Invitation):
        return {
            "id": member.id,
            "userId": None,
            "username": member.username,
            "displayName": member.username,
            "role": member.role,
            "state": INVITED,
            "staffId": None,
            "staffName": None,
        }
    return {
        "id": member.id,
        "userId": member.user_id,
        "username": member.user.username,
        "displayName": member.user.display_name,
        "role": member.role,
        "state": ACTIVE,
        "staffId": person.id if person else None,
        "staffName": person.name if person else None,
    }
