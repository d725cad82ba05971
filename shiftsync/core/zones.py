"""Time zones by their names. ``shiftsync/__init__.py`` sees to it that they are those of the locked ``tzdata``."""

import logging
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

logger = logging.getLogger(__name__)

FALLBACK = "Asia/Tokyo"
"""What a restaurant's days are counted by where its own zone cannot be read: the zone of one that names none."""

UNKNOWN_TO_BROWSERS = frozenset({"Factory", "localtime", "posixrules"})
"""Names that some systems have and no browser takes; whole trees of them (``posix/…``, ``right/…``) are in no list anyway."""


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names that the server and every browser know."""
    return frozenset(available_timezones() - UNKNOWN_TO_BROWSERS)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The zone of that name. An unknown one, saved before names were checked, is told of once and read as :data:`FALLBACK`."""
    if name in known_zones():
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError, ValueError):
            pass
    logger.warning("zone.unknown name=%r used=%s", name, FALLBACK)
    return ZoneInfo(FALLBACK)
