"""Periods, and the days that are not like the others."""

from django.db import models

from shiftsync.core.models import Identified, Revisioned, SoftDeleted, audited
from shiftsync.tenants.models import Restaurant


class Period(Identified, Revisioned):
    """A stretch of days that is planned as one. Its index is its place among the restaurant's periods by start."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="periods")
    start_date = models.DateField()
    end_date = models.DateField()
    history = audited()

    class Meta:
        ordering = ["start_date"]
        constraints = [
            models.UniqueConstraint(fields=["restaurant", "start_date"], name="period_once_per_start"),
            models.CheckConstraint(
                condition=models.Q(end_date__gte=models.F("start_date")), name="period_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start_date} – {self.end_date}"


class DayKind(models.TextChoices):
    """What is special about a day."""

    CLOSED = "closed", "closed"
    ALL_WORK = "all_work", "everybody works"
    OPEN = "open", "open despite recurring closings"


class CalendarDay(Identified, Revisioned):
    """A day that is not like the others. Blank ``kind`` and ``note``: an ordinary day that once was special."""

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="calendar_days")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=DayKind.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    history = audited()

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["restaurant", "date"], name="calendar_day_once_per_date")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class ClosingPattern(models.TextChoices):
    """How a closing repeats."""

    WEEKLY = "weekly", "every week"
    MONTHLY = "monthly", "in certain weeks of the month"
    YEARLY = "yearly", "every year"


class HolidayCase(models.TextChoices):
    """What becomes of a repeated closing that falls on a public holiday."""

    CLOSED = "closed", "closed anyway"
    OPEN = "open", "open"
    NEXT_DAY = "next_day", "closed on the next non-holiday instead"


class ClosingRule(Identified, Revisioned, SoftDeleted):
    """A closing that repeats; what its fields mean is told by ``schedules.rules.closings.Closing``.

    A calendar day of kind ``open`` or ``all_work`` is an exception to every one of them.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="closing_rules")
    repeats = models.CharField(max_length=8, choices=ClosingPattern.choices)
    days_of_week = models.JSONField(default=list, blank=True)
    weeks = models.JSONField(default=list, blank=True)
    from_day = models.CharField(max_length=5, blank=True)
    to_day = models.CharField(max_length=5, blank=True)
    on_holiday = models.CharField(max_length=8, choices=HolidayCase.choices, default=HolidayCase.CLOSED)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    history = audited()

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_repeats_display()} {self.note}"
