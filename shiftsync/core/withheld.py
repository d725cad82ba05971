"""Optional libraries that nobody here uses, kept from those who load whatever happens to be installed.

They are here for others of us, or for tools: Django REST framework loads requests, pygments and YAML for pages and clients that we do not have, redis
the metrics of OpenTelemetry, channels_redis cryptography for messages that we do not encrypt. That is 17 MiB and an eighth of the time until a
server listens. Each of them says what it does without: it imports them in a ``try``.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module


@contextmanager
def withheld(*names: str) -> Iterator[None]:
    """Inside, importing those modules fails as if they were not installed, unless they are loaded already. Only for a process' start,
    while there is one thread: another would not find them either."""
    absent = [name for name in names if name not in sys.modules]
    # What the import system documents for a name that is not to be found.
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # typeshed does not know of None
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def load_redis() -> None:
    """The driver of Redis."""
    with withheld("opentelemetry"):
        import_module("redis")


def load_rest() -> None:
    """What Django REST framework has of others."""
    with withheld("requests", "pygments", "yaml"):
        import_module("rest_framework.compat")


def load_layer(backend: str) -> None:
    """What the channel layer writes messages with, where it is that of Redis."""
    if backend.startswith("channels_redis."):
        with withheld("cryptography.fernet"):
            import_module("channels_redis.serializers")
