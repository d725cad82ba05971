"""The server's entry: HTTP to Django (static files before it), the WebSocket to the real-time application."""

import gc
import os
import sys

# Nearly all that is loaded stays: looking for garbage among it would take a fifth of the time until the server listens, for 2 MiB.
gc.disable()

from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shiftsync.settings")
django_application = get_asgi_application()

# Needs the apps that the line above has loaded.
from django.conf import settings  # noqa: E402

from shiftsync import __version__  # noqa: E402
from shiftsync.bodies import BoundedRequests  # noqa: E402
from shiftsync.core import tracing  # noqa: E402
from shiftsync.core.starting import say_started  # noqa: E402
from shiftsync.healthcheck import allowed_host  # noqa: E402
from shiftsync.measured import MeasuredRequests  # noqa: E402
from shiftsync.page_loading import load_pages  # noqa: E402
from shiftsync.realtime.socket.routing import websocket_application, with_hub  # noqa: E402
from shiftsync.static import StaticFiles  # noqa: E402

if settings.CONFIG.traces_endpoint is not None:
    tracing.start(settings.CONFIG.traces_endpoint, __version__)

# A commit waits for the database some twenty times and then for its turn among the threads. With Python's default of 5
# ms, a thread that delivers frames would delay it each time.
sys.setswitchinterval(0.0005)

# Everything loaded so far stays until the process ends. Scanning it again in every collection would take half the time
# of a large edit.
gc.freeze()
gc.enable()
# With Python's 700, what a batch of edits holds for a moment is looked through several times before it goes: a tenth of an edit's CPU, and
# next to nothing found. All that is new is looked through about as often as before (700 * 11 * 11 new objects): a large request that was
# refused leaves rings of objects, and its memory is given back by that alone.
gc.set_threshold(10_000, 2, 1)

application = with_hub(
    ProtocolTypeRouter(
        {
            "http": MeasuredRequests(
                BoundedRequests(StaticFiles(django_application), settings.CONFIG.limits.requests_per_address),
                allowed_host(settings.CONFIG),
            ),
            "websocket": websocket_application,
        }
    )
)

say_started("server")
load_pages()
