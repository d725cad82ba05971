"""Staff members: who they are, when they are employed, how they work, and when they can."""

from django.conf import settings
from django.db import models

from shiftsync.core.models import Identified, Revisioned, SoftDeleted, audited
from shiftsync.tenants.models import Restaurant


class BlankMeans(models.TextChoices):
    """What an empty cell says of a person: they work as usual, or they are not scheduled."""

    WORK = "work", "works as usual"
    FREE = "free", "is not scheduled"


class StaffMember(Identified, Revisioned, SoftDeleted):
    """A person on the schedule.

    ``start_period`` and ``end_period`` hold ``{"year", "month", "day"?}`` or None, as the wire has them: the first and the last
    day of employment, or month where no day is given. ``allowed_shift_types`` lists shift symbols; an empty list allows all.

    ``terms`` and ``employments`` are empty while type, status, what a blank means and the allowed shift types have always been the
    same, and the employment has no gap; else they hold all of them, dated, and the columns what holds today (:mod:`staff.terms`).
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="staff")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=50, blank=True)
    status = models.CharField(max_length=50, blank=True)
    staff_order = models.IntegerField(default=0)
    start_period = models.JSONField(null=True, blank=True)
    end_period = models.JSONField(null=True, blank=True)
    blank_means = models.CharField(max_length=4, choices=BlankMeans.choices, default=BlankMeans.WORK)
    allowed_shift_types = models.JSONField(default=list, blank=True)
    terms = models.JSONField(default=list, blank=True, editable=False)
    employments = models.JSONField(default=list, blank=True, editable=False)
    history = audited()

    class Meta:
        ordering = ["staff_order", "created_at", "id"]

    def __str__(self) -> str:
        return self.name


class Availability(Identified, Revisioned, SoftDeleted):
    """When a person can work on some weekdays, week after week, from ``valid_from`` to ``valid_until`` (None: until further notice).

    ``weekdays`` counts from 0, Sunday. Without times they cannot work on those days at all; with them only from ``available_from`` on,
    only until ``available_until``, or between the two. An end at or before the beginning lies on the next day. Of one person no two
    entries are about the same weekday on the same day. ``is_own``: the person entered it, not a manager for them.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    weekdays = models.JSONField()
    available_from = models.TimeField(null=True, blank=True)
    available_until = models.TimeField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    is_own = models.BooleanField(default=False, editable=False)
    history = audited(unindexed=["restaurant", "staff"])

    class Meta:
        ordering = ["valid_from", "created_at", "id"]
        verbose_name_plural = "availability"
        indexes = [models.Index(fields=["restaurant", "valid_from"], name="availability_by_restaurant")]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.weekdays}"
