"""Settings of a server whose guard against lost hints is taken out: it never asks the database."""

import asyncio
import time
from typing import Any

from django.apps import AppConfig

from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.sabotage_polling.Sabotage"]


class Sabotage(AppConfig):
    name = "tests.support.sabotage_polling"

    def ready(self) -> None:
        from shiftsync.realtime.hub.hub import Hub  # noqa: PLC0415 - Django must be ready first

        Hub._poll = only_pretend  # type: ignore[assignment, method-assign]  # this is what sabotage is


async def only_pretend(hub: Any) -> None:
    """In the place of ``Hub._poll``."""
    while True:
        hub.polled_at = time.monotonic()
        await asyncio.sleep(1)
