"""What ``manage.py check`` says about an installation."""

from typing import Any

from django.conf import settings
from django.core import checks


def channel_layer(**_: Any) -> list[checks.CheckMessage]:
    """Warns of the in-memory layer outside development: it serves one process; clients of a second would see changes
    late."""
    in_memory = settings.CHANNEL_LAYERS["default"]["BACKEND"] == "channels.layers.InMemoryChannelLayer"
    if settings.DEBUG or not in_memory:
        return []
    return [
        checks.Warning(
            "The channel layer is in memory and reaches only one server process.",
            hint="Set REDIS_URL or run a single server process; otherwise processes learn of changes only by polling.",
            id="shiftsync.W001",
        )
    ]
