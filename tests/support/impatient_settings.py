"""Settings of a worker that waits for receivers of webhooks for two seconds instead of fifteen."""

from tests.settings import *  # noqa: F403 - the same, but for what follows

WEBHOOK_TIMEOUT_SECONDS = 2.0
