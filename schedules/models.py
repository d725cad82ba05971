"""Periods, calendar days, shift types, schedules and their cells."""

from django.conf import settings
from django.db import models

from shiftsync.core.ids import new_id
from shiftsync.core.models import Identified, Revisioned, SoftDeleted, audited
from shiftsync.tenants.models import Restaurant
from staff.models import StaffMember

VALUE_LENGTH = 20


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


class WishKind(models.TextChoices):
    """What somebody wishes for a day. ``prefer`` and ``avoid`` name a shift."""

    OFF = "off", "wants the day off"
    CANNOT = "cannot", "cannot work"
    PREFER = "prefer", "prefers a shift"
    AVOID = "avoid", "avoids a shift"


class WishState(models.TextChoices):
    """What a manager said to a wish."""

    OPEN = "open", "not answered"
    TAKEN = "taken", "taken"
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


class JobKind(models.TextChoices):
    """What a job makes."""

    GENERATE = "generate", "generate"
    REPAIR = "repair", "repair"


class JobStatus(models.TextChoices):
    """Where a job stands. ``infeasible``: hard rules must be broken; the best schedule is there all the same."""

    QUEUED = "queued", "queued"
    RUNNING = "running", "running"
    OPTIMAL = "optimal", "optimal"
    FEASIBLE = "feasible", "feasible"
    INFEASIBLE = "infeasible", "infeasible"
    CANCELLED = "cancelled", "cancelled"
    FAILED = "failed", "failed"


ACTIVE_JOB = (JobStatus.QUEUED, JobStatus.RUNNING)


class GenerationJob(Identified):
    """One run of the generator: who asked for what, how far it is, and the proposal that came out.

    ``beat`` grows with all that is worth telling. ``holder`` names the run that works on it, as long as ``lease_until``
    lies ahead; a running job whose lease has lapsed was dropped and is queued again. ``task_id`` is its task in the queue.
    ``base_version`` is the version of the restaurant that the proposal was made from.
    """

    restaurant = models.ForeignKey(Restaurant, on_delete=models.CASCADE, related_name="+", db_index=False)
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="jobs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    client_id = models.CharField(max_length=100, null=True)  # noqa: DJ001  # the system has none
    kind = models.CharField(max_length=8, choices=JobKind.choices)
    options = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED)
    progress = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error = models.CharField(max_length=500, blank=True)
    base_version = models.BigIntegerField(null=True)
    beat = models.BigIntegerField(default=0)
    holder = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    task_id = models.UUIDField(null=True)
    cancel_requested = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["restaurant", "-created_at"], name="job_by_restaurant")]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule"], condition=models.Q(status__in=ACTIVE_JOB), name="job_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def is_active(self) -> bool:
        """Whether it is queued or running."""
        return self.status in ACTIVE_JOB
