"""Who backs up which group."""

from uuid import UUID

from django.db import models

from settings_app.models import SettingsRow, StaffGroup
from settings_app.models.history import trailed
from staff.models import StaffMember


class BackupAssignment(SettingsRow):
    """``staff`` may be called for ``group`` on the days from ``effective_from`` until ``effective_until`` (inclusive).

    Of several backups of a group the one with the lowest ``priority_order`` is asked first.
    """

    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(StaffGroup, on_delete=models.CASCADE, related_name="+")
    assignment_type = models.CharField(max_length=50, default="regular")
    priority_order = models.IntegerField(default=1)
    effective_from = models.DateField(null=True, blank=True)
    effective_until = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)
    history = trailed("config_version", "staff", "group")

    staff_id: UUID
    group_id: UUID

    def __str__(self) -> str:
        return self.name or f"{self.staff} → {self.group}"
