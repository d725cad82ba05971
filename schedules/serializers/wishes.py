"""Wishes on the wire, for the socket and REST alike."""

from rest_framework import serializers

from schedules.models import VALUE_LENGTH, WishKind, WishState
from schedules.serializers.cells import ID_LENGTH
from shiftsync.core.examples import SOMEBODY
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload

MOST_WEIGHT = 10
TEXT_LENGTH = 200
MOST_WISHES = 5_000


class WishFields(WireSerializer):
    """What is wished; all optional."""

    kind = serializers.ChoiceField(choices=WishKind.choices, required=False)
    shift_value = serializers.CharField(
        max_length=VALUE_LENGTH,
        allow_blank=True,
        required=False,
        help_text="The symbol of the shift that is preferred or avoided; blank for the other kinds.",
    )
    weight = serializers.IntegerField(
        min_value=1,
        max_value=MOST_WEIGHT,
        required=False,
        help_text="How much it counts for the generator; 3 unless given.",
    )
    note = serializers.CharField(max_length=TEXT_LENGTH, allow_blank=True, required=False)


class WishSerializer(WireSerializer):
    """A wish of one person for one day."""

    wire_name = "Wish"

    id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    staff_id = serializers.UUIDField()
    date_key = serializers.DateField()
    kind = serializers.ChoiceField(choices=WishKind.choices)
    shift_value = serializers.CharField(allow_blank=True)
    weight = serializers.IntegerField()
    note = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=WishState.choices)
    answer = serializers.CharField(allow_blank=True, help_text="The word that came with the answer.")
    taken_value = serializers.CharField(
        allow_blank=True,
        help_text="What was written into the cell. While the cell holds something else, a wish that was taken counts as open.",
    )
    made_by = serializers.CharField(allow_null=True, help_text="Who entered it; null: the system.")
    is_own = serializers.BooleanField(help_text="Entered by the person, not by a manager for them.")
    revision = serializers.IntegerField()


class WishTerms(WireSerializer):
    """Until when and how often staff may enter wishes."""

    deadline = serializers.DateField(
        allow_null=True, help_text="The last day on which staff may enter wishes; null: any."
    )
    limit = serializers.IntegerField(
        allow_null=True,
        help_text="How many wishes each may have in the period; null: as the restaurant says (`wishLimit`).",
    )


class WishCreateFields(WishFields, ChangePayload):
    """A wish to enter."""

    example = {"staffId": SOMEBODY, "dateKey": "2025-08-02", "kind": "off"}

    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    staff_id = serializers.CharField(max_length=ID_LENGTH)
    date_key = serializers.DateField()
    kind = serializers.ChoiceField(choices=WishKind.choices)


class WishCreatePayload(WishCreateFields):
    """A wish to enter for a schedule."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)


class WishUpdatePayload(ChangePayload):
    """What to change of a wish."""

    wish_id = serializers.CharField(max_length=ID_LENGTH)
    changes = WishFields()


class WishDeletePayload(ChangePayload):
    """A wish to withdraw."""

    wish_id = serializers.CharField(max_length=ID_LENGTH)


class WishDeletedPayload(WireSerializer):
    """A wish that was withdrawn."""

    wish_id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    staff_id = serializers.UUIDField()
    revision = serializers.IntegerField()


class WishAnswerFields(ChangePayload):
    """What is said to wishes."""

    example = {"state": "taken"}

    wish_ids = ListField(
        child=serializers.CharField(max_length=ID_LENGTH),
        required=False,
        max_length=MOST_WISHES,
        help_text="Left out: all open ones of the schedule.",
    )
    state = serializers.ChoiceField(choices=WishState.choices)
    answer = serializers.CharField(max_length=TEXT_LENGTH, allow_blank=True, required=False)


class WishAnswerPayload(WishAnswerFields):
    """What is said to wishes of a schedule."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)


class WishesAnsweredPayload(WireSerializer):
    """Wishes that were answered."""

    schedule_id = serializers.UUIDField()
    wishes = WishSerializer(many=True, help_text="Those that were answered, as they are now.")


class WishTermsFields(ChangePayload):
    """The terms to change."""

    example = {"deadline": "2025-07-10", "limit": 3}

    deadline = serializers.DateField(allow_null=True, required=False)
    limit = serializers.IntegerField(allow_null=True, required=False, min_value=0, max_value=366)


class WishTermsUpdatePayload(WishTermsFields):
    """The terms to change of a schedule."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)


class WishTermsUpdatedPayload(WishTerms):
    """The terms of a schedule, as they are now."""

    schedule_id = serializers.UUIDField()
