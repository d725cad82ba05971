"""The server's entry: HTTP to Django (static files before it), the WebSocket to the real-time application."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shiftsync.settings")
django_application = get_asgi_application()

# Needs the apps that the line above has loaded.
from shiftsync.realtime.routing import websocket_application, with_hub  # noqa: E402
from shiftsync.static import StaticFiles  # noqa: E402

application = with_hub(
    ProtocolTypeRouter({"http": StaticFiles(django_application), "websocket": websocket_application})
)
