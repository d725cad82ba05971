"""All metrics of this process as text."""

from django.db import connection
from prometheus_client import generate_latest

from shiftsync import __version__
from shiftsync.core.metrics import BUILD, POOL, POOL_FAILED


def described() -> bytes:
    """All metrics of this process, those of its pool as they are now."""
    BUILD.labels(version=__version__).set(1)
    pool = getattr(connection, "pool", None) if connection.vendor == "postgresql" else None
    if pool is not None:
        stats = pool.get_stats()
        size, free = stats.get("pool_size", 0), stats.get("pool_available", 0)
        states = {"most": stats.get("pool_max", 0), "open": size, "in_use": size - free}
        for state, number in {**states, "waited_for": stats.get("requests_waiting", 0)}.items():
            POOL.labels(state=state).set(number)
        POOL_FAILED.set(stats.get("requests_errors", 0))
    return generate_latest()
