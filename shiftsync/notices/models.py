"""What users have been told of, by which channels they want to be, and what was sent."""

from django.db import models

from shiftsync.core.clock import now
from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, OnItsWay, audited
from shiftsync.tenants.models import Restaurant, User


class Channel(models.TextChoices):
    """A way to tell somebody."""

    PAGE = "page", "in the page"
    PUSH = "push", "by push"
    MAIL = "mail", "by mail"


SENT_BY_WORKERS = (Channel.PUSH, Channel.MAIL)


class Notice(models.Model):
    """Something that one user is told. Written in the transaction of the change that it tells of.

    ``source`` says what it tells of: a user is told of the same once. ``changed_at`` moves when it is read, so that other pages of the
    user learn of it. ``routed_at``: when a worker has made its deliveries of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=100)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    routed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "user", "kind", "source"], name="notice_once_of_a_source"),
        ]
        indexes = [
            models.Index(fields=["user", "restaurant", "-created_at"], name="notice_by_user"),
            models.Index(fields=["restaurant", "changed_at"], name="notice_by_change"),
            models.Index(fields=["created_at"], condition=models.Q(routed_at=None), name="notice_unrouted"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class NoticeSettings(Identified):
    """By which channels a user is told in a restaurant. ``switched_off``: the channels by kind; what is not named is on."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    switched_off = models.JSONField(default=dict)
    language = models.CharField(max_length=2, blank=True)
    history = audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "user"], name="notice_settings_once_for_a_user"),
        ]

    def __str__(self) -> str:
        return f"notice settings of {self.user_id}"


class NoticeDelivery(OnItsWay):
    """A notice on its way by a channel; ``target`` is where to, if there are several places. There is one for each."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    target = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel", "target"], name="notice_delivery_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="notice_delivery_waiting"
            ),
            models.Index(fields=["created_at"], name="notice_delivery_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class LetterKind(models.TextChoices):
    """What a mail about an account is."""

    RESET = "reset", "a new password may be set"
    CONFIRM = "confirm", "an address is to be confirmed"
    NAMED = "named", "another address was named"
    CHANGED = "changed", "the address is another one"
    REMOVED = "removed", "the address was removed"


class Letter(OnItsWay):
    """A mail about an account, of no restaurant, and not to be switched off.

    ``given`` is what somebody who forgot their password has typed; a worker finds out whose that is, and blanks it, since people type
    passwords where a name belongs. ``origin`` is where the installation was asked, ``asked_from`` by whom. No link stands here: it is
    made when the mail is.
    """

    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    given = models.CharField(max_length=254, blank=True)
    address = models.CharField(max_length=254, blank=True)
    other = models.CharField(max_length=254, blank=True)
    origin = models.CharField(max_length=300)
    language = models.CharField(max_length=2)
    asked_from = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=models.Q(state="waiting"), name="letter_waiting"),
            models.Index(fields=["created_at"], name="letter_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class PushKey(models.Model):
    """The key by which push services know this installation; one row. It is made of the server's key and ``nonce``, and stands nowhere;
    ``digest`` tells whether the server's key is still the same."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    nonce = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    public = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.public


class PushSubscription(models.Model):
    """A browser of a user that may be pushed to, as its push service has said. It ends with the sign-in that made it (``session``: a
    digest of that), with a new password, and when its push service knows it no more.

    There is no history of it: whoever has ``endpoint`` and the keys can send to that browser, so they go when it ends.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000)
    place = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=50)
    language = models.CharField(max_length=2)
    session = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "place"], name="push_subscription_once_in_a_browser"),
        ]
        indexes = [models.Index(fields=["place"], name="push_subscription_by_place")]

    def __str__(self) -> str:
        return f"a browser of {self.user_id}"
