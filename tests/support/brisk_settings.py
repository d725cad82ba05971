"""Settings of a server that takes a client to be gone after two seconds of silence instead of sixty."""

from tests.settings import *  # noqa: F403 - the same, but for what follows

HEARTBEAT_SECONDS = 3
