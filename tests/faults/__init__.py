"""What must hold when parts of the system fail."""
