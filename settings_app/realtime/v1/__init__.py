"""What is peculiar to version 1 clients among the messages about settings."""
