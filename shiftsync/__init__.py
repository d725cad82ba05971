"""ShiftSync: a restaurant's staff and shift schedule, edited by several people at once."""

from zoneinfo import ZoneInfo, reset_tzpath

# zoneinfo prefers the system's data, which may be years older than the locked tzdata (with Debian's 2025b, Vancouver is
# an hour off from November 2026). Set here because every process imports this before anything reads a zone.
reset_tzpath(())
ZoneInfo.clear_cache()

__version__ = "0.2.0"  # as pyproject.toml says, which an installation need not have beside it
