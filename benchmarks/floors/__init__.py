"""Bare programs that do the least that the task allows: what the server is measured against."""
