"""ShiftSync: a restaurant's staff and shift schedule, edited by several people at once."""

from zoneinfo import ZoneInfo, reset_tzpath

# zoneinfo asks the system's data first, which may be years older than the locked tzdata (Debian's 2025b has a restaurant in
# Vancouver an hour off from November 2026 on). Here, since every process imports this before anything reads a zone.
reset_tzpath(())
ZoneInfo.clear_cache()
