"""The change log of each restaurant: the one truth that every client follows."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from shiftsync.core.clock import now
from shiftsync.core.encoding import decode
from shiftsync.tenants.models import Restaurant


class Installation(models.Model):
    """The identity of this database towards others on the same Redis, whose pub/sub ignores database numbers. There is
    one row."""

    ONLY = 1

    number = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    id = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(number=1), name="installation_only_one")]

    def __str__(self) -> str:
        return str(self.id)


class CanaryEdit(models.Model):
    """What the canary of a server process wrote last (:mod:`shiftsync.realtime.hub.canary`). It is about no restaurant."""

    process = models.UUIDField(primary_key=True, editable=False)
    number = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.process}: {self.number}"


class Stream(models.Model):
    """A restaurant's counter of changes. Its row is locked by every change, so versions have neither gaps nor ties.

    ``epoch`` changes only when history itself does (a restored backup). The log has every version above ``floor``.
    """

    restaurant = models.OneToOneField(Restaurant, on_delete=models.CASCADE, primary_key=True, related_name="stream")
    epoch = models.UUIDField(default=uuid4)
    version = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.restaurant_id} at {self.version}"


class Change(models.Model):
    """One acknowledged change: what happened, by whom, and the message that announces it.

    ``payload`` and ``old_values`` are JSON text, kept as it was broadcast: a replay sends the same bytes. ``undoes`` is
    the version that this change undoes or redoes, ``is_undo`` which of the two; ``is_dropped`` means that its author
    discarded the option to undo it.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="changes", db_index=False)
    version = models.BigIntegerField()
    topic = models.CharField(max_length=32)
    type = models.CharField(max_length=64)
    entity = models.CharField(max_length=32)
    entity_id = models.CharField(max_length=64, blank=True)
    payload = models.TextField()
    old_values = models.TextField(default="{}")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    client_id = models.CharField(max_length=100, null=True)  # noqa: DJ001  # the system has none
    request_id = models.UUIDField(null=True)
    undoes = models.BigIntegerField(null=True)
    is_undo = models.BooleanField(default=False)
    is_dropped = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restaurant", "version"], name="change_once_per_version")]
        indexes = [models.Index(fields=["restaurant", "client_id", "version"], name="change_by_client")]

    def __str__(self) -> str:
        return f"{self.version} {self.type}"

    @property
    def old(self) -> dict[str, object]:
        """``old_values`` as Python values."""
        old: dict[str, object] = decode(self.old_values)
        return old


class ClientBinding(models.Model):
    """Binds a client id to the user who used it first. Pruned together with the remembered requests."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    client_id = models.CharField(max_length=100)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["restaurant", "client_id"], name="client_of_one_user")]

    def __str__(self) -> str:
        return self.client_id


class Request(models.Model):
    """A request and its answer, an acknowledgement or a refusal, so that a repeat changes nothing and gets the same
    answer.

    ``version`` is the restaurant's version afterwards, whether or not anything changed.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    request_id = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    version = models.BigIntegerField()
    answer = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "request_id", "user"], name="request_once_per_user")
        ]

    def __str__(self) -> str:
        return str(self.request_id)
