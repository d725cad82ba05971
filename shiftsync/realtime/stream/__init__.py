"""The change log of each restaurant and the one way to write to it."""
