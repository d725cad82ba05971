"""ShiftSync: a restaurant's staff and shift schedule, edited by several people at once."""
