"""What every settings table promises, by its description."""
