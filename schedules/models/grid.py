"""Schedules, their cells, and what was published of them."""

from django.conf import settings
from django.db import models

from schedules.models.calendar import Period
from schedules.models.shift_types import VALUE_LENGTH
from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, Revisioned, audited
from shiftsync.tenants.models import Restaurant
from staff.models import StaffMember


class ScheduleState(models.TextChoices):
    """Whether viewers have something to see."""

    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"


class Schedule(Identified, Revisioned):
    """The grid of one period. ``publication`` is what viewers see of it; null: it is not published.

    ``wish_deadline`` is the last day on which staff may enter wishes for it, ``wish_limit`` how many each of them; null: no such bound.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="schedules")
    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="schedule")
    state = models.CharField(max_length=9, choices=ScheduleState.choices, default=ScheduleState.DRAFT)
    publication = models.ForeignKey(
        "Publication", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    wish_deadline = models.DateField(null=True, blank=True)
    wish_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = audited(unindexed=["restaurant", "publication"])

    class Meta:
        ordering = ["period__start_date"]

    def __str__(self) -> str:
        return f"{self.period} ({self.get_state_display()})"


class Shift(models.Model):
    """One cell. A blank value is an empty cell that was once filled or locked; a locked cell refuses edits."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="shifts", db_index=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="shifts")
    date = models.DateField()
    value = models.CharField(max_length=VALUE_LENGTH, blank=True)
    is_locked = models.BooleanField(default=False)
    revision = models.BigIntegerField(default=0, editable=False)
    history = audited(unindexed=["restaurant", "schedule", "staff"])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "staff", "date"], name="shift_once_per_cell")]

    def __str__(self) -> str:
        return f"{self.date} {self.value}"


class Cover(models.Model):
    """A backup was called on this day for this group. Holds as long as the cell holds the shift that it was called to.

    Whoever edits the cell otherwise ends it; taking that edit back brings it back. The group is one of the settings' version
    that was active then.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="covers", db_index=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    group_id = models.UUIDField()
    value = models.CharField(max_length=VALUE_LENGTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "staff", "date"], name="cover_once_per_cell")]

    def __str__(self) -> str:
        return f"{self.date} {self.value}"


class Publication(Identified):
    """A month as it was published: all that a reader needs, and never changed afterwards.

    ``number`` counts the publications of a schedule from 1. ``document`` is a ``schedules.rules.publication.Document``.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="publications", db_index=False)
    number = models.PositiveIntegerField()
    document = models.JSONField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["schedule", "-number"]
        constraints = [models.UniqueConstraint(fields=["schedule", "number"], name="publication_once_per_number")]

    def __str__(self) -> str:
        return f"{self.published_at:%Y-%m-%d} #{self.number}"


class PublicationView(models.Model):
    """Somebody has seen a publication: a user on a page, or a person of the staff through their calendar feed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="views", db_index=False)
    viewer_id = models.UUIDField()
    is_feed = models.BooleanField()
    name = models.CharField(max_length=200, blank=True)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "viewer_id", "is_feed"], name="publication_view_once_per_viewer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.last_seen_at:%Y-%m-%d}"


class FeedLink(Identified):
    """A secret address at which a person's published shifts can be subscribed to. Only the secret's digest is kept."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="feed_links")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"], condition=models.Q(revoked_at=None), name="feed_link_one_for_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}"
