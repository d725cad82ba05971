"""What changes settings."""
