"""Calendars, schedules, cells and jobs in the admin; importing this package registers the pages."""

from schedules.admin import calendar, generation, overview, problems, schedules, swaps, wishes

__all__ = ["calendar", "generation", "overview", "problems", "schedules", "swaps", "wishes"]
