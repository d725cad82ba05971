"""What the staff ask for: wishes and swaps."""

from django.conf import settings
from django.db import models

from schedules.models.grid import Schedule
from schedules.models.shift_types import VALUE_LENGTH
from shiftsync.core.models import Identified, Revisioned, SoftDeleted, audited
from shiftsync.tenants.models import Restaurant
from staff.models import StaffMember


class WishKind(models.TextChoices):
    """What somebody wishes for a day. ``prefer`` and ``avoid`` name a shift."""

    OFF = "off", "wants the day off"
    CANNOT = "cannot", "cannot work"
    PREFER = "prefer", "prefers a shift"
    AVOID = "avoid", "avoids a shift"


class WishState(models.TextChoices):
    """What a manager said to a wish."""

    OPEN = "open", "not answered"
    TAKEN = "taken", "granted"
    DECLINED = "declined", "declined"


class Wish(Identified, Revisioned, SoftDeleted):
    """What one person wishes for one day. It never changes a cell by itself.

    ``value`` is the symbol of the shift that is preferred or avoided, blank for the others. ``answer`` is the word that came with the
    ``state``. ``taken_value`` is what was written into the cell for it: as long as the cell holds that, the wish is in the grid;
    whoever edits the cell otherwise opens it again, and taking that edit back brings it back. ``is_own``: the person entered it, not a
    manager for them.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="wishes", db_index=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=WishKind.choices)
    value = models.CharField(max_length=VALUE_LENGTH, blank=True)
    weight = models.PositiveSmallIntegerField(default=3)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=WishState.choices, default=WishState.OPEN)
    answer = models.CharField(max_length=200, blank=True)
    taken_value = models.CharField(max_length=VALUE_LENGTH, blank=True, editable=False)
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
    history = audited(unindexed=["restaurant", "schedule", "staff"])

    class Meta:
        ordering = ["date", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "staff", "date"], condition=models.Q(is_active=True), name="wish_once_per_cell"
            )
        ]
        indexes = [models.Index(fields=["schedule", "date"], name="wish_by_schedule")]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()} {self.value}".rstrip()


class SwapState(models.TextChoices):
    """Where a swap stands. ``open`` waits for a colleague, ``accepted`` for a manager; the others are over."""

    OPEN = "open", "waits for a colleague"
    ACCEPTED = "accepted", "waits for a manager"
    APPROVED = "approved", "approved"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "withdrawn"
    ENDED = "ended", "ended by itself"


PENDING_SWAP = (SwapState.OPEN, SwapState.ACCEPTED)


class SwapEnd(models.TextChoices):
    """Why a swap ended by itself."""

    CHANGED = "changed", "a cell has changed"
    PAST = "past", "the day is over"
    LEFT = "left", "somebody has left"
    UNPUBLISHED = "unpublished", "the month was taken back"


class Swap(Identified, Revisioned):
    """Somebody gives away a published shift: to whoever takes it (``is_offer``), or to ``other``, for nothing or for their ``other_date``.

    ``value`` is the published value of the shift. ``cells`` is what an approval writes, ``[{staffId, dateKey, previousValue,
    shiftValue}]``; blank as long as nobody has taken an offer. ``candidates`` are the ids of those who could take an offer when it was
    made, ``breaks`` the sentences of the hard rules that the swap would newly break, as it was judged when a colleague agreed.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="swaps", db_index=False)
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    date = models.DateField()
    value = models.CharField(max_length=VALUE_LENGTH, blank=True)
    other = models.ForeignKey(StaffMember, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    other_date = models.DateField(null=True, blank=True)
    is_offer = models.BooleanField(default=False, editable=False)
    candidates = models.JSONField(default=list, editable=False)
    cells = models.JSONField(default=list, editable=False)
    breaks = models.JSONField(default=list, editable=False)
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=9, choices=SwapState.choices, default=SwapState.OPEN)
    answer = models.CharField(max_length=200, blank=True)
    ended = models.CharField(max_length=11, choices=SwapEnd.choices, blank=True)
    history = audited(unindexed=["restaurant", "schedule", "staff", "other"])

    class Meta:
        ordering = ["date", "created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "staff", "date"],
                condition=models.Q(state__in=PENDING_SWAP),
                name="swap_one_pending_for_a_cell",
            )
        ]
        indexes = [models.Index(fields=["schedule", "date"], name="swap_by_schedule")]

    def __str__(self) -> str:
        return f"{self.date} {self.value}".rstrip()
