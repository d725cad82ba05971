"""PostgreSQL as a backend that empties its tables quickly."""
