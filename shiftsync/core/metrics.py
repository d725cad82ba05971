"""The metrics at ``/metrics``. Label values come from closed lists, so that clients cannot create new ones."""

from typing import Literal

from prometheus_client import Counter, Gauge, Histogram

Protocol = Literal["v1", "v2"]

CONNECTIONS = Gauge("shiftsync_connections", "Open sockets, by protocol version.", ["protocol"])
CLOSED = Counter("shiftsync_connections_closed", "Closed sockets, by close code.", ["code"])
MESSAGES = Counter("shiftsync_messages", "Messages received, by type and outcome.", ["type", "outcome"])
DELIVERED = Counter("shiftsync_frames_delivered", "Frames with changes queued for sockets.")
COMMIT_BATCH_SIZE = Histogram(
    "shiftsync_commit_batch_size", "Requests in one transaction.", buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
)
COMMIT_SECONDS = Histogram(
    "shiftsync_commit_seconds",
    "Time of one transaction, its commit included.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
HUB_LAG = Gauge("shiftsync_hub_lag_versions", "Versions that the hub was behind the database at its last poll.")
GAPS_FILLED = Counter(
    "shiftsync_hub_gaps_filled",
    "Times the hub read changes from the log, since they were not committed in this process.",
)
HINTS_LOST = Counter("shiftsync_hints_lost", "Hints that could not be handed to the channel layer.")

PROTOCOLS: tuple[Protocol, ...] = ("v1", "v2")
CLOSE_CODES = frozenset({1000, 1001, 1005, 1006, 1009, 1011, 1012, 1013, 4401, 4403, 4408})


def count_message(message_type: str | None, outcome: str) -> None:
    """Counts one message. ``message_type`` None stands for an unknown type; ``outcome`` is ``ok`` or an error code."""
    MESSAGES.labels(type=message_type or "unknown", outcome=outcome).inc()


def count_close(code: int | None) -> None:
    """Counts a closed socket; codes that we do not use count as ``other``."""
    CLOSED.labels(code=str(code) if code in CLOSE_CODES else "other").inc()


def open_connections() -> int:
    """The open sockets of this process."""
    return sum(int(CONNECTIONS.labels(protocol=protocol)._value.get()) for protocol in PROTOCOLS)
