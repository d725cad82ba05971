"""Time zones by their names. ``shiftsync/__init__.py`` sees to it that they are those of the locked ``tzdata``."""

import logging
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

logger = logging.getLogger(__name__)

FALLBACK = "Asia/Tokyo"
"""The zone used for a restaurant whose own zone is unknown; also the default of a new restaurant."""

UNKNOWN_TO_BROWSERS = frozenset({"Factory", "localtime", "posixrules"})
"""Names that some systems know and no browser accepts; whole trees of them (``posix/…``, ``right/…``) are excluded
anyway."""


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The names that the server and every browser know."""
    return frozenset(available_timezones() - UNKNOWN_TO_BROWSERS)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """The zone of that name. An unknown one, saved before names were validated, is logged once and read as
    :data:`FALLBACK`."""
    if name in known_zones():
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError, ValueError):
            pass
    logger.warning("zone.unknown name=%r used=%s", name, FALLBACK)
    return ZoneInfo(FALLBACK)
