"""Addresses of other people's programs that are told of a restaurant's changes, how far each has been told, and every attempt."""

from django.db import models

from shiftsync.core.clock import now
from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, audited
from shiftsync.tenants.models import Restaurant


class WebhookState(models.TextChoices):
    """Whether deliveries are made. Where they are not, what happens meanwhile waits in the log."""

    ACTIVE = "active", "active"
    PAUSED = "paused", "paused by an owner"
    FAILING = "failing", "disabled, since deliveries had failed for days"
    GONE = "gone", "disabled, since the receiver answered that it is gone"


class Webhook(Identified):
    """An address that is told of changes. ``events``: names of events, areas (``staff.*``) or all (``*``).

    Its secrets stand nowhere: they are made of the server's key and a nonce. ``secret_digest`` tells whether the key is still the same.
    The former secret signs as well until ``former_until``.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=1000)
    description = models.CharField(max_length=200, blank=True)
    events = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=WebhookState.choices, default=WebhookState.ACTIVE)
    nonce = models.CharField(max_length=64, editable=False)
    secret_digest = models.CharField(max_length=64, editable=False)
    former_nonce = models.CharField(max_length=64, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    history = audited()

    def __str__(self) -> str:
        return self.url


class WebhookCursor(models.Model):
    """How far a webhook has been told: everything up to ``version`` of ``epoch`` was delivered, or is none of its events.

    ``holder`` is the turn of a worker that delivers now, until ``lease_until`` unless it is heard of again.
    """

    webhook = models.OneToOneField(Webhook, on_delete=models.CASCADE, primary_key=True, related_name="cursor")
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    epoch = models.UUIDField()
    version = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(default=now)
    holder = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.webhook_id} at {self.version}"


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", "waiting"
    SUCCEEDED = "succeeded", "succeeded"
    FAILED = "failed", "failed"


class WebhookDelivery(models.Model):
    """One attempt to deliver an event, or one that an owner asked for and that waits for a worker.

    ``version`` None: of no change. ``event_id`` is the same in all attempts. ``status`` None: there was no answer; ``error`` says why.
    ``response`` is the beginning of what was answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    version = models.BigIntegerField(null=True)
    event = models.CharField(max_length=100)
    event_id = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=DeliveryState.choices)
    attempt = models.PositiveIntegerField(default=1)
    is_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    response = models.CharField(max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["webhook", "-created_at"], name="delivery_by_webhook"),
            models.Index(fields=["webhook"], condition=models.Q(state="waiting"), name="delivery_waiting"),
            models.Index(fields=["created_at"], name="delivery_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
