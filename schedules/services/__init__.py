"""What changes calendars, schedules and cells; each module is about one of them."""
