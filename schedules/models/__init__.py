"""Periods, calendar days, shift types, schedules and their cells, wishes, swaps and jobs."""

from schedules.models.asked import PENDING_SWAP, Swap, SwapEnd, SwapState, Wish, WishKind, WishState
from schedules.models.calendar import CalendarDay, ClosingPattern, ClosingRule, DayKind, HolidayCase, Period
from schedules.models.grid import Cover, FeedLink, Publication, PublicationView, Schedule, ScheduleState, Shift
from schedules.models.jobs import ACTIVE_JOB, GenerationJob, JobKind, JobStatus
from schedules.models.shift_types import MAX_ALIASES, VALUE_LENGTH, ShiftKind, ShiftType

__all__ = [
    "ACTIVE_JOB",
    "MAX_ALIASES",
    "PENDING_SWAP",
    "VALUE_LENGTH",
    "CalendarDay",
    "ClosingPattern",
    "ClosingRule",
    "Cover",
    "DayKind",
    "FeedLink",
    "GenerationJob",
    "HolidayCase",
    "JobKind",
    "JobStatus",
    "Period",
    "Publication",
    "PublicationView",
    "Schedule",
    "ScheduleState",
    "Shift",
    "ShiftKind",
    "ShiftType",
    "Swap",
    "SwapEnd",
    "SwapState",
    "Wish",
    "WishKind",
    "WishState",
]
