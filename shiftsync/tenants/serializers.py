"""Restaurants, memberships, tokens and tickets on the wire."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from rest_framework import serializers

from shiftsync.core.actor import Role
from shiftsync.core.lists import ListField
from shiftsync.core.models import DeliveryState
from shiftsync.core.qr import LONGEST
from shiftsync.core.scopes import SCOPES
from shiftsync.core.serializers import SpelledChoiceField, WireSerializer
from shiftsync.tenants.hooks import LeftOut
from shiftsync.tenants.models import (
    MOST_WISHES,
    ApiToken,
    ConflictStrategy,
    Invitation,
    InvitationLink,
    InvitationMail,
    Membership,
    Restaurant,
    SecurityEvent,
    SecurityKind,
    SwapPolicy,
    TextMeaning,
    check_country,
    check_timezone,
)
from shiftsync.tenants.selectors import Person
from shiftsync.tenants.services.restaurants import USUAL, restaurant_facts

ROLES = [role.value for role in Role]
INVITED, ACTIVE = MEMBER_STATES = ("invited", "active")


def known_timezone(name: str) -> None:
    """The model's check, as this layer reports it."""
    try:
        check_timezone(name)
    except ValidationError as error:
        raise serializers.ValidationError(error.messages) from None


def known_country(code: str) -> None:
    """The model's check, as this layer reports it."""
    try:
        check_country(code)
    except ValidationError as error:
        raise serializers.ValidationError(error.messages) from None


LANGUAGES = [code for code, _ in settings.LANGUAGES]
SWAPS = "Whether staff may swap shifts with each other, and whether a manager has to approve."
WISH_LIMIT = "How many wishes each of the staff may have in a period that says nothing else; null: any."


class RestaurantFacts(WireSerializer):
    """The settings of a restaurant that all its members may see."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    timezone = serializers.CharField()
    closing_day = serializers.IntegerField()
    country = serializers.CharField(help_text="ISO 3166, two letters; determines the public holidays.")
    conflict_strategy = serializers.ChoiceField(choices=ConflictStrategy.choices)
    text_counts_as = serializers.ChoiceField(
        choices=TextMeaning.choices, help_text="What text in a cell counts as that no shift type explains."
    )
    wish_limit = serializers.IntegerField(allow_null=True, help_text=WISH_LIMIT)
    swaps = serializers.ChoiceField(choices=SwapPolicy.choices, help_text=SWAPS)
    staff_see_colleagues = serializers.BooleanField(
        help_text="Whether members of the role staff see the shifts of others in what is published; else their own alone."
    )


class RestaurantSerializer(RestaurantFacts):
    """A restaurant and the role that the caller has in it."""

    role = serializers.ChoiceField(choices=ROLES, help_text="Yours.")


class RestaurantFields(WireSerializer):
    """The settings of a restaurant that its owner may change; all optional."""

    name = serializers.CharField(max_length=200, required=False)
    timezone = serializers.CharField(max_length=64, required=False, validators=[known_timezone])
    closing_day = serializers.IntegerField(min_value=1, max_value=31, required=False)
    country = serializers.CharField(max_length=2, required=False, validators=[known_country])
    conflict_strategy = SpelledChoiceField(choices=ConflictStrategy.choices, required=False)
    text_counts_as = serializers.ChoiceField(
        choices=TextMeaning.choices,
        required=False,
        help_text="What text in a cell counts as that no shift type explains.",
    )
    wish_limit = serializers.IntegerField(
        allow_null=True, required=False, min_value=0, max_value=MOST_WISHES, help_text=WISH_LIMIT
    )
    swaps = serializers.ChoiceField(choices=SwapPolicy.choices, required=False, help_text=SWAPS)
    staff_see_colleagues = serializers.BooleanField(
        required=False,
        help_text="Whether members of the role staff see the shifts of others in what is published; else their own alone.",
    )


class RestaurantBeginning(WireSerializer):
    """What a restaurant cannot begin without."""

    request_id = serializers.UUIDField(
        required=False, help_text="Chosen by the client; makes the request safe to repeat."
    )
    name = serializers.CharField(max_length=200)
    timezone = serializers.CharField(max_length=64, validators=[known_timezone])
    closing_day = serializers.IntegerField(min_value=1, max_value=31)
    country = serializers.CharField(max_length=2, default="JP", validators=[known_country])
    preset = serializers.CharField(
        max_length=40, default=USUAL, help_text="The kind of workplace whose shift times it begins with."
    )
    copy_from = serializers.UUIDField(
        required=False,
        help_text="A restaurant that you own, whose settings, shift types and closings it begins with instead; not its people.",
    )


class LeftOutSerializer(WireSerializer):
    """Something that a copied restaurant does not have as its original has it, since it is about people."""

    rest_name = "LeftOut"

    what = serializers.CharField(help_text="The collection: `staffGroups`, `priorityRules` and so on.")
    name = serializers.CharField()
    people = serializers.IntegerField(help_text="How many people it names there.")
    is_whole = serializers.BooleanField(help_text="It was left out; else it is there without its people.")


class BegunRestaurant(RestaurantSerializer):
    """A restaurant that was begun."""

    left_out = LeftOutSerializer(
        many=True, required=False, help_text="What was not copied, if it is a copy and was made just now."
    )


class RestaurantChanges(RestaurantFields):
    """What its owner changes, and what they saw when they began."""

    example = {"name": "小料理 しおり"}

    seen = RestaurantFields(
        required=False,
        help_text="What stood there when its author began. Where something else does now, nothing is written (`conflict`).",
    )


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


class LogQuery(WireSerializer):
    """Which part of the security log."""

    before = serializers.DateTimeField(required=False, help_text="Only events before that moment.")
    kind = serializers.ChoiceField(choices=SecurityKind.choices, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=500, default=100)


class SecurityEventSerializer(WireSerializer):
    """One entry of the security log."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=SecurityKind.choices)
    actor = serializers.CharField(
        allow_null=True, help_text="The user name of the author; null for the system or if unknown."
    )
    about = serializers.CharField(allow_null=True, help_text="The user name of the person concerned.")
    address = serializers.CharField(allow_blank=True, help_text="The network address it came from.")
    details = serializers.DictField()


class MembershipChanges(WireSerializer):
    """What becomes of a member: their role, who on the schedule they are, or both."""

    example = {"role": "staff", "staffId": None}

    role = serializers.ChoiceField(choices=ROLES, required=False)
    staff_id = serializers.UUIDField(
        required=False, allow_null=True, help_text="Who on the schedule they are from now on; null: nobody."
    )


class PersonSerializer(WireSerializer):
    """Who on the schedule you are."""

    staff_id = serializers.UUIDField(allow_null=True, help_text="Who on the schedule you are; null: nobody.")
    name = serializers.CharField(allow_null=True)


class QrText(WireSerializer):
    """What a QR code is to say."""

    example = {"text": "https://shifts.example.com/feeds/7f3a/"}

    text = serializers.CharField(max_length=LONGEST)


class QrCodeSerializer(WireSerializer):
    """A QR code to be drawn."""

    rest_name = "QrCode"

    size = serializers.IntegerField(
        help_text="How many modules it is wide and high, with the light margin that readers expect."
    )
    path = serializers.CharField(help_text="Its dark modules: the `d` of an SVG path, in modules.")


SCOPES_HELP = "What it may do of what its user may: by area, and `*` for everything. To write is to read as well."


class ScopeField(serializers.ChoiceField):
    """One scope."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=SCOPES, **kwargs)


class TokenSerializer(WireSerializer):
    """An API token, without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    user_id = serializers.UUIDField()
    username = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True, help_text="To within five minutes.")
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Null if it is valid until revoked.")
    scopes = serializers.ListField(child=ScopeField(), help_text=SCOPES_HELP)


class IssuedToken(TokenSerializer):
    """A token that was just issued."""

    token = serializers.CharField(help_text="The secret; shown only once.")


class TokenIssue(WireSerializer):
    """A token to be issued for oneself."""

    example = {"name": "給与計算", "scopes": ["schedule:read", "staff:read"]}

    name = serializers.CharField(max_length=100, required=False, allow_blank=True, help_text="What it is for.")
    username = serializers.CharField(
        max_length=150, required=False, help_text="Your own user name; tokens can only be issued for yourself."
    )
    expires_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="When it expires; no later than the token that creates it."
    )
    scopes = ListField(
        child=ScopeField(),
        required=False,
        min_length=1,
        max_length=len(SCOPES),
        help_text=f"{SCOPES_HELP} Left out: as much as you may now.",
    )


class TicketSerializer(WireSerializer):
    """A single-use credential for opening the socket."""

    rest_name = "IssuedTicket"

    ticket = serializers.CharField(help_text="Goes into the socket's URL; valid for one connection.")
    expires_in_seconds = serializers.IntegerField()


class MeSerializer(WireSerializer):
    """The user whose credentials were sent, and their restaurants."""

    id = serializers.UUIDField()
    user_id = serializers.UUIDField(help_text="As `CONNECTION_ACK` names you; the same as `id`.")
    user_name = serializers.CharField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    restaurants = RestaurantSerializer(many=True)


def restaurant_payload(restaurant: Restaurant, role: Role) -> dict[str, Any]:
    """A restaurant as somebody with that role sees it."""
    return {**restaurant_facts(restaurant), "role": role.value}


def begun_payload(restaurant: Restaurant, role: Role, left_out: Sequence[LeftOut]) -> dict[str, Any]:
    """A restaurant that was begun, with what it does not have of its original."""
    told = [
        {"what": each.what, "name": each.name, "people": each.people, "isWhole": each.is_whole} for each in left_out
    ]
    return {**restaurant_payload(restaurant, role), **({"leftOut": told} if told else {})}


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


def event_payload(event: SecurityEvent) -> dict[str, Any]:
    """An entry of the security log."""
    return {
        "id": event.id,
        "at": event.at,
        "kind": event.kind,
        "actor": event.actor.username if event.actor else None,
        "about": event.about.username if event.about else None,
        "address": event.address,
        "details": event.details,
    }


def token_payload(token: ApiToken) -> dict[str, Any]:
    """A token without its secret, which is not stored."""
    return {
        "id": token.id,
        "name": token.name,
        "userId": token.user_id,
        "username": token.user.username,
        "createdAt": token.created_at,
        "lastUsedAt": token.last_used_at,
        "expiresAt": token.expires_at,
        "scopes": token.scopes.split(),
    }
