"""What happens to calendars, schedules and their cells: the events of the change log, and the payloads that they carry."""
