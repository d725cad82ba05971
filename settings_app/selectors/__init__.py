"""Reading settings. What is of another restaurant does not exist."""
