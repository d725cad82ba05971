"""What ``manage.py check`` says about an installation; with ``--deploy`` also whether what it needs is there."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import checks

from shiftsync.core.surroundings import database_problem, frontend_problem, redis_problem


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


def _needed(number: int, ask: Callable[[], str | None], what: str) -> Callable[..., list[checks.CheckMessage]]:
    def check(**_: Any) -> list[checks.CheckMessage]:
        problem = ask()
        return [] if problem is None else [checks.Error(f"{what} {problem}.", id=f"shiftsync.E00{number}")]

    return check


deployed = (
    _needed(1, database_problem, "The database cannot be used:"),
    _needed(2, redis_problem, "Redis cannot be used:"),
    _needed(3, frontend_problem, "The front end cannot be served:"),
)
"""Each is asked afresh, and names where it looked."""
