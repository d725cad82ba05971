"""REST about settings."""
