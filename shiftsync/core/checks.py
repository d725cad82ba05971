"""What ``manage.py check`` says about an installation."""

from typing import Any

from django.conf import settings
from django.core import checks


def channel_layer(**_: Any) -> list[checks.CheckMessage]:
    """The in-memory layer outside development: fine for one process, slow for the clients of a second."""
    in_memory = settings.CHANNEL_LAYERS["default"]["BACKEND"] == "channels.layers.InMemoryChannelLayer"
    if settings.DEBUG or not in_memory:
        return []
    return [
        checks.Warning(
            "The channel layer is in memory, so it reaches one server process only.",
            hint="Set REDIS_URL, or run a single server process: others would learn of changes by polling alone.",
            id="shiftsync.W001",
        )
    ]
