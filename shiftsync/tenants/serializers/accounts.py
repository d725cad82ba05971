"""Oneself, who one is on the schedule, and QR codes, on the wire."""

from rest_framework import serializers

from shiftsync.core.qr import LONGEST
from shiftsync.core.serializers import WireSerializer
from shiftsync.tenants.serializers.restaurants import RestaurantSerializer


class MeSerializer(WireSerializer):
    """The user whose credentials were sent, and their restaurants."""

    id = serializers.UUIDField()
    user_id = serializers.UUIDField(help_text="As `CONNECTION_ACK` names you; the same as `id`.")
    user_name = serializers.CharField()
    username = serializers.CharField()
    display_name = serializers.CharField()
    restaurants = RestaurantSerializer(many=True)


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
