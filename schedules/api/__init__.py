"""REST about the staff of a period, calendars, schedules and cells."""
