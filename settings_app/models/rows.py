"""What the rows of all settings tables have in common."""

from uuid import UUID

from django.db import models

from settings_app.models.versions import ConfigVersion
from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, Revisioned, SoftDeleted
from shiftsync.tenants.models import Restaurant


class SettingsRow(Identified, Revisioned, SoftDeleted):
    """A row of one settings table in one version.

    ``lineage_id`` is the id of the first row of its line, which copies carry on. A concrete table adds
    ``history = trailed("config_version")``.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    config_version = models.ForeignKey(ConfigVersion, on_delete=models.CASCADE, related_name="+")
    lineage_id = models.UUIDField(editable=False, default=new_id)
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)

    restaurant_id: UUID
    config_version_id: UUID

    class Meta:
        abstract = True
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name or f"({self._meta.verbose_name})"


class Weighed(models.Model):
    """A rule that must be kept, or should be, with a weight; from a day, until a day (both inclusive)."""

    penalty_weight = models.FloatField(default=1.0)
    is_hard_constraint = models.BooleanField(default=False)
    effective_from = models.DateField(null=True, blank=True)
    effective_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
