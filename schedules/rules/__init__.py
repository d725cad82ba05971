"""Pure rules of schedules: no database, no clock."""
