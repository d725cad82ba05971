"""Calendars, schedules and cells in the admin; importing this package registers the pages."""

from schedules.admin import calendar, schedules

__all__ = ["calendar", "schedules"]
