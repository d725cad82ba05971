"""Invitations as those who are invited see them, invitations by link, and their mails, on the wire."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from shiftsync.core.models import DeliveryState
from shiftsync.core.serializers import WireSerializer
from shiftsync.tenants.models import Invitation, InvitationLink, InvitationMail
from shiftsync.tenants.serializers.restaurants import ROLES

LANGUAGES = [code for code, _ in settings.LANGUAGES]


class InvitationSerializer(WireSerializer):
    """An invitation that its addressee has not answered yet."""

    id = serializers.UUIDField()
    restaurant_name = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    invited_by = serializers.CharField(help_text="Their name; blank for the operator.", allow_blank=True)
    created_at = serializers.DateTimeField()


class InvitationLinkSerializer(WireSerializer):
    """An invitation by an address that whoever has it may take, once."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=ROLES)
    staff_id = serializers.UUIDField(allow_null=True, help_text="Who on the schedule they will be; null: nobody.")
    note = serializers.CharField(allow_blank=True, help_text="Whom it is for.")
    invited_by = serializers.CharField(help_text="Their name; blank for the operator.", allow_blank=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class InvitationMailSerializer(WireSerializer):
    """The last mail that was to bring an invitation to somebody."""

    rest_name = "InvitationMail"

    email = serializers.CharField(help_text="To whom.")
    state = serializers.ChoiceField(
        choices=DeliveryState.choices,
        help_text="`uncertain`: the connection to the mail server was lost while it took the mail.",
    )
    asked_at = serializers.DateTimeField()
    settled_at = serializers.DateTimeField(allow_null=True, help_text="When it was sent, or given up; null: it waits.")


class AddressedLink(InvitationLinkSerializer):
    """An invitation with its address."""

    url = serializers.CharField(
        allow_null=True,
        help_text="To give to whoever is invited. Null where the server has got another key since it was made.",
    )
    mail = InvitationMailSerializer(allow_null=True, help_text="Null: it was not mailed.")


class InvitationLinkCreation(WireSerializer):
    """What is offered to whoever has the address."""

    example = {"role": "staff", "note": "花子"}

    role = serializers.ChoiceField(choices=ROLES)
    staff_id = serializers.UUIDField(required=False, allow_null=True, help_text="Who on the schedule they will be.")
    note = serializers.CharField(max_length=100, required=False, allow_blank=True, help_text="Whom it is for.")
    email = serializers.CharField(
        max_length=254, required=False, help_text="Where to mail its address; left out: it is not mailed."
    )
    language = serializers.ChoiceField(
        choices=LANGUAGES, required=False, help_text="Of the mail; left out: that of the restaurant's country."
    )


class InvitationMailing(WireSerializer):
    """Where the address of an invitation is to be mailed."""

    example = {"email": "hanako@example.com"}

    email = serializers.CharField(max_length=254)
    language = serializers.ChoiceField(
        choices=LANGUAGES, required=False, help_text="Of the mail; left out: that of the restaurant's country."
    )


def invitation_payload(invitation: Invitation) -> dict[str, Any]:
    """An invitation as the one who is invited sees it."""
    return {
        "id": invitation.id,
        "restaurantName": invitation.restaurant.name,
        "role": invitation.role,
        "invitedBy": invitation.invited_by.display_name if invitation.invited_by else "",
        "createdAt": invitation.created_at,
    }


def link_payload(link: InvitationLink) -> dict[str, Any]:
    """An invitation by link, without its address."""
    return {
        "id": link.id,
        "role": link.role,
        "staffId": link.staff_id,
        "note": link.note,
        "invitedBy": link.invited_by.display_name if link.invited_by else "",
        "createdAt": link.created_at,
        "expiresAt": link.expires_at,
    }


def mail_payload(mail: InvitationMail | None) -> dict[str, Any] | None:
    """What became of an invitation's mail; not why, which the mail server has said to the operator."""
    if mail is None:
        return None
    return {
        "email": mail.address,
        "state": mail.state,
        "askedAt": mail.created_at,
        "settledAt": mail.settled_at,
    }
