"""What a server loads when it listens already: the pages, the admin and REST."""

import asyncio
import gc
import logging
import os
import threading

from django.urls import get_resolver

logger = logging.getLogger("shiftsync")


def load_pages() -> None:
    """Loads the URLs in a thread. Sockets need none of it; a request that comes before it is done waits for the rest of it.

    The process ends where they cannot be loaded, as it does where anything else cannot.
    """
    thread = threading.Thread(target=_load, name="pages", daemon=True)
    try:
        # uvicorn imports the application on its loop, and listens before the loop comes to this.
        asyncio.get_running_loop().call_soon(thread.start)
    except RuntimeError:
        thread.start()


def _load() -> None:
    try:
        get_resolver().url_patterns  # noqa: B018 - reading them loads them
    except BaseException:
        logger.critical("pages.broken", exc_info=True)
        logging.shutdown()
        os._exit(1)
    gc.freeze()  # as what was loaded before (shiftsync.asgi)
