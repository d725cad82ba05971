"""Versions of a restaurant's settings."""

from django.conf import settings
from django.db import models

from settings_app.models.history import trailed
from shiftsync.core.models import Identified, Revisioned
from shiftsync.tenants.models import Restaurant


class ConfigVersion(Identified, Revisioned):
    """A whole set of settings. Exactly one of a restaurant ``is_active``: it is read, edited and planned with.

    Numbers have no gaps: a deleted version keeps its row and its number. ``activated_at`` is when it was first active;
    from then on it cannot be deleted. ``source_hash`` tells what was taken from the file that it was migrated from.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="config_versions")
    version_number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    is_active = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    activated_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    source_hash = models.CharField(max_length=64, blank=True)
    history = trailed("created_by")

    class Meta:
        verbose_name = "version of the settings"
        verbose_name_plural = "versions of the settings"
        ordering = ["-version_number"]
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "version_number"], name="config_version_number_once"),
            models.UniqueConstraint(
                fields=["restaurant"], condition=models.Q(is_active=True), name="config_version_one_active"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(deleted_at=None), name="config_version_active_is_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_number}: {self.name}"
