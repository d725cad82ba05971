"""What changes restaurants, memberships, invitations and tokens."""

from shiftsync.tenants.services.first import restaurant_open
from shiftsync.tenants.services.invitations import (
    invitation_accept,
    invitation_change,
    invitation_decline,
    invitation_withdraw,
    member_invite,
)
from shiftsync.tenants.services.members import membership_grant, membership_revoke, user_shut_out
from shiftsync.tenants.services.restaurants import restaurant_create, restaurant_update
from shiftsync.tenants.services.tokens import token_issue, token_revoke

__all__ = [
    "invitation_accept",
    "invitation_change",
    "invitation_decline",
    "invitation_withdraw",
    "member_invite",
    "membership_grant",
    "membership_revoke",
    "restaurant_create",
    "restaurant_open",
    "restaurant_update",
    "token_issue",
    "token_revoke",
    "user_shut_out",
]
