"""Swaps on the wire, for the socket and REST alike."""

from rest_framework import serializers

from schedules.models import SwapEnd, SwapState
from schedules.serializers.cells import ID_LENGTH, CellDifference
from schedules.serializers.wishes import TEXT_LENGTH
from shiftsync.core.examples import SOMEBODY
from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.realtime.protocol.payloads import ChangePayload


class BrokenRule(WireSerializer):
    """A hard rule that a swap would newly break, as a sentence."""

    message = serializers.CharField()
    message_ja = serializers.CharField()


class SwapSerializer(WireSerializer):
    """A swap of shifts. Those who only look have their own, and offers that they could take."""

    wire_name = "Swap"

    id = serializers.UUIDField()
    schedule_id = serializers.UUIDField()
    staff_id = serializers.UUIDField(help_text="Who gives the shift away.")
    date_key = serializers.DateField()
    shift_value = serializers.CharField(allow_blank=True, help_text="What was published in that cell.")
    other_id = serializers.UUIDField(
        allow_null=True,
        help_text="The colleague who was asked, or took it; null: nobody, or not for the reader to know.",
    )
    other_date_key = serializers.DateField(
        allow_null=True, help_text="The colleague's day that is asked for in return; null: none."
    )
    is_offer = serializers.BooleanField(help_text="To whoever takes it, instead of one colleague.")
    note = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=SwapState.choices)
    answer = serializers.CharField(allow_blank=True, help_text="The word that came with the answer.")
    ended = serializers.ChoiceField(choices=SwapEnd.choices, allow_null=True, help_text="Why it ended by itself.")
    cells = CellDifference(
        many=True,
        help_text="What an approval writes; empty as long as it is not known, and for those who only look until both have agreed.",
    )
    breaks = BrokenRule(many=True, required=False, help_text="Hard rules that it would newly break. For managers.")
    candidates = ListField(
        child=serializers.UUIDField(), required=False, help_text="Who could take an offer. For managers."
    )
    revision = serializers.IntegerField()


class SwapCreateFields(ChangePayload):
    """A shift that is offered, or a colleague who is asked."""

    example = {"staffId": SOMEBODY, "dateKey": "2025-08-02"}

    id = serializers.CharField(max_length=ID_LENGTH, required=False)
    staff_id = serializers.CharField(max_length=ID_LENGTH, help_text="Whose shift; of those who only look their own.")
    date_key = serializers.DateField()
    other_id = serializers.CharField(
        max_length=ID_LENGTH, required=False, help_text="The colleague who is asked; left out: whoever takes it."
    )
    other_date_key = serializers.DateField(
        required=False, help_text="The colleague's day that is asked for in return; left out: nothing."
    )
    note = serializers.CharField(max_length=TEXT_LENGTH, allow_blank=True, required=False)


class SwapCreatePayload(SwapCreateFields):
    """A shift of a schedule that is offered, or a colleague who is asked."""

    schedule_id = serializers.CharField(max_length=ID_LENGTH)


class SwapAnswerFields(ChangePayload):
    """What a colleague says to a swap."""

    example = {"accepts": True}

    accepts = serializers.BooleanField(help_text="Takes the shift, or agrees; false: declines, or steps back.")
    answer = serializers.CharField(max_length=TEXT_LENGTH, allow_blank=True, required=False)
    other_id = serializers.CharField(
        max_length=ID_LENGTH, required=False, help_text="Who takes it, where a manager says so for them."
    )


class SwapAnswerPayload(SwapAnswerFields):
    """What a colleague says to which swap."""

    swap_id = serializers.CharField(max_length=ID_LENGTH)


class SwapWithdrawPayload(ChangePayload):
    """A swap to withdraw."""

    swap_id = serializers.CharField(max_length=ID_LENGTH)


class SwapDecideFields(ChangePayload):
    """What a manager says to a swap."""

    example = {"approves": False, "answer": "banquet"}

    approves = serializers.BooleanField()
    answer = serializers.CharField(max_length=TEXT_LENGTH, allow_blank=True, required=False)
    anyway = serializers.BooleanField(required=False, help_text="Although it newly breaks hard rules.")


class SwapDecidePayload(SwapDecideFields):
    """What a manager says to which swap."""

    swap_id = serializers.CharField(max_length=ID_LENGTH)
