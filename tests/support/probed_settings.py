"""Settings of a server that tells, in ``/health``, what it holds of its connections and how many tasks serve them."""

import asyncio
import gc
import sys
from typing import Any

from django.apps import AppConfig

from shiftsync.core.metrics import open_connections
from shiftsync.core.probes import register_probe
from tests.settings import *  # noqa: F403 - the same, but for what follows
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.probed_settings.Probed"]

OWN_TASKS = ("SyncConsumer", "Session", "WebSocket", "Room")


class Probed(AppConfig):
    name = "tests.support.probed_settings"

    def ready(self) -> None:
        register_probe("leftovers", leftovers)
        register_probe("memory", memory)


def leftovers() -> tuple[bool, dict[str, Any]]:
    """What is left of connections."""
    from shiftsync.realtime.hub.hub import hubs  # noqa: PLC0415 - Django must be ready first

    names = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
    rooms = [room for hub in hubs() for room in hub.rooms.values()]
    return True, {
        "connections": open_connections(),
        "rooms": len(rooms),
        "presence": sum(len(room.roster.everyone()) for room in rooms),
        "tasks": sum(name.startswith(OWN_TASKS) for name in names),
    }


def memory() -> tuple[bool, dict[str, int]]:
    """The blocks that Python's allocator has given out, once nothing waits to be collected."""
    gc.collect()
    return True, {"blocks": sys.getallocatedblocks()}
