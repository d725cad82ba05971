"""What schedules adds to other apps: rows of a new restaurant, and the past that a person has."""
