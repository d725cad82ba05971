"""Staff members: who they are, when they are employed, how they work."""

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
