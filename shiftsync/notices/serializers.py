"""Notices, and how people want to be told, on the wire."""

from rest_framework import serializers

from shiftsync.core.lists import ListField
from shiftsync.core.serializers import WireSerializer
from shiftsync.notices.selectors import LANGUAGES, MOST_SHOWN

MOST_AT_ONCE = 500


class TextByLanguage(WireSerializer):
    """A text in every language that there is."""

    en = serializers.CharField(allow_blank=True)
    ja = serializers.CharField(allow_blank=True)


class NoticeSerializer(WireSerializer):
    """Something that you were told."""

    rest_name = "Notice"

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="One of those that `GET /api/me/notices/settings/` lists.")
    title = TextByLanguage()
    text = TextByLanguage(help_text="The rest of it; may have several lines.")
    place = serializers.CharField(
        allow_blank=True, help_text="The fragment of the page's address where more of it stands."
    )
    facts = serializers.DictField(help_text="What the words are made of; other for each kind.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class NoticesPayload(WireSerializer):
    """What you were told lately."""

    rest_name = "NoticesShown"

    notices = ListField(child=NoticeSerializer(), help_text=f"The newest first, {MOST_SHOWN} at most.")
    unread = serializers.IntegerField(help_text="How many of all you have not read.")


class NoticeNews(WireSerializer):
    """Your notices have changed."""

    unread = serializers.IntegerField(help_text="How many you have not read.")
    latest = NoticeSerializer(
        allow_null=True, help_text="The newest of those that have changed, as being new or being read; null: none has."
    )


class NoticesRead(WireSerializer):
    """Which you have read."""

    ids = ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=MOST_AT_ONCE,
        help_text="Without it: all. What is not yours, or not there, makes no difference.",
    )


class ChannelSwitches(WireSerializer):
    """The channels of a kind: true, you are told by it."""

    kind = serializers.CharField(max_length=40)
    page = serializers.BooleanField(required=False)
    push = serializers.BooleanField(required=False)
    mail = serializers.BooleanField(required=False)


class NoticeSettingsChanges(WireSerializer):
    """What to change of how you are told."""

    example = {"kinds": [{"kind": "schedule_published", "mail": False}], "language": "ja"}

    kinds = ListField(child=ChannelSwitches(), required=False, max_length=100)
    language = serializers.ChoiceField(
        choices=LANGUAGES, required=False, help_text="In which language to write to you."
    )


class KindSwitches(WireSerializer):
    """A kind of notice, and by which channels you are told of it."""

    kind = serializers.CharField()
    name = TextByLanguage()
    page = serializers.BooleanField()
    push = serializers.BooleanField()
    mail = serializers.BooleanField()


class NoticeSettingsSerializer(WireSerializer):
    """How you are told."""

    rest_name = "NoticeSettings"

    kinds = ListField(child=KindSwitches())
    language = serializers.ChoiceField(
        choices=LANGUAGES, allow_null=True, help_text="null: that of the restaurant's country."
    )
    mail_address = serializers.CharField(
        allow_null=True,
        help_text="Where mail goes: that of your account; null: it has none, or the server sends no mail.",
    )
    push_key = serializers.CharField(
        help_text="By which push services know this server: the `applicationServerKey` of a subscription."
    )


class PushPlace(WireSerializer):
    """A browser, as its push service calls it."""

    endpoint = serializers.CharField(max_length=1000, help_text="Of the browser's `PushSubscription`.")


class PushBrowser(PushPlace):
    """A browser to push to: its `PushSubscription`."""

    example = {
        "endpoint": "https://push.example.com/send/1",
        "p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
        "auth": "tBHItJI5svbpez7KI4CCXg",
        "language": "ja",
    }

    p256dh = serializers.CharField(max_length=100)
    auth = serializers.CharField(max_length=50)
    language = serializers.ChoiceField(choices=LANGUAGES, help_text="In which language to write there.")


class PushBrowsers(WireSerializer):
    """Where you are notified."""

    browsers = serializers.IntegerField(help_text="In how many browsers.")
