"""What a worker does with a generation job."""
