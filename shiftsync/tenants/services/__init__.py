"""What changes restaurants, memberships, invitations and tokens."""

from shiftsync.tenants.services.first import (
    Begun,
    first_account_create,
    require_beginner,
    restaurant_begin,
    restaurant_open,
)
from shiftsync.tenants.services.invitation_links import (
    invitation_link_accept,
    invitation_link_create,
    invitation_link_revoke,
    invitation_link_secret,
    invitation_link_sign_up,
)
from shiftsync.tenants.services.invitation_mails import (
    MailTo,
    invitation_mail_send,
    last_mails,
    mails_invitations,
)
from shiftsync.tenants.services.invitations import (
    invitation_accept,
    invitation_change,
    invitation_decline,
    invitation_withdraw,
    member_invite,
)
from shiftsync.tenants.services.members import membership_grant, membership_link, membership_revoke, user_shut_out
from shiftsync.tenants.services.repeats import answered_once
from shiftsync.tenants.services.restaurants import restaurant_change, restaurant_create, restaurant_update
from shiftsync.tenants.services.sign_up import account_sign_up
from shiftsync.tenants.services.tokens import token_issue, token_revoke

__all__ = [
    "Begun",
    "MailTo",
    "account_sign_up",
    "answered_once",
    "first_account_create",
    "invitation_accept",
    "invitation_change",
    "invitation_decline",
    "invitation_link_accept",
    "invitation_link_create",
    "invitation_link_revoke",
    "invitation_link_secret",
    "invitation_link_sign_up",
    "invitation_mail_send",
    "invitation_withdraw",
    "last_mails",
    "mails_invitations",
    "member_invite",
    "membership_grant",
    "membership_link",
    "membership_revoke",
    "require_beginner",
    "restaurant_begin",
    "restaurant_change",
    "restaurant_create",
    "restaurant_open",
    "restaurant_update",
    "token_issue",
    "token_revoke",
    "user_shut_out",
]
