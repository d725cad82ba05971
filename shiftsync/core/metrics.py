"""The metrics at ``/metrics``. Label values come from closed lists, so that clients cannot create new ones."""

from typing import Literal

from prometheus_client import Counter, Gauge, Histogram

Protocol = Literal["v1", "v2"]

CONNECTIONS = Gauge("shiftsync_connections", "Open sockets, by protocol version.", ["protocol"])
CLOSED = Counter("shiftsync_connections_closed", "Closed sockets, by close code.", ["code"])
REFUSED = Counter(
    "shiftsync_connections_refused", "Sockets that were not let in, by the code of their refusal.", ["reason"]
)
SIGN_INS = Counter(
    "shiftsync_sign_ins", "Attempts to sign in with a password: ok, wrong, too_many guesses, or busy.", ["outcome"]
)
MESSAGES = Counter("shiftsync_messages", "Messages received, by type and outcome.", ["type", "outcome"])
DELIVERED = Counter("shiftsync_frames_delivered", "Frames with changes queued for sockets.")
COMMIT_BATCH_SIZE = Histogram(
    "shiftsync_commit_batch_size",
    "Requests in one transaction that was committed.",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
)
COMMIT_SECONDS = Histogram(
    "shiftsync_commit_seconds",
    "Time of one transaction that was committed, its commit included; without waiting for its turn.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
HUB_LAG = Gauge("shiftsync_hub_lag_versions", "Versions that the hub was behind the database at its last poll.")
GAPS_FILLED = Counter(
    "shiftsync_hub_gaps_filled",
    "Times the hub read changes from the log, since they were not committed in this process.",
)
HINTS_LOST = Counter("shiftsync_hints_lost", "Hints that could not be handed to the channel layer.")
CANARY = Counter(
    "shiftsync_canary",
    "Edits of this process's own canary: ok, unwritten (the database took none in time), unheard (the news did not come back).",
    ["outcome"],
)
CANARY_SECONDS = Histogram(
    "shiftsync_canary_seconds",
    "Time from such an edit until it was heard.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
HTTP_REQUESTS = Counter(
    "shiftsync_http_requests",
    "HTTP requests, by part of the product, method and kind of answer (none: the client hung up before).",
    ["area", "method", "status"],
)
HTTP_SECONDS = Histogram("shiftsync_http_seconds", "Time until an answer was sent.", ["area"], buckets=SECONDS)
UP = Gauge("shiftsync_service_up", "Whether it answered this process (1 or 0), just now.", ["service"])
ASKED_SECONDS = Gauge("shiftsync_service_seconds", "How long it took to answer just now.", ["service"])
POOL = Gauge("shiftsync_database_pool", "The pool of connections to PostgreSQL of this process.", ["state"])
POOL_FAILED = Gauge("shiftsync_database_pool_failed", "Connections that could not be had in time, since the start.")
QUEUE_TASKS = Gauge("shiftsync_queue_tasks", "Tasks that wait for a worker, of the whole installation.")
QUEUE_OLDEST = Gauge("shiftsync_queue_oldest_seconds", "How long the oldest of them has been waiting.")
WORKER_BEAT = Gauge("shiftsync_worker_beat_timestamp_seconds", "When this worker last gave a sign of life.")
TASKS_DONE = Counter("shiftsync_worker_tasks", "Tasks that this worker has done.")
TASK_SECONDS = Histogram(
    "shiftsync_worker_task_seconds",
    "How long they took, by what they are and how they ended.",
    ["task", "outcome"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600),
)
WEBHOOK_ATTEMPTS = Counter(
    "shiftsync_webhook_attempts", "Deliveries that this worker attempted, by outcome.", ["outcome"]
)
NOTICES_SENT = Counter(
    "shiftsync_notices_sent", "Notices that this worker tried to send, by channel and outcome.", ["channel", "outcome"]
)
BUILD = Gauge("shiftsync_build_info", "Always 1; the version as a label.", ["version"])

PROTOCOLS: tuple[Protocol, ...] = ("v1", "v2")
CLOSE_CODES = frozenset({1000, 1001, 1005, 1006, 1009, 1011, 1012, 1013, 4401, 4403, 4408})


def count_message(message_type: str | None, outcome: str) -> None:
    """Counts one message. ``message_type`` None stands for an unknown type; ``outcome`` is ``ok`` or an error code."""
    MESSAGES.labels(type=message_type or "unknown", outcome=outcome).inc()


def count_close(code: int | None) -> None:
    """Counts a closed socket; codes that we do not use count as ``other``."""
    CLOSED.labels(code=str(code) if code in CLOSE_CODES else "other").inc()


def count_commit(size: int, seconds: float) -> None:
    """Counts one committed transaction of ``size`` requests."""
    COMMIT_BATCH_SIZE.observe(size)
    COMMIT_SECONDS.observe(seconds)


def open_connections() -> int:
    """The open sockets of this process."""
    return sum(int(CONNECTIONS.labels(protocol=protocol)._value.get()) for protocol in PROTOCOLS)
