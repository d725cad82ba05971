"""For processes that others are forked from: everything that a server or a worker loads, and how a fork becomes one of them."""

import os
import runpy
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import django
from django.conf import Settings, settings
from django.db import connections
from django.urls import get_resolver

LOADED = (
    *("uvicorn.main", "uvicorn.loops.auto", "uvicorn.lifespan.off", "channels.routing", "django.core.asgi"),
    *("shiftsync.bodies", "shiftsync.bounded_http", "shiftsync.measured", "shiftsync.static", "shiftsync.websocket"),
    *("shiftsync.realtime.socket.routing", "shiftsync.core.tracing", "shiftsync.core.management.commands.work"),
)
"""All but ``shiftsync.asgi`` itself, which starts threads: those do not outlive a fork."""


def load_everything() -> None:
    """Loads Django, the apps, and the pages."""
    django.setup()
    for name in LOADED:
        import_module(name)
    get_resolver().url_patterns  # noqa: B018 - reading them loads them
    if threading.active_count() > 1:
        raise RuntimeError(f"A fork would lose these: {threading.enumerate()}")


def run(command: Sequence[str]) -> None:
    """Runs it as its interpreter would: ``module argument...``, or ``script.py argument...``."""
    sys.argv = list(command)
    if command[0].endswith(".py"):
        runpy.run_path(command[0], run_name="__main__")
    else:
        runpy.run_module(command[0], run_name="__main__", alter_sys=True)


def read_settings_again() -> None:
    """Makes Django's settings anew from what the environment says now, for a fork whose environment is another one. What has been loaded and
    keeps a setting's former value goes on with that: only variables that everybody reads when they need them may differ."""
    module = os.environ["DJANGO_SETTINGS_MODULE"]
    for name in (module, "tests.settings", "shiftsync.settings"):
        sys.modules.pop(name, None)
    settings._wrapped = Settings(module)
    handler: Any = connections  # the stubs leave out what it keeps
    handler._settings = None
    handler.__dict__.pop("settings", None)
    for alias in handler:
        if hasattr(handler._connections, alias):
            del handler[alias]
