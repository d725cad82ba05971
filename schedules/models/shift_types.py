"""The kinds of shift that a cell can hold."""

from django.db import models

from shiftsync.core.models import Identified, Revisioned, SoftDeleted, audited
from shiftsync.tenants.models import Restaurant

VALUE_LENGTH = 20


class ShiftKind(models.TextChoices):
    """What a shift symbol means."""

    NORMAL = "normal", "normal"
    EARLY = "early", "early"
    LATE = "late", "late"
    OFF = "off", "off"
    DESIGNATED_OFF = "designated_off", "designated off"
    SPECIAL = "special", "special"


MAX_ALIASES = 50


class ShiftType(Identified, Revisioned, SoftDeleted):
    """A symbol that may stand in a cell. ``off_equivalent`` is what it counts as days off (× and ★ 1).

    ``aliases`` are words that mean it when they are typed, besides its labels. ``is_leave``: leave that somebody asked for, which is no
    pattern to be copied to another week or month.

    ``times`` is empty while the type has always been worked at the same time; else it holds all its times, dated, and ``start_time`` and
    ``end_time`` show what holds today (:mod:`schedules.rules.times`).
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="shift_types")
    symbol = models.CharField(max_length=VALUE_LENGTH)
    kind = models.CharField(max_length=16, choices=ShiftKind.choices)
    label_ja = models.CharField(max_length=50, blank=True)
    label_en = models.CharField(max_length=50, blank=True)
    color = models.CharField(max_length=20, blank=True)
    start_time = models.TimeField(null=True, blank=True)
    end_time = models.TimeField(null=True, blank=True)
    times = models.JSONField(default=list, blank=True)
    off_equivalent = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    aliases = models.JSONField(default=list, blank=True)
    is_leave = models.BooleanField(default=False)
    history = audited()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["restaurant", "symbol"], condition=models.Q(is_active=True), name="shift_type_once_per_symbol"
            )
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.label_ja}"
