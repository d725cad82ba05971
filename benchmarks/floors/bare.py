"""The floor of a server's start: a new project of Django with Channels, and nothing of ours."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

settings.configure(
    SECRET_KEY=os.environ["SHIFTSYNC_SECRET_KEY"],
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="benchmarks.floors.bare",
    INSTALLED_APPS=[
        "channels",
        *(
            f"django.contrib.{name}"
            for name in ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
        ),
    ],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
)
urlpatterns: list[object] = []
application = ProtocolTypeRouter({"http": get_asgi_application(), "websocket": URLRouter([])})
