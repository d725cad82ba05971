"""Questions about schedules, each read of another restaurant's rows refused as if they did not exist."""
