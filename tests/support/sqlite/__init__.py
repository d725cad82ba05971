"""SQLite as a backend that keeps what no test changes."""
